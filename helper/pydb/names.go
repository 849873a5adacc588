package pydb

import (
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"mach/helper/release"
)

// Names yields the names of all projects, sorted. An error is the last thing
// yielded.
func (db *DB) Names() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		changed, err := db.changedNames()
		if err != nil {
			yield("", err)
			return
		}
		added := slices.Sorted(maps.Keys(changed))
		for name, err := range db.namesIn(db.names[:min(1, len(db.names))]) {
			for ; err == nil && len(added) > 0 && added[0] <= name; added = added[1:] {
				if added[0] < name && changed[added[0]] && !yield(added[0], nil) {
					return
				}
			}
			if is, ok := changed[name]; ok && !is {
				continue
			}
			if !yield(name, err) || err != nil {
				return
			}
		}
		for _, name := range added {
			if changed[name] && !yield(name, nil) {
				return
			}
		}
	}
}

// changedNames says of the names that updates are about whether they are there.
func (db *DB) changedNames() (map[string]bool, error) {
	changed := map[string]bool{}
	if len(db.names) < 2 {
		return changed, nil
	}
	for name, err := range db.namesIn(db.names[1:]) {
		if err != nil {
			return nil, err
		}
		removed, gone := strings.CutPrefix(name, "-")
		changed[removed] = !gone
	}
	return changed, nil
}

// namesIn yields the lines of names that trees lead to.
func (db *DB) namesIn(trees []tree) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, t := range trees {
			for f, err := range db.lines(t) {
				if err == nil {
					var more bool
					if more, err = db.namesAt(f, yield); err == nil && !more {
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
}

// namesAt yields the names in one shard. It says whether more are wanted.
func (db *DB) namesAt(f found, yield func(string, error) bool) (bool, error) {
	p, err := f.pointer(db)
	if err != nil {
		return false, err
	}
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

// lines yields the lines of a tree that lead to something other than the line before
// them, sorted by key. An error is the last thing yielded.
func (db *DB) lines(t tree) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		for n, err := range db.leaves(t) {
			if err != nil {
				yield(found{}, err)
				return
			}
			for line := range strings.Lines(string(n.node)) {
				key, at, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
				if ok && !yield(found{key, at, n.offset}, nil) {
					return
				}
			}
		}
	}
}

// leaf is a node that leads to what a tree is of.
type leaf struct {
	node
	offset int64 // of its stream
}

// leaves yields the leaves of a tree, in their order. An error is the last thing
// yielded.
func (db *DB) leaves(t tree) iter.Seq2[leaf, error] {
	return func(yield func(leaf, error) bool) {
		db.walk(leaf{t.top, db.root}, t.depth, yield)
	}
}

// walk yields the leaves below a node. It says whether more are wanted.
func (db *DB) walk(n leaf, depth int, yield func(leaf, error) bool) bool {
	if depth == 0 {
		return yield(n, nil)
	}
	for line := range strings.Lines(string(n.node)) {
		_, at, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		p, err := parsePointer(at)
		if err != nil {
			yield(leaf{}, db.corrupt(n.offset, err))
			return false
		}
		below, err := db.node(p)
		if err != nil {
			yield(leaf{}, err)
			return false
		}
		if !db.walk(leaf{below, p.offset}, depth-1, yield) {
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
