package pubgrub

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
)

// solver is the state of a search. Packages are known by their place in vars, the order in which they were met.
type solver struct {
	ctx    context.Context
	source Source
	stats  Stats

	vars    []*variable
	places  []int32 // by Package: its place in vars, plus 1
	varRoom room[variable]

	incs     [][]incompatibility // in pieces of incPiece
	stored   int                 // how many there are
	parents  [][]int32           // derivations of learned incompatibilities
	odd      []oddDependency
	units    []int32 // those with one term that level 0 does not know yet
	termRoom room[term]
	idRoom   room[int32]
	needRoom room[need]
	wantRoom room[want]
	words    arena // sets of incompatibilities

	trail      []assignment
	levels     []level
	trailWords arena // sets of the trail
	queue      []int32
	again      []assignment // room for backtrack
	conflict   analysis

	waiting [classes]bitset // packages to decide, by class; the contested ones by their position
	line                    // the order of those
	tuning
	// retreat is the level to go back to, to decide in another order, or -1.
	retreat int32

	limits
	patience int // conflicts allowed, or 0

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
	firm      bool
	served    bool // a preferred candidate is usable
	free      bool // of the limit

	possible Set     // what the trail leaves
	first    int     // the first candidate of possible, or -1
	single   bool    // it is the only one
	history  []int32 // the trail's assignments of this package
	decided  bool
	class    int8 // in waiting, or -1
	queued   bool

	answers  []answer
	answered []answered // by candidate
	needs    []need     // of the packages this one was seen to need, the newest dependency
	behind   []int32    // the same without extras: those are decided behind this one
	wants    []want     // what was seen to be wanted of this package
	open     int32      // so many wants, in front, have not yet had consequences on this trail
	unusable []int32    // an incompatibility a reason
	stated   []int32    // dependencies stored without an answer
	watch    []watcher

	pushed, pushing int32 // how often this package lost candidates to decisions of others, and the other way round
	conflicts       int32 // learned incompatibilities that name it
	contested       bool
	involved        bool // contested, or known to need one that is

	// The first pieces of the slices above.
	history0  [4]int32
	answers0  [1]answer
	answered0 [1]answered
}

// answer is what candidates need: what is stored of it, and the rest.
type answer struct {
	who  Set
	incs []int32
	rest []Dependency
}

// answered says which answer a candidate has.
type answered struct{ candidate, answer int32 }

// need is the newest dependency of a package on another.
type need struct{ on, inc int32 }

// want is a set of a package's candidates that dependencies of others allow.
type want struct {
	allowed Set
	inc     int32 // the newest; see incompatibility.also
}

// assignment is an entry of the trail: what is left to a package from here on.
type assignment struct {
	possible Set
	pkg      int32
	level    int32
	holds    int32 // the level at which it would already be true
	cause    int32 // an incompatibility, or one of the below
	with     int32 // the other package of alike
	open     int32 // variable.open before
}

const (
	decision   int32 = -1 - iota
	assumption       // of a restricted search
	alike            // a package and its base have the same candidates; there is an incompatibility only if it is needed
)

// level 0 holds what is true in any case, the next ones the assumptions of a restricted search, and each further
// one a decision and what follows from it.
type level struct {
	start int // in the trail
	words mark
}

func newSolver(ctx context.Context, source Source) *solver {
	return &solver{ctx: ctx, source: source, tuning: usual, levels: make([]level, 1, 64), retreat: -1, limits: limits{trial: -1}}
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
		return 0, err
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
	v := &s.varRoom.take(1, 64)[:1][0]
	*v = variable{pkg: p, n: info.Candidates, base: base, preferred: info.Preferred, firm: info.Firm, class: -1}
	v.history, v.answers, v.answered = v.history0[:0], v.answers0[:0], v.answered0[:0]
	s.leave(v, All().orAbsent(), 0)
	place := int32(len(s.vars))
	s.vars = append(s.vars, v)
	s.places[p] = place + 1
	s.line.append(place)
	s.stats.Packages++
	return place
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
	if t.rest || t.absent || v.first < 0 {
		return disjoint(v.possible, t.Set, v.n)
	}
	for i := v.first >> 6; i < len(t.words); i++ { // nothing is possible before the first
		if w := v.possible.word(i) & t.words[i]; w != 0 {
			return i<<6+bits.TrailingZeros64(w) >= v.n
		}
	}
	return true
}

// assign leaves to p only what is in the set too. It gives false, and changes nothing, if that would be nothing.
// The trail may keep the set itself.
func (s *solver) assign(p int32, set Set, cause int32) bool {
	v := s.vars[p]
	left := set
	switch {
	case cause == decision: // of what is possible
	case v.possible.rest && v.possible.absent && len(v.possible.words) == 0: // everything
	default:
		left = intersect(&s.trailWords, v.possible, set)
	}
	if left.none(v.n) {
		return false
	}
	v.history = append(v.history, int32(len(s.trail)))
	s.trail = append(s.trail, assignment{possible: left, pkg: p, level: int32(s.level()), holds: int32(s.level()), cause: cause, open: v.open})
	v.decided = cause == decision
	s.leave(v, left, max(v.first, 0))
	s.place(p)
	s.enqueue(p)
	return true
}

// leave sets what is possible, which has nothing before a candidate.
func (s *solver) leave(v *variable, possible Set, from int) {
	v.possible = possible
	v.first = possible.next(from, v.n)
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

// backtrack undoes the trail down to the end of the level, but for what was learned and holds there.
func (s *solver) backtrack(to int) {
	if to >= s.level() {
		return
	}
	from := s.levels[to+1]
	s.again = s.again[:0]
	for _, a := range slices.Backward(s.trail[from.start:]) {
		if int(a.holds) <= to {
			s.again = append(s.again, a)
		}
		p := a.pkg
		v := s.vars[p]
		v.history = v.history[:len(v.history)-1]
		v.open = a.open
		if n := len(v.history); n > 0 && int(v.history[n-1]) >= from.start {
			continue // an earlier entry of the same package will be undone too
		}
		v.decided = false
		s.leave(v, s.left(v), 0)
		s.place(p)
	}
	s.trail = s.trail[:from.start]
	s.levels = s.levels[:to+1]
	s.trailWords.release(from.words)
	for _, p := range s.queue {
		s.vars[p].queued = false
	}
	s.queue = s.queue[:0]
	for _, a := range slices.Backward(s.again) {
		s.imply(a.pkg, a.cause, a.holds)
	}
}

// left is what the last assignment leaves to a package.
func (s *solver) left(v *variable) Set {
	if n := len(v.history); n > 0 {
		return s.trail[v.history[n-1]].possible
	}
	return All().orAbsent()
}
