// Package worlds knows the environments in which a setup file may run, and writes sets of them as PEP 508 markers.
//
// An environment is a point in four dimensions: the version of Python (2.6 to 3.19 and 4.0, with 24 patch releases
// each), the platform, the implementation and the machine. Each of the last three has a point "other" for all that is
// not listed. A Box is a set of points for each dimension, and stands for all their combinations.
package worlds

import "math/bits"

// Dim is a dimension.
type Dim int

// The dimensions.
const (
	Python Dim = iota
	Platform
	Implementation
	Machine
	Dims // how many there are
)

// Set is a set of points of one dimension.
type Set []uint64

const wordBits = 64

func newSet(d Dim) Set { return make(Set, (Size(d)+wordBits-1)/wordBits) }

// Where is the set of the points for which f is true.
func Where(d Dim, f func(point int) bool) Set {
	s := newSet(d)
	for p := range Size(d) {
		if f(p) {
			s[p/wordBits] |= 1 << (p % wordBits)
		}
	}
	return s
}

// All is the set of all points.
func All(d Dim) Set { return Where(d, func(int) bool { return true }) }

// Has says whether a point is in s.
func (s Set) Has(point int) bool { return s[point/wordBits]&(1<<(point%wordBits)) != 0 }

// And is what s and t have in common.
func (s Set) And(t Set) Set {
	u := make(Set, len(s))
	for i := range s {
		u[i] = s[i] & t[i]
	}
	return u
}

// Without is what is in s and not in t.
func (s Set) Without(t Set) Set {
	u := make(Set, len(s))
	for i := range s {
		u[i] = s[i] &^ t[i]
	}
	return u
}

// Empty says whether s has no point.
func (s Set) Empty() bool { return s.size() == 0 }

func (s Set) size() (n int) {
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// Box is a set of points for each dimension, and all their combinations.
type Box [Dims]Set

// Everywhere is the box of all environments.
func Everywhere() (b Box) {
	for d := range Dims {
		b[d] = All(d)
	}
	return b
}

// Meets says whether there is an environment in both.
func (b Box) Meets(c Box) bool {
	for d := range Dims {
		if b[d].And(c[d]).Empty() {
			return false
		}
	}
	return true
}

// with is b with another set in one dimension.
func (b Box) with(d Dim, s Set) Box {
	b[d] = s
	return b
}

func (b Box) within(c Box) bool {
	for d := range Dims {
		if !b[d].Without(c[d]).Empty() {
			return false
		}
	}
	return true
}
