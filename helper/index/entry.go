package index

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"net/http"
	"time"
	"unsafe"
)

// entry is what is kept of an answer: what HTTP needs to know of it, and the answer in a form of our own. That has a
// head, which is read at once, and perhaps a tail, of which parts are read later.
type entry struct {
	status         int           // 200, 404, or statusBroken
	noCache        bool          // to be asked for again each time
	maxAge         time.Duration // for which it is fresh; -1 if the answer did not say
	etag, modified string        // of the answer, for the next conditional request
	written        time.Time     // when it was last known to be current
	head           string
	tail           io.ReaderAt
}

// newEntry is an entry of head and tail.
func newEntry(head string, tail []byte) *entry {
	return &entry{status: http.StatusOK, maxAge: -1, head: head, tail: bytes.NewReader(tail)}
}

// statusBroken is the status of a file that could be asked for and is no good; the head says why.
const statusBroken = 1

// An entry's file, numbers little endian:
//
//	 0  8 bytes  entryMagic
//	 8  uint32   CRC-32C of what follows, up to the end of the head
//	12  uint32   where the head ends
//	16  uint64   size of the file
//	24  uint16   status
//	26  uint16   1 if noCache
//	28  uint32   maxAge in seconds, all bits set for -1
//	32  uint16   length of etag
//	34  uint16   length of modified
//	36  etag, modified, head, tail
const (
	entryMagic  = "machidx2"
	entryHeader = 36
	firstRead   = 4 << 10 // most heads are shorter
	maxHead     = 256 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (e *entry) writeTo(w io.Writer) error {
	etag, modified := e.etag, e.modified
	if len(etag) > 1<<10 || len(modified) > 1<<10 { // nothing that a server should send
		etag, modified = "", ""
	}
	tailSize := 0
	if tail, ok := e.tail.(*bytes.Reader); ok {
		tailSize = tail.Len()
	}
	end := entryHeader + len(etag) + len(modified) + len(e.head)
	b := make([]byte, entryHeader, end+tailSize)
	le := binary.LittleEndian
	copy(b, entryMagic)
	le.PutUint32(b[12:], uint32(end))
	le.PutUint64(b[16:], uint64(end+tailSize))
	le.PutUint16(b[24:], uint16(e.status))
	if e.noCache {
		b[26] = 1
	}
	le.PutUint32(b[28:], uint32(int32(e.maxAge/time.Second)))
	if e.maxAge < 0 {
		le.PutUint32(b[28:], 1<<32-1)
	}
	le.PutUint16(b[32:], uint16(len(etag)))
	le.PutUint16(b[34:], uint16(len(modified)))
	b = append(append(append(b, etag...), modified...), e.head...)
	le.PutUint32(b[8:], crc32.Checksum(b[12:end], castagnoli))
	if tailSize > 0 {
		b = b[:end+tailSize]
		if _, err := e.tail.ReadAt(b[end:], 0); err != nil {
			return err
		}
	}
	_, err := w.Write(b)
	return err
}

// readEntry reads the head of the entry at path, and leaves its tail there; nil if there is none, or it is damaged.
func readEntry(path string) *entry {
	f, err := openDisk(path)
	if err != nil {
		return nil
	}
	e, end := f.entry()
	if e == nil || end == f.size {
		f.close()
		return e
	}
	e.tail = keep(f, path, end)
	return e
}

// entry reads the head of an entry, and where it ends; nil if it is damaged.
func (f *disk) entry() (e *entry, end int64) {
	if f.size < entryHeader {
		return nil, 0
	}
	b := make([]byte, min(f.size, firstRead))
	if _, err := f.ReadAt(b, 0); err != nil || string(b[:8]) != entryMagic {
		return nil, 0
	}
	le := binary.LittleEndian
	end = int64(le.Uint32(b[12:]))
	if le.Uint64(b[16:]) != uint64(f.size) || end < entryHeader || end > f.size || end > maxHead {
		return nil, 0
	}
	if end > int64(len(b)) {
		b = append(make([]byte, 0, end), b...)[:end]
		if _, err := f.ReadAt(b[firstRead:], firstRead); err != nil {
			return nil, 0
		}
	}
	b = b[:end]
	etag, modified := int64(le.Uint16(b[32:])), int64(le.Uint16(b[34:]))
	if crc32.Checksum(b[12:], castagnoli) != le.Uint32(b[8:]) || entryHeader+etag+modified > end {
		return nil, 0
	}
	s := text(b)
	e = &entry{status: int(le.Uint16(b[24:])), noCache: b[26] == 1, maxAge: -1, written: f.modified}
	if age := le.Uint32(b[28:]); age != 1<<32-1 {
		e.maxAge = time.Duration(age) * time.Second
	}
	e.etag, s = s[entryHeader:entryHeader+etag], s[entryHeader+etag:]
	e.modified, e.head = s[:modified], s[modified:]
	return e, end
}

// text is b as a string that shares its memory; nobody writes to b any more.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
