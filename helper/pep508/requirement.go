package pep508

import (
	"slices"
	"strings"
	"unicode"

	"mach/helper/pep440"
)

// Requirement is a project asked for (PEP 508).
type Requirement struct {
	Name       string   // as written; see NormalizeName
	Extras     []string // as written, in that order
	Specifiers pep440.Specifiers
	URL        string  // what follows "@"; Specifiers are empty then
	Marker     *Marker // nil: none
}

// Parse reads a requirement. The error is an *Error.
func Parse(s string) (Requirement, error) {
	p := parser{s: s}
	return p.requirement()
}

// ParseLenient reads the requirements of old metadata too: what the package comment lists is
// repaired. A clause with a version of before PEP 440 stays as it is, so that only ParseLenient reads
// it again. The error is an *Error.
func ParseLenient(s string) (Requirement, error) {
	if r, err := Parse(s); err == nil {
		return r, nil
	}
	trimmed := strings.TrimRight(s, " \t\r\n")
	p := parser{s: trimmed, pos: len(trimmed) - len(strings.TrimLeft(trimmed, " \t\r\n")), lenient: true}
	return p.requirement()
}

// String gives the requirement as packaging prints it, for Parse to read.
func (r Requirement) String() string {
	var b strings.Builder
	b.WriteString(r.Name)
	if len(r.Extras) > 0 {
		sorted := slices.Clone(r.Extras)
		slices.Sort(sorted)
		b.WriteString("[" + strings.Join(slices.Compact(sorted), ",") + "]")
	}
	b.WriteString(r.Specifiers.String())
	if r.URL != "" {
		b.WriteString(" @ " + r.URL)
		if r.Marker != nil {
			b.WriteByte(' ')
		}
	}
	if r.Marker != nil {
		b.WriteString("; " + r.Marker.String())
	}
	return b.String()
}

func (p *parser) requirement() (r Requirement, err error) {
	p.space()
	if r.Name, err = p.name("want a project's name"); err != nil {
		return r, err
	}
	p.space()
	if r.Extras, err = p.extras(); err != nil {
		return r, err
	}
	p.space()
	want := "want a version specifier, ; or the end"
	if p.accept('@') {
		want = "want a space and ;, or the end, after the URL"
		err = p.url(&r)
	} else {
		err = p.specifiers(&r)
	}
	p.space()
	if err == nil && p.accept(';') && !(p.lenient && p.atEnd()) {
		r.Marker, err = p.marker()
		want = "want and, or, or the end of the marker"
	}
	if err == nil && p.pos < len(p.s) {
		err = p.fail(len(p.s), want)
	}
	return r, err
}

// name reads the name of a project or an extra.
func (p *parser) name(want string) (string, error) {
	end := p.pos
	for end < len(p.s) && isNameByte(p.s[end]) {
		end++
	}
	s := p.s[p.pos:end]
	if s == "" || !isAlphanumeric(s[0]) {
		return "", p.fail(end, want)
	}
	if c := s[len(s)-1]; c == '-' || c == '.' {
		return "", p.fail(end, "want a letter or digit at the end of a name")
	}
	p.pos = end
	return s, nil
}

func (p *parser) extras() ([]string, error) {
	open := p.pos
	if !p.accept('[') {
		return nil, nil
	}
	var names []string
	for p.space(); len(names) > 0 || p.peek() != ']'; {
		name, err := p.name("want the name of an extra")
		if err != nil {
			return nil, err
		}
		names = append(names, name)
		p.space()
		if !p.accept(',') {
			break
		}
		if p.space(); p.lenient && p.peek() == ']' {
			break
		}
	}
	if !p.accept(']') {
		return nil, &Error{Input: p.s, Offset: open, Len: p.pos - open, Reason: "want , or ] after an extra"}
	}
	return names, nil
}

func (p *parser) url(r *Requirement) error {
	p.space()
	end := p.pos
	for end < len(p.s) && p.s[end] != ' ' && p.s[end] != '\t' {
		end++
	}
	if end == p.pos {
		return p.fail(end, "want a URL after @")
	}
	r.URL = p.s[p.pos:end]
	p.pos = end
	return nil
}

// specifiers reads clauses, in parentheses or not. What makes a clause is pep440's to say; here
// only their extent is found.
func (p *parser) specifiers(r *Requirement) (err error) {
	if p.lenient {
		return p.lenientSpecifiers(r)
	}
	open := p.pos
	brackets := p.accept('(')
	p.space()
	start := p.pos
	end := p.clauses()
	if r.Specifiers, err = pep440.ParseSpecifiers(p.s[start:end]); err != nil {
		return p.shift(err, start)
	}
	if p.space(); brackets && !p.accept(')') {
		return &Error{Input: p.s, Offset: open, Len: p.pos - open, Reason: "want , or ) after a version specifier"}
	}
	return nil
}

// lenientSpecifiers reads all that stands before the marker.
func (p *parser) lenientSpecifiers(r *Requirement) (err error) {
	start := p.pos
	if n := strings.IndexByte(p.s[start:], ';'); n >= 0 {
		p.pos += n
	} else {
		p.pos = len(p.s)
	}
	if r.Specifiers, err = pep440.ParseSpecifiersLenient(p.s[start:p.pos]); err != nil {
		return p.shift(err, start)
	}
	return nil
}

// clauses skips clauses, the commas between them and one after them; it gives the end of the last one.
func (p *parser) clauses() (end int) {
	end = p.pos
	for isOperatorRune(rune(p.peek())) {
		p.pos += clauseLen(p.s[p.pos:])
		end = p.pos
		p.space()
		if !p.accept(',') {
			break
		}
		p.space()
	}
	return end
}

// clauseLen gives the length of the clause that s begins with. Space of any kind may follow its operator.
func clauseLen(s string) int {
	rest, inText := strings.TrimLeftFunc(s, isOperatorRune), isVersionRune
	if strings.HasPrefix(s, "===") {
		rest, inText = s[3:], isIdenticalRune
	}
	rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	return len(s) - len(strings.TrimLeftFunc(rest, inText))
}

func isOperatorRune(c rune) bool { return '<' <= c && c <= '>' || c == '!' || c == '~' }
func isVersionRune(c rune) bool {
	return c < 0x80 && isNameByte(byte(c)) || c == '+' || c == '!' || c == '*'
}
func isIdenticalRune(c rune) bool { return c != ';' && c != ')' && !unicode.IsSpace(c) }

// shift makes an error of pep440 one about the whole requirement.
func (p *parser) shift(err error, start int) error {
	e, ok := err.(*pep440.Error)
	if !ok {
		return err
	}
	return &Error{Input: p.s, Offset: start + e.Offset, Len: e.Len, Reason: e.Reason}
}
