package pubgrub

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

// incompatibility is a set of terms that are never all true. A dependency has two, who needs and what is not allowed,
// but for an odd one. Of one that was learned the first two are watched.
type incompatibility struct {
	terms []term
	// pkg, on: of a dependency, and of a package and its base; unusable has pkg.
	pkg, on int32
	next    int32 // of a dependency: one of the same packages met before, or -1
	also    int32 // of a dependency: one that allows the same, or -1
	// extra is the place in solver.parents for one that was learned, the Reason for unusable candidates, and the
	// place in solver.odd or -1 for a dependency.
	extra int32
	kind  kind
}

// oddDependency holds what the terms do not show of a dependency of a package on itself, or on nothing that there is.
type oddDependency struct{ who, allowed Set }

// neighbours is among how many dependencies on the same package, or wants of it, an equal one is looked for.
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

func (s *solver) add(inc incompatibility) int32 {
	if s.stored%incPiece == 0 {
		s.incs = append(s.incs, make([]incompatibility, 0, incPiece))
	}
	piece := &s.incs[s.stored/incPiece]
	*piece = append(*piece, inc)
	s.stored++
	return int32(s.stored - 1)
}

// newTerms gives room for n terms that stays.
func (s *solver) newTerms(n int) []term { return s.termRoom.take(n, 128)[:n] }

// depend stores that candidates of p have the dependency, joined with other candidates of p that have it.
// It gives the incompatibility.
func (s *solver) depend(p int32, who Set, d Dependency) (int32, error) {
	on, err := s.lookup(d.Package)
	if err != nil {
		return 0, err
	}
	v := s.vars[p]
	odd := on == p || d.Allowed.none(s.vars[on].n)
	last := v.lastOn(on)
	for id, n := last, 0; id >= 0 && n < neighbours; id, n = s.inc(id).next, n+1 {
		if s.same(s.inc(id), odd, d.Allowed) {
			s.widen(id, who)
			return id, nil
		}
	}
	inc := incompatibility{kind: dependency, pkg: p, on: on, next: last, also: -1, extra: -1}
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
	s.setLastOn(p, on, id)
	if odd {
		s.units = append(s.units, id)
	} else {
		s.want(on, id, d.Allowed)
	}
	return id, nil
}

// same says whether a dependency between two packages is one that allows the set.
func (s *solver) same(inc *incompatibility, odd bool, allowed Set) bool {
	if odd {
		return inc.extra >= 0 && s.odd[inc.extra].allowed.Equal(allowed)
	}
	return inc.extra < 0 && inc.terms[1].Equal(allowed.not())
}

func (v *variable) lastOn(on int32) int32 {
	for _, d := range v.needs {
		if d.on == on {
			return d.inc
		}
	}
	return -1
}

func (s *solver) setLastOn(p, on, inc int32) {
	v := s.vars[p]
	for i := range v.needs {
		if v.needs[i].on == on {
			v.needs[i].inc = inc
			return
		}
	}
	v.needs = append(v.needs, need{on, inc})
	if p, on := s.itself(p), s.itself(on); p != on {
		s.vars[p].behind = append(s.vars[p].behind, on)
	}
}

// want notes that a dependency allows only some candidates of p.
func (s *solver) want(p, id int32, allowed Set) {
	v := s.vars[p]
	for i := range v.wants[:min(neighbours, len(v.wants))] {
		if w := &v.wants[i]; w.allowed.Equal(allowed) {
			s.inc(id).also, w.inc = w.inc, id
			return
		}
	}
	if v.wants == nil {
		v.wants = s.wantRoom.take(3, 128)
	}
	v.wants = append(v.wants, want{allowed, id})
	at := int32(len(v.wants) - 1)
	down := func(to *int32) { // the first of those that had consequences from an assignment on makes room
		v.wants[at], v.wants[*to] = v.wants[*to], v.wants[at]
		at = *to
		*to++
	}
	for _, i := range v.history {
		down(&s.trail[i].open)
	}
	down(&v.open)
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

// grow puts more candidates into the first term of an incompatibility, the one on its package.
func (s *solver) grow(id int32, who Set) {
	inc := s.inc(id)
	t := &inc.terms[0]
	if subset(who, t.Set, s.vars[t.pkg].n) {
		return
	}
	t.Set = union(&s.words, t.Set, who)
	if len(inc.terms) == 1 {
		s.units = append(s.units, id)
	}
}

// forbidden gives the incompatibility that a candidate of v is unusable, or -1 if that is not known.
func (s *solver) forbidden(v *variable, candidate int) int32 {
	for _, id := range v.unusable {
		if s.inc(id).terms[0].Has(candidate) {
			return id
		}
	}
	return -1
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
	s.units = append(s.units, id)
	return id
}
