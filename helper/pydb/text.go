package pydb

import (
	"bytes"
	"io"
	"unsafe"

	"github.com/ulikunitz/xz/lzma"
)

// text is the text of a stream, decoded chunk by chunk as its lines are asked for.
// Lines share its memory, which is never written twice. It is not safe for
// concurrent use.
type text struct {
	raw    []byte    // has room for the whole text
	have   int       // bytes of raw that are decoded
	pos    int       // where the next line begins
	chunks []byte    // LZMA2 chunks not yet decoded; their end mark is the last
	dict   int       // bytes of dictionary; 0 if no chunk is compressed
	lzma   io.Reader // nil until the first chunk is decoded
}

// openText opens the text of an xz stream.
func openText(data []byte) (*text, error) {
	c, err := parseContainer(data)
	if err != nil {
		return nil, err
	}
	return openContainer(c)
}

// openContainer opens the text of c. One chunk that is not compressed is not
// copied.
func openContainer(c container) (*text, error) {
	compressed, err := checkChunks(c)
	if err != nil {
		return nil, err
	}
	if !compressed && c.text > 0 && c.text <= maxStored {
		return &text{raw: c.payload[3:][:c.text], have: c.text}, nil
	}
	t := &text{raw: make([]byte, c.text), chunks: c.payload}
	if compressed {
		t.dict = min(c.dict, dictSize(dictCode(c.text)))
	}
	return t, nil
}

// LZMA2 control bytes. A chunk of LZMA begins with its control byte, the lower 16
// bits of its text's size - 1, its own size - 1 as 16 bits, and from lzmaProps on a
// byte of properties. A stored chunk has three bytes before its text.
const (
	chunkEnd    = 0x00
	storedFirst = 0x01
	storedNext  = 0x02
	lzmaChunk   = 0x80
	lzmaProps   = 0xc0

	maxStored = 1 << 16 // bytes in a stored chunk
)

// chunkHeader is the length of the header of the chunk that b begins with.
func chunkHeader(b []byte) int {
	switch {
	case b[0] < lzmaChunk:
		return 3
	case b[0] < lzmaProps:
		return 5
	}
	return 6
}

// chunkSizes gives the size of the text in the chunk that b begins with, and of the
// chunk after its header.
func chunkSizes(b []byte) (text, size int, stored bool) {
	n := int(b[1])<<8 | int(b[2])
	if b[0] < lzmaChunk {
		return n + 1, n + 1, true
	}
	return n + 1 + int(b[0]&0x1f)<<16, (int(b[3])<<8 | int(b[4])) + 1, false
}

// checkChunks checks that the chunks fill the payload and that their texts have
// together the size stated, before anything is allocated or decoded, and says
// whether one is compressed.
func checkChunks(c container) (compressed bool, err error) {
	sum := 0
	for b := c.payload; len(b) != 1 || b[0] != chunkEnd; {
		if len(b) < 5 || b[0] == chunkEnd || storedNext < b[0] && b[0] < lzmaChunk {
			return false, damaged("the LZMA2 chunks of the xz stream are wrong")
		}
		text, size, stored := chunkSizes(b)
		if sum += text; chunkHeader(b)+size >= len(b) || sum > c.text {
			return false, damaged("the LZMA2 chunks of the xz stream are wrong")
		}
		compressed = compressed || !stored
		b = b[chunkHeader(b)+size:]
	}
	if sum != c.text {
		return false, damaged("the xz stream has %d bytes of text, not the %d of its index", sum, c.text)
	}
	return compressed, nil
}

// decode decodes one more chunk. The end of the text is io.EOF.
func (t *text) decode() error {
	if len(t.chunks) <= 1 {
		return io.EOF
	}
	n, size, stored := chunkSizes(t.chunks)
	body := t.chunks[chunkHeader(t.chunks):][:size]
	if t.dict == 0 && stored {
		copy(t.raw[t.have:], body)
	} else if err := t.decodeLZMA(n); err != nil {
		return err
	}
	t.have += n
	t.chunks = t.chunks[chunkHeader(t.chunks)+size:]
	return nil
}

func (t *text) decodeLZMA(n int) error {
	if t.lzma == nil {
		r, err := lzma.Reader2Config{DictCap: t.dict}.NewReader2(bytes.NewReader(t.chunks))
		if err != nil {
			return damaged("the LZMA2 chunks of the xz stream are wrong: %v", err)
		}
		t.lzma = r
	}
	if _, err := io.ReadFull(t.lzma, t.raw[t.have:t.have+n]); err != nil {
		return damaged("the LZMA2 chunks of the xz stream are wrong: %v", err)
	}
	return nil
}

// line gives the next line without its end. The end of the text is io.EOF.
func (t *text) line() (string, error) {
	for from := t.pos; ; {
		if i := bytes.IndexByte(t.raw[from:t.have], '\n'); i >= 0 {
			line := alias(t.raw[t.pos : from+i])
			t.pos = from + i + 1
			return line, nil
		}
		from = t.have
		if err := t.decode(); err == io.EOF && t.pos < t.have {
			return "", damaged("the text ends within a line")
		} else if err != nil {
			return "", err
		}
	}
}

// skip goes past the line head.
func (t *text) skip(head string) error {
	line, err := t.line()
	if err == io.EOF || err == nil && line != head {
		return damaged("%q was expected here, not %q", head, line)
	}
	return err
}

// rest gives all of the text from the next line on.
func (t *text) rest() (string, error) {
	for {
		if err := t.decode(); err == io.EOF {
			return alias(t.raw[t.pos:]), nil
		} else if err != nil {
			return "", err
		}
	}
}

// alias is b as a string that shares its memory.
func alias(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}
