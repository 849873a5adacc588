package inputs

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/sdist"
)

// pyproject is the file of a project (PEP 518).
const pyproject = "pyproject.toml"

// project reads the directory of a project: its dependencies, those of the extras that are asked for, and what it says
// of Python.
func (r *reader) project(dir string) {
	p, bad := readProject(dir)
	switch {
	case bad != nil:
		r.fail(bad)
	case p == nil:
		r.fail(noProject(dir).Hint("name its requirements file: mach lock -r %s", filepath.Join(dir, "requirements.txt")))
	case p.Kind == "" && p.Workspace != nil && p.Workspace.Root == p:
		r.workspace(p)
	case len(p.Groups) > 0 && p.Kind == "" && (len(r.sources.Groups) > 0 || r.sources.AllGroups):
		r.take(p)
	case r.isKnown(p):
		before := len(r.in.Requirements)
		r.take(p)
		r.built(p, r.in.Requirements[before:])
	}
}

// noProject is that a directory has nothing that could be built.
func noProject(dir string) *diag.Error {
	return diag.Input("%s: there is neither %s nor setup.py or setup.cfg", dir, pyproject)
}

// readProject reads a directory, or that of a pyproject.toml; nil if it has nothing that could be built.
func readProject(dir string) (*sdist.Project, *diag.Error) {
	if filepath.Base(dir) == pyproject {
		dir = filepath.Dir(dir)
	}
	p, err := sdist.ReadDir(dir, dir)
	var bad *diag.Error
	switch {
	case err == nil:
		return p, nil
	case errors.As(err, &bad):
		return nil, bad
	case !errors.Is(err, fs.ErrNotExist):
		return nil, diag.Input("project").Because(err)
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, diag.Input("%s: there is no such directory", dir)
	}
	return nil, nil
}

// isKnown says whether what p needs is known; else that is an error.
func (r *reader) isKnown(p *sdist.Project) bool {
	told := len(r.errs)
	extras := len(r.sources.Extras) > 0 || r.sources.AllExtras
	for _, u := range p.Unknown {
		if u.Wrong && u.Field != sdist.Build || u.Field == sdist.Dependencies || u.Field == sdist.Extras && extras {
			r.fail(u.Error())
		}
	}
	if len(r.errs) == told && p.Kind == "" {
		r.fail(diag.Input("%s: there is no [project] table", p.File).Hint("name its requirements file: mach lock -r requirements.txt"))
	}
	return len(r.errs) == told
}

// take adds what p needs, and its extras and groups that are asked for.
func (r *reader) take(p *sdist.Project) {
	r.takeAll(p, p.Dependencies, "", map[string]bool{})
	extras, groups := r.sources.Extras, r.sources.Groups
	if r.sources.AllExtras {
		extras = slices.Sorted(maps.Keys(p.Extras))
	}
	if r.sources.AllGroups {
		groups = slices.Sorted(maps.Keys(p.Groups))
	}
	for _, extra := range extras {
		normal := pep508.NormalizeName(extra)
		r.in.Extras = append(r.in.Extras, normal)
		r.part = Part{Extra: normal}
		r.takeExtra(p, extra, "", map[string]bool{}, func() *diag.Error { return diag.Usage("%s has no extra %q", p.File, extra) })
		r.part = Part{}
	}
	for _, group := range groups {
		r.takeGroup(p, group)
	}
	r.takeShared(p)
	r.takeNotes(p)
	r.takePython(p)
}

func (r *reader) takeNotes(p *sdist.Project) {
	for _, note := range p.Notes {
		r.warn(note.Origin(), "%s", note.Reason)
	}
}

// takeShared adds what is said for all members of a workspace, or by a project that is in none.
func (r *reader) takeShared(p *sdist.Project) {
	r.in.Options.Indexes = append(r.in.Options.Indexes, p.Shared().Indexes...)
	for _, t := range p.Shared().Constraints {
		if req, ok := r.requirement(t.Value, t.At, beside(p)); ok {
			r.add(true, req)
		}
	}
}

func (r *reader) takePython(p *sdist.Project) {
	if p.RequiresPython.Value == "" {
		return
	}
	specifiers, err := pep440.ParseSpecifiers(p.RequiresPython.Value)
	var bad *pep440.Error
	if errors.As(err, &bad) {
		r.fail(p.RequiresPython.At(bad.Offset, bad.Len).Errorf("%s", bad.Reason))
		return
	}
	r.in.Python = append(r.in.Python, Python{specifiers, p.RequiresPython.Origin()})
}

// takeAll adds requirements, which hold under a condition. One that names the project itself stands for the extras that
// it has.
func (r *reader) takeAll(p *sdist.Project, list []sdist.Text, condition string, taken map[string]bool) {
	for _, t := range list {
		req, ok := r.requirement(t.Value, t.At, beside(p))
		req.Editable = t.Editable
		switch {
		case !ok:
		case p.Name.Value == "" || pep508.NormalizeName(req.Name) != pep508.NormalizeName(p.Name.Value):
			for _, one := range r.sourced(p, t, req, condition) {
				one.Editable = one.Editable && one.Reference != nil && one.Reference.Kind == reference.Directory
				r.add(false, one)
			}
		default:
			for _, extra := range req.Extras {
				r.takeExtra(p, extra, both(req.Marker.String(), condition), taken, func() *diag.Error { return req.Errorf("the project has no extra %q", extra) })
			}
		}
	}
}

// beside is a path as it is seen from a project.
func beside(p *sdist.Project) func(string) string {
	return func(path string) string {
		if filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(filepath.Dir(p.File), path)
	}
}

// both is a marker that holds where two do; "" holds everywhere.
func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "(" + a + ") and (" + b + ")"
}

// sourced is a requirement under a condition, from where its project says that it comes: in parts, if that is another
// place for some targets.
func (r *reader) sourced(p *sdist.Project, t sdist.Text, req Requirement, condition string) (all []Requirement) {
	if condition != "" {
		m, err := pep508.ParseMarker(both(req.Marker.String(), condition))
		if err != nil {
			r.fail(req.Errorf("%v", err))
			return nil
		}
		req.Marker = m
	}
	if req.Reference != nil {
		return []Requirement{req}
	}
	taken, bad := p.Taken(t, req.Requirement, r.part.Extra, r.part.Group)
	if bad != nil {
		r.fail(bad)
	}
	if len(taken) == 1 && taken[0].Reference.Value == "" && len(taken[0].Indexes) == 0 && taken[0].Missing == nil && p.Workspace.Has(req.Name) {
		r.warn(req.Origin, "%s is a member of the workspace, and is taken from elsewhere: write %s = { workspace = true } under [tool.uv.sources]", req.Name, req.Name)
	}
	for _, one := range taken {
		part := req
		if part.Requirement, part.Indexes, part.missing = one.Requirement, one.Indexes, one.Missing; one.Reference.Value != "" {
			var ok bool
			if part, ok = r.reference(one.Requirement, one.Reference.Value, one.Reference.Origin(), beside(p)); !ok {
				return nil
			}
			part.Origin, part.Editable = req.Origin, one.Reference.Editable
		}
		all = append(all, part)
	}
	return all
}

// mostExtras bounds how often extras may stand for others under conditions that differ.
const mostExtras = 1000

// takeExtra adds the requirements of an extra, once for each condition. One that stands for itself adds nothing by that.
func (r *reader) takeExtra(p *sdist.Project, extra, condition string, taken map[string]bool, unknown func() *diag.Error) {
	name := pep508.NormalizeName(extra)
	list, ok := p.Extras[name]
	open, under := name, name+";"+condition
	switch {
	case !ok:
		r.fail(unknown().Hint("%s", sdist.Known(p.Extras, "extra")))
		return
	case taken[open] || taken[under] || taken[name+";"]:
		return
	case len(taken) > mostExtras:
		r.fail(diag.Input("%s: its extras stand for each other under more than %d conditions", p.File, mostExtras))
		return
	}
	taken[open], taken[under] = true, true
	r.takeAll(p, list, condition, taken)
	delete(taken, open)
}

// takeGroup adds the requirements of a group that is asked for.
func (r *reader) takeGroup(p *sdist.Project, name string) {
	normal := pep508.NormalizeName(name)
	g := p.Groups[normal]
	if g == nil {
		r.fail(diag.Usage("%s has no group %q", p.File, name).Hint("%s", sdist.Known(p.Groups, "group")))
		return
	}
	r.in.Groups = append(r.in.Groups, normal)
	for _, bad := range g.Errors {
		r.fail(bad)
	}
	r.part = Part{Group: normal}
	r.takeAll(p, g.Requirements, "", map[string]bool{})
	r.part = Part{}
}
