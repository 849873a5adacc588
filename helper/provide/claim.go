package provide

import (
	"cmp"
	"slices"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// claim is a fact of the solver's proof, or several that say the same, in terms of projects: some releases of a project
// need something of another, or cannot be used. The root, whose needs are the requirements, has no project.
type claim struct {
	of       node
	which    pubgrub.Set         // of its candidates
	on       node                // what they need; the root: nothing
	allowed  pubgrub.Set         // of its candidates
	need     string              // that as a requirement, as its author wrote it
	origin   string              // where it stands, of the user's own; or the fix that adds it
	needs    []pep440.Specifiers // of all authors, where it is not the user's
	root     int                 // of the user's requirements; -1: it is none
	missing  bool                // nothing is allowed
	why      reason              // why they cannot be used
	needName pep508.Requirement  // without specifiers
	label    string              // the way in which it is to be had that is meant, where another claim is about another; else ""
}

// explanation is what there is to say about why there is no solution.
type explanation struct {
	*source
	claims []*claim // they cannot all be true of a selection
	minor  []*claim // that go without saying: that a provider does not have what another claim is about, that a release was yanked
	index  []int    // of its requirements among those of the user, of whom some are left out for a second cause
	vain   string   // what was tried and does not help; "" something does, or not all was tried
}

// newExplanation makes claims of the facts that exclude each other.
func newExplanation(s *source, facts []*pubgrub.Fact) *explanation {
	x := &explanation{source: s}
	for _, f := range facts {
		switch c := x.claim(f); {
		case f.On == pubgrub.Root || c.on.project != c.of.project:
			x.add(c)
		case !c.which.SubsetOf(c.allowed, len(c.of.candidates)): // else an extra goes with its project
			x.add(&claim{of: c.of, which: c.which, root: -1, why: reason{unreadable, "needs " + c.need + ", which it is not"}})
		}
	}
	x.dropMinor()
	x.dropYanked()
	x.joinPythons()
	x.simplify()
	x.trim()
	x.label()
	slices.SortStableFunc(x.claims, x.compare)
	return x
}

func (x *explanation) claim(f *pubgrub.Fact) *claim {
	c := &claim{of: x.nodes[f.Package], which: f.Candidates, root: -1, why: x.reasons[f.Unusable], missing: f.Missing}
	if f.On == pubgrub.Root {
		return c
	}
	c.on, c.allowed = x.nodes[f.On], f.Allowed
	if f.Package != pubgrub.Root {
		x.word(c)
		return c
	}
	if c.root = x.rootOf(c); c.root >= 0 {
		req := x.roots[c.root]
		req.Marker = nil
		c.need, c.origin = written(req), x.place(c.root)
	} else {
		c.need = clip(c.on.name)
	}
	return c
}

// add joins a claim with one that says the same, if there is one.
func (x *explanation) add(c *claim) {
	for _, d := range x.claims {
		if d.of == c.of && d.on.project == c.on.project && d.need == c.need && d.root == c.root && d.why == c.why && d.missing == c.missing {
			d.which, d.allowed = d.which.Union(c.which), d.allowed.Union(c.allowed)
			return
		}
	}
	x.claims = append(x.claims, c)
}

// rootOf is the requirement of the user behind a claim: the one that allows just that, or else less.
func (x *explanation) rootOf(c *claim) int {
	found := -1
	for i, req := range x.roots {
		if pep508.NormalizeName(req.Name) != c.on.name {
			continue
		}
		set := c.on.matching(req.Specifiers)
		switch {
		case set.Equal(c.allowed):
			return i
		case found < 0 && set.SubsetOf(c.allowed, len(c.on.candidates)):
			found = i
		}
	}
	return found
}

// place is where a requirement of the user stands and what it is for; "" on the command line.
func (r *resolver) place(root int) string {
	place := r.origins[root]
	if root >= len(r.parts) {
		return place
	}
	part := ""
	switch p := r.parts[root]; {
	case p.Group != "":
		part = "group " + p.Group
	case p.Extra != "":
		part = "extra " + p.Extra
	}
	if place != "" && part != "" {
		place += ", "
	}
	return place + part
}

// dropMinor leaves out that one provider does not have a release about which another claim says more.
func (x *explanation) dropMinor() {
	for _, c := range x.claims {
		if c.why.kind != elsewhere {
			continue
		}
		all := *c
		for i := range c.which.Members(len(c.of.candidates)) {
			if x.says(c, c.of.candidates[i].version) {
				c.which = c.which.Minus(pubgrub.Of(i))
			}
		}
		x.minor = append(x.minor, &all)
	}
	x.claims = slices.DeleteFunc(x.claims, func(c *claim) bool { return c.why.kind == elsewhere && c.which.IsEmpty(len(c.of.candidates)) })
}

// dropYanked leaves out that releases were yanked, of projects about which other claims say more: nobody thinks of those.
func (x *explanation) dropYanked() {
	x.claims = slices.DeleteFunc(slices.Clone(x.claims), func(c *claim) bool {
		minor := c.why.kind == yanked && slices.ContainsFunc(x.claims, func(d *claim) bool {
			return d.of.project == c.of.project && d.why.kind != yanked && d.why.kind != elsewhere
		})
		if minor {
			x.minor = append(x.minor, c)
		}
		return minor
	})
}

// wasYanked says whether a version of a project was yanked, which goes without saying.
func (x *explanation) wasYanked(p *project, version int) bool {
	return slices.ContainsFunc(x.minor, func(c *claim) bool {
		return c.why.kind == yanked && c.of.project == p && c.hasVersion(int32(version))
	})
}

// says says whether a claim other than c, of more than who has what, is about a version.
func (x *explanation) says(c *claim, version int32) bool {
	return slices.ContainsFunc(x.claims, func(d *claim) bool {
		return d.why.kind != elsewhere && d.of.project == c.of.project && d.hasVersion(version)
	})
}

func (c *claim) hasVersion(version int32) bool {
	for i, candidate := range c.of.candidates {
		if candidate.version == version && c.which.Has(i) {
			return true
		}
	}
	return false
}

// joinPythons makes one claim of those that a project's releases require other Pythons, which are many and say little:
// of ">=3.13" and ">=3.14" that they require >=3.13.
func (x *explanation) joinPythons() {
	byProject := map[*project][]*claim{}
	for _, c := range x.claims {
		if c.why.kind == python {
			byProject[c.of.project] = append(byProject[c.of.project], c)
		}
	}
	x.claims = slices.DeleteFunc(x.claims, func(c *claim) bool { return c.why.kind == python && byProject[c.of.project][0] != c })
	for _, c := range x.claims {
		if c.why.kind == python {
			for _, d := range byProject[c.of.project][1:] {
				c.which = c.which.Union(d.which)
			}
			c.why.text = requiresPython + joinedPythons(byProject[c.of.project])
		}
	}
}

// trim leaves out of claims what is older or newer than all that is asked for.
func (x *explanation) trim() {
	type span struct{ newest, oldest int32 }
	asked := map[*project]span{}
	for _, c := range x.claims {
		for i := range c.allowed.Members(candidatesOf(c.on)) {
			v := c.on.candidates[i].version
			s, ok := asked[c.on.project]
			if !ok {
				s = span{v, v}
			}
			asked[c.on.project] = span{min(s.newest, v), max(s.oldest, v)}
		}
	}
	for _, c := range x.claims {
		if s, ok := asked[c.of.project]; ok && c.of.project != nil {
			within := c.which.Intersect(setOf(len(c.of.candidates), func(i int) bool {
				v := c.of.candidates[i].version
				return s.newest <= v && v <= s.oldest
			}))
			if !within.IsEmpty(len(c.of.candidates)) {
				c.which = within
			}
		}
	}
}

func candidatesOf(n node) int {
	if n.project == nil {
		return 0
	}
	return len(n.candidates)
}

// label names the provider of claims that are about the same versions as others, from other providers.
func (x *explanation) label() {
	for _, c := range x.claims {
		if c.of.project == nil {
			continue
		}
		if provider, ok := c.provider(); ok && slices.ContainsFunc(x.claims, func(d *claim) bool { return d.differs(c, provider) }) {
			c.label = provider.way()
		}
	}
}

// provider is that of all of a claim's candidates, if it is one.
func (c *claim) provider() (Provider, bool) {
	first, ok := c.which.First(len(c.of.candidates))
	if !ok {
		return 0, false
	}
	provider := c.of.candidates[first].provider
	for i := range c.which.Members(len(c.of.candidates)) {
		if c.of.candidates[i].provider != provider {
			return 0, false
		}
	}
	return provider, true
}

// differs says whether c is about a version of d's, and about none of its candidates from a provider.
func (c *claim) differs(d *claim, provider Provider) bool {
	if c == d || c.of.project != d.of.project || c.of.extra != d.of.extra {
		return false
	}
	shared := false
	for i := range c.which.Members(len(c.of.candidates)) {
		candidate := c.of.candidates[i]
		if candidate.provider == provider {
			return false
		}
		shared = shared || d.hasVersion(candidate.version)
	}
	return shared
}

// compare orders claims: the user's requirements as they stand in their files, then about the newest releases first.
func (x *explanation) compare(c, d *claim) int {
	if c.of.project == nil || d.of.project == nil {
		switch {
		case c.of.project != nil:
			return 1
		case d.of.project != nil:
			return -1
		}
		return cmp.Compare(c.root, d.root)
	}
	return cmp.Compare(c.newest(), d.newest())
}

// newest is the index of the newest version that a claim is about.
func (c *claim) newest() int32 {
	least := int32(len(c.of.versions))
	for i := range c.which.Members(len(c.of.candidates)) {
		least = min(least, c.of.candidates[i].version)
	}
	return least
}
