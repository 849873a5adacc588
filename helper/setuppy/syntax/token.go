package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	end kind = iota
	newline
	indent
	dedent
	name
	number
	text
	operator
	wrong // what is no token of Python
)

type token struct {
	kind kind
	text string // as it stands in the source
	pos  Pos
}

// tabSize is what Python makes of a tab in indentation.
const tabSize = 8

// operators of three and two characters; all others have one. The older <> is read as !=.
var operators = []string{"**=", "//=", ">>=", "<<=", "...", "!=", "<>", "<=", ">=", "==", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "**", "//", "<<", ">>"}

// lexer cuts a source into tokens. It never fails: what it cannot read is a token of its own.
type lexer struct {
	src     string
	at      int
	line    int
	begin   int // where the line begins
	depth   int // of brackets
	indents []int
	joined  bool // the line continues one, though nothing indents it
	out     []token
}

func tokens(src string) []token {
	l := &lexer{src: src, line: 1, indents: []int{0}}
	for l.at < len(l.src) {
		if l.at == l.begin && l.depth == 0 && !l.joined && !l.indentation() {
			continue
		}
		l.joined = false
		l.next()
	}
	if n := len(l.out); n > 0 && l.out[n-1].kind != newline {
		l.add(newline, l.at)
	}
	for range l.indents[1:] {
		l.add(dedent, l.at)
	}
	l.add(end, l.at)
	return l.out
}

func (l *lexer) add(k kind, from int) {
	l.out = append(l.out, token{k, l.src[from:l.at], Pos{l.line, from - l.begin + 1}})
}

// indentation reads the beginning of a line and says whether a statement is on it.
func (l *lexer) indentation() bool {
	width := 0
	for ; l.at < len(l.src); l.at++ {
		switch l.src[l.at] {
		case ' ':
			width++
			continue
		case '\t':
			width += tabSize - width%tabSize
			continue
		case '\f':
			width = 0
			continue
		}
		break
	}
	rest := l.src[l.at:]
	if rest == "" || rest[0] == '#' || rest[0] == '\n' || rest[0] == '\r' {
		l.skipLine()
		return false
	}
	for top := l.indents[len(l.indents)-1]; width < top; top = l.indents[len(l.indents)-1] {
		l.indents = l.indents[:len(l.indents)-1]
		l.add(dedent, l.at)
	}
	if width > l.indents[len(l.indents)-1] {
		l.indents = append(l.indents, width)
		l.add(indent, l.at)
	}
	return true
}

func (l *lexer) skipLine() {
	if i := strings.IndexAny(l.src[l.at:], "\r\n"); i >= 0 {
		l.at += i
		l.lineEnd()
	} else {
		l.at = len(l.src)
	}
}

// lineEnd passes one end of a line.
func (l *lexer) lineEnd() {
	if strings.HasPrefix(l.src[l.at:], "\r\n") {
		l.at++
	}
	l.at++
	l.line++
	l.begin = l.at
}

func (l *lexer) next() {
	c, from := l.src[l.at], l.at
	switch {
	case c == ' ' || c == '\t' || c == '\f':
		l.at++
	case c == '#':
		for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
			l.at++
		}
	case c == '\n' || c == '\r':
		if l.depth == 0 {
			l.add(newline, from)
		}
		l.lineEnd()
	case c == '\\' && l.at+1 < len(l.src) && (l.src[l.at+1] == '\n' || l.src[l.at+1] == '\r'):
		l.at++
		l.lineEnd()
		l.continued()
	case c >= '0' && c <= '9' || c == '.' && l.at+1 < len(l.src) && l.src[l.at+1] >= '0' && l.src[l.at+1] <= '9':
		l.number()
	default:
		l.wordOrSign()
	}
}

// continued passes the spaces that begin a continued line, which are no indentation.
func (l *lexer) continued() {
	for l.at < len(l.src) && (l.src[l.at] == ' ' || l.src[l.at] == '\t') {
		l.at++
	}
	if l.at == l.begin && l.depth == 0 {
		l.joined = true
	}
}

func (l *lexer) number() {
	from := l.at
	for l.at < len(l.src) {
		c := l.src[l.at]
		exponent := (c == '+' || c == '-') && (l.src[l.at-1] == 'e' || l.src[l.at-1] == 'E') && !strings.HasPrefix(l.src[from:], "0x")
		if !exponent && c != '.' && c != '_' && !isDigit(c) && !isLetter(c) {
			break
		}
		l.at++
	}
	l.add(number, from)
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (l *lexer) wordOrSign() {
	from := l.at
	for l.at < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.src[l.at:])
		if r != '_' && !unicode.IsLetter(r) && !(l.at > from && (unicode.IsDigit(r) || unicode.IsMark(r))) {
			break
		}
		l.at += size
	}
	quoted := l.at < len(l.src) && (l.src[l.at] == '"' || l.src[l.at] == '\'')
	switch {
	case quoted && l.at-from <= 2 && strings.Trim(strings.ToLower(l.src[from:l.at]), "rbuft") == "":
		l.quoted(from)
	case l.at > from:
		l.add(name, from)
	default:
		l.sign()
	}
}

func (l *lexer) sign() {
	from := l.at
	for _, op := range operators {
		if strings.HasPrefix(l.src[l.at:], op) {
			l.at += len(op)
			l.add(operator, from)
			return
		}
	}
	c := l.src[l.at]
	_, size := utf8.DecodeRuneInString(l.src[l.at:])
	l.at += size
	switch {
	case strings.IndexByte("([{", c) >= 0:
		l.depth++
	case strings.IndexByte(")]}", c) >= 0:
		l.depth = max(l.depth-1, 0)
	case strings.IndexByte("+-*/%@&|^~<>=.,:;", c) < 0:
		l.add(wrong, from)
		return
	}
	l.add(operator, from)
}

// quoted reads a text whose prefix begins at from. One that is not closed ends with its line, or with the source.
func (l *lexer) quoted(from int) {
	pos := Pos{l.line, from - l.begin + 1}
	quote := l.src[l.at : l.at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(l.src[l.at:], triple) {
		quote = triple
	}
	l.at += len(quote)
	for l.at < len(l.src) {
		switch c := l.src[l.at]; {
		case strings.HasPrefix(l.src[l.at:], quote):
			l.at += len(quote)
			l.out = append(l.out, token{text, l.src[from:l.at], pos})
			return
		case c == '\\' && l.at+1 < len(l.src):
			l.at++
			if c := l.src[l.at]; c == '\n' || c == '\r' {
				l.lineEnd()
			} else {
				l.at++
			}
		case c == '\n' || c == '\r':
			if len(quote) == 1 {
				l.out = append(l.out, token{wrong, l.src[from:l.at], pos})
				return
			}
			l.lineEnd()
		default:
			l.at++
		}
	}
	l.out = append(l.out, token{wrong, l.src[from:], pos})
}
