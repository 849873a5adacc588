package pubgrub

import (
	"cmp"
	"context"
	"slices"
)

// core looks for few facts that exclude each other, by proving again and again that they do.
type core struct {
	of     *solver
	depth  []int32
	budget int // what further proofs may cost
}

const (
	// explainBudget is a fraction of a second: a fact looked at and a decision cost one, a conflict conflictCost.
	explainBudget = 100_000
	conflictCost  = 20
	// firstPatience is how many conflicts the first proof may take, in percent of those of the search, and at least.
	firstPatience = 500
)

func newCore(s *solver) *core { return &core{of: s, depth: s.depths(), budget: explainBudget} }

// proof is a solver that found that facts exclude each other.
type proof struct {
	*solver
	facts  []*Fact // those needed
	source map[int32]*Fact
}

// told is the Source of a proof: what there is, and nothing that is not among the facts.
type told struct{ of *solver }

func (t told) Candidates(p Package) (Info, error) {
	v := t.of.vars[t.of.places[p]-1]
	info := Info{Candidates: v.n, Preferred: All()}
	if v.base >= 0 {
		info.Base = t.of.vars[v.base].pkg
	}
	return info, nil
}

func (told) Dependencies(Package, int) (Answer, error) { return Answer{}, nil }

// prove gives nil if the facts do not exclude each other, or if that takes more conflicts than allowed.
func (c *core) prove(facts []*Fact, patience int) *proof {
	s := newSolver(context.Background(), told{c.of})
	s.patience = patience
	p := &proof{solver: s, source: make(map[int32]*Fact, len(facts))}
	if s.begin() != nil {
		return nil
	}
	for _, f := range facts {
		p.source[s.state(f)] = f
	}
	ok, err := s.search()
	c.budget -= len(facts) + s.stats.Decisions + conflictCost*s.stats.Conflicts
	if ok || err != nil {
		return nil
	}
	for _, id := range s.leaves(s.conflict.steps) {
		if f := p.source[id]; f != nil {
			p.facts = append(p.facts, f)
		}
	}
	return p
}

// state stores a fact.
func (s *solver) state(f *Fact) int32 {
	p, _ := s.lookup(f.Package) // told knows no errors
	if f.Unusable != 0 {
		return s.forbid(p, f.Candidates, f.Unusable)
	}
	id, _ := s.depend(p, f.Candidates, Dependency{Package: f.On, Allowed: f.Allowed})
	s.vars[p].stated = append(s.vars[p].stated, id)
	return id
}

// try is prove within the budget.
func (c *core) try(facts []*Fact) *proof {
	if c.budget <= 0 {
		return nil
	}
	return c.prove(facts, c.budget/conflictCost+1)
}

// reduce leaves out what a proof can do without.
func (c *core) reduce(p *proof) *proof { return c.weaken(c.drop(c.weaken(p))) }

func (c *core) depthOf(f *Fact) int32 { return c.depth[c.of.places[f.Package]-1] }

// weaken joins facts about the same two packages where what they say together is not needed.
func (c *core) weaken(p *proof) *proof {
	groups := slices.Clone(p.facts)
	slices.SortStableFunc(groups, func(f, g *Fact) int {
		return cmp.Or(cmp.Compare(f.Package, g.Package), cmp.Compare(f.On, g.On), cmp.Compare(f.first(), g.first()))
	})
	for len(groups) > 0 {
		f, n := groups[0], 1
		for n < len(groups) && groups[n].Package == f.Package && groups[n].On == f.On {
			n++
		}
		if f.Unusable == 0 {
			p = c.join(p, groups[:n])
		}
		groups = groups[n:]
	}
	return p
}

func (f *Fact) first() int { return f.Candidates.next(0, 1<<30) }

// join makes one of all facts of a group, or of the halves of it.
func (c *core) join(p *proof, group []*Fact) *proof {
	if c.budget <= 0 {
		return p
	}
	group = slices.DeleteFunc(slices.Clone(group), func(f *Fact) bool { return !slices.Contains(p.facts, f) })
	if len(group) < 2 {
		return p
	}
	joined := *group[0]
	for _, f := range group[1:] {
		joined.Candidates = joined.Candidates.Union(f.Candidates)
		joined.Allowed = joined.Allowed.Union(f.Allowed)
		joined.Missing = joined.Missing && f.Missing
	}
	facts := slices.DeleteFunc(slices.Clone(p.facts), func(f *Fact) bool { return slices.Contains(group, f) })
	if q := c.try(append(facts, &joined)); q != nil {
		return q
	}
	if half := len(group) / 2; len(group) > 2 {
		p = c.join(c.join(p, group[:half]), group[half:])
	}
	return p
}

// drop leaves out each fact without which the others still exclude each other, those far from the root first.
func (c *core) drop(p *proof) *proof {
	order := slices.Clone(p.facts)
	slices.SortStableFunc(order, func(f, g *Fact) int { return cmp.Compare(c.depthOf(g), c.depthOf(f)) })
	for _, f := range order {
		i := slices.Index(p.facts, f)
		if i < 0 || c.budget <= 0 {
			continue
		}
		if q := c.try(slices.Delete(slices.Clone(p.facts), i, i+1)); q != nil {
			p = q
		}
	}
	return p
}
