package pubgrub

import (
	"context"
	"errors"
	"fmt"
	"maps"
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

// off gives the packages of a selection that are not of the first class, as a set of bits.
func (u *universe) off(chosen selection) (off uint64) {
	for p, i := range chosen {
		if k := u.packages[p]; k.base == Root && k.candidates[i].class != "" {
			off |= 1 << p
		}
	}
	return off
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
	off := u.off(chosen)
	for _, other := range all {
		if o := u.off(other); o != off && o&^off == 0 {
			return fmt.Errorf("%v has more packages off their preference than %v", chosen, other)
		}
	}
	var want []Package
	for p := range u.packages {
		if off>>p&1 != 0 {
			want = append(want, Package(p))
		}
	}
	if !slices.Equal(want, solution.Off) {
		return fmt.Errorf("off their preference: %v, want %v", solution.Off, want)
	}
	for question, times := range u.asked {
		if times > 1 {
			return fmt.Errorf("question %q was asked %d times", question, times)
		}
	}
	return nil
}

// drawUniverse makes up a universe: some candidates of other classes, some unusable, some packages with extras,
// some without candidates; dependencies go anywhere, so there are cycles and packages that need themselves.
// It is drawn so that some have a solution without a conflict, some with, and some none.
func drawUniverse(t *rapid.T) *universe {
	one := func(what string, of ...int) int { return rapid.SampledFrom(of).Draw(t, what) }
	u := &universe{asked: map[string]int{}, same: rapid.Bool().Draw(t, "same")}
	u.find("root")
	plain := one("packages", 2, 3, 4, 4, 5, 5)
	for i := range plain {
		u.find(string(rune('a' + i)))
	}
	for i := range plain {
		if one("extra", 0, 0, 0, 0, 1) == 1 {
			u.find(string(rune('a'+i)) + "[x]")
		}
	}
	conditions := []string{"", "", "", "<=2", ">=2", "!=2", "==2", ">=1 <3", "==1", "==3", "==9"}
	if one("hopeless", 0, 0, 0, 1) == 0 {
		conditions = conditions[:10]
	}
	needs := func(many ...int) (needs []testNeed) {
		for range one("needs", many...) {
			on := Package(rapid.IntRange(1, len(u.packages)-1).Draw(t, "on"))
			needs = append(needs, testNeed{on, rapid.SampledFrom(conditions).Draw(t, "conditions")})
		}
		return needs
	}
	u.packages[Root].candidates = []*testCandidate{{needs: needs(1, 2, 3, 3)}}
	for _, p := range u.packages[1 : plain+1] {
		for _, class := range []string{"", "sdist", "nix"}[:one("classes", 1, 1, 2, 2, 3)] {
			for version := one("versions", 0, 1, 2, 3, 3, 3, 3, 3); version > 0; version-- {
				c := &testCandidate{version: version, class: class}
				if one("usable", 0, 0, 0, 0, 0, 0, 1) == 1 {
					c.reason = rapid.SampledFrom([]string{"broken", "old"}).Draw(t, "reason")
				} else {
					c.needs = needs(0, 1, 2, 2)
				}
				p.candidates = append(p.candidates, c)
			}
		}
	}
	for _, p := range u.packages[plain+1:] {
		for _, b := range u.packages[p.base].candidates {
			if rapid.Bool().Draw(t, "provides") {
				p.candidates = append(p.candidates, &testCandidate{version: b.version, class: b.class, needs: needs(0, 1, 2)})
			}
		}
		u.complete(p)
	}
	return u
}

// TestOracle compares the solver with trying everything.
func TestOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := drawUniverse(t)
		solution, err := Solve(context.Background(), u)
		if err := u.judge(solution, err); err != nil {
			t.Fatalf("%v\n%v", err, u)
		}
	})
}
