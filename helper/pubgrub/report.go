package pubgrub

import (
	"fmt"
	"strings"
)

// Describer puts what only the caller knows into words.
type Describer interface {
	// Name gives the words for a package: "flask[async]", "your project".
	Name(p Package) string
	// Candidates gives the words for candidates of a package, to follow its name: ">=2 <3"; for all, "".
	Candidates(p Package, set Set) string
	// Needs gives the words for what the candidates of a fact need: "b >=3".
	Needs(f *Fact) string
	// Missing says why there is nothing of what the candidates of a fact need: "there is no such version".
	Missing(f *Fact) string
	// Unusable says why the candidates of a fact cannot be chosen, to follow their name: "has no wheel for this platform".
	Unusable(f *Fact) string
}

// Report tells the explanation in English, a step a line.
func (x *Explanation) Report(d Describer) []string {
	lines := make([]string, len(x.Steps))
	for i, st := range x.Steps {
		lines[i] = x.line(d, i, st)
	}
	return lines
}

// line tells a step: that the one before is used goes without saying.
func (x *Explanation) line(d Describer, at int, st Step) string {
	var clauses []string
	because := "because "
	for i, b := range st.Because {
		switch {
		case b.Fact == nil && b.Step == at-1:
			because = "and because "
		case b.Fact == nil:
			earlier := x.Steps[b.Step]
			clauses = append(clauses, fmt.Sprintf("%s (%d)", conclude(d, earlier.Conclusion), earlier.Number))
		case b.Which:
			clauses[len(clauses)-1] += ", which " + predicate(d, b.Fact)
		case i > 0 && sameSubject(st.Because[i-1], b) && !(i+1 < len(st.Because) && st.Because[i+1].Which):
			clauses[len(clauses)-1] += " and " + needs(d, b.Fact)
		default:
			clauses = append(clauses, words(d, b.Fact.Package, b.Fact.Candidates)+" "+predicate(d, b.Fact))
		}
	}
	line := because + list(clauses) + ", " + conclude(d, st.Conclusion)
	if len(clauses) == 0 {
		line = "so " + conclude(d, st.Conclusion)
	}
	if st.Number > 0 {
		line += fmt.Sprintf(" (%d)", st.Number)
	}
	return line
}

// sameSubject says whether the premises are two things that the same candidates need.
func sameSubject(a, b Premise) bool {
	return a.Fact != nil && a.Fact.Package == b.Fact.Package && a.Fact.Candidates.Equal(b.Fact.Candidates) &&
		a.Fact.On != Root && b.Fact.On != Root
}

func words(d Describer, p Package, set Set) string {
	return strings.TrimSpace(d.Name(p) + " " + d.Candidates(p, set))
}

func predicate(d Describer, f *Fact) string {
	if f.Unusable != 0 {
		return d.Unusable(f)
	}
	return "depends on " + needs(d, f)
}

func needs(d Describer, f *Fact) string {
	if f.Missing {
		return d.Needs(f) + ", but " + d.Missing(f)
	}
	return d.Needs(f)
}

// conclude says what it means that the terms are never all true.
func conclude(d Describer, terms []Term) string {
	var are, not []string
	for _, t := range terms {
		if t.Not {
			not = append(not, words(d, t.Package, t.Candidates))
		} else {
			are = append(are, words(d, t.Package, t.Candidates))
		}
	}
	need := strings.Join(not, " or ")
	switch {
	case len(terms) == 0:
		return "there is no solution"
	case len(are) == 0:
		return need + " is needed"
	case len(not) > 0 && len(are) == 1:
		return are[0] + " depends on " + need
	case len(not) > 0:
		return list(are) + " together depend on " + need
	case len(are) == 1:
		return are[0] + " cannot be used"
	}
	return list(are) + " cannot be used together"
}

// list joins clauses, with commas where there are many or one is a list itself.
func list(clauses []string) string {
	n := len(clauses)
	if n < 2 {
		return strings.Join(clauses, "")
	}
	and := " and "
	if n > 2 || strings.Contains(clauses[0], ",") || strings.Contains(clauses[0], and) {
		and = ", and "
	}
	return strings.Join(clauses[:n-1], ", ") + and + clauses[n-1]
}
