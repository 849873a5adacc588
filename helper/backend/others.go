package backend

import (
	"maps"
	"slices"
	"strings"

	"mach/helper/pep508"
	"mach/helper/setuppy"
	"mach/helper/tomltree"
)

// hatchling is what the wheel target and the hooks that are enabled state.
func (r *reader) hatchling() {
	all := r.root.At("tool", "hatch", "build")
	target := all.At("targets", "wheel")
	r.add(target.At("dependencies").Values()...)
	r.add(all.At("dependencies").Values()...)
	said := func(key string) *tomltree.Value {
		if v := target.At(key); v != nil {
			return v
		}
		return all.At(key)
	}
	needsAll, features := said("require-runtime-dependencies").IsTrue(), said("require-runtime-features").Values()
	hooks := map[string]*tomltree.Value{}
	maps.Insert(hooks, all.At("hooks").Each)
	maps.Insert(hooks, target.At("hooks").Each)
	for _, name := range slices.Sorted(maps.Keys(hooks)) {
		hook := hooks[name]
		if enabled := hook.At("enable-by-default"); enabled != nil && !enabled.IsTrue() {
			continue
		}
		r.add(hook.At("dependencies").Values()...)
		needsAll = needsAll || hook.At("require-runtime-dependencies").IsTrue()
		features = append(features, hook.At("require-runtime-features").Values()...)
	}
	if needsAll {
		r.runtime("hatchling")
	}
	for _, feature := range features {
		for extra, requires := range r.root.At("project", "optional-dependencies").Each {
			if pep508.NormalizeName(extra) == pep508.NormalizeName(feature) {
				r.add(requires.Values()...)
			}
		}
	}
}

// runtime takes the dependencies of the project itself.
func (r *reader) runtime(backend string) {
	if slices.Contains(r.root.At("project", "dynamic").Values(), "dependencies") {
		r.unknown(backend + " builds it with its dependencies, which are not known")
		return
	}
	r.add(r.root.At("project", "dependencies").Values()...)
}

// flit is that of flit-core: it imports a module whose version or docstring it cannot read.
func (r *reader) flit() {
	old, project := r.root.At("tool", "flit", "metadata"), r.root.At("project")
	name, wanted, requires := old.String("module").Value, []string{"description", "version"}, old.At("requires")
	if own := project.String("name").Value; own != "" {
		name, wanted, requires = own, project.At("dynamic").Values(), project.At("dependencies")
	}
	if own := r.root.String("tool", "flit", "module", "name").Value; own != "" {
		name = own
	}
	module, err := setuppy.ReadModule(r.tree, r.shown, strings.ReplaceAll(name, "-", "_"), "", "src")
	if err != nil {
		return // the tree has not all files
	}
	for _, field := range wanted {
		switch {
		case field == "description" && module.Docstring().Kind != setuppy.Text,
			field == "version" && module.Get("__version__").Kind != setuppy.Text:
			r.add(requires.Values()...)
		}
	}
}

func (r *reader) pdm() {
	if r.root.At("tool", "pdm", "build", "run-setuptools").IsTrue() {
		r.add("setuptools>=40.8.0")
	}
}

func (r *reader) maturin() {
	if r.root.String("tool", "maturin", "bindings").Value == "cffi" {
		r.add("cffi")
	}
}

// skbuild is that of scikit-build-core. A provider that lies in the tree is not run.
func (r *reader) skbuild() {
	table := r.root.At("tool", "scikit-build")
	r.program("cmake", table.String("cmake", "version").Value)
	r.program("ninja", table.String("ninja", "version").Value)
	for _, text := range table.At("build", "requires").Values() {
		if strings.Contains(text, "{") {
			r.unknown("build.requires of [tool.scikit-build] is made when it is built: " + text)
			continue
		}
		r.add(text)
	}
	for _, field := range table.At("metadata").Each {
		switch provider := field.String("provider").Value; {
		case field.String("provider-path").Value != "":
			r.unknown("what its metadata provider " + provider + " asks for is not known")
		case provider == "scikit_build_core.metadata.setuptools_scm":
			r.addIfMissing("setuptools-scm")
		case provider == "scikit_build_core.metadata.fancy_pypi_readme":
			r.add("hatch-fancy-pypi-readme>=23.2")
		}
	}
}

// program requires a program in the version that is asked for, if that is not any new one.
func (r *reader) program(name, specifiers string) {
	if strings.ContainsAny(specifiers, "<~!") || strings.Contains(specifiers, "==") {
		r.add(name + specifiers)
	}
}
