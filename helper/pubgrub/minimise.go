package pubgrub

import "slices"

// minimise turns the solution in the trail into one that has no other with only a part of its packages off their
// preference. It limits all but those to their preferred candidates, and one of them too, as long as that can be
// solved. One that failed need not be tried again, since the limits only grow. What was learned stays true: limits
// are like decisions, and a derivation never goes behind them.
func (s *solver) minimise() (choices []int32, err error) {
	choices = s.chosen()
	off := s.off(choices)
	if len(off) == 0 {
		return choices, nil
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
		if fewer != nil {
			off = s.off(fewer)
		}
	}
	if len(off) == first {
		return choices, nil
	}
	return s.without(off, -1)
}

// off gives the packages that are chosen outside their preference.
func (s *solver) off(choices []int32) (off []int32) {
	for p, c := range choices {
		if c >= 0 && !s.vars[p].preferred.Has(int(c)) {
			off = append(off, int32(p))
		}
	}
	return off
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
