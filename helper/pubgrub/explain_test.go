package pubgrub

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
)

// TestExplanation checks explanations of random universes: facts are true and exclude each other, and none can be left
// out.
func TestExplanation(t *testing.T) {
	sizes := map[int]int{}
	forUniverses(t, func(u *universe, _ func(int) int) error {
		_, err := Solve(context.Background(), u)
		var none *NoSolution
		if !errors.As(err, &none) {
			return nil
		}
		x := none.Explain()
		sizes[len(x.Facts)]++
		if err := u.checkFacts(x); err != nil {
			return fmt.Errorf("%w\n%s", err, u.words(x))
		}
		return nil
	})
	t.Logf("explanations by number of facts: %v", sizes)
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
