package crawl

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"mach/helper/crawl/record"
	"mach/helper/pep508"
)

// pyproject is what matters of pyproject.toml.
type pyproject struct {
	BuildSystem *struct {
		Requires     []string `toml:"requires"`
		BuildBackend string   `toml:"build-backend"`
	} `toml:"build-system"`
	Project *struct {
		RequiresPython string              `toml:"requires-python"`
		Dependencies   []string            `toml:"dependencies"`
		Optional       map[string][]string `toml:"optional-dependencies"`
		Dynamic        []string            `toml:"dynamic"`
	} `toml:"project"`
}

// parsePyproject reads the file; nil is an sdist that has none.
func parsePyproject(text []byte) (*pyproject, error) {
	p := new(pyproject)
	if err := toml.Unmarshal(text, p); err != nil {
		return nil, fmt.Errorf("pyproject.toml: %w", err)
	}
	return p, nil
}

// buildSystem is the table of that name; empty where there is none, which PEP 517 gives a meaning.
func (p *pyproject) buildSystem() *record.BuildSystem {
	if p.BuildSystem == nil {
		return &record.BuildSystem{}
	}
	return &record.BuildSystem{Requires: p.BuildSystem.Requires, BuildBackend: p.BuildSystem.BuildBackend}
}

// metadata is what the [project] table says (PEP 621); nil if it leaves the dependencies to the backend.
func (p *pyproject) metadata() *record.Metadata {
	if p.Project == nil || slices.Contains(p.Project.Dynamic, "dependencies") || slices.Contains(p.Project.Dynamic, "optional-dependencies") {
		return nil
	}
	m := &record.Metadata{
		RequiresDist: p.Project.Dependencies, RequiresPython: p.Project.RequiresPython, From: record.FromPyproject,
	}
	for _, extra := range slices.Sorted(maps.Keys(p.Project.Optional)) {
		m.ProvidesExtra = append(m.ProvidesExtra, pep508.NormalizeName(extra))
		for _, dependency := range p.Project.Optional[extra] {
			r, err := pep508.Parse(dependency)
			if err != nil {
				return nil
			}
			m.RequiresDist = append(m.RequiresDist, withExtra(r, extra))
		}
	}
	return m
}

// withExtra is a requirement that holds for an extra only, as a build backend writes it into Requires-Dist.
func withExtra(r pep508.Requirement, extra string) string {
	marker := ""
	if r.Marker != nil {
		marker = "(" + r.Marker.String() + ") and "
	}
	r.Marker = nil
	return fmt.Sprintf("%s ; %sextra == '%s'", r.String(), marker, pep508.NormalizeName(extra))
}

// legacyRequires is what PEP 517 has an sdist need whose pyproject.toml does not say.
var legacyRequires = []string{"setuptools>=40.8.0"}

// buildNeeds is what building needs; nothing if that was not read.
func buildNeeds(b *record.BuildSystem) []*need {
	switch {
	case b == nil:
		return nil
	case b.Requires == nil:
		return needsOf(legacyRequires)
	}
	return needsOf(b.Requires)
}
