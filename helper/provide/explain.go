package provide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mach/helper/pep440"
	"mach/helper/pubgrub"
)

// NoSolution says that no choice of candidates satisfies the requirements, and why.
type NoSolution struct {
	Text  string   // several lines; the first is a sentence, the others are the facts that it follows from
	Hints []string // what helps; the solver has tried it
}

// Error implements error.
func (e *NoSolution) Error() string { return e.Text }

// How much of an explanation somebody reads.
const (
	maxLines = 6
	maxHints = 2
)

// explain makes words of the facts that the solver's proof rests on.
func (s *source) explain(ctx context.Context, proof *pubgrub.NoSolution) *NoSolution {
	x := &explanation{source: s, facts: s.joinPythons(proof.Explain().Facts)}
	e := &NoSolution{Text: x.headline()}
	lines := x.chains()
	if more := len(lines) - maxLines; more > 0 {
		lines = append(lines[:maxLines], fmt.Sprintf("… and %d more like these", more))
	}
	for _, line := range lines {
		e.Text += "\n  " + line
	}
	if f := x.missing(); f != nil {
		e.Hints = x.nearNames(f)
	}
	e.Hints = append(e.Hints, x.advise(ctx)...)
	e.Hints = e.Hints[:min(maxHints, len(e.Hints))]
	return e
}

// joinPythons makes one fact of those that a project's releases require other Pythons, which are many and say little.
func (s *source) joinPythons(facts []*pubgrub.Fact) (joined []*pubgrub.Fact) {
	first := map[pubgrub.Package]*pubgrub.Fact{}
	for _, f := range facts {
		why := s.reasons[f.Unusable]
		into := first[f.Package]
		switch {
		case why.kind == python && into != nil:
			into.Candidates = into.Candidates.Union(f.Candidates)
			s.reasons[into.Unusable].text += " or " + strings.TrimPrefix(why.text, requiresPython)
			continue
		case why.kind == python:
			own := *f
			own.Unusable = pubgrub.Reason(len(s.reasons))
			s.reasons = append(s.reasons, why)
			f, first[f.Package] = &own, &own
		}
		joined = append(joined, f)
	}
	return joined
}

// explanation is what there is to say about the last round of a resolution.
type explanation struct {
	*source
	facts []*pubgrub.Fact // that cannot all be true of a selection
}

// missing is the fact that nothing of what is needed exists, or nil.
func (x *explanation) missing() *pubgrub.Fact {
	i := slices.IndexFunc(x.facts, func(f *pubgrub.Fact) bool { return f.Missing })
	if i < 0 {
		return nil
	}
	return x.facts[i]
}

// noRelease is the sentence for a fact that is missing.
func (x *explanation) noRelease(f *pubgrub.Fact) string {
	p := x.nodes[f.On].project
	in := ""
	if x.options.DatabaseDate != "" {
		in = " in the database of " + x.options.DatabaseDate
	}
	req := x.requirement(f)
	switch {
	case p.known == nil && p.fact == nil:
		return fmt.Sprintf("there is no project %q%s%s", clip(p.name), in, x.brokenInNixpkgs(p))
	case len(p.candidates) == 0 || p.matchesAny(req.Specifiers):
		return fmt.Sprintf("%s is not to be had from what is enabled for it: %s%s%s", x.need(f), orderText(p.order), x.versionInNixpkgs(p), x.brokenInNixpkgs(p))
	case p.known != nil && beyond(req.Specifiers, p.versions[0].Version):
		return fmt.Sprintf("%s is newer than every %s%s: the newest is %s", x.need(f), p.name, in, p.versions[0].text)
	}
	return fmt.Sprintf("no release of %s matches %s%s: there are %s", p.name, x.need(f), in, p.list())
}

// matchesAny says whether any version matches, whatever provider has it.
func (p *project) matchesAny(specifiers pep440.Specifiers) bool {
	return slices.ContainsFunc(p.versions, func(v version) bool { return v.valid && specifiers.Contains(v.Version) })
}

// list names the newest versions and the oldest one.
func (p *project) list() string {
	const few = 5
	var texts []string
	for _, v := range p.versions[:min(few, len(p.versions))] {
		texts = append(texts, v.text)
	}
	if n := len(p.versions); n > few+1 {
		texts = append(texts, "…")
	}
	if n := len(p.versions); n > few {
		texts = append(texts, p.versions[n-1].text)
	}
	return strings.Join(texts, ", ")
}

// beyond says whether specifiers ask for more than the newest version.
func beyond(specifiers pep440.Specifiers, newest pep440.Version) bool {
	return slices.ContainsFunc(specifiers, func(c pep440.Specifier) bool {
		v, err := pep440.Parse(strings.TrimSuffix(c.Text, ".*"))
		return err == nil && v.Compare(newest) > 0 && c.Op != "!=" && c.Op != "<" && c.Op != "<="
	})
}

func (x *explanation) versionInNixpkgs(p *project) string {
	if x.options.Facts == nil && slices.Contains(p.order, Nixpkgs) {
		return " (without --facts there is nothing in nixpkgs)"
	}
	if p.fact == nil {
		return ""
	}
	return fmt.Sprintf(" (nixpkgs has %s)", p.fact.Version)
}

func (x *explanation) brokenInNixpkgs(p *project) string {
	if x.options.Facts == nil {
		return ""
	}
	if u, ok := x.options.Facts.Unusable(p.name); ok {
		return fmt.Sprintf(" (nixpkgs has %s, but it %s)", u.Attr, u.Reason)
	}
	return ""
}

// nearNames asks whether another name was meant.
func (x *explanation) nearNames(f *pubgrub.Fact) []string {
	p := x.nodes[f.On].project
	if p.known != nil || p.fact != nil || clip(p.name) != p.name {
		return nil
	}
	near, err := x.options.Database.Near(p.name, 3)
	if err != nil || len(near) == 0 {
		return nil
	}
	return []string{"did you mean " + strings.Join(near, " or ") + "?"}
}

// headline is the sentence that everything comes to.
func (x *explanation) headline() string {
	if f := x.missing(); f != nil && len(x.ends()) == 1 {
		return x.noRelease(f)
	}
	p, kinds := x.culprit()
	if p == nil {
		return "the requirements exclude each other"
	}
	if len(kinds) > 1 {
		return fmt.Sprintf("no release of %s that is asked for can be used", p.name)
	}
	switch {
	case kinds[python]:
		return fmt.Sprintf("no release of %s that is asked for runs on Python %s", p.name, x.options.Environment.Markers.PythonFullVersion)
	case kinds[platform]:
		return fmt.Sprintf("no release of %s that is asked for has a wheel for Python %s on %s", p.name, x.options.Environment.Markers.PythonVersion, x.options.Environment.System)
	case kinds[elsewhere]:
		return fmt.Sprintf("%s is not to be had from what is enabled for it: %s%s", p.name, orderText(p.order), x.brokenInNixpkgs(p))
	case kinds[yanked]:
		return fmt.Sprintf("every release of %s that is asked for was yanked", p.name)
	case kinds[tooNew]:
		return fmt.Sprintf("every release of %s that is asked for was uploaded after %s", p.name, x.options.ExcludeNewer)
	case kinds[constrained]:
		return fmt.Sprintf("the constraints exclude every release of %s that is asked for", p.name)
	}
	return fmt.Sprintf("no release of %s that is asked for can be used", p.name)
}

// culprit is the project that is needed and of which nothing can be used, if that is all there is to say, and the
// kinds of reasons. It is nil for a real conflict.
func (x *explanation) culprit() (culprit *project, kinds map[kind]bool) {
	kinds = map[kind]bool{}
	inner := map[*project]bool{}
	for _, f := range x.facts {
		p := x.nodes[f.Package].project
		switch {
		case f.Unusable == 0:
			inner[p] = true
		case x.isMinor(f):
		case culprit != nil && culprit != p:
			return nil, nil
		default:
			culprit = p
			kinds[x.reasons[f.Unusable].kind] = true
		}
	}
	for _, f := range x.facts {
		on := x.nodes[f.On].project
		if culprit == nil || f.Unusable == 0 && on != culprit && !inner[on] || inner[culprit] {
			return nil, nil
		}
	}
	return culprit, kinds
}
