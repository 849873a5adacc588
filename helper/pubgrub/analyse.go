package pubgrub

import "sort"

// analysis is the room to resolve a conflict in.
type analysis struct {
	terms []term
	since []int32 // by term: the assignment that made it true
	at    []int32 // by package: the index of its term, plus 1
	steps []int32 // what was resolved
	words arena
}

// resolve goes from a violated incompatibility back along the trail to the root cause: an incompatibility that would
// have said something before the last decision that had a part in it. It goes back and says it.
// It gives false if no decision had a part in the conflict: with the terms left in s.conflict.
func (s *solver) resolve(violated int32) bool {
	s.stats.Conflicts++
	c := &s.conflict
	c.begin(len(s.vars))
	c.steps = append(c.steps[:0], violated)
	for _, t := range s.inc(violated).terms {
		s.join(t)
	}
	for {
		last := c.last()
		if last < 0 {
			return false
		}
		a := s.trail[c.since[last]]
		if s.restricted && int(a.level) <= s.assumed() {
			return false
		}
		wider, before := s.before(last)
		if before < a.level {
			s.learn(last, before)
			return true
		}
		s.replace(last, wider)
	}
}

func (c *analysis) begin(packages int) {
	for _, t := range c.terms {
		c.at[t.pkg] = 0
	}
	c.terms, c.since = c.terms[:0], c.since[:0]
	c.words.release(mark{})
	for len(c.at) < packages {
		c.at = append(c.at, 0)
	}
}

// last gives the term that became true last, or -1 if there is none.
func (c *analysis) last() int {
	last := -1
	for i, since := range c.since {
		if last < 0 || since > c.since[last] {
			last = i
		}
	}
	return last
}

// join adds a true term; of two on the same package both must hold.
func (s *solver) join(t term) {
	c := &s.conflict
	if i := c.at[t.pkg] - 1; i >= 0 {
		if subset(c.terms[i].Set, t.Set, s.vars[t.pkg].n) {
			return
		}
		c.terms[i].Set = intersect(&c.words, c.terms[i].Set, t.Set)
		c.since[i] = s.since(t.pkg, c.terms[i].Set)
		return
	}
	since := s.since(t.pkg, t.Set)
	if since < 0 {
		return
	}
	c.terms = append(c.terms, t)
	c.since = append(c.since, since)
	c.at[t.pkg] = int32(len(c.terms))
}

// since gives the assignment from which on the package is within the set, or -1 if it never was without.
func (s *solver) since(p int32, set Set) int32 {
	v := s.vars[p]
	if set.any(v.n) {
		return -1
	}
	i := sort.Search(len(v.history), func(i int) bool { return subset(s.trail[v.history[i]].possible, set, v.n) })
	return v.history[i]
}

// before gives what the last true term becomes when its cause is resolved with, and the level at which all
// else was true that made it so.
func (s *solver) before(last int) (wider Set, level int32) {
	c := &s.conflict
	for i, since := range c.since {
		if i != last {
			level = max(level, s.trail[since].level)
		}
	}
	p, cause := c.terms[last].pkg, s.cause(c.since[last])
	if cause < 0 {
		return Set{}, level
	}
	wider = union(&c.words, c.terms[last].Set, s.inc(cause).of(p))
	if since := s.since(p, wider); since >= 0 {
		level = max(level, s.trail[since].level)
	}
	return wider, level
}

// replace resolves over the package of a term with the incompatibility that made the term true.
func (s *solver) replace(last int, wider Set) {
	c := &s.conflict
	p, cause := c.terms[last].pkg, s.cause(c.since[last])
	c.steps = append(c.steps, cause)
	if since := s.since(p, wider); since >= 0 {
		c.terms[last].Set, c.since[last] = wider, since
	} else {
		c.drop(last)
	}
	for _, t := range s.inc(cause).terms {
		if t.pkg != p {
			s.join(t)
		}
	}
}

func (c *analysis) drop(i int) {
	end := len(c.terms) - 1
	c.at[c.terms[i].pkg] = 0
	if i < end {
		c.terms[i], c.since[i] = c.terms[end], c.since[end]
		c.at[c.terms[i].pkg] = int32(i + 1)
	}
	c.terms, c.since = c.terms[:end], c.since[:end]
}

// learn stores what the conflict came to, which already holds at an earlier level than that of its last term, and goes
// back. Not to where it holds, which would undo decisions that have no part in the conflict, only to be made again, but to
// before the last term; unless it is about packages that have many conflicts, which are then decided in another order.
func (s *solver) learn(last int, holds int32) {
	c := &s.conflict
	to := s.trail[c.since[last]].level - 1
	second := -1
	for i := range c.terms {
		v := s.vars[s.itself(c.terms[i].pkg)]
		if v.conflicts++; v.conflicts%s.rivals == 0 {
			s.contest(v)
			to = holds
		}
		if i != last && (second < 0 || c.since[i] > c.since[second]) {
			second = i
		}
	}
	p := c.terms[last].pkg
	id := c.steps[0]
	if len(c.steps) > 1 {
		id = s.add(incompatibility{terms: s.keepTerms(last, second), kind: learned, extra: s.newParents(c.steps)})
		s.watch(id)
	}
	s.backtrack(int(to))
	s.imply(p, id, holds)
}

// imply takes from p what an incompatibility says, which would hold at an earlier level too.
func (s *solver) imply(p, id, holds int32) {
	for i := range s.inc(id).terms {
		if t := &s.inc(id).terms[i]; t.pkg == p && !s.contradicted(t) && s.assign(p, t.Set.not(), id) {
			s.trail[len(s.trail)-1].holds = holds
		}
	}
}

// keepTerms copies the terms of the conflict, with those to watch in front.
func (s *solver) keepTerms(first, second int) []term {
	c := &s.conflict
	terms := s.newTerms(len(c.terms))[:0]
	for _, i := range [2]int{first, second} {
		if i >= 0 {
			terms = append(terms, c.terms[i])
		}
	}
	for i, t := range c.terms {
		if i != first && i != second {
			terms = append(terms, t)
		}
	}
	for i := range terms {
		terms[i].Set = s.words.keep(terms[i].Set)
	}
	return terms
}

// newParents keeps what was resolved and gives the place of it.
func (s *solver) newParents(steps []int32) int32 {
	s.parents = append(s.parents, append(s.idRoom.take(len(steps), 512), steps...))
	return int32(len(s.parents) - 1)
}
