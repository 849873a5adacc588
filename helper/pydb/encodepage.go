package pydb

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
)

// encodeFiles appends the lines of a release's files to a page, and makes s their
// spelling.
func encodeFiles(b []byte, s *spelling, r *gathered, locations bool) []byte {
	b, version := s.appendChanges(b, r)
	regular := s.names(&r.Release, version)
	var hashes, sizes []byte
	for i, f := range r.files {
		if f.Filename != regular[i] {
			b = appendIndexed(b, '!', i, f.Filename)
		}
		hashes = appendHash(hashes, f.Hashes.SHA256)
		if locations {
			if hash, ok := locationHash(f.URL, f.Filename); ok {
				hashes = appendHash(hashes, hash)
			} else {
				b = appendIndexed(b, ':', i, cmp.Or(oneLine(f.URL), f.Filename))
			}
		}
		sizes = strconv.AppendInt(append(sizes, ' '), max(0, f.Size), 10)
	}
	return append(append(append(b, hashes...), sizes...), '\n')
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
