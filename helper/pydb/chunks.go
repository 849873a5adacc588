package pydb

// The block of an xz stream is LZMA2 chunks. A chunk begins with a control byte. A
// stored one has its size less one in two bytes, then its text. An LZMA chunk has the
// lower 16 bits of the size of its text less one, its own size less one in two bytes,
// and from newProps on a byte of properties.
const (
	endOfChunks = 0x00
	storedFirst = 0x01 // and forget the dictionary
	storedNext  = 0x02
	lzmaChunk   = 0x80
	newProps    = 0xc0
	newDict     = 0xe0

	maxStored = 1 << 16 // bytes in a stored chunk
)

// chunk is a chunk taken apart.
type chunk struct {
	control byte
	text    int // bytes of it
	body    []byte
}

// cutChunk takes the chunk off the front of b.
func cutChunk(b []byte) (c chunk, rest []byte, ok bool) {
	if len(b) < 3 || b[0] == endOfChunks || b[0] > storedNext && b[0] < lzmaChunk {
		return c, nil, false
	}
	c.control, c.text = b[0], int(b[1])<<8+int(b[2])+1
	if c.control < lzmaChunk {
		return c.cut(b[3:], c.text)
	}
	if len(b) < 6 {
		return c, nil, false
	}
	c.text += int(c.control&0x1f) << 16
	size := int(b[3])<<8 + int(b[4]) + 1
	if c.control < newProps {
		return c.cut(b[5:], size)
	}
	return c.cut(b[6:], size)
}

func (c chunk) cut(b []byte, size int) (chunk, []byte, bool) {
	if len(b) < size {
		return c, nil, false
	}
	c.body = b[:size]
	return c, b[size:], true
}

// measure goes through chunks without decoding them. It gives the bytes of their text,
// and where that lies whose chunk comes first, if it is stored.
func measure(chunks []byte) (text int, head []byte, ok bool) {
	for first := true; ; first = false {
		if len(chunks) == 1 && chunks[0] == endOfChunks {
			return text, head, true
		}
		c, rest, ok := cutChunk(chunks)
		if forgets := c.control == storedFirst || c.control >= newDict; !ok || first != forgets {
			return 0, nil, false
		}
		if first && c.control < lzmaChunk {
			head = c.body
		}
		text += c.text
		chunks = rest
	}
}
