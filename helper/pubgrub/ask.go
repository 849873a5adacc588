package pubgrub

import (
	"slices"
	"sort"
)

// answerOf gives what is known of the needs of a candidate, or nil.
func (v *variable) answerOf(candidate int) *answer {
	i := sort.Search(len(v.answered), func(i int) bool { return int(v.answered[i].candidate) >= candidate })
	if i < len(v.answered) && int(v.answered[i].candidate) == candidate {
		return &v.answers[v.answered[i].answer]
	}
	return nil
}

// needsOf gives the dependencies of a candidate that are stored: those of its answer, and some that others may have.
func (v *variable) needsOf(candidate int) [2][]int32 {
	if a := v.answerOf(candidate); a != nil {
		return [2][]int32{a.incs, v.stated}
	}
	return [2][]int32{v.stated}
}

// ask learns what the candidate c of p needs. If it cannot be had, c is ruled out; if c is unusable, it is too,
// with those to try next that are for the same reason.
func (s *solver) ask(p int32, c int) (violated int32, err error) {
	v := s.vars[p]
	if id := s.forbidden(v, c); id >= 0 { // that was undone since
		return s.flag(id), nil
	}
	if a := v.answerOf(c); a != nil {
		return s.require(p, c, a)
	}
	why := Reason(0)
	for ; c >= 0 && v.answerOf(c) == nil && s.forbidden(v, c) < 0; c = s.candidate(p) {
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
			return s.require(p, c, s.note(v, c, answer))
		}
		s.skipped.set(int32(c))
		for other := range answer.Same.Members(v.n) {
			s.skipped.set(int32(other))
		}
	}
	return s.flush(p, why), nil
}

// question asks the source.
func (s *solver) question(v *variable, c int) (Answer, error) {
	if err := s.ctx.Err(); err != nil {
		return Answer{}, err
	}
	s.stats.Questions++
	return s.source.Dependencies(v.pkg, c)
}

// note keeps an answer for the candidates that it is of; what it lists is still the source's.
func (s *solver) note(v *variable, c int, a Answer) *answer {
	who := s.words.single(c)
	s.know(v, c)
	if a.Same.rest || len(a.Same.words) > 0 {
		who = union(&s.words, who, a.Same)
		for other := range a.Same.Members(v.n) {
			s.know(v, other)
		}
	}
	v.served = v.served || !disjoint(v.preferred, who, v.n)
	v.answers = append(v.answers, answer{who: who, rest: a.Dependencies})
	return &v.answers[len(v.answers)-1]
}

// know says that the next answer is that of a candidate, unless it has one.
func (s *solver) know(v *variable, c int) {
	i := sort.Search(len(v.answered), func(i int) bool { return int(v.answered[i].candidate) >= c })
	if i == len(v.answered) || int(v.answered[i].candidate) > c {
		v.answered = slices.Insert(v.answered, i, answered{int32(c), int32(len(v.answers))})
	}
}

// flush rules out the skipped candidates.
func (s *solver) flush(p int32, why Reason) (violated int32) {
	id := s.forbid(p, FromWords(s.skipped), why)
	clear(s.skipped)
	s.skipped = s.skipped[:0]
	return s.flag(id)
}

// flag is check for the callers that want to know which incompatibility is violated, or -1.
func (s *solver) flag(id int32) (violated int32) {
	if s.check(id) {
		return id
	}
	return -1
}

// require stores the dependencies of an answer, those on known packages first, until one of them rules out the
// candidate c of p: the rest can wait until one of the answer's candidates comes up again.
func (s *solver) require(p int32, c int, a *answer) (violated int32, err error) {
	v := s.vars[p]
	s.sorted = s.sorted[:0]
	for _, known := range [2]bool{true, false} {
		for _, d := range a.rest {
			if s.knows(d.Package) == known {
				s.sorted = append(s.sorted, d)
			}
		}
	}
	if a.incs == nil {
		a.incs = s.idRoom.take(len(s.sorted), 512)
	}
	if v.needs == nil {
		v.needs = s.needRoom.take(len(s.sorted), 256)
		v.behind = append(s.idRoom.take(len(v.behind)+len(s.sorted), 512), v.behind...)
	}
	for i, d := range s.sorted {
		id, err := s.depend(p, a.who, d)
		if err != nil {
			return -1, err
		}
		a.incs = append(a.incs, id)
		violated := s.check(id)
		if !violated && v.possible.Has(c) {
			continue
		}
		a.rest = slices.Clone(s.sorted[i+1:])
		if violated {
			return id, nil
		}
		s.stats.Rejections++
		s.blame(p, s.culprit(id, p))
		return -1, nil
	}
	a.rest = nil
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
