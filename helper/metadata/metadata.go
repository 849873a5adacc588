// Package metadata reads core metadata: the METADATA of a wheel and the PKG-INFO of an sdist, as far as a resolution
// needs it. The form is that of mail headers (PEP 241, 314, 345, 566, 643; RFC 822):
//
//	Name: value
//	Name: value, which goes on
//	        on lines that begin with a space or a tab
//
// up to the first empty line. After it comes the description, which is not read: what looks like a field there is none.
//
// It reads what Python's email parser reads, and so pip: any case of field names, any of the three line ends, a byte
// order mark, and a line that is no field ends the block as an empty one does. Beyond that, because real files have
// it: a folded value is joined by single spaces; bytes that are not UTF-8 are taken for Latin-1, value by value; of a
// repeated field that may stand once the first counts; and "UNKNOWN", which distutils wrote where there was nothing,
// is nothing.
package metadata

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Metadata is the fields that a resolution needs, as written: names are not normalised, nothing is checked.
type Metadata struct {
	MetadataVersion string
	Name            string
	Version         string
	RequiresPython  string   // PEP 440 specifiers, or ""
	RequiresDist    []string // PEP 508 requirements, in the order of the file
	ProvidesExtra   []string
	Dynamic         []string // names of fields that building may change (PEP 643), in lower case
}

// Parse reads the fields of b. It copies what it keeps. Without Name and Version b is taken for something else, an
// error page for example, and that is an error.
func Parse(b []byte) (Metadata, error) {
	var m Metadata
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	for len(b) > 0 {
		var name, value []byte
		var folded bool
		var ok bool
		if name, value, folded, b, ok = next(b); !ok {
			break
		}
		m.set(name, value, folded)
	}
	if m.Name == "" || m.Version == "" {
		return Metadata{}, fmt.Errorf("core metadata: %w", missing(m))
	}
	return m, nil
}

func missing(m Metadata) error {
	switch {
	case m.Name != "":
		return fmt.Errorf("%q has no Version field", m.Name)
	case m.Version != "":
		return errors.New("there is no Name field")
	}
	return errors.New("there is neither a Name nor a Version field")
}

// next takes a field off the front of b. Its value still has its line ends, and folded says that they are more than
// one. A line that no field can begin with gives false; a continuation of nothing is a field without a name.
func next(b []byte) (name, value []byte, folded bool, rest []byte, ok bool) {
	line, rest := cutLine(b)
	if len(line) == 0 {
		return nil, nil, false, rest, false
	}
	start := 0
	if !isFold(line) {
		colon := bytes.IndexByte(line, ':')
		if colon < 0 || !isName(line[:colon]) {
			return nil, nil, false, rest, false
		}
		name, start = line[:colon], colon+1
	}
	for len(rest) > 0 && isFold(rest) {
		_, rest = cutLine(rest)
		folded = true
	}
	return name, b[start : len(b)-len(rest)], folded, rest, true
}

// cutLine takes the first line off b, which ends in \n, \r\n or \r.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexAny(b, "\r\n")
	switch {
	case i < 0:
		return b, nil
	case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
		return b[:i], b[i+2:]
	}
	return b[:i], b[i+1:]
}

func isFold(line []byte) bool { return line[0] == ' ' || line[0] == '\t' }

// isName says whether every byte is a visible ASCII character.
func isName(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

// set keeps a field that Metadata has a place for.
func (m *Metadata) set(name, value []byte, folded bool) {
	var lower [32]byte
	if len(name) > len(lower) {
		return
	}
	for i, c := range name {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	switch string(lower[:len(name)]) {
	case "metadata-version":
		one(&m.MetadataVersion, value, folded)
	case "name":
		one(&m.Name, value, folded)
	case "version":
		one(&m.Version, value, folded)
	case "requires-python":
		one(&m.RequiresPython, value, folded)
	case "requires-dist":
		many(&m.RequiresDist, value, folded)
	case "provides-extra":
		many(&m.ProvidesExtra, value, folded)
	case "dynamic":
		many(&m.Dynamic, bytes.ToLower(value), folded)
	}
}

func one(field *string, value []byte, folded bool) {
	if *field == "" {
		*field = text(value, folded)
	}
}

func many(field *[]string, value []byte, folded bool) {
	if s := text(value, folded); s != "" {
		*field = append(*field, s)
	}
}

// text is a value without the space around it and within its folds.
func text(value []byte, folded bool) string {
	value = bytes.TrimSpace(value)
	if string(value) == "UNKNOWN" {
		return ""
	}
	s := decode(value)
	if !folded {
		return s
	}
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\r' || r == '\n' })
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, " ")
}

// decode takes b for UTF-8, or for Latin-1 if it is not.
func decode(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}
