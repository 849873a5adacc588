package pydb

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
)

// section is what a page has of a project: the files of some of its releases.
type section struct {
	release int    // the first of them
	rows    []byte // "#NAME", then the lines of each release
	hashes  []byte // a line
}

// sectionsOf makes sections of the files of releases, of which the first has the
// index from in its project. The first section, whose files are asked for most, is
// small.
func sectionsOf(name string, releases []*gathered, from int, locations bool) []section {
	var sections []section
	var s *section
	var names spelling
	for i, r := range releases {
		if s == nil || s.size() >= min(firstSection<<(2*len(sections)-2), maxSection) {
			sections = append(sections, section{release: from + i, rows: appendLine(nil, "#", name)})
			s, names = &sections[len(sections)-1], firstSpelling(name)
		}
		s.add(&names, r, locations)
	}
	for i := range sections {
		sections[i].hashes = append(sections[i].hashes, '\n')
	}
	return sections
}

const (
	firstSection = 2 << 10 // bytes of a project's first section, or a little more
	maxSection   = 16 << 10
)

func (s *section) size() int { return len(s.rows) + len(s.hashes) }

// add adds the files of a release. Names are spelled as names says, which it changes.
func (s *section) add(names *spelling, r *gathered, locations bool) {
	b, version := names.appendChanges(s.rows, r)
	regular := names.names(&r.Release, version)
	var sizes []byte
	for i, f := range r.files {
		if f.Filename != regular[i] {
			b = appendIndexed(b, '!', i, f.Filename)
		}
		s.hashes = appendHash(s.hashes, f.Hashes.SHA256)
		if locations {
			if hash, ok := locationHash(f.URL, f.Filename); ok {
				s.hashes = appendHash(s.hashes, hash)
			} else {
				b = appendIndexed(b, ':', i, cmp.Or(oneLine(f.URL), f.Filename))
			}
		}
		sizes = strconv.AppendInt(append(sizes, ' '), max(0, f.Size), 10)
	}
	s.rows = append(append(b, sizes[1:]...), '\n')
}

func appendIndexed(b []byte, letter byte, i int, text string) []byte {
	b = append(strconv.AppendInt(append(b, letter), int64(i), 10), ' ')
	return append(append(b, text...), '\n')
}

func appendHash(b []byte, digits string) []byte {
	hash, _ := hex.DecodeString(digits) // checked when it was read
	return base64.RawStdEncoding.AppendEncode(b, hash)
}

// appendChanges appends what is new in the spelling of a release's names, and gives
// the spelling of its version.
func (s *spelling) appendChanges(b []byte, r *gathered) ([]byte, string) {
	version := r.files[0].spelled
	if version != r.text {
		b = appendLine(b, "=", version)
	}
	for _, f := range r.files {
		project, ending, ok := strings.Cut(f.Filename, "-"+f.spelled)
		if !ok {
			continue
		}
		if !f.sdist {
			if project != s.wheel && !strings.Contains(project, "-") {
				b = appendLine(b, "~", project)
				s.wheel = project
			}
			continue
		}
		if project != s.sdist {
			b = appendLine(b, "%", project)
			s.sdist = project
		}
		if ending != s.ending && strings.HasPrefix(ending, ".") {
			b = appendLine(b, ending, "")
			s.ending = ending
		}
	}
	return b, version
}

// locationHash is the hash in a location of the common form.
func locationHash(location, name string) (string, bool) {
	parts := strings.Split(location, "/")
	if len(parts) != 5 {
		return "", false
	}
	hash := parts[1] + parts[2] + parts[3]
	_, err := hex.DecodeString(hash)
	return hash, err == nil && len(hash) == 64 && hashedLocation(hash, name) == location
}
