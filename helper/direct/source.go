package direct

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"

	"mach/helper/backend"
	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/sdist"
	"mach/helper/tags"
)

// Source is what a reference leads to, as a project with one release.
type Source struct {
	release.Origin
	Name     string // of the project, in normal form; "" nobody says
	Version  string // in normal form; "" only a build would tell
	wheel    *tags.WheelName
	metadata release.Metadata
	taken    []sdist.Taken // what it needs, with where that is taken from
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
	s.taken = referring(s.metadata.RequiresDist)
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

// readTree takes what a source tree says; shown is what messages call it. What setuptools recorded counts in an sdist
// alone: a repository may have it from another day.
func (s *Source) readTree(tree fs.FS, shown string) error {
	p, err := sdist.Read(tree, shown)
	return s.readProject(tree, shown, p, err)
}

// readProject takes what a project says, or why it does not.
func (s *Source) readProject(tree fs.FS, shown string, p *sdist.Project, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return diag.Input("%s: there is neither pyproject.toml nor setup.py or setup.cfg", shown)
	case err != nil:
		return err
	}
	if wrong := p.Why(sdist.Build); wrong != nil {
		return wrong.Error()
	}
	m, taken, why := p.Needs()
	_, noSdist := fs.Stat(tree, "PKG-INFO")
	switch {
	case p.Recorded != nil && (why != nil || p.Kind == "") && noSdist == nil:
		m = p.Recorded
		m.Doubt = "has needs that are what setuptools saw when its archive was made: setup.py may say something else here"
	case why != nil:
		return why
	case p.Kind == "":
		return diag.Input("%s: there is no [project] table", p.File)
	}
	if m == p.Recorded || taken == nil {
		taken = referring(m.RequiresDist)
	}
	s.build, s.metadata, s.taken = p.BuildSystem(), *m, taken
	backend.Apply(tree, shown, &s.build)
	return s.called(p.Name.Value, p.Version.Value)
}

// referring are the requirements among lines that say from where they are taken.
func referring(lines []string) (all []sdist.Taken) {
	for _, line := range lines {
		req, err := pep508.ParseLenient(line)
		if err == nil && req.URL != "" { // the resolver says what is wrong with others, if it matters
			all = append(all, sdist.Taken{Requirement: req})
		}
	}
	return all
}
