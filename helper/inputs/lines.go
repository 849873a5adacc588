package inputs

import (
	"iter"
	"os"
	"strings"

	"mach/helper/diag"
)

// line is a logical line: continued lines joined, the comment cut off, variables replaced.
type line struct {
	text  string
	parts []part // cover text, in order
}

// part is a piece of a logical line that stands in one physical line.
type part struct {
	at     int // where it begins in the logical line
	source string
	number int
	col    int  // where it begins in source, from 0
	whole  bool // the value of the variable that stands at col: no place within it is another place in source
}

// place is where span bytes at offset were written, or as many of them as stand behind each other there; the file is
// left out.
func (l *line) place(offset, span int) Origin {
	i := len(l.parts) - 1
	for i > 0 && l.parts[i].at > offset {
		i--
	}
	p := l.parts[i]
	if p.whole {
		name := strings.IndexByte(p.source[p.col:], '}')
		return Origin{Where: diag.Position{Line: p.number, Col: p.col + 1}, Source: p.source, Span: name + 1}
	}
	if i+1 < len(l.parts) {
		span = min(span, l.parts[i+1].at-offset)
	}
	return Origin{Where: diag.Position{Line: p.number, Col: p.col + offset - p.at + 1}, Source: p.source, Span: span}
}

// lines yields the logical lines of text that have anything in them.
func lines(text string) iter.Seq[line] {
	return func(yield func(line) bool) {
		for number := 1; text != ""; {
			var joined line
			for more := true; more && text != ""; number++ {
				var source string
				source, text = nextLine(text)
				more = joined.add(source, number)
			}
			joined.cutComment()
			joined.trim()
			if joined.text == "" {
				continue
			}
			joined.expand()
			if !yield(joined) {
				return
			}
		}
	}
}

func nextLine(text string) (line, rest string) {
	line, next := diag.CutLine(text)
	if next < 0 {
		return line, ""
	}
	return line, text[next:]
}

// add joins a physical line and reports whether the next goes on. A line that is a comment ends the logical one.
func (l *line) add(source string, number int) (more bool) {
	l.parts = append(l.parts, part{at: len(l.text), source: source, number: number})
	if strings.HasPrefix(strings.TrimLeft(source, " \t"), "#") {
		if l.text != "" {
			l.parts[len(l.parts)-1].at++
			l.text += " "
		}
		l.text += source
		return false
	}
	kept := strings.TrimRight(source, `\`)
	l.text += kept
	return len(kept) < len(source)
}

func (l *line) cutComment() {
	for i := 0; i < len(l.text); i++ {
		if l.text[i] == '#' && (i == 0 || isSpace(l.text[i-1])) {
			l.text = l.text[:i]
			return
		}
	}
}

func (l *line) trim() {
	l.text = strings.TrimRight(l.text, spaces)
	l.drop(len(l.text) - len(strings.TrimLeft(l.text, spaces)))
}

// drop cuts n bytes off the start.
func (l *line) drop(n int) {
	l.text = l.text[n:]
	for i := range l.parts {
		p := &l.parts[i]
		if p.at -= n; p.at < 0 {
			p.col, p.at = p.col-p.at, 0
		}
	}
	for len(l.parts) > 1 && l.parts[1].at == 0 {
		l.parts = l.parts[1:]
	}
}

// expand replaces each ${NAME} whose variable is set to anything.
func (l *line) expand() {
	for from := 0; ; {
		i := strings.Index(l.text[from:], "${")
		if i < 0 {
			return
		}
		start := from + i
		from = start + len("${")
		end := from
		for end < len(l.text) && isVariableByte(l.text[end]) {
			end++
		}
		if end == from || end == len(l.text) || l.text[end] != '}' {
			continue
		}
		if value := os.Getenv(l.text[from:end]); value != "" {
			l.replace(start, end+1, value)
			from = start + len(value)
		}
	}
}

// replace puts value in the place of text[start:end], which has no end of line in it.
func (l *line) replace(start, end int, value string) {
	was, after := l.place(start, 0), l.place(end, 0)
	grown := len(value) - (end - start)
	var parts []part
	for _, p := range l.parts {
		if p.at < start {
			parts = append(parts, p)
		}
	}
	parts = append(parts, part{at: start, source: was.Source, number: was.Where.Line, col: was.Where.Col - 1, whole: true})
	if end < len(l.text) {
		parts = append(parts, part{at: start + len(value), source: after.Source, number: after.Where.Line, col: after.Where.Col - 1})
	}
	for _, p := range l.parts {
		if p.at > end {
			p.at += grown
			parts = append(parts, p)
		}
	}
	l.text, l.parts = l.text[:start]+value+l.text[end:], parts
}

// spaces is the white space within a line.
const spaces = " \t\v\f"

func isSpace(c byte) bool { return strings.IndexByte(spaces, c) >= 0 }

func isVariableByte(c byte) bool { return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' }
