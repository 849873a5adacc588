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
	// pkg, on: of a dependency, and of a package and its base; unusable has pkg.
	pkg, on int32
	next    int32 // of a dependency: one of the same packages met before, or -1
	// extra is the place in solver.parents for one that was learned, the Reason for unusable candidates, and the
	// place in solver.odd or -1 for a dependency.
	extra int32
	kind  kind
}

// oddDependency holds what the terms do not show of a dependency of a package on itself, or on nothing that there is.
type oddDependency struct{ who, allowed Set }

// neighbours is among how many dependencies on the same package, the newest, an equal one is looked for.
const neighbours = 64

// incPiece is how many incompatibilities are allocated at once.
const incPiece = 128

func (s *solver) inc(id int32) *incompatibility { return &s.incs[id/incPiece][id%incPiece] }

// of gives the term on a package; on none, the empty set.
func (inc *incompatibility) of(p int32) Set {
	for i := range inc.terms {
		if inc.terms[i].pkg == p {
			return inc.terms[i].Set
		}
	}
	return Set{}
}

// guard tells without a look at the incompatibility that it has nothing to say: one of its terms is on pkg
// and within the candidates from lo to hi.
type guard struct{ pkg, lo, hi int32 }

// step of a derivation: the incompatibility resolved with, and the package over which.
// The first step of a derivation has no package.
type step struct{ inc, pkg int32 }

// add stores an incompatibility and watches its first two terms.
func (s *solver) add(inc incompatibility) int32 {
	id := s.store(inc)
	if inc.kind == learned && len(inc.terms) == 1 {
		return id // it is said at level 0, once and for all
	}
	for _, t := range inc.terms[:min(2, len(inc.terms))] {
		s.vars[t.pkg].watch = append(s.vars[t.pkg].watch, id)
	}
	if len(inc.terms) == 1 {
		s.units = append(s.units, id)
	}
	return id
}

func (s *solver) store(inc incompatibility) int32 {
	id := len(s.guards)
	if id%incPiece == 0 {
		s.incs = append(s.incs, make([]incompatibility, 0, incPiece))
	}
	piece := &s.incs[id/incPiece]
	*piece = append(*piece, inc)
	s.guards = append(s.guards, newGuard(inc.terms))
	return int32(id)
}

func newGuard(terms []term) guard {
	for i := range terms {
		// One with a single term always has something to say.
		if t := &terms[i]; len(terms) > 1 && !t.rest && !t.absent && len(t.words) > 0 {
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
	if d.Same.rest || len(d.Same.words) > 0 {
		who = union(&s.words, who, d.Same)
	}
	odd := on == p || d.Allowed.none(s.vars[on].n)
	last := v.lastOn(on)
	for id, n := last, 0; id >= 0 && n < neighbours; id, n = s.inc(id).next, n+1 {
		if s.same(s.inc(id), odd, d.Allowed) {
			s.widen(id, who)
			return id, nil
		}
	}
	inc := incompatibility{kind: dependency, pkg: p, on: on, next: last, extra: -1}
	if odd {
		inc.extra = int32(len(s.odd))
		s.odd = append(s.odd, oddDependency{who, d.Allowed})
		inc.terms = s.newTerms(1)
		inc.terms[0] = term{p, s.oddTerm(&inc)}
	} else {
		inc.terms = s.newTerms(2)
		inc.terms[0], inc.terms[1] = term{p, who}, term{on, d.Allowed.not()}
	}
	id := s.add(inc)
	v.setLastOn(on, id)
	return id, nil
}

// same says whether a dependency between two packages is one that allows the set.
func (s *solver) same(inc *incompatibility, odd bool, allowed Set) bool {
	if odd {
		return inc.extra >= 0 && s.odd[inc.extra].allowed.Equal(allowed)
	}
	return inc.extra < 0 && inc.of(inc.on).Equal(allowed.not())
}

// oddTerm gives the only term of an odd dependency: who has it, but on the package itself not who is allowed.
func (s *solver) oddTerm(inc *incompatibility) Set {
	odd := s.odd[inc.extra]
	if inc.on == inc.pkg {
		return intersect(&s.words, odd.who, odd.allowed.Complement())
	}
	return odd.who
}

// widen lets more candidates have a dependency. What was derived from it stays true.
func (s *solver) widen(id int32, who Set) {
	inc := s.inc(id)
	if inc.extra >= 0 {
		odd := &s.odd[inc.extra]
		odd.who = union(&s.words, odd.who, who)
		who = s.oddTerm(inc)
	}
	s.grow(id, who)
}

// grow puts more candidates into the term of an incompatibility on its package.
func (s *solver) grow(id int32, who Set) {
	inc := s.inc(id)
	for i := range inc.terms {
		if t := &inc.terms[i]; t.pkg == inc.pkg && !subset(who, t.Set, s.vars[t.pkg].n) {
			t.Set = union(&s.words, t.Set, who)
		}
	}
	s.guards[id] = newGuard(inc.terms)
	if len(inc.terms) == 1 {
		s.units = append(s.units, id)
	}
}

// forbidden says whether a candidate of v is known to be unusable.
func (s *solver) forbidden(v *variable, candidate int) bool {
	for _, id := range v.unusable {
		if s.inc(id).terms[0].Has(candidate) {
			return true
		}
	}
	return false
}

// forbid stores that candidates of p cannot be chosen, and gives the incompatibility.
func (s *solver) forbid(p int32, who Set, why Reason) int32 {
	v := s.vars[p]
	for _, id := range v.unusable {
		if Reason(s.inc(id).extra) == why {
			s.grow(id, who)
			return id
		}
	}
	terms := s.newTerms(1)
	terms[0] = term{p, s.words.keep(who)}
	id := s.add(incompatibility{terms: terms, kind: unusable, pkg: p, on: p, extra: int32(why)})
	v.unusable = append(v.unusable, id)
	return id
}
