package pydb

import (
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"mach/helper/release"
)

// Names yields the names of all projects, sorted. An error is the last thing
// yielded.
func (db *DB) Names() iter.Seq2[string, error] {
	return db.changedIn(db.namesIn(db.names[:min(1, len(db.names))]))
}

// changedIn yields sorted names as updates changed them.
func (db *DB) changedIn(names iter.Seq2[string, error]) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		changed, err := db.changedNames()
		if err != nil {
			yield("", err)
			return
		}
		added := slices.Sorted(maps.Keys(changed))
		for name, err := range names {
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
// first. Of a database that is read by Blocks, where all names would be megabytes, it
// reads only those that stand near it in the list: the same beginning, more or less.
func (db *DB) Near(name string, limit int) ([]string, error) {
	all := db.Names()
	if _, far := db.file.(Blocks); far {
		all = db.changedIn(db.namesAbout(name))
	}
	var failed error
	names := func(yield func(string) bool) {
		for other, err := range all {
			if failed = err; err != nil || !yield(other) {
				return
			}
		}
	}
	return release.Near(name, limit, names), failed
}

// aboutShards is how many shards of names are read to each side of a name: some 150 KB
// in all.
const aboutShards = 3

// namesAbout yields the names of the shard where name would be, and of those next to it.
func (db *DB) namesAbout(name string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var shards []found
		at := 0
		for _, t := range db.names[:min(1, len(db.names))] {
			for f, err := range db.lines(t) {
				if err != nil {
					yield("", err)
					return
				}
				if f.key <= name {
					at = len(shards)
				}
				shards = append(shards, f)
			}
		}
		shards = shards[max(0, at-aboutShards):min(len(shards), at+aboutShards+1)]
		db.ask(shards)
		for _, f := range shards {
			if more, err := db.namesAt(f, yield); err != nil {
				yield("", err)
				return
			} else if !more {
				return
			}
		}
	}
}

// ask asks for streams at once, so that a reader that keeps them has them. What fails
// fails again when it is read.
func (db *DB) ask(streams []found) {
	var all sync.WaitGroup
	for _, f := range streams {
		if p, err := f.pointer(db); err == nil {
			all.Go(func() { _, _ = db.block(p) })
		}
	}
	all.Wait()
}
