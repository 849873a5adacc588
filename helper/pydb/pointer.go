package pydb

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
)

// pointer says where a stream is and what it is. In text it is
//
//	OFFSET SIZE HASH
//
// in bytes from the beginning of the file, and the SHA-256 of the stream in
// base64 without padding.
type pointer struct {
	offset, size int64
	sum          [sha256.Size]byte
}

func (p pointer) append(b []byte) []byte {
	b = strconv.AppendInt(b, p.offset, 10)
	b = strconv.AppendInt(append(b, ' '), p.size, 10)
	return base64.RawStdEncoding.AppendEncode(append(b, ' '), p.sum[:])
}

func parsePointer(s string) (p pointer, err error) {
	offset, rest, _ := strings.Cut(s, " ")
	size, sum, _ := strings.Cut(rest, " ")
	var err1, err2 error
	p.offset, err1 = strconv.ParseInt(offset, 10, 64)
	p.size, err2 = strconv.ParseInt(size, 10, 64)
	if err1 != nil || err2 != nil || p.offset < 0 || p.size < minStream || p.size > maxText || !decodeHash(p.sum[:], sum) {
		return p, damaged("%q is no pointer to a stream", s)
	}
	return p, nil
}

// hashLen is the length of a SHA-256 in base64 without padding.
const hashLen = 43

func decodeHash(to []byte, s string) bool {
	if len(s) != hashLen {
		return false
	}
	var b [hashLen]byte
	n, err := base64.RawStdEncoding.Strict().Decode(to, append(b[:0], s...))
	return err == nil && n == sha256.Size
}

// node is a list of pointers, in an index shard or in the root. A line is
//
//	NAME OFFSET SIZE HASH
//
// and leads to the names from NAME on, up to that of the next line. Lines are
// sorted by name.
type node string

// find gives the last line whose name is not after name, and says whether there is
// one.
func (n node) find(name string) (first, pointer string, ok bool) {
	lo, hi := 0, len(n) // lines that begin before lo are not after name; from hi on they are
	for lo < hi {
		at := strings.LastIndexByte(string(n[lo:lo+(hi-lo)/2]), '\n') + 1 + lo
		line, _, _ := strings.Cut(string(n[at:]), "\n")
		key, rest, _ := strings.Cut(line, " ")
		if key > name {
			hi = at
			continue
		}
		first, pointer, ok = key, rest, true
		lo = at + len(line) + 1
	}
	return first, pointer, ok
}
