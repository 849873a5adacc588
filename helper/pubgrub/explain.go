package pubgrub

import "slices"

// NoSolution is the error of a problem without a solution. It holds the whole proof.
type NoSolution struct {
	solver *solver
	proof  []int32
}

// Error says no more than that there is none; see Explain.
func (*NoSolution) Error() string { return "no solution" }

// Stats counts the work that it took to find out.
func (e *NoSolution) Stats() Stats { return e.solver.stats }

// Explanation is why there is no solution, made short.
type Explanation struct {
	// Facts cannot all be true of a selection. They are ordered by when the solver learned them.
	Facts []*Fact
	// Minimal says that none of the facts can be left out. Otherwise it was too much work to find out.
	Minimal bool
}

// Fact is something that the Source said about candidates of a package.
//
// Of facts about the same two packages one may be made that says less than they do together, but enough:
// if a 2 depends on b 4 and a 1 on b 3, then a 2 and a 1 depend on b 4 or 3.
type Fact struct {
	Package    Package
	Candidates Set
	// On, unless it is Root, is the package of which they need one of the Allowed.
	On      Package
	Allowed Set
	// Missing says that there is no candidate of On that is Allowed.
	Missing bool
	// Unusable, unless it is 0, is why they cannot be chosen.
	Unusable Reason
}

// Explain finds few facts, near the root, that suffice to prove that there is no solution. It takes a fraction of a second
// at most, and asks the Source nothing. It is meant to be called once, when there is somebody to tell.
func (e *NoSolution) Explain() *Explanation {
	c := newCore(e.solver)
	facts := e.solver.facts(e.solver.leaves(e.proof))
	best := c.prove(facts, firstPatience+firstPatience/100*e.solver.stats.Conflicts)
	if best == nil {
		return &Explanation{Facts: facts}
	}
	best = c.reduce(best)
	return &Explanation{Facts: best.facts, Minimal: c.budget > 0}
}

// leaves gives the incompatibilities that were not learned, of those that a derivation uses.
func (s *solver) leaves(proof []int32) []int32 {
	seen := make([]bool, s.stored)
	var found []int32
	for open := slices.Clone(proof); len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		if inc := s.inc(id); inc.kind == learned {
			open = append(open, s.parents[inc.extra]...)
		} else {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found
}

// facts turns incompatibilities into what a caller can understand.
func (s *solver) facts(ids []int32) []*Fact {
	var facts []*Fact
	for _, id := range ids {
		if f := s.fact(id); f != nil {
			facts = append(facts, f)
		}
	}
	return facts
}

// fact gives what the Source said, or nil for what it did not say.
func (s *solver) fact(id int32) *Fact {
	inc := s.inc(id)
	v := s.vars[inc.pkg]
	f := &Fact{Package: v.pkg, Candidates: inc.of(inc.pkg)}
	switch inc.kind {
	case dependency:
		on := s.vars[inc.on]
		f.On, f.Allowed = on.pkg, inc.of(inc.on).not()
		if inc.extra >= 0 {
			f.Candidates, f.Allowed = s.odd[inc.extra].who, s.odd[inc.extra].allowed
		}
		f.Missing = f.Allowed.IsEmpty(on.n)
	case unusable:
		f.Unusable = Reason(inc.extra)
	default:
		return nil
	}
	return f
}

// depths gives by place how many dependencies a package is from the root, whatever candidates have them.
func (s *solver) depths() []int32 {
	depth := make([]int32, len(s.vars))
	seen := make([]bool, len(s.vars))
	seen[0] = true
	for open := []int32{0}; len(open) > 0; open = open[1:] {
		p := open[0]
		v := s.vars[p]
		if v.base >= 0 && !seen[v.base] {
			seen[v.base], depth[v.base] = true, depth[p]
			open = slices.Insert(open, 1, v.base)
		}
		for _, d := range v.needs {
			if !seen[d.on] {
				seen[d.on], depth[d.on] = true, depth[p]+1
				open = append(open, d.on)
			}
		}
	}
	return depth
}
