package live

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"mach/helper/index"
	"mach/helper/pep508"
	"mach/helper/release"
)

// files is what is known of a release. All that follows from the page is there from the beginning, and the rest is read
// once each.
type files struct {
	release release.Release
	list    []candidate // the wheels, then the sdist
	mu      sync.Mutex  // guards the maps
	reads   map[int]*reading
	sdist   *sdistReading
}

// reading is the metadata of a file that is being read or has been read.
type reading struct {
	once     sync.Once
	metadata *release.Metadata
	err      error
}

// Release implements release.Project.
func (p *Project) Release(i int) (*release.Release, error) {
	f, err := p.release(i)
	if err != nil {
		return nil, err
	}
	return &f.release, nil
}

func (p *Project) release(i int) (*files, error) {
	if i < 0 || i >= len(p.versions) {
		return nil, fmt.Errorf("project %q has no release with index %d", p.name, i)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.files[i]
	if f == nil {
		f = p.newFiles(p.candidates(i))
		p.files[i] = f
	}
	return f, nil
}

// newFiles chooses the files of a release among candidates.
func (p *Project) newFiles(all []candidate) *files {
	f := &files{}
	r := &f.release
	r.Uploaded = p.db.uploaded(all)
	if all = p.inTime(all); slices.ContainsFunc(all, func(c candidate) bool { return !c.Yanked }) {
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.Yanked })
	} else if len(all) > 0 {
		r.Yanked, r.YankedReason = true, all[0].YankedReason
	}
	f.list = inOrder(all)
	r.Wheels = make([]release.Wheel, 0, len(f.list))
	for _, c := range f.list {
		if r.Sdist = c.Sdist; !c.Sdist {
			r.Wheels = append(r.Wheels, c.Wheel)
		}
	}
	for i, c := range f.list {
		switch {
		case i == 0:
			r.RequiresPython = c.RequiresPython
		case c.RequiresPython != r.RequiresPython:
			r.RequiresPython = "" // each file's metadata has its own
			return f
		}
	}
	return f
}

// inOrder has the wheels first and then one sdist, as each page has them for itself.
func inOrder(all []candidate) []candidate {
	i := slices.IndexFunc(all, func(c candidate) bool { return c.Sdist })
	if i < 0 || i == len(all)-1 {
		return all
	}
	sdist := all[i]
	return append(slices.DeleteFunc(all, func(c candidate) bool { return c.Sdist }), sdist)
}

// inTime leaves out the files that are too new, if others are not.
func (p *Project) inTime(all []candidate) []candidate {
	db := p.db
	if db.cutoff == 0 {
		return all
	}
	if slices.ContainsFunc(all, func(c candidate) bool { return c.Uploaded == 0 && !c.page.links }) {
		db.note(noteTimeless, p.name)
	}
	if !slices.ContainsFunc(all, db.isInTime) {
		return all
	}
	return slices.DeleteFunc(all, func(c candidate) bool { return !db.isInTime(c) })
}

func (db *Database) isInTime(c candidate) bool {
	return c.page.links || c.Uploaded != 0 && c.Uploaded <= db.cutoff
}

// never is a day after every other.
const never = "9999-12-31"

// uploaded is when the first file of a release came, in the form of ExcludeNewer, so that both can be compared. A file
// of find-links came before all others, and one of which nobody knows when it came after.
func (db *Database) uploaded(all []candidate) string {
	first := int64(0)
	for _, c := range all {
		if c.page.links {
			return ""
		}
		if c.Uploaded != 0 && (first == 0 || c.Uploaded < first) {
			first = c.Uploaded
		}
	}
	switch {
	case first == 0 && db.cutoff != 0:
		return never
	case first == 0:
		return ""
	case len(db.ExcludeNewer) > len(time.DateOnly):
		return time.Unix(first, 0).UTC().Format(time.RFC3339)
	}
	return time.Unix(first, 0).UTC().Format(time.DateOnly)
}

// Metadata implements release.Project.
func (p *Project) Metadata(i, wheel int) (*release.Metadata, error) {
	f, err := p.release(i)
	if err != nil {
		return nil, err
	}
	if p.quarantined != "" {
		return nil, &release.Unusable{Reason: "is " + p.quarantined}
	}
	n := wheel
	if wheel < 0 {
		n = len(f.list) - 1
	}
	if n < 0 || n >= len(f.list) || f.list[n].Sdist != (wheel < 0) {
		return nil, fmt.Errorf("%s %s has no file with index %d", p.name, p.versions[i], wheel)
	}
	return p.read(f, n)
}

// read is the metadata of a file of a release, which is read once.
func (p *Project) read(f *files, n int) (*release.Metadata, error) {
	f.mu.Lock()
	r := f.reads[n]
	if r == nil {
		if f.reads == nil {
			f.reads = map[int]*reading{}
		}
		r = new(reading)
		f.reads[n] = r
	}
	f.mu.Unlock()
	r.once.Do(func() { r.metadata, r.err = p.metadata(f, n) })
	return r.metadata, r.err
}

// metadata reads that of a file.
func (p *Project) metadata(f *files, n int) (*release.Metadata, error) {
	file := f.list[n].File
	if file.Sdist {
		return p.sdistMetadata(f)
	}
	r, err := ReadWheel(p.db.Context, file, p.name)
	if err != nil {
		return nil, sorted(err)
	}
	if r.RequiresPython == "" && file.RequiresPython != f.release.RequiresPython {
		r.RequiresPython = file.RequiresPython
	}
	return &r.Metadata, nil
}

// sdistMetadata is that of a wheel of the release, or of the sdist itself.
func (p *Project) sdistMetadata(f *files) (*release.Metadata, error) {
	var unusable *release.Unusable
	for _, n := range f.siblings() {
		if m, err := p.read(f, n); !errors.As(err, &unusable) {
			return m, err
		}
	}
	s, err := p.readSdist(f)
	if err != nil {
		return nil, err
	}
	if s.Metadata == nil {
		return nil, &release.Unusable{Reason: onlyABuild}
	}
	return &s.Metadata.Metadata, nil
}

// siblingsEach is how many wheels are asked what the sdist of their release needs.
const siblingsEach = 2

// siblings are the wheels to ask: those for every platform first. Which they are must not depend on what was asked
// before, or the answer would be another each time.
func (f *files) siblings() []int {
	order := make([]int, len(f.release.Wheels))
	for n := range order {
		order[n] = n
	}
	other := func(n int) int {
		if f.release.Wheels[n].Platform == "any" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b int) int { return other(a) - other(b) })
	return order[:min(len(order), siblingsEach)]
}

// sdistReading is an sdist that is being read or has been read.
type sdistReading struct {
	once sync.Once
	*Sdist
	err error
}

func (p *Project) readSdist(f *files) (*Sdist, error) {
	f.mu.Lock()
	if f.sdist == nil {
		f.sdist = new(sdistReading)
	}
	s := f.sdist
	f.mu.Unlock()
	s.once.Do(func() {
		s.Sdist, s.err = ReadSdist(p.db.Context, f.list[len(f.list)-1].File, p.name)
		s.err = sorted(s.err)
	})
	return s.Sdist, s.err
}

// BuildSystem implements release.Project.
func (p *Project) BuildSystem(i int) (*release.BuildSystem, error) {
	f, err := p.release(i)
	if err != nil || !f.release.Sdist {
		return &release.BuildSystem{}, err
	}
	s, err := p.readSdist(f)
	if err != nil {
		return nil, err
	}
	if s.Certain {
		p.compare(f, i, &s.Metadata.Metadata)
	}
	return &s.Build, nil
}

// compare notes a release whose sdist needs something else than the wheel that was asked in its place.
func (p *Project) compare(f *files, i int, own *release.Metadata) {
	m, err := p.read(f, len(f.list)-1)
	if err != nil {
		return // then nothing was taken for its needs
	}
	sort := func(list []string) []string {
		list = slices.Clone(list)
		for i, line := range list {
			if r, err := pep508.ParseLenient(line); err == nil {
				list[i] = r.String()
			}
		}
		slices.Sort(list)
		return list
	}
	if !slices.Equal(sort(m.RequiresDist), sort(own.RequiresDist)) {
		p.db.note(noteDiffers, p.name+" "+p.versions[i])
	}
}

// Files implements release.Project. Where an index does not state the hash of a file, the file is read for it if its
// metadata has been asked for: those are few, and what is selected is among them.
func (p *Project) Files(i int) ([]release.File, error) {
	f, err := p.release(i)
	if err != nil {
		return nil, err
	}
	out := make([]release.File, len(f.list))
	var links []index.Link
	for n, c := range f.list {
		if n == 0 || c.page != f.list[n-1].page {
			if links, err = c.page.Links(c.release); err != nil {
				return nil, &Error{err}
			}
		}
		if out[n], err = p.file(c, links[c.n], f.wanted(n)); err != nil {
			return nil, &Error{err}
		}
	}
	return out, nil
}

// isMain says whether a page is of the index of least priority, below whose file host locations are; the others are
// beside it, and have their own.
func (db *Database) isMain(p *page) bool {
	return len(db.Indexes) > 0 && p.client == db.Indexes[len(db.Indexes)-1]
}

// file is where a file is, with the hash of one that is wanted and the size of one that is here.
func (p *Project) file(c candidate, l index.Link, wanted bool) (release.File, error) {
	out := release.File{Name: l.Filename, SHA256: l.SHA256, Size: l.Size, URL: l.URL, Path: l.Path}
	if p.db.isMain(c.page) {
		out.Location = l.Location
	}
	if l.Path != "" {
		if info, err := os.Stat(l.Path); err == nil {
			out.Size = info.Size()
		}
	}
	if out.SHA256 != "" || !wanted {
		return out, nil
	}
	if l.Path == "" {
		p.db.note(noteHashless, l.Filename)
	}
	var err error
	out.SHA256, err = c.Hash(p.db.Context)
	return out, err
}

func (f *files) wanted(n int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reads[n] != nil
}
