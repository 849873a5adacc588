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
//	KEY OFFSET SIZE HASH
//
// and leads to the keys from KEY on, up to that of the next line. Lines are sorted by
// key. A line that is only a key leads where the line before it does.
type node string

// find gives the key of the last line that is not after key, and where it leads; if
// there is none, both are "".
func (n node) find(key string) (found, line string) {
	lo, hi := 0, len(n) // lines that begin before lo are not after key; from hi on they are
	last := -1          // the last line before lo
	for lo < hi {
		at := lo + n.lineAt(lo, lo+(hi-lo)/2)
		line, _, _ := strings.Cut(string(n[at:]), "\n")
		k, _, _ := strings.Cut(line, " ")
		if k > key {
			hi = at
			continue
		}
		found, last = k, at
		lo = at + len(line) + 1
	}
	if last < 0 {
		return "", ""
	}
	return found, n.leads(last)
}

// lineAt gives where, from the line at from on, the last line begins before to.
func (n node) lineAt(from, to int) int {
	return strings.LastIndexByte(string(n[from:to]), '\n') + 1
}

// leads gives what follows the key of the line at, or of the last line before it where
// something does.
func (n node) leads(at int) string {
	for {
		line, _, _ := strings.Cut(string(n[at:]), "\n")
		if _, rest, ok := strings.Cut(line, " "); ok || at == 0 {
			return rest
		}
		at = n.lineAt(0, at-1)
	}
}
