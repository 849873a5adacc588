package pep508

import "strings"

// ParseMarker reads a marker. The error is an *Error.
func ParseMarker(s string) (*Marker, error) {
	p := parser{s: s}
	m, err := p.marker()
	if err != nil {
		return nil, err
	}
	if p.pos < len(s) {
		return nil, p.fail(len(s), "want and, or, or the end of the marker")
	}
	return m, nil
}

// maxDepth keeps a marker of nothing but parentheses from exhausting the stack.
const maxDepth = 100

// marker reads terms as far as they are joined, and the space after them.
func (p *parser) marker() (*Marker, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail(p.pos, "too many parentheses within each other")
	}
	defer func() { p.depth-- }()
	m := &Marker{}
	m.terms = m.one[:0]
	for or := false; ; {
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		t.or = or
		m.terms = append(m.terms, t)
		switch p.space(); {
		case p.keyword("and"):
			or = false
		case p.keyword("or"):
			or = true
		default:
			return m, nil
		}
	}
}

func (p *parser) term() (t term, err error) {
	p.space()
	if p.peek() != '(' {
		return p.comparison()
	}
	open := p.pos
	p.pos++
	if t.brackets, err = p.marker(); err != nil {
		return t, err
	}
	if p.peek() != ')' {
		return t, &Error{Input: p.s, Offset: open, Len: p.pos - open, Reason: "want ) after the marker in parentheses"}
	}
	p.pos++
	return t, nil
}

func (p *parser) comparison() (t term, err error) {
	var right string
	if t.left, t.value, err = p.operand(); err != nil {
		return t, err
	}
	if t.op, err = p.operator(); err != nil {
		return t, err
	}
	if t.right, right, err = p.operand(); err != nil {
		return t, err
	}
	switch {
	case t.left == text && t.right == text:
		t.other = right
	case t.left == extra && t.right == text:
		t.value = NormalizeName(right)
	case t.left == text && (t.right == extra || t.right.isSet()):
		t.value = NormalizeName(t.value)
	case t.left != text:
		t.value = right
	}
	return t, nil
}

// operand reads a variable or a quoted text.
func (p *parser) operand() (variable, string, error) {
	p.space()
	if c := p.peek(); c == '"' || c == '\'' {
		s, err := p.quoted(c)
		return text, s, err
	}
	word := p.word()
	if v := variableOf(word); v != text {
		p.pos += len(word)
		return v, "", nil
	}
	if p.lenient && word != "" && word != "and" && word != "or" {
		p.pos += len(word)
		return text, word, nil
	}
	return text, "", p.fail(p.pos+len(word), "want a marker variable or a quoted text")
}

// word gives the word at the position, which "." may be part of; it is not read yet.
func (p *parser) word() string {
	end := p.pos
	for end < len(p.s) && (isWordByte(p.s[end]) || p.s[end] == '.' || p.lenient && strings.IndexByte("-*+", p.s[end]) >= 0) {
		end++
	}
	return p.s[p.pos:end]
}

func (p *parser) quoted(quote byte) (string, error) {
	start := p.pos + 1
	n := strings.IndexByte(p.s[start:], quote)
	if n < 0 {
		return "", p.fail(len(p.s), "the quote is not closed")
	}
	s := p.s[start : start+n]
	for i := range len(s) {
		if c := s[i]; c == '\\' || c == '\n' || c == '\r' || c == 0 {
			return "", &Error{Input: p.s, Offset: start + i, Len: 1, Reason: "no backslash or line end may stand in a text"}
		}
	}
	p.pos = start + n + 1
	return s, nil
}

func (p *parser) operator() (operator, error) {
	p.space()
	if p.keyword("in") {
		return in, nil
	}
	if start := p.pos; p.keyword("not") {
		if p.space() && p.keyword("in") {
			return notIn, nil
		}
		return 0, &Error{Input: p.s, Offset: start, Len: p.pos - start, Reason: "want in after not"}
	}
	for _, o := range [...]operator{identical, equal, compatible, notEqual, lessEqual, greaterEqual, less, greater} {
		if strings.HasPrefix(p.s[p.pos:], o.String()) {
			p.pos += len(o.String())
			return o, nil
		}
	}
	return 0, p.fail(p.pos+len(p.word()), "want one of < <= == != >= > ~= === in, not in")
}

// keyword reads w if it stands here as a word of its own.
func (p *parser) keyword(w string) bool {
	rest := p.s[p.pos:]
	if !strings.HasPrefix(rest, w) || len(rest) > len(w) && isWordByte(rest[len(w)]) {
		return false
	}
	p.pos += len(w)
	return true
}
