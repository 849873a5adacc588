package live

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"mach/helper/crawl/record"
	"mach/helper/pep508"
	"mach/helper/release"
)

// pyproject is what matters of pyproject.toml.
type pyproject struct {
	BuildSystem *struct {
		Requires     []string `toml:"requires"`
		BuildBackend string   `toml:"build-backend"`
	} `toml:"build-system"`
	Project *struct {
		Name           string              `toml:"name"`
		RequiresPython string              `toml:"requires-python"`
		Dependencies   []string            `toml:"dependencies"`
		Optional       map[string][]string `toml:"optional-dependencies"`
	} `toml:"project"`
}

// parsePyproject reads the file; no text is an sdist that has none.
func parsePyproject(text []byte) (*pyproject, error) {
	p := new(pyproject)
	return p, toml.Unmarshal(text, p)
}

// buildSystem is the table of that name; empty where there is none, which PEP 517 gives a meaning.
func (p *pyproject) buildSystem() release.BuildSystem {
	if p.BuildSystem == nil {
		return release.BuildSystem{Known: true}
	}
	return release.BuildSystem{Known: true, Requires: p.BuildSystem.Requires, Backend: p.BuildSystem.BuildBackend}
}

// metadata is what a static [project] table says; nil if one of its requirements cannot be read.
func (p *pyproject) metadata() *Read {
	m := release.Metadata{RequiresDist: p.Project.Dependencies, RequiresPython: p.Project.RequiresPython}
	for _, extra := range slices.Sorted(maps.Keys(p.Project.Optional)) {
		m.ProvidesExtra = append(m.ProvidesExtra, pep508.NormalizeName(extra))
		for _, dependency := range p.Project.Optional[extra] {
			r, err := pep508.Parse(dependency)
			if err != nil {
				return nil
			}
			m.RequiresDist = append(m.RequiresDist, only(r, fmt.Sprintf("extra == '%s'", pep508.NormalizeName(extra))))
		}
	}
	return &Read{m, record.FromPyproject}
}

// only is a requirement that holds under a condition, as a build backend writes it into Requires-Dist.
func only(r pep508.Requirement, condition string) string {
	marker := condition
	if r.Marker != nil {
		marker = "(" + r.Marker.String() + ") and " + condition
	}
	r.Marker = nil
	return r.String() + " ; " + marker
}
