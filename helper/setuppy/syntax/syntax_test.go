package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// show writes a tree in brackets, an expression as Python would bind it.
func show(node any) string {
	list := func(all []Expr) string {
		var parts []string
		for _, x := range all {
			parts = append(parts, show(x))
		}
		return strings.Join(parts, " ")
	}
	switch n := node.(type) {
	case Name:
		return n.ID
	case Number:
		return n.Text
	case Text:
		if n.Parts != nil {
			return "f<" + list(n.Parts) + ">"
		}
		return fmt.Sprintf("%q", n.Value)
	case Field:
		return "{" + show(n.X) + "!" + n.Conversion + ":" + n.Spec + "}"
	case Display:
		return n.Bracket + list(n.Items) + map[string]string{"(": ")", "[": "]", "{": "}"}[n.Bracket]
	case Dict:
		var parts []string
		for i, key := range n.Keys {
			if key == nil {
				key = Name{ID: "**"}
			}
			parts = append(parts, show(key)+": "+show(n.Values[i]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case Unary:
		return "(" + n.Op + " " + show(n.X) + ")"
	case Binary:
		return "(" + show(n.L) + " " + n.Op + " " + show(n.R) + ")"
	case Compare:
		s := show(n.L)
		for i, op := range n.Ops {
			s += " " + op + " " + show(n.Rs[i])
		}
		return "(" + s + ")"
	case Choice:
		return "(" + show(n.Then) + " if " + show(n.If) + " else " + show(n.Else) + ")"
	case Lambda:
		return fmt.Sprintf("(lambda %d: %s)", len(n.Params), show(n.Body))
	case Call:
		var parts []string
		for _, a := range n.Args {
			parts = append(parts, strings.Repeat("*", a.Stars)+a.Name+"="+show(a.Value))
		}
		return show(n.Fn) + "(" + strings.Join(parts, ", ") + ")"
	case Attr:
		return show(n.X) + "." + n.Name
	case Index:
		return show(n.X) + "[" + show(n.I) + "]"
	case Slice:
		return show(n.Lo) + ":" + show(n.Hi) + ":" + show(n.Step)
	case Comprehension:
		s := show(n.Key) + "/" + show(n.X)
		for _, c := range n.Clauses {
			s += " for " + show(c.Target) + " in " + show(c.Iter) + " if " + list(c.Ifs)
		}
		return n.Bracket + s
	case Star:
		return "*" + show(n.X)
	case Walrus:
		return "(" + n.Name + " := " + show(n.X) + ")"
	case nil:
		return "-"
	}
	return fmt.Sprintf("%T", node)
}

func TestExpressions(t *testing.T) {
	tests := []struct{ source, want string }{
		{"1 + 2 * 3 ** -4", "(1 + (2 * (3 ** (- 4))))"},
		{"-a.b[0](1)", "(- a.b[0](=1))"},
		{"a or b and not c == d", "(a or (b and (not (c == d))))"},
		{"a < b <= c not in d is not e", "(a < b <= c not in d is not e)"},
		{"a <> b", "(a != b)"},
		{"a if b else c if d else e", "(a if b else (c if d else e))"},
		{"a | b & c << 1", "(a | (b & (c << 1)))"},
		{"lambda x, *y, z=1: x + 1", "(lambda 3: (x + 1))"},
		{"f(a, *b, c=1, **d)", "f(=a, *=b, c=1, **=d)"},
		{"f(x for x in y)", "f(=(-/x for x in y if )"},
		{"[x for a, b in y if a if b for x in b]", "[-/x for (a b) in y if a b for x in b if "},
		{"{a: b for a in c}", "{a/b for a in c if "},
		{"{**a, 'b': 1,}", `{**: a, "b": 1}`},
		{"{a, *b}", "{a *b}"},
		{"(a,), (), [a, *b]", "((a) () [a *b])"},
		{"a[1:], a[:-1], a[::2], a[1, 2]", "(a[1:-:-] a[-:(- 1):-] a[-:-:2] a[(1 2)])"},
		{"(n := 1) + n", "((n := 1) + n)"},
		{"'a' \"b\" r'\\n' '\\n' u'c'", `"ab\\n\nc"`},
		{"'''a\n'b'''", `"a\n'b"`},
		{`'\x41\101é\q'`, `"AAé\\q"`},
		{"f'a{b!r:>3}{{{c[\"d\"]}' 'e'", `f<"a" {b!r:>3} "{" {c["d"]!:} "e">`},
		{"f'{a != b}'", "f<{(a != b)!:}>"},
		{`'\N{DASH}'`, "syntax.Opaque"},
		{"f'{a:{b}}'", "syntax.Opaque"},
		{"a +", ""},
		{"f(a b)", ""},
		{"'a", ""},
	}
	for _, test := range tests {
		got := ""
		if x, ok := Expression(test.source); ok {
			got = show(x)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s\n%s", test.source, diff)
		}
	}
}

// kinds are the types of statements, with the names of a Bad.
func kinds(list []Stmt) string {
	var all []string
	for _, s := range list {
		one := strings.TrimPrefix(fmt.Sprintf("%T", s), "syntax.")
		switch s := s.(type) {
		case Bad:
			one += "(" + strings.Join(s.Names, " ") + ")"
		case If:
			one += "(" + kinds(s.Then) + "; " + kinds(s.Else) + ")"
		case For:
			one += "(" + kinds(s.Body) + ")"
		case Def:
			one += fmt.Sprintf("(%d %v %s)", len(s.Params), s.Yields, kinds(s.Body))
		case Class:
			one += "(" + kinds(s.Body) + ")"
		case With:
			one += fmt.Sprint(len(s.Items))
		case Try:
			one += fmt.Sprint(len(s.Handlers), len(s.Else), len(s.Finally))
		}
		all = append(all, one)
	}
	return strings.Join(all, " ")
}

func TestStatements(t *testing.T) {
	tests := []struct{ why, source, want string }{
		{"simple ones", "a = b = 1; a += 2; pass\ndel a, b\nassert a, 'b'\nglobal c\nraise A from b\nx: int = 1\ny: int\n", "Assign Change Word Delete Assert Global Raise Assign Word"},
		{"imports", "import a.b as c, d\nfrom . import (a,\n  b as c,)\nfrom ..x.y import *\n", "Import From From"},
		{"branches", "if a: b\nelif c:\n  d\n  e\nelse:\n  pass\n", "If(Do; If(Do Do; Word))"},
		{"a comment is no indentation", "if a:\n  b\n# c\n  d\ne", "If(Do Do; ) Do"},
		{"brackets join lines", "a = [\n1,\n  2]\nb", "Assign Do"},
		{"a backslash joins lines", "a = 1 + \\\n      2\nb", "Assign Do"},
		{"functions", "@x\ndef f(a, /, b: int=1, *, c, **d) -> int:\n  yield a\n  def g(): return 1\nasync def h(): await x\n", "Def(4 true Do Def(0 false Return)) Def(0 false Do)"},
		{"classes", "class A(B, metaclass=C):\n  '''d'''\n  x = 1\n", "Class(Do Assign)"},
		{"try", "try: a\nexcept (A, B) as e: b\nexcept C, e: b\nexcept: c\nelse: d\nfinally: e\n", "Try3 1 1"},
		{"with", "with a as b, c: d\nwith (a as b, c as d,): e\nwith (a): b\n", "With2 With2 With1"},
		{"Python 2", "print 'a' % b, c\nprint\nprint >>f, a\nexec a in b\nprint(a)\n", "Do Do Do Do Do"},
		{"what cannot be read, with its block", "a\nif a b:\n  c = 1\n  if d:\n    e\nf\n", "Do Bad(a b c d e) Do"},
		{"within a block", "if a:\n  b c\n  d\ne\n", "If(Bad(b c) Do; ) Do"},
		{"backquotes and old octal", "a = `b`\nc = 0777\n", "Bad(a b) Assign"},
		{"a text that is not closed", "a = 'b\nc\n", "Bad(a b) Do"},
		{"a bracket that is not closed takes the rest", "a = (b\nc\nd = 1\n", "Bad(a b c d)"},
		{"match", "match a:\n  case b: c\nd\n", "Bad(match a case b c) Do"},
		{"indentation out of nowhere", "a\n  b\nc\n", "Do Bad(b) Do"},
		{"no line end", "a", "Do"},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			if diff := cmp.Diff(test.want, kinds(Parse([]byte(test.source)))); diff != "" {
				t.Errorf("%s\n%s", test.source, diff)
			}
		})
	}
}

// TestEncodings has a source with a byte order mark, and one that is not UTF-8.
func TestEncodings(t *testing.T) {
	for _, source := range []string{"\ufeffa = '\u00e9'", "a = '\xe9'"} {
		assign, ok := Parse([]byte(source))[0].(Assign)
		if !ok || assign.Value.(Text).Value != "\u00e9" {
			t.Errorf("%q is read as %v", source, assign)
		}
	}
}
