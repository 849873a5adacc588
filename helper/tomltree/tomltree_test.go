package tomltree_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/diag"
	"mach/helper/tomltree"
)

func parse(text string) (*tomltree.Value, *diag.Error) {
	return tomltree.Parse(text, &diag.File{Name: "f", Text: text})
}

// tree parses what has no errors.
func tree(t *testing.T, text string) *tomltree.Value {
	t.Helper()
	root, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// shape is a tree in one line: 'text', true, 1, [items], {key=value}.
func shape(v *tomltree.Value) string {
	var parts []string
	switch v.Kind {
	case tomltree.String:
		return "'" + v.Text.Value + "'"
	case tomltree.Array:
		for _, item := range v.Items {
			parts = append(parts, shape(item))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case tomltree.Table:
		for _, f := range v.Fields {
			parts = append(parts, f.Key.Value+"="+shape(f))
		}
		return "{" + strings.Join(parts, " ") + "}"
	}
	return v.Text.Value
}

func TestTree(t *testing.T) {
	tests := []struct{ why, text, want string }{
		{"nothing is a table", "# nothing\n", "{}"},
		{"the order of the file", "b = 1\na = 2\n", "{b=1 a=2}"},
		{"texts of all forms", "a = \"a\"\nb = 'b'\nc = \"\"\"\nc\"\"\"\nd = '''d'''\n'e' = \"\\u0065\"\n", "{a='a' b='b' c='c' d='d' e='e'}"},
		{"what is no text is kept as it is written", "a = true\nb = +1_000\nc = 1e3\nd = 1979-05-27T07:32:00Z\ne = -inf\n", "{a=true b=+1_000 c=1e3 d=1979-05-27T07:32:00Z e=-inf}"},
		{"comments in arrays are nothing", "a = [ # one\n 1, # two\n [2],\n]\n", "{a=[1 [2]]}"},
		{"tables by headers, dots and inline", "a.b = 1\n[c.d]\ne = {f.g = 2, h = 3}\n", "{a={b=1} c={d={e={f={g=2} h=3}}}}"},
		{"a table after one below it", "[a.b]\nx = 1\n[a]\ny = 2\n", "{a={b={x=1} y=2}}"},
		{"dots several times", "a.b = 1\nc = 2\na.d = 3\n", "{a={b=1 d=3} c=2}"},
		{"a table below one that dots made", "[a]\nb.c = 1\n[a.b.d]\ne = 2\n", "{a={b={c=1 d={e=2}}}}"},
		{"tables of the last of an array", "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\n[[a.e]]\n[[a.e]]\nf = 3\n", "{a=[{b=1 c={d=2}} {e=[{} {f=3}]}]}"},
		{"ends of lines of Windows", "a = 1\r\nb = \"\"\"\r\nc\"\"\"\r\n", "{a=1 b='c'}"},
	}
	for _, tt := range tests {
		if got := shape(tree(t, tt.text)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
		}
	}
}

// The parts of a file that the places of a key and its value name are marked with their line and column.
func TestPlaces(t *testing.T) {
	marked := func(o diag.Origin) string {
		end := min(o.Where.Col-1+o.Span, len(o.Source))
		return fmt.Sprintf("%d:%d %s", o.Where.Line, o.Where.Col, o.Source[o.Where.Col-1:end])
	}
	tests := []struct {
		why, text  string
		path       []string
		key        string
		text1      string // Origin
		written    string
		secondByte string // Within(1, 1)
	}{
		{"a text", "a = \"bcd\"", []string{"a"}, "1:1 a", "1:6 bcd", `1:5 "bcd"`, "1:7 c"},
		{"a text with escapes is marked whole", "a = \"b\\tc\"", []string{"a"}, "1:1 a", `1:5 "b\tc"`, `1:5 "b\tc"`, `1:5 "b\tc"`},
		{"escapes of what they stand for", `a = "\\\\"`, []string{"a"}, "1:1 a", `1:5 "\\\\"`, `1:5 "\\\\"`, `1:5 "\\\\"`},
		{"an empty text", "a = ''", []string{"a"}, "1:1 a", "1:6 ", "1:5 ''", "1:7 "},
		{"three quotes", `a = '''b'c'''`, []string{"a"}, "1:1 a", "1:8 b'c", "1:5 '''b'c'''", "1:9 '"},
		{"three quotes, and a line", "a = '''\r\nbc'''", []string{"a"}, "1:1 a", "2:1 bc", "1:5 '''", "2:2 c"},
		{"a quoted key", `"a b" = 12`, []string{"a b"}, "1:2 a b", "1:9 12", "1:9 12", "1:10 2"},
		{"a key with dots", "a.bc = 1", []string{"a", "bc"}, "1:3 bc", "1:8 1", "1:8 1", "1:9 "},
		{"a table by dots", "a.bc = 1", []string{"a"}, "1:1 a", "1:1 a", "1:1 a", "1:1 a"},
		{"a table by a header", "\n[a.b]", []string{"a", "b"}, "2:4 b", "2:4 b", "2:4 b", "2:4 b"},
		{"a table above it", "\n[a.b]", []string{"a"}, "2:2 a", "2:2 a", "2:2 a", "2:2 a"},
		{"a table inline", "a = { b = 1 }", []string{"a"}, "1:1 a", "1:5 {", "1:5 {", "1:5 {"},
		{"an array stands where its key does", "a = [1]", []string{"a"}, "1:1 a", "1:1 a", "1:1 a", "1:1 a"},
	}
	for _, tt := range tests {
		v := tree(t, tt.text).At(tt.path...)
		got := []string{marked(v.Key.Origin()), marked(v.Text.Origin()), marked(v.Text.Written()), marked(v.Text.Within(1, 1))}
		if diff := cmp.Diff([]string{tt.key, tt.text1, tt.written, tt.secondByte}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, diff)
		}
	}
	item := tree(t, "a = [1, [2]]").At("a").Items[1].Items[0]
	if got := marked(item.Key.Origin()) + ", " + marked(item.Text.Origin()); got != "1:1 a, 1:10 2" {
		t.Errorf("an item of an array has the key of that: %s", got)
	}
}

func TestErrors(t *testing.T) {
	tests := []struct{ why, text, want string }{
		{"what is no TOML, at the first byte of it", "a = 1\nb = \n", "f:2:5: unexpected character U+000A at start of value"},
		{"the end of the file", "a = [1", "f:1:6: array is incomplete"},
		{"what is no UTF-8", "a = '\xff'", "f:1:6: invalid UTF-8 character in literal string"},
		{"no TOML makes all else moot", "a = 1\na = 2\nb", "f:3:1: expected '=' after key"},
		{"the first of the keys that stand twice", "a = 1\na = 2\na = 3\n", "f:2:1: key a is already defined"},
	}
	for _, tt := range tests {
		if root, err := parse(tt.text); root != nil || err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.why, err, tt.want)
		}
	}
}

// Of the keys that stand twice all are known, and a tree in which the first counts.
func TestTwice(t *testing.T) {
	tests := []struct {
		why, text string
		want      []string
		tree      string
	}{
		{"in other quotes too", "a = 1\n'a' = 2\n", []string{"2:1 a"}, "{a=1}"},
		{"all of them, also in what counts", "a = 1\na = 2\n[b]\nc = {d = 1, d = 2}\nc = 3\n", []string{"2:1 a", "4:13 d", "5:1 c"}, "{a=1 b={c={d=1}}}"},
		{"a table, and what stands in the second", "[a]\n[a.b]\n[a]\nx = 1\nx = 2\n", []string{"3:2 a", "5:1 x"}, "{a={b={}}}"},
		{"a table that dots made", "a.b = 1\n[a]\n", []string{"2:2 a"}, "{a={b=1}}"},
		{"dots into a table that a header made", "[a.b.c]\n[a]\nb.d = 1\n", []string{"3:1 b"}, "{a={b={c={}}}}"},
		{"dots into an array of tables", "[[a.b]]\n[a]\nb.d = 1\n", []string{"3:1 b"}, "{a={b=[{}]}}"},
		{"an inline table is whole", "a = {}\na.b = 1\n[a.c]\n[a]\n", []string{"2:1 a", "3:2 a", "4:2 a"}, "{a={}}"},
		{"an array is whole", "a = []\n[[a]]\n[a.b]\n", []string{"2:3 a", "3:2 a"}, "{a=[]}"},
		{"a table is no array of them", "[a]\n[[a]]\n[[b]]\n[b]\n[c.d]\n[[c]]\n", []string{"2:3 a", "4:2 b", "6:3 c"}, "{a={} b=[{}] c={d={}}}"},
	}
	for _, tt := range tests {
		root, twice, err := tomltree.ParseAll(tt.text, &diag.File{Text: tt.text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, key := range twice {
			at := key.Written().Where
			got = append(got, fmt.Sprintf("%d:%d %s", at.Line, at.Col, key.Value))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || shape(root) != tt.tree {
			t.Errorf("%s: %s, want %s (-want +got):\n%s", tt.why, shape(root), tt.tree, diff)
		}
	}
}

// A text may be a part of its file, with blanks around it; errors show the file, and what included it.
func TestPartOfAFile(t *testing.T) {
	file := &diag.File{Name: "a.py", Text: "# a = 1\n# b = [\n", Via: []diag.Position{{File: "r.txt", Line: 1}}}
	_, err := tomltree.Parse("  a = 1\n  b = ]\n", file)
	var b strings.Builder
	diag.Print(&b, err, false)
	if want := "error: a.py:2:7: unexpected character U+005D ']' at start of value\n  # b = [\n        ^\n  included from r.txt:1\n"; b.String() != want {
		t.Errorf("printed\n%swant\n%s", b.String(), want)
	}
}

func TestAccess(t *testing.T) {
	root := tree(t, "a = 'x'\nb = true\nc = ['x', 'y']\nd = ['x', 1]\n")
	if got := root.String("a").Value; got != "x" {
		t.Errorf("String: %q", got)
	}
	if root.String("b").Value != "" || root.String("gone").Value != "" || root.String("gone").Origin().Where.File != "" {
		t.Error("what is no text is none")
	}
	if !root.At("b").IsTrue() || root.At("a").IsTrue() || root.At("gone", "too").IsTrue() {
		t.Error("IsTrue")
	}
	if !root.At("c").Is(tomltree.Array) || root.At("gone").Is(tomltree.Other) {
		t.Error("Is")
	}
	for key, want := range map[string]string{"a": "[] false", "c": "[x y] true", "d": "[] false", "gone": "[] true"} {
		list, ok := root.At(key).Strings()
		if got := fmt.Sprint(root.At(key).Values(), ok); len(list) != len(root.At(key).Values()) || got != want {
			t.Errorf("Strings of %s: got %s, want %s", key, got, want)
		}
	}
}

// A table of many keys is found in as one of few is.
func TestLongTable(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "key-%d = %d\n", i, i)
	}
	root := tree(t, b.String())
	if v := root.At("key-777"); v == nil || v.Text.Value != "777" || len(root.Fields) != 1000 || root.At("key-1000") != nil {
		t.Errorf("found %v", v)
	}
	if _, err := parse(b.String() + "key-3 = 0\n"); err == nil {
		t.Error("a key stands twice")
	}
}

// A lock of other tools, as a file that is long.
func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("../lock/testdata/pylock.uv.toml")
	if err != nil {
		b.Fatal(err)
	}
	text := string(data)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse(text); err != nil {
			b.Fatal(err)
		}
	}
}
