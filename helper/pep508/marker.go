package pep508

import "strings"

// Marker is a condition on the environment and the extras asked for. It is immutable.
type Marker struct {
	terms []term
	one   [1]term // where terms are, if there is but one
}

// A term is a comparison, or a marker in parentheses.
type term struct {
	or       bool // joined to the terms before it by "or", not "and"
	op       operator
	left     variable
	right    variable
	value    string // of the operand that is a text; if both are, of the left one
	other    string // of the right one then
	brackets *Marker
}

type operator uint8

const (
	less operator = iota + 1
	lessEqual
	equal
	notEqual
	greaterEqual
	greater
	compatible
	identical
	in
	notIn
)

// String gives the operator as it is written.
func (o operator) String() string {
	return [...]string{"", "<", "<=", "==", "!=", ">=", ">", "~=", "===", "in", "not in"}[o]
}

// String gives the marker as packaging prints it: names and spaces normal, texts in double quotes,
// parentheses where they were written unless around a single term or all of it.
func (m *Marker) String() string {
	if m == nil {
		return ""
	}
	var b strings.Builder
	m.unwrap().write(&b)
	return b.String()
}

// unwrap strips parentheses around everything.
func (m *Marker) unwrap() *Marker {
	for len(m.terms) == 1 && m.terms[0].brackets != nil {
		m = m.terms[0].brackets
	}
	return m
}

func (m *Marker) write(b *strings.Builder) {
	for i := range m.terms {
		t := &m.terms[i]
		switch {
		case i == 0:
		case t.or:
			b.WriteString(" or ")
		default:
			b.WriteString(" and ")
		}
		t.write(b)
	}
}

func (t *term) write(b *strings.Builder) {
	if t.brackets == nil {
		writeOperand(b, t.left, t.value)
		b.WriteByte(' ')
		b.WriteString(t.op.String())
		b.WriteByte(' ')
		writeOperand(b, t.right, t.rightText())
		return
	}
	inner := t.brackets.unwrap()
	if len(inner.terms) == 1 {
		inner.write(b)
		return
	}
	b.WriteByte('(')
	inner.write(b)
	b.WriteByte(')')
}

// rightText is the right operand, if it is a text.
func (t *term) rightText() string {
	if t.left == text {
		return t.other
	}
	return t.value
}

func writeOperand(b *strings.Builder, v variable, s string) {
	if v != text {
		b.WriteString(v.String())
		return
	}
	quote := byte('"')
	if strings.IndexByte(s, '"') >= 0 {
		quote = '\''
	}
	b.WriteByte(quote)
	b.WriteString(s)
	b.WriteByte(quote)
}

// MentionsExtra says whether the marker asks for an extra anywhere. A nil marker does not.
func (m *Marker) MentionsExtra() bool {
	if m == nil {
		return false
	}
	for i := range m.terms {
		t := &m.terms[i]
		if t.left == extra || t.right == extra || t.right == extras || t.brackets.MentionsExtra() {
			return true
		}
	}
	return false
}
