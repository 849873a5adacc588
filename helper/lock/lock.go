// Package lock is the lock: a pylock.toml (PEP 751) with a [tool.mach] table that says what the standard has no place
// for. A Lock is the file's contents under the file's names; Read reads and checks it, Marshal writes it.
//
// Marshal writes the same bytes for the same contents, so that a lock that has not changed makes no diff. The form is:
//
//	lock-version, environments, requires-python, extras, dependency-groups, default-groups, created-by
//	[[packages]]              sorted by name, then version, then marker
//	    name, version, marker, requires-python, dependencies, vcs | directory | archive, index, sdist, wheels,
//	    attestation-identities
//	[packages.tool.mach]      provider, systems, extras, groups, wheel, locations, attr, build-backend, build, crates,
//	                          crate-registry, fixes, cut
//	[tool.mach]               version, requirements, python, systems, exclude-newer, database, database-date
//	[[tool.mach.project]]     sorted by name, then systems
//	    name, version, systems, dependencies, build
//	[[tool.mach.build]]       sorted by id, then systems
//	    id, name, version, requires-python, dependencies, sdist, wheels and the keys of [packages.tool.mach]
//
// in that order. What is empty is left out, but for packages and requirements. An array of two and more elements has each on a
// line; a file is an inline table: name, url, path, size, hashes. A string stands between double quotes, or between
// single ones where that saves escapes.
//
// The packages of all systems, extras and dependency groups stand in one list. What decides for another installer is
// the marker, and for mach what [packages.tool.mach] says, which means the same: the systems that an entry is for, and
// the extras and groups of which one has to be asked for.
//
// Read accepts every lock of lock-version 1.0, mach's or not. Where we deviate from PEP 751:
//
//   - A file needs neither url nor path: where no index is known, the location in [packages.tool.mach] and nixpkgs'
//     fetchPypi serve. Such a lock is for mach alone.
//   - The standard wants a source for each package. One from nixpkgs has the files that the index has of the same
//     version, for other tools; and where there are none, directory = { path = "nixpkgs:ATTR" } stands for the source,
//     which Read takes away again.
//   - upload-time is read past and never written: builtins.fromTOML of Nix refuses dates.
//   - Tables of other tools and unknown keys are read past. In a dependency so are sdist, wheels and requires-python.
//
// Because readers pass over keys that they do not know, a key that changes what is installed raises the version; any
// other may be added.
//
// No string is written in a way that TOML 1.0 or any Nix since 2.8 could not read; TOML has no NUL for Nix, and bytes
// that are not UTF-8 become U+FFFD.
package lock

import (
	"cmp"
	"slices"
)

// Version is the version of [tool.mach] that this package reads and writes.
const Version = 1

// The values of Provided.Provider.
const (
	Wheel   = "wheel"
	Sdist   = "sdist"
	Nixpkgs = "nixpkgs"
	Direct  = "direct"
	Tag     = "tag" // of a repository, in VCS
)

// Lock is a pylock.toml.
type Lock struct {
	Environments     []string  `toml:"environments"` // markers; the lock is for what satisfies one of them
	RequiresPython   string    `toml:"requires-python"`
	Extras           []string  `toml:"extras"`
	DependencyGroups []string  `toml:"dependency-groups"`
	DefaultGroups    []string  `toml:"default-groups"`
	CreatedBy        string    `toml:"created-by"`
	Packages         []Package `toml:"packages"` // the runtime set
	Tool             Tool      `toml:"tool"`
}

// Tool is the table in which tools keep what is theirs.
type Tool struct {
	Mach *Mach `toml:"mach"` // nil: the lock is not mach's
}

// Mach is [tool.mach]: what was locked, for which targets, on which data, and what is needed to build it.
type Mach struct {
	Version int `toml:"version"`
	// Requirements are the user's (PEP 508), with the marker `"docs" in extras` or `"dev" in dependency_groups` where
	// they are of an extra or a group.
	Requirements []string  `toml:"requirements"`
	Constraints  []string  `toml:"constraints"`   // the user's; none: there were none
	Python       string    `toml:"python"`        // "3.11"
	Systems      []string  `toml:"systems"`       // Nix's names, sorted
	ExcludeNewer string    `toml:"exclude-newer"` // releases after this day or time were ignored; "" none were
	Database     string    `toml:"database"`      // the hash of its root in hex; "" is no database
	DatabaseDate string    `toml:"database-date"`
	Projects     []Project `toml:"project"`
	Build        []Build   `toml:"build"` // the pool of build packages; two may be releases of one project
}

// Project is one of [[tool.mach.project]]: a project that was locked from its directory, to be built from it. It is none
// of the packages. Several entries of a name are for different systems.
type Project struct {
	Name         string   `toml:"name"`         // in normal form; "" is unknown, and then it is the only one
	Version      string   `toml:"version"`      // "" is unknown
	Systems      []string `toml:"systems"`      // that it is for; none: all of the lock's
	Dependencies []string `toml:"dependencies"` // the projects that its requirements name, also for the extras and groups of the lock
	Build        []string `toml:"build"`        // the ids of its build packages
}

// ID names a project among sdists, and in messages.
func (p *Project) ID() string { return cmp.Or(p.Name, "the project") }

// IsFor says whether an entry is for a system.
func (p *Provided) IsFor(system string) bool {
	return len(p.Systems) == 0 || slices.Contains(p.Systems, system)
}

// Package is one of [[packages]]: a release and its source, which is one of VCS, Directory, Archive, or Sdist and
// Wheels together. Several entries of a name have markers that no target satisfies two of.
type Package struct {
	Name                  string              `toml:"name"` // in normal form
	Version               string              `toml:"version"`
	Marker                string              `toml:"marker"`
	RequiresPython        string              `toml:"requires-python"`
	Dependencies          []Dependency        `toml:"dependencies"`
	VCS                   *VCS                `toml:"vcs"`
	Directory             *Directory          `toml:"directory"`
	Archive               *Archive            `toml:"archive"`
	Index                 string              `toml:"index"`
	Sdist                 *File               `toml:"sdist"`
	Wheels                []File              `toml:"wheels"`
	AttestationIdentities []map[string]string `toml:"attestation-identities"` // each has a kind
	Tool                  PackageTool         `toml:"tool"`
}

// PackageTool is the table of a package in which tools keep what is theirs.
type PackageTool struct {
	Mach *Provided `toml:"mach"`
}

// Provided says how mach comes by a release, and when.
type Provided struct {
	Provider     string            `toml:"provider"`
	Systems      []string          `toml:"systems"`       // that it is for; none: all of the lock's
	Extras       []string          `toml:"extras"`        // it belongs if one of these is asked for, or
	Groups       []string          `toml:"groups"`        // one of these groups; none of both: it always does
	Wheel        map[string]string `toml:"wheel"`         // the name of the wheel for each system, where there are several
	Locations    map[string]string `toml:"locations"`     // below the index's file host, by the name of a file without URL and path
	Attr         string            `toml:"attr"`          // nixpkgs' attribute, of that provider
	BuildBackend string            `toml:"build-backend"` // of an sdist (PEP 517)
	Build        []string          `toml:"build"`         // the ids of the build packages of an sdist
	// Crates are those of a build with Rust: "name version SHA256", or "name version git+https://…#COMMIT", sorted.
	Crates        []string `toml:"crates"`
	CrateRegistry string   `toml:"crate-registry"` // of those with a hash, as Cargo.lock calls it
	Fixes         []string `toml:"fixes"`          // that were chosen for its file: "name", or "directory/name" of a user's own
	Cut           []string `toml:"cut"`            // names of dependencies that are not propagated, as they close a cycle
}

// Build is one of [[tool.mach.build]]: a release that takes part in a build. Unlike a Package it names its
// dependencies by id, for a name may stand for several releases. Several entries of an id are for different systems.
type Build struct {
	ID             string     `toml:"id"` // name==version
	Name           string     `toml:"name"`
	Version        string     `toml:"version"`
	RequiresPython string     `toml:"requires-python"`
	Dependencies   []string   `toml:"dependencies"`
	VCS            *VCS       `toml:"vcs"`
	Directory      *Directory `toml:"directory"`
	Archive        *Archive   `toml:"archive"`
	Sdist          *File      `toml:"sdist"`
	Wheels         []File     `toml:"wheels"`
	Provided
}

// Dependency names another of the packages by as many of its keys as tell it from the rest.
type Dependency struct {
	Name      string     `toml:"name"`
	Version   string     `toml:"version"`
	Marker    string     `toml:"marker"`
	VCS       *VCS       `toml:"vcs"`
	Directory *Directory `toml:"directory"`
	Archive   *Archive   `toml:"archive"`
	Index     string     `toml:"index"`
}

// VCS is a source in version control, at URL or at Path.
type VCS struct {
	Type              string `toml:"type"` // "git", …
	URL               string `toml:"url"`
	Path              string `toml:"path"`
	RequestedRevision string `toml:"requested-revision"`
	CommitID          string `toml:"commit-id"`
	Subdirectory      string `toml:"subdirectory"`
}

// Directory is a source tree beside the lock.
type Directory struct {
	Path         string `toml:"path"`
	Editable     bool   `toml:"editable"`
	Subdirectory string `toml:"subdirectory"`
}

// Archive is a source tree or a wheel in a file that is of no index, at URL or at Path.
type Archive struct {
	URL          string            `toml:"url"`
	Path         string            `toml:"path"`
	Size         int64             `toml:"size"` // bytes; 0 is unknown
	Hashes       map[string]string `toml:"hashes"`
	Subdirectory string            `toml:"subdirectory"`
}

// File is a wheel or an sdist of an index.
type File struct {
	Name   string            `toml:"name"`
	URL    string            `toml:"url"`
	Path   string            `toml:"path"`
	Size   int64             `toml:"size"`   // bytes; 0 is unknown
	Hashes map[string]string `toml:"hashes"` // hex, by the algorithm's name: sha256
}

// hasSource says whether the package has any of the standard's sources.
func (p *Package) hasSource() bool {
	return p.VCS != nil || p.Directory != nil || p.Archive != nil || p.Sdist != nil || len(p.Wheels) > 0
}

// nixpkgsDirectory is what stands for the missing source of a package from nixpkgs, or nil if none is missing.
func (p *Package) nixpkgsDirectory() *Directory {
	if p.Tool.Mach == nil || p.Tool.Mach.Provider != Nixpkgs || p.hasSource() {
		return nil
	}
	return &Directory{Path: "nixpkgs:" + p.Tool.Mach.Attr}
}
