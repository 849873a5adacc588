package lzma

import "errors"

// ErrData is the error of chunks that are wrong.
var ErrData = errors.New("wrong LZMA2 chunks")

// A chunk begins with a control byte. A stored one has its size less one in two bytes,
// then its text. An LZMA chunk has the lower 16 bits of the size of its text less one,
// its own size less one in two bytes, and from newProps on a byte of properties.
const (
	endOfChunks = 0x00
	storedFirst = 0x01 // and forget the dictionary
	storedNext  = 0x02
	lzmaChunk   = 0x80
	resetState  = 0xa0
	newProps    = 0xc0
	newDict     = 0xe0

	// MaxStored is how many bytes a stored chunk has at most.
	MaxStored = 1 << 16
	maxPacked = 1 << 16 // bytes of an LZMA chunk after its header
)

// Reader decodes chunks into memory that is also their dictionary.
type Reader struct {
	chunks []byte // not begun
	out    []byte
	have   int // bytes of out that are decoded
	end    int // in out, of the chunk begun

	rangeDecoder
	m model
}

// NewReader returns a reader of chunks whose text fills out.
func NewReader(chunks, out []byte) *Reader {
	return &Reader{chunks: chunks, out: out}
}

// Decode decodes until out has n bytes, or a few more, and says how many it has.
func (r *Reader) Decode(n int) (int, error) {
	for r.have < n {
		if r.have == r.end {
			if !r.chunk() {
				return r.have, ErrData
			}
			continue
		}
		if !r.symbols(min(n, r.end)) || r.have == r.end && !r.finished() {
			return r.have, ErrData
		}
	}
	return r.have, nil
}

// chunk begins the next chunk; a stored one it copies.
func (r *Reader) chunk() bool {
	c, rest, ok := cutChunk(r.chunks)
	if !ok || c.text > len(r.out)-r.have {
		return false
	}
	r.chunks = rest
	r.end = r.have + c.text
	if c.control < lzmaChunk {
		r.have += copy(r.out[r.have:], c.body)
		return true
	}
	if c.control >= newProps {
		r.m.use(int(c.lc))
	}
	if r.m.literal == nil {
		return false // nothing said what lc is
	}
	if c.control >= resetState {
		r.m.reset()
	}
	return r.begin(c.body)
}

// header is a chunk taken apart.
type header struct {
	control byte
	text    int // bytes of it
	lc      byte
	body    []byte
}

// cutChunk takes the chunk off the front of b.
func cutChunk(b []byte) (c header, rest []byte, ok bool) {
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
	if c.lc = b[5]; c.lc > maxLC {
		return c, nil, false
	}
	return c.cut(b[6:], size)
}

func (c header) cut(b []byte, size int) (header, []byte, bool) {
	if len(b) < size {
		return c, nil, false
	}
	c.body = b[:size]
	return c, b[size:], true
}

// Size goes through chunks without decoding them. It gives the bytes of their text,
// those of the text at the beginning that is stored, and where that is in chunks.
func Size(chunks []byte) (text, stored int, head []byte, err error) {
	known := false // the state
	for first := true; ; first = false {
		if len(chunks) == 1 && chunks[0] == endOfChunks {
			return text, stored, head, nil
		}
		c, rest, ok := cutChunk(chunks)
		fresh := c.control == storedFirst || c.control >= newDict
		known = known || c.control >= newProps
		if !ok || first != fresh || c.control >= lzmaChunk && !known {
			return 0, 0, nil, ErrData
		}
		if first && c.control < lzmaChunk {
			stored, head = c.text, c.body
		}
		text += c.text
		chunks = rest
	}
}

// symbols decodes until out[:n] is there.
func (r *Reader) symbols(n int) bool {
	m := &r.m
	for r.have < n {
		if r.bit(&m.isMatch[m.state]) == 0 {
			if !r.oneByte() {
				return false
			}
			continue
		}
		length := 1
		switch {
		case r.bit(&m.isRep[m.state]) == 0:
			length = r.length(&m.matchLen)
			m.reps = [4]uint32{r.distance(length), m.reps[0], m.reps[1], m.reps[2]}
			m.state = afterMatch(m.state)
		case r.bit(&m.isRep0[m.state]) != 0:
			m.reps = useRep(m.reps, r.rep())
			length = r.length(&m.repLen)
			m.state = afterRep(m.state)
		case r.bit(&m.isLong[m.state]) != 0:
			length = r.length(&m.repLen)
			m.state = afterRep(m.state)
		default:
			m.state = afterShort(m.state)
		}
		if !r.repeat(length) {
			return false
		}
	}
	return !r.short
}

// oneByte decodes a literal.
func (r *Reader) oneByte() bool {
	m := &r.m
	var before byte
	if r.have > 0 {
		before = r.out[r.have-1]
	}
	p := m.literals(before)
	if m.state < 7 {
		r.out[r.have] = r.literal((*[0x100]prob)(p[:]))
	} else if uint64(m.reps[0]) < uint64(r.have) {
		r.out[r.have] = r.unlike(p, r.out[r.have-1-int(m.reps[0])])
	} else {
		return false
	}
	r.have++
	m.state = afterLiteral(m.state)
	return true
}

// rep decodes which of the distances but the first is used.
func (r *Reader) rep() uint32 {
	m := &r.m
	if r.bit(&m.isRep1[m.state]) == 0 {
		return 1
	}
	return 2 + r.bit(&m.isRep2[m.state])
}

// repeat copies what is at the last distance.
func (r *Reader) repeat(length int) bool {
	if uint64(r.m.reps[0]) >= uint64(r.have) || length > r.end-r.have {
		return false
	}
	back := int(r.m.reps[0]) + 1
	out := r.out[:r.have+length]
	if back >= length {
		copy(out[r.have:], out[r.have-back:])
	} else {
		for i := r.have; i < len(out); i++ {
			out[i] = out[i-back]
		}
	}
	r.have += length
	return true
}

func (r *Reader) length(l *lengths) int {
	if r.bit(&l.choice[0]) == 0 {
		return minMatch + int(r.tree(l.low[:]))
	}
	if r.bit(&l.choice[1]) == 0 {
		return minMatch + 8 + int(r.tree(l.mid[:]))
	}
	return minMatch + 16 + int(r.tree(l.high[:]))
}

// distance decodes a distance, less one.
func (r *Reader) distance(length int) uint32 {
	slot := r.tree(r.m.slot[min(length-minMatch, 3)][:])
	if slot < 4 {
		return slot
	}
	bits := slot>>1 - 1
	base := (2 | slot&1) << bits
	if slot < 14 {
		return base + r.reverse(r.m.special[base-slot:], bits)
	}
	return base + r.direct(bits-4)<<4 + r.reverse(r.m.align[:], 4)
}
