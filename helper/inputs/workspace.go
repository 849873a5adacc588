package inputs

import (
	"errors"
	"maps"
	"slices"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/sdist"
)

// workspace reads the root of a workspace that is no project: its members are asked for, each with those of the extras
// that it has. Of one that says nothing of how it is built, which is not installed, only what it needs is.
func (r *reader) workspace(root *sdist.Project) {
	all := []*sdist.Project{root}
	for _, m := range root.Workspace.Members() {
		p, err := m.Project()
		var bad *diag.Error
		if errors.As(err, &bad) {
			r.fail(bad)
		}
		if err != nil || !r.isKnown(p) {
			continue
		}
		all = append(all, p)
		r.member(root, m, p)
	}
	if len(all) == 1 {
		r.fail(diag.Input("%s: there is no [project] table, and the workspace has no members", root.File).
			Hint("name their directories: [tool.uv.workspace] with members = [\"packages/*\"]"))
	}
	for _, extra := range r.sources.Extras {
		if !slices.Contains(r.in.Extras, pep508.NormalizeName(extra)) {
			r.fail(diag.Usage("no member of %s has an extra %q", root.File, extra).Hint("leave the extra out"))
		}
	}
	r.workspaceGroups(all)
	r.takeShared(root)
}

// member asks for a member.
func (r *reader) member(root *sdist.Project, m sdist.Member, p *sdist.Project) {
	extras := r.sources.Extras
	if r.sources.AllExtras {
		extras = slices.Sorted(maps.Keys(p.Extras))
	}
	r.memberPart(root, m, p, "")
	for _, extra := range extras {
		if extra = pep508.NormalizeName(extra); p.Extras[extra] != nil {
			r.part = Part{Extra: extra}
			r.memberPart(root, m, p, extra)
			r.part = Part{}
			r.in.Extras = append(r.in.Extras, extra)
		}
	}
	r.takePython(p)
}

// memberPart asks for a member, or for an extra of it.
func (r *reader) memberPart(root *sdist.Project, m sdist.Member, p *sdist.Project, extra string) {
	if len(p.Build.Requires) == 0 && p.Build.Backend.Value == "" {
		list := p.Dependencies
		if extra != "" {
			list = p.Extras[extra]
		}
		r.takeAll(p, list, "", map[string]bool{})
		return
	}
	asked := pep508.Requirement{Name: m.Name}
	if extra != "" {
		asked.Extras = []string{extra}
	}
	if req, ok := r.reference(asked, m.Path.Value, m.Path.Origin(), beside(root)); ok {
		req.Editable = true
		r.add(false, req)
	}
}

// workspaceGroups adds the groups that are asked for, of all projects that have them.
func (r *reader) workspaceGroups(all []*sdist.Project) {
	has := map[string]*sdist.Group{}
	for _, p := range all {
		maps.Copy(has, p.Groups)
	}
	asked := r.sources.Groups
	if r.sources.AllGroups {
		asked = slices.Sorted(maps.Keys(has))
	}
	for _, name := range asked {
		normal := pep508.NormalizeName(name)
		if has[normal] == nil {
			r.fail(diag.Usage("no member of %s has a group %q", all[0].File, name).Hint("%s", sdist.Known(has, "group")))
		}
		for _, p := range all {
			if p.Groups[normal] != nil {
				r.takeGroup(p, name)
			}
		}
	}
}
