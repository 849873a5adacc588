package live

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"mach/helper/index"
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

// isMain says whether a page is of the index below whose file host locations are; the others are beside it, and have
// their own.
func (db *Database) isMain(p *page) bool {
	if db.Main != nil || len(db.Indexes) == 0 {
		return db.Main != nil && p.client == db.Main
	}
	return p.client == db.Indexes[len(db.Indexes)-1]
}

// file is where a file is, with the hash of one that is wanted and the size of one that is here.
func (p *Project) file(c candidate, l index.Link, wanted bool) (release.File, error) {
	out := release.File{Name: l.Filename, SHA256: l.SHA256, Size: l.Size, URL: l.URL, Path: l.Path}
	if p.db.isMain(c.page) {
		out.Location = l.Location
	}
	if !c.page.links {
		out.Index = strings.TrimSuffix(c.page.client.String(), "/")
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
