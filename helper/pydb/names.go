package pydb

import (
	"errors"
	"io"
	"iter"
	"strings"

	"mach/helper/release"
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
// first. It reads all names of the database.
func (db *DB) Near(name string, limit int) ([]string, error) {
	var failed error
	names := func(yield func(string) bool) {
		for other, err := range db.Names() {
			if failed = err; err != nil || !yield(other) {
				return
			}
		}
	}
	return release.Near(name, limit, names), failed
}
