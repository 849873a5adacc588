package graph

import (
	"cmp"
	"slices"
	"strings"
)

// Near gives the names of a few projects that could have been meant by name: those that differ in few letters, and
// those that contain it, the nearest first.
func (g *Graph) Near(name string) []string {
	const few = 3
	distances := map[string]int{}
	for _, n := range g.Nodes {
		switch d := distance(name, n.Name); {
		case d <= 1+len(name)/6:
			distances[n.Name] = d
		case len(name) > 2 && (strings.Contains(n.Name, name) || strings.Contains(name, n.Name) && len(n.Name) > 2):
			distances[n.Name] = d
		}
	}
	var names []string
	for other := range distances {
		names = append(names, other)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(distances[a]-distances[b], strings.Compare(a, b))
	})
	return names[:min(few, len(names))]
}

// distance is how many letters have to be inserted, left out or replaced to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
