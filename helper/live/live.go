// Package live is the releases of package indexes as they are now, and of the places that --find-links names.
//
// Which index: as uv has it, a project is that of the first index that has it, so that nobody can slip a newer release
// of an internal project into a public one (dependency confusion). Indexes are asked one after the other, and the names
// of internal projects reach no other. With Options.BestMatch all indexes are one, as for pip. Files of find-links are
// added to what the index has, and come first among files that are equal. A project may be pinned to one index (Pinned),
// or come by its name from some of them alone (index.Given).
//
// Which files: of a release one sdist, and of two wheels with the same tags and build the first. A file that is yanked
// (PEP 592) is left out if its release has others, and so is one that was uploaded after Options.ExcludeNewer; a
// release of which all files are yanked or too new keeps them, and says so. Of a file of an index whose time of upload
// is not known nobody can say that it is old, so that it is too new, as for uv; find-links are the user's own choice.
//
// What a file needs is found without building anything: of a wheel in its METADATA (PEP 658, or in the file). Of an
// sdist in the first of these that there is:
//
//  1. METADATA of a wheel of the same release, which is small, and of a sdist that may be large says the same but in odd
//     cases; if the sdist is chosen and states something else, that is a warning;
//  2. PKG-INFO, if it is of version 2.2 or later and does not have the dependencies as dynamic (PEP 643);
//  3. the [project] table of pyproject.toml, under the same condition (PEP 621);
//  4. requires.txt of the *.egg-info directory, as setuptools left it, with a doubt: setup.py can say another thing
//     elsewhere.
//
// Where there is none of them, only a build would tell, and the sdist cannot be used.
//
// Statuses of PEP 792: nothing of a quarantined project can be used; that a project is archived or deprecated is a
// warning.
package live

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"mach/helper/index"
	"mach/helper/release"
)

// Options say where releases come from. An index or a place of files is needed, or nothing is found.
type Options struct {
	Context      context.Context // of every request; a Database lives as long as one command
	Indexes      []*index.Client // the first has the highest priority
	Main         *index.Client   // of Indexes the one that the user has anyhow, below whose file host locations are; nil: the last
	FindLinks    []*index.Client
	BestMatch    bool             // take the best release of all indexes, and not only of the first that has the project
	ExcludeNewer string           // ignore what was uploaded after this day, 2026-01-31, or UTC time, 2026-01-31T12:00:00Z
	Names        iter.Seq[string] // for Near: projects that may have been meant; may be nil
}

// Database is the releases of some indexes. It asks for everything once. It implements release.Database.
type Database struct {
	Options
	cutoff int64 // what was uploaded in this second or before is not too new; 0: nothing is

	mu       sync.Mutex
	projects map[question]*lookup
	notes    notes
	statuses map[string]status
	begun    string // the project that was asked for last
}

// question is a project that is asked for, of one index alone if that is not nil.
type question struct {
	name string
	only *index.Client
}

// lookup is a project that is being read or has been read.
type lookup struct {
	once    sync.Once
	project *Project
	err     error
}

// New is the database of these options.
func New(o Options) (*Database, error) {
	db := &Database{Options: o, projects: map[question]*lookup{}, statuses: map[string]status{}}
	if o.ExcludeNewer == "" {
		return db, nil
	}
	if day, err := time.Parse(time.DateOnly, o.ExcludeNewer); err == nil {
		db.cutoff = day.AddDate(0, 0, 1).Unix() - 1
		return db, nil
	}
	at, err := time.Parse(time.RFC3339, o.ExcludeNewer)
	if err != nil {
		return nil, fmt.Errorf("exclude newer than: %w", err)
	}
	db.cutoff = at.Unix()
	return db, nil
}

// Pinned is the database where some projects (normalised names) come from one index alone, beside find-links.
func (db *Database) Pinned(pins map[string]*index.Client) *Pinned { return &Pinned{db, pins} }

// Pinned is a view of a database. It implements release.Database.
type Pinned struct {
	*Database
	pins map[string]*index.Client
}

// Project implements release.Database.
func (p *Pinned) Project(name string) (release.Project, error) {
	return p.project(question{name, p.pins[name]})
}

// Asked are the indexes and the places of files that are asked for a project, without credentials: "A, B or C".
func (p *Pinned) Asked(name string) string { return p.asked(question{name, p.pins[name]}) }

// Asked is that of Pinned.
func (db *Database) Asked(name string) string { return db.asked(question{name: name}) }

func (db *Database) asked(q question) string {
	var all []string
	for _, c := range slices.Concat(db.FindLinks, db.indexes(q)) {
		all = append(all, c.Index().String())
	}
	if last := len(all) - 1; last > 0 {
		return strings.Join(all[:last], ", ") + " or " + all[last]
	}
	return strings.Join(all, "")
}

// Project implements release.Database.
func (db *Database) Project(name string) (release.Project, error) {
	return db.project(question{name: name})
}

func (db *Database) project(q question) (release.Project, error) {
	db.mu.Lock()
	l := db.projects[q]
	if l == nil {
		l = new(lookup)
		db.projects[q], db.begun = l, q.name
	}
	db.mu.Unlock()
	l.once.Do(func() { l.project, l.err = db.read(q) })
	if l.err != nil {
		return nil, l.err
	}
	return l.project, nil
}

// Progress says how much has been asked for.
type Progress struct {
	Projects int
	Name     string // of the last of them
}

// Progress says how much has been asked for so far.
func (db *Database) Progress() Progress {
	db.mu.Lock()
	defer db.mu.Unlock()
	return Progress{len(db.projects), db.begun}
}

// Near implements release.Database. An index has no list that could be asked for politely: the names are those that
// the caller knows of.
func (db *Database) Near(name string, limit int) ([]string, error) {
	if db.Names == nil {
		return nil, nil
	}
	others := func(yield func(string) bool) {
		for other := range db.Names {
			if other != name && !yield(other) {
				return
			}
		}
	}
	return release.Near(name, limit, others), nil
}

// read reads the pages of a project: those of find-links, and of the first index that has it.
func (db *Database) read(q question) (*Project, error) {
	p := &Project{db: db, name: q.name, files: map[int]*files{}}
	for _, c := range db.FindLinks {
		if err := p.readPage(c, true); err != nil {
			return nil, err
		}
	}
	for _, c := range db.indexes(q) {
		if err := p.readPage(c, c.IsLinks()); err != nil {
			return nil, err
		}
		if p.indexed() && !db.BestMatch {
			break
		}
	}
	if len(p.pages) == 0 {
		return nil, fmt.Errorf("project %q: %w", q.name, release.ErrNotFound)
	}
	p.merge()
	return p, nil
}

// indexes are those that are asked, in their order: the one that a project is pinned to, else those that are there for
// its name alone, else all that do not leave it out.
func (db *Database) indexes(q question) []*index.Client {
	if q.only != nil {
		return []*index.Client{q.only}
	}
	var own, others []*index.Client
	for _, c := range db.Indexes {
		switch of := c.Index(); {
		case of.Includes(q.name):
			own = append(own, c)
		case !of.Excludes(q.name):
			others = append(others, c)
		}
	}
	if len(own) > 0 {
		return own
	}
	return others
}

// readPage adds what an index has of the project, which may be nothing.
func (p *Project) readPage(c *index.Client, links bool) error {
	found, err := c.Project(p.db.Context, p.name)
	switch {
	case errors.Is(err, index.ErrNotFound):
		return nil
	case err != nil:
		return &Error{err}
	}
	p.pages = append(p.pages, page{found, c, links})
	p.status(found)
	return nil
}

func (p *Project) indexed() bool {
	return slices.ContainsFunc(p.pages, func(one page) bool { return !one.links })
}
