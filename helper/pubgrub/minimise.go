package pubgrub

import (
	"math/bits"
	"slices"
)

// limits are the assumptions of a restricted search: packages have preferred candidates only, but for those that are
// free, and at the next level one of these has too.
type limits struct {
	restricted bool
	trial      int32   // the place of that one, or -1
	last       []int32 // the solution that is to be improved: where nothing speaks against it, it stays
	first      []int32 // the first solution, which packages that are firm do not go behind
}

// assumed is how many levels hold assumptions. It is 0 where level 1 is empty.
func (s *solver) assumed() int {
	switch {
	case !s.restricted:
		return 0
	case s.trial < 0:
		return 1
	}
	return 2
}

// limited says whether v must have a preferred candidate in this search.
func (s *solver) limited(v *variable) bool { return s.restricted && !v.free && v.base < 0 }

// limit makes the assumptions of level 1, and gives impossible or -1.
func (s *solver) limit() int32 {
	for p, c := range s.first {
		if v := s.vars[p]; v.firm && v.base < 0 && c >= 0 && !s.assign(int32(p), Range(0, int(c)+1), assumption) {
			return impossible
		}
	}
	for p, v := range s.vars {
		if !s.limited(v) || !v.served || subset(v.possible, v.preferred.orAbsent(), v.n) {
			continue
		}
		if !s.assign(int32(p), v.preferred.orAbsent(), assumption) {
			return impossible
		}
	}
	return -1
}

// try makes the assumption of level 2, and gives impossible or -1.
func (s *solver) try() int32 {
	s.openLevel()
	if !s.assign(s.trial, s.vars[s.trial].preferred.orAbsent(), assumption) {
		return impossible
	}
	return -1
}

// candidate gives the candidate of p to try first, or -1: what it was last, if that is preferred, else a preferred one.
// Those that ask skips count as ruled out.
func (s *solver) candidate(p int32) int {
	v := s.vars[p]
	last := -1
	if int(p) < len(s.last) {
		last = int(s.last[p])
	}
	if last >= 0 && (!v.possible.Has(last) || s.skipped.has(int32(last))) {
		last = -1
	}
	if last >= 0 && v.preferred.Has(last) {
		return last
	}
	if c := s.firstOf(v, v.preferred); c >= 0 || s.limited(v) {
		return c
	}
	if last >= 0 {
		return last
	}
	return s.firstOf(v, All())
}

// firstOf gives the first candidate that is possible, in the set and not skipped, or -1.
func (s *solver) firstOf(v *variable, set Set) int {
	if v.first < 0 || len(s.skipped) == 0 && set.Has(v.first) {
		return v.first
	}
	for i := v.first >> 6; i<<6 < v.n; i++ {
		w := v.possible.word(i) & set.word(i)
		if i < len(s.skipped) {
			w &^= s.skipped[i]
		}
		if w != 0 {
			if c := i<<6 + bits.TrailingZeros64(w); c < v.n {
				return c
			}
			return -1
		}
	}
	return -1
}

// minimise turns the solution in the trail into one that has no other with only a part of its packages off their
// preference, and none that is firm at a candidate further behind. It limits all but those to their preferred candidates, and one of them too, as long as that can be
// solved. One that failed need not be tried again, since the limits only grow: mostly it fails at once, for what was
// learned stays true. Limits are like decisions, and a derivation never goes behind them.
func (s *solver) minimise() (choices []int32, err error) {
	choices = s.chosen()
	off, err := s.off(choices)
	if len(off) == 0 || err != nil {
		return choices, err
	}
	s.restricted, s.last, s.first = true, choices, choices
	first := len(off)
	s.free(off)
	for _, p := range off {
		if !s.vars[p].free || s.excluded(p) {
			continue
		}
		if fewer, err := s.without(p); err != nil {
			return nil, err
		} else if !fewer {
			continue
		}
		s.last = s.chosen()
		if off, err = s.off(s.last); err != nil {
			return nil, err
		}
		s.free(off)
	}
	if len(off) == first {
		return choices, nil
	}
	s.last = nil
	if ok, err := s.without(-1); !ok || err != nil {
		return nil, err
	}
	return s.chosen(), nil
}

// free lifts the limit of packages, and of no other.
func (s *solver) free(off []int32) {
	for p, v := range s.vars {
		v.free = slices.Contains(off, int32(p))
	}
	s.backtrack(0)
}

// without solves with p, unless it is -1, not off its preference either. It says whether that can be.
func (s *solver) without(p int32) (bool, error) {
	s.trial = p
	s.backtrack(1)
	return s.search()
}

// off gives the packages that are chosen outside their preference.
func (s *solver) off(choices []int32) (off []int32, err error) {
	for p, c := range choices {
		if c < 0 || s.vars[p].preferred.Has(int(c)) {
			continue
		}
		pointless := false
		if !s.excluded(int32(p)) {
			if pointless, err = s.pointless(int32(p)); err != nil {
				return nil, err
			}
		}
		if !pointless {
			off = append(off, int32(p))
		}
	}
	return off, nil
}

// excluded says whether p is needed and off its preference in any case, whatever is usable of it.
func (s *solver) excluded(p int32) bool {
	v := s.vars[p]
	possible := All().orAbsent()
	for _, i := range v.history {
		if a := s.trail[i]; a.level == 0 {
			possible = a.possible
		}
	}
	return disjoint(possible, v.preferred.orAbsent(), v.n)
}

// give looks what to do about p, none of whose preferred candidates is possible here: if none is usable at all
// it may have another, else its preference becomes an assumption, now that it is worth one.
func (s *solver) give(p int32) error {
	pointless, err := s.pointless(p)
	if pointless {
		s.enqueue(p)
	} else {
		s.backtrack(0)
	}
	return err
}

// pointless says whether no preferred candidate of p is usable. Then its preference counts no more.
func (s *solver) pointless(p int32) (bool, error) {
	v := s.vars[p]
	for c := v.preferred.next(0, v.n); c >= 0 && !v.served; c = v.preferred.next(c+1, v.n) {
		if s.forbidden(v, c) >= 0 {
			continue
		}
		answer, err := s.question(v, c)
		if err != nil {
			return false, err
		}
		if answer.Unusable != 0 {
			s.forbid(p, answer.Same.Union(Of(c)), answer.Unusable)
		} else {
			answer.Dependencies = slices.Clone(answer.Dependencies)
			s.note(v, c, answer)
		}
	}
	if !v.served {
		v.preferred = All()
	}
	return !v.served, nil
}
