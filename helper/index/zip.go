package index

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math"
)

// zipReader finds a few members of a zip file. Unlike archive/zip it makes few reads, each of which may be a request,
// takes nothing that the file claims on trust, and keeps no list of members.
type zipReader struct {
	file      archiveFile
	base      int64  // where the archive begins; something may stand before it
	directory []byte // the central directory
}

// member is an entry of the directory.
type member struct {
	name          string
	method, flags uint16
	crc           uint32
	packed, size  uint64
	offset        uint64
}

const (
	maxDirectory = 12 << 20 // the longest known is some 5 MB
	endSize      = 22       // of the end of the directory, without its comment
	entrySize    = 46       // of an entry, without its name and more
	localSize    = 30       // of a member's own header, without its name and more
)

// A short read of r is an error; so is every failed request, unchanged.
func readFull(r io.ReaderAt, p []byte, off int64) error {
	n, err := r.ReadAt(p, off)
	switch {
	case n == len(p):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return broken("not a zip file: it ends too early")
	}
	return err
}

// newZip reads the directory.
func newZip(f archiveFile) (*zipReader, error) {
	tail := make([]byte, min(f.Size(), tailSize))
	if err := readFull(f, tail, f.Size()-int64(len(tail))); err != nil {
		return nil, err
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+endSize > len(tail) {
		return nil, broken("not a zip file: it has no end of a directory")
	}
	le, end := binary.LittleEndian, tail[at:]
	endAt := f.Size() - int64(len(tail)) + int64(at)
	size, offset := uint64(le.Uint32(end[12:])), uint64(le.Uint32(end[16:]))
	if le.Uint16(end[10:]) == math.MaxUint16 || size == math.MaxUint32 || offset == math.MaxUint32 {
		var err error
		if endAt, size, offset, err = zip64End(f, tail[:at], endAt, size, offset); err != nil {
			return nil, err
		}
	}
	if size > maxDirectory {
		return nil, broken("a broken zip file: its directory claims to be %d MiB", size>>20)
	}
	z := &zipReader{file: f, base: endAt - int64(size) - int64(offset), directory: make([]byte, size)}
	if offset > math.MaxInt64/2 || z.base < 0 {
		return nil, broken("a broken zip file: its directory is not where its end says")
	}
	return z, readFull(f, z.directory, endAt-int64(size))
}

// zip64End reads the end of the directory of a long zip file, if there is one.
func zip64End(f archiveFile, before []byte, endAt int64, size, offset uint64) (int64, uint64, uint64, error) {
	le := binary.LittleEndian
	if len(before) < 20 || string(before[len(before)-20:][:4]) != "PK\x06\x07" {
		return endAt, size, offset, nil
	}
	at := le.Uint64(before[len(before)-20+8:])
	end := make([]byte, 56)
	if at > uint64(f.Size()) {
		return 0, 0, 0, broken("a broken zip file: its directory is not where its end says")
	}
	if err := readFull(f, end, int64(at)); err != nil {
		return 0, 0, 0, err
	}
	if string(end[:4]) != "PK\x06\x06" {
		return 0, 0, 0, broken("a broken zip file: its directory is not where its end says")
	}
	return int64(at), le.Uint64(end[40:]), le.Uint64(end[48:]), nil
}

// each calls use with each member; the name is valid within the call only.
func (z *zipReader) each(use func(m *member) error) error {
	le := binary.LittleEndian
	for d := z.directory; len(d) > 0; {
		if len(d) < entrySize || string(d[:4]) != "PK\x01\x02" {
			return broken("a broken zip file: its directory cannot be read")
		}
		name, extra, comment := int(le.Uint16(d[28:])), int(le.Uint16(d[30:])), int(le.Uint16(d[32:]))
		if len(d) < entrySize+name+extra+comment {
			return broken("a broken zip file: its directory cannot be read")
		}
		m := member{
			name: text(d[entrySize : entrySize+name]), flags: le.Uint16(d[8:]), method: le.Uint16(d[10:]), crc: le.Uint32(d[16:]),
			packed: uint64(le.Uint32(d[20:])), size: uint64(le.Uint32(d[24:])), offset: uint64(le.Uint32(d[42:])),
		}
		m.zip64(d[entrySize+name:][:extra])
		if err := use(&m); err != nil {
			return err
		}
		d = d[entrySize+name+extra+comment:]
	}
	return nil
}

// zip64 takes the numbers that have no place in an entry of before zip64.
func (m *member) zip64(extra []byte) {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		id, size := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return
		}
		field := extra[:size]
		extra = extra[size:]
		if id != 1 {
			continue
		}
		for _, n := range []*uint64{&m.size, &m.packed, &m.offset} {
			if *n == math.MaxUint32 && len(field) >= 8 {
				*n, field = le.Uint64(field), field[8:]
			}
		}
	}
}

// read is the content of a member of at most maxMetadata bytes.
func (z *zipReader) read(m member) ([]byte, error) {
	switch {
	case m.size > maxMetadata || m.packed > maxMetadata:
		return nil, broken("%s claims to be %d MiB: given up", clean(m.name), max(m.size, m.packed)>>20)
	case m.flags&1 != 0:
		return nil, broken("%s is encrypted", clean(m.name))
	case m.method != 0 && m.method != 8:
		return nil, broken("%s is packed in a way that is not read (%d)", clean(m.name), m.method)
	case m.offset > uint64(z.file.Size()):
		return nil, broken("a broken zip file: %s is not where its directory says", clean(m.name))
	}
	packed, err := z.packed(m)
	if err != nil {
		return nil, err
	}
	var r io.Reader = bytes.NewReader(packed)
	if m.method == 8 {
		r = flate.NewReader(r)
	}
	content, err := io.ReadAll(io.LimitReader(r, int64(m.size)+1))
	if err != nil || uint64(len(content)) != m.size || crc32.ChecksumIEEE(content) != m.crc {
		return nil, broken("a broken zip file: %s is damaged", clean(m.name))
	}
	return content, nil
}

// packed is the bytes of a member as they are in the file. They are read with the header before them, whose length is
// not known for certain.
func (z *zipReader) packed(m member) ([]byte, error) {
	const slack = 512
	at := z.base + int64(m.offset)
	b := make([]byte, max(0, min(localSize+int64(len(m.name))+slack+int64(m.packed), z.file.Size()-at)))
	if err := readFull(z.file, b, at); err != nil {
		return nil, err
	}
	if len(b) < localSize || string(b[:4]) != "PK\x03\x04" {
		return nil, broken("a broken zip file: %s is not where its directory says", clean(m.name))
	}
	le := binary.LittleEndian
	header := localSize + int(le.Uint16(b[26:])) + int(le.Uint16(b[28:]))
	if header+int(m.packed) <= len(b) {
		return b[header:][:m.packed], nil
	}
	b = make([]byte, m.packed)
	return b, readFull(z.file, b, at+int64(header))
}
