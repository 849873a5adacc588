package pubgrub

import (
	"math"
	"math/bits"
)

// kind is where an incompatibility comes from.
type kind uint8

const (
	learned    kind = iota // resolved from others: parents
	required               // the root must be chosen
	dependency             // candidates of a package depend on another
	unusable               // candidates of a package cannot be chosen
	based                  // a package and its base have the same candidate chosen
)

// term is a package with the possibilities for it that belong to an incompatibility.
type term struct {
	pkg int32 // index into solver.vars
	Set
}

// incompatibility is a set of terms that are never all true. The first two are watched.
type incompatibility struct {
	terms []term
	kind  kind
	// pkg, on: of a dependency, of a package and its base; unusable has pkg.
	pkg, on int32
	reason  Reason
	next    int32  // of a dependency: the one of the same packages met before, or -1
	set     Set    // of a dependency on the package itself: the depending candidates, which the only term does not show
	allowed Set    // of a dependency
	parents []step // of a learned one
}

// guard tells without a look at the incompatibility that it has nothing to say: one of its terms is on pkg
// and within the candidates from lo to hi.
type guard struct{ pkg, lo, hi int32 }

// step of a derivation: the incompatibility resolved with, and the package over which.
// The first step of a derivation has no package.
type step struct{ inc, pkg int32 }

// add stores an incompatibility and watches its first two terms.
func (s *solver) add(inc incompatibility) int32 {
	id := int32(len(s.incs))
	s.incs = append(s.incs, inc)
	s.guards = append(s.guards, newGuard(inc.terms))
	for _, t := range inc.terms[:min(2, len(inc.terms))] {
		s.vars[t.pkg].watch = append(s.vars[t.pkg].watch, id)
	}
	if len(inc.terms) == 1 {
		s.units = append(s.units, id)
	}
	return id
}

func newGuard(terms []term) guard {
	for i := range terms {
		if t := &terms[i]; !t.rest && !t.absent && len(t.words) > 0 {
			last := len(t.words) - 1
			return guard{t.pkg, int32(t.next(0, len(t.words)<<6)), int32(last<<6 + bits.Len64(t.words[last]) - 1)}
		}
	}
	return guard{0, 0, math.MaxInt32}
}

// newTerms gives room for n terms that stays.
func (s *solver) newTerms(n int) []term {
	if n > cap(s.termRoom)-len(s.termRoom) {
		s.termRoom = make([]term, 0, max(n, 128))
	}
	at := len(s.termRoom)
	s.termRoom = s.termRoom[:at+n]
	return s.termRoom[at : at+n : at+n]
}

// depend stores that the candidate of p has the dependency, joined with other candidates of p that have it.
// It gives the incompatibility.
func (s *solver) depend(p int32, candidate int, d Dependency) (int32, error) {
	on, err := s.lookup(d.Package)
	if err != nil {
		return 0, err
	}
	v := s.vars[p]
	who := s.words.single(candidate)
	if len(d.Same.words) > 0 {
		who = union(&s.words, who, d.Same)
	}
	last := v.lastOn(on)
	for id := last; id >= 0; id = s.incs[id].next {
		if inc := &s.incs[id]; inc.allowed.Equal(d.Allowed) {
			s.widen(inc, who)
			s.grown(id)
			return id, nil
		}
	}
	terms := s.newTerms(2)
	inc := incompatibility{kind: dependency, pkg: p, on: on, allowed: d.Allowed, next: last}
	if on == p {
		inc.set = who
		terms[0] = term{p, intersect(&s.words, who, d.Allowed.Complement())}
		inc.terms = terms[:1]
	} else {
		terms[0], terms[1] = term{p, who}, term{on, d.Allowed.not()}
		inc.terms = terms
		if terms[1].any(s.vars[on].n) {
			inc.terms = terms[:1] // nothing that there is will do
		}
	}
	id := s.add(inc)
	v.setLastOn(on, id)
	return id, nil
}

// widen lets more candidates have a dependency. What was derived from it stays true.
func (s *solver) widen(inc *incompatibility, who Set) {
	if inc.on == inc.pkg {
		inc.set = union(&s.words, inc.set, who)
		who = intersect(&s.words, who, inc.allowed.Complement())
	}
	for i := range inc.terms {
		if t := &inc.terms[i]; t.pkg == inc.pkg && !subset(who, t.Set, s.vars[t.pkg].n) {
			t.Set = union(&s.words, t.Set, who)
		}
	}
}

func (s *solver) grown(id int32) {
	terms := s.incs[id].terms
	s.guards[id] = newGuard(terms)
	if len(terms) == 1 {
		s.units = append(s.units, id)
	}
}

// forbid stores that candidates of p cannot be chosen, and gives the incompatibility.
func (s *solver) forbid(p int32, who Set, why Reason) int32 {
	v := s.vars[p]
	for _, id := range v.unusable {
		if inc := &s.incs[id]; inc.reason == why {
			inc.terms[0].Set = union(&s.words, inc.terms[0].Set, who)
			s.grown(id)
			return id
		}
	}
	terms := s.newTerms(1)
	terms[0] = term{p, s.words.keep(who)}
	id := s.add(incompatibility{terms: terms, kind: unusable, pkg: p, on: p, reason: why, next: -1})
	v.unusable = append(v.unusable, id)
	return id
}
