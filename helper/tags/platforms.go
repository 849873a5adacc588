package tags

import (
	"fmt"
	"strconv"
	"strings"
)

// cpus are the first halves of the systems known on Linux: the machine in the platform tag, and the oldest minor
// version of glibc 2 that a manylinux tag may name (PEP 600: before 2.17 there was manylinux on x86 only). Without
// one, the machine has no manylinux.
var cpus = [...]struct {
	nix, machine string
	oldest       int
}{
	{"aarch64", "aarch64", 17},
	{"armv6l", "armv6l", 0},
	{"armv7l", "armv7l", 17},
	{"i686", "i686", 5},
	{"loongarch64", "loongarch64", 17},
	{"powerpc64", "ppc64", 17},
	{"powerpc64le", "ppc64le", 17},
	{"riscv64", "riscv64", 17},
	{"s390x", "s390x", 17},
	{"x86_64", "x86_64", 5},
}

// lastGlibcMinor stands for the last version of a glibc major that has ended, as packaging guesses it: none has.
const lastGlibcMinor = 50

// list collects platform tags in one buffer.
type list struct {
	buf  []byte
	ends []int
}

func (l *list) end() { l.ends = append(l.ends, len(l.buf)) }

// add appends the tag family_major_minor_arch.
func (l *list) add(family string, major, minor int, arch string) {
	l.buf = append(l.buf, family...)
	l.buf = append(l.buf, '_')
	l.buf = strconv.AppendInt(l.buf, int64(major), 10)
	l.buf = append(l.buf, '_')
	l.buf = strconv.AppendInt(l.buf, int64(minor), 10)
	l.addName("", arch)
}

// addName appends the tag name_arch.
func (l *list) addName(name, arch string) {
	l.buf = append(l.buf, name...)
	l.buf = append(l.buf, '_')
	l.buf = append(l.buf, arch...)
	l.end()
}

func (l *list) strings() []string {
	all, start := string(l.buf), 0
	out := make([]string, len(l.ends))
	for i, end := range l.ends {
		out[i], start = all[start:end], end
	}
	return out
}

// platforms gives the platform tags of a target, best first.
func platforms(t Target) ([]string, error) {
	l := &list{buf: make([]byte, 0, 1024), ends: make([]int, 0, 48)}
	if err := l.target(t); err != nil {
		return nil, err
	}
	return l.strings(), nil
}

// target appends the platforms of a target.
func (l *list) target(t Target) error {
	if len(t.Platforms) > 0 {
		return l.override(t.Platforms)
	}
	cpu, os, _ := strings.Cut(t.System, "-")
	switch os {
	case "linux":
		for _, c := range cpus {
			if c.nix == cpu {
				return l.linux(t, c.machine, c.oldest)
			}
		}
	case "darwin":
		switch cpu {
		case "x86_64":
			return l.darwin(t, cpu, [2]int{10, 4})
		case "aarch64":
			return l.darwin(t, "arm64", [2]int{11, 0})
		}
	}
	return fmt.Errorf("system %q is unknown: known are %s", t.System, strings.Join(Systems(), ", "))
}

// Systems are the systems known, as Nix names them.
func Systems() []string {
	out := make([]string, 0, len(cpus)+2)
	for _, c := range cpus {
		out = append(out, c.nix+"-linux")
	}
	return append(out, "aarch64-darwin", "x86_64-darwin")
}

// linux appends the native tag, which nothing can fit better, and the levels of the C library.
func (l *list) linux(t Target, machine string, oldest int) error {
	l.addName("linux", machine)
	switch t.Libc {
	case "glibc":
		l.manylinux(t.LibcVersion, machine, oldest)
	case "musl":
		l.musllinux(t.LibcVersion, machine)
	default:
		return fmt.Errorf("libc %q is unknown: known are glibc, musl", t.Libc)
	}
	return nil
}

// manylinux appends the levels from a glibc version down, each followed by its name from before PEP 600.
func (l *list) manylinux(glibc [2]int, machine string, oldest int) {
	if oldest == 0 {
		return
	}
	for major, from := glibc[0], glibc[1]; major >= 2; major, from = major-1, lastGlibcMinor {
		to := 0
		if major == 2 {
			to = oldest
		}
		for minor := from; minor >= to; minor-- {
			l.add("manylinux", major, minor, machine)
			if name := legacyName(major, minor); name != "" {
				l.addName(name, machine)
			}
		}
	}
}

func legacyName(major, minor int) string {
	switch [2]int{major, minor} {
	case [2]int{2, 17}:
		return "manylinux2014"
	case [2]int{2, 12}:
		return "manylinux2010"
	case [2]int{2, 5}:
		return "manylinux1"
	}
	return ""
}

// musllinux appends the levels from a musl version down.
func (l *list) musllinux(musl [2]int, machine string) {
	for minor := musl[1]; minor >= 0; minor-- {
		l.add("musllinux", musl[0], minor, machine)
	}
}

// darwin checks the deployment target, which Apple has from a first release on.
func (l *list) darwin(t Target, arch string, first [2]int) error {
	if t.MacOS[0] < first[0] || t.MacOS[0] == first[0] && t.MacOS[1] < first[1] {
		return fmt.Errorf("macos %d.%d is no deployment target of %s: %d.%d or newer is needed",
			t.MacOS[0], t.MacOS[1], t.System, first[0], first[1])
	}
	l.macOS(t.MacOS, arch)
	return nil
}

// macOS appends the releases from a deployment target down. Before 11 a release is 10.N. A target of 11 or newer also
// takes what was made for 10.N: all of it on x86_64, only universal2 on arm64, whose other half is x86_64's.
func (l *list) macOS(version [2]int, arch string) {
	for major := version[0]; major >= 11; major-- {
		for _, f := range macFormats(arch) {
			l.add("macosx", major, 0, f)
		}
	}
	minor, formats := version[1], macFormats(arch)
	if version[0] >= 11 {
		minor = 16
		if arch != "x86_64" {
			formats = macFormats("universal2")
		}
	}
	for ; minor >= 4; minor-- {
		for _, f := range formats {
			l.add("macosx", 10, minor, f)
		}
	}
}

// macFormats are the kinds of binary that run on an arch, best first.
func macFormats(arch string) []string {
	switch arch {
	case "x86_64":
		return []string{"x86_64", "intel", "fat64", "fat3", "universal2", "universal"}
	case "arm64":
		return []string{"arm64", "universal2"}
	}
	return []string{arch}
}
