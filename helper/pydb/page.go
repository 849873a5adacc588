package pydb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"mach/helper/release"
)

// page is a shard of files.
type page struct {
	mu   sync.Mutex
	text *text
	head int // where the text begins after its first line
}

// Files gives the files of the release of Versions[i]: its wheels in the order of
// Release.Wheels, then its sdist. They are read from a shard of their own.
func (p *Project) Files(i int) ([]release.File, error) {
	p.mu.Lock()
	r, err := p.release(i)
	pages := p.pages
	p.mu.Unlock()
	if err != nil {
		return nil, err
	}
	start := pages[0]
	for _, s := range pages[1:] {
		if s.release <= i {
			start = s
		}
	}
	at, err := parsePointer(start.page)
	if err != nil {
		return nil, p.db.corrupt(p.offset, err)
	}
	pg, err := p.db.readPage(at)
	if err != nil {
		return nil, err
	}
	files, err := pg.files(p, i-start.release, r, p.Versions[i])
	if err != nil {
		return nil, p.db.corrupt(at.offset, fmt.Errorf("files of release %q of project %q: %w", p.Versions[i], p.Name, err))
	}
	return files, nil
}

// readPage reads the page at p, unless it is the one that was read last.
func (db *DB) readPage(p pointer) (*page, error) {
	db.mu.Lock()
	last := db.page
	ok := last != nil && db.pageAt == p.offset
	db.mu.Unlock()
	if ok {
		return last, nil
	}
	t, err := db.read(p, headFiles)
	if err != nil {
		return nil, err
	}
	pg := &page{text: t, head: t.pos}
	db.mu.Lock()
	db.page, db.pageAt = pg, p.offset
	db.mu.Unlock()
	return pg, nil
}

// files reads the files of a release, the one after skip others of its project on
// this page.
func (pg *page) files(p *Project, skip int, r *Release, version string) ([]release.File, error) {
	pg.mu.Lock()
	defer pg.mu.Unlock()
	pg.text.pos = pg.head
	if err := pg.find("#" + p.Name); err != nil {
		return nil, err
	}
	s := firstSpelling(p.Name)
	e := exceptions{version: version}
	for {
		line, err := pg.text.line()
		switch {
		case err != nil:
			return nil, atEnd(err)
		case line == "#"+p.Name:
			s = firstSpelling(p.Name)
		case line == "" || line[0] == '#':
			return nil, damaged("they are not here")
		case s.change(line) || e.add(line):
		case skip > 0:
			skip--
			e = exceptions{version: version}
		default:
			return parseFiles(line, s.names(r, e.version), e, p.db.info.Locations)
		}
	}
}

// find goes past the line head.
func (pg *page) find(head string) error {
	for {
		line, err := pg.text.line()
		if errors.Is(err, io.EOF) {
			return damaged("the project is not here")
		}
		if err != nil || line == head {
			return err
		}
	}
}

// exceptions are the lines about one release's files that do not follow the rules.
type exceptions struct {
	version string   // as the names have it
	lines   []string // "!INDEX NAME" and ":INDEX LOCATION"
}

// add takes a line and says whether it was one about an exception.
func (e *exceptions) add(line string) bool {
	switch line[0] {
	case '=':
		e.version = line[1:]
	case '!', ':':
		e.lines = append(e.lines, line)
	default:
		return false
	}
	return true
}

// parseFiles reads the line of a release: for each file its SHA-256 in base64 and,
// with locations, the hash in its location, likewise; then the sizes.
func parseFiles(line string, names []string, e exceptions, locations bool) ([]release.File, error) {
	files := make([]release.File, len(names))
	for i, name := range names {
		files[i].Name = name
	}
	for _, x := range e.lines {
		if !except(files, x) {
			return nil, damaged("a wrong line %q", x)
		}
	}
	hashes, sizes, ok := strings.Cut(line, " ")
	for i := range files {
		f := &files[i]
		f.SHA256, hashes, ok = cutHash(hashes, ok)
		if locations && f.Location == "" {
			var hash string
			if hash, hashes, ok = cutHash(hashes, ok); ok {
				f.Location = hashedLocation(hash, f.Name)
			}
		}
		var digits string
		digits, sizes, _ = strings.Cut(sizes, " ")
		n, err := strconv.ParseInt(digits, 10, 64)
		f.Size, ok = n, ok && err == nil && n >= 0
	}
	if !ok || hashes != "" || sizes != "" {
		return nil, damaged("a wrong line %q", line)
	}
	return files, nil
}

// except applies a line about one file and says whether it can.
func except(files []release.File, line string) bool {
	digits, value, _ := strings.Cut(line[1:], " ")
	i, err := strconv.Atoi(digits)
	if err != nil || i < 0 || i >= len(files) || value == "" {
		return false
	}
	if line[0] == '!' {
		files[i].Name = value
	} else {
		files[i].Location = value
	}
	return true
}

// cutHash reads a hash in base64, as hex digits, from the front of s, if before is
// true.
func cutHash(s string, before bool) (hash, rest string, ok bool) {
	var b [sha256.Size]byte
	if !before || len(s) < hashLen || !decodeHash(b[:], s[:hashLen]) {
		return "", "", false
	}
	return hex.EncodeToString(b[:]), s[hashLen:], true
}

// hashedLocation is where most files lie: by a hash of theirs in hex digits.
func hashedLocation(hash, name string) string {
	return "packages/" + hash[:2] + "/" + hash[2:4] + "/" + hash[4:] + "/" + name
}
