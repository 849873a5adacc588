package provide

import (
	"errors"
	"fmt"
	"sync"

	"mach/helper/fixes"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
)

// How many projects are read ahead at once. Of a database decoding is all that it costs, so more than the cores of a
// small machine gains nothing and costs memory. Of a live index the client bounds how many requests are under way.
const (
	readers     = 2
	liveReaders = 256
)

// data holds what has been read of the database, for all rounds and all sets of one resolution.
type data struct {
	db      release.Database
	hashes  map[string][]string // Options.Hashes
	slots   chan struct{}
	mu      sync.Mutex // guards the maps: there is reading ahead
	known   map[string]*known
	pythons map[string]pythons
}

// known is a project that is being read or has been read.
type known struct {
	release.Project // nil: the database has no such project
	done            chan struct{}
	err             error
	versions        []version
	valid           bool       // PEP 440 can read all of them
	mu              sync.Mutex // guards needs
	needs           map[fileKey]*needs
	tags            *tagged
	next            int // the release to which metadata was read ahead in the walk down
	walked          int // how many releases' metadata the solver has asked for
}

// tagged are the releases of a project that tags name.
type tagged struct {
	*known     // with these alone
	at         []int
	repository string
}

// pythons is a Requires-Python, parsed.
type pythons struct {
	pep440.Specifiers
	err error
}

func newData(db release.Database, live bool, hashes map[string][]string) *data {
	n := readers
	if live {
		n = liveReaders
	}
	return &data{db: db, hashes: hashes, slots: make(chan struct{}, n), known: map[string]*known{}, pythons: map[string]pythons{}}
}

// prefetch begins to read a project that will be asked for soon.
func (d *data) prefetch(name string) *known {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.known[name]; ok {
		return k
	}
	k := &known{done: make(chan struct{}), needs: map[fileKey]*needs{}}
	d.known[name] = k
	go func() {
		d.slots <- struct{}{}
		defer func() { <-d.slots; close(k.done) }()
		k.Project, k.err = d.db.Project(name)
		if errors.Is(k.err, release.ErrNotFound) {
			k.Project, k.err = nil, nil
		} else if k.err == nil && len(k.Versions()) > 0 {
			k.readVersions()
			_, k.err = k.Release(0)
			k.readTags()
			k.Project = withHashes(k.Project, d.hashes[name])
		}
	}()
	return k
}

// isDirect says whether a project is taken from where a reference leads.
func (k *known) isDirect() bool {
	if k == nil {
		return false
	}
	d, ok := k.Project.(release.Direct)
	return ok && d.IsDirect()
}

func (k *known) readVersions() {
	texts := k.Versions()
	k.versions, k.valid = make([]version, len(texts)), true
	for i, text := range texts {
		v, err := pep440.Parse(text)
		k.versions[i] = version{Version: v, text: text, valid: err == nil, any: text == "" && k.isDirect()}
		k.valid = k.valid && err == nil
	}
}

// readTags notes the releases that are tags.
func (k *known) readTags() {
	t, ok := k.Project.(release.Tagged)
	if !ok {
		return
	}
	of := t.Tags()
	if of == nil {
		return
	}
	own := &known{Project: of.Project, done: k.done, needs: map[fileKey]*needs{}}
	own.readVersions()
	k.tags = &tagged{own, of.At, of.Repository}
}

// at is where a candidate, which is not nixpkgs', is read, and the index of its release there; -1: there is none.
func (k *known) at(c candidate) (*known, int) {
	switch {
	case c.provider != Tag:
		return k, int(c.version)
	case k.tags == nil:
		return nil, -1
	}
	return k.tags.known, k.tags.at[c.version]
}

// has says whether there is a release that a candidate, which is not nixpkgs', would be, as far as tags tell.
func (k *known) has(c candidate) bool {
	_, i := k.at(c)
	return i >= 0
}

// releaseOf is what is known of the release that a candidate, which is not nixpkgs', would be.
func (k *known) releaseOf(c candidate) (*release.Release, error) {
	of, i := k.at(c)
	if i < 0 {
		return &release.Release{}, nil
	}
	return of.Release(i)
}

// project returns a project, nil if the database has none of that name.
func (d *data) project(name string) (*known, error) {
	k := d.prefetch(name)
	<-k.done
	if k.Project == nil {
		return nil, k.err
	}
	return k, k.err
}

// allows says whether a Requires-Python holds for a Python; one that cannot be read is an error.
func (d *data) allows(requiresPython string, python pep440.Version) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, ok := d.pythons[requiresPython]
	if !ok {
		p.Specifiers, p.err = pep440.ParseSpecifiersLenient(requiresPython)
		d.pythons[requiresPython] = p
	}
	return p.err == nil && p.Contains(python), p.err
}

// fileKey names a file as release.Project.Metadata does.
type fileKey struct{ release, wheel int }

// needs is the metadata of a file, parsed.
type needs struct {
	done     chan struct{} // closed when the rest is known
	requires []pep508.Requirement
	metadata *release.Metadata // nil if the file cannot be used
	broken   string            // why it cannot be used, to follow the release's name; "" if it can
	err      error             // why it could not be read
	amending []*fixes.Fix      // that made it what it is; none: it is the file's own
	dropped  []dropped
}

// needsOf parses the metadata of a file, once.
func (k *known) needsOf(i, wheel int) (*needs, error) {
	key := fileKey{i, wheel}
	k.mu.Lock()
	n, begun := k.needs[key]
	if !begun {
		n = &needs{done: make(chan struct{})}
		k.needs[key] = n
	}
	k.mu.Unlock()
	if !begun {
		n.read(k, key)
		close(n.done)
	}
	<-n.done
	return n, n.err
}

func (n *needs) read(k *known, file fileKey) {
	m, err := k.Metadata(file.release, file.wheel)
	var unusable *release.Unusable
	switch {
	case errors.As(err, &unusable):
		n.broken = unusable.Reason
		return
	case err != nil:
		n.err = err
		return
	}
	n.metadata = m
	if n.requires, err = parseRequires(m.RequiresDist); err != nil {
		n.broken = fmt.Sprintf("has a Requires-Dist that cannot be read: %v", err)
	}
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
