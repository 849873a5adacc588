package pydb

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"mach/helper/release"
)

// page is a stream of files.
type page struct {
	mu   sync.Mutex
	text *text
	head int // where the text begins after its first line
}

// Files gives the files of the release of Versions[i]: its wheels in the order of
// Release.Wheels, then its sdist. They are read from a stream of their own.
func (p *Project) Files(i int) ([]release.File, error) {
	r, err := p.Release(i)
	if err != nil {
		return nil, err
	}
	at, first, err := p.pageOf(i)
	if err != nil {
		return nil, err
	}
	pg, err := p.db.readPage(at, p.files)
	if err != nil {
		return nil, err
	}
	files, err := pg.files(p, i-first, r, p.Versions[i])
	if err != nil {
		return nil, p.db.corrupt(at.offset, fmt.Errorf("files of release %q of project %q: %w", p.Versions[i], p.Name, err))
	}
	return files, nil
}

// pageOf says which page has the files of a release, and which is the first release
// of the project there.
func (p *Project) pageOf(i int) (at pointer, first int, err error) {
	f, err := p.db.search(p.db.files[p.files], fileKey(p.Name, i))
	if err != nil {
		return at, 0, err
	}
	if name, digits, ok := strings.Cut(f.key, ","); ok && name == p.Name {
		if first, err = strconv.Atoi(digits); err != nil || first < 0 {
			return at, 0, p.db.corrupt(f.offset, damaged("%q is no key of files", f.key))
		}
	}
	at, err = f.pointer(p.db)
	return at, first, err
}

// readPage reads the page at p, unless it is the one of its tree that was read last.
func (db *DB) readPage(p pointer, tree int) (*page, error) {
	db.mu.Lock()
	last := db.pages[tree]
	db.mu.Unlock()
	if last.page != nil && last.at == p.offset {
		return last.page, nil
	}
	t, err := db.read(p, headFiles)
	if err != nil {
		return nil, err
	}
	pg := &page{text: t, head: t.pos}
	db.mu.Lock()
	db.pages[tree] = lastPage{pg, p.offset}
	db.mu.Unlock()
	return pg, nil
}

// files reads the files of a release, the one after skip others of its project on
// this page.
func (pg *page) files(p *Project, skip int, r *Release, version string) ([]release.File, error) {
	pg.mu.Lock()
	defer pg.mu.Unlock()
	pg.text.pos = pg.head
	row, err := pg.row(p, skip)
	if err != nil {
		return nil, err
	}
	names := row.spelling.names(r, cmp.Or(row.version, version))
	files := make([]release.File, len(names))
	for i, name := range names {
		files[i].Name = name
	}
	for _, line := range row.exceptions {
		if !except(files, line) {
			return nil, damaged("a wrong line %q", line)
		}
	}
	if !setSizes(files, row.sizes) {
		return nil, damaged("a wrong line %q", row.sizes)
	}
	hashes, err := pg.hashes(row.section)
	if err != nil {
		return nil, err
	}
	if !setHashes(files, hashes[min(row.before, len(hashes)):], p.db.info.Locations) {
		return nil, damaged("the hashes are wrong")
	}
	return files, nil
}

// row is what the lines of a release say.
type row struct {
	spelling   spelling
	version    string   // as the names have it, "" if in normal form
	exceptions []string // "!INDEX NAME" and ":INDEX LOCATION"
	sizes      string
	section    int // which of the page it is in
	before     int // bytes of hashes of the releases before it there
}

// row reads the lines of a release, and goes past them.
func (pg *page) row(p *Project, skip int) (r row, err error) {
	here := false // in a section of the project
	for r.section = -1; ; {
		line, err := pg.text.line()
		switch {
		case err != nil:
			return r, atEnd(err)
		case line == lineHashes:
			return r, damaged("they are not here")
		case line == "":
			return r, damaged("an empty line")
		case line[0] == '#':
			here = line[1:] == p.Name
			r = row{section: r.section + 1, spelling: firstSpelling(p.Name)}
		case !here || r.spelling.change(line) || r.except(line):
		case skip == 0:
			r.sizes = line
			return r, nil
		default:
			skip--
			n := 1 + strings.Count(line, " ")
			if p.db.info.Locations {
				n *= 2
			}
			n -= r.located()
			r = row{section: r.section, spelling: r.spelling, before: r.before + n*hashLen}
		}
	}
}

// except takes a line and says whether it was one about an exception.
func (r *row) except(line string) bool {
	switch line[0] {
	case '=':
		r.version = line[1:]
	case '!', ':':
		r.exceptions = append(r.exceptions, line)
	default:
		return false
	}
	return true
}

// located counts the files whose location is an exception.
func (r *row) located() (n int) {
	for _, line := range r.exceptions {
		if line[0] == ':' {
			n++
		}
	}
	return n
}

// hashes reads those of a section.
func (pg *page) hashes(section int) (string, error) {
	for at := -1; ; {
		line, err := pg.text.line()
		switch {
		case err != nil:
			return "", atEnd(err)
		case at == section:
			return line, nil
		case at >= 0 || line == lineHashes:
			at++
		}
	}
}

// setSizes reads the sizes of all files.
func setSizes(files []release.File, line string) bool {
	more := true
	for i := range files {
		var digits string
		if !more {
			return false
		}
		digits, line, more = strings.Cut(line, " ")
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || n < 0 {
			return false
		}
		files[i].Size = n
	}
	return !more
}

// setHashes reads for each file its SHA-256 in base64 and, with locations, unless it
// has one, the hash in its location, likewise.
func setHashes(files []release.File, hashes string, locations bool) (ok bool) {
	ok = true
	for i := range files {
		f := &files[i]
		f.SHA256, hashes, ok = cutHash(hashes, ok)
		if locations && f.Location == "" {
			var hash string
			if hash, hashes, ok = cutHash(hashes, ok); ok {
				f.Location = hashedLocation(hash, f.Name)
			}
		}
	}
	return ok
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
