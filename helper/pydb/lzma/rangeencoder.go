package lzma

import "math/bits"

// rangeEncoder turns bits of known probability into bytes.
type rangeEncoder struct {
	out   []byte
	low   uint64
	rng   uint32
	first byte // of the bytes that a carry may still change; the others are 0xff
	held  int  // how many
}

func (e *rangeEncoder) begin() {
	*e = rangeEncoder{out: e.out[:0], rng: 1<<32 - 1, held: 1}
}

// end writes what is held.
func (e *rangeEncoder) end() {
	for range codeLen {
		e.shift()
	}
}

func (e *rangeEncoder) shift() {
	if carry := byte(e.low >> 32); uint32(e.low) < 0xff<<24 || carry != 0 {
		for b := e.first; e.held > 0; e.held-- {
			e.out = append(e.out, b+carry)
			b = 0xff
		}
		e.first = byte(e.low >> 24)
	}
	e.held++
	e.low = uint64(uint32(e.low) << 8)
}

func (e *rangeEncoder) bit(p *prob, b uint32) {
	bound := e.rng >> probBits * uint32(*p)
	if b == 0 {
		e.rng = bound
		*p += (1<<probBits - *p) >> moveBits
	} else {
		e.low += uint64(bound)
		e.rng -= bound
		*p -= *p >> moveBits
	}
	if e.rng < topValue {
		e.rng <<= 8
		e.shift()
	}
}

// tree encodes a number below len(p), a power of two.
func (e *rangeEncoder) tree(p []prob, v uint32) {
	v += uint32(len(p))
	for i := bits.Len(uint(len(p))) - 1; i > 0; i-- {
		e.bit(&p[v>>i], v>>(i-1)&1)
	}
}

// reverse encodes the n lowest bits of v, the lowest first.
func (e *rangeEncoder) reverse(p []prob, v, n uint32) {
	symbol := uint32(1)
	for i := range n {
		b := v >> i & 1
		e.bit(&p[symbol], b)
		symbol = symbol<<1 | b
	}
}

// direct encodes the n lowest bits of v as ones of even probability.
func (e *rangeEncoder) direct(v, n uint32) {
	for ; n > 0; n-- {
		e.rng >>= 1
		e.low += uint64(e.rng & -(v >> (n - 1) & 1))
		if e.rng < topValue {
			e.rng <<= 8
			e.shift()
		}
	}
}
