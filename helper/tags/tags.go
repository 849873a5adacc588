// Package tags says which wheels fit a target Python and which of them fits best, and reads the names of wheel and
// sdist files. It implements PEP 425 (tags), PEP 384 and 803 (abi3, abi3t), PEP 513, 571, 599 and 600 (manylinux),
// PEP 656 (musllinux), macOS deployment targets, PEP 427 (wheel names) and PEP 625 (sdist names).
//
// A tag is python-abi-platform. For CPython 3.N the order, best first, is that of packaging.tags:
//
//	cp3N-cp3N-PLATFORM                  the ABI of just this Python; cp3Nt if free-threaded, cp3Nm before 3.8
//	cp3N-abi3-PLATFORM                  the stable ABI; abi3t if free-threaded
//	cp3N-none-PLATFORM
//	cp3M-abi3-PLATFORM                  M from N-1 down to 2
//	py3N-none-PLATFORM, py3-none-PLATFORM, py3M-none-PLATFORM    M from N-1 down to 0
//	cp3N-none-any
//	py3N-none-any, py3-none-any, py3M-none-any
//
// where each line runs through all platforms before the next begins. PyPy has pp3N-pypy3N_pp73 and pp3N-none in the
// place of the lines of cp3N, and pp3-none-any. So the rank of a tag is the number of its block times the number of
// platforms, plus the index of its platform; no list of tags is ever built.
//
// Deviations from packaging.tags, which asks the running interpreter: everything comes from the Target; PyPy's ABI is
// pp73, its only one since PyPy 7.3; debug builds do not exist; Python is 3.3 or newer. Target.Platforms, unlike
// packaging's argument of that name, also admits what each platform given implies: manylinux_2_28_x86_64 the levels
// below it, macosx_14_0_arm64 the releases before it.
package tags

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// Target is a Python on a system. It says nothing of the machine mach itself runs on.
type Target struct {
	Implementation string   `json:"implementation"`         // "cpython" or "pypy"
	Python         [2]int   `json:"python"`                 // {3, 12}
	FreeThreaded   bool     `json:"free-threaded,omitzero"` // CPython 3.13 and newer, without the GIL
	System         string   `json:"system"`                 // Nix's name: x86_64-linux, aarch64-darwin, …
	Libc           string   `json:"libc,omitzero"`          // "glibc" or "musl", on Linux
	LibcVersion    [2]int   `json:"libc-version,omitzero"`  // {2, 40}
	MacOS          [2]int   `json:"macos,omitzero"`         // deployment target {14, 0}, on Darwin
	Platforms      []string `json:"platforms,omitempty"`    // in place of what System, Libc and MacOS give, best first
}

// Tag is one expanded tag.
type Tag struct{ Python, ABI, Platform string }

// String is the tag as file names write it: cp312-abi3-manylinux_2_17_x86_64.
func (t Tag) String() string { return t.Python + "-" + t.ABI + "-" + t.Platform }

// WheelTags are the tags of a wheel as its name writes them: each part may be compressed ("py2.py3"). Lower case.
type WheelTags struct{ Python, ABI, Platform string }

// Set is the ranked tags of one target. It is immutable.
type Set struct {
	prefix    string // "cp" or "pp"
	minor     int
	exact     string // the ABI of just this Python
	stable    string // "abi3", "abi3t", or "" where there is no stable ABI
	anyName   string // the interpreter of …-none-any
	platforms []string
	index     map[string]int
}

// New gives the tags of t. An unknown implementation, system or libc is an error that lists the known ones.
func New(t Target) (*Set, error) {
	if t.Python[0] != 3 || t.Python[1] < 3 {
		return nil, fmt.Errorf("python %d.%d is not supported: 3.3 or newer is needed", t.Python[0], t.Python[1])
	}
	if t.FreeThreaded && (t.Implementation != "cpython" || t.Python[1] < 13) {
		return nil, fmt.Errorf("%s %d.%d is never free-threaded: only cpython 3.13 or newer is",
			t.Implementation, t.Python[0], t.Python[1])
	}
	s := &Set{minor: t.Python[1]}
	version := "3" + strconv.Itoa(s.minor)
	switch t.Implementation {
	case "cpython":
		s.prefix, s.stable, s.exact, s.anyName = "cp", "abi3", "cp"+version, "cp"+version
		if t.FreeThreaded {
			s.stable, s.exact = "abi3t", s.exact+"t"
		}
		if s.minor < 8 {
			s.exact += "m"
		}
	case "pypy":
		s.prefix, s.exact, s.anyName = "pp", "pypy"+version+"_pp73", "pp3"
	default:
		return nil, fmt.Errorf("implementation %q is unknown: known are cpython, pypy", t.Implementation)
	}
	var err error
	if s.platforms, err = platforms(t); err != nil {
		return nil, err
	}
	s.index = make(map[string]int, len(s.platforms))
	for i, p := range s.platforms {
		s.index[p] = i
	}
	return s, nil
}

// Platforms are the platform tags of the target, best first, without "any". The caller must not change them.
func (s *Set) Platforms() []string { return s.platforms }

// Rank is the rank of the best tag that w stands for, 0 being the best of all, and false if the wheel does not fit.
// It is the position of that tag in All.
func (s *Set) Rank(w WheelTags) (int, bool) {
	exact, stable, none := s.abis(w.ABI)
	block, anyBlock := -1, -1
	for rest, more := w.Python, true; more; {
		var p string
		p, rest, more = strings.Cut(rest, ".")
		block = lower(block, s.block(p, exact, stable, none))
		if none {
			anyBlock = lower(anyBlock, s.anyBlock(p))
		}
	}
	platform, isAny := s.platform(w.Platform)
	switch {
	case block >= 0 && platform >= 0:
		return block*len(s.platforms) + platform, true
	case isAny && anyBlock >= 0:
		return (s.pureBase()+s.pures())*len(s.platforms) + anyBlock, true
	}
	return 0, false
}

// All gives every tag in the order of rank.
func (s *Set) All() iter.Seq[Tag] {
	return func(yield func(Tag) bool) {
		for b := range s.pureBase() + s.pures() {
			python, abi := s.blockName(b)
			for _, p := range s.platforms {
				if !yield(Tag{python, abi, p}) {
					return
				}
			}
		}
		if !yield(Tag{s.anyName, "none", "any"}) {
			return
		}
		for i := range s.pures() {
			if !yield(Tag{s.pureName(i), "none", "any"}) {
				return
			}
		}
	}
}

// pureBase is the number of blocks before the first of py3N: those of the interpreter's own tags.
func (s *Set) pureBase() int {
	if s.stable == "" {
		return 2
	}
	return 3 + s.minor - 2 // cp3M goes down to cp32
}

// pures is the number of py tags: py3N, py3 and py3M for M below N.
func (s *Set) pures() int { return s.minor + 2 }

// abis says which of the target's ABIs a compressed ABI part names.
func (s *Set) abis(part string) (exact, stable, none bool) {
	for rest, more := part, true; more; {
		var a string
		a, rest, more = strings.Cut(rest, ".")
		switch a {
		case "none":
			none = true
		case s.exact:
			exact = true
		case s.stable:
			stable = a != ""
		}
	}
	return exact, stable, none
}

// block is the number of the best block of a python part with a platform, or -1.
func (s *Set) block(python string, exact, stable, none bool) int {
	if none {
		if i := s.pure(python); i >= 0 {
			return s.pureBase() + i
		}
	}
	minor := minorOf(python, s.prefix)
	switch {
	case minor < 0 || minor > s.minor:
		return -1
	case minor < s.minor && stable && minor >= 2:
		return 3 + s.minor - 1 - minor
	case minor < s.minor:
		return -1
	case exact:
		return 0
	case stable:
		return 1
	case none && s.stable == "":
		return 1
	case none:
		return 2
	}
	return -1
}

// anyBlock is the place of python among the tags that end in none-any, or -1.
func (s *Set) anyBlock(python string) int {
	if python == s.anyName {
		return 0
	}
	if i := s.pure(python); i >= 0 {
		return i + 1
	}
	return -1
}

// pure is the place of python among py3N, py3, py3(N-1), …, py30, or -1.
func (s *Set) pure(python string) int {
	if python == "py3" {
		return 1
	}
	switch m := minorOf(python, "py"); {
	case m < 0 || m > s.minor:
		return -1
	case m == s.minor:
		return 0
	default:
		return 1 + s.minor - m
	}
}

// platform is the best index of a compressed platform part, or -1, and whether "any" is in it.
func (s *Set) platform(part string) (best int, isAny bool) {
	best = -1
	for rest, more := part, true; more; {
		var p string
		p, rest, more = strings.Cut(rest, ".")
		if p == "any" {
			isAny = true
		} else if i, ok := s.index[p]; ok {
			best = lower(best, i)
		}
	}
	return best, isAny
}

// blockName is the python and ABI of a block: block's inverse.
func (s *Set) blockName(b int) (python, abi string) {
	base := s.pureBase()
	own := s.prefix + "3" + strconv.Itoa(s.minor)
	switch {
	case b >= base:
		return s.pureName(b - base), "none"
	case b == 0:
		return own, s.exact
	case b == 1 && s.stable != "":
		return own, s.stable
	case b <= 2:
		return own, "none"
	}
	return s.prefix + "3" + strconv.Itoa(s.minor+2-b), s.stable
}

// pureName is pure's inverse.
func (s *Set) pureName(i int) string {
	switch i {
	case 0:
		return "py3" + strconv.Itoa(s.minor)
	case 1:
		return "py3"
	}
	return "py3" + strconv.Itoa(s.minor+1-i)
}

// minorOf reads the N of prefix + "3N", or gives -1.
func minorOf(python, prefix string) int {
	if len(python) < 4 || python[:2] != prefix || python[2] != '3' || len(python) > 6 || python[3] == '0' && len(python) > 4 {
		return -1
	}
	n := 0
	for _, c := range []byte(python[3:]) {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// lower is the smaller of two ranks of which -1 is none.
func lower(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}
