package pubgrub

import (
	"fmt"
	"slices"
)

// decide chooses the first possible candidate of p that its dependencies do not rule out. It may come to nothing
// because there is something to propagate first. It gives a violated incompatibility or -1.
func (s *solver) decide(p int32) (violated int32, err error) {
	v := s.vars[p]
	if v.woken != s.jumps { // what was learned about p in a part of the trail that is undone
		s.enqueue(p)
		return -1, nil
	}
	for s.retreat < 0 {
		c := s.candidate(v, v.first)
		if c < 0 {
			pointless, err := s.pointless(p)
			if pointless {
				s.enqueue(p) // more may be known to be unusable
			} else {
				s.backtrack(0) // to assume that p has a preferred candidate, since now one is known to be usable
			}
			return -1, err
		}
		if v.asked.has(int32(c)) {
			if len(s.queue) == 0 {
				s.stats.Decisions++
				s.openLevel()
				s.assign(p, s.trailWords.single(c), decision)
			}
			return -1, nil
		}
		if violated, err = s.ask(p, c); violated >= 0 || err != nil {
			return violated, err
		}
	}
	return -1, nil
}

// candidate gives the first candidate of v, from the given one on, that may be tried, or -1.
func (s *solver) candidate(v *variable, from int) int {
	for c := from; c >= 0 && c < v.n; c++ {
		if c = v.possible.next(c, v.n); c < 0 || !s.limited(v) || v.preferred.Has(c) {
			return c
		}
	}
	return -1
}

// limited says whether v must have a preferred candidate in this search.
func (s *solver) limited(v *variable) bool { return s.restricted && !v.free && v.base < 0 }

// ask learns what the candidate c of p needs. If it cannot be had, c is ruled out; if c is unusable, it is too,
// with those after it that are for the same reason.
func (s *solver) ask(p int32, c int) (violated int32, err error) {
	v := s.vars[p]
	why := Reason(0)
	for c >= 0 && !v.asked.has(int32(c)) {
		answer, err := s.question(v, c)
		if err != nil {
			return -1, err
		}
		if why != 0 && answer.Unusable != why {
			if violated := s.flush(p, why); violated >= 0 {
				return violated, nil
			}
		}
		if why = answer.Unusable; why == 0 {
			v.served = v.served || v.preferred.Has(c)
			return s.require(p, c, answer.Dependencies)
		}
		s.skipped.set(int32(c))
		for other := range answer.Same.Members(v.n) {
			s.skipped.set(int32(other))
		}
		for c >= 0 && s.skipped.has(int32(c)) {
			c = s.candidate(v, c+1)
		}
	}
	return s.flush(p, why), nil
}

// question asks the source, or finds what it said before.
func (s *solver) question(v *variable, c int) (Answer, error) {
	for i, d := range v.deferred {
		if d.candidate == c {
			v.deferred = append(v.deferred[:i], v.deferred[i+1:]...)
			return Answer{Dependencies: d.rest}, nil
		}
	}
	if err := s.ctx.Err(); err != nil {
		return Answer{}, err
	}
	s.stats.Questions++
	answer, err := s.source.Dependencies(v.pkg, c)
	if err != nil {
		return answer, fmt.Errorf("dependencies of package %d, candidate %d: %w", v.pkg, c, err)
	}
	return answer, nil
}

// flush rules out the skipped candidates.
func (s *solver) flush(p int32, why Reason) (violated int32) {
	id := s.forbid(p, FromWords(s.skipped), why)
	clear(s.skipped)
	s.skipped = s.skipped[:0]
	if s.check(id) {
		return id
	}
	return -1
}

// require stores the dependencies of the candidate c of p, those on known packages first, until one of them
// rules the candidate out: the rest can wait until the candidate comes up again.
func (s *solver) require(p int32, c int, dependencies []Dependency) (violated int32, err error) {
	v := s.vars[p]
	s.sorted = s.sorted[:0]
	for _, known := range [2]bool{true, false} {
		for _, d := range dependencies {
			if s.knows(d.Package) == known {
				s.sorted = append(s.sorted, d)
			}
		}
	}
	if v.heads == nil && v.n > 1 {
		v.heads = make([]head, 0, len(s.sorted))
	}
	for i, d := range s.sorted {
		id, err := s.depend(p, c, d)
		if err != nil {
			return -1, err
		}
		violated := s.check(id)
		if !violated && v.possible.Has(c) {
			continue
		}
		if rest := s.sorted[i+1:]; len(rest) > 0 {
			v.deferred = append(v.deferred, deferred{c, slices.Clone(rest)})
		} else {
			v.asked.set(int32(c))
		}
		if violated {
			return id, nil
		}
		s.stats.Rejections++
		s.blame(p, s.culprit(id, p))
		return -1, nil
	}
	v.asked.set(int32(c))
	return -1, nil
}

// culprit gives the level of the decision that left a dependency of p without what it needs.
func (s *solver) culprit(dependency, p int32) int32 {
	for _, t := range s.inc(dependency).terms {
		if t.pkg != p {
			return s.trail[s.since(t.pkg, t.Set)].level
		}
	}
	return 0
}
