package sdist

import (
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/pep508"
)

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// buildSystem reads the table of that name (PEP 518, 517).
func (r *reader) buildSystem() {
	table := r.root.at("build-system")
	if table == nil {
		return
	}
	bad := func(v *value) {
		r.wrong(Build, v.key, "%q is not of the type that PEP 518 gives it", v.key.written())
	}
	if !table.isTable() {
		bad(table)
		return
	}
	b := &r.p.Build
	for name, list := range map[string]*[]Text{"requires": &b.Requires, "backend-path": &b.BackendPath} {
		var ok bool
		if *list, ok = table.at(name).strings(); !ok {
			bad(table.at(name))
		}
	}
	if backend := table.at("build-backend"); backend != nil && backend.kind != unstable.String {
		bad(backend)
	}
	b.Backend = table.string("build-backend")
}

// project reads [project] (PEP 621). What it leaves to the backend is needed still.
func (r *reader) project() {
	table := r.root.at("project")
	if table == nil {
		return
	}
	r.kind("pep621")
	bad := func(field string, v *value) {
		r.wrong(field, v.key, "%q is not of the type that PEP 621 gives it", v.key.written())
	}
	if !table.isTable() {
		bad(Dependencies, table)
		return
	}
	if _, ok := table.at("dynamic").strings(); !ok {
		bad(Dependencies, table.at("dynamic"))
	}
	left := func(field string) bool {
		return r.isDynamic(field) || r.laxly(table, field)
	}
	for _, field := range []string{Name, Version, RequiresPython} {
		switch v := table.at(field); {
		case v.is(unstable.String):
			r.one(field, v.text)
			delete(r.need, field)
		case v != nil && field == Version && r.family() == "pdm" && v.isTable():
		case v != nil:
			bad(field, v)
		case !left(field):
			delete(r.need, field)
		}
	}
	if !left(Dependencies) {
		list, ok := table.at(Dependencies).strings()
		if !ok {
			bad(Dependencies, table.at(Dependencies))
		}
		r.dependencies(list)
	}
	if !left(Extras) {
		r.optional(table.at(Extras), bad)
	}
}

// optional reads [project.optional-dependencies].
func (r *reader) optional(table *value, bad func(string, *value)) {
	if table != nil && !table.isTable() {
		bad(Extras, table)
		return
	}
	all := map[string][]Text{}
	for name, entry := range table.each {
		list, ok := entry.strings()
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
func (r *reader) laxly(project *value, field string) bool {
	if project.at(field) != nil || r.family() != "poetry" {
		return false
	}
	switch field {
	case Version, RequiresPython:
		return true
	}
	return project.at(Dependencies) == nil && project.at(Extras) == nil
}

// dynamicAt is where [project] leaves a field to the backend, or else where that is named.
func (r *reader) dynamicAt(field string) Text {
	for _, item := range r.root.at("project", "dynamic").list() {
		if item.text.Value == field {
			return item.text
		}
	}
	if r.p.Build.Backend.Value != "" {
		return r.p.Build.Backend
	}
	if project := r.root.at("project"); project != nil {
		return project.key
	}
	return Text{file: &file{name: r.p.File}}
}

// list are the items of an array.
func (v *value) list() []*value {
	if v == nil {
		return nil
	}
	return v.items
}

// written is a key or a text as it stands in its file.
func (t Text) written() string {
	if t.file == nil {
		return t.Value
	}
	return t.file.contents[t.offset : t.offset+t.span]
}
