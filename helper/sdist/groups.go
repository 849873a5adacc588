package sdist

import (
	"maps"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// Group is a dependency group (PEP 735), or what a tool has in its place.
type Group struct {
	Requirements []Text        // those of groups that it includes at their place, each group once
	Errors       []*diag.Error // what is wrong with it, for one who needs it
	key          Text          // its name, as it is written
	items        []item
	again        Text // another name of the file that is the same in normal form
	wrong        bool // it is no array
}

// item is a requirement, or the name of a group that is included.
type item struct {
	Text
	include  bool
	standard bool // the group is that of [dependency-groups] alone, whatever tools add to it
	wrong    bool // it is neither
}

// group is the group of a name, which need not be there yet.
func (r *reader) group(name string, key Text) *Group {
	name = pep508.NormalizeName(name)
	g := r.p.Groups[name]
	if g == nil {
		g = &Group{key: key}
		r.p.Groups[name] = g
	}
	return g
}

// add adds requirements.
func (g *Group) add(list []Text) {
	for _, t := range list {
		g.items = append(g.items, item{Text: t})
	}
}

// groups reads [dependency-groups] and puts what groups include in its place. The groups of tools are there already.
func (r *reader) groups() {
	tools, standard := maps.Clone(r.p.Groups), map[string]*Group{}
	for name, entry := range r.root.At("dependency-groups").Each {
		normal := pep508.NormalizeName(name)
		if g := r.p.Groups[normal]; g != nil && tools[normal] == nil {
			g.again = keyOf(entry)
			continue
		}
		g := r.group(name, keyOf(entry))
		if entry.Kind != tomltree.Array {
			g.key, g.wrong = keyOf(entry), true
			continue
		}
		own := &Group{key: keyOf(entry)}
		for _, one := range entry.Items {
			own.items = append(own.items, newItem(keyOf(entry), one))
		}
		g.items, standard[normal] = append(g.items, own.items...), own
	}
	for _, name := range slices.Sorted(maps.Keys(r.p.Groups)) {
		g := r.p.Groups[name]
		f := flattener{groups: r.p.Groups, standard: standard, into: g, seen: map[node]bool{}}
		f.add(node{name: name}, nil)
	}
}

// newItem reads a requirement or { include-group = "name" }.
func newItem(key Text, v *tomltree.Value) item {
	i := item{Text: key, include: true, wrong: true}
	switch {
	case v.Kind == tomltree.String:
		return item{Text: textOf(v)}
	case !v.Is(tomltree.Table):
		return i
	}
	for name, field := range v.Each {
		if i.Text = keyOf(field); name == "include-group" && field.Kind == tomltree.String {
			i.Text, i.wrong = textOf(field), false
		}
	}
	i.wrong = i.wrong || len(v.Fields) > 1
	return i
}

// flattener collects the requirements of a group and of those that it includes, each once.
type flattener struct {
	groups, standard map[string]*Group
	into             *Group
	seen             map[node]bool
}

// node is a group, with what tools add to it or without.
type node struct {
	name     string
	standard bool
}

// add adds those of a group. via are the groups that include it.
func (f *flattener) add(n node, via []node) {
	g := f.groups[n.name]
	if n.standard {
		g = f.standard[n.name]
	}
	f.seen[n], f.seen[node{n.name, true}] = true, true
	via = append(slices.Clip(via), n)
	switch {
	case g.wrong:
		f.fail(g.key, "%q is not of the type that PEP 735 gives it", g.key.written())
	case g.again.span > 0:
		f.fail(g.again, "%q and %q are one group", g.key.written(), g.again.written())
	}
	for _, i := range g.items {
		included := node{pep508.NormalizeName(i.Value), n.standard || i.standard}
		included.standard = included.standard && f.standard[included.name] != nil
		switch {
		case i.wrong:
			f.fail(i.Text, "a group has requirements and { include-group = \"…\" }, and nothing else")
		case !i.include:
			f.into.Requirements = append(f.into.Requirements, i.Text)
		case slices.Contains(via, included):
			f.fail(i.Text, "the group includes itself: %s", cycle(via[slices.Index(via, included):]))
		case f.groups[included.name] == nil:
			f.fail(i.Text, "the project has no group %q", i.Value).Hint("%s", Known(f.groups, "group"))
		case !f.seen[included]:
			f.add(included, via)
		}
	}
}

// cycle says how groups include each other, the last the first.
func cycle(all []node) string {
	names := []string{}
	for _, n := range append(slices.Clip(all), all[0]) {
		names = append(names, n.name)
	}
	return strings.Join(names, " includes ")
}

func (f *flattener) fail(at Text, format string, args ...any) *diag.Error {
	err := at.Origin().Errorf(format, args...)
	f.into.Errors = append(f.into.Errors, err)
	return err
}

// Known says which extras or groups there are.
func Known[V any](all map[string]V, what string) string {
	if len(all) == 0 {
		return "it has none: leave the " + what + " out"
	}
	return "it has " + strings.Join(slices.Sorted(maps.Keys(all)), ", ")
}
