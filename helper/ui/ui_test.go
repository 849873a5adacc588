package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// terminal opens a new pseudo-terminal; its master side answers as a terminal does.
func terminal(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func file(t *testing.T) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestColor(t *testing.T) {
	tests := []struct {
		why           string
		open          func(*testing.T) *os.File
		noColor, term string
		want          bool
	}{
		{"a terminal is coloured", terminal, "", "xterm", true},
		{"a file is not", file, "", "xterm", false},
		{"NO_COLOR is obeyed", terminal, "1", "xterm", false},
		{"a dumb terminal is not coloured", terminal, "", "dumb", false},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			t.Setenv("NO_COLOR", tt.noColor)
			t.Setenv("TERM", tt.term)
			if got := Color(tt.open(t)); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDevNullIsNoTerminal(t *testing.T) {
	f, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if Terminal(f) {
		t.Error("the null device is a character device, but no terminal")
	}
}

func TestUTF8(t *testing.T) {
	tests := []struct {
		why                string
		lcAll, ctype, lang string
		want               bool
	}{
		{"nothing set is the C locale", "", "", "", false},
		{"LANG", "", "", "de_DE.UTF-8", true},
		{"the spelling without a hyphen", "", "", "en_US.utf8", true},
		{"LC_CTYPE wins over LANG", "", "C", "de_DE.UTF-8", false},
		{"LC_ALL wins over both", "C.UTF-8", "C", "C", true},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			t.Setenv("LC_ALL", tt.lcAll)
			t.Setenv("LC_CTYPE", tt.ctype)
			t.Setenv("LANG", tt.lang)
			if got := UTF8(); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestProgress(t *testing.T) {
	var out strings.Builder
	now := time.Unix(0, 0)
	p := start(&out, "crawl", 90, func() time.Time { return now })
	expect := func(why, want string) {
		t.Helper()
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", why, diff)
		}
		out.Reset()
	}

	p.Step("flask")
	expect("nothing is drawn at first", "")
	now = now.Add(patience)
	p.Step("jinja2")
	expect("the line is drawn when it takes long", "\r\x1b[K\x1b[?7lcrawl 2/90 jinja2\x1b[?7h\r")
	p.Step("click")
	expect("but not at every step", "")
	now = now.Add(interval)
	p.Step("numpy")
	expect("the count has gone on", "\r\x1b[K\x1b[?7lcrawl 4/90 numpy\x1b[?7h\r")
	p.Stop()
	expect("the line is taken away", "\r\x1b[K")
	p.Stop()
	expect("once", "")
}

func TestProgressOfUnknownLength(t *testing.T) {
	var out strings.Builder
	now := time.Unix(0, 0)
	p := start(&out, "read", 0, func() time.Time { return now })
	now = now.Add(patience)
	p.Step("a")
	if got := out.String(); !strings.Contains(got, "read 1 a") {
		t.Errorf("got %q", got)
	}
}

func TestNoProgressWithoutTerminal(t *testing.T) {
	p := Start(file(t), "crawl", 3)
	if p != nil {
		t.Fatal("a file got a line of progress")
	}
	p.Step("a nil Progress does nothing")
	p.Stop()
}
