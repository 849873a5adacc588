package pydb

import (
	"bytes"
	"sync"

	"mach/helper/pydb/lzma"
)

// encoders are those not in use.
var encoders = sync.Pool{New: func() any { return new(lzma.Encoder) }}

// compress makes an xz stream of text.
func compress(text []byte, p lzma.Params) []byte {
	e := encoders.Get().(*lzma.Encoder)
	defer encoders.Put(e)
	return appendContainer(nil, e.Encode(nil, text, p), dictCode(len(text)), text, checkCRC32)
}

// store makes an xz stream of text that is not compressed: larger, and read without
// decoding anything.
func store(text []byte, check byte) []byte {
	return appendContainer(nil, appendStored(nil, text), dictCode(0), text, check)
}

// appendStored appends chunks of stored text.
func appendStored(b, text []byte) []byte {
	for control := byte(1); len(text) > 0; control = 2 {
		n := min(len(text), lzma.MaxStored)
		b = append(b, control, byte((n-1)>>8), byte(n-1))
		b, text = append(b, text[:n]...), text[n:]
	}
	return append(b, 0)
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
	if at > lzma.MaxStored {
		return 0
	}
	return at
}

const (
	maxHead = 8 << 10 // bytes of releases that are stored
	minTail = 256     // bytes that are worth compressing
)
