package diag

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func at(file string, line, col int) Position { return Position{File: file, Line: line, Col: col} }

func TestPrint(t *testing.T) {
	tests := []struct {
		why  string
		err  error
		want string
	}{
		{"no error prints nothing", nil, ""},
		{"an error of anybody", errors.New("disk full"), `
error: disk full
`},
		{
			"all four parts",
			Input("flask: %q is no version", "banana").At(at("requirements.txt", 3, 8), "flask>=banana", 6).Hint("write a version, as in flask>=3.0"), `
error: requirements.txt:3:8: flask: "banana" is no version
  flask>=banana
         ~~~~~^
hint: write a version, as in flask>=3.0
`,
		},
		{"the chain is one line", World("database %q", "x.xz").Because(fs.ErrNotExist), `
error: database "x.xz": file does not exist
`},
		{"an argument has no line, but a caret", Input("expected a name").At(at("<argument 2>", 0, 1), "==1", 2), `
error: <argument 2>: expected a name
  ==1
  ~^
`},
		{"the place behind the end can be marked", Input("expected )").At(at("r.txt", 1, 7), "a (==1", 0), `
error: r.txt:1:7: expected )
  a (==1
        ^
`},
		{"without a column the line is shown unmarked", Input("cut off").At(at("r.txt", 1, 0), "x \\", 0), `
error: r.txt:1: cut off
  x \
`},
		{"a column that is not in the line is not marked", Input("odd").At(at("r.txt", 1, 9), "x", 1), `
error: r.txt:1:9: odd
  x
`},
		{"the files that led there", &Error{Message: "no such file", Where: at("b.txt", 1, 4), Source: "-r c.txt", Span: 5, Via: []Position{at("a.txt", 2, 1)}}, `
error: b.txt:1:4: no such file
  -r c.txt
     ~~~~^
  included from a.txt:2:1
`},
		{
			"the innermost place and every hint survive wrapping",
			fmt.Errorf("lock: %w", Usage("provider %q", "whel").Hint("one").Because(Input("unknown").At(at("a", 1, 1), "whel", 4).Hint("two"))), `
error: lock: provider "whel": a:1:1: unknown
  whel
  ~~~^
hint: one
hint: two
`,
		},
		{
			"joined errors, also nested, stand one after the other",
			errors.Join(Input("one").At(at("a", 1, 0), "", 0), errors.Join(errors.New("two"), errors.New("three"))), `
error: a:1: one
error: two
error: three
`,
		},
		{"an error that wraps two in its own words stays whole", fmt.Errorf("%w while %w", errors.New("one"), errors.New("two")), `
error: one while two
`},
		{"a reason of several lines stays as it is", NoSolution("no solution\n  a needs b"), `
error: no solution
  a needs b
`},
		{"the mark is under tabs' columns", Input("x").At(at("a", 1, 4), "\t\ta;b", 1), "\nerror: a:1:4: x\n  \t\ta;b\n  \t\t ^\n"},
		{"wide characters before the mark and in it", Input("x").At(at("a", 1, 7), "名前==版", 5), `
error: a:1:7: x
  名前==版
      ~~~^
`},
		{"accents that combine take no column", Input("x").At(at("a", 1, 4), "e\u0301=1", 2), "\nerror: a:1:4: x\n  e\u0301=1\n   ~^\n"},
		{"a carriage return at the end is not shown", Input("x").At(at("a", 1, 1), "ab\r\n", 2), `
error: a:1:1: x
  ab
  ~^
`},
		{"nothing steers the terminal", Input("\x1b[2Jx").At(at("a\x1b", 1, 2), "\x1b[31m\xff", 1), "\nerror: a\uFFFD:1:2: \uFFFD[2Jx\n  \uFFFD[31m\uFFFD\n   ^\n"},
		{
			"a long line is cut about the mark",
			Input("x").At(at("a", 1, 101), strings.Repeat("a", 100)+"=="+strings.Repeat("b", 100), 2),
			"\nerror: a:1:101: x\n  …" + strings.Repeat("a", 60) + "==" + strings.Repeat("b", 58) + "…\n   " + strings.Repeat(" ", 60) + "~^\n",
		},
		{
			"a mark is cut with its line",
			Input("x").At(at("a", 1, 1), strings.Repeat("b", 300), 300),
			"\nerror: a:1:1: x\n  " + strings.Repeat("b", 60) + "…\n  " + strings.Repeat("~", 60) + "^\n",
		},
	}
	for _, tt := range tests {
		var b strings.Builder
		Print(&b, tt.err, false)
		if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, diff)
		}
	}
}

// Reword reaches every hint that Print prints.
func TestReword(t *testing.T) {
	err := errors.Join(fmt.Errorf("lock: %w", Usage("a").Hint("1").Because(Input("b").Hint("2").Hint("3"))), Input("c").Hint("4"))
	Reword(err, func(hint string) string {
		if hint == "2" {
			return ""
		}
		return "new " + hint
	})
	var b strings.Builder
	Print(&b, err, false)
	if want := "error: lock: a: b\nhint: new 1\nhint: new 3\nerror: c\nhint: new 4\n"; b.String() != want {
		t.Errorf("printed\n%swant\n%s", b.String(), want)
	}
}

func TestPrintColors(t *testing.T) {
	var b strings.Builder
	Print(&b, Input("bad").At(at("a", 1, 2), "xyz", 2).Hint("write xy"), true)
	want := "\x1b[1;31merror:\x1b[0m a:1:2: bad\n  xyz\n   \x1b[1;31m~^\x1b[0m\n\x1b[1;36mhint:\x1b[0m write xy\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("only the words error and hint and the mark are coloured (-want +got):\n%s", diff)
	}
}

func TestExitCode(t *testing.T) {
	tests := []struct {
		why  string
		err  error
		want int
	}{
		{"done", nil, 0},
		{"no solution", NoSolution("x"), 1},
		{"usage", Usage("x"), 2},
		{"input", Input("x"), 2},
		{"world", World("x"), 3},
		{"an error of anybody is the world's", context.Canceled, 3},
		{"wrapping keeps the code", fmt.Errorf("lock: %w", NoSolution("x")), 1},
		{"an error without a code leaves it to its cause", &Error{Message: "x", Err: Usage("y")}, 2},
		{"the outer code wins over the cause's", Input("x").Because(World("y")), 2},
		{"of joined errors the highest", errors.Join(NoSolution("x"), Usage("y")), 2},
	}
	for _, tt := range tests {
		if got := ExitCode(tt.err); got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.why, got, tt.want)
		}
	}
}

func TestErrorUnwraps(t *testing.T) {
	if err := error(World("x").Because(fs.ErrNotExist)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an Error does not unwrap to its cause")
	}
}
