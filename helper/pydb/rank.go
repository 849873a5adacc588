package pydb

import (
	"cmp"
	"slices"
	"strings"

	"mach/helper/pep508"
)

// recent is how many releases of a project count for what it requires.
const recent = 3

// needs lists the projects that new releases require, to run or to be built. What only
// an extra requires is left out: few ask for it.
func needs(releases []*gathered) []string {
	var names []string
	for _, r := range releases[:min(recent, len(releases))] {
		for _, requirement := range slices.Concat(r.RequiresDist, r.BuildRequires) {
			end := strings.IndexFunc(requirement, func(c rune) bool {
				return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.')
			})
			if end < 0 {
				end = len(requirement)
			}
			if _, marker, _ := strings.Cut(requirement, ";"); !strings.Contains(marker, "extra") {
				names = append(names, pep508.NormalizeName(requirement[:end]))
			}
		}
	}
	slices.Sort(names)
	return slices.Clip(slices.Compact(names))
}

// numbers gives names numbers, so that lists of them are small.
type numbers struct {
	of    map[string]int32
	names []string
}

func (n *numbers) number(name string) int32 {
	i, ok := n.of[name]
	if !ok {
		if n.of == nil {
			n.of = map[string]int32{}
		}
		i = int32(len(n.names))
		name = strings.Clone(name) // which may be a part of a long text
		n.of[name], n.names = i, append(n.names, name)
	}
	return i
}

func (n *numbers) all(names []string) []int32 {
	list := make([]int32, len(names))
	for i, name := range names {
		list[i] = n.number(name)
	}
	return list
}

// countReaders counts for each project in how many solves it is read, if each project
// is asked for once: those that need it, however indirectly, and itself.
func countReaders(projects []*project, names int) {
	byNumber := make([]*project, names)
	for _, p := range projects {
		byNumber[p.number] = p
	}
	reader := make([]int32, names) // the last that was counted, plus one
	var todo []*project
	for i, root := range projects {
		todo = append(todo, root)
		for len(todo) > 0 {
			p := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if p == nil || reader[p.number] == int32(i+1) {
				continue
			}
			reader[p.number] = int32(i + 1)
			p.readers++
			for _, n := range p.needs {
				todo = append(todo, byNumber[n])
			}
		}
	}
}

// compareReaders orders projects by how often they are read, most often first.
func compareReaders(a, b *project) int {
	return cmp.Or(int(b.readers)-int(a.readers), strings.Compare(a.name, b.name))
}
