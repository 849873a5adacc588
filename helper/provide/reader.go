package provide

import (
	"errors"
	"maps"
	"sync"

	"mach/helper/release"
)

// How many pages and files of a live index that nobody has read before one try, and all together, may read.
const (
	maxReads    = 150
	maxAllReads = 300
)

var errTooMuch = errors.New("too much to try")

// reader is a database of which only so much may be read. What was read once may be read again.
type reader struct {
	release.Database
	mu        sync.Mutex
	seen      map[reading]bool
	left, all int // of this try, of all
	over      bool
}

// reading is a page, or a file of its project.
type reading struct {
	project        string
	release, wheel int
}

// page is the release of a reading that is a page, and build the wheel of one of what an sdist is built with.
const (
	page  = -1
	build = -2
)

func newReader(db release.Database) *reader {
	return &reader{Database: db, seen: map[reading]bool{}, all: maxAllReads}
}

// data is what a try knows: all that is known, and what it reads itself.
func (r *reader) data(of *data) *data {
	r.mu.Lock()
	r.left, r.over = min(maxReads, r.all), false
	r.mu.Unlock()
	with := newData(r, true, of.hashes)
	of.mu.Lock()
	defer of.mu.Unlock()
	for name, k := range of.known {
		select {
		case <-k.done:
			with.known[name] = k.through(name, r)
		default: // it is being read for nothing
		}
	}
	return with
}

// through is a project that has been read, of which only so much more may be read.
func (k *known) through(name string, r *reader) *known {
	k.mu.Lock()
	defer k.mu.Unlock()
	own := &known{done: k.done, err: k.err, versions: k.versions, valid: k.valid, needs: maps.Clone(k.needs)}
	if k.Project != nil {
		own.Project = readProject{k.Project, name, r}
	}
	if k.tags != nil {
		own.tags = &tagged{k.tags.through(ofTags(name), r), k.tags.at, k.tags.repository}
	}
	return own
}

// take is an error if no more may be read.
func (r *reader) take(what reading) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen[what] {
		return nil
	}
	if r.left == 0 {
		r.over = true
		return errTooMuch
	}
	r.seen[what] = true
	r.left--
	r.all--
	return nil
}

// end ends a try and says whether it wanted to read more than it may. What it still guesses is not read.
func (r *reader) end() (over bool) {
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = 0
	return r.over
}

// Project implements release.Database.
func (r *reader) Project(name string) (release.Project, error) {
	if err := r.take(reading{name, page, 0}); err != nil {
		return nil, err
	}
	p, err := r.Database.Project(name)
	if err != nil {
		return nil, err
	}
	return readProject{p, name, r}, nil
}

// readProject is a project of which only so much may be read.
type readProject struct {
	release.Project
	name   string
	reader *reader
}

// ofTags names, among what is read, the releases of a project that are tags.
func ofTags(name string) string { return name + " tags" }

// IsDirect implements release.Direct.
func (p readProject) IsDirect() bool {
	d, ok := p.Project.(release.Direct)
	return ok && d.IsDirect()
}

// Tags implements release.Tagged.
func (p readProject) Tags() *release.Tags {
	t, ok := p.Project.(release.Tagged)
	if !ok {
		return nil
	}
	of := t.Tags()
	if of == nil {
		return nil
	}
	return &release.Tags{Project: readProject{of.Project, ofTags(p.name), p.reader}, At: of.At, Repository: of.Repository}
}

// Metadata implements release.Project.
func (p readProject) Metadata(i, wheel int) (*release.Metadata, error) {
	if err := p.reader.take(reading{p.name, i, wheel}); err != nil {
		return nil, err
	}
	return p.Project.Metadata(i, wheel)
}

// BuildSystem implements release.Project.
func (p readProject) BuildSystem(i int) (*release.BuildSystem, error) {
	if err := p.reader.take(reading{p.name, i, build}); err != nil {
		return nil, err
	}
	return p.Project.BuildSystem(i)
}
