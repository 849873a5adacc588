package pubgrub

import "math/bits"

// The classes of packages that wait for a decision, in the order in which they are taken.
const (
	determined = iota // one candidate is left
	early
	normal
	late
	classes
)

// tuning is when the order of decisions changes.
type tuning struct {
	rivals int32 // how often a package must lose candidates to decisions of others to be early, or take some to be late
	hard   int   // after how many conflicts packages are taken by what they were involved in
}

var usual = tuning{rivals: 5, hard: 200}

// bitset is a set that changes: of packages by place, or of candidates.
type bitset []uint64

func (b *bitset) set(i int32) {
	for int(i>>6) >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[i>>6] |= 1 << (i & 63)
}

func (b bitset) has(i int32) bool { return int(i>>6) < len(b) && b[i>>6]>>(i&63)&1 != 0 }

func (b bitset) clear(i int32) { b[i>>6] &^= 1 << (i & 63) }

func (b bitset) first() int32 {
	for i, w := range b {
		if w != 0 {
			return int32(i<<6 + bits.TrailingZeros64(w))
		}
	}
	return -1
}

// place puts a package into the class where it waits, if it has to be decided.
func (s *solver) place(p int32) {
	v := s.vars[p]
	class := int8(-1)
	switch {
	case v.decided || v.possible.absent:
	case v.single:
		class = determined
	case v.base < 0: // else the base's decision determines it
		class = v.rank
	}
	if class == v.class {
		return
	}
	if v.class >= 0 {
		s.waiting[v.class].clear(p)
	}
	if class >= 0 {
		s.waiting[class].set(p)
	}
	v.class = class
}

// pick gives the package to decide next, or -1 if all are.
func (s *solver) pick() int32 {
	if p := s.waiting[determined].first(); p >= 0 {
		return p
	}
	if s.stats.Conflicts >= s.hard {
		return s.pickHard()
	}
	for _, class := range s.waiting[early:] {
		if p := class.first(); p >= 0 {
			return p
		}
	}
	return -1
}

// pickHard gives the package with most conflicts for each candidate it has left.
func (s *solver) pickHard() int32 {
	best, weight, count := int32(-1), 0, 1
	for _, class := range s.waiting[early:] {
		for i, w := range class {
			for ; w != 0; w &= w - 1 {
				p := int32(i<<6 + bits.TrailingZeros64(w))
				v := s.vars[p]
				n := v.possible.Count(v.n)
				if best < 0 || int(v.weight+1)*count > weight*n {
					best, weight, count = p, int(v.weight+1), n
				}
			}
		}
	}
	return best
}

// blame notes that p lost candidates because of a decision, that of the level.
func (s *solver) blame(p, level int32) {
	if level <= 1 || s.stats.Conflicts >= s.hard {
		return
	}
	culprit := s.trail[s.levels[level].start].pkg
	v, w := s.vars[p], s.vars[culprit]
	if culprit == p || w.base == p || v.base == culprit {
		return
	}
	if v.pushed++; v.pushed == s.rivals {
		s.rank(p, early)
	}
	if w.pushing++; w.pushing == s.rivals && w.rank == normal {
		s.rank(culprit, late)
		s.retreat = level - 1
	}
}

func (s *solver) rank(p int32, class int8) {
	s.vars[p].rank = class
	s.place(p)
}
