package pydb

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Project is what the database has of a project. It is safe for concurrent use.
type Project struct {
	Name     string
	Versions []string // newest first, in the order and normal form of PEP 440

	db     *DB
	offset int64 // of the shard
	mu     sync.Mutex
	shard  *text // from the first release not yet decoded on
	last   state
	pages  []pageStart
	done   []*Release
	err    error // what ended decoding
}

// pageStart says from which release on files are on which page.
type pageStart struct {
	release int
	page    string // a pointer
}

// readProject reads the shard at p up to the versions of the project. If the shard
// does not have it, the project is nil.
func (db *DB) readProject(p pointer, name string) (*Project, error) {
	s, err := db.readShard(p)
	if err != nil {
		return nil, err
	}
	project, err := s.next(name)
	if err != nil || project == nil || project.Name != name {
		return nil, err
	}
	return project, nil
}

// shardReader goes through the projects of a shard, which are sorted by name.
type shardReader struct {
	db     *DB
	offset int64
	text   *text
	page   string // the page of the files that come next
}

func (db *DB) readShard(p pointer) (*shardReader, error) {
	t, err := db.read(p, headReleases)
	return &shardReader{db: db, offset: p.offset, text: t}, err
}

// next goes to the first release of the first project whose name is not before
// name. At the end of the shard the project is nil.
func (s *shardReader) next(name string) (*Project, error) {
	for {
		line, err := s.text.line()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, s.db.corrupt(s.offset, err)
		}
		if page, ok := strings.CutPrefix(line, "@"); ok {
			s.page = page
		}
		if found, ok := strings.CutPrefix(line, "#"); ok && found >= name {
			return s.begin(found)
		}
	}
}

// begin reads the versions of a project.
func (s *shardReader) begin(name string) (*Project, error) {
	line, err := s.text.line()
	if err != nil {
		return nil, s.db.corrupt(s.offset, atEnd(err))
	}
	versions, ok := parseVersions(line)
	if !ok {
		return nil, s.db.corrupt(s.offset, damaged("project %q: %q is no list of versions", name, line))
	}
	return &Project{
		Name: name, Versions: versions,
		db: s.db, offset: s.offset, shard: s.text,
		last: firstState, pages: []pageStart{{0, s.page}},
	}, nil
}

// atEnd is err, where the text must not end.
func atEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return damaged("the text ends too early")
	}
	return err
}

// Release gives the release of Versions[i]. It decodes the releases up to i that
// were not asked for yet, and keeps them.
func (p *Project) Release(i int) (*Release, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.release(i)
}

func (p *Project) release(i int) (*Release, error) {
	if i < 0 || i >= len(p.Versions) {
		return nil, fmt.Errorf("project %q has no release with index %d", p.Name, i)
	}
	for len(p.done) <= i && p.err == nil {
		if err := p.decode(); err != nil {
			p.err = p.db.corrupt(p.offset, fmt.Errorf("release %q of project %q: %w", p.Versions[len(p.done)], p.Name, err))
		}
	}
	if i < len(p.done) {
		return p.done[i], nil
	}
	return nil, p.err
}

// decode reads the lines of one release.
func (p *Project) decode() error {
	s := p.last
	s.begin()
	for {
		line, err := p.shard.line()
		if err != nil {
			return atEnd(err)
		}
		if at, ok := strings.CutPrefix(line, "@"); ok {
			p.pages = append(p.pages, pageStart{len(p.done), at})
			continue
		}
		if end, err := s.change(line); err != nil {
			return err
		} else if end {
			break
		}
	}
	r := s.Release
	p.last, p.done = s, append(p.done, &r)
	return nil
}
