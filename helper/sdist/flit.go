package sdist

import (
	"strings"

	"mach/helper/pep508"
)

// flit reads what flit takes of a module, and [tool.flit.metadata], which it had before PEP 621.
func (r *reader) flit() {
	r.kind("flit")
	old := r.root.at("tool", "flit", "metadata")
	module := r.root.string("tool", "flit", "module", "name")
	if old != nil {
		module = old.string("module")
		name := old.string("dist-name")
		if name.Value == "" {
			name = module
		}
		r.one(Name, name)
		r.one(RequiresPython, old.string("requires-python"))
		delete(r.need, RequiresPython)
		r.flitNeeds(old)
	}
	if module.Value == "" {
		module = r.p.Name.with(strings.ReplaceAll(r.p.Name.Value, "-", "_"))
	}
	if r.need[Version] && module.Value != "" {
		r.literal(Version, module, module.Value+".__version__", []string{"", "src"})
	}
}

func (r *reader) flitNeeds(old *value) {
	list := func(field string, v *value) []Text {
		texts, ok := v.strings()
		if !ok {
			r.wrong(field, v.key, "%q is no array of requirements", v.key.written())
		}
		return texts
	}
	needs := list(Dependencies, old.at("requires"))
	all := map[string][]Text{}
	for name, entry := range old.at("requires-extra").each {
		if name == ".none" {
			needs = append(needs, list(Dependencies, entry)...)
			continue
		}
		all[pep508.NormalizeName(name)] = list(Extras, entry)
	}
	if dev := old.at("dev-requires"); dev != nil {
		all["dev"] = append(all["dev"], list(Extras, dev)...)
	}
	r.dependencies(needs)
	r.extras(all)
}
