package pubgrub

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

// blame notes that p lost candidates because of a decision, that of the level. When that was too often the search goes
// back to before the decision.
func (s *solver) blame(p, level int32) {
	if int(level) <= max(1, s.assumed()) {
		return
	}
	p, culprit := s.itself(p), s.itself(s.trail[s.levels[level].start].pkg)
	if p == culprit {
		return
	}
	v, w := s.vars[p], s.vars[culprit]
	v.pushed++
	w.pushing++
	changed := v.pushed >= s.rivals && s.contest(v)
	if changed = w.pushing >= s.rivals && s.contest(w) || changed; !changed {
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
// candidates, else as they were met. In a circle the first one met starts.
func (s *solver) reorder() {
	s.stats.Orders++
	s.stale = false
	n := len(s.vars)
	missing := make([]int32, n) // by how many packages that are not in the order yet each one is needed
	s.eachNeed(func(_, on int32) { missing[on]++ })
	var first, ready, left bitset
	add := func(p int32) {
		if s.vars[p].pushed >= s.rivals {
			first.set(p)
		} else {
			ready.set(p)
		}
	}
	for p := range s.vars {
		left.set(int32(p))
		if missing[p] == 0 {
			add(int32(p))
		}
	}
	for at := range n {
		p := first.first()
		if p >= 0 {
			first.clear(p)
		} else if p = ready.first(); p >= 0 {
			ready.clear(p)
		} else {
			p = left.first()
		}
		left.clear(p)
		s.position[p], s.at[at] = int32(at), p
		s.needsOf(p, func(on int32) {
			if missing[on]--; missing[on] == 0 && left.has(on) {
				add(on)
			}
		})
	}
	s.involve()
}

// involve finds those that had conflicts and all that need them, and places all packages in the new order.
func (s *solver) involve() {
	for i := range s.waiting {
		clear(s.waiting[i])
	}
	for at := len(s.at) - 1; at >= 0; at-- {
		v := s.vars[s.at[at]]
		v.involved = v.contested
		s.needsOf(s.at[at], func(on int32) { v.involved = v.involved || s.vars[on].involved })
	}
	for p, v := range s.vars {
		v.class = -1
		s.place(int32(p))
	}
}

// needsOf yields what a package is known to need, with or without extras.
func (s *solver) needsOf(p int32, yield func(on int32)) {
	v := s.vars[p]
	for _, d := range v.needs {
		if on := s.itself(d.on); on != p && v.base < 0 {
			yield(on)
		}
	}
	for _, above := range v.above {
		for _, d := range s.vars[above].needs {
			if on := s.itself(d.on); on != p {
				yield(on)
			}
		}
	}
}

func (s *solver) eachNeed(yield func(p, on int32)) {
	for p := range s.vars {
		s.needsOf(int32(p), func(on int32) { yield(int32(p), on) })
	}
}
