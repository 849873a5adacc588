package sdist

import (
	"slices"
	"strings"

	"mach/helper/pep508"
)

// family is the tool that builds, as far as it is known here: by the name of its backend, else by its table.
func (r *reader) family() string {
	backend, _, _ := strings.Cut(r.p.Build.Backend.Value, ":")
	top, _, _ := strings.Cut(backend, ".")
	switch {
	case top == "hatchling":
		return "hatch"
	case top == "flit_core", top == "flit":
		return "flit"
	case top == "pdm":
		return "pdm"
	case top == "poetry", top == "poetry_dynamic_versioning":
		return "poetry"
	case backend == "setuptools.build_meta", backend == "setuptools.build_meta_legacy", backend == "pbr.build":
		return "setuptools"
	case backend != "":
		return ""
	case r.root.At("tool", "poetry", "name") != nil || r.root.At("tool", "poetry", Dependencies) != nil:
		return "poetry"
	case r.root.At("tool", "flit", "metadata") != nil:
		return "flit"
	}
	return "setuptools"
}

// backend asks the files of the backend for what nothing has said yet, and takes the groups that tools have.
func (r *reader) backend() {
	switch r.family() {
	case "hatch":
		r.hatch()
	case "flit":
		r.flit()
	case "pdm":
		r.pdm()
	case "poetry":
		r.poetry()
	case "setuptools":
		r.setuptools()
	}
	r.poetryGroups(r.root.At("tool", "poetry"))
	r.pdmGroups()
	r.uvGroup()
	r.hatchGroups()
}

// byRepository are build requirements that take the version from the repository, or from its history.
var byRepository = []string{
	"setuptools-scm", "setuptools-git-versioning", "hatch-vcs", "versioningit", "poetry-dynamic-versioning", "uv-dynamic-versioning",
	"versioneer", "setuptools-git", "vcs-versioning", "dunamai", "setuptools-vcs-version", "versioneer-518", "pbr",
}

// settle says of what nothing has said that it cannot be known, and takes what was recorded.
func (r *reader) settle() {
	project := r.root.At("project") != nil
	r.one(Name, textOf(r.root, "tool", "poetry", "name")) // whatever builds it
	if by, ok := r.byRepository(); ok && (project || r.p.Kind != "") {
		req, _ := pep508.ParseLenient(by.Value)
		r.unknown(Version, by, "%s takes it from the repository", req.Name)
	}
	for _, field := range allFields {
		switch {
		case r.family() == "" && (project || field == Dependencies || field == Extras):
			r.unknown(field, r.dynamicAt(field), "the build backend %q makes it", r.p.Build.Backend.Value)
		case project && r.isDynamic(field):
			r.unknown(field, r.dynamicAt(field), "that is dynamic, and no file that can be read says it")
		}
	}
	r.recorded()
	slices.SortStableFunc(r.p.Unknown, func(a, b Unknown) int { return a.offset - b.offset })
}

// isDynamic says whether [project] leaves a field to the backend.
func (r *reader) isDynamic(field string) bool {
	return slices.Contains(r.root.At("project", "dynamic").Values(), field)
}

// byRepository is the build requirement that takes the version from the repository, if there is one.
func (r *reader) byRepository() (Text, bool) {
	for _, t := range r.p.Build.Requires {
		req, err := pep508.ParseLenient(t.Value)
		if err == nil && slices.Contains(byRepository, pep508.NormalizeName(req.Name)) {
			return t, true
		}
	}
	return Text{}, false
}
