package pubgrub

import (
	"errors"
	"fmt"
	"slices"
)

// needs are the dependencies of a candidate, with the one on the base.
func (w *world) needs(p Package, c int) []Dependency {
	needs := w.answers[p][c].Dependencies
	if base := w.infos[p].Base; base != Root {
		needs = append(slices.Clone(needs), Dependency{base, Of(c)})
	}
	return needs
}

// check says what is wrong with a solution.
func (w *world) check(solution *Solution) error {
	chosen := make([]int, len(w.infos))
	for i := range chosen {
		chosen[i] = -1
	}
	for _, c := range solution.Choices {
		chosen[c.Package] = c.Candidate
	}
	reached := map[Package]bool{Root: true}
	for open := []Package{Root}; len(open) > 0; open = open[1:] {
		p := open[0]
		if chosen[p] < 0 || w.answers[p][chosen[p]].Unusable != 0 {
			return fmt.Errorf("package %d is needed, but has candidate %d", p, chosen[p])
		}
		for _, d := range w.needs(p, chosen[p]) {
			if c := chosen[d.Package]; c < 0 || !d.Allowed.Has(c) {
				return fmt.Errorf("package %d needs another candidate of %d than %d", p, d.Package, c)
			}
			if !reached[d.Package] {
				reached[d.Package] = true
				open = append(open, d.Package)
			}
		}
	}
	if len(reached) != len(solution.Choices) {
		return errors.New("something is chosen that nobody needs")
	}
	for _, c := range solution.Choices[1:] {
		off := w.infos[c.Package].Base == Root && !w.infos[c.Package].Preferred.Has(c.Candidate)
		if off != slices.Contains(solution.Off, c.Package) {
			return fmt.Errorf("package %d is off its preference or is not", c.Package)
		}
	}
	return nil
}

// solvable tries everything allowed, cutting off what cannot be.
func (w *world) solvable(allowed func(p Package, c int) bool) bool {
	chosen := map[Package]int{}
	fits := func(p Package, c int) bool {
		for q, b := range chosen {
			for _, d := range w.needs(q, b) {
				if d.Package == p && !d.Allowed.Has(c) {
					return false
				}
			}
		}
		return !slices.ContainsFunc(w.needs(p, c), func(d Dependency) bool {
			b, ok := chosen[d.Package]
			return d.Package == p && !d.Allowed.Has(c) || ok && !d.Allowed.Has(b)
		})
	}
	var extend func(open []Package) bool
	extend = func(open []Package) bool {
		if len(open) == 0 {
			return true
		}
		p := open[0]
		if _, done := chosen[p]; done {
			return extend(open[1:])
		}
		for c, a := range w.answers[p] {
			if a.Unusable != 0 || !allowed(p, c) || !fits(p, c) {
				continue
			}
			chosen[p] = c
			next := slices.Clone(open[1:])
			for _, d := range w.needs(p, c) {
				next = append(next, d.Package)
			}
			if extend(next) {
				return true
			}
			delete(chosen, p)
		}
		return false
	}
	return extend([]Package{Root})
}

// judge compares what Solve says with what trying everything says. There are no unusable preferred candidates.
func (w *world) judge(solution *Solution, err error) error {
	var none *NoSolution
	if errors.As(err, &none) {
		if w.solvable(func(Package, int) bool { return true }) {
			return errors.New("no solution found, but there is one")
		}
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.check(solution); err != nil {
		return err
	}
	for _, p := range solution.Off {
		if w.solvable(func(q Package, c int) bool {
			return q == Root || w.infos[q].Base != Root || w.infos[q].Preferred.Has(c) || q != p && slices.Contains(solution.Off, q)
		}) {
			return fmt.Errorf("package %d could be as it is preferred", p)
		}
	}
	return nil
}
