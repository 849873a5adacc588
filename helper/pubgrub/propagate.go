package pubgrub

// propagate draws all conclusions from what changed, and gives an incompatibility that is violated, or -1.
func (s *solver) propagate() int32 {
	for i := 0; i < len(s.queue); i++ {
		p := s.queue[i]
		s.vars[p].queued = false
		conflict := s.wake(p)
		if conflict < 0 {
			conflict = s.equate(p)
		}
		if conflict >= 0 {
			return conflict // the queue is emptied by the backtracking that follows
		}
	}
	s.queue = s.queue[:0]
	return -1
}

// wake looks through the incompatibilities that watch p.
func (s *solver) wake(p int32) int32 {
	v := s.vars[p]
	v.woken = s.jumps
	kept := v.watch[:0]
	for i, id := range v.watch {
		g := s.guards[id]
		if w := s.vars[g.pkg]; w.first > int(g.hi) || w.first < int(g.lo) && (w == v || w.single) {
			kept = append(kept, id)
			continue
		}
		move, conflict := s.visit(p, id)
		if !move {
			kept = append(kept, id)
		}
		if conflict {
			v.watch = append(kept, v.watch[i+1:]...)
			return id
		}
	}
	v.watch = kept
	return -1
}

// visit looks at an incompatibility that watches p: it may be watched elsewhere from now on, it may
// tell something about its other watched package, and it may be violated.
func (s *solver) visit(p, id int32) (moved, violated bool) {
	terms := s.inc(id).terms
	if len(terms) == 1 {
		return false, !s.exclude(&terms[0], id)
	}
	if terms[0].pkg == p {
		terms[0], terms[1] = terms[1], terms[0]
	}
	if !s.satisfied(&terms[1]) || s.contradicted(&terms[0]) {
		return false, false
	}
	for k := 2; k < len(terms); k++ {
		if !s.satisfied(&terms[k]) {
			terms[1], terms[k] = terms[k], terms[1]
			w := s.vars[terms[1].pkg]
			w.watch = append(w.watch, id)
			return true, false
		}
	}
	return false, !s.exclude(&terms[0], id)
}

// exclude takes the term's possibilities from its package. It gives false if nothing would be left.
func (s *solver) exclude(t *term, cause int32) bool {
	return s.contradicted(t) || s.assign(t.pkg, t.Set.not(), cause)
}

// check looks at an incompatibility that is new or grew. It says whether it is violated.
func (s *solver) check(id int32) (violated bool) {
	var open *term
	terms := s.inc(id).terms
	for i := range terms {
		if !s.satisfied(&terms[i]) {
			if open != nil {
				return false
			}
			open = &terms[i]
		}
	}
	return open == nil || !s.exclude(open, id)
}

// equate makes p and its base, and what stands on p, have the same candidates.
func (s *solver) equate(p int32) int32 {
	v := s.vars[p]
	if v.base >= 0 {
		return s.pair(p, v.base)
	}
	for _, above := range v.above {
		if violated := s.pair(above, p); violated >= 0 {
			return violated
		}
	}
	return -1
}

func (s *solver) pair(above, base int32) int32 {
	v, b := s.vars[above], s.vars[base]
	if !v.possible.absent && !subset(b.possible, v.possible, v.n) {
		id := s.relate(above, base, v.possible)
		if !s.assign(base, v.possible, id) {
			return id
		}
	}
	if !subset(v.possible, b.possible.orAbsent(), v.n) {
		id := s.relate(above, base, b.possible.orAbsent().not())
		if !s.assign(above, b.possible.orAbsent(), id) {
			return id
		}
	}
	return -1
}

// relate gives the incompatibility that p has one of the candidates and its base has not.
// It is stored to explain what follows, and never watched.
func (s *solver) relate(p, base int32, candidates Set) int32 {
	candidates = s.words.keep(candidates)
	terms := s.newTerms(2)
	terms[0], terms[1] = term{p, candidates}, term{base, candidates.not()}
	return s.store(incompatibility{terms: terms, kind: based, pkg: p, on: base})
}
