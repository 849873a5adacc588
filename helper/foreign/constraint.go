package foreign

import (
	"slices"
	"strconv"
	"strings"

	"mach/helper/pep440"
)

// constraint is alternatives, one of which a version has to satisfy. A nil one every version satisfies.
type constraint []pep440.Specifiers

func (c constraint) allows(v pep440.Version) bool {
	return c == nil || slices.ContainsFunc(c, func(s pep440.Specifiers) bool { return s.Contains(v) })
}

// parseConstraint reads poetry's constraints: PEP 440, ^, ~, wildcards, bare versions, spaces for commas, and
// alternatives with ||. Anything is nil.
func parseConstraint(text string) (constraint, error) {
	if text = strings.TrimSpace(text); text == "" || text == "*" {
		return nil, nil
	}
	var all constraint
	for _, alternative := range strings.Split(strings.ReplaceAll(text, "||", "|"), "|") {
		s, err := parseClauses(alternative)
		if err != nil {
			return nil, err
		}
		if len(s) == 0 {
			return nil, nil
		}
		all = append(all, s)
	}
	return all, nil
}

func parseClauses(text string) (all pep440.Specifiers, err error) {
	for _, clause := range splitClauses(text) {
		rewritten, err := rewriteClause(clause)
		if err != nil {
			return nil, err
		}
		s, err := pep440.ParseSpecifiers(rewritten)
		if err != nil {
			return nil, err
		}
		all = append(all, s...)
	}
	return all, nil
}

// splitClauses parts clauses at commas, and at spaces that no operator is before.
func splitClauses(text string) (all []string) {
	text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "("), ")")
	for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ',' || c == ' ' }) {
		if n := len(all); n > 0 && strings.Trim(all[n-1], "<>=!~^") == "" {
			all[n-1] += part
		} else {
			all = append(all, part)
		}
	}
	return all
}

// rewriteClause writes one clause of poetry's as specifiers.
func rewriteClause(clause string) (string, error) {
	switch {
	case clause == "*":
		return "", nil
	case strings.HasPrefix(clause, "^"):
		return caret(clause[1:])
	case strings.HasPrefix(clause, "~="), strings.HasPrefix(clause, "~") && len(clause) == 1:
		return clause, nil
	case strings.HasPrefix(clause, "~"):
		return tilde(clause[1:])
	case strings.HasPrefix(clause, "=") && !strings.HasPrefix(clause, "=="):
		return "=" + clause, nil
	case strings.Trim(clause[:1], "0123456789v") == "":
		return "==" + clause, nil
	}
	return strings.ReplaceAll(clause, ".x", ".*"), nil
}

// caret is all that has the first number of a version that is not zero.
func caret(text string) (string, error) {
	v, err := pep440.Parse(text)
	if err != nil {
		return "", err
	}
	release := v.Release()
	i := slices.IndexFunc(release, func(n uint64) bool { return n > 0 })
	if i < 0 {
		i = len(release) - 1
	}
	return between(text, release[:i+1]), nil
}

// tilde is all that has the first two numbers of a version, or the first if there is one.
func tilde(text string) (string, error) {
	v, err := pep440.Parse(text)
	if err != nil {
		return "", err
	}
	return between(text, v.Release()[:min(2, len(v.Release()))]), nil
}

// between is from a version on all that begins with the same numbers.
func between(text string, same []uint64) string {
	end := slices.Clone(same)
	end[len(end)-1]++
	parts := make([]string, len(end))
	for i, n := range end {
		parts[i] = strconv.FormatUint(n, 10)
	}
	return ">=" + text + ",<" + strings.Join(parts, ".")
}
