package lzma

// rangeDecoder turns bytes into bits of known probability.
type rangeDecoder struct {
	in    []byte
	rng   uint32
	code  uint32
	short bool // more bytes were asked for than there are
}

const codeLen = 5 // bytes that a code begins and ends with

func (d *rangeDecoder) begin(code []byte) bool {
	if len(code) < codeLen || code[0] != 0 {
		return false
	}
	d.rng = 1<<32 - 1
	d.code = uint32(code[1])<<24 | uint32(code[2])<<16 | uint32(code[3])<<8 | uint32(code[4])
	d.in = code[codeLen:]
	return true
}

// finished says whether the code ends here.
func (d *rangeDecoder) finished() bool { return d.code == 0 && len(d.in) == 0 }

// more takes another byte.
func (d *rangeDecoder) more() {
	d.rng <<= 8
	d.code <<= 8
	if len(d.in) == 0 {
		d.short = true
		return
	}
	d.code |= uint32(d.in[0])
	d.in = d.in[1:]
}

func (d *rangeDecoder) bit(p *prob) uint32 {
	bound := d.rng >> probBits * uint32(*p)
	var b uint32
	if d.code < bound {
		d.rng = bound
		*p += (1<<probBits - *p) >> moveBits
	} else {
		d.rng -= bound
		d.code -= bound
		*p -= *p >> moveBits
		b = 1
	}
	if d.rng < topValue {
		d.more()
	}
	return b
}

// toZero, added to a probability, makes a step towards 0 one towards the bit 0.
const toZero = 1<<32 + 1<<moveBits - 1 - 1<<probBits

// step is bit without branches that a processor would guess wrong: zero is all ones
// if the bit is 0. It is for bits that are hard to guess, and small enough to be
// inlined.
func step(p *prob, rng, code uint32) (newRange, newCode, zero uint32) {
	q := uint32(*p)
	bound := rng >> probBits * q
	zero = uint32((uint64(code) - uint64(bound)) >> 32)
	*p = prob(int32(q) - int32(q+zero&toZero)>>moveBits)
	return rng - bound + zero&(bound+bound-rng), code - bound&^zero, zero
}

// literal decodes a byte after another literal.
func (d *rangeDecoder) literal(p *[0x100]prob) byte {
	rng, code, in := d.rng, d.code, d.in
	symbol := uint32(1)
	for range 8 {
		var zero uint32
		rng, code, zero = step(&p[symbol&0xff], rng, code)
		symbol = symbol<<1 + 1 + zero
		if rng < topValue {
			rng <<= 8
			code <<= 8
			if len(in) > 0 {
				code |= uint32(in[0])
				in = in[1:]
			} else {
				d.short = true
			}
		}
	}
	d.rng, d.code, d.in = rng, code, in
	return byte(symbol)
}

// unlike decodes a byte after a match, which is unlike the one that the match would
// have gone on with.
func (d *rangeDecoder) unlike(p *[literalProbs]prob, match byte) byte {
	symbol, m := uint32(1), uint32(match)
	for symbol < 0x100 {
		m <<= 1
		like := m >> 8 & 1
		b := d.bit(&p[(1+like)<<8+symbol])
		symbol = symbol<<1 | b
		if b != like {
			break
		}
	}
	for symbol < 0x100 {
		symbol = symbol<<1 | d.bit(&p[symbol])
	}
	return byte(symbol)
}

// tree decodes a number below len(p), a power of two.
func (d *rangeDecoder) tree(p []prob) uint32 {
	rng, code, in := d.rng, d.code, d.in
	symbol := uint32(1)
	for int(symbol) < len(p) {
		var zero uint32
		rng, code, zero = step(&p[symbol], rng, code)
		symbol = symbol<<1 + 1 + zero
		if rng < topValue {
			rng <<= 8
			code <<= 8
			if len(in) > 0 {
				code |= uint32(in[0])
				in = in[1:]
			} else {
				d.short = true
			}
		}
	}
	d.rng, d.code, d.in = rng, code, in
	return symbol - uint32(len(p))
}

// reverse decodes a number whose lowest bit comes first.
func (d *rangeDecoder) reverse(p []prob, bits uint32) (v uint32) {
	symbol := uint32(1)
	for i := range bits {
		b := d.bit(&p[symbol])
		symbol = symbol<<1 | b
		v |= b << i
	}
	return v
}

// direct decodes bits of even probability.
func (d *rangeDecoder) direct(bits uint32) (v uint32) {
	for range bits {
		d.rng >>= 1
		v <<= 1
		if d.code >= d.rng {
			d.code -= d.rng
			v |= 1
		}
		if d.rng < topValue {
			d.more()
		}
	}
	return v
}
