package pydb

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"math/bits"
	"slices"
	"strings"
)

// Names yields the names of all projects, sorted. An error is the last thing
// yielded.
func (db *DB) Names() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for p, err := range db.shards(db.names) {
			if err == nil {
				var more bool
				if more, err = db.namesIn(p, yield); err == nil && !more {
					return
				}
			}
			if err != nil {
				yield("", err)
				return
			}
		}
	}
}

// namesIn yields the names in one shard. It says whether more are wanted.
func (db *DB) namesIn(p pointer, yield func(string, error) bool) (bool, error) {
	t, err := db.read(p, headNames)
	if err != nil {
		return false, err
	}
	for {
		name, err := t.line()
		if errors.Is(err, io.EOF) {
			return true, nil
		} else if err != nil {
			return false, db.corrupt(p.offset, err)
		}
		if !yield(name, nil) {
			return false, nil
		}
	}
}

// shards yields the pointers of a tree to its shards, sorted by name. An error is
// the last thing yielded.
func (db *DB) shards(t tree) iter.Seq2[pointer, error] {
	return func(yield func(pointer, error) bool) {
		db.walk(t.top, db.root, t.depth, yield)
	}
}

// walk yields what a node, of the stream at offset, leads to. It says whether more is
// wanted.
func (db *DB) walk(n node, offset int64, depth int, yield func(pointer, error) bool) bool {
	for line := range strings.Lines(string(n)) {
		_, at, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		p, err := parsePointer(at)
		if err != nil {
			yield(p, db.corrupt(offset, err))
			return false
		}
		if depth == 0 {
			if !yield(p, nil) {
				return false
			}
			continue
		}
		below, err := db.node(p)
		if err != nil {
			yield(p, err)
			return false
		}
		if !db.walk(below, p.offset, depth-1, yield) {
			return false
		}
	}
	return true
}

// Near gives at most limit names that could have been meant by name, the nearest
// first: those that few insertions, deletions, replacements or swaps of letters
// lead to. It reads all names of the database.
func (db *DB) Near(name string, limit int) ([]string, error) {
	type candidate struct {
		name     string
		distance int
	}
	var near []candidate
	most := 1 + len(name)/6
	letters := lettersOf(name)
	var d distance
	for other, err := range db.Names() {
		if err != nil {
			return nil, err
		}
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
	names := make([]string, 0, limit)
	for _, c := range near[:min(limit, len(near))] {
		names = append(names, c.name)
	}
	return names, nil
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
