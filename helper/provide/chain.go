package provide

import (
	"fmt"
	"slices"
	"strings"

	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// chains are the facts as lines, each from a requirement of the user to where it ends.
func (x *explanation) chains() (lines []string) {
	for _, f := range x.ends() {
		if line := x.chain(f); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// ends are the facts that no other goes on from.
func (x *explanation) ends() (ends []*pubgrub.Fact) {
	inner := map[*project]bool{} // those of extras are those of their project
	for _, f := range x.facts {
		inner[x.nodes[f.Package].project] = true
	}
	for _, f := range x.facts {
		if (f.On == pubgrub.Root || !inner[x.nodes[f.On].project]) && !x.isMinor(f) {
			ends = append(ends, f)
		}
	}
	return ends
}

// isMinor says whether a fact is only that one provider does not have what another fact is about.
func (x *explanation) isMinor(f *pubgrub.Fact) bool {
	if x.reasons[f.Unusable].kind != elsewhere {
		return false
	}
	return slices.ContainsFunc(x.facts, func(g *pubgrub.Fact) bool {
		return x.nodes[g.Package].project == x.nodes[f.Package].project && x.reasons[g.Unusable].kind != elsewhere
	})
}

// chain says how the user's requirements lead to a fact, which is the last part.
func (x *explanation) chain(f *pubgrub.Fact) string {
	var parts []string
	seen := map[*pubgrub.Fact]bool{}
	for f != nil {
		seen[f] = true
		if part := x.fact(f); part != "" {
			parts = append(parts, part)
		}
		f = x.leadingTo(f.Package, seen)
	}
	slices.Reverse(parts)
	return strings.Join(parts, "; ")
}

// leadingTo is a fact that needs a package: if there is none, its project with another extra or without.
func (x *explanation) leadingTo(p pubgrub.Package, seen map[*pubgrub.Fact]bool) (leads *pubgrub.Fact) {
	for _, f := range x.facts {
		switch {
		case p == pubgrub.Root || f.On == pubgrub.Root || seen[f]:
		case f.On == p:
			return f
		case leads == nil && x.nodes[f.On].project == x.nodes[p].project && x.nodes[f.Package].project != x.nodes[p].project:
			leads = f
		}
	}
	return leads
}

// fact is one fact in words; "" for that an extra goes with its project.
func (x *explanation) fact(f *pubgrub.Fact) string {
	switch {
	case f.Package == pubgrub.Root && x.builds != "":
		return x.builds + " is built with " + x.need(f)
	case f.Package == pubgrub.Root:
		return "you ask for " + x.requirement(f).text()
	case f.Unusable != 0:
		return strings.TrimPrefix(x.releases(f.Package, f.Candidates), "every ") + " " + x.reasons[f.Unusable].text + x.otherWheels(f)
	case x.nodes[f.On].project == x.nodes[f.Package].project:
		return ""
	}
	needs := x.releases(f.Package, f.Candidates) + " needs " + x.need(f)
	if f.Missing && len(x.ends()) > 1 {
		needs += ", but " + x.noRelease(f)
	}
	return needs
}

// otherWheels says what the newest release has wheels for, if none is for the target.
func (x *explanation) otherWheels(f *pubgrub.Fact) string {
	if x.reasons[f.Unusable].kind != platform {
		return ""
	}
	n := x.nodes[f.Package]
	first, _ := f.Candidates.First(len(n.candidates))
	version := int(n.candidates[first].version)
	r, err := n.known.Release(version)
	if err != nil {
		return ""
	}
	return fmt.Sprintf(": %s has some for %s", n.versions[version].text, x.wheelsOf(r))
}

// need is the requirement behind a dependency, as its author wrote it.
func (x *explanation) need(f *pubgrub.Fact) string {
	req := x.requirement(f)
	req.Origin = ""
	if to := x.nodes[f.On]; len(req.Specifiers) == 0 && !f.Allowed.IsFull(len(to.candidates)) && !f.Allowed.Equal(to.usual) {
		return x.releases(f.On, f.Allowed)
	}
	return req.text()
}

// requirement is the one behind a dependency, without its marker; if there is no single one, only its name.
func (x *explanation) requirement(f *pubgrub.Fact) Requirement {
	to := x.nodes[f.On]
	reqs, origins := x.requirementsOf(f.Package, f.Candidates)
	for i, req := range reqs {
		if pep508.NormalizeName(req.Name) == to.name && to.matching(req.Specifiers).Equal(f.Allowed) {
			req.Marker = nil
			found := Requirement{Requirement: req}
			if origins != nil {
				found.Origin = origins[i]
			}
			return found
		}
	}
	return Requirement{Requirement: pep508.Requirement{Name: to.name}}
}

// requirementsOf are the requirements of the first of some candidates of a package; those of the root with origins.
func (x *explanation) requirementsOf(p pubgrub.Package, from pubgrub.Set) (reqs []pep508.Requirement, origins []string) {
	if p == pubgrub.Root {
		return x.roots, x.origins
	}
	n := x.nodes[p]
	first, _ := from.First(len(n.candidates))
	c := n.candidates[first]
	if c.provider == Nixpkgs {
		return nil, nil
	}
	needs, err := x.needsOf(n.project, c)
	if err != nil {
		return nil, nil
	}
	return x.active(needs.requires, n.extra), nil
}

// releases names candidates of a project: by its name alone if there is nothing else, else with the versions, as
// ranges of what there is.
func (x *explanation) releases(p pubgrub.Package, set pubgrub.Set) string {
	n := x.nodes[p]
	name := clip(n.name)
	if n.extra != "" {
		name += "[" + clip(n.extra) + "]"
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
		runs = append(runs[:3], "… "+runs[len(runs)-1])
	}
	return strings.Join(runs, ", ")
}

// clip shortens what nobody reads to its end.
func clip(text string) string {
	const most = 120
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
