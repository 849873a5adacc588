package pep440

import (
	"slices"
	"strings"
)

// operator is what a clause does with its version.
type operator uint8

const (
	exact      operator = iota + 1 // == with a local version
	equal                          // == without one: any local version of it
	prefix                         // == with .*
	notExact                       // and the same for !=
	notEqual                       //
	notPrefix                      //
	compatible                     // ~=
	atLeast                        // >=
	atMost                         // <=
	below                          // <
	above                          // >
	identical                      // ===
	legacy                         // any but ~= and ===, with a text that is no version
)

// Specifier is one clause, as ParseSpecifiers makes it; a literal matches nothing.
type Specifier struct {
	Op   string // "==", "!=", "~=", "<=", ">=", "<", ">" or "==="
	Text string // what follows it, as written: "1.0", "1.*"

	operator   operator
	prerelease bool    // Text is a pre-release
	version    Version // Text without ".*"; for "<" the first version that is out; zero for "===" and what is no version
}

// Specifiers is a conjunction of clauses, in the order written. Empty, it contains every version.
type Specifiers []Specifier

// String gives the clause without space.
func (s Specifier) String() string { return s.Op + s.Text }

// String gives the normal form: clauses sorted as text, repeated ones once, joined by ",".
func (s Specifiers) String() string {
	switch len(s) {
	case 0:
		return ""
	case 1:
		return s[0].String()
	}
	sorted := slices.Clone(s)
	slices.SortFunc(sorted, func(a, b Specifier) int { return strings.Compare(a.String(), b.String()) })
	var b strings.Builder
	for i, c := range sorted {
		if slices.ContainsFunc(sorted[:i], c.same) {
			continue
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(c.Op)
		b.WriteString(c.Text)
	}
	return b.String()
}

// same says whether two clauses are spellings of one: ">=1" and ">=1.0".
func (s Specifier) same(t Specifier) bool {
	if s.operator != t.operator {
		return false
	}
	switch s.operator {
	case prefix, notPrefix, identical, legacy:
		return s.Op == t.Op && s.Text == t.Text
	case compatible:
		return s.version.Compare(t.version) == 0 && s.version.releaseLen() == t.version.releaseLen()
	}
	return s.version.Compare(t.version) == 0 && s.prerelease == t.prerelease
}

// Contains says whether v satisfies every clause. Pre-releases are versions like others here:
// whether they are wanted is for the caller to say (see MentionsPrerelease).
func (s Specifiers) Contains(v Version) bool {
	for i := range s {
		if !s[i].contains(&v) {
			return false
		}
	}
	return true
}

// Contains says whether v satisfies the clause, as Specifiers.Contains does.
func (s Specifier) Contains(v Version) bool { return s.contains(&v) }

func (s *Specifier) contains(v *Version) bool {
	switch s.operator {
	case atLeast:
		return compare(v, &s.version, true) >= 0
	case below:
		return compare(v, &s.version, true) < 0
	case atMost:
		return compare(v, &s.version, false) <= 0
	case above:
		return compare(v, &s.version, false) > 0 && !s.version.hasFollower(v)
	case equal:
		return compare(v, &s.version, false) == 0
	case notEqual:
		return compare(v, &s.version, false) != 0
	case prefix:
		return s.version.isPrefix(v, s.version.releaseLen())
	case notPrefix:
		return !s.version.isPrefix(v, s.version.releaseLen())
	case compatible:
		return compare(v, &s.version, true) >= 0 && s.version.isPrefix(v, s.version.releaseLen()-1)
	case exact:
		return compare(v, &s.version, true) == 0
	case notExact:
		return compare(v, &s.version, true) != 0
	case identical:
		return strings.EqualFold(v.String(), s.Text)
	case legacy:
		return s.containsLegacy(v)
	}
	return false
}

// MentionsPrerelease says whether a clause names a pre-release itself, which asks for
// pre-releases. "!=" asks for nothing.
func (s Specifiers) MentionsPrerelease() bool {
	return slices.ContainsFunc(s, func(c Specifier) bool { return c.prerelease && c.Op != "!=" })
}

// Pins says whether a clause names one release: "==" without ".*", or "===".
func (s Specifiers) Pins() bool {
	return slices.ContainsFunc(s, func(c Specifier) bool {
		return c.operator == exact || c.operator == equal || c.operator == identical
	})
}

// releaseLen counts the numbers of the release.
func (v *Version) releaseLen() int {
	if v.wide != nil {
		return len(v.wide.release)
	}
	return int(v.lo & 7)
}

// isPrefix says whether w has the epoch and the first n numbers of v's release.
func (v *Version) isPrefix(w *Version, n int) bool {
	if v.wide != nil || w.wide != nil {
		var a, b [4]number
		p, q := v.parts(&a), w.parts(&b)
		return p.epoch == q.epoch && compareReleases(p.release, q.release, n) == 0
	}
	switch n {
	case 1:
		return v.hi>>firstShift == w.hi>>firstShift
	case 2:
		return v.hi>>secondShift == w.hi>>secondShift
	case 3:
		return v.hi == w.hi
	}
	return v.hi == w.hi && v.lo>>fourthShift == w.lo>>fourthShift
}

// hasFollower says whether w, which is later than v, is a post release of it: ">1.0" does not mean
// 1.0.post1. It is only asked of a v that is not itself a post or development release.
func (v *Version) hasFollower(w *Version) bool {
	if v.IsPostrelease() || v.IsDevrelease() || !w.IsPostrelease() {
		return false
	}
	var a, b [4]number
	p, q := v.parts(&a), w.parts(&b)
	return p.epoch == q.epoch && p.pre == q.pre && p.preN == q.preN &&
		compareReleases(p.release, q.release, max(len(p.release), len(q.release))) == 0
}

// earliestDev is v.dev0, or v if v is a pre-release: "<1.0" means no pre-release of 1.0.
func (v *Version) earliestDev() Version {
	switch {
	case v.IsPrerelease():
		return *v
	case v.wide != nil:
		w := *v.wide
		w.hasDev = true
		if !w.hasPost {
			w.pre = devOnly
		}
		return Version{wide: &w}
	case v.kind() == postKind:
		return Version{hi: v.hi, lo: v.lo &^ (3 << afterShift)} // afterDev
	}
	return Version{hi: v.hi, lo: v.lo &^ (7 << kindShift)} // devOnly
}
