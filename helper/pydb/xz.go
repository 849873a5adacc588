package pydb

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
)

// An xz stream of a database is a header, one block, an index and a footer. The
// block's header has neither sizes nor filters besides LZMA2.
const (
	headerLen      = 12
	blockHeaderLen = 12
	footerLen      = 12
	maxIndex       = 32 // bytes of the index of one block, which is less
	minStream      = headerLen + blockHeaderLen + 4 + 4 + 8 + footerLen

	checkCRC32  = 0x01
	checkSHA256 = 0x0a

	maxText = 64 << 20 // bytes of text in a stream: far more than is ever written
	maxDict = 36       // its code, for maxText
)

var xzMagic = []byte{0xfd, '7', 'z', 'X', 'Z', 0}

// container is an xz stream taken apart.
type container struct {
	payload []byte // LZMA2 chunks, with their end mark
	dict    int    // bytes of dictionary that decoding takes
	text    int    // bytes of text in it
	check   byte   // what sum is
	sum     []byte
}

// parseContainer takes the xz stream in data apart. It checks everything but the
// payload and its sum.
func parseContainer(data []byte) (c container, err error) {
	t, err := parseTail(data)
	if err != nil {
		return c, err
	}
	if t.stream != int64(len(data)) {
		return c, damaged("the xz stream has %d bytes, not the %d of its index", len(data), t.stream)
	}
	if !bytes.HasPrefix(data, xzMagic) || !endsInCRC(data[6:headerLen]) || data[6] != 0 || data[7] != t.check {
		return c, damaged("the header of the xz stream is wrong")
	}
	h := data[headerLen : headerLen+blockHeaderLen]
	if !bytes.HasPrefix(h, []byte{blockHeaderLen/4 - 1, 0, 0x21, 1}) || h[4] > maxDict || !endsInCRC(h) {
		return c, damaged("the header of the xz block is not one of a database")
	}
	end := headerLen + int(t.unpadded) - checkLen(t.check) // of the payload
	sum := end + padding(end)
	c.payload = data[headerLen+blockHeaderLen : end]
	c.sum = data[sum : sum+checkLen(t.check)]
	c.dict, c.text, c.check = dictSize(h[4]), int(t.text), t.check
	for _, b := range data[end:sum] {
		if b != 0 {
			return c, damaged("the padding of the xz block is not zero")
		}
	}
	return c, nil
}

// tail is what the last bytes of an xz stream say of the whole.
type tail struct {
	stream   int64 // bytes of the stream
	unpadded int64 // bytes of its block without padding
	text     int64
	check    byte
}

// otherCheck is a stream of another program, most likely.
const otherCheck = damage("the xz stream has a check of a type that no database has")

// parseTail reads the index and the footer at the end of data, which need not hold
// the whole stream.
func parseTail(data []byte) (t tail, err error) {
	if len(data) < footerLen {
		return t, damaged("there is no xz footer")
	}
	footer := data[len(data)-footerLen:]
	if footer[10] != 'Y' || footer[11] != 'Z' || footer[8] != 0 ||
		crc32.ChecksumIEEE(footer[4:10]) != binary.LittleEndian.Uint32(footer) {
		return t, damaged("there is no xz footer")
	}
	t.check = footer[9]
	if checkLen(t.check) == 0 {
		return t, otherCheck
	}
	size := 4 * (int64(binary.LittleEndian.Uint32(footer[4:])) + 1)
	if size > int64(len(data)-footerLen) || size > maxIndex {
		return t, damaged("the xz stream has an index of %d bytes, which is not one of a database", size)
	}
	index := data[len(data)-footerLen-int(size) : len(data)-footerLen]
	if !endsInCRC(index) || index[0] != 0 || index[1] != 1 {
		return t, damaged("the index of the xz stream is wrong")
	}
	var rest []byte
	t.unpadded, rest = uvarint(index[2 : size-4])
	t.text, rest = uvarint(rest)
	if len(bytes.Trim(rest, "\x00")) > 0 || len(rest) > 3 || t.text > maxText || t.text < 0 ||
		t.unpadded < blockHeaderLen+1+int64(checkLen(t.check)) || t.unpadded > maxText {
		return t, damaged("the index of the xz stream is wrong")
	}
	t.stream = headerLen + t.unpadded + int64(padding(int(t.unpadded))) + size + footerLen
	return t, nil
}

// uvarint reads a number of xz and what follows it. The number is -1 if there is
// none.
func uvarint(b []byte) (int64, []byte) {
	n, read := binary.Uvarint(b)
	if read <= 0 || n > maxText {
		return -1, nil
	}
	return int64(n), b[read:]
}

// endsInCRC says whether the last four bytes of b are the CRC of the others.
func endsInCRC(b []byte) bool {
	n := len(b) - 4
	return crc32.ChecksumIEEE(b[:n]) == binary.LittleEndian.Uint32(b[n:])
}

func appendCRC(b []byte, from int) []byte {
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b[from:]))
}

func checkLen(check byte) int {
	switch check {
	case checkCRC32:
		return crc32.Size
	case checkSHA256:
		return sha256.Size
	}
	return 0
}

// padding is how many zeros follow n bytes, so that they fill words of four.
func padding(n int) int {
	return -n & 3
}

// dictSize is the size of a dictionary that has the given code.
func dictSize(code byte) int {
	return (2 | int(code&1)) << (code/2 + 11)
}

// dictCode is the code of the smallest dictionary that n bytes fit into.
func dictCode(n int) byte {
	code := byte(0)
	for dictSize(code) < n && code < maxDict {
		code++
	}
	return code
}

// appendContainer appends an xz stream of the given text, compressed as payload.
func appendContainer(b, payload []byte, dict byte, text []byte, check byte) []byte {
	start := len(b)
	b = append(append(b, xzMagic...), 0, check)
	b = appendCRC(b, start+len(xzMagic))
	block := len(b)
	b = append(b, blockHeaderLen/4-1, 0, 0x21, 1, dict, 0, 0, 0)
	b = append(appendCRC(b, block), payload...)
	unpadded := len(b) - block + checkLen(check)
	b = append(b, make([]byte, padding(len(payload)))...)
	if check == checkSHA256 {
		sum := sha256.Sum256(text)
		b = append(b, sum[:]...)
	} else {
		b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(text))
	}
	index := len(b)
	b = append(b, 0, 1)
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(unpadded)), uint64(len(text)))
	b = appendCRC(append(b, make([]byte, padding(len(b)-index))...), index)
	footer := binary.LittleEndian.AppendUint32(nil, uint32(len(b)-index)/4-1)
	footer = append(footer, 0, check)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(footer))
	return append(append(b, footer...), 'Y', 'Z')
}
