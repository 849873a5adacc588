package lzma

import (
	"math"
	"math/bits"
)

// A price is what encoding costs, in parts of a bit.
const (
	bitPrice   = 256
	priceShift = 3 // probabilities that differ below it have one price
	noPrice    = 1<<32 - 1
)

// bitPrices has the prices of a bit by its probability.
var bitPrices = func() (prices [1 << (probBits - priceShift)]uint16) {
	for i := range prices {
		prices[i] = uint16(-math.Log2((float64(i)+.5)/float64(len(prices))) * bitPrice)
	}
	return prices
}()

// price is that of bit b, where p is the probability of 0.
func price(p prob, b uint32) uint32 {
	return uint32(bitPrices[(uint32(p)^-b&(1<<probBits-1))>>priceShift])
}

func treePrice(p []prob, v uint32) (sum uint32) {
	for v += uint32(len(p)); v > 1; v >>= 1 {
		sum += price(p[v>>1], v&1)
	}
	return sum
}

func reversePrice(p []prob, v, n uint32) (sum uint32) {
	symbol := uint32(1)
	for i := range n {
		b := v >> i & 1
		sum += price(p[symbol], b)
		symbol = symbol<<1 | b
	}
	return sum
}

// literalPrice is that of c after another literal.
func literalPrice(p *[literalProbs]prob, c byte) (sum uint32) {
	for v := uint32(c) | 0x100; v > 1; v >>= 1 {
		sum += price(p[v>>1], v&1)
	}
	return sum
}

// unlikePrice is that of c where a match would have gone on with another byte.
func unlikePrice(p *[literalProbs]prob, c, match byte) (sum uint32) {
	for v, m, like := uint32(c)|0x100, uint32(match), uint32(0x100); v < 0x10000; {
		m <<= 1
		sum += price(p[like+m&like+v>>8], v>>7&1)
		v <<= 1
		like &^= m ^ v
	}
	return sum
}

// tables are prices that are asked for often. They are a little old.
type tables struct {
	match, rep [maxMatch + 1]uint32 // of lengths
	near       [4][128]uint32       // of distances
	slot       [4][64]uint32        // of others, without their lowest bits
	align      [16]uint32           // of those
	age        int                  // symbols encoded since
}

const maxAge = 32

func (t *tables) update(m *model) {
	lengthPrices(&t.match, &m.matchLen)
	lengthPrices(&t.rep, &m.repLen)
	for s := range t.slot {
		for i := range uint32(64) {
			t.slot[s][i] = treePrice(m.slot[s][:], i)
			if i >= 14 {
				t.slot[s][i] += (i>>1 - 1 - 4) * bitPrice
			}
		}
		for d := range uint32(128) {
			slot := slotOf(d)
			t.near[s][d] = t.slot[s][slot]
			if slot >= 4 {
				n := slot>>1 - 1
				base := (2 | slot&1) << n
				t.near[s][d] += reversePrice(m.special[base-slot:], d-base, n)
			}
		}
	}
	for i := range uint32(16) {
		t.align[i] = reversePrice(m.align[:], i, 4)
	}
	t.age = 0
}

func lengthPrices(to *[maxMatch + 1]uint32, l *lengths) {
	short := price(l.choice[0], 0)
	mid := price(l.choice[0], 1) + price(l.choice[1], 0)
	long := price(l.choice[0], 1) + price(l.choice[1], 1)
	for i := range uint32(8) {
		to[minMatch+i] = short + treePrice(l.low[:], i)
		to[minMatch+8+i] = mid + treePrice(l.mid[:], i)
	}
	for i := range uint32(256) {
		to[minMatch+16+i] = long + treePrice(l.high[:], i)
	}
}

// distance is the price of a distance, less one.
func (t *tables) distance(length int, d uint32) uint32 {
	s := min(length-minMatch, 3)
	if d < 128 {
		return t.near[s][d]
	}
	return t.slot[s][slotOf(d)] + t.align[d&15]
}

// slotOf is the part of a distance that a tree codes: its two highest bits, and where
// they are.
func slotOf(d uint32) uint32 {
	if d < 4 {
		return d
	}
	n := uint32(bits.Len32(d)) - 1
	return n<<1 | d>>(n-1)&1
}
