package provide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// NoSolution says that no choice of candidates satisfies the requirements, and why.
type NoSolution struct {
	Text  string   // several lines; the first is a sentence, the others are the facts that it follows from
	Hints []string // what helps; the solver has tried it
}

// Error implements error.
func (e *NoSolution) Error() string { return e.Text }

// explain makes words of the facts that the solver's proof rests on.
func (s *source) explain(none *pubgrub.NoSolution) *NoSolution {
	facts := none.Explain().Facts
	for _, f := range facts {
		if f.Missing {
			p := s.nodes[f.On].project
			text := s.missing(p, f) + "\n  " + strings.Join(s.chain(f, facts), "; ")
			return &NoSolution{text, s.missingHints(p)}
		}
	}
	var b strings.Builder
	b.WriteString("the requirements exclude each other")
	for _, line := range s.chains(facts) {
		b.WriteString("\n  " + line)
	}
	return &NoSolution{Text: b.String()}
}

func (s *source) missing(p *project, f *pubgrub.Fact) string {
	if p.db == nil && p.fact == nil {
		if s.options.DatabaseDate == "" {
			return fmt.Sprintf("there is no project %q", p.name)
		}
		return fmt.Sprintf("there is no project %q in the database of %s", p.name, s.options.DatabaseDate)
	}
	if len(p.candidates) == 0 {
		return fmt.Sprintf("%s is not to be had from what is enabled for it: %s", p.name, orderText(p.order))
	}
	var texts []string
	for _, v := range p.versions {
		if len(texts) == 5 {
			texts = append(texts, "…")
			break
		}
		texts = append(texts, v.text)
	}
	return fmt.Sprintf("no release of %s matches %s: there are %s", p.name, s.need(f), strings.Join(texts, ", "))
}

func (s *source) missingHints(p *project) []string {
	if p.db == nil && p.fact == nil {
		near, err := s.options.Database.Near(p.name, 3)
		if err == nil && len(near) > 0 {
			return []string{"did you mean " + strings.Join(near, " or ") + "?"}
		}
		return nil
	}
	if len(p.candidates) == 0 && p.db != nil {
		return []string{fmt.Sprintf("allow another provider: --provider %s=wheel,sdist,nixpkgs", p.name)}
	}
	return nil
}

// chains are the facts of a proof as lines, each from a requirement of the user to where it ends.
func (s *source) chains(facts []*pubgrub.Fact) []string {
	inner := map[pubgrub.Package]bool{}
	for _, f := range facts {
		inner[f.Package] = true
	}
	var lines []string
	for _, f := range facts {
		if f.On != pubgrub.Root && inner[f.On] || s.isMinor(f, facts) {
			continue // another line goes through it, or says more
		}
		if line := strings.Join(s.chain(f, facts), "; "); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if more := len(lines) - maxLines; more > 0 {
		lines = append(lines[:maxLines], fmt.Sprintf("… and %d more like these", more))
	}
	return lines
}

// maxLines is how much of an explanation somebody reads.
const maxLines = 8

// isMinor says whether a fact is only that one provider does not have what another fact is about.
func (s *source) isMinor(f *pubgrub.Fact, facts []*pubgrub.Fact) bool {
	if why := s.reasons[f.Unusable]; why != noWheel && why != noSdist {
		return false
	}
	return slices.ContainsFunc(facts, func(g *pubgrub.Fact) bool {
		why := s.reasons[g.Unusable]
		return g.Package == f.Package && why != noWheel && why != noSdist
	})
}

// chain says how the user's requirements lead to a fact, which is the last part.
func (s *source) chain(f *pubgrub.Fact, facts []*pubgrub.Fact) []string {
	var parts []string
	seen := map[*pubgrub.Fact]bool{}
	for f != nil && !seen[f] {
		seen[f] = true
		if part := s.fact(f); part != "" {
			parts = append(parts, part)
		}
		if f.Package == pubgrub.Root {
			break
		}
		f = leadingTo(f.Package, facts, seen)
	}
	slices.Reverse(parts)
	return parts
}

func leadingTo(p pubgrub.Package, facts []*pubgrub.Fact, seen map[*pubgrub.Fact]bool) *pubgrub.Fact {
	for _, f := range facts {
		if f.On == p && !seen[f] {
			return f
		}
	}
	return nil
}

// fact is one fact in words; "" for that an extra goes with its project.
func (s *source) fact(f *pubgrub.Fact) string {
	switch {
	case f.Package == pubgrub.Root:
		return "you ask for " + s.need(f)
	case f.Unusable != 0:
		return fmt.Sprintf("%s cannot be used: %s", s.releases(f.Package, f.Candidates), s.reasons[f.Unusable])
	case s.nodes[f.On].project == s.nodes[f.Package].project:
		return ""
	}
	return s.releases(f.Package, f.Candidates) + " needs " + s.need(f)
}

// need is the requirement behind a dependency, as its author wrote it.
func (s *source) need(f *pubgrub.Fact) string {
	to := s.nodes[f.On]
	for _, req := range s.requirementsOf(f.Package, f.Candidates) {
		if pep508.NormalizeName(req.Name) == to.name && to.matching(req.Specifiers).Equal(f.Allowed) {
			req.Marker = nil
			return req.String()
		}
	}
	if f.Allowed.IsFull(len(to.candidates)) {
		return to.name
	}
	return s.releases(f.On, f.Allowed)
}

// requirementsOf are the requirements of the first of some candidates of a package.
func (s *source) requirementsOf(p pubgrub.Package, from pubgrub.Set) []pep508.Requirement {
	if p == pubgrub.Root {
		return s.roots
	}
	n := s.nodes[p]
	first, _ := from.First(len(n.candidates))
	c := n.candidates[first]
	if c.provider == Nixpkgs {
		return nil
	}
	r, err := s.data.release(n.db, int(c.version))
	if err != nil {
		return nil
	}
	return s.active(r.needs(c.provider), n.extra)
}

// releases names candidates of a project: all of them by its name alone, else the versions, as ranges of what there is.
func (s *source) releases(p pubgrub.Package, set pubgrub.Set) string {
	n := s.nodes[p]
	name := n.name
	if n.extra != "" {
		name += "[" + n.extra + "]"
	}
	in := make([]bool, len(n.versions))
	count := 0
	for i, c := range n.candidates {
		if set.Has(i) && !in[c.version] {
			in[c.version] = true
			count++
		}
	}
	if count == len(n.versions) && count > 1 {
		return "every " + name
	}
	return name + " " + ranges(n.versions, in)
}

// ranges writes the versions that are in as runs of neighbours, oldest first: "1.0 to 1.4, 2.0".
func ranges(versions []version, in []bool) string {
	var runs []string
	for i := len(in) - 1; i >= 0; i-- {
		if !in[i] {
			continue
		}
		oldest := i
		for i > 0 && in[i-1] {
			i--
		}
		run := versions[oldest].text
		if i != oldest {
			run += " to " + versions[i].text
		}
		runs = append(runs, run)
	}
	if len(runs) > 4 {
		runs = append(runs[:3], fmt.Sprintf("… %s", runs[len(runs)-1]))
	}
	return strings.Join(runs, ", ")
}

// advise tries what may help, and keeps what does: another provider for all, or a requirement without its versions.
func (r *resolver) advise(ctx context.Context, none *NoSolution) {
	if none.Hints != nil {
		return
	}
	for i, req := range r.roots {
		if len(req.Specifiers) == 0 {
			continue
		}
		loose := slices.Clone(r.roots)
		loose[i].Specifiers = nil
		if r.solvable(ctx, r.Resolver, loose) {
			none.Hints = append(none.Hints, fmt.Sprintf("it resolves with %s instead of %s", loose[i].String(), req.String()))
		}
	}
	if len(none.Hints) > 0 {
		return
	}
	options := r.options
	options.Policy = Policy{}
	if r.solvable(ctx, &Resolver{options: options, data: r.data, python: r.python}, r.roots) {
		none.Hints = append(none.Hints, "it resolves with all providers enabled: --providers wheel,sdist,nixpkgs")
	}
}

func (r *resolver) solvable(ctx context.Context, with *Resolver, roots []pep508.Requirement) bool {
	run := &resolver{Resolver: with, roots: roots, constraints: r.constraints, wanted: newAsked()}
	for _, req := range roots {
		run.want(req)
	}
	_, err := run.rounds(ctx)
	return err == nil
}
