package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"mach/helper/backend"
	"mach/helper/crawl/record"
	"mach/helper/index"
	"mach/helper/metadata"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/sdist"
)

// Read is the metadata of a file, and where it was found.
type Read struct {
	release.Metadata
	From string // one of record's constants
}

// ReadWheel is the metadata of a wheel of a project. An error that is an *index.Broken concerns this file alone.
func ReadWheel(ctx context.Context, f index.File, project string) (*Read, error) {
	m, beside, err := f.Metadata(ctx)
	if err != nil {
		return nil, err
	}
	from := record.FromWheel
	if beside {
		from = record.FromMetadata
	}
	return newRead(f, project, m, from)
}

// newRead checks whose metadata it is.
func newRead(f index.File, project string, m *metadata.Metadata, from string) (*Read, error) {
	if !sameProject(m.Name, project) || !sameVersion(m.Version, f.Version()) {
		return nil, brokenFile(f, "its metadata is that of %q %q", m.Name, m.Version)
	}
	return &Read{release.Metadata{RequiresDist: m.RequiresDist, ProvidesExtra: m.ProvidesExtra, RequiresPython: m.RequiresPython}, from}, nil
}

// brokenFile is an *index.Broken with the file's name before it.
func brokenFile(f index.File, format string, args ...any) error {
	l, err := f.Link()
	if err != nil {
		return err
	}
	return fmt.Errorf("%s: %w", l.Filename, broken(format, args...))
}

func broken(format string, args ...any) error {
	return &index.Broken{Reason: fmt.Sprintf(format, args...)}
}

func sameProject(name, normal string) bool {
	return name == normal || pep508.NormalizeName(name) == normal
}

func sameVersion(text, normal string) bool {
	if text == normal {
		return true
	}
	v, err := pep440.Parse(text)
	if err != nil {
		return false
	}
	w, err := pep440.Parse(normal)
	return err == nil && v.Compare(w) == 0
}

// Error is that an index, or a file of it, could not be read. It is what a Database returns but for release.ErrNotFound
// and *release.Unusable.
type Error struct{ Err error }

// Error is that of the index.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// sorted makes an error that concerns one file alone a *release.Unusable, and any other an *Error.
func sorted(err error) error {
	var broken *index.Broken
	var known *release.Unusable
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.As(err, &broken):
		return &release.Unusable{Reason: "has metadata that cannot be read: " + err.Error()}
	case errors.Is(err, index.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return &release.Unusable{Reason: "has a file that is not there: " + err.Error()}
	}
	return &Error{err}
}

// onlyABuild is the reason of an sdist that does not say what it needs, to follow its release's name.
const onlyABuild = "has an sdist that does not say what it needs: only a build would tell, and mach does not build here"

// eggDoubt is the doubt about what setuptools recorded, to follow a release's name.
const eggDoubt = "has an sdist whose needs are what setuptools saw when it was made: setup.py may say something else here"

// Sdist is what an sdist says of itself.
type Sdist struct {
	Metadata *Read // nil: only a build would tell
	Certain  bool  // else Metadata is what setuptools recorded, and that of a wheel of the release is better
	Build    release.BuildSystem
}

// SdistForm changes with what packages sdist and backend read, so that what was kept of another reading is not taken.
const SdistForm = "3"

// ReadSdist reads an sdist of a project. An error that is an *index.Broken concerns this file alone.
func ReadSdist(ctx context.Context, f index.File, project string) (*Sdist, error) {
	return decodeSdist(f.OfSdist(ctx, SdistForm, encodeSdist(project, f.Version())))
}

// encodeSdist reads the sdist of a release, as text to be kept.
func encodeSdist(project, version string) func(*index.Sdist) (string, error) {
	return func(tree *index.Sdist) (string, error) {
		s, err := readTree(tree, project, version)
		if err != nil {
			return "", err
		}
		text, err := json.Marshal(s)
		return string(text), err
	}
}

func decodeSdist(text string, err error) (*Sdist, error) {
	if err != nil {
		return nil, err
	}
	s := new(Sdist)
	if err := json.Unmarshal([]byte(text), s); err != nil {
		return nil, broken("what is kept of an sdist: %v", err)
	}
	return s, nil
}

// readTree reads what is kept of an sdist.
func readTree(tree fs.FS, project, version string) (*Sdist, error) {
	p, err := sdist.Read(tree, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return &Sdist{Build: release.BuildSystem{Known: true}}, nil
	}
	if err != nil {
		return nil, broken("%v", err)
	}
	switch wrong := p.Why(sdist.Build); {
	case wrong != nil:
		return nil, broken("%v", wrong.Error())
	case p.Name.Value != "" && !sameProject(p.Name.Value, project), p.FromInfo() && !sameVersion(p.Version.Value, version):
		return nil, broken("its metadata is that of %q %q", p.Name.Value, p.Version.Value)
	}
	s := &Sdist{Build: p.BuildSystem()}
	backend.Apply(tree, "./", &s.Build)
	known, unknown := p.Metadata()
	switch {
	case unknown == nil && p.Kind != "":
		s.Metadata, s.Certain = &Read{*known, record.FromPyproject}, true
		if p.FromInfo() {
			s.Metadata.From = record.FromPKGInfo
		}
	case p.Recorded != nil:
		s.Metadata = &Read{*p.Recorded, record.FromRequiresTxt}
		s.Metadata.Doubt = eggDoubt
	}
	return s, nil
}
