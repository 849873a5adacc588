package pubgrub

import (
	"fmt"
	"slices"
	"strings"
)

// The universe as Describer: versions in words, and the class where only a part of a version's candidates is meant.

func (u *universe) Name(p Package) string { return u.packages[p].name }

// words writes the set as ranges of versions.
func (u *universe) words(p Package, set Set) string {
	k := u.packages[p]
	var all, in, partly []int
	for i, c := range k.candidates {
		all = append(all, c.version)
		if set.Has(i) {
			in = append(in, c.version)
		}
	}
	for i, c := range k.candidates {
		if !set.Has(i) && slices.Contains(in, c.version) {
			partly = append(partly, c.version)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	has := func(i int) bool { return slices.Contains(in, all[i]) && !slices.Contains(partly, all[i]) }
	var runs []string
	for lo := 0; lo < len(all); lo++ {
		if !has(lo) {
			continue
		}
		hi := lo
		for hi+1 < len(all) && has(hi+1) {
			hi++
		}
		switch {
		case lo == 0 && hi == len(all)-1:
			return ""
		case lo == hi:
			runs = append(runs, fmt.Sprintf("==%d", all[lo]))
		case lo == 0:
			runs = append(runs, fmt.Sprintf("<=%d", all[hi]))
		case hi == len(all)-1:
			runs = append(runs, fmt.Sprintf(">=%d", all[lo]))
		default:
			runs = append(runs, fmt.Sprintf(">=%d <=%d", all[lo], all[hi]))
		}
		lo = hi
	}
	for i, c := range k.candidates {
		if set.Has(i) && slices.Contains(partly, c.version) {
			runs = append(runs, "=="+u.candidate(p, i))
		}
	}
	return strings.Join(runs, " | ")
}

// describer is apart from universe since both a Source and a Describer have Candidates.
type describer struct{ *universe }

func (d describer) Candidates(p Package, set Set) string { return d.words(p, set) }

// Needs repeats the conditions if they are the same for all candidates.
func (d describer) Needs(f *Fact) string {
	var conditions []string
	for i, c := range d.packages[f.Package].candidates {
		for _, n := range c.needs {
			if n.on == f.On && f.Candidates.Has(i) && d.allowed(n).SubsetOf(f.Allowed, len(d.packages[n.on].candidates)) {
				conditions = append(conditions, n.conditions)
			}
		}
	}
	slices.Sort(conditions)
	if conditions = slices.Compact(conditions); f.Missing {
		conditions = []string{strings.Join(conditions, " or ")}
	} else if len(conditions) != 1 {
		conditions = []string{d.words(f.On, f.Allowed)}
	}
	return strings.TrimSpace(d.Name(f.On) + " " + conditions[0])
}

func (d describer) Missing(f *Fact) string {
	if len(d.packages[f.On].candidates) == 0 {
		return "there is no " + d.Name(f.On)
	}
	return "there is no such version"
}

func (d describer) Unusable(f *Fact) string { return "is " + d.reasons()[f.Unusable-1] }
