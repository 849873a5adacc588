package crawl

import (
	"maps"
	"slices"

	"mach/helper/pep508"
)

// require notes that something needs r on those Pythons.
func (c *crawler) require(r pep508.Requirement, on mask) {
	name := pep508.NormalizeName(r.Name)
	p := c.projects[name]
	if p == nil {
		p = &project{name: name, extras: map[string]bool{}}
		c.projects[name] = p
		c.order = append(c.order, p)
	}
	grown := on&^p.wanted != 0
	p.wanted |= on
	if r.URL == "" && len(r.Specifiers) > 0 {
		p.specify(r, on)
	}
	for _, extra := range r.Extras {
		extra = pep508.NormalizeName(extra)
		grown = grown || !p.extras[extra]
		p.extras[extra] = true
	}
	if grown {
		for _, r := range p.releases {
			c.follow(r)
		}
	}
}

func (p *project) specify(r pep508.Requirement, on mask) {
	text := r.Specifiers.String()
	i := slices.IndexFunc(p.specs, func(s *spec) bool { return s.text == text })
	if i < 0 {
		i = len(p.specs)
		p.specs = append(p.specs, &spec{text: text, specifiers: r.Specifiers})
	}
	p.specs[i].pythons |= on
}

// follow requires what a release needs, as far as that is not done: on the Pythons on which the release can be used
// and is wanted, and for the extras that are asked for by now.
func (c *crawler) follow(r *release) {
	extras := slices.Sorted(maps.Keys(r.project.extras))
	usable := r.anyFile & r.project.wanted
	for _, n := range r.needs {
		on := c.targets.holds(n.requirement.Marker, extras) & usable
		if on&^n.followed != 0 {
			n.followed |= on
			c.require(n.requirement, on)
		}
	}
}

// needsOf reads Requires-Dist, or the requires of a [build-system]. What cannot be read leads nowhere: the record
// has it as it is.
func needsOf(lines []string) (needs []*need) {
	for _, line := range lines {
		if r, err := pep508.ParseLenient(line); err == nil {
			needs = append(needs, &need{requirement: r})
		}
	}
	return needs
}
