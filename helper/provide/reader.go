package provide

import (
	"errors"
	"maps"
	"sync"

	"mach/helper/release"
)

// maxReads is how many pages and files of a live index all tries together may read that nobody has read before.
const maxReads = 60

var errTooMuch = errors.New("too much to try")

// reader is a database of which only so much may be read.
type reader struct {
	release.Database
	mu   sync.Mutex
	left int
	over bool
}

// data is what tries know: all that is known, and what they read themselves.
func (r *reader) data(of *data) *data {
	with := newData(r, true)
	of.mu.Lock()
	defer of.mu.Unlock()
	for name, k := range of.known {
		select {
		case <-k.done:
			with.known[name] = k.through(r)
		default: // it is being read for nothing
		}
	}
	return with
}

// through is a project that has been read, of which only so much more may be read.
func (k *known) through(r *reader) *known {
	k.mu.Lock()
	defer k.mu.Unlock()
	own := &known{done: k.done, err: k.err, versions: k.versions, valid: k.valid, needs: maps.Clone(k.needs)}
	if k.Project != nil {
		own.Project = readProject{k.Project, r}
	}
	return own
}

// take says whether one more may be read.
func (r *reader) take() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left--
	r.over = r.over || r.left < 0
	return !r.over
}

// spent says whether more was wanted than may be read.
func (r *reader) spent() bool {
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.over
}

// Project implements release.Database.
func (r *reader) Project(name string) (release.Project, error) {
	if !r.take() {
		return nil, errTooMuch
	}
	p, err := r.Database.Project(name)
	if err != nil {
		return nil, err
	}
	return readProject{p, r}, nil
}

// readProject is a project of which only so much may be read.
type readProject struct {
	release.Project
	reader *reader
}

// Metadata implements release.Project.
func (p readProject) Metadata(i, wheel int) (*release.Metadata, error) {
	if !p.reader.take() {
		return nil, errTooMuch
	}
	return p.Project.Metadata(i, wheel)
}

// BuildSystem implements release.Project.
func (p readProject) BuildSystem(i int) (*release.BuildSystem, error) {
	if !p.reader.take() {
		return nil, errTooMuch
	}
	return p.Project.BuildSystem(i)
}
