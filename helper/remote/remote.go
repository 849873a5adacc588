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
	place Place
	size  int64
}

// tailSize is what is asked for at first, of the end of the file.
const tailSize = 256 << 10

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
		if errors.As(err, &other) && tail.URL == "" && !anew && f.place.Size == 0 {
			continue // what the cache has of the file's end is older than the pin
		}
		return db, err
	}
}

// Place is where it lies, with the hash and the size that pin it: who opens that gets just this database.
func (db *Database) Place() Place {
	return Place{URL: db.place.URL, Root: db.Info().Root, Size: db.size}
}

// readTail is the end of the file, or of what it was when its root was the one that is wanted.
func (f *file) readTail(anew bool) (*index.Part, error) {
	if f.place.Root != "" {
		if p := f.Transport.KeptTail(f.place.Root); p != nil {
			return p, nil
		}
	}
	var p *index.Part
	var err error
	want := f.place.Size
	if want > 0 {
		p, err = f.client.Part(f.Context, f.place.URL, max(0, want-tailSize), want)
	} else {
		p, err = f.client.Tail(f.Context, f.place.URL, tailSize, anew)
	}
	switch {
	case err != nil:
		return nil, err
	case want == 0 && p.End() != p.Size:
		return nil, fmt.Errorf("the server was asked for the end of the file, and sends bytes %d to %d of %d", p.Start, p.End(), p.Size)
	case want == 0:
	case p.End() < want:
		return nil, &otherError{pinned: f.place.Root}
	default:
		p.Data = p.Data[:want-p.Start]
	}
	return p, nil
}

// parse opens the database, once its end is there, and checks that it is the right one.
func (f *file) parse() (*Database, error) {
	db, err := pydb.New(f, f.size)
	var damaged *pydb.CorruptError
	if errors.As(err, &damaged) && f.place.Root != "" {
		return nil, &otherError{pinned: f.place.Root}
	}
	if err != nil {
		return nil, err
	}
	info := db.Info()
	if f.place.Root != "" && info.Root != f.place.Root {
		return nil, &otherError{f.place.Root, info.Root, info.Date}
	}
	if f.place.Root != "" {
		f.keepTail()
	}
	return &Database{db, f.place, f.size}, nil
}
