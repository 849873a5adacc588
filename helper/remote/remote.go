package remote

import (
	"context"
	"errors"
	"fmt"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pydb"
)

// Options say how a database is read.
type Options struct {
	Context      context.Context // ends all requests
	Transport    *index.Transport
	TrustedHosts []string // host or host:port that needs neither https nor a hash
	Anew         bool     // ask for the end of the file whatever is in the cache
}

// Database is an open database. It is safe for concurrent use.
type Database struct {
	*pydb.DB
	file *file
}

const (
	// tailSize is what is asked for at first, of the end of the file: the root, and the index of what is read most.
	tailSize = 256 << 10
	// rootSize is what is asked for if the cache has streams of databases: most probably of the index, too.
	rootSize = 32 << 10
	// chunkSize is what is asked for of the rest, if it does not have them; and chunkMore, lest a stream be cut.
	chunkSize = 64 << 10
	chunkMore = 8 << 10
)

// Open opens the database at a place. An error is an *Error.
func Open(p Place, o Options) (*Database, error) {
	if !p.isSafe(o.TrustedHosts) {
		e := diag.Usage("%s: nobody vouches for a database that comes over http", p)
		return nil, &Error{e.Hint("take it over https, or pin it with the root that `mach db stat` says the file has: --db %s#sha256=ROOT; a host that is to be trusted is named with --trusted-host", p)}
	}
	db, err := open(p, o)
	if err != nil {
		return nil, failed(p, err)
	}
	return db, nil
}

func open(p Place, o Options) (*Database, error) {
	ix, err := index.New(p.URL, "--db")
	if err != nil {
		return nil, err
	}
	f := newFile(p, o, o.Transport.Client(ix))
	for anew := o.Anew; ; anew = true {
		tail, err := f.readTail(anew)
		if err != nil {
			return nil, err
		}
		f.begin(tail)
		db, err := f.parse()
		var other *otherError
		var damaged *pydb.CorruptError
		switch {
		case errors.As(err, &damaged) && tail.URL == "" && !anew:
			continue // it was damaged on the server when the cache got it, perhaps
		case !errors.As(err, &other) || f.place.Size > 0 || other.found == "":
			return db, err
		case tail.URL == "" && !anew:
			continue // what the cache has of the file's end is older than the pin
		}
		if err := f.rewind(other); err != nil {
			return nil, err
		}
		return f.parse()
	}
}

// Place is where it lies, with the hash and the size that pin it: who opens that gets just this database.
func (db *Database) Place() Place {
	return Place{URL: db.file.place.URL, Root: db.Info().Root, Size: db.file.size}
}

// readTail is the end of the file, or of what it was when its root was the one that is wanted.
func (f *file) readTail(anew bool) (*index.Part, error) {
	if f.place.Root != "" {
		if p := f.Transport.KeptTail(f.place.Root); p != nil {
			return p, nil
		}
	}
	length := int64(tailSize)
	if f.Transport.HasBlocks() {
		length = rootSize
	}
	if f.place.Size > 0 {
		return f.readTailAt(f.place.Size, length)
	}
	p, err := f.client.Tail(f.Context, f.place.URL, length, anew)
	if err == nil && p.End() != p.Size {
		err = fmt.Errorf("the server was asked for the end of the file, and sends bytes %d to %d of %d", p.Start, p.End(), p.Size)
	}
	return p, err
}

// readTailAt is the end of what the file was when it had so many bytes.
func (f *file) readTailAt(size, length int64) (*index.Part, error) {
	p, err := f.client.Part(f.Context, f.place.URL, max(0, size-length), size)
	if err != nil {
		return nil, err
	}
	if p.End() < size || p.Start >= size {
		return nil, &otherError{pinned: f.place.Root}
	}
	p.Data = p.Data[:size-p.Start]
	return p, nil
}

// parse opens the database, once its end is there, and checks that it is the right one.
func (f *file) parse() (*Database, error) {
	db, err := pydb.New(f, f.size)
	var damaged *pydb.CorruptError
	if errors.As(err, &damaged) && f.place.Root != "" {
		return nil, &otherError{pinned: f.place.Root, err: err}
	}
	if err != nil {
		return nil, err
	}
	info := db.Info()
	if f.place.Root != "" && info.Root != f.place.Root {
		return nil, &otherError{pinned: f.place.Root, found: info.Root, date: info.Date}
	}
	if f.place.Root != "" {
		f.keepRoot()
	}
	return &Database{db, f}, nil
}
