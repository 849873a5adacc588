package inputs

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// Project is a project whose directory was read, for those who build it.
type Project struct {
	Name          string   // in normal form; "" is unknown
	Version       string   // "" is unknown, as a build backend makes it
	Needs         []string // the projects that its requirements name, in normal form, sorted
	BuildRequires []string // requirements, as written; none, and no backend: there is no [build-system]
	BuildBackend  string
	file          string
}

// buildSystem is what [build-system] of a pyproject.toml says (PEP 518).
type buildSystem struct {
	requires []text
	backend  text
	wrong    []text // keys whose value has another type
}

// buildSystem takes a value of [build-system], or all of them where that is an inline table.
func (p *project) buildSystem(parser *unstable.Parser, path []string, key text, value *unstable.Node) {
	typed := p.wrong
	switch {
	case len(path) == 1 && value.Kind == unstable.InlineTable:
		for it := value.Children(); it.Next(); {
			p.visit(parser, keys(path, it.Node().Key()), it.Node())
		}
		return
	case len(path) == 2 && path[1] == "requires":
		p.build.requires = p.list(parser, key, value)
	case len(path) == 2 && path[1] == "build-backend":
		p.one(parser, &p.build.backend, key, value)
	case len(path) == 1:
		p.wrong = append(p.wrong, key)
	}
	p.build.wrong, p.wrong = append(p.build.wrong, p.wrong[len(typed):]...), typed
}

// build reads the directory of a project, or NAME=DIRECTORY, for what builds it. Without a pyproject.toml that is
// setuptools.
func (r *reader) build(dir string) {
	called := ""
	if name, rest, ok := strings.Cut(dir, "="); ok && pep508.ValidName(name) {
		called, dir = name, rest
	}
	if filepath.Base(dir) == pyproject {
		dir = filepath.Dir(dir)
	}
	p, found, bad := readProject(dir)
	switch {
	case bad != nil:
		r.fail(bad)
	case !found && !isProjectDirectory(dir):
		r.fail(diag.Input("%s: there is neither %s nor setup.py or setup.cfg", dir, pyproject).Hint("name the directory of a project"))
	default:
		p.name.value = cmp.Or(called, p.name.value)
		r.built(p, nil)
	}
}

func isProjectDirectory(dir string) bool {
	return slices.ContainsFunc([]string{"setup.py", "setup.cfg"}, func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil
	})
}

// built notes a project that is to be built, once, and what it needs to run.
func (r *reader) built(p *project, needs []Requirement) {
	if slices.ContainsFunc(r.in.Projects, func(had Project) bool { return had.file == p.file }) {
		return
	}
	if len(p.build.wrong) > 0 {
		key := p.build.wrong[0]
		r.fail(p.origin(key)(0, key.span).Errorf("%q is not of the type that PEP 518 gives it", key.value))
		return
	}
	found := Project{
		Name: pep508.NormalizeName(p.name.value), Version: p.version.value, BuildBackend: p.build.backend.value, file: p.file,
	}
	for _, req := range needs {
		found.Needs = append(found.Needs, pep508.NormalizeName(req.Name))
	}
	found.Needs = sorted(found.Needs)
	for _, t := range p.build.requires {
		if _, ok := r.requirement(t.value, p.origin(t), p.beside); ok {
			found.BuildRequires = append(found.BuildRequires, t.value)
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
