package graph

import (
	"cmp"
	"slices"
	"strings"

	"mach/helper/release"
)

// Near gives the names of a few projects that could have been meant by name: those that differ in few letters, and then
// those that contain it or that it contains, the nearest first.
func (g *Graph) Near(name string) []string {
	const few = 3
	near := release.Near(name, few, func(yield func(string) bool) {
		for _, n := range g.Nodes {
			if !yield(n.Name) {
				return
			}
		}
	})
	var longer []string
	for _, n := range g.Nodes {
		short, long := name, n.Name
		if len(short) > len(long) {
			short, long = long, short
		}
		if len(short) > 2 && strings.Contains(long, short) && !slices.Contains(near, n.Name) {
			longer = append(longer, n.Name)
		}
	}
	slices.SortFunc(longer, func(a, b string) int {
		return cmp.Or(apart(a, name)-apart(b, name), strings.Compare(a, b))
	})
	near = append(near, slices.Compact(longer)...)
	return near[:min(few, len(near))]
}

// apart is how many letters two names, of which one contains the other, differ in.
func apart(a, b string) int { return max(len(a), len(b)) - min(len(a), len(b)) }
