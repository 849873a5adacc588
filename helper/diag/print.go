package diag

import (
	"fmt"
	"io"
	"strings"
)

// SGR sequences of what is coloured.
const (
	red   = "\x1b[1;31m"
	cyan  = "\x1b[1;36m"
	plain = "\x1b[0m"
)

// Print writes err for people, as the package comment shows it; nothing for nil. It is one Write, so that the errors
// of programs side by side do not mix.
func Print(w io.Writer, err error, color bool) {
	var b strings.Builder
	for _, one := range split(err) {
		print1(&b, one, color)
	}
	io.WriteString(w, b.String())
}

func print1(b *strings.Builder, err error, color bool) {
	paint := func(sgr, s string) string {
		if !color {
			return s
		}
		return sgr + s + plain
	}
	fmt.Fprintf(b, "%s %s\n", paint(red, "error:"), Printable(err.Error()))
	es := chain(err)
	for _, e := range es {
		if e.Source != "" {
			line, mark := excerpt(e.Source, e.Where.Col, e.Span)
			fmt.Fprintf(b, "  %s\n", line)
			if mark != "" {
				pad := strings.TrimRight(mark, "~^")
				fmt.Fprintf(b, "  %s%s\n", pad, paint(red, mark[len(pad):]))
			}
			break
		}
	}
	for _, e := range es {
		for _, p := range e.Via {
			fmt.Fprintf(b, "  included from %s\n", Printable(p.String()))
		}
	}
	for _, e := range es {
		for _, h := range e.Hints {
			fmt.Fprintf(b, "%s %s\n", paint(cyan, "hint:"), Printable(h))
		}
	}
}

// Printable replaces what would steer a terminal, and what is no UTF-8: inputs and indexes are written by others.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && control(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}
