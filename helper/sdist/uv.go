package sdist

import (
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// uv reads [tool.uv]: sources, the group dev as uv had it before PEP 735, and constraints.
func (r *reader) uv() {
	table := r.root.At("tool", "uv")
	for name, entry := range table.At("sources").Each {
		each := []*tomltree.Value{entry}
		if entry.Kind == tomltree.Array {
			each = entry.Items
		}
		for _, one := range each {
			r.uvSource(pep508.NormalizeName(name), one)
		}
	}
	r.p.Constraints, _ = textsOf(table.At("constraint-dependencies"))
	for _, name := range []string{"override-dependencies", "conflicts", "environments", "default-groups"} {
		if v := table.At(name); v != nil && (name == "override-dependencies" || name == "conflicts") {
			r.note(keyOf(v), "%s of uv are not obeyed", name)
		}
	}
}

func (r *reader) uvSource(project string, v *tomltree.Value) {
	s := Source{
		Project: project, Tool: "uv", Index: textOf(v, "index"), Marker: textOf(v, "marker"),
		Extra: pep508.NormalizeName(v.String("extra").Value), Group: pep508.NormalizeName(v.String("group").Value),
	}
	if t, ok := referenceOf(v, r.isFile); ok {
		t.Editable = v.At("editable").IsTrue()
		s.Reference = t
	}
	if at := v.At("workspace"); at.IsTrue() {
		s.Workspace = keyOf(at).with("true")
		s.Editable = v.At("editable") == nil || v.At("editable").IsTrue()
	}
	r.p.Sources = append(r.p.Sources, s)
}

// uvGroup reads the group dev as uv had it.
func (r *reader) uvGroup() {
	dev := r.root.At("tool", "uv", "dev-dependencies")
	if dev == nil {
		return
	}
	g := r.group("dev", keyOf(dev))
	list, ok := textsOf(dev)
	if !ok {
		g.Errors = append(g.Errors, keyOf(dev).Origin().Errorf("%q is no array of requirements", keyOf(dev).written()))
	}
	g.add(list)
}

func (r *reader) note(at Text, format string, args ...any) {
	r.p.Notes = append(r.p.Notes, Note{sprintf(format, args...), at})
}
