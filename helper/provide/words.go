package provide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// word writes the requirement behind a claim, as its author wrote it, without its marker. Where several authors wrote
// several, it is the bounds that they have in common, if that says what is allowed, or else the versions that are.
func (x *explanation) word(c *claim) {
	n := len(c.on.candidates)
	var exact, within []pep508.Requirement
	for i := range c.which.Members(len(c.of.candidates)) {
		var own []pep508.Requirement
		for _, req := range x.needsOn(c, i) {
			if set := c.on.matching(req.Specifiers); set.Equal(c.allowed) {
				exact = addRequirement(exact, req)
				own = nil
				break
			} else if set.SubsetOf(c.allowed, n) {
				own = append(own, req)
			}
		}
		for _, req := range own {
			within = addRequirement(within, req)
		}
	}
	all := append(exact, within...)
	c.needs, c.origin = nil, ""
	for _, req := range all {
		c.needs = append(c.needs, req.Specifiers)
	}
	switch {
	case len(all) == 0 && (c.allowed.IsFull(n) || c.allowed.Equal(c.on.usual)):
		c.need = clip(c.on.name)
		return
	case len(all) == 0:
		c.need = x.releases(c.on, c.allowed)
		return
	}
	c.needName = all[0]
	c.need = written(all[0])
	if len(all) == 1 {
		c.origin = x.fixOf(c, all[0])
	} else {
		joined := all[0]
		joined.Specifiers = joinedBounds(c.needs)
		c.need = written(joined)
		if !c.missing && !c.on.matching(joined.Specifiers).SubsetOf(c.allowed, n) {
			c.need = x.releases(c.on, c.allowed)
		}
	}
}

// fixOf is the fix that adds a requirement to one of a claim's releases; "" none does.
func (x *explanation) fixOf(c *claim, req pep508.Requirement) string {
	for i := range c.which.Members(len(c.of.candidates)) {
		candidate := c.of.candidates[i]
		if candidate.provider == Nixpkgs {
			continue
		}
		if needs, err := x.needsOf(c.of.project, candidate); err == nil && needs.origin(req) != "" {
			return needs.origin(req)
		}
	}
	return ""
}

// written is a requirement with its extras and clauses in the order in which its author wrote them.
func written(req pep508.Requirement) string {
	clauses := make([]string, len(req.Specifiers))
	for i, c := range req.Specifiers {
		clauses[i] = c.String()
	}
	if req.URL != "" {
		return clip(req.String())
	}
	text := req.Name
	if len(req.Extras) > 0 {
		text += "[" + strings.Join(req.Extras, ",") + "]"
	}
	text += strings.Join(clauses, ",")
	if req.Marker != nil {
		text += "; " + req.Marker.String()
	}
	return clip(text)
}

// addRequirement appends a requirement without its marker, if it is another one.
func addRequirement(to []pep508.Requirement, req pep508.Requirement) []pep508.Requirement {
	req.Marker = nil
	text := req.String()
	if slices.ContainsFunc(to, func(other pep508.Requirement) bool { return other.String() == text }) {
		return to
	}
	return append(to, req)
}

// needsOn are the requirements that a candidate, or its extra, has of what a claim says it needs.
func (x *explanation) needsOn(c *claim, i int) (reqs []pep508.Requirement) {
	candidate := c.of.candidates[i]
	if candidate.provider == Nixpkgs {
		return nil
	}
	needs, err := x.needsOf(c.of.project, candidate)
	if err != nil {
		return nil
	}
	for _, req := range needs.requires {
		if pep508.NormalizeName(req.Name) == c.on.name {
			reqs = append(reqs, req)
		}
	}
	return x.active(reqs, c.of.extra)
}

// releases names candidates of a project: by its name alone if there is nothing else, else with the versions, as
// ranges of what there is.
func (x *explanation) releases(n node, set pubgrub.Set) string {
	name := clip(n.name)
	if n.extra != "" {
		name += "[" + clip(n.extra) + "]"
	}
	in, out := make([]bool, len(n.versions)), make([]bool, len(n.versions))
	for i, c := range n.candidates {
		in[c.version] = in[c.version] || set.Has(i)
	}
	every, count := true, 0
	for i, v := range n.versions {
		out[i] = !in[i] && (v.pre || x.wasYanked(n.project, i))
		every = every && (in[i] || out[i])
		if in[i] {
			count++
		}
	}
	if every && count > 1 {
		return "every " + name
	}
	return name + " " + rangesOver(n.versions, in, out)
}

// ranges writes the versions that are in as runs of neighbours, oldest first: "1.0 to 1.4, 2.0". Pre-releases that
// nobody asked for are no neighbours.
func ranges(versions []version, in []bool) string {
	out := make([]bool, len(versions))
	for i, v := range versions {
		out[i] = v.pre
	}
	return rangesOver(versions, in, out)
}

// rangesOver is ranges with what is no neighbour.
func rangesOver(versions []version, in, none []bool) string {
	type run struct{ oldest, newest int }
	var runs []run
	open := false
	for i := len(versions) - 1; i >= 0; i-- {
		switch {
		case in[i] && open:
			runs[len(runs)-1].newest = i
		case in[i]:
			runs = append(runs, run{i, i})
			open = true
		case !none[i]:
			open = false
		}
	}
	text := func(r run) string {
		if r.oldest == r.newest {
			return versions[r.oldest].text
		}
		return versions[r.oldest].text + " to " + versions[r.newest].text
	}
	if len(runs) > 4 {
		whole := run{runs[0].oldest, runs[len(runs)-1].newest}
		out := 0
		for i := whole.newest; i <= whole.oldest; i++ {
			if !in[i] && !none[i] {
				out++
			}
		}
		return fmt.Sprintf("%s (but for %d of them)", text(whole), out)
	}
	texts := make([]string, len(runs))
	for i, r := range runs {
		texts[i] = text(r)
	}
	return strings.Join(texts, ", ")
}

// bound is the lower or upper end of what specifiers allow.
type bound struct {
	version pep440.Version
	clause  string // ">=1.0"; "" no bound
	open    bool   // the version itself is out
}

// bounds are the narrowest that the clauses of specifiers set.
func bounds(specifiers pep440.Specifiers) (low, high bound) {
	for _, c := range specifiers {
		text := strings.TrimSuffix(c.Text, ".*")
		v, err := pep440.Parse(text)
		if err != nil {
			continue
		}
		switch c.Op {
		case ">=", ">", "==", "===", "~=":
			b := bound{v, ">=" + text, false}
			if c.Op == ">" {
				b = bound{v, ">" + text, true}
			}
			if low.clause == "" || b.above(low) {
				low = b
			}
		}
		switch {
		case c.Op == "<":
			high = high.lower(bound{v, "<" + text, true})
		case c.Op == "<=" || c.Op == "===" || c.Op == "==" && text == c.Text:
			high = high.lower(bound{v, "<=" + text, false})
		case c.Op == "==" || c.Op == "~=":
			numbers := v.Release()
			if c.Op == "~=" {
				numbers = numbers[:len(numbers)-1]
			}
			next := bump(numbers)
			if w, err := pep440.Parse(next); err == nil {
				high = high.lower(bound{w, "<" + next, true})
			}
		}
	}
	return low, high
}

// above says whether a lower bound allows less than another.
func (b bound) above(other bound) bool {
	by := b.version.Compare(other.version)
	return by > 0 || by == 0 && b.open
}

// lower is the lower of two upper bounds.
func (b bound) lower(other bound) bound {
	by := other.version.Compare(b.version)
	if b.clause == "" || by < 0 || by == 0 && other.open {
		return other
	}
	return b
}

// bump is the version after all that begin with some numbers.
func bump(numbers []uint64) string {
	next := slices.Clone(numbers)
	next[len(next)-1]++
	return dotted(next)
}

func dotted(numbers []uint64) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.FormatUint(n, 10)
	}
	return strings.Join(texts, ".")
}

// commonBounds are the bounds within which all of several specifiers lie.
func commonBounds(all []pep440.Specifiers) (low, high bound) {
	for i, specifiers := range all {
		l, h := bounds(specifiers)
		if i == 0 || l.clause == "" || low.clause != "" && low.above(l) {
			low = l
		}
		if i == 0 || h.clause == "" || high.clause != "" && high.lower(h) == high {
			high = h
		}
	}
	return low, high
}

// joinedBounds are those as specifiers; none if there is no common bound.
func joinedBounds(all []pep440.Specifiers) pep440.Specifiers {
	low, high := commonBounds(all)
	joined, err := pep440.ParseSpecifiers(strings.Trim(low.clause+","+high.clause, ","))
	if err != nil {
		return nil
	}
	return joined
}

// joinedPythons is what several claims say of the Python that is required, as one: what all of them imply, or, if that
// is nothing, each.
func joinedPythons(claims []*claim) string {
	var specs []pep440.Specifiers
	var texts []string
	for _, c := range claims {
		text := strings.TrimPrefix(c.why.text, requiresPython)
		texts = append(texts, text)
		if spec, err := pep440.ParseSpecifiersLenient(text); err == nil { // else a fix says so, which is named behind it
			specs = append(specs, spec)
		}
	}
	if len(claims) == 1 {
		return texts[0]
	}
	if joined := joinedBounds(specs); len(joined) > 0 && len(specs) == len(texts) {
		return joined.String()
	}
	return strings.Join(texts, " or ")
}

// listed joins texts with commas and, before the last, a word.
func listed(texts []string, word string) string {
	n := len(texts)
	if n < 2 {
		return strings.Join(texts, "")
	}
	return strings.Join(texts[:n-1], ", ") + " " + word + " " + texts[n-1]
}

// clip shortens what nobody reads to its end.
func clip(text string) string {
	const most = 120
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
