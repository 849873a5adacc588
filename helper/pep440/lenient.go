package pep440

import "strings"

// ParseSpecifiersLenient reads the specifiers of old metadata too: what the package comment lists
// is repaired, and the result has the repaired text. The error is an *Error.
func ParseSpecifiersLenient(s string) (Specifiers, error) {
	if out, err := ParseSpecifiers(s); err == nil {
		return out, nil
	}
	var out Specifiers
	r := repairer{s: s}
	for r.skip(isFiller); r.pos < len(s); r.skip(isFiller) {
		c, drop, err := r.clause()
		if err != nil {
			return nil, err
		}
		if !drop {
			out = append(out, c)
		}
	}
	return out, nil
}

// A repairer reads clauses from s at pos, whatever stands between them.
type repairer struct {
	s   string
	pos int
}

func isFiller(c byte) bool  { return c == ',' || isPadding(c) }
func isPadding(c byte) bool { return strings.IndexByte(" \t\n\r\f\v()'\"", c) >= 0 }

func (r *repairer) skip(what func(byte) bool) {
	for r.pos < len(r.s) && what(r.s[r.pos]) {
		r.pos++
	}
}

// clause reads a clause; drop says that it excludes nothing.
func (r *repairer) clause() (c Specifier, drop bool, err error) {
	start := r.pos
	written := r.operator()
	op := repairOperator(written)
	if written == "" && r.s[r.pos] == '*' {
		op = "=="
	}
	if op == "" {
		if written == "" {
			r.text("")
		}
		return c, false, &Error{r.s, start, r.pos - start, "want one of == != ~= <= >= < > === before a version"}
	}
	r.skip(isPadding)
	from := r.pos
	text := r.text(op)
	if c, err = NewSpecifier(op, text); err == nil {
		return c, false, nil
	}
	if c, drop = repairClause(op, text); drop || c.operator != 0 {
		return c, drop, nil
	}
	return c, false, &Error{r.s, from, len(text), "not a version (PEP 440) after " + written}
}

// operator reads an operator, however spelt; there may be spaces in it. Behind === anything is a text.
func (r *repairer) operator() string {
	var op []byte
	for r.pos < len(r.s) && string(op) != "===" && (r.atOperator() || len(op) > 0 && r.s[r.pos] == ' ') {
		if r.s[r.pos] != ' ' {
			op = append(op, r.s[r.pos])
		}
		r.pos++
	}
	return string(op)
}

// atOperator says whether an operator goes on here; "!" is otherwise the end of an epoch.
func (r *repairer) atOperator() bool {
	c := r.s[r.pos]
	return c == '<' || c == '>' || c == '=' || c == '~' || c == '!' && strings.HasPrefix(r.s[r.pos:], "!=")
}

// text reads up to the next clause.
func (r *repairer) text(op string) string {
	start := r.pos
	for r.pos < len(r.s) && !isFiller(r.s[r.pos]) && (op == "===" || !r.atOperator()) {
		r.pos++
	}
	return r.s[start:r.pos]
}

// repairOperator gives the operator that is meant, "" for none, and "!~" for the opposite of "~=".
func repairOperator(op string) string {
	switch op {
	case "==", "===", "!=", "~=", "<=", ">=", "<", ">":
		return op
	case "=":
		return "=="
	case "=>", ">==":
		return ">="
	case "=<", "<==":
		return "<="
	case "<>", "!==":
		return "!="
	case "~", "~>":
		return "~="
	case "!=~", "!=~=":
		return "!~"
	}
	return ""
}

// repairClause makes a clause of an operator and a text that do not go together. The clause is zero
// if that cannot be done; drop says that the clause excludes nothing.
func repairClause(op, text string) (c Specifier, drop bool) {
	release, wildcard := cutWildcards(text)
	if release == "" {
		return c, wildcard && (op == "==" || op == ">=" || op == "<=")
	}
	v, ok := repairVersion(release)
	if !ok {
		return legacyClause(op, text), false
	}
	if op != "==" && op != "!=" { // which alone go with a local version
		v, _, _ = strings.Cut(v, "+")
	}
	if wildcard || op == "!~" || op == "~=" && !strings.Contains(v, ".") {
		op, v = repairWildcard(op, v)
	}
	c, err := NewSpecifier(op, v)
	if err != nil {
		return Specifier{}, false
	}
	return c, false
}

// cutWildcards strips "*" and "x" from the end of a text, however often, and dots.
func cutWildcards(s string) (release string, any bool) {
	for {
		s = strings.TrimRight(s, ".-_")
		switch {
		case strings.HasSuffix(s, "*"):
			s = s[:len(s)-1]
		case strings.HasSuffix(s, ".x"), strings.HasSuffix(s, ".X"):
			s = s[:len(s)-2]
		default:
			return s, any
		}
		any = true
	}
}

// repairVersion strips ".0" from the end of a pre-release, which ends with its own number.
func repairVersion(s string) (string, bool) {
	for {
		if _, err := Parse(s); err == nil {
			return s, true
		}
		if !strings.HasSuffix(s, ".0") {
			return "", false
		}
		s = strings.TrimSuffix(s, ".0")
	}
}

// repairWildcard gives the operator and text for all releases that begin like v. An order has no
// use for the ".*", nor has a v that is more than a release.
func repairWildcard(op, v string) (string, string) {
	all := v
	if p, _ := Parse(v); p.Base() == p.String() {
		all = v + ".*"
	}
	switch op {
	case "==", "~=":
		return "==", all
	case "!=", "!~":
		return "!=", all
	}
	return op, v
}
