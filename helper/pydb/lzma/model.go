package lzma

// prob is the probability that a bit is 0, in parts of 1<<probBits.
type prob = uint16

const (
	probBits = 11
	moveBits = 5       // a probability moves by 1/32 of the way
	topValue = 1 << 24 // a range below it takes another byte
)

const (
	minMatch = 2
	maxMatch = 273
	states   = 12
	maxLC    = 4
)

// model is what a coder has learned. Encoder and decoder learn the same.
type model struct {
	state uint8     // of what kind the last symbols were
	reps  [4]uint32 // the last four distances, less one

	isMatch, isRep, isRep0, isRep1, isRep2, isLong [states]prob

	matchLen, repLen lengths

	slot    [4][64]prob // by length
	special [128]prob
	align   [16]prob

	lc      uint   // bits of the byte before that a literal depends on
	literal []prob // literalProbs for each value of them
}

const literalProbs = 0x300 // of a literal that depends on nothing

// lengths codes the lengths of matches.
type lengths struct {
	choice [2]prob
	low    [8]prob
	mid    [8]prob
	high   [256]prob
}

// use makes literals depend on lc bits.
func (m *model) use(lc int) {
	m.lc = uint(lc)
	if len(m.literal) < literalProbs<<lc {
		m.literal = make([]prob, literalProbs<<lc)
	}
}

// reset forgets everything else.
func (m *model) reset() {
	m.state, m.reps = 0, [4]uint32{}
	for _, p := range []*[states]prob{&m.isMatch, &m.isRep, &m.isRep0, &m.isRep1, &m.isRep2, &m.isLong} {
		even(p[:])
	}
	for _, l := range []*lengths{&m.matchLen, &m.repLen} {
		even(l.choice[:])
		even(l.low[:])
		even(l.mid[:])
		even(l.high[:])
	}
	for i := range m.slot {
		even(m.slot[i][:])
	}
	even(m.special[:])
	even(m.align[:])
	even(m.literal[:literalProbs<<m.lc])
}

func even(p []prob) {
	for i := range p {
		p[i] = 1 << (probBits - 1)
	}
}

// literals gives the probabilities of a literal after the byte before it.
func (m *model) literals(before byte) *[literalProbs]prob {
	return (*[literalProbs]prob)(m.literal[int(before)>>(8-m.lc)*literalProbs:])
}

func afterLiteral(s uint8) uint8 {
	switch {
	case s < 4:
		return 0
	case s < 10:
		return s - 3
	}
	return s - 6
}

func afterMatch(s uint8) uint8 { return either(s, 7, 10) }
func afterRep(s uint8) uint8   { return either(s, 8, 11) }
func afterShort(s uint8) uint8 { return either(s, 9, 11) }

// either is the first number after a literal, else the second.
func either(s, literal, other uint8) uint8 {
	if s < 7 {
		return literal
	}
	return other
}

// useRep puts rep i first.
func useRep(r [4]uint32, i uint32) [4]uint32 {
	switch i {
	case 1:
		return [4]uint32{r[1], r[0], r[2], r[3]}
	case 2:
		return [4]uint32{r[2], r[0], r[1], r[3]}
	case 3:
		return [4]uint32{r[3], r[0], r[1], r[2]}
	}
	return r
}
