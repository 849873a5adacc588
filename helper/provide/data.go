package provide

import (
	"errors"
	"fmt"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/pydb"
)

// Database is where releases are looked up; *pydb.DB is one. It is used by several goroutines at once.
type Database interface {
	// Project returns a project by its normalised name, or an error that is pydb.ErrNotFound.
	Project(name string) (*pydb.Project, error)
	// Near returns names like name, the likeliest first.
	Near(name string, limit int) ([]string, error)
}

// readers is how many projects are read ahead at once: decoding is all that it costs, so more than the cores of a
// small machine gains nothing and costs memory.
const readers = 2

// data holds what has been read of the database, for all rounds and all sets of one resolution.
type data struct {
	db       Database
	slots    chan struct{}
	entries  map[string]*entry
	releases map[*pydb.Release]*release
}

// entry is a project that is being read or has been read.
type entry struct {
	done    chan struct{}
	project *pydb.Project // nil: not in the database
	err     error
}

func newData(db Database) *data {
	return &data{db: db, slots: make(chan struct{}, readers), entries: map[string]*entry{}, releases: map[*pydb.Release]*release{}}
}

// prefetch begins to read a project that will be asked for soon.
func (d *data) prefetch(name string) *entry {
	if e, ok := d.entries[name]; ok {
		return e
	}
	e := &entry{done: make(chan struct{})}
	d.entries[name] = e
	go func() {
		d.slots <- struct{}{}
		defer func() { <-d.slots; close(e.done) }()
		e.project, e.err = d.db.Project(name)
		if errors.Is(e.err, pydb.ErrNotFound) {
			e.project, e.err = nil, nil
		} else if e.err == nil && len(e.project.Versions) > 0 {
			_, e.err = e.project.Release(0)
		}
	}()
	return e
}

// project returns a project, nil if the database has none of that name.
func (d *data) project(name string) (*pydb.Project, error) {
	e := d.prefetch(name)
	<-e.done
	return e.project, e.err
}

// release is what the solver needs of a release's metadata, parsed.
type release struct {
	*pydb.Release
	requires       []pep508.Requirement
	sdistRequires  *[]pep508.Requirement // the sdist's own, where they are others
	requiresPython pep440.Specifiers
	broken         string // why its metadata cannot be used, to follow its name; "" if it can
}

// release parses the i-th release of a project, once.
func (d *data) release(p *pydb.Project, i int) (*release, error) {
	raw, err := p.Release(i)
	if err != nil {
		return nil, err
	}
	if r, ok := d.releases[raw]; ok {
		return r, nil
	}
	r := &release{Release: raw}
	d.releases[raw] = r
	if raw.RequiresPython != "" {
		if r.requiresPython, err = pep440.ParseSpecifiersLenient(raw.RequiresPython); err != nil {
			r.broken = fmt.Sprintf("has a Requires-Python that cannot be read: %v", err)
		}
	}
	if r.requires, err = parseRequires(raw.RequiresDist); err != nil {
		r.broken = fmt.Sprintf("has a Requires-Dist that cannot be read: %v", err)
	}
	if raw.SdistRequiresDist != nil {
		own, err := parseRequires(*raw.SdistRequiresDist)
		if err != nil {
			r.broken = fmt.Sprintf("has an sdist whose Requires-Dist cannot be read: %v", err)
		}
		r.sdistRequires = &own
	}
	return r, nil
}

func parseRequires(lines []string) ([]pep508.Requirement, error) {
	reqs := make([]pep508.Requirement, len(lines))
	for i, line := range lines {
		req, err := pep508.ParseLenient(line)
		if err != nil {
			return nil, err
		}
		reqs[i] = req
	}
	return reqs, nil
}
