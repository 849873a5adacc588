package sdist

import (
	"fmt"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// buildSystem reads the table of that name (PEP 518, 517).
func (r *reader) buildSystem() {
	table := r.root.At("build-system")
	if table == nil {
		return
	}
	bad := func(v *tomltree.Value) {
		r.wrong(Build, keyOf(v), "%q is not of the type that PEP 518 gives it", keyOf(v).written())
	}
	if !table.Is(tomltree.Table) {
		bad(table)
		return
	}
	b := &r.p.Build
	for name, list := range map[string]*[]Text{"requires": &b.Requires, "backend-path": &b.BackendPath} {
		var ok bool
		if *list, ok = textsOf(table.At(name)); !ok {
			bad(table.At(name))
		}
	}
	if backend := table.At("build-backend"); backend != nil && backend.Kind != tomltree.String {
		bad(backend)
	}
	b.Backend = textOf(table, "build-backend")
	b.Manifest = textOf(r.root, "tool", "maturin", "manifest-path")
}

// project reads [project] (PEP 621). What it leaves to the backend is needed still.
func (r *reader) project() {
	table := r.root.At("project")
	if table == nil {
		return
	}
	r.kind("pep621")
	bad := func(field string, v *tomltree.Value) {
		r.wrong(field, keyOf(v), "%q is not of the type that PEP 621 gives it", keyOf(v).written())
	}
	if !table.Is(tomltree.Table) {
		bad(Dependencies, table)
		return
	}
	if _, ok := textsOf(table.At("dynamic")); !ok {
		bad(Dependencies, table.At("dynamic"))
	}
	left := func(field string) bool {
		return r.isDynamic(field) || r.laxly(table, field)
	}
	for _, field := range []string{Name, Version, RequiresPython} {
		switch v := table.At(field); {
		case v.Is(tomltree.String):
			r.one(field, textOf(v))
			delete(r.need, field)
		case v != nil && field == Version && r.family() == "pdm" && v.Is(tomltree.Table):
		case v != nil:
			bad(field, v)
		case !left(field):
			delete(r.need, field)
		}
	}
	if !left(Dependencies) {
		list, ok := textsOf(table.At(Dependencies))
		if !ok {
			bad(Dependencies, table.At(Dependencies))
		}
		r.dependencies(list)
	}
	if !left(Extras) {
		r.optional(table.At(Extras), bad)
	}
}

// optional reads [project.optional-dependencies].
func (r *reader) optional(table *tomltree.Value, bad func(string, *tomltree.Value)) {
	if table != nil && !table.Is(tomltree.Table) {
		bad(Extras, table)
		return
	}
	all := map[string][]Text{}
	for name, entry := range table.Each {
		list, ok := textsOf(entry)
		if !ok {
			bad(Extras, entry)
			continue
		}
		name = pep508.NormalizeName(name)
		all[name] = append(all[name], list...)
	}
	r.extras(all)
}

// laxly says whether a backend takes a field from its own table though it is not among the dynamic ones: Poetry does.
func (r *reader) laxly(project *tomltree.Value, field string) bool {
	if project.At(field) != nil || r.family() != "poetry" {
		return false
	}
	switch field {
	case Version, RequiresPython:
		return true
	}
	return project.At(Dependencies) == nil && project.At(Extras) == nil
}

// dynamicAt is where [project] leaves a field to the backend, or else where that is named.
func (r *reader) dynamicAt(field string) Text {
	dynamic, _ := textsOf(r.root.At("project", "dynamic"))
	for _, t := range dynamic {
		if t.Value == field {
			return t
		}
	}
	if r.p.Build.Backend.Value != "" {
		return r.p.Build.Backend
	}
	if project := r.root.At("project"); project != nil {
		return keyOf(project)
	}
	return Text{file: &diag.File{Name: r.p.File}}
}

// written is a key or a text as it stands in its file.
func (t Text) written() string {
	if t.file == nil {
		return t.Value
	}
	return t.file.Text[t.offset : t.offset+t.span]
}
