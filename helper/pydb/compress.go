package pydb

import (
	"bytes"

	"github.com/ulikunitz/xz/lzma"
)

// params say how a text is compressed.
type params struct {
	lc     int // bits of the byte before that a byte is expected by
	stored int // bytes at the beginning that are stored, at most maxStored
}

// chunkText is how much text a chunk has. Decoding goes from chunk to chunk.
const chunkText = 8 << 10

// compress makes an xz stream of text.
func compress(text []byte, p params) ([]byte, error) {
	chunks, err := appendChunks(appendStored(nil, text[:p.stored]), text[p.stored:], p.lc)
	return appendContainer(nil, chunks, dictCode(len(text)), text, checkCRC32), err
}

// appendChunks appends chunks of text to b, which may have chunks, and their end.
func appendChunks(b, text []byte, lc int) ([]byte, error) {
	begin := len(b)
	out := bytes.NewBuffer(b)
	w, err := lzma.Writer2Config{Properties: &lzma.Properties{LC: lc}, DictCap: max(len(text), lzma.MinDictCap)}.NewWriter2(out)
	if err != nil {
		return nil, err
	}
	for len(text) > 0 {
		n := min(len(text), chunkText)
		if _, err := w.Write(text[:n]); err != nil {
			return nil, err
		}
		if err := w.Flush(); err != nil {
			return nil, err
		}
		text = text[n:]
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if b = out.Bytes(); begin > 0 {
		goOn(&b[begin])
	}
	return b, nil
}

// goOn makes of the control byte of a first chunk that of a later one, which does not
// forget the dictionary. That is the same to it but for the byte before, the end of a
// line: no literal depends on more than four bits of that, and those are 0.
func goOn(control *byte) {
	switch {
	case *control >= newDict:
		*control -= newDict - newProps
	case *control == storedFirst:
		*control = storedNext
	}
}

// store makes an xz stream of text that is not compressed: larger, and read without
// decoding anything.
func store(text []byte, check byte) []byte {
	return appendContainer(nil, append(appendStored(nil, text), endOfChunks), dictCode(0), text, check)
}

// appendStored appends chunks of stored text.
func appendStored(b, text []byte) []byte {
	for control := byte(storedFirst); len(text) > 0; control = storedNext {
		n := min(len(text), maxStored)
		b = append(b, control, byte((n-1)>>8), byte(n-1))
		b, text = append(b, text[:n]...), text[n:]
	}
	return b
}

// headOf gives how many bytes of a shard of one project are stored: its versions, and
// releases of so many bytes, but at least the newest few; all, if little would be
// left.
func headOf(shard []byte, releases int) int {
	at := 0
	for range 3 { // first line, name, versions
		at += bytes.IndexByte(shard[at:], '\n') + 1
	}
	ends := 0
	for from := at; at < len(shard) && (ends < recent || at-from < releases); {
		n := bytes.IndexByte(shard[at:], '\n')
		if at += n + 1; n == 0 {
			ends++
		}
		if at-from >= maxHead {
			break
		}
	}
	if len(shard)-at < minTail {
		at = len(shard)
	}
	if at > maxStored {
		return 0
	}
	return at
}

const (
	maxHead = 8 << 10 // bytes of releases that are stored
	minTail = 256     // bytes that are worth compressing
)
