package foreign

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pep440"
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

// inData finds the release in the data; nil where that cannot be read or has none.
func (p *project) inData() (*inData, error) {
	of, err := p.db.ask(p.name)
	if of == nil {
		return nil, err
	}
	want, err := pep440.Parse(p.version)
	if err != nil {
		return nil, nil
	}
	for i, text := range of.Versions() {
		if v, err := pep440.Parse(text); err == nil && v.Compare(want) == 0 {
			return &inData{of, i}, nil
		}
	}
	return nil, nil
}

// ask asks the data for a project; nil without an error: it has none. Once an index cannot be reached it is not asked any
// more.
func (d *Database) ask(name string) (release.Project, error) {
	d.mu.Lock()
	down := d.down
	d.mu.Unlock()
	if down != nil {
		return nil, down
	}
	of, err := d.Database.Project(name)
	if errors.Is(err, release.ErrNotFound) {
		return nil, nil
	}
	if errors.Is(err, index.ErrNetwork) {
		d.mu.Lock()
		d.down = err
		d.mu.Unlock()
	}
	return of, err
}

// missed notes that the data cannot be read.
func (p *project) missed(err error) {
	p.db.mu.Lock()
	defer p.db.mu.Unlock()
	if p.db.unread == nil {
		p.db.unread = map[string]error{}
	}
	p.db.unread[p.name] = err
}

// byHashes are the files of the data that have the hashes.
func (p *project) byHashes() ([]release.File, error) {
	in, err := p.inData()
	if err != nil {
		return nil, err
	}
	e := diag.Input("package %q: the lock has hashes and no names of files", p.title())
	e.Where = diag.Position{File: p.db.target.lock.File, Line: p.line}
	if in == nil {
		return nil, e.Because(errors.New("and the data has no such release")).Hint("ask an index that has it: --index-url URL")
	}
	all, err := in.Files(in.index)
	if err != nil {
		return nil, err
	}
	var files []release.File
	for _, f := range all {
		if slices.Contains(p.hashes, f.SHA256) {
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return nil, e.Because(errors.New("and none of the files of the data has one of them")).Hint("ask the index that it was locked with: --index-url URL")
	}
	return files, nil
}

// locate says where the files are, where the lock does not: the data knows files of their hashes.
func (p *project) locate() ([]release.File, error) {
	h, err := p.known()
	if err != nil || p.origin != nil {
		return h.all(), err
	}
	files := slices.Clone(h.files)
	if !slices.ContainsFunc(files, func(f release.File) bool { return f.URL == "" && f.Path == "" && f.Location == "" }) {
		return files, nil
	}
	in, err := p.inData()
	if err != nil || in == nil {
		p.unlocated(err)
		return files, nil
	}
	known, err := in.Files(in.index)
	if err != nil {
		return nil, err
	}
	for i := range files {
		k := slices.IndexFunc(known, func(f release.File) bool { return f.SHA256 == files[i].SHA256 })
		if k >= 0 {
			f := known[k]
			f.Name = files[i].Name
			f.Index = cmp.Or(files[i].Index, f.Index)
			files[i] = f
		}
	}
	return files, nil
}

func (h *held) all() []release.File {
	if h == nil {
		return nil
	}
	return h.files
}

// unlocated warns of files of which nobody says where they are.
func (p *project) unlocated(err error) {
	switch {
	case p.index != "":
		p.db.warn("%s is of the index %s, and where its files are it does not say: --index-url %s", p.title(), p.index, p.index)
	case err != nil:
		p.missed(err)
	}
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

// addData adds what the data says of who needs whom.
func (p *project) addData(m *release.Metadata, wheel int) error {
	if p.origin != nil {
		return nil
	}
	in, err := p.inData()
	if err != nil || in == nil {
		if err != nil {
			p.missed(err)
		}
		return nil
	}
	k, err := p.sameFile(in, wheel)
	if err != nil || k < -1 {
		return err
	}
	said, err := in.Metadata(in.index, k)
	var unusable *release.Unusable
	switch {
	case errors.As(err, &unusable):
		return nil
	case err != nil:
		return err
	}
	m.ProvidesExtra = append(m.ProvidesExtra, said.ProvidesExtra...)
	m.RequiresPython = cmp.Or(m.RequiresPython, said.RequiresPython)
	t := p.db.target
	for _, line := range said.RequiresDist {
		req, err := pep508.ParseLenient(line)
		if err != nil {
			continue
		}
		if c := t.chosen[pep508.NormalizeName(req.Name)]; c != nil && !c.virtual {
			m.RequiresDist = append(m.RequiresDist, pep508.Requirement{Name: req.Name, Extras: req.Extras, Marker: req.Marker}.String())
		} else if req.Marker.Eval(&t.Environment.Markers, nil) {
			p.db.warn("%s needs %s, which is not in it", p.title(), pep508.Requirement{Name: req.Name, Specifiers: req.Specifiers})
		}
	}
	return nil
}

// sameFile is the data's index of a file, as Metadata takes it; -2 if it has no such file.
func (p *project) sameFile(in *inData, wheel int) (int, error) {
	h, err := p.known()
	if err != nil {
		return 0, err
	}
	of, err := in.Release(in.index)
	if err != nil {
		return 0, err
	}
	files, err := in.Files(in.index)
	if err != nil {
		return 0, err
	}
	at := len(h.files) - 1
	if wheel >= 0 {
		at = wheel
	}
	k := slices.IndexFunc(files, func(f release.File) bool { return f.SHA256 == h.files[at].SHA256 })
	switch {
	case k < 0:
		return -2, nil
	case k < len(of.Wheels):
		return k, nil
	}
	return -1, nil
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
