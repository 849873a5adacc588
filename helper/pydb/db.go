package pydb

import (
	"fmt"
	"io"
	"os"
	"sync"

	"mach/helper/release"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	path  string
	file  io.ReaderAt
	close func() error
	size  int64
	root  int64 // offset
	info  Info
	trees []tree // where projects are, in the order in which to ask
	names tree

	mu     sync.Mutex
	nodes  map[int64]node // those read so far, by offset
	page   *page          // the one read last
	pageAt int64
}

// Info is what the root says of the database.
type Info struct {
	Date      string // day of the data, 2026-11-22, or ""
	Serial    int64  // of the index, 0 if it has none
	Projects  int
	Releases  int
	Files     int
	Locations bool   // files have a Location
	Root      string // SHA-256 of the root in hex: it pins the whole database
}

// Open opens the database at path. It reads only the root, at the end of the
// file. Damage is a *CorruptError.
func Open(path string) (*DB, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	stat, err := f.Stat()
	if err == nil && !stat.Mode().IsRegular() {
		err = fmt.Errorf("%s: not a regular file", path)
	}
	var db *DB
	if err == nil {
		db, err = open(path, f, stat.Size())
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	db.close = f.Close
	return db, nil
}

// New opens a database of size bytes that r gives. Closing it does not close r.
func New(r io.ReaderAt, size int64) (*DB, error) {
	return open("", r, size)
}

// Close closes the file. What was read before stays valid.
func (db *DB) Close() error {
	if db.close == nil {
		return nil
	}
	return db.close()
}

// Info gives what the root says of the database.
func (db *DB) Info() Info { return db.info }

// Project gives the project with the given normalised name. The error for a name
// that is not in the database wraps release.ErrNotFound.
func (db *DB) Project(name string) (*Project, error) {
	for _, t := range db.trees {
		first, p, ok, err := db.search(t, name)
		if err != nil {
			return nil, err
		}
		if !ok || t.kind == kindAlone && first != name {
			continue
		}
		project, err := db.readProject(p, name)
		if err != nil || project != nil {
			return project, err
		}
	}
	return nil, fmt.Errorf("project %q: %w in the database", name, release.ErrNotFound)
}

// search goes down a tree to the shard that has name, if one has.
func (db *DB) search(t tree, name string) (first string, p pointer, ok bool, err error) {
	n, offset := t.top, db.root
	for depth := t.depth; ; depth-- {
		var at string
		if first, at, ok = n.find(name); !ok {
			return "", p, false, nil
		}
		if p, err = parsePointer(at); err != nil {
			return "", p, false, db.corrupt(offset, err)
		}
		if depth == 0 {
			return first, p, true, nil
		}
		if n, err = db.node(p); err != nil {
			return "", p, false, err
		}
		offset = p.offset
	}
}

// node reads the index shard at p, once.
func (db *DB) node(p pointer) (node, error) {
	db.mu.Lock()
	n, ok := db.nodes[p.offset]
	db.mu.Unlock()
	if ok {
		return n, nil
	}
	t, err := db.read(p, headIndex)
	if err != nil {
		return "", err
	}
	s, err := t.rest()
	if err != nil {
		return "", db.corrupt(p.offset, err)
	}
	db.mu.Lock()
	db.nodes[p.offset] = node(s)
	db.mu.Unlock()
	return node(s), nil
}

// read reads the stream at p and checks it against p's hash. Its text must begin
// with the line head, which is skipped.
func (db *DB) read(p pointer, head string) (*text, error) {
	data, err := db.block(p)
	if err != nil {
		return nil, err
	}
	t, err := openText(data)
	if err == nil {
		err = t.skip(head)
	}
	if err != nil {
		return nil, db.corrupt(p.offset, err)
	}
	return t, nil
}
