package pubgrub

import (
	"fmt"
	"slices"
	"strings"
)

// versions writes a set as ranges of versions, with the class where only a part of a version's candidates is meant.
func (u *universe) versions(p Package, set Set) string {
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

// fact writes a fact: who, and what of it.
func (u *universe) fact(f *Fact) string {
	who := strings.TrimSpace(u.packages[f.Package].name + " " + u.versions(f.Package, f.Candidates))
	switch {
	case f.Unusable != 0:
		return who + " is " + u.reasons()[f.Unusable-1]
	case f.Missing:
		return who + " needs " + u.packages[f.On].name + " " + u.conditions(f) + ", which there is not"
	}
	return strings.TrimSpace(who + " needs " + u.packages[f.On].name + " " + u.versions(f.On, f.Allowed))
}

// conditions are what the candidates of a fact ask for.
func (u *universe) conditions(f *Fact) string {
	var conditions []string
	for i, c := range u.packages[f.Package].candidates {
		for _, n := range c.needs {
			if n.on == f.On && f.Candidates.Has(i) && u.allowed(n).SubsetOf(f.Allowed, len(u.packages[n.on].candidates)) {
				conditions = append(conditions, n.conditions)
			}
		}
	}
	slices.Sort(conditions)
	return strings.Join(slices.Compact(conditions), " or ")
}

// words writes an explanation, a fact a line.
func (u *universe) words(x *Explanation) string {
	var b strings.Builder
	for _, f := range x.Facts {
		fmt.Fprintln(&b, u.fact(f))
	}
	return b.String()
}
