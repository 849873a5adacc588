package inputs

import (
	"path/filepath"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/sdist"
)

// Project is a project whose directory was read, for those who build it.
type Project struct {
	Name          string   // in normal form; "" is unknown
	Version       string   // "" is unknown, as a build backend makes it
	Needs         []string // the projects that its requirements name, in normal form, sorted
	BuildRequires []string // requirements, as written; none, and no backend: there is no [build-system]
	BuildBackend  string
	BuildIndexes  []Requirement // of BuildRequires those that are taken from an index of their own
	file          string
}

// Directory is where the project lies.
func (p *Project) Directory() string { return filepath.Dir(p.file) }

// build reads the directory of a project, or NAME=DIRECTORY, for what builds it. Without a pyproject.toml that is
// setuptools.
func (r *reader) build(dir string) {
	called := ""
	if name, rest, ok := strings.Cut(dir, "="); ok && pep508.ValidName(name) {
		called, dir = name, rest
	}
	p, bad := readProject(dir)
	switch {
	case bad != nil:
		r.fail(bad)
	case p == nil:
		r.fail(noProject(dir).Hint("name the directory of a project"))
	default:
		if called != "" {
			p.Name = sdist.Text{Value: called}
		}
		r.built(p, nil)
	}
}

// built notes a project that is to be built, once, and what it needs to run.
func (r *reader) built(p *sdist.Project, needs []Requirement) {
	if slices.ContainsFunc(r.in.Projects, func(had Project) bool { return had.file == p.File }) {
		return
	}
	if wrong := p.Why(sdist.Build); wrong != nil {
		r.fail(wrong.Error())
		return
	}
	found := Project{
		Name: pep508.NormalizeName(p.Name.Value), Version: p.Version.Value, BuildBackend: p.Build.Backend.Value, file: p.File,
	}
	for _, req := range needs {
		found.Needs = append(found.Needs, pep508.NormalizeName(req.Name))
	}
	found.Needs = sorted(found.Needs)
	for _, t := range p.Build.Requires {
		req, ok := r.requirement(t.Value, t.At, beside(p))
		if !ok {
			continue
		}
		found.BuildRequires = append(found.BuildRequires, t.Value)
		for _, one := range r.sourced(p, t, req, "") {
			if len(one.Indexes) > 0 {
				found.BuildIndexes = append(found.BuildIndexes, one)
			}
		}
	}
	r.in.Projects = append(r.in.Projects, found)
}

// amongProjects takes out the requirements that the projects themselves meet: what they need they need too.
func (r *reader) amongProjects() {
	r.in.Requirements = slices.DeleteFunc(r.in.Requirements, func(req Requirement) bool {
		i := slices.IndexFunc(r.in.Projects, func(p Project) bool { return p.Name == pep508.NormalizeName(req.Name) })
		if i < 0 || req.Name == "" {
			return false
		}
		p := r.in.Projects[i]
		v, err := pep440.Parse(p.Version)
		switch {
		case len(req.Extras) > 0:
			r.fail(req.Errorf("not yet: extras of another project, whose directory is given").Hint("write out what %s stands for", req.Requirement))
		case err == nil && len(req.Specifiers) > 0 && !req.Specifiers.Contains(v):
			r.fail(req.Errorf("%s is %s in %s", p.Name, p.Version, filepath.Dir(p.file)))
		}
		return true
	})
}

// sameProjects refuses projects that cannot be told from each other.
func (r *reader) sameProjects() {
	byName := map[string]Project{}
	for _, p := range r.in.Projects {
		other, twice := byName[p.Name]
		byName[p.Name] = p
		_, unnamed := byName[""]
		switch {
		case twice:
			r.fail(diag.Input("%s and %s are one project: %q", other.file, p.file, p.Name))
		case unnamed && len(byName) > 1:
			dir := filepath.Dir(byName[""].file)
			r.fail(diag.Input("%s: the project has no name, and there are others", dir).Hint("name it: --build-of NAME=%s", dir))
		}
	}
}
