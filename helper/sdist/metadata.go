package sdist

import (
	"maps"
	"slices"

	"mach/helper/pep508"
	"mach/helper/release"
)

// Metadata is the core metadata that a build would write of the dependencies; else why they are not known.
func (p *Project) Metadata() (*release.Metadata, *Unknown) {
	if why := p.Why(Dependencies, Extras); why != nil {
		return nil, why
	}
	m := &release.Metadata{RequiresPython: p.RequiresPython.Value}
	if p.info != nil {
		m.RequiresDist, m.ProvidesExtra = p.info.RequiresDist, p.info.ProvidesExtra
		return m, nil
	}
	for _, t := range p.Dependencies {
		m.RequiresDist = append(m.RequiresDist, t.Value)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Extras)) {
		m.ProvidesExtra = append(m.ProvidesExtra, name)
		for _, t := range p.Extras[name] {
			t, ok := only(t, "extra == '"+pep508.NormalizeName(name)+"'")
			if !ok {
				return nil, &Unknown{Field: Extras, Reason: sprintf("%q is no requirement", t.Value), Wrong: true, Text: t}
			}
			m.RequiresDist = append(m.RequiresDist, t.Value)
		}
	}
	return m, nil
}

// BuildSystem is the table of that name as releases have it.
func (p *Project) BuildSystem() release.BuildSystem {
	b := release.BuildSystem{Known: true, Backend: p.Build.Backend.Value}
	for _, t := range p.Build.Requires {
		b.Requires = append(b.Requires, t.Value)
	}
	return b
}

// FromInfo says whether the dependencies are those of PKG-INFO.
func (p *Project) FromInfo() bool { return p.info != nil }
