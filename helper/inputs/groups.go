package inputs

import (
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
	"mach/helper/pep508"
)

// group is a dependency group of a project (PEP 735).
type group struct {
	key   text // its name, as it is written
	items []groupItem
	again text // another name of the file that is the same in normal form
	wrong bool // it is no array
}

// groupItem is a requirement, or the name of a group that is included.
type groupItem struct {
	text
	include bool
	wrong   bool // it is neither
}

// group takes the array of a group.
func (p *project) group(parser *unstable.Parser, name string, key text, value *unstable.Node) {
	name = pep508.NormalizeName(name)
	if g := p.groups[name]; g != nil {
		g.again = key
		return
	}
	g := &group{key: key, wrong: value.Kind != unstable.Array}
	p.groups[name] = g
	if g.wrong {
		return
	}
	for it := value.Children(); it.Next(); {
		switch n := it.Node(); n.Kind {
		case unstable.Comment:
		case unstable.String:
			g.items = append(g.items, groupItem{text: newText(parser, n)})
		default:
			g.items = append(g.items, p.include(parser, key, n))
		}
	}
}

// include reads { include-group = "name" }.
func (p *project) include(parser *unstable.Parser, key text, n *unstable.Node) groupItem {
	item := groupItem{text: key, include: true, wrong: true}
	if n.Kind != unstable.InlineTable {
		return item
	}
	fields := 0
	for it := n.Children(); it.Next(); fields++ {
		field, value := p.key(parser, it.Node()), it.Node().Value()
		if item.text = field; strings.Trim(field.value, `"'`) == "include-group" && value.Kind == unstable.String {
			item.text, item.wrong = newText(parser, value), false
		}
	}
	item.wrong = item.wrong || fields > 1
	return item
}

// takeGroup adds the requirements of a group that is asked for.
func (r *reader) takeGroup(p *project, name string, unknown func() *diag.Error) {
	normal := pep508.NormalizeName(name)
	if p.groups[normal] == nil {
		r.fail(unknown().Hint("%s", known(p.groups, "group")))
		return
	}
	r.in.Groups = append(r.in.Groups, normal)
	r.part = Part{Group: normal}
	r.takeItems(p, normal, nil, map[string]bool{}, map[string]bool{})
	r.part = Part{}
}

// takeItems adds the requirements of a group and of those that it includes, each once. via are the groups that include
// it.
func (r *reader) takeItems(p *project, name string, via []string, groups, extras map[string]bool) {
	g := p.groups[name]
	groups[name] = true
	via = append(slices.Clip(via), name)
	switch {
	case g.wrong:
		r.fail(p.origin(g.key)(0, g.key.span).Errorf("%q is not of the type that PEP 735 gives it", g.key.value))
	case g.again.span > 0:
		r.fail(p.origin(g.again)(0, g.again.span).Errorf("%q and %q are one group", g.key.value, g.again.value))
	}
	for _, item := range g.items {
		at := p.origin(item.text)
		included := pep508.NormalizeName(item.value)
		switch {
		case item.wrong:
			r.fail(at(0, item.span).Errorf("a group has requirements and { include-group = \"…\" }, and nothing else"))
		case !item.include:
			r.takeAll(p, []text{item.text}, extras)
		case slices.Contains(via, included):
			cycle := append(slices.Clip(via[slices.Index(via, included):]), included)
			r.fail(at(0, item.span).Errorf("the group includes itself: %s", strings.Join(cycle, " includes ")))
		case p.groups[included] == nil:
			r.fail(at(0, item.span).Errorf("the project has no group %q", item.value).Hint("%s", known(p.groups, "group")))
		case !groups[included]:
			r.takeItems(p, included, via, groups, extras)
		}
	}
}
