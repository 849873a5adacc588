package provide

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mach/helper/pep440"
	"mach/helper/pep508"
)

// headline is the sentence that everything comes to: what the user asked for that cannot be, and at what it fails.
func (x *explanation) headline() string {
	if c := x.missing(); c != nil {
		return x.noRelease(c)
	}
	if p, kinds := x.culprit(); p != nil {
		if what, ok := x.askedOf(p); ok {
			return x.noneOf(p, what, kinds)
		}
	}
	sides := x.sides()
	at := x.contested(len(sides))
	switch {
	case len(sides) > 1:
		return listed(fewer(sides), "and") + " exclude each other" + at
	case at != "":
		return sides[0] + " contradicts itself" + at
	}
	return sides[0] + " cannot be satisfied"
}

// fewer are the first of many texts, and how many there are beside.
func fewer(texts []string) []string {
	const few = 4
	if len(texts) <= few {
		return texts
	}
	return append(slices.Clone(texts[:few-1]), fmt.Sprintf("%d other requirements", len(texts)-few+1))
}

// sides are the user's requirements and constraints that exclude each other.
func (x *explanation) sides() (sides []string) {
	for _, c := range x.claims {
		side := ""
		switch {
		case c.of.project == nil:
			side = c.need
		case c.why.kind == constrained:
			text, _, _ := strings.Cut(strings.TrimPrefix(c.why.text, excludedBy), " (")
			side = "the constraint " + text
		}
		if side != "" && !slices.Contains(sides, side) {
			sides = append(sides, side)
		}
	}
	return sides
}

// contested says of which project no release suits all sides, if it is one and the sides do not say so themselves.
func (x *explanation) contested(sides int) string {
	var p *project
	obvious := true
	for _, c := range x.ends() {
		q := cmp.Or(c.on.project, c.of.project)
		if c.missing || p != nil && p != q {
			return ""
		}
		p = q
		obvious = obvious && (c.of.project == nil || c.why.kind == constrained)
	}
	if obvious {
		return ""
	}
	name := clip(p.name)
	if _, kinds := x.culprit(); len(kinds) > 0 {
		name = "usable " + name
	}
	switch sides {
	case 1:
		return ": no " + name + " suits all that it needs"
	case 2:
		return ": no " + name + " suits both"
	}
	return ": no " + name + " suits all"
}

// ends are the claims that no other goes on from.
func (x *explanation) ends() (ends []*claim) {
	for _, c := range x.claims {
		goesOn := func(d *claim) bool { return d.of.project == c.on.project }
		if c.on.project == nil || c.missing || !slices.ContainsFunc(x.claims, goesOn) {
			ends = append(ends, c)
		}
	}
	return ends
}

// missing is the claim that nothing of what is needed exists, if that is where all leads to, or nil.
func (x *explanation) missing() *claim {
	if ends := x.ends(); len(ends) == 1 && ends[0].missing {
		return ends[0]
	}
	return nil
}

// culprit is the project of which nothing can be used, if that is where all leads to, and the kinds of reasons.
func (x *explanation) culprit() (culprit *project, kinds map[kind]bool) {
	kinds = map[kind]bool{}
	for _, c := range x.ends() {
		if c.why.kind == none || c.why.kind == constrained || culprit != nil && culprit != c.of.project {
			return nil, nil
		}
		culprit = c.of.project
		kinds[c.why.kind] = true
	}
	return culprit, kinds
}

// askedOf is what is asked for of a project, if no two requirements of the user lead to it by ways of their own.
func (x *explanation) askedOf(p *project) (what string, ok bool) {
	asked, direct := 0, true
	var needs []string
	for _, c := range x.claims {
		if c.of.project == nil {
			asked++
			direct = direct && c.on.project == p
		}
		if c.on.project == p && !slices.Contains(needs, c.need) {
			needs = append(needs, c.need)
		}
	}
	if len(needs) == 1 {
		return needs[0], asked == 1
	}
	return clip(p.name) + " that is asked for", asked == 1 || direct
}

// noneOf is the sentence for a project of which nothing that is asked for can be used.
func (x *explanation) noneOf(p *project, what string, kinds map[kind]bool) string {
	env := x.options.Environment
	if len(kinds) > 1 {
		return fmt.Sprintf("no release of %s can be used", what)
	}
	switch {
	case kinds[python]:
		return fmt.Sprintf("no release of %s runs on Python %s", what, env.Markers.PythonVersion)
	case kinds[platform]:
		return fmt.Sprintf("no release of %s has a wheel for Python %s on %s", what, env.Markers.PythonVersion, env.System)
	case kinds[elsewhere]:
		return fmt.Sprintf("%s is not to be had %s, and no other provider is enabled for it%s", what, waysOf(p), x.brokenInNixpkgs(p))
	case kinds[yanked]:
		return fmt.Sprintf("every release of %s was yanked", what)
	case kinds[tooNew]:
		oldest := ""
		if day := x.nextDay(""); day != "" {
			oldest = ", the oldest on " + day
		}
		return fmt.Sprintf("every release of %s%s was uploaded after %s%s", what, x.inDatabase(), x.options.ExcludeNewer, oldest)
	}
	return fmt.Sprintf("no release of %s can be used", what)
}

// inDatabase says of which day the database is, if it is one that is asked.
func (x *explanation) inDatabase() string {
	if x.options.DatabaseDate == "" {
		return ""
	}
	return " in the database of " + x.options.DatabaseDate
}

// inData says where the releases of a project are looked for, as far as it matters.
func (x *explanation) inData(p *project) string {
	switch {
	case p.known == nil || p.known.tags == nil:
		return x.inDatabase()
	case slices.Contains(p.order, Wheel) || slices.Contains(p.order, Sdist):
		return x.inDatabase() + ", the tags of " + p.known.tags.repository + " included"
	}
	return " among the tags of " + p.known.tags.repository
}

// noRelease is the sentence for a claim that needs what there is not.
func (x *explanation) noRelease(c *claim) string {
	p, in := c.on.project, x.inData(c.on.project)
	specifiers := x.specifiersOf(c)
	switch {
	case p.known == nil && len(p.facts) == 0:
		if x.options.Asked != nil {
			in = " in " + x.options.Asked(p.name)
		}
		return fmt.Sprintf("there is no project %q%s%s", clip(p.name), in, x.brokenInNixpkgs(p))
	case empty(specifiers):
		return fmt.Sprintf("%s can never match: no version is both", c.need)
	case len(p.candidates) == 0 || p.matchesAny(specifiers):
		return x.notEnabled(c, specifiers)
	case p.known != nil && beyond(specifiers, p.versions[0].Version):
		return fmt.Sprintf("%s is newer than every %s%s: the newest is %s", c.need, p.name, in, p.versions[0].text)
	case p.known == nil:
		return fmt.Sprintf("%s is not to be had: only nixpkgs has %s, and that is %s", c.need, p.name, p.inNixpkgs())
	}
	return fmt.Sprintf("no release of %s matches %s%s: %s", p.name, c.need, in, p.nearest(specifiers))
}

// notEnabled is the sentence for what there is, though not from what is enabled.
func (x *explanation) notEnabled(c *claim, specifiers pep440.Specifiers) string {
	p := c.on.project
	if only := p.onlyPrereleases(specifiers); only != "" {
		return fmt.Sprintf("%s has only pre-releases, and --only-final excludes them: %s", c.need, only)
	}
	said := fmt.Sprintf("%s is not to be had %s", c.need, waysOf(p))
	switch {
	case x.options.Facts == nil && slices.Contains(p.order, Nixpkgs):
		said += " (without --facts there is nothing in nixpkgs)"
	case len(p.facts) > 0:
		said += fmt.Sprintf(", which has %s", p.inNixpkgs())
	default:
		said += x.brokenInNixpkgs(p)
	}
	return said + ", and no other provider is enabled for it"
}

// onlyPrereleases are the newest versions that match, if all of them are pre-releases that may not be taken.
func (p *project) onlyPrereleases(specifiers pep440.Specifiers) string {
	var texts []string
	for _, v := range p.versions {
		switch {
		case !v.valid || !specifiers.Contains(v.Version):
		case !v.pre || slices.ContainsFunc(p.candidates, func(c candidate) bool { return p.versions[c.version].text == v.text }):
			return ""
		default:
			texts = append(texts, v.text)
		}
	}
	return strings.Join(texts[:min(3, len(texts))], ", ")
}

// way is a provider as a way to have a project.
func (p Provider) way() string {
	return [...]string{Wheel: "as a wheel", Sdist: "as an sdist", Nixpkgs: "from nixpkgs", Direct: "from where it is asked for", Tag: "from a tag"}[p]
}

// waysOf are the providers that are enabled for a project, as the ways in which it is to be had.
func waysOf(p *project) string {
	ways := make([]string, len(p.order))
	for i, provider := range p.order {
		ways[i] = provider.way()
	}
	return listed(ways, "or")
}

// specifiersOf are those of what a claim needs.
func (x *explanation) specifiersOf(c *claim) pep440.Specifiers {
	if c.root >= 0 {
		return x.roots[c.root].Specifiers
	}
	req, err := pep508.ParseLenient(c.need)
	if err != nil {
		return nil
	}
	return req.Specifiers
}

// matchesAny says whether any version matches, whatever provider has it.
func (p *project) matchesAny(specifiers pep440.Specifiers) bool {
	return slices.ContainsFunc(p.versions, func(v version) bool { return v.valid && specifiers.Contains(v.Version) })
}

// gap is a line for where requirements of one project could all be met, were there a release that is not there.
func (x *explanation) gap() []string {
	var all []pep440.Specifiers
	var p *project
	for _, c := range x.ends() {
		if c.on.project == nil || c.missing || p != nil && p != c.on.project {
			return nil
		}
		p = c.on.project
		all = append(all, x.specifiersOf(c))
	}
	joined := slices.Concat(all...)
	low, high := bounds(joined)
	if low.clause == "" || high.clause == "" {
		return nil
	}
	if empty(joined) {
		return nil
	}
	return []string{fmt.Sprintf("of %s %s", clip(p.name), p.nearest(joined))}
}

// empty says whether the bounds of specifiers leave no version.
func empty(specifiers pep440.Specifiers) bool {
	low, high := bounds(specifiers)
	if low.clause == "" || high.clause == "" {
		return false
	}
	by := low.version.Compare(high.version)
	return by > 0 || by == 0 && (low.open || high.open)
}

// nearest says what versions there are: all if they are few, else those next to what was asked for.
func (p *project) nearest(specifiers pep440.Specifiers) string {
	const few = 6
	if n := len(p.versions); n <= few {
		texts := make([]string, n)
		for i, v := range p.versions {
			texts[n-1-i] = v.text
		}
		if n == 1 {
			return "there is " + texts[0]
		}
		return "there are " + listed(texts, "and")
	}
	switch at := p.place(specifiers); at {
	case 0:
		return "the newest is " + p.versions[0].text
	case len(p.versions):
		return "the oldest is " + p.versions[at-1].text
	default:
		return fmt.Sprintf("the nearest are %s and %s", p.versions[at].text, p.versions[at-1].text)
	}
}

// place is the index of the newest version that is older than what specifiers ask for.
func (p *project) place(specifiers pep440.Specifiers) int {
	low, high := bounds(specifiers)
	pivot := low
	if low.clause == "" {
		pivot = high
	}
	i := slices.IndexFunc(p.versions, func(v version) bool { return v.valid && v.Compare(pivot.version) < 0 })
	if i < 0 {
		return len(p.versions)
	}
	return i
}

// beyond says whether specifiers ask for more than the newest version.
func beyond(specifiers pep440.Specifiers, newest pep440.Version) bool {
	low, _ := bounds(specifiers)
	return low.clause != "" && low.version.Compare(newest) > 0
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
