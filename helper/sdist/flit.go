package sdist

import (
	"strings"

	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// flit reads what flit takes of a module, and [tool.flit.metadata], which it had before PEP 621.
func (r *reader) flit() {
	r.kind("flit")
	old := r.root.At("tool", "flit", "metadata")
	module := textOf(r.root, "tool", "flit", "module", "name")
	if old != nil {
		module = textOf(old, "module")
		name := textOf(old, "dist-name")
		if name.Value == "" {
			name = module
		}
		r.one(Name, name)
		r.one(RequiresPython, textOf(old, "requires-python"))
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

func (r *reader) flitNeeds(old *tomltree.Value) {
	list := func(field string, v *tomltree.Value) []Text {
		texts, ok := textsOf(v)
		if !ok {
			r.wrong(field, keyOf(v), "%q is no array of requirements", keyOf(v).written())
		}
		return texts
	}
	needs := list(Dependencies, old.At("requires"))
	all := map[string][]Text{}
	for name, entry := range old.At("requires-extra").Each {
		if name == ".none" {
			needs = append(needs, list(Dependencies, entry)...)
			continue
		}
		all[pep508.NormalizeName(name)] = list(Extras, entry)
	}
	if dev := old.At("dev-requires"); dev != nil {
		all["dev"] = append(all["dev"], list(Extras, dev)...)
	}
	r.dependencies(needs)
	r.extras(all)
}
