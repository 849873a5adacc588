package pydb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The first line of a stream's text says what it is.
const (
	headRoot     = rootOf + format
	rootOf       = "mach database "
	format       = "2"
	headIndex    = "index"
	headNames    = "names"
	headReleases = "releases"
	headFiles    = "files"
)

// Lines within streams: what comes after them is of another kind.
const (
	lineDays   = "days"   // of releases
	lineHashes = "hashes" // of files
)

// Kinds of trees, as the root names them.
const (
	kindExact = "exact" // to shards of releases, by each name
	kindRange = "range" // to shards of releases, by the first name of each
	kindFiles = "files" // to pages of files
	kindNames = "names" // to shards of names, by the first name of each
)

// tree is an index: a node whose pointers lead, through as many levels of index
// shards as depth says, to shards of a kind.
type tree struct {
	kind  string
	depth int
	top   node
	files int // of releases: which tree of DB.files has their files
}

// maxDepth bounds the depth of a tree: with dozens of pointers a node, enough for
// anything.
const maxDepth = 8

// tailLen is how much of the end of a file is read at once: more than most roots.
const tailLen = 32 << 10

func open(path string, r io.ReaderAt, size int64) (*DB, error) {
	db := &DB{path: path, file: r, size: size, nodes: map[int64]node{}}
	data, err := db.readRoot()
	if err != nil {
		return nil, err
	}
	db.root = size - int64(len(data))
	text, err := rootText(data)
	if err != nil {
		return nil, db.corrupt(db.root, err)
	}
	head, text, _ := strings.Cut(text, "\n")
	if head != headRoot {
		return nil, db.noDatabase(head)
	}
	sum := sha256.Sum256(data)
	db.info.Root = hex.EncodeToString(sum[:])
	if err := db.parseRoot(text); err != nil {
		return nil, db.corrupt(db.root, err)
	}
	return db, nil
}

// rootText gives the text of the root's stream, which has its own SHA-256: nothing
// else in the file vouches for it.
func rootText(data []byte) (string, error) {
	c, err := parseContainer(data)
	if err != nil {
		return "", err
	}
	t, err := openContainer(c)
	if err != nil {
		return "", err
	}
	s, err := t.rest()
	if err != nil {
		return "", err
	}
	if sum := sha256.Sum256(t.raw); c.check != checkSHA256 || string(sum[:]) != string(c.sum) {
		return "", damaged("the text of the root has not the SHA-256 that follows it")
	}
	return s, nil
}

// readRoot gives the bytes of the last stream of the file.
func (db *DB) readRoot() ([]byte, error) {
	data := make([]byte, min(db.size, tailLen))
	if err := db.readAt(data, db.size-int64(len(data))); err != nil {
		return nil, err
	}
	t, err := parseTail(data)
	if err != nil {
		return nil, db.noRoot(err)
	}
	if t.stream > db.size {
		return nil, db.corrupt(0, damaged("the last xz stream has %d bytes, the file only %d", t.stream, db.size))
	}
	if t.stream <= int64(len(data)) {
		return data[int64(len(data))-t.stream:], nil
	}
	data = make([]byte, t.stream)
	return data, db.readAt(data, db.size-t.stream)
}

// readAt fills data from the file.
func (db *DB) readAt(data []byte, offset int64) error {
	_, err := db.file.ReadAt(data, offset)
	if n := int64(len(data)); errors.Is(err, io.EOF) && offset+n >= db.size {
		err = nil
	}
	return err
}

const notOurs = "an xz file, but no database of mach"

// noRoot says why a file that does not end in a stream of a database is none.
func (db *DB) noRoot(err error) error {
	var magic [6]byte
	_, _ = db.file.ReadAt(magic[:], 0) // a file too short for it has none
	e := &CorruptError{Path: db.path, Offset: max(0, db.size-footerLen), Hint: hintDamaged}
	switch {
	case db.size == 0:
		e.Reason = "the file is empty"
	case string(magic[:]) != string(xzMagic):
		e.Reason, e.Hint = "not an xz file, so no database", hintNoMach
	case errors.Is(err, otherCheck):
		e.Reason, e.Hint = notOurs, hintNoMach
	default:
		e.Reason = "the last xz stream is not the root of a database: " + err.Error()
	}
	return e
}

// noDatabase says why a file with a sound last stream is no database for us.
func (db *DB) noDatabase(head string) error {
	e := &CorruptError{Path: db.path, Offset: db.root, Reason: notOurs, Hint: hintNoMach}
	if v, ok := strings.CutPrefix(head, rootOf); ok {
		e.Reason, e.Hint = fmt.Sprintf("a database of format %q, and this mach knows only %s", v, format), hintNewer
	}
	return e
}

// parseRoot reads the lines of the root after the first: fields, then trees.
func (db *DB) parseRoot(text string) error {
	fields, trees, more := strings.Cut(text, "=")
	for line := range strings.Lines(fields) {
		if err := db.info.set(strings.TrimSuffix(line, "\n")); err != nil {
			return err
		}
	}
	for more {
		var t string
		if t, trees, more = strings.Cut(trees, "\n="); more {
			t += "\n"
		}
		if err := db.addTree(t); err != nil {
			return err
		}
	}
	if n := len(db.trees); n > 0 && db.trees[n-1].files == len(db.files) {
		return damaged("the root has a tree without a tree of its files")
	}
	db.pages = make([]lastPage, len(db.files))
	return nil
}

// set reads a line of the root, a key and its value.
func (info *Info) set(line string) (err error) {
	key, value, _ := strings.Cut(line, " ")
	switch key {
	case "date":
		info.Date = value
	case "serial":
		info.Serial, err = strconv.ParseInt(value, 10, 64)
	case "projects":
		info.Projects, err = strconv.Atoi(value)
	case "releases":
		info.Releases, err = strconv.Atoi(value)
	case "files":
		info.Files, err = strconv.Atoi(value)
	case "updates":
		info.Updates, err = strconv.Atoi(value)
	case "locations":
		info.Locations = value == "yes"
	default:
		err = damaged("the root has an unknown line %q", line)
	}
	if err != nil {
		return damaged("the root has a wrong line %q", line)
	}
	return nil
}

// addTree reads a tree of the root: a line "KIND DEPTH", then a node.
func (db *DB) addTree(section string) error {
	head, top, _ := strings.Cut(section, "\n")
	kind, digits, _ := strings.Cut(head, " ")
	depth, err := strconv.Atoi(digits)
	if err != nil || depth < 0 || depth > maxDepth {
		return damaged("the root has a tree %q, whose depth is wrong", head)
	}
	t := tree{kind: kind, depth: depth, top: node(top), files: len(db.files)}
	switch kind {
	case kindExact, kindRange:
		db.trees = append(db.trees, t)
	case kindFiles:
		db.files = append(db.files, t)
	case kindNames:
		db.names = append(db.names, t)
	default:
		return damaged("the root has a tree of an unknown kind %q", kind)
	}
	return nil
}
