package pydb

import (
	"bytes"
	"io"
	"unsafe"

	"github.com/ulikunitz/xz/lzma"
)

// text is the text of a stream, decoded as its lines are asked for. Lines share its
// memory, which is never written twice. It is not safe for concurrent use.
type text struct {
	raw    []byte // what is decoded, or room for all of it
	have   int    // bytes of raw that are decoded
	pos    int    // where the next line begins
	size   int    // of all of it
	chunks []byte
	reader *lzma.Reader2 // nil until something must be decoded
}

// atOnce is how much is decoded at least when a line is asked for.
const atOnce = 2048

// openText opens the text of an xz stream.
func openText(data []byte) (*text, error) {
	c, err := parseContainer(data)
	if err != nil {
		return nil, err
	}
	return openContainer(c)
}

// openContainer opens the text of c. What is stored at its beginning need not be
// decoded.
func openContainer(c container) (*text, error) {
	size, head, ok := measure(c.payload)
	if !ok {
		return nil, damaged("the xz stream has wrong LZMA2 chunks")
	}
	if size != c.text {
		return nil, damaged("the xz stream has %d bytes of text, not the %d of its index", size, c.text)
	}
	return &text{raw: head, have: len(head), size: size, chunks: c.payload}, nil
}

// decode decodes until n bytes are there, or a few more.
func (t *text) decode(n int) error {
	if t.reader == nil {
		if err := t.begin(); err != nil {
			return err
		}
	}
	read, err := io.ReadFull(t.reader, t.raw[t.have:min(n, t.size)])
	t.have += read
	return wrongChunks(err)
}

// begin begins to decode, and makes room for all of the text.
func (t *text) begin() (err error) {
	t.reader, err = lzma.Reader2Config{DictCap: max(t.size, lzma.MinDictCap)}.NewReader2(bytes.NewReader(t.chunks))
	if err != nil {
		return wrongChunks(err)
	}
	raw := make([]byte, t.size)
	copy(raw, t.raw)
	t.raw = raw
	_, err = io.ReadFull(t.reader, raw[:t.have]) // what is stored: the rest may refer to it
	return wrongChunks(err)
}

func wrongChunks(err error) error {
	if err == nil {
		return nil
	}
	return damaged("the xz stream has wrong LZMA2 chunks: %v", err)
}

// line gives the next line without its end. The end of the text is io.EOF.
func (t *text) line() (string, error) {
	for from := t.pos; ; {
		if i := bytes.IndexByte(t.raw[from:t.have], '\n'); i >= 0 {
			line := alias(t.raw[t.pos : from+i])
			t.pos = from + i + 1
			return line, nil
		}
		if t.have == t.size {
			if t.pos < t.have {
				return "", damaged("the text ends within a line")
			}
			return "", io.EOF
		}
		from = t.have
		if err := t.decode(t.have + atOnce); err != nil {
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

// all gives all of the text.
func (t *text) all() ([]byte, error) {
	if t.have < t.size {
		if err := t.decode(t.size); err != nil {
			return nil, err
		}
	}
	return t.raw[:t.size], nil
}

// again is the same text from its first line on. It must be decoded to its end.
func (t *text) again() *text {
	return &text{raw: t.raw, have: t.have, size: t.size}
}

// rest gives all of the text from the next line on.
func (t *text) rest() (string, error) {
	all, err := t.all()
	if err != nil {
		return "", err
	}
	return alias(all[t.pos:]), nil
}

// alias is b as a string that shares its memory.
func alias(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}
