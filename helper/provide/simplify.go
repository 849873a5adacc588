package provide

import (
	"context"
	"errors"
	"slices"

	"mach/helper/pep440"
	"mach/helper/pubgrub"
)

// excluding are claims as a source of their own: what they say and nothing else. Candidates about which they say the
// same are one.
type excluding struct {
	claims []*claim
	nodes  []node
	firsts [][]int // by node: the first candidate of each kind
}

// exclude says whether the claims exclude each other.
func (x *explanation) exclude() bool {
	e := &excluding{claims: slices.Concat(x.claims, x.minor), nodes: []node{{}}, firsts: [][]int{{0}}}
	_, err := pubgrub.Solve(context.Background(), e)
	var none *pubgrub.NoSolution
	return errors.As(err, &none)
}

func (e *excluding) id(n node) pubgrub.Package {
	i := slices.IndexFunc(e.nodes, func(m node) bool { return m.project == n.project })
	if i < 0 {
		i = len(e.nodes)
		e.nodes, e.firsts = append(e.nodes, n), append(e.firsts, e.kinds(n))
	}
	return pubgrub.Package(i)
}

// kinds are the first candidates of each kind.
func (e *excluding) kinds(n node) (firsts []int) {
	seen := map[string]bool{}
	var kind []byte
	for i := range n.candidates {
		kind = kind[:0]
		for _, c := range e.claims {
			var is byte
			if c.of.project == n.project && c.which.Has(i) {
				is = 1
			}
			if c.on.project == n.project && c.allowed.Has(i) {
				is += 2
			}
			kind = append(kind, is)
		}
		if !seen[string(kind)] {
			seen[string(kind)] = true
			firsts = append(firsts, i)
		}
	}
	return firsts
}

// Candidates implements pubgrub.Source.
func (e *excluding) Candidates(p pubgrub.Package) (pubgrub.Info, error) {
	return pubgrub.Info{Candidates: len(e.firsts[p]), Preferred: pubgrub.All()}, nil
}

// Dependencies implements pubgrub.Source.
func (e *excluding) Dependencies(p pubgrub.Package, i int) (answer pubgrub.Answer, err error) {
	for _, c := range e.claims {
		switch {
		case c.of.project != e.nodes[p].project || !c.which.Has(e.firsts[p][i]):
		case c.why.kind != none:
			return pubgrub.Answer{Unusable: 1}, nil
		default:
			on := e.id(c.on)
			allowed := setOf(len(e.firsts[on]), func(i int) bool { return c.allowed.Has(e.firsts[on][i]) })
			answer.Dependencies = append(answer.Dependencies, pubgrub.Dependency{Package: on, Allowed: allowed})
		}
	}
	return answer, nil
}

// simplify says less where that is enough: of what several authors wrote the one bound that matters, and of what a
// project's releases need of another what they have in common.
func (x *explanation) simplify() {
	for i := 0; i < len(x.claims); i++ {
		x.join(x.claims[i])
	}
	for _, c := range x.claims {
		if len(c.needs) < 2 || c.missing {
			continue
		}
		low, high := commonBounds(c.needs)
		for _, clauses := range []string{low.clause, high.clause, low.clause + "," + high.clause} {
			if spec, err := pep440.ParseSpecifiers(clauses); err == nil && len(spec) > 0 && x.allow(c, spec) {
				break
			}
		}
	}
}

// allow lets a claim say that any version which specifiers allow will do, if the claims exclude each other still.
func (x *explanation) allow(c *claim, specifiers pep440.Specifiers) bool {
	before := c.allowed
	c.allowed = before.Union(c.on.matching(specifiers))
	if !x.exclude() {
		c.allowed = before
		return false
	}
	name := c.needName
	name.Specifiers = specifiers
	c.need = written(name)
	return true
}

// join makes one of a claim and the later ones about the same two projects, if the claims exclude each other still.
func (x *explanation) join(c *claim) {
	if c.of.project == nil || c.why.kind != none {
		return
	}
	joined := *c
	all := x.claims
	var left []*claim
	for _, d := range all {
		if d != c && d.of == c.of && d.on.project == c.on.project && d.why.kind == none && d.missing == c.missing {
			joined.which, joined.allowed = joined.which.Union(d.which), joined.allowed.Union(d.allowed)
		} else {
			left = append(left, d)
		}
	}
	if len(left) == len(all) {
		return
	}
	before := *c
	*c, x.claims = joined, left
	if !x.exclude() {
		*c, x.claims = before, all
		return
	}
	x.word(c)
}
