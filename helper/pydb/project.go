package pydb

import (
	"bytes"
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

	db      *DB
	offset  int64 // of the shard
	files   int   // which tree of DB.files has its files
	ordinal int   // in the shard
	hot     bool  // its newest releases are stored
	undated bool  // releases are without Uploaded

	mu    sync.Mutex
	shard *text // from the first release not yet decoded on
	last  state
	done  []*Release
	days  []string
	err   error // what ended decoding
}

// readProject reads a shard up to the versions of a project. If the shard does not
// have it, the project is nil.
func (db *DB) readProject(f found, name string, files int) (*Project, error) {
	at, err := f.pointer(db)
	if err != nil {
		return nil, err
	}
	s, err := db.readShard(at, files)
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
	files  int
	text   *text
	hot    bool
	read   int // projects
}

func (db *DB) readShard(p pointer, files int) (*shardReader, error) {
	s := &shardReader{db: db, offset: p.offset, files: files}
	db.mu.Lock()
	last := db.whole
	db.mu.Unlock()
	if last.text != nil && last.at == p.offset {
		s.text = last.text.again()
		return s, s.text.skip(headReleases)
	}
	var err error
	if s.text, err = db.read(p, headReleases); err != nil {
		return nil, err
	}
	s.hot = s.text.reader == nil
	return s, nil
}

// readWhole decodes the shard of a project to its end, and keeps it if it was not
// stored.
func (p *Project) readWhole() ([]byte, error) {
	all, err := p.shard.all()
	if err != nil {
		return nil, p.db.corrupt(p.offset, err)
	}
	if !p.hot {
		p.db.mu.Lock()
		p.db.whole = lastShard{p.shard.again(), p.offset}
		p.db.mu.Unlock()
	}
	return all, nil
}

// next goes to the first release of the first project whose name is not before
// name. At the end of the shard the project is nil.
func (s *shardReader) next(name string) (*Project, error) {
	for {
		line, err := s.text.line()
		if err != nil {
			return nil, s.db.corrupt(s.offset, atEnd(err))
		}
		if line == lineDays {
			return nil, nil
		}
		if found, ok := strings.CutPrefix(line, "#"); ok {
			if s.read++; found >= name {
				return s.begin(found)
			}
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
		db: s.db, offset: s.offset, files: s.files, ordinal: s.read - 1, hot: s.hot,
		shard: s.text, last: firstState(),
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
	if !p.undated && p.days == nil && p.err == nil {
		p.err = p.readDays()
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
	p.last.begin()
	for {
		line, err := p.shard.line()
		if err != nil {
			return atEnd(err)
		}
		if line == "" {
			break
		}
		if !p.last.change(line) {
			return damaged("a wrong line %q", line)
		}
	}
	r := p.last.release(p.Versions[len(p.done)])
	if !p.undated {
		r.Uploaded = p.days[len(p.done)]
	}
	p.done = append(p.done, r)
	return nil
}

// readDays reads the days of all releases, which stand at the end of the shard.
func (p *Project) readDays() error {
	all, err := p.readWhole()
	if err != nil {
		return err
	}
	_, days, _ := bytes.Cut(all, []byte("\n"+lineDays+"\n"))
	for range p.ordinal {
		_, days, _ = bytes.Cut(days, lineEnd)
	}
	line, _, ended := bytes.Cut(days, lineEnd)
	var ok bool
	if p.days, ok = decodeDays(alias(line), len(p.Versions)); !ok || !ended {
		return p.db.corrupt(p.offset, damaged("project %q: %q are not the days of %d releases", p.Name, line, len(p.Versions)))
	}
	return nil
}

// lineEnd is what lines end with.
var lineEnd = []byte{'\n'}
