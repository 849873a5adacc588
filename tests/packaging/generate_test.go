//go:build packaging

package packaging

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A generator makes strings in all the spellings that the grammars allow, and some that they do not.
// Numbers and names are few, so that they meet again.
type generator struct{ *rand.Rand }

func (g generator) chance(percent int) bool { return g.IntN(100) < percent }

func (g generator) one(choices ...string) string { return choices[g.IntN(len(choices))] }

func (g generator) number() string {
	return g.one("0", "0", "0", "1", "1", "1", "2", "2", "3", "7", "10", "00", "01", "20261231", "4294967296", "98765432109876543210")
}

func (g generator) small() string { return g.one("0", "1", "2") }

func (g generator) release() string {
	parts := []string{g.small()}
	for g.chance(65) && len(parts) < 6 {
		parts = append(parts, g.number())
	}
	return strings.Join(parts, ".")
}

func (g generator) sep() string { return g.one("", "", "", ".", "-", "_") }

func (g generator) optional(percent int, s string) string {
	if g.chance(percent) {
		return s
	}
	return ""
}

func (g generator) version() string {
	v := g.optional(5, g.one("v", "V")) + g.optional(8, g.small()+"!") + g.release()
	v += g.optional(30, g.pre())
	v += g.optional(20, g.post())
	v += g.optional(20, g.sep()+g.one("dev", "dev", "DEV")+g.sep()+g.optional(80, g.number()))
	return v + g.optional(15, g.local())
}

func (g generator) pre() string {
	return g.sep() + g.one("a", "b", "rc", "c", "alpha", "Beta", "pre", "PREVIEW") + g.sep() + g.optional(80, g.number())
}

func (g generator) post() string {
	return g.one("-"+g.number(), g.sep()+g.one("post", "r", "rev", "Post")+g.sep()+g.optional(80, g.number()))
}

func (g generator) local() string {
	return "+" + g.one("abc", "ABC", "1", "01", "0", "ubuntu", "a1", "1a") + g.optional(40, g.one(".", "-", "_")+g.one("1", "2", "10", "x"))
}

// near gives versions about which a clause with v may be of two minds.
func (g generator) near(v string) []string {
	base, _, _ := strings.Cut(v, "+")
	core := strings.TrimRight(strings.TrimLeft(base, "vV"), "._-")
	return []string{
		base, base + ".0", base + g.local(), base + g.post(), base + ".dev" + g.number(), base + g.pre(), base + "." + g.number(),
		core[:max(1, len(core)-1)] + g.number(), core[:max(1, len(core)-2)], g.version(), g.version(), g.release(),
	}
}

func (g generator) space() string { return g.one("", "", "", " ", "  ", "\t") }

// clause gives a clause and the version in it.
func (g generator) clause() (clause, version string) {
	op := g.one("==", "!=", "<=", ">=", "<", ">", "~=", "===")
	version = g.version()
	if (op != "==" && op != "!=" && op != "===") || g.chance(70) {
		version, _, _ = strings.Cut(version, "+")
	}
	text := version
	if g.chance(35) && (op == "==" || op == "!=") {
		version = g.release()
		text = version + ".*"
	} else if g.chance(2) {
		text += ".*"
	}
	return op + g.space() + text, version
}

// specifiers gives clauses and versions worth trying on them.
func (g generator) specifiers() (string, []string) {
	var clauses, versions []string
	for range 1 + g.IntN(3) {
		c, v := g.clause()
		clauses = append(clauses, g.space()+c+g.space())
		versions = append(versions, g.near(v)...)
	}
	return strings.Join(clauses, ",") + g.optional(4, ","), versions
}

func (g generator) name() string {
	return g.one("a", "Flask", "zope.interface", "ruamel_yaml", "x--y", "3to2", "end_", "A.-_b", "n-1", "bad-", "_bad", "")
}

func (g generator) extras() string {
	var names []string
	for range g.IntN(4) {
		names = append(names, g.space()+g.one("x", "Foo_Bar", "a.b", "x", "test")+g.space())
	}
	return "[" + strings.Join(names, ",") + g.optional(3, ",") + "]"
}

func (g generator) requirement() string {
	r := g.space() + g.name() + g.space() + g.optional(30, g.extras()) + g.space()
	switch {
	case g.chance(20):
		r += "@" + g.space() + g.one("https://index.example/a.whl", "file:///a;b", "git+ssh://h/x@1", "x") + g.one(" ", " ", "")
	case g.chance(80):
		s, _ := g.specifiers()
		if g.chance(30) {
			s = "(" + s + ")"
		}
		r += s
	}
	if g.chance(50) {
		r += g.space() + ";" + g.space() + g.marker(0, false)
	}
	return r
}

// marker gives a marker; with sets, one for a lock file.
func (g generator) marker(depth int, sets bool) string {
	terms := []string{g.term(depth, sets)}
	for g.chance(40) && len(terms) < 4 {
		terms = append(terms, g.one(" and ", " or ", "  or\t"), g.term(depth, sets))
	}
	return strings.Join(terms, "")
}

func (g generator) term(depth int, sets bool) string {
	if depth < 3 && g.chance(25) {
		return "(" + g.space() + g.marker(depth+1, sets) + g.space() + ")"
	}
	left, right := g.variable(sets), ""
	switch left {
	case "extra":
		right = g.quote(g.one("x", "Foo_Bar", "foo-bar", "", "test"))
	case "extras", "dependency_groups":
		left, right = g.quote(g.one("x", "Foo_Bar", "y")), left
	case "python_version", "python_full_version", "implementation_version", "platform_release":
		right = g.quote(g.one("3", "3.8", "3.8.*", "3.12", "3.12.4", "2.7, 3.12", "3.14.0a1", "6.1.0-18-amd64", "6.1", " 3.12 ", "=3.12", "", "3.9.7"))
	default:
		right = g.quote(g.one("posix", "nt", "linux", "linux2", "win32", "darwin", "Linux", "CPython", "cpython", "x86_64", "arm64", "x86_64 arm64", "1.0", "",
			`it's`))
	}
	op := g.one("==", "!=", "<", "<=", ">", ">=", "==", "!=", "==", ">=", "<", "in", "not in", "in", "~=", "===")
	if strings.HasPrefix(right, "ext") || strings.HasPrefix(right, "dep") {
		op = g.one("in", "not in", "in", "not in", "in", "==", "!=", "<", ">=")
	} else if g.chance(15) {
		left, right = right, left
	} else if g.chance(3) {
		right = g.variable(sets)
	}
	return left + g.around(op) + op + g.around(op) + right
}

// around gives the space on a side of an operator.
func (g generator) around(op string) string {
	if strings.HasSuffix(op, "in") {
		return g.one(" ", "  ", " \t")
	}
	return g.space()
}

func (g generator) variable(sets bool) string {
	if sets {
		return g.one("extras", "dependency_groups", "extras", "os_name", "python_version", "sys_platform")
	}
	return g.one("python_version", "python_full_version", "os_name", "sys_platform", "platform_release", "platform_system", "platform_version",
		"platform_machine", "platform_python_implementation", "implementation_name", "implementation_version", "extra", "os.name", "sys.platform",
		"platform.version", "platform.machine", "platform.python_implementation", "python_implementation", "python_version", "extra")
}

func (g generator) quote(s string) string {
	if q := g.one(`"`, `'`); !strings.Contains(s, q) {
		return q + s + q
	}
	return `"` + s + `"`
}

// dirty changes a byte or two of s, of some strings.
func (g generator) dirty(percent int, s string) string {
	for range 2 {
		if !g.chance(percent) {
			continue
		}
		i := g.IntN(len(s) + 1)
		insert := g.one(".", "-", "_", "+", "!", "*", "=", "~", "<", ">", ",", ";", "(", ")", "[", "]", "@", " ", "\t", "\n", "'", `"`,
			"a", "b", "c", "r", "v", "x", "0", "1", "post", "dev", ".*", "é", "\u00a0", "in", "or ", "\\", "#")
		end := i + g.IntN(2)
		if end > len(s) {
			end = i
		}
		s = strings.ToValidUTF8(s[:i]+insert+s[end:], "?")
	}
	return s
}

func (g generator) wheel() string {
	python := g.one("py3", "py2.py3", "cp312", "cp39", "cp313", "cp310.cp311", "pp310", "py39", "cp37", "CP312", "cp3", "-")
	abi := g.one("none", "none", "abi3", "cp312", "cp39", "cp313t", "abi3t", "cp37m", "pypy310_pp73", "abi3.none")
	platform := g.one("any", "any", "linux_x86_64", "manylinux1_x86_64", "manylinux2014_aarch64", "manylinux_2_17_x86_64.manylinux2014_x86_64",
		"manylinux_2_28_x86_64", "manylinux_2_40_i686", "musllinux_1_2_x86_64", "macosx_11_0_arm64", "macosx_10_9_universal2",
		"macosx_10_9_x86_64.macosx_11_0_arm64", "macosx_14_0_arm64", "win_amd64", "linux_armv7l", "manylinux_2_31_riscv64")
	return fmt.Sprintf("%s-%s%s-%s-%s-%s%s", g.one("flask", "Zope.Interface", "a_b", "x__y", "a+b", ""), g.version(), g.optional(20, "-"+g.one("1", "0a", "12_x", "x")),
		python, abi, platform, g.one(".whl", ".whl", ".whl", ".whl", ".zip"))
}
