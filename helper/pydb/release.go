package pydb

import "mach/helper/release"

// Release is what the database has of one release. Its strings and slices must not be changed: neighbouring releases
// share them. Wheels are in the order of Project.Files, and the sdist is the last of those.
type Release struct {
	release.Release
	RequiresDist      []string  // requirements as the metadata has them, sorted
	ProvidesExtra     []string  // names as written
	BuildKnown        bool      // the sdist's [build-system] was read; empty fields then mean that it has none
	BuildRequires     []string  // with what its backend asks for
	BuildBackend      string    // without spaces
	BuildUnknown      string    // what is not known of the build; "" nothing
	SdistRequiresDist *[]string // the sdist's own requirements where they are others, else nil
}

// Source is the database as a source of releases.
func (db *DB) Source() release.Database { return source{db: db} }

// Undated is the database as a source of releases without Uploaded: reading them takes
// a third of the time, because the days stand at the end of a shard.
func (db *DB) Undated() release.Database { return source{db: db, undated: true} }

type source struct {
	db      *DB
	undated bool
}

// Project implements release.Database.
func (s source) Project(name string) (release.Project, error) {
	p, err := s.db.Project(name)
	if err != nil {
		return nil, err
	}
	p.undated = s.undated
	return view{p}, nil
}

// Near implements release.Database.
func (s source) Near(name string, limit int) ([]string, error) { return s.db.Near(name, limit) }

// view is a project as others see it.
type view struct{ project *Project }

// Versions implements release.Project.
func (v view) Versions() []string { return v.project.Versions }

// Release implements release.Project.
func (v view) Release(i int) (*release.Release, error) {
	r, err := v.project.Release(i)
	if err != nil {
		return nil, err
	}
	return &r.Release, nil
}

// Metadata implements release.Project: all wheels of a release have the same.
func (v view) Metadata(i, wheel int) (*release.Metadata, error) {
	r, err := v.project.Release(i)
	if err != nil {
		return nil, err
	}
	m := &release.Metadata{RequiresPython: r.RequiresPython, RequiresDist: r.RequiresDist, ProvidesExtra: r.ProvidesExtra}
	if wheel < 0 && r.SdistRequiresDist != nil {
		m.RequiresDist = *r.SdistRequiresDist
	}
	return m, nil
}

// BuildSystem implements release.Project.
func (v view) BuildSystem(i int) (*release.BuildSystem, error) {
	r, err := v.project.Release(i)
	if err != nil {
		return nil, err
	}
	b := &release.BuildSystem{Known: r.BuildKnown, Requires: r.BuildRequires, Backend: r.BuildBackend}
	if r.BuildUnknown != "" {
		b.Unknown = []string{r.BuildUnknown}
	}
	return b, nil
}

// Files implements release.Project.
func (v view) Files(i int) ([]release.File, error) { return v.project.Files(i) }
