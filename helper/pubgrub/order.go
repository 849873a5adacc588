package pubgrub

import (
	"math/bits"
	"slices"
)

// line is the order in which packages are decided: as they were met, until there are conflicts.
//
// A package that keeps losing candidates to decisions on others should have been decided before them, which is what uv
// does. It is mostly one that needs those others, and which of their candidates was not known when they were decided.
// So those that had conflicts, and all that need them, are decided first, and a package after those that need it.
// That is also what users expect: what they ask for is the newest, and what that needs is what it allows.
type line struct {
	position []int32 // by place
	at       []int32 // the other way round
	stale    bool
	missing  []int32 // room for reorder: by how many packages not yet in the order each one is needed
	ready    heap
}

// tuning is when the order changes.
type tuning struct {
	rivals int32 // how often a package loses candidates to others, or others to it, until it is contested
	// After hard conflicts, and each a package, the problem is a puzzle: the order is by conflicts.
	hard, each int
}

// usual is as patient as uv where that compares.
var usual = tuning{rivals: 5, hard: 500, each: 2}

func (l *line) append(place int32) {
	l.position = append(l.position, place)
	l.at = append(l.at, place)
}

// blame notes that p lost candidates because of a decision, that of the level. When that was too often, and whenever it was
// twice as often, the order is made anew, and the search goes back to before the decision if that comes later now.
func (s *solver) blame(p, level int32) {
	if int(level) <= max(1, s.assumed()) {
		return
	}
	p, culprit := s.itself(p), s.itself(s.trail[s.levels[level].start].pkg)
	if p == culprit {
		return
	}
	v, w := s.vars[p], s.vars[culprit]
	before := s.lost(p)
	v.pushed++
	w.pushing++
	changed := w.pushing >= s.rivals && s.contest(w)
	if s.lost(p) > before {
		v.contested, changed = true, true
	}
	if !changed {
		return
	}
	if s.reorder(); v.involved && (!w.involved || s.position[p] < s.position[culprit]) {
		s.retreat = level - 1
	}
}

// contest has a package decided early; it gives false if it is already.
func (s *solver) contest(v *variable) bool {
	if v.involved {
		return false
	}
	v.contested, s.stale = true, true
	return true
}

// itself gives the base of a package that has one.
func (s *solver) itself(p int32) int32 {
	if v := s.vars[p]; v.base >= 0 {
		return v.base
	}
	return p
}

// reorder makes the order anew: packages behind those that are known to need them, of others those first that lost
// more candidates, else as they were met. In a circle the first one met starts.
func (s *solver) reorder() {
	s.stats.Orders++
	s.stale = false
	missing := append(s.missing[:0], make([]int32, len(s.vars))...)
	for _, v := range s.vars {
		for _, on := range v.behind {
			missing[on]++
		}
	}
	var left bitset
	for p := range s.vars {
		if left.set(int32(p)); missing[p] == 0 {
			s.ready.add(int32(p), s.lost(int32(p)))
		}
	}
	for at := range s.vars {
		p := s.ready.take()
		if p < 0 {
			p = left.first()
		}
		left.clear(p)
		s.position[p], s.at[at] = int32(at), p
		for _, on := range s.vars[p].behind {
			if missing[on]--; missing[on] == 0 && left.has(on) {
				s.ready.add(on, s.lost(on))
			}
		}
	}
	s.missing = missing
	s.involve()
}

// involve finds those that had conflicts and all that need them, and places all packages in the new order.
func (s *solver) involve() {
	for i := range s.waiting {
		clear(s.waiting[i])
	}
	for _, p := range slices.Backward(s.at) {
		v := s.vars[p]
		v.involved = v.contested
		for _, on := range v.behind {
			v.involved = v.involved || s.vars[on].involved
		}
	}
	for p, v := range s.vars {
		v.class = -1
		s.place(int32(p))
	}
}

// degrees is how often a package may lose twice as many candidates as before and get further to the front.
const degrees = 8

// lost is how often the number of candidates that a package lost to others has doubled, from where that counts on.
func (s *solver) lost(p int32) int {
	return min(bits.Len32(uint32(s.vars[p].pushed/s.rivals)), degrees-1)
}

// heap gives packages, those of a high degree first, else those met first.
type heap struct {
	of    [degrees]bitset
	count [degrees]int
}

func (h *heap) add(p int32, degree int) {
	h.of[degree].set(p)
	h.count[degree]++
}

// take gives the first and removes it; -1 if there is none.
func (h *heap) take() int32 {
	for degree := degrees - 1; degree >= 0; degree-- {
		if h.count[degree] > 0 {
			p := h.of[degree].first()
			h.of[degree].clear(p)
			h.count[degree]--
			return p
		}
	}
	return -1
}
