package ui

import (
	"fmt"
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

// Messages come above the line of progress, which is drawn again after them and taken away in the end.
func TestScreen(t *testing.T) {
	var out strings.Builder
	s := NewScreen(&out)
	first, again, drawn := make(chan time.Time), make(chan time.Time), make(chan string)
	stop := s.show(func() string { return <-drawn }, first, again)
	fmt.Fprintln(s, "warning: nothing is drawn yet")
	first <- time.Time{}
	drawn <- "1 project"
	again <- time.Time{}
	drawn <- "2 projects"
	again <- time.Time{} // so the line is drawn
	fmt.Fprint(s, "warning: a line ")
	drawn <- "3 projects, behind which is a line that has not ended"
	again <- time.Time{}
	fmt.Fprintln(s, "in two parts")
	drawn <- "4 projects"
	again <- time.Time{}
	go func() { drawn <- "5 projects" }()
	stop()
	stop()
	fmt.Fprintln(s, "error: the end")
	line := func(text string) string { return "\r\x1b[K\x1b[?7l" + text + "\x1b[?7h\r" }
	want := "warning: nothing is drawn yet\n" + line("1 project") + line("2 projects") + "\r\x1b[Kwarning: a line in two parts\n" +
		line("4 projects") + line("5 projects") + "\r\x1b[Kerror: the end\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNoProgressWithoutTerminal(t *testing.T) {
	f := file(t)
	s := NewScreen(f)
	s.Progress(func() string { return "progress" })()
	fmt.Fprintln(s, "done")
	if text, err := os.ReadFile(f.Name()); err != nil || string(text) != "done\n" {
		t.Errorf("got %q, %v", text, err)
	}
}
