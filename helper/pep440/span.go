package pep440

import "sort"

// Span is the indexes From to To-1.
type Span struct{ From, To int }

// Has says whether i is in the span.
func (s Span) Has(i int) bool { return s.From <= i && i < s.To }

// Spans finds what satisfies the specifiers among n valid versions, sorted newest first, without looking at all of
// them: those of in that are in none of out. It is not ok if a clause is none about an order (===, legacy versions).
func (s Specifiers) Spans(n int, at func(i int) *Version) (in Span, out []Span, ok bool) {
	in = Span{0, n}
	for i := range s {
		c := &s[i]
		switch c.operator {
		case atLeast, above:
			in.To = min(in.To, sort.Search(n, func(i int) bool { return !c.contains(at(i)) }))
		case atMost, below:
			in.From = max(in.From, sort.Search(n, func(i int) bool { return c.contains(at(i)) }))
		case equal, exact, prefix, compatible:
			b := c.block(n, at, true)
			in = Span{max(in.From, b.From), min(in.To, b.To)}
		case notEqual, notExact, notPrefix:
			out = append(out, c.block(n, at, false))
		default:
			return in, nil, false
		}
	}
	return in, out, true
}

// block is the run of versions that all satisfy a clause, or all do not, unlike those before and after.
func (s *Specifier) block(n int, at func(i int) *Version, satisfy bool) Span {
	from := sort.Search(n, func(i int) bool {
		v := at(i)
		return s.contains(v) == satisfy || compare(v, &s.version, true) < 0
	})
	length := sort.Search(n-from, func(i int) bool { return s.contains(at(from+i)) != satisfy })
	return Span{from, from + length}
}
