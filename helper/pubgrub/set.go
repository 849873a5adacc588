package pubgrub

import (
	"iter"
	"math/bits"
)

// Set is an immutable set of candidates of one package. The zero Set is empty.
//
// A set holds either the candidates that are in it, or those that are not: so All, and everything but a few,
// is as small as the few, and no set needs to know how many candidates there are. Where that number matters
// (is a set that leaves out ten candidates empty?), a method takes it as n. Members below n are all that count.
type Set struct {
	words []uint64 // bit i of word k: candidate 64k+i is in the set, or with rest: is not; the last word is not 0
	rest  bool     // the candidates without a bit are in the set
	// absent makes the set a term: that the package is not selected at all is one of the possibilities.
	// No set that leaves the package has it.
	absent bool
}

// All is the set of all candidates, however many there are.
func All() Set { return Set{rest: true} }

// Of is the set of the given candidates.
func Of(candidates ...int) Set {
	var words []uint64
	for _, c := range candidates {
		for c>>6 >= len(words) {
			words = append(words, 0)
		}
		words[c>>6] |= 1 << (c & 63)
	}
	return Set{words: words}
}

// Range is the set of the candidates from lo up to hi, without hi.
func Range(lo, hi int) Set {
	if hi <= lo {
		return Set{}
	}
	words := make([]uint64, (hi+63)>>6)
	for i := lo >> 6; i < len(words); i++ {
		words[i] = ^uint64(0)
	}
	words[lo>>6] &= ^uint64(0) << (lo & 63)
	words[len(words)-1] &= ^uint64(0) >> (-hi & 63)
	return Set{words: words}
}

// FromWords is the set of the candidates whose bits are set: candidate c is bit c%64 of words[c/64].
// The set keeps words, which must not change any more.
func FromWords(words []uint64) Set { return Set{words: trim(words)} }

// Has says whether the candidate is in the set.
func (s Set) Has(candidate int) bool {
	in := candidate>>6 < len(s.words) && s.words[candidate>>6]>>(candidate&63)&1 != 0
	return in != s.rest
}

// Complement is the set of the other candidates.
func (s Set) Complement() Set {
	s.rest = !s.rest
	return s
}

// Intersect is the set of the candidates in both sets.
func (s Set) Intersect(t Set) Set { return intersect(nil, s, t) }

// Union is the set of the candidates in one of the sets or both.
func (s Set) Union(t Set) Set { return union(nil, s, t) }

// Minus is the set of the candidates in s and not in t.
func (s Set) Minus(t Set) Set { return intersect(nil, s, t.Complement()) }

// Equal says whether the sets are written the same: they have the same candidates, however many there are.
func (s Set) Equal(t Set) bool {
	if s.rest != t.rest || s.absent != t.absent || len(s.words) != len(t.words) {
		return false
	}
	for i := len(s.words) - 1; i >= 0; i-- { // ranges differ at their end
		if s.words[i] != t.words[i] {
			return false
		}
	}
	return true
}

// IsEmpty says whether none of n candidates is in the set.
func (s Set) IsEmpty(n int) bool { return s.next(0, n) < 0 }

// IsFull says whether all of n candidates are in the set.
func (s Set) IsFull(n int) bool { return s.Complement().next(0, n) < 0 }

// SubsetOf says whether all of n candidates that are in s are in t too.
func (s Set) SubsetOf(t Set, n int) bool { return subset(s, t, n) }

// Disjoint says whether none of n candidates is in both sets.
func (s Set) Disjoint(t Set, n int) bool { return subset(s, t.not(), n) }

// First gives the first of n candidates that is in the set, and false if there is none.
func (s Set) First(n int) (candidate int, ok bool) {
	c := s.next(0, n)
	return c, c >= 0
}

// Count gives how many of n candidates are in the set.
func (s Set) Count(n int) int {
	count := 0
	for i := range s.words {
		count += bits.OnesCount64(s.words[i])
	}
	if s.rest {
		return n - count
	}
	return count
}

// Members yields those of n candidates that are in the set, in order.
func (s Set) Members(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for c := s.next(0, n); c >= 0; c = s.next(c+1, n) {
			if !yield(c) {
				return
			}
		}
	}
}

// next gives the first candidate in the set from the given one on and below n, or -1.
func (s Set) next(from, n int) int {
	flip := s.flip()
	for i := from >> 6; i < len(s.words); i++ {
		w := s.words[i] ^ flip
		if i == from>>6 {
			w &= ^uint64(0) << (from & 63)
		}
		if w != 0 {
			from = i<<6 + bits.TrailingZeros64(w)
			if from < n {
				return from
			}
			return -1
		}
	}
	from = max(from, len(s.words)<<6)
	if s.rest && from < n {
		return from
	}
	return -1
}

// word gives the members from 64*i on, as bits.
func (s Set) word(i int) uint64 {
	w := s.flip()
	if i < len(s.words) {
		w ^= s.words[i]
	}
	return w
}

// flip is what turns a stored word into the members it stands for, by exclusive or.
func (s Set) flip() uint64 {
	if s.rest {
		return ^uint64(0)
	}
	return 0
}

// not is the opposite term: the other candidates, and absence if s has it not.
func (s Set) not() Set {
	s.rest, s.absent = !s.rest, !s.absent
	return s
}

// orAbsent is the term that the package, if it is selected, is in the set.
func (s Set) orAbsent() Set {
	s.absent = true
	return s
}

// none says whether the term leaves no possibility to a package of n candidates.
func (s Set) none(n int) bool { return !s.absent && s.next(0, n) < 0 }

// any says whether the term leaves every possibility to a package of n candidates.
func (s Set) any(n int) bool { return s.not().none(n) }

func subset(s, t Set, n int) bool {
	if s.absent && !t.absent {
		return false
	}
	sf, tf := s.flip(), t.flip()
	common := min(len(s.words), len(t.words))
	for i := range common {
		if w := (s.words[i] ^ sf) &^ (t.words[i] ^ tf); w != 0 && i<<6+bits.TrailingZeros64(w) < n {
			return false
		}
	}
	for i := common; i < len(s.words); i++ {
		if w := (s.words[i] ^ sf) &^ tf; w != 0 && i<<6+bits.TrailingZeros64(w) < n {
			return false
		}
	}
	for i := common; i < len(t.words); i++ {
		if w := sf &^ (t.words[i] ^ tf); w != 0 && i<<6+bits.TrailingZeros64(w) < n {
			return false
		}
	}
	return !s.rest || t.rest || max(len(s.words), len(t.words))<<6 >= n
}

func disjoint(s, t Set, n int) bool { return subset(s, t.not(), n) }

func union(a *arena, s, t Set) Set { return intersect(a, s.not(), t.not()).not() }

// intersect takes the words of the result from the arena.
func intersect(a *arena, s, t Set) Set {
	rest, absent := s.rest && t.rest, s.absent && t.absent
	var size int
	switch {
	case rest:
		size = max(len(s.words), len(t.words))
	case s.rest:
		size = len(t.words)
	case t.rest:
		size = len(s.words)
	default:
		size = min(len(s.words), len(t.words))
	}
	if size == 0 {
		return Set{rest: rest, absent: absent}
	}
	words := a.alloc(size)
	sf, tf := s.flip(), t.flip()
	for i := range words {
		sw, tw := sf, tf
		if i < len(s.words) {
			sw ^= s.words[i]
		}
		if i < len(t.words) {
			tw ^= t.words[i]
		}
		words[i] = sw & tw
		if rest {
			words[i] = ^words[i]
		}
	}
	short := trim(words)
	a.giveBack(len(words) - len(short))
	return Set{words: short, rest: rest, absent: absent}
}

func trim(words []uint64) []uint64 {
	for len(words) > 0 && words[len(words)-1] == 0 {
		words = words[:len(words)-1]
	}
	return words
}
