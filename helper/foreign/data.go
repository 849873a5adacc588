package foreign

import (
	"cmp"
	"errors"
	"slices"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
)

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
