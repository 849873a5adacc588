package sdist

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mach/helper/pep440"
)

// clause is one comparison of a version constraint.
type clause struct {
	op      string // of PEP 440, but not ~= and ===
	text    string // the version, with .* for == and != if it stands for all that begin so
	version pep440.Version
}

func (c clause) String() string { return c.op + c.text }

// constraint is a version constraint of Poetry: alternatives, of which each is clauses that all hold. An alternative
// without any holds for every version.
//
//	constraint  = alternative *(("||" | "|") alternative)
//	alternative = one *(("," | " ") one)
//	one         = "*" | ("^" | "~" | "~=" | "==" | "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=") version | version [".*"]
//
// ^1.2.3 goes to the next version that changes the first number that is not 0; ~1.2.3 to the next 1.x, ~1 to 2.
type constraint [][]clause

var (
	poetryOr       = regexp.MustCompile(`\s*\|\|?\s*`)
	poetryAnd      = regexp.MustCompile(`[,\s]+`)
	poetryOperator = regexp.MustCompile(`(\^|~=|~|<>|!=|<=|>=|<|>|===?|=)\s+`)
	poetryOne      = regexp.MustCompile(`^(\^|~=|~|<>|!=|<=|>=|<|>|==?|)v?([^*^~<>=!]+?)((?:\.\*)*)$`)
	poetryAny      = regexp.MustCompile(`^v?[xX*](\.[xX*])*$`)
)

func parsePoetry(text string) (constraint, error) {
	var all constraint
	for _, alternative := range poetryOr.Split(strings.TrimSpace(text), -1) {
		clauses := []clause{}
		alternative = poetryOperator.ReplaceAllString(strings.TrimRight(alternative, ", "), "$1")
		for _, one := range poetryAnd.Split(alternative, -1) {
			if poetryAny.MatchString(one) {
				continue
			}
			more, err := parsePoetryOne(one)
			if err != nil {
				return nil, err
			}
			clauses = append(clauses, more...)
		}
		all = append(all, clauses)
	}
	return all, nil
}

func parsePoetryOne(one string) ([]clause, error) {
	m := poetryOne.FindStringSubmatch(one)
	if m == nil {
		return nil, fmt.Errorf("%q is no version constraint of Poetry", one)
	}
	op, text := m[1], m[2]
	v, err := pep440.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%q is no version (PEP 440)", text)
	}
	release := v.Release()
	low := clause{">=", text, v}
	switch op {
	case "", "=":
		op = "=="
	case "<>":
		op = "!="
	case "^":
		i := slices.IndexFunc(release, func(n uint64) bool { return n > 0 })
		if i < 0 {
			i = len(release) - 1
		}
		return []clause{low, upTo(v, min(i, 2))}, nil
	case "~":
		return []clause{low, upTo(v, min(1, len(release)-1))}, nil
	case "~=":
		if len(release) < 2 {
			return nil, fmt.Errorf("%q is no version constraint of Poetry: ~= wants two numbers", one)
		}
		return []clause{low, upTo(v, len(release)-2)}, nil
	}
	if m[3] == "" {
		return []clause{{op, text, v}}, nil
	}
	switch op {
	case "==", "!=":
		return []clause{{op, v.Base() + ".*", v}}, nil
	}
	return []clause{{op, text, v}}, nil
}

// upTo is below the next version of v that differs at place i; the numbers behind that are 0.
func upTo(v pep440.Version, i int) clause {
	release := slices.Clone(v.Release())
	release[i]++
	clear(release[i+1:])
	next := versionOf(v, release)
	return clause{"<", next.String(), next}
}

// versionOf is a final version with the epoch of v.
func versionOf(v pep440.Version, release []uint64) pep440.Version {
	parts := make([]string, len(release))
	for i, n := range release {
		parts[i] = strconv.FormatUint(n, 10)
	}
	text := strings.Join(parts, ".")
	if epoch, _, ok := strings.Cut(v.Base(), "!"); ok {
		text = epoch + "!" + text
	}
	next, err := pep440.Parse(text)
	if err != nil {
		panic(err) // numbers and dots
	}
	return next
}

// ofPython is c for versions of Python, of which none lies between 2.7 and 3.0: "~2.7 || ^3.5" has words then.
func (c constraint) ofPython() constraint {
	next, err := parsePoetryOne("<3.0")
	if err != nil {
		panic(err) // it is a constraint
	}
	var all constraint
	for _, alternative := range c {
		alternative = slices.Clone(alternative)
		for i, one := range alternative {
			if one.op == "<" && len(c) > 1 && slices.Equal(one.version.Release(), []uint64{2, 8}) {
				alternative[i] = next[0]
			}
		}
		all = append(all, alternative)
	}
	return all
}

// specifiers are those of PEP 440 that mean the same; not ok if there are none.
func (c constraint) specifiers() (text string, ok bool) {
	if len(c) == 1 {
		return joinClauses(c[0]), true
	}
	return c.union()
}

func joinClauses(list []clause) string {
	texts := make([]string, len(list))
	for i, one := range list {
		texts[i] = one.String()
	}
	return strings.Join(texts, ",")
}

// span is the versions between two clauses; nil is no bound.
type span struct{ low, high *clause }

// union puts alternatives together that are spans: what lies between them is taken out by != where that can be said.
func (c constraint) union() (string, bool) {
	var spans []span
	for _, alternative := range c {
		s, ok := spanOf(alternative)
		if !ok {
			return "", false
		}
		spans = append(spans, s)
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		switch {
		case a.low == nil && b.low == nil:
			return 0
		case a.low == nil:
			return -1
		case b.low == nil:
			return 1
		}
		return a.low.version.Compare(b.low.version)
	})
	whole := spans[0]
	var gaps []string
	for _, next := range spans[1:] {
		switch {
		case whole.high == nil:
		case next.low == nil || meets(whole.high, next.low):
			if next.high == nil || whole.high.version.Compare(next.high.version) < 0 {
				whole.high = next.high
			}
		default:
			gap, ok := between(whole.high, next.low)
			if !ok {
				return "", false
			}
			gaps = append(gaps, gap...)
			whole.high = next.high
		}
	}
	var all []string
	for _, one := range []*clause{whole.low, whole.high} {
		if one != nil {
			all = append(all, one.String())
		}
	}
	return strings.Join(append(all, gaps...), ","), true
}

// spanOf is clauses as a span: at most one bound on each side.
func spanOf(clauses []clause) (s span, ok bool) {
	for _, one := range clauses {
		switch {
		case one.op == "==" && strings.HasSuffix(one.text, ".*"):
			next := upTo(one.version, len(one.version.Release())-1)
			if s.low != nil || s.high != nil {
				return s, false
			}
			s.low, s.high = &clause{">=", one.version.String(), one.version}, &next
		case one.op == "==" && s == span{}:
			s.low, s.high = &clause{">=", one.text, one.version}, &clause{"<=", one.text, one.version}
		case (one.op == ">=" || one.op == ">") && s.low == nil:
			s.low = &one
		case (one.op == "<=" || one.op == "<") && s.high == nil:
			s.high = &one
		default:
			return s, false
		}
	}
	return s, true
}

// meets says whether nothing lies between two bounds.
func meets(high, low *clause) bool {
	n := high.version.Compare(low.version)
	return n > 0 || n == 0 && (high.op == "<=" || low.op == ">=")
}

// most is how many != a gap may take.
const most = 20

// between excludes what lies above high and below low: a single version, or all versions that begin in one way.
func between(high, low *clause) ([]string, bool) {
	if high.version.Compare(low.version) == 0 {
		return []string{"!=" + low.text}, true
	}
	if high.op != "<" || low.op != ">=" || high.version.IsPrerelease() || low.version.IsPrerelease() {
		return nil, false
	}
	from, to := slices.Clone(high.version.Release()), low.version.Release()
	for len(from) < len(to) {
		from = append(from, 0)
	}
	to = append(slices.Clone(to), make([]uint64, len(from)-len(to))...)
	var out []string
	for !slices.Equal(from, to) {
		block := -1 // the shortest beginning all of whose versions are in the gap
		for i := range from {
			next := slices.Clone(from)
			next[i]++
			if slices.Max(append([]uint64{0}, from[i+1:]...)) == 0 && slices.Compare(next, to) <= 0 {
				block = i
				break
			}
		}
		if block < 0 || len(out) == most {
			return nil, false
		}
		out = append(out, "!="+versionOf(high.version, from[:block+1]).String()+".*")
		from[block]++
	}
	return out, true
}

// marker is the condition on a variable of an environment that means the same as c, "" for none. The two numbers of
// python_version say nothing of a third: where that matters, it is python_full_version.
func (c constraint) marker() string {
	var all []string
	for _, alternative := range c {
		var terms []string
		for _, one := range alternative {
			terms = append(terms, one.marker())
		}
		if len(terms) == 0 {
			return ""
		}
		all = append(all, strings.Join(terms, " and "))
	}
	if len(all) == 1 {
		return all[0]
	}
	return "((" + strings.Join(all, ") or (") + "))"
}

func (c clause) marker() string {
	numbers := len(c.version.Release())
	text, wild := strings.CutSuffix(c.text, ".*")
	switch {
	case wild && numbers == 2, numbers <= 2 && (c.op == ">=" || c.op == "<" || c.op == "==") || wild && numbers == 1:
		if wild && numbers == 1 {
			text = c.text
		}
		return fmt.Sprintf(`python_version %s "%s"`, c.op, text)
	case numbers < 3 && !wild:
		text = versionOf(c.version, append(slices.Clone(c.version.Release()), make([]uint64, 3-numbers)...)).String()
	case wild:
		text = c.text
	}
	return fmt.Sprintf(`python_full_version %s "%s"`, c.op, text)
}
