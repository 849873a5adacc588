package index

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
	"sync/atomic"
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
	tailBytes      []byte // of an entry that was made here
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
	end := entryHeader + len(etag) + len(modified) + len(e.head)
	b := make([]byte, entryHeader, end+len(e.tailBytes))
	le := binary.LittleEndian
	copy(b, entryMagic)
	le.PutUint32(b[12:], uint32(end))
	le.PutUint64(b[16:], uint64(end+len(e.tailBytes)))
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
	_, err := w.Write(append(b, e.tailBytes...))
	return err
}

// openTails counts the files that are kept open for their tails; of more than maxOpenTails the tails are read at once.
var openTails atomic.Int32

const maxOpenTails = 1000

// readEntry reads the head of f; nil if that is damaged. keep says that the entry needs f open.
func readEntry(f *os.File) (e *entry, keep bool) {
	info, err := f.Stat()
	if err != nil || info.Size() < entryHeader {
		return nil, false
	}
	b := make([]byte, min(info.Size(), firstRead))
	if _, err := f.ReadAt(b, 0); err != nil || string(b[:8]) != entryMagic {
		return nil, false
	}
	le := binary.LittleEndian
	end, size := int64(le.Uint32(b[12:])), info.Size()
	if le.Uint64(b[16:]) != uint64(size) || end > size || end > maxHead {
		return nil, false
	}
	if end > int64(len(b)) {
		b = append(make([]byte, 0, end), b...)[:end]
		if _, err := f.ReadAt(b[firstRead:], firstRead); err != nil {
			return nil, false
		}
	}
	b = b[:end]
	etag, modified := int64(le.Uint16(b[32:])), int64(le.Uint16(b[34:]))
	if crc32.Checksum(b[12:], castagnoli) != le.Uint32(b[8:]) || entryHeader+etag+modified > end {
		return nil, false
	}
	s := text(b)
	e = &entry{status: int(le.Uint16(b[24:])), noCache: b[26] == 1, maxAge: -1, written: info.ModTime()}
	if age := le.Uint32(b[28:]); age != 1<<32-1 {
		e.maxAge = time.Duration(age) * time.Second
	}
	e.etag, s = s[entryHeader:entryHeader+etag], s[entryHeader+etag:]
	e.modified, e.head = s[:modified], s[modified:]
	return e, e.openTail(f, end, size)
}

// openTail leaves the tail in f, or reads it if too many files are open.
func (e *entry) openTail(f *os.File, from, size int64) (keep bool) {
	if from == size {
		return false
	}
	e.tail = io.NewSectionReader(f, from, size-from)
	if openTails.Add(1) <= maxOpenTails {
		return true
	}
	if b, err := io.ReadAll(e.tail.(*io.SectionReader)); err == nil {
		e.tail = bytes.NewReader(b)
	}
	return false
}

// text is b as a string that shares its memory; nobody writes to b any more.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
