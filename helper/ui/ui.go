// Package ui knows what a terminal can show: whether there is one, colours, UTF-8, and a line of progress on it.
//
// Nothing is decided at start-up: a command that prints nothing asks nothing.
package ui

import (
	"os"
	"strings"

	"github.com/mattn/go-isatty"
)

// Terminal reports whether f is a terminal.
func Terminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) }

// Color reports whether what is written to f may be coloured: on a terminal that is not dumb, unless NO_COLOR is set to
// anything (no-color.org).
func Color(f *os.File) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && Terminal(f)
}

// UTF8 reports whether the locale's characters are UTF-8, by the first of LC_ALL, LC_CTYPE and LANG that is set.
func UTF8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(os.Getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}
