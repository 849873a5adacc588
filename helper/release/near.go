package release

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// Near gives at most limit of some names that could have been meant by name, the nearest first: those that few
// insertions, deletions, replacements or swaps of letters lead to.
func Near(name string, limit int, names iter.Seq[string]) []string {
	type candidate struct {
		name     string
		distance int
	}
	var near []candidate
	most := 1 + len(name)/6
	letters := lettersOf(name)
	var d distance
	for other := range names {
		if bits.OnesCount64(letters&^lettersOf(other)) > most {
			continue // so many letters are missing
		}
		if n := d.between(name, other, most); n <= most {
			near = append(near, candidate{other, n})
		}
	}
	slices.SortFunc(near, func(a, b candidate) int {
		return cmp.Or(a.distance-b.distance, strings.Compare(a.name, b.name))
	})
	near = slices.Compact(near)
	found := make([]string, 0, limit)
	for _, c := range near[:min(limit, len(near))] {
		found = append(found, c.name)
	}
	return found
}

// lettersOf has a bit for each letter in name.
func lettersOf(name string) (letters uint64) {
	for i := range len(name) {
		letters |= 1 << (name[i] & 63)
	}
	return letters
}

// distance computes edit distances; it keeps the rows of the table.
type distance struct {
	before, last, row []int
}

// between gives the number of insertions, deletions, replacements and swaps of
// neighbours that turn a into b, or more than most if it is more than most.
func (d *distance) between(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	d.start(len(b))
	for i := range len(a) {
		least := i + 1
		d.row[0] = i + 1
		for j := range len(b) {
			n := min(d.last[j+1], d.row[j]) + 1
			if a[i] == b[j] {
				n = min(n, d.last[j])
			} else {
				n = min(n, d.last[j]+1)
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				n = min(n, d.before[j-1]+1)
			}
			d.row[j+1] = n
			least = min(least, n)
		}
		if least > most+1 {
			return most + 1
		}
		d.before, d.last, d.row = d.last, d.row, d.before
	}
	return d.last[len(b)]
}

// start makes rows for a text of n bytes, the last of them that of no text at all.
func (d *distance) start(n int) {
	for len(d.row) <= n {
		d.before, d.last, d.row = append(d.before, 0), append(d.last, 0), append(d.row, 0)
	}
	for j := range n + 1 {
		d.last[j] = j
	}
}
