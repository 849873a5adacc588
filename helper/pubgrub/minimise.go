package pubgrub

import "slices"

// minimise turns the solution in the trail into one that has no other with only a part of its packages off their
// preference. It limits all but those to their preferred candidates, and one of them too, as long as that can be
// solved. One that failed need not be tried again, since the limits only grow. What was learned stays true: limits
// are like decisions, and a derivation never goes behind them.
func (s *solver) minimise() (choices []int32, err error) {
	choices = s.chosen()
	off, err := s.off(choices)
	if len(off) == 0 || err != nil {
		return choices, err
	}
	s.restricted = true
	first := len(off)
	for _, p := range slices.Clone(off) {
		if !slices.Contains(off, p) {
			continue
		}
		fewer, err := s.without(off, p)
		if err != nil {
			return nil, err
		}
		if fewer == nil {
			continue
		}
		if off, err = s.off(fewer); err != nil {
			return nil, err
		}
	}
	if len(off) == first {
		return choices, nil
	}
	return s.without(off, -1)
}

// off gives the packages that are chosen outside their preference.
func (s *solver) off(choices []int32) (off []int32, err error) {
	for p, c := range choices {
		if c < 0 || s.vars[p].preferred.Has(int(c)) {
			continue
		}
		pointless, err := s.pointless(int32(p))
		if err != nil {
			return nil, err
		}
		if !pointless {
			off = append(off, int32(p))
		}
	}
	return off, nil
}

// pointless says whether no preferred candidate of p is usable. Then its preference counts no more.
func (s *solver) pointless(p int32) (bool, error) {
	v := s.vars[p]
	for c := v.preferred.next(0, v.n); c >= 0 && !v.served; c = v.preferred.next(c+1, v.n) {
		if s.forbidden(v, c) {
			continue
		}
		answer, err := s.question(v, c)
		if err != nil {
			return false, err
		}
		if answer.Unusable != 0 {
			s.forbid(p, answer.Same.Union(Of(c)), answer.Unusable)
		} else {
			v.served = true
			v.deferred = append(v.deferred, deferred{c, slices.Clone(answer.Dependencies)})
		}
	}
	if !v.served {
		v.preferred = All()
	}
	return !v.served, nil
}

// without solves with only those packages off their preference, and p not either. It gives nil if that cannot be.
func (s *solver) without(off []int32, p int32) ([]int32, error) {
	for q, v := range s.vars {
		v.free = int32(q) != p && slices.Contains(off, int32(q))
	}
	if ok, err := s.search(); !ok || err != nil {
		return nil, err
	}
	return s.chosen(), nil
}
