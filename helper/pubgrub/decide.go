package pubgrub

import "math/bits"

// The classes of packages that wait for a decision, in the order in which they are taken.
const (
	determined = iota // one candidate is left
	contested         // it had conflicts, or has to do with those that had
	calm
	classes
)

// bitset is a set that changes: of packages, or of candidates.
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
	case v.base >= 0: // the base's decision determines it
	case v.involved:
		class = contested
	default:
		class = calm
	}
	if class == v.class {
		return
	}
	if v.class >= 0 {
		s.waiting[v.class].clear(s.position[p])
	}
	if class >= 0 {
		s.waiting[class].set(s.position[p])
	}
	v.class = class
}

// pick gives the package to decide next, or -1 if all are.
func (s *solver) pick() int32 {
	for i, class := range s.waiting {
		if at := class.first(); at < 0 {
			continue
		} else if i == contested && s.stats.Conflicts >= s.hard+s.each*len(s.vars) {
			return s.hardest()
		} else {
			return s.at[at]
		}
	}
	return -1
}

// hardest gives the contested package with most conflicts for each candidate it has left.
func (s *solver) hardest() (best int32) {
	conflicts, count := 0, 1
	for i, w := range s.waiting[contested] {
		for ; w != 0; w &= w - 1 {
			p := s.at[i<<6+bits.TrailingZeros64(w)]
			v := s.vars[p]
			n := v.possible.Count(v.n)
			if int(v.conflicts+1)*count > conflicts*n {
				best, conflicts, count = p, int(v.conflicts+1), n
			}
		}
	}
	return best
}

// decide chooses the first possible candidate of p that its dependencies do not rule out. It may come to nothing
// because there is something to propagate first. It gives a violated incompatibility or -1.
func (s *solver) decide(p int32) (violated int32, err error) {
	v := s.vars[p]
	for s.retreat < 0 {
		c := s.candidate(p)
		if c < 0 {
			return -1, s.give(p)
		}
		a := v.answerOf(c)
		if a == nil || len(a.rest) > 0 {
			if violated, err = s.ask(p, c); violated >= 0 || err != nil {
				return violated, err
			}
			continue
		}
		fits, violated := s.fits(p, c)
		if violated >= 0 || len(s.queue) > 0 {
			return violated, nil
		}
		if fits {
			s.stats.Decisions++
			s.openLevel()
			s.assign(p, s.trailWords.single(c), decision)
			return -1, nil
		}
	}
	return -1, nil
}

// fits looks at what a candidate needs, of which something may have been learned in a part of the trail that is undone.
func (s *solver) fits(p int32, c int) (fits bool, violated int32) {
	v := s.vars[p]
	for _, ids := range v.needsOf(c) {
		for _, id := range ids {
			terms := s.inc(id).terms
			if terms[0].Has(c) && (len(terms) == 1 || s.satisfied(&terms[1])) {
				return false, s.flag(id)
			}
		}
	}
	for _, w := range v.watch {
		if s.rules(w, p, c) {
			return false, s.flag(w.inc)
		}
	}
	return true, -1
}

// rules says whether something learned rules out the candidate c of p.
func (s *solver) rules(w watcher, p int32, c int) bool {
	if o := s.vars[w.pkg]; w.pkg != p && (o.first > int(w.hi) || o.first < int(w.lo)) || w.pkg == p && (c > int(w.hi) || c < int(w.lo)) {
		return false
	}
	terms := s.inc(w.inc).terms
	for i := range terms {
		if t := &terms[i]; t.pkg == p && !t.Has(c) || t.pkg != p && !s.satisfied(t) {
			return false
		}
	}
	return true
}
