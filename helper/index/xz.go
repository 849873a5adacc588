package index

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
	"slices"

	"github.com/ulikunitz/xz/lzma"
)

// maxDictionary bounds the memory that an xz file may ask for, which one byte of it says: as much as xz -9 takes.
const maxDictionary = 64 << 20

// xzReader reads an xz file: the format's streams and blocks are read here, so that a block whose dictionary is too large
// is refused before there is room made for it, and LZMA2 is left to the library. The index and the footer, which repeat what
// the blocks say, are passed over.
type xzReader struct {
	in    counted
	check func() hash.Hash // of the stream; nil: before its header
	block *lzma.Reader2    // nil: between blocks
	from  int64            // where its data began
	sum   hash.Hash
}

// counted counts what is read, byte by byte too: a block's data has no length.
type counted struct {
	*bufio.Reader
	n int64
}

// Read reads.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte implements io.ByteReader.
func (c *counted) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// next are the next n bytes.
func (c *counted) next(n int) ([]byte, error) {
	p := make([]byte, n)
	_, err := io.ReadFull(c, p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return p, err
}

func newXZ(r *bufio.Reader) io.Reader { return &xzReader{in: counted{Reader: r}} }

// errXZ is that a file is not in the format.
var errXZ = errors.New("what the xz format has is not there")

// xzMagic is how a stream begins.
const xzMagic = "\xfd7zXZ\x00"

// Read reads.
func (x *xzReader) Read(p []byte) (int, error) {
	for {
		if x.block == nil {
			if err := x.begin(); err != nil {
				return 0, err
			}
			continue
		}
		n, err := x.block.Read(p)
		x.sum.Write(p[:n])
		if errors.Is(err, io.EOF) {
			err = x.end()
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// begin reads the header of the next stream or block. The end of the last stream is io.EOF.
func (x *xzReader) begin() error {
	if x.check == nil {
		return x.stream()
	}
	size, err := x.in.next(1)
	switch {
	case err != nil:
		return err
	case size[0] == 0:
		return x.index()
	}
	rest, err := x.in.next(int(size[0])*4 + 3)
	if err != nil {
		return err
	}
	header := append(size, rest...)
	dictionary, ok := dictionaryOf(header)
	switch {
	case !ok:
		return errXZ
	case dictionary > maxDictionary:
		return broken("it asks for %d MiB of memory to be unpacked", dictionary>>20)
	}
	x.from, x.sum = x.in.n, x.check()
	x.block, err = lzma.Reader2Config{DictCap: max(int(dictionary), lzma.MinDictCap)}.NewReader2(&x.in)
	return err
}

// stream reads the header of a stream. Behind one there may be zeros, four by four.
func (x *xzReader) stream() error {
	for x.in.n > 0 {
		start, err := x.in.Peek(4)
		if err != nil && len(start) == 0 {
			return err
		}
		if !bytes.Equal(start, make([]byte, 4)) {
			break
		}
		if _, err := x.in.next(4); err != nil {
			return err
		}
	}
	h, err := x.in.next(12)
	if err != nil {
		return err
	}
	x.check = checks[h[7]]
	if string(h[:6]) != xzMagic || h[6] != 0 || x.check == nil || !endsInCRC(h[6:]) {
		return errXZ
	}
	return nil
}

// checks are the sums that may stand behind a block, little-endian those that are numbers.
var checks = map[byte]func() hash.Hash{
	0:  func() hash.Hash { return none{} },
	1:  func() hash.Hash { return crc32.NewIEEE() },
	4:  func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ECMA)) },
	10: sha256.New,
}

// none is no sum.
type none struct{ hash.Hash }

func (none) Write(p []byte) (int, error) { return len(p), nil }
func (none) Sum(b []byte) []byte         { return b }

// dictionaryOf is how large a dictionary the header of a block asks for, of which LZMA2 is the only filter.
func dictionaryOf(header []byte) (size int64, ok bool) {
	fields := header[2 : len(header)-4]
	if !endsInCRC(header) || header[1]&^0xc0 != 0 {
		return 0, false
	}
	for _, there := range []byte{0x40, 0x80} { // the sizes of the block
		if header[1]&there != 0 {
			_, n := binary.Uvarint(fields)
			if n <= 0 {
				return 0, false
			}
			fields = fields[n:]
		}
	}
	if len(fields) < 3 || fields[0] != 0x21 || fields[1] != 1 || fields[2] > 40 {
		return 0, false
	}
	bits := int64(fields[2])
	return (2 | bits&1) << (bits/2 + 11), true
}

// end reads what follows the data of a block.
func (x *xzReader) end() error {
	want := x.sum.Sum(nil)
	if len(want) <= 8 {
		slices.Reverse(want)
	}
	padding := int(-(x.in.n - x.from) & 3)
	tail, err := x.in.next(padding + len(want))
	if err == nil && !bytes.Equal(tail[padding:], want) {
		err = errors.New("its sum is wrong")
	}
	x.block = nil
	return err
}

// index passes over the index and the footer of a stream.
func (x *xzReader) index() error {
	from := x.in.n - 1
	records, err := binary.ReadUvarint(&x.in)
	for ; err == nil && records > 0; records-- {
		if _, err = binary.ReadUvarint(&x.in); err == nil {
			_, err = binary.ReadUvarint(&x.in)
		}
	}
	if err == nil {
		_, err = x.in.next(int(-(x.in.n-from)&3) + 4 + 12)
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	x.check = nil
	return err
}

// endsInCRC says whether the last four bytes are the sum of those before.
func endsInCRC(b []byte) bool {
	data, sum := b[:len(b)-4], b[len(b)-4:]
	return crc32.ChecksumIEEE(data) == binary.LittleEndian.Uint32(sum)
}
