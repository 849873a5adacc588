package foreign

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tags"
)

// Database is a lock for one target as a database: of each project that counts there is one release, with just the files
// that the lock has. Whatever else is asked for, such as what a fix adds, the data has.
type Database struct {
	release.Database // the data; it is asked for what the lock does not say
	target           *Target
	build            func(*release.Origin) (*release.BuildSystem, error)

	mu       sync.Mutex // guards what follows
	projects map[string]*project
	unread   map[string]error // by project: why the data cannot be read
	down     error            // why it is not asked any more
	warnings []string
}

// Over is a target over data. build reads what a source tree is built with.
func (t *Target) Over(data release.Database, build func(*release.Origin) (*release.BuildSystem, error)) *Database {
	return &Database{Database: data, target: t, build: build, projects: map[string]*project{}}
}

// Warnings is what the user should know, once all is resolved.
func (d *Database) Warnings() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	slices.Sort(d.warnings)
	all := slices.Compact(d.warnings)
	if names := slices.Sorted(maps.Keys(d.unread)); len(names) > 0 {
		what := "where files are"
		if d.target.lock.flat {
			what += " and what they need"
		}
		all = append(all, fmt.Sprintf("%s: %s it does not say of %s, and the data cannot be read: %v", d.target.lock.File, what, few(names), d.unread[names[0]]))
	}
	return all
}

// few are the first of some names.
func few(names []string) string {
	if len(names) > 3 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
	}
	return strings.Join(names, ", ")
}

func (d *Database) warn(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.warnings = append(d.warnings, d.target.lock.File+": "+fmt.Sprintf(format, args...))
}

// Project implements release.Database.
func (d *Database) Project(name string) (release.Project, error) {
	c := d.target.chosen[name]
	if c == nil || c.virtual {
		return d.Database.Project(name)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.projects[name]
	if p == nil {
		p = &project{chosen: c, db: d}
		p.known = sync.OnceValues(p.read)
		p.located = sync.OnceValues(p.locate)
		d.projects[name] = p
	}
	if p.origin != nil {
		return direct{p}, nil
	}
	return p, nil
}

// project is a package of the lock as a project with one release.
type project struct {
	*chosen
	db      *Database
	known   func() (*held, error) // the files, which may only be known to the data
	located func() ([]release.File, error)
}

// held is what is known of the files.
type held struct {
	files  []release.File // wheels first
	wheels []release.Wheel
	sdist  bool
}

// inData is the release of the data.
type inData struct {
	release.Project
	index int
}

// direct is a project of a direct reference.
type direct struct{ *project }

// IsDirect implements release.Direct.
func (direct) IsDirect() bool { return true }

// Versions implements release.Project.
func (p *project) Versions() []string { return []string{p.version} }

// Release implements release.Project.
func (p *project) Release(int) (*release.Release, error) {
	h, err := p.known()
	if err != nil {
		return nil, err
	}
	return &release.Release{RequiresPython: p.requiresPython, Wheels: h.wheels, Sdist: h.sdist}, nil
}

// Files implements release.Project.
func (p *project) Files(int) ([]release.File, error) { return p.located() }

// read says which files there are.
func (p *project) read() (*held, error) {
	h := &held{}
	if p.origin != nil {
		f := release.File{SHA256: p.origin.SHA256, Size: p.origin.Size, Origin: p.origin}
		if len(p.files) > 0 {
			f.Name = p.files[0].Name
		}
		h.files, h.sdist = []release.File{f}, true
		if w, err := tags.ParseWheelName(f.Name); err == nil {
			h.wheels, h.sdist = []release.Wheel{{Build: w.Build, WheelTags: w.WheelTags}}, false
		}
		return h, nil
	}
	files := p.files
	if len(files) == 0 && len(p.hashes) > 0 {
		var err error
		if files, err = p.byHashes(); err != nil {
			return nil, err
		}
	}
	for _, f := range files {
		if f.SHA256 == "" {
			e := diag.Input("package %q: %s has no sha256: nobody knows whether it is what was locked", p.name, f.Name)
			e.Where = diag.Position{File: p.db.target.lock.File, Line: p.line}
			return nil, e.Hint("%s", p.db.target.lock.Again)
		}
		if w, err := tags.ParseWheelName(f.Name); err == nil {
			h.files, h.wheels = append(h.files, f), append(h.wheels, release.Wheel{Build: w.Build, WheelTags: w.WheelTags})
		}
	}
	for _, f := range files {
		if sdistRank(f.Name) > 0 {
			h.files, h.sdist = append(h.files, f), true
		}
	}
	if len(h.files) == 0 {
		e := diag.Input("package %q: there is neither a wheel nor an sdist", p.title())
		e.Where = diag.Position{File: p.db.target.lock.File, Line: p.line}
		return nil, e.Hint("%s", p.db.target.lock.Again)
	}
	return h, nil
}

// Metadata implements release.Project: what the lock says of who needs whom, or else what the data has of the file, as
// far as that is in the lock.
func (p *project) Metadata(_, wheel int) (*release.Metadata, error) {
	m := &release.Metadata{RequiresPython: p.requiresPython, ProvidesExtra: slices.Sorted(maps.Keys(p.extras))}
	for _, extra := range slices.Sorted(maps.Keys(p.needs)) {
		for _, n := range p.needs[extra] {
			for _, real := range p.db.target.installed(n, map[string]bool{}) {
				req := pep508.Requirement{Name: real.name, Extras: real.extras}.String()
				if extra != "" {
					req += "; extra == '" + extra + "'"
				}
				m.RequiresDist = append(m.RequiresDist, req)
			}
		}
	}
	if p.db.target.lock.flat {
		if err := p.addData(m, wheel); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// BuildSystem implements release.Project.
func (p *project) BuildSystem(int) (*release.BuildSystem, error) {
	if p.origin != nil {
		return p.db.build(p.origin)
	}
	in, err := p.inData()
	switch {
	case err != nil:
		return nil, err
	case in == nil:
		return &release.BuildSystem{}, nil
	}
	of, err := in.Release(in.index)
	if err != nil || !of.Sdist {
		return &release.BuildSystem{}, err
	}
	return in.BuildSystem(in.index)
}
