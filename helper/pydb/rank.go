package pydb

import (
	"cmp"
	"slices"
	"strings"

	"mach/helper/pep508"
)

// recent is how many releases of a project count for what it requires.
const recent = 3

// needs lists what new releases require, to run or to be built, by the extra that asks
// for it: "" if none does.
func needs(releases []*gathered) map[string][]string {
	needs := map[string][]string{}
	for _, r := range releases[:min(recent, len(releases))] {
		for _, requirement := range slices.Concat(r.RequiresDist, r.BuildRequires) {
			extras := []string{""}
			if _, marker, _ := strings.Cut(requirement, ";"); strings.Contains(marker, "extra") {
				extras = extrasOf([]string{requirement})
			}
			for _, extra := range extras {
				extra = pep508.NormalizeName(extra)
				needs[extra] = append(needs[extra], needed(requirement)...)
			}
		}
	}
	for extra, names := range needs {
		slices.Sort(names)
		needs[extra] = slices.Compact(names)
	}
	return needs
}

// needed is what a requirement asks for: a project, and its extras.
func needed(requirement string) []string {
	end := strings.IndexFunc(requirement, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.')
	})
	if end < 0 {
		end = len(requirement)
	}
	names := []string{pep508.NormalizeName(requirement[:end])}
	if rest, ok := strings.CutPrefix(requirement[end:], "["); ok {
		extras, _, _ := strings.Cut(rest, "]")
		for extra := range strings.SplitSeq(extras, ",") {
			names = append(names, withExtra(names[0], pep508.NormalizeName(strings.TrimSpace(extra))))
		}
	}
	return names
}

// withExtra names what a project needs for an extra, or at all.
func withExtra(name, extra string) string {
	if extra == "" {
		return name
	}
	return name + "[" + extra + "]"
}

// numbers gives names numbers, so that lists of them are small.
type numbers struct {
	of    map[string]int32
	needs [][]int32 // of each name, "NAME" or "NAME[EXTRA]"
}

func (n *numbers) number(name string) int32 {
	i, ok := n.of[name]
	if !ok {
		if n.of == nil {
			n.of = map[string]int32{}
		}
		i = int32(len(n.needs))
		n.of[strings.Clone(name)] = i // name may be a part of a long text
		n.needs = append(n.needs, nil)
	}
	return i
}

// need notes what a project needs, and gives its number.
func (n *numbers) need(name string, needs map[string][]string) int32 {
	for extra, names := range needs {
		list := make([]int32, len(names))
		for i, needed := range names {
			list[i] = n.number(needed)
		}
		n.needs[n.number(withExtra(name, extra))] = list
	}
	return n.number(name)
}

// countReaders counts for each project in how many solves it is read, if each project
// is asked for once: those that need it, however indirectly, and itself.
func (n *numbers) countReaders(projects []*project) {
	byNumber := make([]*project, len(n.needs))
	for _, p := range projects {
		byNumber[p.number] = p
	}
	reader := make([]int32, len(n.needs)) // the last that was counted, plus one
	var todo []int32
	for i, root := range projects {
		todo = append(todo, root.number)
		for len(todo) > 0 {
			number := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if reader[number] == int32(i+1) {
				continue
			}
			reader[number] = int32(i + 1)
			if p := byNumber[number]; p != nil {
				p.readers++
			}
			todo = append(todo, n.needs[number]...)
		}
	}
}

// compareReaders orders projects by how often they are read, most often first.
func compareReaders(a, b *project) int {
	return cmp.Or(int(b.readers)-int(a.readers), strings.Compare(a.name, b.name))
}
