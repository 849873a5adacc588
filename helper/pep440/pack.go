package pep440

// The packed form holds nearly all versions that exist in two words, which compare as they are:
//
//	hi:  first number 25 bits · second 19 · third 20
//	lo:  fourth 25 · kind 3 · n 25 · after 2 · m 6 · count of the numbers 3 (not compared)
//
// 25 bits hold a date as 20261231. The kind is a preKind, or postKind; n is the number of the dev,
// pre or post release that kind names; after says whether a dev (m) or post release (m) follows that.
// Versions with an epoch, a local version, more than four numbers or larger ones are not packed.
const (
	firstBits, secondBits, thirdBits, fourthBits = 25, 19, 20, 25
	nBits, mBits                                 = 25, 6

	secondShift = thirdBits
	firstShift  = thirdBits + secondBits

	mShift      = 3
	afterShift  = mShift + mBits
	nShift      = afterShift + 2
	kindShift   = nShift + nBits
	fourthShift = kindShift + 3

	postKind = final + 1

	afterDev, afterNone, afterPost = 0, 1, 2
)

func pack(epoch number, release []number, s *suffix) (hi, lo uint64, ok bool) {
	if epoch != (number{}) || s.local != "" || len(release) > 4 {
		return 0, 0, false
	}
	var r [4]uint64
	for i := range release {
		r[i] = release[i].n
	}
	bits, ok := s.pack()
	if !ok || r[0]>>firstBits|r[1]>>secondBits|r[2]>>thirdBits|r[3]>>fourthBits != 0 {
		return 0, 0, false
	}
	hi = r[0]<<firstShift | r[1]<<secondShift | r[2]
	lo = r[3]<<fourthShift | bits | uint64(len(release))
	return hi, lo, true
}

func (p *suffix) pack() (bits uint64, ok bool) {
	kind, n, after, m := p.pre, p.preN.n, uint64(afterNone), uint64(0)
	switch {
	case kind == devOnly:
		n = p.dev.n
	case p.hasPost && p.hasDev && kind != final:
		return 0, false
	case p.hasPost && kind == final:
		kind, n = postKind, p.post.n
		if p.hasDev {
			after, m = afterDev, p.dev.n
		}
	case p.hasPost:
		after, m = afterPost, p.post.n
	case p.hasDev:
		after, m = afterDev, p.dev.n
	}
	if n>>nBits|m>>mBits != 0 {
		return 0, false
	}
	return uint64(kind)<<kindShift | n<<nShift | after<<afterShift | m<<mShift, true
}

func field(word uint64, shift, bits int) uint64 { return word >> shift & (1<<bits - 1) }

// unpack takes a packed version apart, with release in the given array.
func (v *Version) unpack(release *[4]number) parts {
	*release = [4]number{
		{n: v.hi >> firstShift},
		{n: field(v.hi, secondShift, secondBits)},
		{n: field(v.hi, 0, thirdBits)},
		{n: v.lo >> fourthShift},
	}
	p := parts{release: release[:v.lo&7], suffix: suffix{pre: v.kind()}}
	n, m := number{n: field(v.lo, nShift, nBits)}, number{n: field(v.lo, mShift, mBits)}
	switch p.pre {
	case devOnly:
		p.hasDev, p.dev = true, n
	case postKind:
		p.pre, p.hasPost, p.post = final, true, n
	default:
		p.preN = n
	}
	switch v.after() {
	case afterDev:
		p.hasDev, p.dev = true, m
	case afterPost:
		p.hasPost, p.post = true, m
	}
	return p
}

func (v *Version) kind() preKind { return preKind(field(v.lo, kindShift, 3)) }
func (v *Version) after() uint64 { return field(v.lo, afterShift, 2) }
