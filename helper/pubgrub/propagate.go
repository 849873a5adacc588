package pubgrub

import (
	"math"
	"math/bits"
)

// watcher is a learned incompatibility that a package watches. It has nothing to say as long as the package pkg, which is
// in one of its terms, has no candidate from lo to hi left, or has others too.
type watcher struct{ inc, pkg, lo, hi int32 }

func (s *solver) watch(id int32) {
	terms := s.inc(id).terms
	w := watcher{inc: id, hi: math.MaxInt32}
	for i := range terms {
		if t := &terms[i]; !t.rest && !t.absent && len(t.words) > 0 {
			last := len(t.words) - 1
			w = watcher{id, t.pkg, int32(t.next(0, len(t.words)<<6)), int32(last<<6 + bits.Len64(t.words[last]) - 1)}
			break
		}
	}
	for _, t := range terms[:min(2, len(terms))] {
		v := s.vars[t.pkg]
		v.watch = append(v.watch, w)
	}
	if len(terms) == 1 {
		s.units = append(s.units, id)
	}
}

// propagate draws all conclusions from what changed, and gives an incompatibility that is violated, or -1.
func (s *solver) propagate() int32 {
	for i := 0; i < len(s.queue); i++ {
		p := s.queue[i]
		s.vars[p].queued = false
		for _, draw := range [...]func(*solver, int32) int32{(*solver).need, (*solver).deny, (*solver).recall, (*solver).equate} {
			if violated := draw(s, p); violated >= 0 {
				return violated // the queue is emptied by the backtracking that follows
			}
		}
	}
	s.queue = s.queue[:0]
	return -1
}

// need says what all candidates left of p need.
func (s *solver) need(p int32) (violated int32) {
	v := s.vars[p]
	if v.possible.absent || v.first < 0 {
		return -1
	}
	for _, ids := range v.needsOf(v.first) {
		for _, id := range ids {
			terms := s.inc(id).terms
			if len(terms) == 2 && terms[0].Has(v.first) && (v.single || subset(v.possible, terms[0].Set, v.n)) && !s.exclude(&terms[1], id) {
				return id
			}
		}
	}
	return -1
}

// deny rules out who wants of p what is not left.
func (s *solver) deny(p int32) (violated int32) {
	v := s.vars[p]
	for i := int32(0); i < v.open; {
		w := v.wants[i]
		if v.first >= 0 && (w.allowed.Has(v.first) || !v.single && !disjoint(v.possible, w.allowed, v.n)) {
			i++
			continue
		}
		v.open--
		v.wants[i], v.wants[v.open] = v.wants[v.open], w
		for id := w.inc; id >= 0; id = s.inc(id).also {
			if !s.exclude(&s.inc(id).terms[0], id) {
				return id
			}
		}
	}
	return -1
}

// recall looks through what was learned that watches p.
func (s *solver) recall(p int32) (violated int32) {
	v := s.vars[p]
	kept := v.watch[:0]
	for i, w := range v.watch {
		if o := s.vars[w.pkg]; o.first > int(w.hi) || o.first < int(w.lo) && (o == v || o.single) {
			kept = append(kept, w)
			continue
		}
		moved, violated := s.visit(p, w)
		if !moved {
			kept = append(kept, w)
		}
		if violated {
			v.watch = append(kept, v.watch[i+1:]...)
			return w.inc
		}
	}
	v.watch = kept
	return -1
}

// visit looks at an incompatibility that watches p: it may be watched elsewhere from now on, it may
// tell something about its other watched package, and it may be violated.
func (s *solver) visit(p int32, by watcher) (moved, violated bool) {
	terms := s.inc(by.inc).terms
	if len(terms) == 1 {
		return false, !s.exclude(&terms[0], by.inc)
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
			w.watch = append(w.watch, by)
			return true, false
		}
	}
	return false, !s.exclude(&terms[0], by.inc)
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
func (s *solver) equate(p int32) (violated int32) {
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

func (s *solver) pair(above, base int32) (violated int32) {
	v, b := s.vars[above], s.vars[base]
	if !v.possible.absent && !subset(b.possible, v.possible, v.n) && !s.follow(base, above, v.possible) {
		return s.relate(above, base, v.possible)
	}
	if left := b.possible.orAbsent(); !subset(v.possible, left, v.n) && !s.follow(above, base, left) {
		return s.relate(above, base, left.not())
	}
	return -1
}

// follow leaves to p what another package has.
func (s *solver) follow(p, other int32, left Set) bool {
	if !s.assign(p, left, alike) {
		return false
	}
	s.trail[len(s.trail)-1].with = other
	return true
}

// relate stores that not p has one of the candidates while its base has not, to explain what follows from that.
func (s *solver) relate(p, base int32, candidates Set) int32 {
	candidates = s.words.keep(candidates)
	terms := s.newTerms(2)
	terms[0], terms[1] = term{p, candidates}, term{base, candidates.not()}
	return s.add(incompatibility{terms: terms, kind: based, pkg: p, on: base})
}

// cause gives the incompatibility behind an assignment, or what else it was.
func (s *solver) cause(at int32) int32 {
	a := &s.trail[at]
	if a.cause != alike {
		return a.cause
	}
	var had Set // what the other package had then
	for _, i := range s.vars[a.with].history {
		if i < at {
			had = s.trail[i].possible
		}
	}
	if s.vars[a.pkg].base == a.with {
		a.cause = s.relate(a.pkg, a.with, had.orAbsent().not())
	} else {
		a.cause = s.relate(a.with, a.pkg, had)
	}
	return a.cause
}
