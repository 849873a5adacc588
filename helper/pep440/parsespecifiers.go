package pep440

import "strings"

// ParseSpecifiers reads clauses joined by commas. The error is an *Error.
func ParseSpecifiers(s string) (Specifiers, error) {
	if from, to := trimSpace(s); from == to {
		return nil, nil
	}
	out := make(Specifiers, 0, 1+strings.Count(s, ","))
	for pos := 0; pos <= len(s); {
		end := len(s)
		if i := strings.IndexByte(s[pos:], ','); i >= 0 {
			end = pos + i
		}
		from, to := trimSpace(s[pos:end])
		if from < to {
			out = out[:len(out)+1]
			if err := out[len(out)-1].parse(s, pos+from, pos+to); err != nil {
				return nil, err
			}
		}
		pos = end + 1
	}
	return out, nil
}

// NewSpecifier makes one clause of an operator and what follows it, as a comparison in a marker
// is one. The error is an *Error about the text, or both if they must be read together.
func NewSpecifier(op, text string) (c Specifier, err error) {
	if known, o := cutOperator(op); o != 0 && known == op && !strings.HasPrefix(text, "=") {
		from, to := trimSpace(text)
		err = c.parseText(op, o, text, from, to)
		return c, err
	}
	joined := op + text
	from, to := trimSpace(joined)
	err = c.parse(joined, from, to)
	return c, err
}

// parse reads the clause s[start:end], which has no space around it.
func (c *Specifier) parse(s string, start, end int) error {
	op, o := cutOperator(s[start:end])
	if o == 0 {
		return &Error{s, start, end - start, "want one of == != ~= <= >= < > === before a version"}
	}
	from, to := trimSpace(s[start+len(op) : end])
	return c.parseText(op, o, s, start+len(op)+from, start+len(op)+to)
}

// parseText reads s[start:end] as what follows an operator.
func (c *Specifier) parseText(op string, o operator, s string, start, end int) error {
	c.Op, c.operator, c.Text = op, o, s[start:end]
	if o == identical {
		return c.finishIdentical(s, start)
	}
	sc := scanner{s: s[:end], pos: start}
	var ok bool
	if c.version, ok = sc.version(); !ok || sc.pos < end && !c.cutWildcard(s[sc.pos:end]) {
		return &Error{s, sc.pos, end - sc.pos, "not a version (PEP 440) after " + op}
	}
	if reason := c.finish(); reason != "" {
		return &Error{s, start, end - start, reason}
	}
	return nil
}

// cutOperator gives the operator that s begins with, and 0 if there is none. The operators are
// told apart further once the version is known.
func cutOperator(s string) (string, operator) {
	if s == "" {
		return "", 0
	}
	second := len(s) > 1 && s[1] == '='
	switch {
	case s[0] == '=' && second && len(s) > 2 && s[2] == '=':
		return "===", identical
	case s[0] == '=' && second:
		return "==", equal
	case s[0] == '>' && second:
		return ">=", atLeast
	case s[0] == '<' && second:
		return "<=", atMost
	case s[0] == '!' && second:
		return "!=", notEqual
	case s[0] == '~' && second:
		return "~=", compatible
	case s[0] == '<':
		return "<", below
	case s[0] == '>':
		return ">", above
	}
	return "", 0
}

// cutWildcard reads the ".*" that ended the reading of a version.
func (c *Specifier) cutWildcard(rest string) bool {
	if v := &c.version; rest != ".*" || v.IsPrerelease() || v.IsPostrelease() || v.IsLocal() {
		return false
	}
	switch c.operator {
	case equal:
		c.operator = prefix
	case notEqual:
		c.operator = notPrefix
	default:
		return false
	}
	return true
}

// finish settles the operator, now that its version is read; it gives the reason why they do not go together.
func (c *Specifier) finish() (reason string) {
	local := c.version.IsLocal()
	c.prerelease = c.version.IsPrerelease()
	switch {
	case local && c.operator == equal:
		c.operator = exact
	case local && c.operator == notEqual:
		c.operator = notExact
	case local:
		return "a local version goes only with == and !="
	case c.operator == compatible && c.version.releaseLen() < 2:
		return "~= wants a release of at least two numbers"
	case c.operator == below:
		c.version = c.version.earliestDev()
	}
	return ""
}

func (c *Specifier) finishIdentical(s string, offset int) error {
	for i, r := range c.Text {
		if r == ';' || r == ')' || isSpace(r) {
			return &Error{s, offset + i, len(c.Text) - i, "want a text without space, ; or ) after ==="}
		}
	}
	v, err := Parse(c.Text)
	c.prerelease = err == nil && v.IsPrerelease()
	return nil
}
