package pep440

import (
	"cmp"
	"math"
	"strconv"
)

// A number is a count of any size: PEP 440 sets no limit, and releases named after a time in
// microseconds exceed 64 bits. The digits (without leading zeros) are kept only if n is too small.
type number struct {
	n      uint64
	digits string
}

func parseNumber(s string) number {
	for len(s) > 1 && s[0] == '0' {
		s = s[1:]
	}
	var n uint64
	for i := range len(s) {
		d := uint64(s[i] - '0')
		if n > (math.MaxUint64-d)/10 {
			return number{n: math.MaxUint64, digits: s}
		}
		n = n*10 + d
	}
	return number{n: n}
}

func (a number) compare(b number) int {
	if a.digits == "" && b.digits == "" {
		return cmp.Compare(a.n, b.n)
	}
	return cmp.Or(cmp.Compare(len(a.digits), len(b.digits)), cmp.Compare(a.digits, b.digits))
}

func (a number) append(b []byte) []byte {
	if a.digits != "" {
		return append(b, a.digits...)
	}
	return strconv.AppendUint(b, a.n, 10)
}
