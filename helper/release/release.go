// Package release is what there is to know of a project's releases, wherever it comes from: the types that the sources
// of releases (package pydb, package live) and their reader (package provide) share.
package release

import (
	"cmp"
	"errors"
	"slices"

	"mach/helper/pep508"
	"mach/helper/tags"
)

// Database is where releases are looked up. It is used by several goroutines at once.
type Database interface {
	// Project returns a project by its normalised name, or an error that is ErrNotFound.
	Project(name string) (Project, error)
	// Near returns names like name, the likeliest first.
	Near(name string, limit int) ([]string, error)
}

// Project is the releases of a project. It is used by several goroutines at once; what it returned once it returns
// always, and nobody writes to it.
type Project interface {
	// Versions are the releases' versions, newest first, in the order and the normal form of PEP 440.
	Versions() []string
	// Release is what is known of the release of Versions()[i] before any of its files is read. It is cheap.
	Release(i int) (*Release, error)
	// Metadata is that of Release(i).Wheels[wheel], or with wheel -1 that of the sdist. It may take requests. An error
	// that is an *Unusable concerns this file alone.
	Metadata(i, wheel int) (*Metadata, error)
	// BuildSystem is what the sdist of a release is built with. It may take requests.
	BuildSystem(i int) (*BuildSystem, error)
	// Files are the wheels of a release, in the order of Release(i).Wheels, and its sdist if it has one.
	Files(i int) ([]File, error)
}

// ErrNotFound is that there is no such project.
var ErrNotFound = errors.New("no such project")

// Release is what is known of a release before any of its files is read.
type Release struct {
	RequiresPython string // specifiers as the index gave them, "" for none
	Yanked         bool   // every file of the release is yanked
	YankedReason   string // "" where none was given
	Uploaded       string // of the first upload: a day, 2024-01-31, or a time of RFC 3339; "" if unknown
	Wheels         []Wheel
	Sdist          bool // there is an sdist
	Hashed         bool // files without one of the hashes that the user gives are left out
}

// Wheel is the part of a wheel's name that tells it from the others of its release.
type Wheel struct {
	Build string // build tag, "" for none
	tags.WheelTags
}

// Metadata is what a file says of its needs (core metadata).
type Metadata struct {
	RequiresPython string   // "" for none
	RequiresDist   []string // requirements as written
	ProvidesExtra  []string // names as written
	Doubt          string   // why this may not be true, to follow the release's name; "" if there is none
}

// BuildSystem is the [build-system] table of an sdist (PEP 518).
type BuildSystem struct {
	Known    bool     // it was looked for; empty fields then mean that there is none
	Requires []string // requirements as written, and those that the backend adds to them
	Backend  string
	Crates   *Crates  // of a build with Rust; nil: it is none, or they are not known
	Unknown  []string // what is not known of the build, to follow the release's name
}

// IsRust says whether it is a build with Rust, which takes crates.
func (b *BuildSystem) IsRust() bool {
	return b.Backend == "maturin" || slices.ContainsFunc(b.Requires, func(text string) bool {
		req, err := pep508.ParseLenient(text)
		name := pep508.NormalizeName(req.Name)
		return err == nil && (name == "maturin" || name == "setuptools-rust")
	})
}

// Crates are what a Cargo.lock has.
type Crates struct {
	Registry string // as Cargo.lock calls it: "registry+https://…"; "" all are of repositories
	List     []Crate
}

// Crate is one of a Cargo.lock: of the registry, or of a repository.
type Crate struct {
	Name, Version string
	SHA256        string // 64 hex digits
	Git           string // as Cargo.lock calls it: "git+https://…?rev=…#COMMIT"; "" it is of the registry
}

// Lines are the crates as a lock has them: name, version, and the hash or the repository.
func (c *Crates) Lines() []string {
	if c == nil {
		return nil
	}
	lines := make([]string, len(c.List))
	for i, crate := range c.List {
		lines[i] = crate.Name + " " + crate.Version + " " + cmp.Or(crate.Git, crate.SHA256)
	}
	return lines
}

// File is one wheel or sdist. Where it lies is a Location, a URL or a Path, as the source knows it.
type File struct {
	Name     string  // as in the index
	SHA256   string  // 64 hex digits
	Size     int64   // bytes, 0 if unknown
	Location string  // path below the index's file host
	URL      string  // absolute, without credentials
	Path     string  // of a local file
	Index    string  // the URL of the index that has it, without credentials; "" for a database and for find-links
	Origin   *Origin // where a direct reference or a tag leads; nil: the file is one of a release
}

// Direct is a Project that may be taken from where a direct reference leads, and then from nowhere else.
type Direct interface{ IsDirect() bool }

// Tagged is a Project that has releases of another kind beside those of an index, or none but these.
type Tagged interface {
	// Tags are the releases that the tags of a repository name; nil: there are none of that kind.
	Tags() *Tags
}

// Tags are the releases of a project that the tags of a repository name. Each has a source tree, as if it were an sdist.
type Tags struct {
	Project           // with these releases alone
	At         []int  // of each of the versions of the whole project the release in Project; -1: it has no tag
	Repository string // its URL, for messages
}

// Origin is where a direct reference or the tag of a repository leads, pinned (PEP 610). It is of a repository if Commit is set, a file if SHA256
// is set, else a directory.
type Origin struct {
	URL          string // absolute, without credentials; "" it is at Path
	Path         string // absolute, of a file or a directory
	Revision     string // of a repository, that was asked for: a branch, a tag or a commit; "" its default branch
	Commit       string
	SHA256       string // 64 hex digits
	Size         int64  // bytes, of a file
	Subdirectory string // of the project in it, slash-separated; "" its top
	Editable     bool   // of a directory
}

// Unusable is that a file cannot be used because of what it is, and that there is no use in asking again.
type Unusable struct {
	Reason string // to follow the release's name: "has metadata that cannot be read: …"
}

// Error returns the reason.
func (e *Unusable) Error() string { return e.Reason }
