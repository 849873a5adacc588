package pubgrub

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestExplanation checks explanations of random universes: facts are true and exclude each other, none can be left out,
// each step follows from what it names, the last one concludes all, and chains lead from the root.
func TestExplanation(t *testing.T) {
	steps := map[int]int{}
	forUniverses(t, func(u *universe, _ func(int) int) error {
		_, err := Solve(context.Background(), u)
		var none *NoSolution
		if !errors.As(err, &none) {
			return nil
		}
		x := none.Explain()
		steps[len(x.Steps)]++
		for _, check := range []func(*Explanation) error{u.checkFacts, u.checkSteps, u.checkChains} {
			if err := check(x); err != nil {
				return fmt.Errorf("%w\n%s", err, strings.Join(x.Report(describer{u}), "\n"))
			}
		}
		return nil
	})
	t.Logf("explanations by number of steps: %v", steps)
}

func (u *universe) checkFacts(x *Explanation) error {
	for _, f := range x.Facts {
		if !u.true(f) {
			return fmt.Errorf("not true: %+v", f)
		}
	}
	if u.satisfiable(x.Facts) {
		return errors.New("facts do not exclude each other")
	}
	for i := range x.Facts {
		if !u.satisfiable(slices.Delete(slices.Clone(x.Facts), i, i+1)) {
			return fmt.Errorf("not needed: %+v", x.Facts[i])
		}
	}
	return nil
}

// true says whether what the fact says is what the universe says.
func (u *universe) true(f *Fact) bool {
	for i, c := range u.packages[f.Package].candidates {
		implies := slices.ContainsFunc(c.needs, func(n testNeed) bool {
			return n.on == f.On && u.allowed(n).SubsetOf(f.Allowed, len(u.packages[f.On].candidates))
		})
		if f.Unusable != 0 {
			implies = c.reason != "" && f.Unusable == u.reason(c.reason)
		}
		if f.Candidates.Has(i) && !implies {
			return false
		}
	}
	return f.Missing == (f.On != Root && f.Allowed.IsEmpty(len(u.packages[f.On].candidates)))
}

// each calls try with every way to choose or leave the packages; with the root chosen, and packages with their base.
func (u *universe) each(try func(chosen []int) (stop bool)) bool {
	chosen := make([]int, len(u.packages)) // -1: none
	var extend func(p int) bool
	extend = func(p int) bool {
		if p == len(u.packages) {
			return try(chosen)
		}
		k := u.packages[p]
		for i := -1; i < len(k.candidates); i++ {
			if Package(p) == Root && i < 0 || k.base != Root && i >= 0 && chosen[k.base] != i {
				continue
			}
			if chosen[p] = i; extend(p + 1) {
				return true
			}
		}
		return false
	}
	return extend(0)
}

// holds says whether the fact lets the packages be chosen so.
func (f *Fact) holds(chosen []int) bool {
	if i := chosen[f.Package]; i < 0 || !f.Candidates.Has(i) {
		return true
	}
	return f.Unusable == 0 && chosen[f.On] >= 0 && f.Allowed.Has(chosen[f.On])
}

func (u *universe) satisfiable(facts []*Fact) bool {
	return u.each(func(chosen []int) bool {
		return !slices.ContainsFunc(facts, func(f *Fact) bool { return !f.holds(chosen) })
	})
}

func allTrue(terms []Term, chosen []int) bool {
	return !slices.ContainsFunc(terms, func(t Term) bool {
		return (chosen[t.Package] >= 0 && t.Candidates.Has(chosen[t.Package])) == t.Not
	})
}

func (u *universe) checkSteps(x *Explanation) error {
	for i, st := range x.Steps {
		for _, b := range st.Because {
			if b.Fact == nil && (b.Step >= i || b.Step != i-1 && x.Steps[b.Step].Number == 0) {
				return fmt.Errorf("step %d refers to step %d", i, b.Step)
			}
		}
		if u.each(func(chosen []int) bool {
			for _, b := range st.Because {
				if b.Fact != nil && !b.Fact.holds(chosen) || b.Fact == nil && allTrue(x.Steps[b.Step].Conclusion, chosen) {
					return false
				}
			}
			return allTrue(st.Conclusion, chosen)
		}) {
			return fmt.Errorf("step %d does not follow", i)
		}
	}
	if n := len(x.Steps); n == 0 || len(x.Steps[n-1].Conclusion) > 0 {
		return errors.New("steps lead nowhere")
	}
	return nil
}

func (u *universe) checkChains(x *Explanation) error {
	for _, chain := range x.Chains() {
		at := Root
		for _, f := range chain {
			if f.Package != at && f.Package != u.packages[at].base {
				return fmt.Errorf("chain %+v is broken at %d", chain, at)
			}
			at = f.On
		}
	}
	for _, f := range x.Facts {
		if !slices.ContainsFunc(x.Chains(), func(chain []*Fact) bool { return slices.Contains(chain, f) }) {
			return fmt.Errorf("no chain has %+v", f)
		}
	}
	return nil
}
