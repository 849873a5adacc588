package pep508

import (
	"slices"
	"strings"

	"mach/helper/pep440"
)

// Eval says whether the marker holds in the environment with the given extras asked for; a nil
// marker does. `extra == "x"` holds if x is among the extras, `"x" in extras` likewise; without
// extras, extra is the empty string. Nothing is in dependency_groups. Versions are
// compared by PEP 440 where both sides allow it, all else as strings, of which "<" and ">" hold for none.
// A comparison that has no meaning does not hold.
func (m *Marker) Eval(env *Environment, extras []string) bool {
	if m == nil {
		return true
	}
	all := true
	for i := range m.terms {
		t := &m.terms[i]
		if t.or {
			if all {
				return true
			}
			all = true
		}
		all = all && t.eval(env, extras)
	}
	return all
}

func (t *term) eval(env *Environment, asked []string) bool {
	switch {
	case t.brackets != nil:
		return t.brackets.Eval(env, asked)
	case t.left.isSet() || t.left == text && t.right == text:
		return false
	case t.left == extra || t.left == text && t.right == extra:
		return t.evalExtra(asked)
	case t.left == text && t.right.isSet():
		return t.evalSet(asked)
	case t.left != text:
		return compareStrings(t.left, env.lookup(t.left), t.op, t.rightName())
	}
	return compareStrings(t.right, t.value, t.op, env.lookup(t.right))
}

// rightName is what a variable on the left is compared with: a text, or the name itself
// of another variable, as packaging has it.
func (t *term) rightName() string {
	if t.right == text {
		return t.value
	}
	return t.right.String()
}

// lookup gives the value of a variable. An interpreter built from a checkout has a version
// that ends in "+", which packaging completes.
func (e *Environment) lookup(v variable) string {
	s := e.value(v)
	if v == pythonFullVersion && strings.HasSuffix(s, "+") {
		return s + "local"
	}
	return s
}

// evalExtra compares the variable extra, which stands for each of the extras asked for.
func (t *term) evalExtra(asked []string) bool {
	op, negate := t.op, false
	switch op {
	case notEqual:
		op, negate = equal, true
	case notIn:
		op, negate = in, true
	}
	return negate != t.anyExtra(asked, op)
}

func (t *term) anyExtra(asked []string, op operator) bool {
	one := func(e string) bool {
		if t.left == extra {
			return compareStrings(extra, e, op, t.rightName())
		}
		return compareStrings(extra, t.value, op, e)
	}
	if len(asked) == 0 {
		return one("")
	}
	return slices.ContainsFunc(asked, func(e string) bool { return one(NormalizeName(e)) })
}

// evalSet compares a text with a variable that holds a set. None is equal to a set.
func (t *term) evalSet(asked []string) bool {
	member := t.right == extras && slices.ContainsFunc(asked, func(e string) bool { return NormalizeName(e) == t.value })
	switch t.op {
	case in:
		return member
	case notIn:
		return !member
	}
	return t.op == notEqual
}

// compareStrings compares the value of v, which stands on either side, with another.
func compareStrings(v variable, left string, op operator, right string) bool {
	if v.isVersion() && op != in && op != notIn {
		if c, err := pep440.NewSpecifier(op.String(), right); err == nil {
			return containsText(c, left)
		}
	}
	switch op {
	case equal, lessEqual, greaterEqual:
		return left == right
	case notEqual:
		return left != right
	case in:
		return strings.Contains(right, left)
	case notIn:
		return !strings.Contains(right, left)
	}
	return false
}

func containsText(c pep440.Specifier, s string) bool {
	if c.Op == identical.String() {
		return strings.EqualFold(c.Text, s)
	}
	v, err := pep440.Parse(s)
	return err == nil && c.Contains(v)
}
