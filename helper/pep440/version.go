package pep440

import (
	"cmp"
)

// Version is a version in order and normal form. It is an immutable value; the zero Version is
// invalid and comes before all others. Equal versions may differ in their zeros ("1" and "1.0"), so
// compare with Compare, not with ==.
type Version struct {
	hi, lo uint64 // see pack.go
	wide   *parts // nil: packed
}

func newVersion(epoch number, release []number, s suffix) Version {
	if hi, lo, ok := pack(epoch, release, &s); ok {
		return Version{hi: hi, lo: lo}
	}
	return Version{wide: &parts{epoch, append([]number(nil), release...), s}}
}

// IsZero says whether v is the zero Version, which Parse never gives.
func (v Version) IsZero() bool { return v == Version{} }

// Compare gives -1, 0 or 1 in the total order of PEP 440, local versions included.
func (v Version) Compare(w Version) int { return compare(&v, &w, true) }

func compare(v, w *Version, local bool) int {
	if v.wide != nil || w.wide != nil {
		return compareWide(v, w, local)
	}
	if v.hi != w.hi {
		return cmp.Compare(v.hi, w.hi)
	}
	return cmp.Compare(v.lo>>mShift, w.lo>>mShift)
}

func compareWide(v, w *Version, local bool) int {
	var a, b [4]number
	p, q := v.parts(&a), w.parts(&b)
	return p.compare(&q, local)
}

func (v *Version) parts(release *[4]number) parts {
	if v.wide != nil {
		return *v.wide
	}
	return v.unpack(release)
}

// String gives the normal form: "1.0rc1.post2.dev3+ubuntu.1". Trailing zeros are kept.
func (v Version) String() string {
	var buf [48]byte
	b := v.appendPublic(buf[:0])
	if v.wide != nil && v.wide.local != "" {
		b = append(append(b, '+'), v.wide.local...)
	}
	return string(b)
}

// Public is String without the local version.
func (v Version) Public() string {
	var buf [48]byte
	return string(v.appendPublic(buf[:0]))
}

func (v *Version) appendPublic(b []byte) []byte {
	var release [4]number
	p := v.parts(&release)
	return p.append(b)
}

// Base is the epoch and the release: String without pre, post, dev and local.
func (v Version) Base() string {
	var buf [48]byte
	var release [4]number
	p := v.parts(&release)
	return string(p.appendBase(buf[:0]))
}

// Release gives the numbers of the release as written, trailing zeros included. A number beyond
// 64 bits is given as the largest one.
func (v Version) Release() []uint64 {
	var release [4]number
	p := v.parts(&release)
	out := make([]uint64, len(p.release))
	for i, n := range p.release {
		out[i] = n.n
	}
	return out
}

// IsPrerelease says whether v is an alpha, beta, candidate or development release.
func (v Version) IsPrerelease() bool {
	if v.wide != nil {
		return v.wide.pre != final || v.wide.hasDev
	}
	return v.kind() < final || v.after() == afterDev
}

// IsPostrelease says whether v has a post release segment.
func (v Version) IsPostrelease() bool {
	if v.wide != nil {
		return v.wide.hasPost
	}
	return v.kind() == postKind || v.after() == afterPost
}

// IsDevrelease says whether v has a dev segment.
func (v Version) IsDevrelease() bool {
	if v.wide != nil {
		return v.wide.hasDev
	}
	return v.kind() == devOnly || v.after() == afterDev
}

// IsLocal says whether v has a local version.
func (v Version) IsLocal() bool { return v.wide != nil && v.wide.local != "" }
