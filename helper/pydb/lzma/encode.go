package lzma

// Encoder makes chunks. It may be used again, by one goroutine at a time.
type Encoder struct {
	text   []byte
	pos    int // what is encoded of it
	random int // from where on only literals are

	m       model
	code    rangeEncoder
	prices  tables
	finder  finder
	matches []match // at the place that finder has come to
	ways    []way
	symbols []symbol
}

// symbol is a literal, or a match, whose text was before.
type symbol struct {
	length int32
	back   uint32 // backLiteral, 0 to 3 for a rep, or 4 and the distance, less one
}

const (
	firstDistance = 4
	backLiteral   = 1<<32 - 1
)

// An LZMA chunk ends after chunkText bytes, or a segment more. What cannot be
// compressed becomes so little larger that it still fits.
const chunkText = 40 << 10

// Params say how to encode a text.
type Params struct {
	LC     int // bits of the byte before that a literal depends on
	Stored int // bytes at the beginning that are stored, at most MaxStored
	Random int // bytes at the end that no search for matches is worth
}

// Encode appends the chunks of text to b.
func (e *Encoder) Encode(b, text []byte, p Params) []byte {
	control := byte(newDict)
	if p.Stored > 0 {
		b = append(b, storedFirst, byte((p.Stored-1)>>8), byte(p.Stored-1))
		b = append(b, text[:p.Stored]...)
		control = newProps
	}
	if p.Stored < len(text) {
		e.begin(text, p)
		b = e.chunks(b, control)
	}
	return append(b, endOfChunks)
}

func (e *Encoder) begin(text []byte, p Params) {
	e.text, e.pos, e.random = text, p.Stored, len(text)-p.Random
	e.m.use(p.LC)
	e.m.reset()
	e.prices.update(&e.m)
	e.finder.begin(text)
	if e.ways == nil {
		e.ways = make([]way, (maxSegment+maxMatch+1)*waysKept)
	}
}

// look finds the matches at a place.
func (e *Encoder) look(at int) {
	for e.finder.pos <= at {
		e.matches = e.finder.next()
	}
}

// chunks appends chunks of the rest of the text. The first has the given control byte.
func (e *Encoder) chunks(b []byte, control byte) []byte {
	for e.pos < len(e.text) {
		from := e.pos
		e.code.begin()
		for e.pos < len(e.text) && e.pos-from < chunkText {
			if e.pos < e.random {
				e.segment()
			} else {
				e.emit(symbol{1, backLiteral})
			}
		}
		e.code.end()
		n, size := e.pos-from-1, len(e.code.out)-1
		b = append(b, control|byte(n>>16), byte(n>>8), byte(n), byte(size>>8), byte(size))
		if control >= newProps {
			b = append(b, byte(e.m.lc))
		}
		b = append(b, e.code.out...)
		control = lzmaChunk
	}
	return b
}

// emit encodes a symbol.
func (e *Encoder) emit(s symbol) {
	m, c := &e.m, &e.code
	switch {
	case s.back == backLiteral:
		c.bit(&m.isMatch[m.state], 0)
		e.literal()
		m.state = afterLiteral(m.state)
	case s.back >= firstDistance:
		c.bit(&m.isMatch[m.state], 1)
		c.bit(&m.isRep[m.state], 0)
		e.length(&m.matchLen, s.length)
		e.distance(s.length, s.back-firstDistance)
		m.reps = [4]uint32{s.back - firstDistance, m.reps[0], m.reps[1], m.reps[2]}
		m.state = afterMatch(m.state)
	default:
		c.bit(&m.isMatch[m.state], 1)
		c.bit(&m.isRep[m.state], 1)
		e.rep(s)
	}
	e.pos += int(s.length)
	e.prices.age++
}

// literal encodes the byte that comes next.
func (e *Encoder) literal() {
	p := e.m.literals(before(e.text, e.pos))
	v := uint32(e.text[e.pos]) | 0x100
	if e.m.state < 7 {
		for i := 8; i > 0; i-- {
			e.code.bit(&p[v>>i], v>>(i-1)&1)
		}
		return
	}
	match := uint32(e.text[e.pos-1-int(e.m.reps[0])])
	for like := uint32(0x100); v < 0x10000; {
		match <<= 1
		e.code.bit(&p[like+match&like+v>>8], v>>7&1)
		v <<= 1
		like &^= match ^ v
	}
}

// before is the byte before a place.
func before(text []byte, at int) byte {
	if at == 0 {
		return 0
	}
	return text[at-1]
}

// rep encodes a match at one of the last distances.
func (e *Encoder) rep(s symbol) {
	m, c := &e.m, &e.code
	switch {
	case s.back == 0:
		c.bit(&m.isRep0[m.state], 0)
		c.bit(&m.isLong[m.state], uint32(min(s.length-1, 1)))
		if s.length == 1 {
			m.state = afterShort(m.state)
			return
		}
	case s.back == 1:
		c.bit(&m.isRep0[m.state], 1)
		c.bit(&m.isRep1[m.state], 0)
	default:
		c.bit(&m.isRep0[m.state], 1)
		c.bit(&m.isRep1[m.state], 1)
		c.bit(&m.isRep2[m.state], s.back-2)
	}
	m.reps = useRep(m.reps, s.back)
	e.length(&m.repLen, s.length)
	m.state = afterRep(m.state)
}

func (e *Encoder) length(l *lengths, n int32) {
	c := &e.code
	switch v := uint32(n - minMatch); {
	case v < 8:
		c.bit(&l.choice[0], 0)
		c.tree(l.low[:], v)
	case v < 16:
		c.bit(&l.choice[0], 1)
		c.bit(&l.choice[1], 0)
		c.tree(l.mid[:], v-8)
	default:
		c.bit(&l.choice[0], 1)
		c.bit(&l.choice[1], 1)
		c.tree(l.high[:], v-16)
	}
}

// distance encodes a distance, less one.
func (e *Encoder) distance(length int32, d uint32) {
	slot := slotOf(d)
	e.code.tree(e.m.slot[min(length-minMatch, 3)][:], slot)
	if slot < 4 {
		return
	}
	n := slot>>1 - 1
	base := (2 | slot&1) << n
	if slot < 14 {
		e.code.reverse(e.m.special[base-slot:], d-base, n)
		return
	}
	e.code.direct((d-base)>>4, n-4)
	e.code.reverse(e.m.align[:], d&15, 4)
}
