package backend

import (
	"strings"

	"mach/helper/pep508"
	"mach/helper/setuppy"
)

// hatchling is what the wheel target and the hooks that are enabled state.
func (r *reader) hatchling() {
	all := r.project.Tool.Hatch.Build
	target := all.Targets["wheel"]
	r.add(target.Dependencies...)
	r.add(all.Dependencies...)
	hooks := map[string]hatchHook{}
	for _, from := range []map[string]hatchHook{all.Hooks, target.Hooks} {
		for name, hook := range from {
			hooks[name] = hook
		}
	}
	runtime, features := all.Runtime, all.Features
	if target.Runtime != nil {
		runtime = target.Runtime
	}
	if target.Features != nil {
		features = target.Features
	}
	needsAll := runtime != nil && *runtime
	for _, name := range sortedKeys(hooks) {
		hook := hooks[name]
		if hook.Enabled != nil && !*hook.Enabled {
			continue
		}
		r.add(hook.Dependencies...)
		needsAll = needsAll || hook.Runtime
		features = append(features[:len(features):len(features)], hook.Features...)
	}
	if needsAll {
		r.runtime("hatchling")
	}
	for _, feature := range features {
		for extra, requires := range r.project.Project.Optional {
			if pep508.NormalizeName(extra) == pep508.NormalizeName(feature) {
				r.add(requires...)
			}
		}
	}
}

// runtime takes the dependencies of the project itself.
func (r *reader) runtime(backend string) {
	for _, field := range r.project.Project.Dynamic {
		if field == "dependencies" {
			r.unknown(backend + " builds it with its dependencies, which are not known")
			return
		}
	}
	r.add(r.project.Project.Dependencies...)
}

// flit is that of flit-core: it imports a module whose version or docstring it cannot read.
func (r *reader) flit() {
	old := r.project.Tool.Flit.Metadata
	name, wanted, requires := old.Module, []string{"description", "version"}, old.Requires
	if r.project.Project.Name != "" {
		name, wanted, requires = r.project.Project.Name, r.project.Project.Dynamic, r.project.Project.Dependencies
	}
	if own := r.project.Tool.Flit.Module.Name; own != "" {
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
			r.add(requires...)
		}
	}
}

func (r *reader) pdm() {
	build, _ := r.project.Tool.PDM.Build.(map[string]any)
	if build["run-setuptools"] == true {
		r.add("setuptools>=40.8.0")
	}
}

func (r *reader) maturin() {
	if r.project.Tool.Maturin.Bindings == "cffi" {
		r.add("cffi")
	}
}

// skbuild is that of scikit-build-core. A provider that lies in the tree is not run.
func (r *reader) skbuild() {
	s := r.project.Tool.Skbuild
	r.program("cmake", s.CMake.Version)
	r.program("ninja", s.Ninja.Version)
	for _, text := range s.Build.Requires {
		if strings.Contains(text, "{") {
			r.unknown("build.requires of [tool.scikit-build] is made when it is built: " + text)
			continue
		}
		r.add(text)
	}
	for _, field := range sortedKeys(s.Metadata) {
		switch provider := s.Metadata[field]; {
		case provider.Path != "":
			r.unknown("what its metadata provider " + provider.Provider + " asks for is not known")
		case provider.Provider == "scikit_build_core.metadata.setuptools_scm":
			r.addIfMissing("setuptools-scm")
		case provider.Provider == "scikit_build_core.metadata.fancy_pypi_readme":
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
