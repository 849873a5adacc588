package pep508

// A parser reads a requirement or a marker from s at pos.
type parser struct {
	s       string
	pos     int
	depth   int
	lenient bool
}

// fail blames what stands between the position and end.
func (p *parser) fail(end int, reason string) error {
	return &Error{Input: p.s, Offset: p.pos, Len: end - p.pos, Reason: reason}
}

// peek is the byte at the position, 0 at the end.
func (p *parser) peek() byte {
	if p.pos < len(p.s) {
		return p.s[p.pos]
	}
	return 0
}

func (p *parser) atEnd() bool {
	p.space()
	return p.pos == len(p.s)
}

// space skips spaces and tabs, and says whether there were any.
func (p *parser) space() bool {
	start := p.pos
	for p.peek() == ' ' || p.peek() == '\t' {
		p.pos++
	}
	return p.pos > start
}

// accept reads c if it stands here.
func (p *parser) accept(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.pos++
	return true
}
