package provide

import (
	"cmp"
	"slices"

	"mach/helper/pubgrub"
)

// parted knows which parts of the user's project need which of the solver's packages. It is nil if there is one part:
// the project itself.
type parted struct {
	parts []Part
	roots [][]pubgrub.Package // of each part
	needs map[pubgrub.Package][]pubgrub.Dependency
	found []map[*project]bool // for each part
}

// parted lists the parts.
func (s *source) parted() *parted {
	if !slices.ContainsFunc(s.parts, func(p Part) bool { return p != Part{} }) {
		return nil
	}
	d := &parted{needs: map[pubgrub.Package][]pubgrub.Dependency{}}
	for i, part := range s.parts {
		k := slices.Index(d.parts, part)
		if k < 0 {
			k = len(d.parts)
			d.parts, d.roots = append(d.parts, part), append(d.roots, nil)
		}
		d.roots[k] = append(d.roots[k], s.nodesOf(s.roots[i])...)
	}
	return d
}

func (d *parted) add(p pubgrub.Package, needs []pubgrub.Dependency) {
	if d != nil {
		d.needs[p] = needs
	}
}

// of are the parts that need a project; none if the project itself does.
func (d *parted) of(s *source, name string) (parts []Part) {
	if d == nil {
		return nil
	}
	for i := len(d.found); i < len(d.parts); i++ {
		found, seen := map[*project]bool{}, map[pubgrub.Package]bool{}
		for _, root := range d.roots[i] {
			d.reach(s, root, seen, found)
		}
		d.found = append(d.found, found)
	}
	for i, part := range d.parts {
		switch {
		case !d.found[i][s.projects[name]]:
		case part == Part{}:
			return nil
		default:
			parts = append(parts, part)
		}
	}
	slices.SortFunc(parts, func(a, b Part) int { return cmp.Or(cmp.Compare(a.Extra, b.Extra), cmp.Compare(a.Group, b.Group)) })
	return parts
}

func (d *parted) reach(s *source, p pubgrub.Package, seen map[pubgrub.Package]bool, found map[*project]bool) {
	if seen[p] {
		return
	}
	seen[p] = true
	found[s.nodes[p].project] = true
	for _, need := range d.needs[p] {
		d.reach(s, need.Package, seen, found)
	}
}
