package direct

import (
	"cmp"
	"fmt"
	"io/fs"

	"github.com/pelletier/go-toml/v2"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tags"
)

// Source is what a reference leads to, as a project with one release.
type Source struct {
	release.Origin
	Name     string // of the project, in normal form; "" nobody says
	Version  string // in normal form; "" only a build would tell
	wheel    *tags.WheelName
	metadata release.Metadata
	build    release.BuildSystem
	file     string // the name of the file, for messages; "" it is none
}

// IsDirect implements release.Direct.
func (s *Source) IsDirect() bool { return true }

// Versions implements release.Project.
func (s *Source) Versions() []string { return []string{s.Version} }

// Release implements release.Project.
func (s *Source) Release(int) (*release.Release, error) {
	r := &release.Release{RequiresPython: s.metadata.RequiresPython, Sdist: s.wheel == nil}
	if s.wheel != nil {
		r.Wheels = []release.Wheel{{Build: s.wheel.Build, WheelTags: s.wheel.WheelTags}}
	}
	return r, nil
}

// Metadata implements release.Project.
func (s *Source) Metadata(int, int) (*release.Metadata, error) { return &s.metadata, nil }

// BuildSystem implements release.Project.
func (s *Source) BuildSystem(int) (*release.BuildSystem, error) { return &s.build, nil }

// Files implements release.Project.
func (s *Source) Files(int) ([]release.File, error) {
	return []release.File{{Name: s.file, SHA256: s.SHA256, Size: s.Size, Origin: &s.Origin}}, nil
}

// readWheel takes what a wheel says.
func (s *Source) readWheel(f *index.Whole) error {
	name, err := tags.ParseWheelName(f.Name)
	if err != nil {
		return diag.Input("%s is no wheel", f.Name).Because(err)
	}
	s.wheel, s.file = &name, f.Name
	s.metadata = release.Metadata{
		RequiresPython: f.Wheel.RequiresPython, RequiresDist: f.Wheel.RequiresDist, ProvidesExtra: f.Wheel.ProvidesExtra,
	}
	return s.called(cmp.Or(f.Wheel.Name, name.Project), f.Wheel.Version)
}

// called notes the name and the version.
func (s *Source) called(name, version string) error {
	s.Name = pep508.NormalizeName(name)
	if version == "" {
		return nil
	}
	v, err := pep440.Parse(version)
	if err != nil {
		return fmt.Errorf("its version: %w", err)
	}
	s.Version = v.String()
	return nil
}

// readTree takes what a source tree says; shown is what messages call it.
func (s *Source) readTree(tree fs.FS, shown string) error {
	data, err := fs.ReadFile(tree, "pyproject.toml")
	if err != nil {
		return diag.Input("%s: there is no pyproject.toml", shown)
	}
	var p struct {
		Build struct {
			Requires []string `toml:"requires"`
			Backend  string   `toml:"build-backend"`
		} `toml:"build-system"`
		Project struct {
			Name, Version string
			Python        string   `toml:"requires-python"`
			Dependencies  []string `toml:"dependencies"`
		} `toml:"project"`
	}
	if err := toml.Unmarshal(data, &p); err != nil {
		return diag.Input("%s", shown).Because(err)
	}
	s.build = release.BuildSystem{Known: true, Requires: p.Build.Requires, Backend: p.Build.Backend}
	s.metadata = release.Metadata{RequiresPython: p.Project.Python, RequiresDist: p.Project.Dependencies}
	return s.called(p.Project.Name, p.Project.Version)
}
