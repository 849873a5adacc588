package pep440

import (
	"cmp"
	"strings"
)

// preKind orders what may follow a release. A release with nothing but dev comes before its
// pre-releases, one with a post release after the final one (the post release itself is kept apart).
type preKind uint8

const (
	devOnly preKind = iota
	alpha
	beta
	candidate
	final
)

// parts is a version taken apart: what the parser yields, and the form of those versions
// that do not fit the packed one.
type parts struct {
	epoch   number
	release []number
	suffix
}

// suffix is what follows the release.
type suffix struct {
	pre     preKind // devOnly and final have no preN
	hasPost bool
	hasDev  bool
	preN    number
	post    number
	dev     number
	local   string // normal form
}

// compare orders p and q; the local versions only count if local is set.
func (p *parts) compare(q *parts, local bool) int {
	if c := p.epoch.compare(q.epoch); c != 0 {
		return c
	}
	if c := compareReleases(p.release, q.release, max(len(p.release), len(q.release))); c != 0 {
		return c
	}
	if c := p.compareSuffix(&q.suffix); c != 0 || !local {
		return c
	}
	return compareLocals(p.local, q.local)
}

// compareReleases compares the first n numbers; missing ones are zero.
func compareReleases(a, b []number, n int) int {
	for i := range n {
		var x, y number
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if c := x.compare(y); c != 0 {
			return c
		}
	}
	return 0
}

func (p *suffix) compareSuffix(q *suffix) int {
	return cmp.Or(
		cmp.Compare(p.pre, q.pre), p.preN.compare(q.preN),
		compareBool(p.hasPost, q.hasPost), p.post.compare(q.post),
		compareBool(!p.hasDev, !q.hasDev), p.dev.compare(q.dev),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// compareLocals compares local versions part by part: a version without one comes first, words
// come before numbers.
func compareLocals(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, ".")
		y, b, _ = strings.Cut(b, ".")
		xn, yn := isDigit(x[0]) && allDigits(x), isDigit(y[0]) && allDigits(y)
		c := compareBool(xn, yn)
		if c == 0 && xn {
			c = cmp.Compare(len(x), len(y))
		}
		if c = cmp.Or(c, cmp.Compare(x, y)); c != 0 {
			return c
		}
	}
	return compareBool(a != "", b != "")
}

func (p *parts) append(b []byte) []byte {
	b = p.appendBase(b)
	switch p.pre {
	case alpha:
		b = p.preN.append(append(b, 'a'))
	case beta:
		b = p.preN.append(append(b, 'b'))
	case candidate:
		b = p.preN.append(append(b, "rc"...))
	}
	if p.hasPost {
		b = p.post.append(append(b, ".post"...))
	}
	if p.hasDev {
		b = p.dev.append(append(b, ".dev"...))
	}
	return b
}

func (p *parts) appendBase(b []byte) []byte {
	if p.epoch != (number{}) {
		b = append(p.epoch.append(b), '!')
	}
	for i, n := range p.release {
		if i > 0 {
			b = append(b, '.')
		}
		b = n.append(b)
	}
	return b
}
