package pydb

import (
	"errors"
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
	files []tree // where their files are
	names []tree // the first has all names, the others what has changed since

	mu    sync.Mutex
	nodes map[int64]node // those read so far, by offset
	pages []lastPage     // of each of files
	whole lastShard
}

// lastShard is the shard that was decoded to its end last: an update reads neighbours
// one after the other.
type lastShard struct {
	text *text
	at   int64
}

// lastPage is the page that was read last.
type lastPage struct {
	page *page
	at   int64
}

// Info is what the root says of the database.
type Info struct {
	Date      string // day of the data, 2026-11-22, or ""
	Serial    int64  // of the index, 0 if it has none
	Projects  int
	Releases  int
	Files     int
	Updates   int    // since it was built or compacted
	Locations bool   // files have a Location
	Root      string // SHA-256 of the root in hex: it pins the whole database
}

// ErrNotFile is a database that is a directory, a pipe or the like.
var ErrNotFile = errors.New("not a regular file")

// Open opens the database at path. It reads only the root, at the end of the
// file. Damage is a *CorruptError.
func Open(path string) (*DB, error) {
	stat, err := os.Stat(path) // opening a pipe would wait for who writes to it
	if err != nil {
		return nil, err
	}
	if !stat.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", path, ErrNotFile)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	stat, err = f.Stat()
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
		found, err := db.search(t, name)
		switch {
		case err != nil:
			return nil, err
		case found.line == "" || t.kind == kindExact && found.key != name:
			continue
		case found.line == gone:
			return nil, notFound(name)
		}
		project, err := db.readProject(found, name, t.files)
		if err != nil || project != nil {
			return project, err
		}
	}
	return nil, notFound(name)
}

func notFound(name string) error {
	return fmt.Errorf("project %q: %w in the database", name, release.ErrNotFound)
}

// gone stands in the place of the pointer to a project that an update removed.
const gone = "-"

// found is a line of a tree.
type found struct {
	key    string
	line   string // after the key; "" if nothing was found
	offset int64  // of the stream that the line is in
}

// pointer is the line as a pointer.
func (f found) pointer(db *DB) (pointer, error) {
	p, err := parsePointer(f.line)
	return p, db.corrupt(f.offset, err)
}

// search goes down a tree to the line with the last key that is not after key.
func (db *DB) search(t tree, key string) (f found, err error) {
	n, offset := t.top, db.root
	for depth := t.depth; ; depth-- {
		f.key, f.line = n.find(key)
		f.offset = offset
		if f.line == "" || depth == 0 {
			return f, nil
		}
		p, err := f.pointer(db)
		if err != nil {
			return f, err
		}
		if n, err = db.node(p); err != nil {
			return f, err
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

// Size is how many bytes the file has.
func (db *DB) Size() int64 { return db.size }
