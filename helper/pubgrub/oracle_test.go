package pubgrub

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// selection is a solution as the oracle has it: by package, the candidate.
type selection map[Package]int

// solutions gives every valid selection, by trying all: what the root reaches, and nothing else.
func (u *universe) solutions() []selection {
	var found []selection
	chosen := selection{}
	var extend func(open []Package)
	extend = func(open []Package) {
		for len(open) > 0 {
			if _, done := chosen[open[0]]; !done {
				break
			}
			open = open[1:]
		}
		if len(open) == 0 {
			if u.valid(chosen) {
				found = append(found, maps.Clone(chosen))
			}
			return
		}
		p := open[0]
		for i, c := range u.packages[p].candidates {
			if c.reason != "" {
				continue
			}
			chosen[p] = i
			next := slices.Clone(open[1:])
			for _, d := range c.needs {
				next = append(next, d.on)
			}
			if b := u.packages[p].base; b != Root {
				next = append(next, b)
			}
			extend(next)
			delete(chosen, p)
		}
	}
	extend([]Package{Root})
	return found
}

// valid says whether all that is chosen has what it needs.
func (u *universe) valid(chosen selection) bool {
	for p, i := range chosen {
		k := u.packages[p]
		if k.candidates[i].reason != "" {
			return false
		}
		if k.base != Root {
			if b, ok := chosen[k.base]; !ok || b != i {
				return false
			}
		}
		for _, d := range k.candidates[i].needs {
			j, ok := chosen[d.on]
			if !ok || !d.allows(u.packages[d.on].candidates[j].version) {
				return false
			}
		}
	}
	return true
}

// off gives the packages of a selection that are not of the first class, as a set of bits; but for those
// that have nothing usable of that class.
func (u *universe) off(chosen selection) (off uint64) {
	for p, i := range chosen {
		if k := u.packages[p]; k.base == Root && k.candidates[i].class != "" && !u.pointless(p) {
			off |= 1 << p
		}
	}
	return off
}

// better says whether the same packages have candidates that are nowhere after the other's in the order of preference.
func (u *universe) better(a, b selection) bool {
	rank := func(p Package, c int) int {
		if u.packages[p].candidates[c].class != "" && !u.pointless(p) {
			c += 100
		}
		return c
	}
	for p, c := range b {
		if d, ok := a[p]; !ok || rank(p, d) > rank(p, c) {
			return false
		}
	}
	return len(a) == len(b) && !maps.Equal(a, b)
}

// behind says whether a package that is firm has a candidate that is after the other's.
func (u *universe) behind(a, b selection) bool {
	for p, c := range a {
		if d, ok := b[p]; ok && u.isFirm(p) && c > d {
			return true
		}
	}
	return false
}

// pointless says whether nothing preferred is usable of a package.
func (u *universe) pointless(p Package) bool {
	return !slices.ContainsFunc(u.packages[p].candidates, func(c *testCandidate) bool { return c.class == "" && c.reason == "" })
}

// judge compares what Solve says with what the oracle knows.
func (u *universe) judge(solution *Solution, err error) error {
	all := u.solutions()
	var none *NoSolution
	switch {
	case errors.As(err, &none):
		if len(all) > 0 {
			return fmt.Errorf("no solution found, but there is %v", all[0])
		}
		return nil
	case err != nil:
		return err
	}
	chosen := selection{}
	for _, c := range solution.Choices {
		chosen[c.Package] = c.Candidate
	}
	if !slices.ContainsFunc(all, func(s selection) bool { return maps.Equal(s, chosen) }) {
		return fmt.Errorf("%v is not one of the solutions %v", chosen, all)
	}
	for _, other := range all {
		if u.better(other, chosen) {
			return fmt.Errorf("%v is chosen, but %v is better for all", chosen, other)
		}
	}
	off := u.off(chosen)
	for _, other := range all {
		if o := u.off(other); o != off && o&^off == 0 && !u.behind(other, chosen) {
			return fmt.Errorf("%v has more packages off their preference than %v", chosen, other)
		}
	}
	for p, k := range u.packages {
		told := slices.Contains(solution.Off, Package(p))
		fallback := slices.ContainsFunc(solution.Choices, func(c Choice) bool { return int(c.Package) == p && k.candidates[c.Candidate].class != "" })
		if off>>p&1 != 0 && !told || told && !fallback {
			return fmt.Errorf("off their preference: %v, want those of %b", solution.Off, off)
		}
	}
	for question, times := range u.asked {
		if times > 1 {
			return fmt.Errorf("question %q was asked %d times", question, times)
		}
	}
	return nil
}

// makeUniverse makes up a universe: some candidates of other classes, some unusable, some packages with extras,
// some without candidates; dependencies go anywhere, so there are cycles and packages that need themselves.
// Below gives a number from 0 up to the given one.
func makeUniverse(below func(n int) int) *universe {
	one := func(of ...int) int { return of[below(len(of))] }
	u := &universe{asked: map[string]int{}, same: below(2) == 1, firm: below(2) == 1}
	u.find("root")
	plain := one(2, 3, 4, 4, 5, 5)
	for i := range plain {
		u.find(string(rune('a' + i)))
	}
	for i := range plain {
		if one(0, 0, 0, 0, 1) == 1 {
			u.find(string(rune('a'+i)) + "[x]")
		}
	}
	conditions := []string{"", "", ">=2", "<=2", "!=2", "==2", ">=1 <3", "==1", "==3", "==9"}
	if one(0, 0, 0, 0, 1) == 0 {
		conditions = conditions[:9]
	}
	many := []int{0, 1, 1, 2} // how many things a candidate needs
	if one(0, 0, 1) == 1 {
		many, conditions = []int{1, 2, 2, 3}, []string{"", "!=1", "!=2", "!=3", "<=2", ">=2"} // crowded
	}
	needs := func(many ...int) (needs []testNeed) {
		for range one(many...) {
			needs = append(needs, testNeed{Package(1 + below(len(u.packages)-1)), conditions[below(len(conditions))]})
		}
		return needs
	}
	u.packages[Root].candidates = []*testCandidate{{needs: needs(1, 2, 3, 3)}}
	for _, p := range u.packages[1 : plain+1] {
		for _, class := range []string{"", "sdist", "nix"}[:one(1, 1, 2, 2, 3)] {
			for version := one(0, 1, 2, 3, 3, 3); version > 0; version-- {
				c := &testCandidate{version: version, class: class}
				if one(0, 0, 0, 0, 0, 0, 1) == 1 {
					c.reason = []string{"broken", "old"}[below(2)]
				} else {
					c.needs = needs(many...)
				}
				p.candidates = append(p.candidates, c)
			}
		}
		if one(0, 0, 1) == 1 { // what is preferred is not in front
			for i := len(p.candidates) - 1; i > 0; i-- {
				j := below(i + 1)
				p.candidates[i], p.candidates[j] = p.candidates[j], p.candidates[i]
			}
		}
	}
	for _, p := range u.packages[plain+1:] {
		for _, b := range u.packages[p.base].candidates {
			if below(2) == 1 {
				p.candidates = append(p.candidates, &testCandidate{version: b.version, class: b.class, needs: needs(0, 1, 2)})
			}
		}
		u.complete(p)
	}
	return u
}

// forUniverses checks many universes: big ones, and small ones of which the smallest that fails is shown.
func forUniverses(t *testing.T, check func(u *universe, below func(n int) int) error) {
	for seed := range uint64(5000) {
		below := rand.New(rand.NewPCG(seed, 0)).IntN
		u := makeUniverse(below)
		if err := check(u, below); err != nil {
			t.Fatalf("seed %d: %v\n%v", seed, err, u)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		below := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "") }
		u := makeUniverse(below)
		if err := check(u, below); err != nil {
			t.Fatalf("%v\n%v", err, u)
		}
	})
}

// TestOracle compares the solver with trying everything, whenever it changes the order of decisions.
func TestOracle(t *testing.T) {
	none, off, hard := 0, 0, 0
	forUniverses(t, func(u *universe, below func(n int) int) error {
		s := newSolver(context.Background(), u)
		s.tuning = tuning{rivals: int32(1 + below(5)), hard: below(20)}
		solution, err := s.solve()
		switch {
		case err != nil:
			none++
		case len(solution.Off) > 0:
			off++
		}
		if s.stats.Conflicts > 2 {
			hard++
		}
		return u.judge(solution, err)
	})
	t.Logf("%d without solution, %d with packages off their preference, %d with many conflicts", none, off, hard)
}
