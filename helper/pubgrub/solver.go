package pubgrub

import (
	"context"
	"fmt"
)

// solver is the state of a search. Packages are known by their place in vars, the order in which they were met.
type solver struct {
	ctx    context.Context
	source Source
	tuning
	stats Stats

	vars   []*variable
	places []int32 // by Package: its place in vars, plus 1
	room   []variable

	incs     [][]incompatibility // in pieces of incPiece
	parents  [][]step            // derivations of learned incompatibilities
	odd      []oddDependency
	guards   []guard
	units    []int32 // those with one term that level 0 does not know yet
	termRoom []term
	stepRoom []step
	words    arena // sets of incompatibilities

	trail      []assignment
	levels     []level
	trailWords arena // sets of the trail
	queue      []int32
	waiting    [classes]bitset // packages to decide, by class
	conflict   analysis

	// restricted searches choose preferred candidates only, but for the packages that are free.
	restricted bool
	patience   int   // conflicts allowed, or 0
	jumps      int32 // how often there was backtracking
	// retreat is the level to go back to, to decide in another order, or -1.
	retreat int32
	skipped bitset       // room for ask
	sorted  []Dependency // room for require
}

// variable is a package met.
type variable struct {
	pkg   Package
	n     int
	base  int32 // or -1
	above []int32
	// preferred limits a restricted search.
	preferred Set
	served    bool // a preferred candidate is usable
	free      bool // of the limit

	possible Set     // what the trail leaves
	first    int     // the first candidate of possible, or -1
	single   bool    // it is the only one
	history  []int32 // the trail's assignments of this package
	decided  bool
	class    int8 // in waiting, or -1
	queued   bool
	woken    int32 // solver.jumps when its incompatibilities were last looked through

	watch    []int32
	asked    bitset
	deferred []deferred
	heads    []head
	unusable []int32 // an incompatibility a reason

	pushed, pushing int32 // how often this package lost candidates to decisions of others, and the other way round
	rank            int8  // early, normal or late
	weight          int32 // learned incompatibilities that name it

	// The first pieces of the slices above.
	watch0   [8]int32
	history0 [4]int32
	asked0   [1]uint64
}

// deferred are dependencies of a candidate that was ruled out before they were looked at.
type deferred struct {
	candidate int
	rest      []Dependency
}

// head is the newest dependency of a package on another.
type head struct{ on, inc int32 }

// assignment is an entry of the trail: what is left to a package from here on.
type assignment struct {
	possible Set
	pkg      int32
	level    int32
	cause    int32 // an incompatibility, or one of the below
}

const (
	decision   int32 = -1 - iota
	assumption       // of a restricted search
)

// level 0 holds what is true in any case, level 1 the assumptions of a restricted search, and each further
// one a decision and what follows from it.
type level struct {
	start int // in the trail
	words mark
}

func newSolver(ctx context.Context, source Source) *solver {
	return &solver{ctx: ctx, source: source, tuning: usual, levels: make([]level, 1, 64), retreat: -1}
}

func (s *solver) level() int { return len(s.levels) - 1 }

func (s *solver) knows(p Package) bool { return int(p) < len(s.places) && p >= 0 && s.places[p] > 0 }

// lookup gives the place of a package, which is asked for if it is new.
func (s *solver) lookup(p Package) (int32, error) {
	if p < 0 {
		return 0, fmt.Errorf("package %d: negative number", p)
	}
	if s.knows(p) {
		return s.places[p] - 1, nil
	}
	info, err := s.source.Candidates(p)
	if err != nil {
		return 0, fmt.Errorf("candidates of package %d: %w", p, err)
	}
	if p == Root {
		info.Preferred = All()
	}
	base := int32(-1)
	if info.Base != Root {
		if base, err = s.lookup(info.Base); err != nil {
			return 0, err
		}
		if b := s.vars[base]; b.n != info.Candidates {
			return 0, fmt.Errorf("package %d: base %d has another number of candidates", p, info.Base)
		} else if b.base >= 0 {
			return 0, fmt.Errorf("package %d: base %d has a base", p, info.Base)
		}
		info.Preferred = All()
	}
	place := s.meet(p, info, base)
	if base >= 0 {
		s.vars[base].above = append(s.vars[base].above, place)
		s.enqueue(base)
	}
	return place, nil
}

func (s *solver) meet(p Package, info Info, base int32) int32 {
	for int(p) >= len(s.places) {
		s.places = append(s.places, 0)
	}
	if len(s.room) == cap(s.room) {
		s.room = make([]variable, 0, 64)
	}
	s.room = append(s.room, variable{
		pkg: p, n: info.Candidates, base: base, preferred: info.Preferred, possible: All().orAbsent(), class: -1, rank: normal,
	})
	v := &s.room[len(s.room)-1]
	v.watch, v.history, v.asked = v.watch0[:0], v.history0[:0], v.asked0[:0]
	s.leave(v, v.possible)
	s.vars = append(s.vars, v)
	s.places[p] = int32(len(s.vars))
	s.stats.Packages++
	return s.places[p] - 1
}

func (v *variable) lastOn(on int32) int32 {
	for _, h := range v.heads {
		if h.on == on {
			return h.inc
		}
	}
	return -1
}

func (v *variable) setLastOn(on, inc int32) {
	if v.n == 1 {
		return // no other candidate can share a dependency
	}
	for i := range v.heads {
		if v.heads[i].on == on {
			v.heads[i].inc = inc
			return
		}
	}
	v.heads = append(v.heads, head{on, inc})
}

// satisfied says whether the trail makes the term true.
func (s *solver) satisfied(t *term) bool {
	v := s.vars[t.pkg]
	if v.first >= 0 && !t.Has(v.first) {
		return false
	}
	return subset(v.possible, t.Set, v.n)
}

// contradicted says whether the trail makes the term false.
func (s *solver) contradicted(t *term) bool {
	v := s.vars[t.pkg]
	if v.first >= 0 && t.Has(v.first) {
		return false
	}
	return disjoint(v.possible, t.Set, v.n)
}

// assign leaves to p only what is in the set too. It gives false, and changes nothing, if that would be nothing.
func (s *solver) assign(p int32, set Set, cause int32) bool {
	v := s.vars[p]
	left := intersect(&s.trailWords, v.possible, set)
	if left.none(v.n) {
		return false
	}
	v.history = append(v.history, int32(len(s.trail)))
	s.trail = append(s.trail, assignment{possible: left, pkg: p, level: int32(s.level()), cause: cause})
	v.decided = cause == decision
	s.leave(v, left)
	s.place(p)
	s.enqueue(p)
	return true
}

func (s *solver) leave(v *variable, possible Set) {
	v.possible = possible
	v.first = possible.next(0, v.n)
	v.single = v.first >= 0 && possible.next(v.first+1, v.n) < 0
}

func (s *solver) enqueue(p int32) {
	if v := s.vars[p]; !v.queued {
		v.queued = true
		s.queue = append(s.queue, p)
	}
}

func (s *solver) openLevel() {
	s.levels = append(s.levels, level{start: len(s.trail), words: s.trailWords.mark})
}

// backtrack undoes the trail down to the end of the level.
func (s *solver) backtrack(to int) {
	if to >= s.level() {
		return
	}
	s.jumps++
	from := s.levels[to+1]
	for i := len(s.trail) - 1; i >= from.start; i-- {
		p := s.trail[i].pkg
		v := s.vars[p]
		v.history = v.history[:len(v.history)-1]
		v.decided = false
		possible := All().orAbsent()
		if h := v.history; len(h) > 0 {
			possible = s.trail[h[len(h)-1]].possible
		}
		s.leave(v, possible)
		s.place(p)
	}
	s.trail = s.trail[:from.start]
	s.levels = s.levels[:to+1]
	s.trailWords.release(from.words)
	for _, p := range s.queue {
		s.vars[p].queued = false
	}
	s.queue = s.queue[:0]
}
