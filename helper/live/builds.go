package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/release"
)

// Builds reads what a database does not say of how sdists are built out of the sdists themselves, each once: what an
// sdist is built with if nobody has read that, or not all of it, and the crates of a build with Rust, which no database
// has. What cannot be read stays as the database has it, and is a warning.
type Builds struct {
	Context context.Context
	Client  func() *index.Client         // of the host of the files
	URL     func(location string) string // "": the host is not known
	NoHost  string                       // says so, and what to do

	mu     sync.Mutex
	unread map[unread][]string // releases
}

// unread is what is not known of a build, as a format for the releases, and why.
type unread struct{ what, why string }

const (
	unreadBuild  = "the database does not say what %s is built with: setuptools and wheel are taken"
	unreadPart   = "the database does not say all that %s is built with"
	unreadCrates = "the crates of %s are not in the lock"
)

// Over is a database with what Builds reads.
func (b *Builds) Over(db release.Database) release.Database { return builtDatabase{db, b} }

type builtDatabase struct {
	release.Database
	builds *Builds
}

// Project implements release.Database.
func (d builtDatabase) Project(name string) (release.Project, error) {
	p, err := d.Database.Project(name)
	if err != nil {
		return nil, err
	}
	return &builtProject{Project: p, name: name, builds: d.builds}, nil
}

type builtProject struct {
	release.Project
	name   string
	builds *Builds
	read   sync.Map // of *builtSdist, by the index of the release
}

// builtSdist is a build system that is being read or has been read.
type builtSdist struct {
	once   sync.Once
	system *release.BuildSystem
	err    error
}

// BuildSystem implements release.Project.
func (p *builtProject) BuildSystem(i int) (*release.BuildSystem, error) {
	known, err := p.Project.BuildSystem(i)
	if err != nil || known.Known && !known.IsRust() && known.Unknown == nil {
		return known, err
	}
	one, _ := p.read.LoadOrStore(i, new(builtSdist))
	s := one.(*builtSdist)
	s.once.Do(func() { s.system, s.err = p.builds.system(p, i, known) })
	return s.system, s.err
}

// system reads the sdist of a release. Where that is not to be had, known is what there is.
func (b *Builds) system(p *builtProject, i int, known *release.BuildSystem) (*release.BuildSystem, error) {
	r, err := p.Release(i)
	if err != nil || !r.Sdist {
		return known, err
	}
	files, err := p.Files(i)
	if err != nil {
		return nil, err
	}
	file, version := files[len(files)-1], p.Versions()[i]
	at := b.URL(file.Location)
	if file.Location == "" || at == "" {
		b.note(known, b.NoHost, p.name, version)
		return known, nil
	}
	link := index.Link{Filename: file.Name, URL: at, Location: file.Location, SHA256: file.SHA256, Size: file.Size}
	s, err := decodeSdist(b.Client().OfSdist(b.Context, link, SdistForm, encodeSdist(p.name, version)))
	var broken *index.Broken
	switch {
	case err == nil:
		return &s.Build, nil
	case errors.Is(err, index.ErrOffline):
		b.note(known, "--offline forbids that, and the cache does not have it: lock once without --offline", p.name, version)
		return known, nil
	case errors.As(err, &broken), errors.Is(err, index.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		b.note(known, err.Error(), p.name, version)
		return known, nil
	}
	return nil, diag.World("what %s %s is built with is in its sdist alone", p.name, version).Because(err).
		Hint("see that its host can be reached, or take what the database says: --offline")
}

// note notes that an sdist was not read.
func (b *Builds) note(known *release.BuildSystem, why, name, version string) {
	key := unread{unreadPart, why}
	switch {
	case !known.Known:
		key.what = unreadBuild
	case known.IsRust():
		key.what = unreadCrates
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.unread == nil {
		b.unread = map[unread][]string{}
	}
	b.unread[key] = append(b.unread[key], name+" "+version)
}

// Warnings are what was not read of those projects that are taken, once all is.
func (b *Builds) Warnings(taken []string) (warnings []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for key, releases := range b.unread {
		releases = slices.DeleteFunc(slices.Sorted(slices.Values(releases)), func(release string) bool {
			name, _, _ := strings.Cut(release, " ")
			return !slices.Contains(taken, name)
		})
		if len(releases) == 0 {
			continue
		}
		what := fmt.Sprintf(key.what, strings.Join(slices.Compact(releases), ", "))
		warnings = append(warnings, what+", as no sdist was read: "+key.why)
	}
	slices.Sort(warnings)
	return warnings
}
