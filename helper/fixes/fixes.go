// Package fixes is the data of overrides/: which provider a project is best taken from (providers.toml), and what makes
// a project build or run under Nix (fixes/NAME.toml, and the same in directories of the user's).
//
// A file of fixes is named by its project, in normal form, and has [[fix]] tables with these keys. Of systems, arrays
// and tables may be left out, and at least one key behind evidence is there:
//
//	name                  "libmagic": lower case, words joined by dashes; the tables are sorted by it
//	why                   what goes wrong without it
//	source                a link to where that is known from
//	formats               of files that it is for: "wheel", "sdist"
//	versions              a PEP 440 specifier, of the releases that it is known for
//	systems               "x86_64-linux", "linux"; none: all
//	evidence              by files of the sdist or wheel (with wild cards): a text in it that shows why the fix is needed
//	requires-dist         add: further requirements of what runs (PEP 508); drop: projects that it is not to require
//	requires-python       in the place of the release's own Requires-Python
//	python-build          sdist: further build requirements (PEP 508)
//	native-build-inputs   sdist: nixpkgs' attributes, of what runs during the build
//	build-inputs          nixpkgs' attributes: libraries to link against, also for a wheel's compiled code
//	env                   sdist: variables of the build
//	flags                 sdist: arguments for "python -m build", as in -Csetup-args=-Dx=true
//	patches               sdist: files beside the file of fixes, applied with -p1
//	substitute-source     sdist: { file, from, to }, in the source tree
//	substitute            { file, from, to }, in what is installed: below site-packages, or @out@/…
//	remove                files and directories, likewise
//	dlopen                nixpkgs' attributes: libraries that compiled code opens by name when it runs
//
// An attribute of nixpkgs may be dotted, and have alternatives for other releases of nixpkgs: "libpq or postgresql". In
// env and to, @ATTRIBUTE@ is its path in the store.
//
// What is wrong with a file is a joined error of all that is, each with its place. The files that mach has of its own
// are part of the program; each is parsed when its project is met.
package fixes

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/overrides"
)

// Fix is one [[fix]], as far as it matters to a resolution.
type Fix struct {
	Name        string
	From        string // the name of the user's directory that has it; "" is mach itself
	Formats     []string
	Versions    pep440.Specifiers // none: all
	Systems     []string          // none: all
	PythonBuild []pep508.Requirement

	// What it makes of the metadata of a file.
	Adds           []pep508.Requirement // none has a URL
	Drops          []string             // projects (normalised) of which no requirement counts
	RequiresPython string               // in the place of the file's own; "" that stays
}

// Amends says whether the fix changes the metadata of a file.
func (f *Fix) Amends() bool {
	return len(f.Adds) > 0 || len(f.Drops) > 0 || f.RequiresPython != ""
}

// Title is the fix as a lock names it, beside its project: "libmagic", or "my-overrides/libmagic".
func (f *Fix) Title() string {
	if f.From == "" {
		return f.Name
	}
	return f.From + "/" + f.Name
}

// isFor says whether the fix is for a file: its release, its format, and the system that it is used on.
func (f *Fix) isFor(version pep440.Version, format, system string) bool {
	_, kernel, _ := strings.Cut(system, "-")
	return slices.Contains(f.Formats, format) && f.Versions.Contains(version) &&
		(len(f.Systems) == 0 || slices.Contains(f.Systems, system) || slices.Contains(f.Systems, kernel))
}

// Set is where fixes are looked for. It is used by several goroutines at once.
type Set struct {
	directories []string // the user's
	mu          sync.Mutex
	known       map[string][]*Fix // by project
}

// New is the set of what mach has and of what is in some directories. A fix of a directory takes the place of those of
// the same project and name in directories before it, and in mach. Directories that do not exist, or have one name, are
// an error.
func New(directories []string) (*Set, error) {
	names := map[string]string{}
	for _, d := range directories {
		if info, err := os.Stat(d); err != nil || !info.IsDir() {
			return nil, diag.Usage("%s: there is no such directory of fixes", d)
		}
		name := nameOf(d)
		if other, ok := names[name]; ok {
			return nil, diag.Usage("the directories %s and %s have one name, by which a lock says whose a fix is", other, d).Hint("mv %s %s-more", d, filepath.Clean(d))
		}
		names[name] = d
	}
	return &Set{directories: directories, known: map[string][]*Fix{}}, nil
}

// inStore is the name of what is copied to the store of Nix.
var inStore = regexp.MustCompile(`^[0-9a-z]{32}-`)

// nameOf is the name of a directory, as lib/directoryName.nix has it.
func nameOf(directory string) string {
	if absolute, err := filepath.Abs(directory); err == nil {
		directory = absolute
	}
	return inStore.ReplaceAllString(filepath.Base(directory), "")
}

// For are the fixes for a file of a project (in normal form), sorted by title. The format is "wheel" or "sdist"; for any
// other, and where nothing is known, there are none.
func (s *Set) For(project, version, format, system string) (found []*Fix, err error) {
	if s == nil {
		return nil, nil
	}
	all, err := s.of(project)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	v, err := pep440.Parse(version)
	if err != nil {
		return nil, nil // no specifier can speak of such a release
	}
	for _, f := range all {
		if f.isFor(v, format, system) {
			found = append(found, f)
		}
	}
	return found, nil
}

// Amending are those of For that change the metadata of the file.
func (s *Set) Amending(project, version, format, system string) ([]*Fix, error) {
	if s == nil {
		return nil, nil
	}
	if all, err := s.of(project); err != nil || !slices.ContainsFunc(all, (*Fix).Amends) {
		return nil, err
	}
	found, err := s.For(project, version, format, system)
	return slices.DeleteFunc(found, func(f *Fix) bool { return !f.Amends() }), err
}

// of are all fixes of a project.
func (s *Set) of(project string) ([]*Fix, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if all, ok := s.known[project]; ok {
		return all, nil
	}
	var all []*Fix
	name := project + ".toml"
	if data, err := overrides.Fixes.ReadFile("fixes/" + name); err == nil {
		if all, err = read("overrides/fixes/"+name, data); err != nil {
			return nil, err
		}
	}
	for _, d := range s.directories {
		path := filepath.Join(d, name)
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, &diag.Error{Code: diag.ExitWorld, Err: err}
		}
		own, err := read(path, data)
		if err != nil {
			return nil, err
		}
		for _, f := range own {
			f.From = nameOf(d)
			all = slices.DeleteFunc(all, func(other *Fix) bool { return other.Name == f.Name })
		}
		all = append(all, own...)
	}
	slices.SortFunc(all, func(a, b *Fix) int { return strings.Compare(a.Title(), b.Title()) })
	s.known[project] = all
	return all, nil
}

// read reads a file of fixes without a look at what lies beside it.
func read(name string, data []byte) ([]*Fix, error) {
	f, err := parse(name, data)
	if err != nil {
		return nil, err
	}
	found := f.fixes()
	return found, f.err()
}
