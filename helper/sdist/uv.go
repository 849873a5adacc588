package sdist

import (
	"mach/helper/pep508"

	"github.com/pelletier/go-toml/v2/unstable"
)

// uv reads [tool.uv]: sources, the group dev as uv had it before PEP 735, and constraints.
func (r *reader) uv() {
	table := r.root.at("tool", "uv")
	for name, entry := range table.at("sources").each {
		each := []*value{entry}
		if entry.kind == unstable.Array {
			each = entry.items
		}
		for _, one := range each {
			r.uvSource(pep508.NormalizeName(name), one)
		}
	}
	r.p.Constraints, _ = table.at("constraint-dependencies").strings()
	for _, name := range []string{"override-dependencies", "conflicts", "environments", "default-groups"} {
		if v := table.at(name); v != nil && (name == "override-dependencies" || name == "conflicts") {
			r.note(v.key, "%s of uv are not obeyed", name)
		}
	}
}

func (r *reader) uvSource(project string, v *value) {
	s := Source{
		Project: project, Index: v.string("index").Value, Workspace: v.at("workspace").isTrue(), Marker: v.string("marker").Value,
		Extra: pep508.NormalizeName(v.string("extra").Value), Group: pep508.NormalizeName(v.string("group").Value),
	}
	if t, ok := referenceOf(v, r.isFile); ok {
		t.Editable = v.at("editable").isTrue()
		s.Reference = t
	}
	r.p.Sources = append(r.p.Sources, s)
	switch {
	case s.Index != "":
		r.note(v.string("index"), "the index %q of uv is not asked for %s: name it with --index-url", s.Index, project)
	case s.Workspace:
		r.note(v.at("workspace").key, "%s is a member of uv's workspace: name its directory too", project)
	}
}

// uvGroup reads the group dev as uv had it.
func (r *reader) uvGroup() {
	dev := r.root.at("tool", "uv", "dev-dependencies")
	if dev == nil {
		return
	}
	g := r.group("dev", dev.key)
	list, ok := dev.strings()
	if !ok {
		g.Errors = append(g.Errors, dev.key.Origin().Errorf("%q is no array of requirements", dev.key.written()))
	}
	g.add(list)
}

func (r *reader) note(at Text, format string, args ...any) {
	r.p.Notes = append(r.p.Notes, Note{sprintf(format, args...), at})
}
