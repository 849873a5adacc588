package pubgrub

import (
	"math"
	"sort"
)

// analysis is the room to resolve a conflict in.
type analysis struct {
	terms []term
	since []int32 // by term: the assignment that made it true
	at    []int32 // by package: the index of its term, plus 1
	steps []step
	words arena
}

// resolve goes from a violated incompatibility back along the trail to the root cause: an incompatibility that would
// have said something before the last decision that had a part in it. It jumps back to there and says it.
// It gives false if no decision had a part in the conflict: with the terms left in s.conflict.
func (s *solver) resolve(violated int32) bool {
	s.stats.Conflicts++
	c := &s.conflict
	c.begin(len(s.vars))
	c.steps = append(c.steps[:0], step{violated, -1})
	for _, t := range s.inc(violated).terms {
		s.join(t)
	}
	for {
		last := c.last()
		if last < 0 {
			return false
		}
		a := s.trail[c.since[last]]
		if s.restricted && a.level <= 1 {
			return false
		}
		if a.level == 0 {
			last = s.simplest()
			a = s.trail[c.since[last]]
		}
		wider, before := s.before(last)
		if before < a.level {
			s.learn(last, before)
			return true
		}
		s.replace(last, wider, a.cause)
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

// simplest gives the term whose cause brings in the fewest other packages. Where no decision is left any
// order of resolution leads to the end, and this one is good to read.
func (s *solver) simplest() (best int) {
	c := &s.conflict
	fewest := math.MaxInt
	for i, since := range c.since {
		brings := 0
		for _, t := range s.inc(s.trail[since].cause).terms {
			if s.vars[t.pkg].pkg != Root && c.at[t.pkg] == 0 {
				brings++
			}
		}
		if brings < fewest || brings == fewest && since > c.since[best] {
			best, fewest = i, brings
		}
	}
	return best
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
	a := s.trail[c.since[last]]
	if a.cause < 0 {
		return Set{}, level
	}
	for _, t := range s.inc(a.cause).terms {
		if t.pkg == a.pkg {
			wider = union(&c.words, c.terms[last].Set, t.Set)
		}
	}
	if since := s.since(a.pkg, wider); since >= 0 {
		level = max(level, s.trail[since].level)
	}
	return wider, level
}

// replace resolves over the package of a term with the incompatibility that made the term true.
func (s *solver) replace(last int, wider Set, cause int32) {
	c := &s.conflict
	p := c.terms[last].pkg
	c.steps = append(c.steps, step{cause, p})
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

// learn stores what the conflict came to, jumps back to the level and excludes the term there.
func (s *solver) learn(last int, to int32) {
	c := &s.conflict
	second := -1
	for i := range c.terms {
		s.vars[c.terms[i].pkg].weight++
		if i != last && (second < 0 || c.since[i] > c.since[second]) {
			second = i
		}
	}
	p := c.terms[last].pkg
	id := c.steps[0].inc
	if len(c.steps) > 1 {
		id = s.add(incompatibility{terms: s.keepTerms(last, second), kind: learned, extra: s.newParents(c.steps)})
	}
	s.backtrack(int(to))
	for i := range s.inc(id).terms {
		if t := &s.inc(id).terms[i]; t.pkg == p {
			s.exclude(t, id)
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

// newParents keeps the steps of a derivation and gives the place of it.
func (s *solver) newParents(steps []step) int32 {
	if len(steps) > cap(s.stepRoom)-len(s.stepRoom) {
		s.stepRoom = make([]step, 0, max(len(steps), 256))
	}
	at := len(s.stepRoom)
	s.stepRoom = append(s.stepRoom, steps...)
	s.parents = append(s.parents, s.stepRoom[at:len(s.stepRoom):len(s.stepRoom)])
	return int32(len(s.parents) - 1)
}
