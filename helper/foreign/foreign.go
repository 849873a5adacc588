// Package foreign reads the locks of other tools, so that mach's lock can be made of them: uv.lock, poetry.lock, pdm.lock,
// Pipfile.lock, a pylock.toml (PEP 751) that is not mach's, and requirements files in which every requirement is pinned
// and has hashes. They are taken as they are: no version is resolved, and of each project just the files that the lock
// has are there.
//
//	Read     what a file says, independent of any target; it says all that is wrong with it
//	For      what of it counts for one target and some extras and groups: markers are evaluated, dependencies followed,
//	         and what is missing is an error
//	Over     that as a release.Database with one release of each project, which package provide resolves and writes
//
// What the locks say, and what they leave open:
//
//   - uv.lock (version 1): all of it. The project is the package whose source is ".", or where there is none all members of
//     the workspace; optional dependencies are extras, dev-dependencies groups. Which of its packages a fork of uv is for
//     is told by resolution-markers; conflicting extras by markers on extra-N-PROJECT-EXTRA.
//   - poetry.lock (lock-version 1.0 to 2.1): what the project asks for stands in the pyproject.toml beside it. Without
//     one, 2.1 still says the groups of every package, and of others everything that is not optional is taken. There are
//     names and hashes of files, and no URLs.
//   - pdm.lock (lock_version 4): groups and markers where it was made with inherit_metadata (PDM's default), else as
//     poetry.lock. It does not tell optional dependencies from groups: a name is found as either.
//   - Pipfile.lock (pipfile-spec 6): neither who depends on whom nor names of files, of which it has the hashes: the data
//     (a database or an index) has to have them. develop is the group dev.
//   - pylock.toml: extras and groups stand in markers; default-groups are what is always needed. Most tools write no
//     dependencies; those that do write them for all targets at once, and what is of others alone is not missing.
//   - requirements.txt: as Pipfile.lock; extras and groups there are none.
//
// Of a lock that does not say who depends on whom, the metadata that the data has of its files does, as far as that
// names what is in the lock.
//
// Files without a sha256 are refused: of what a lock has no hash nobody knows that it is what was locked.
package foreign

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/release"
)

// Foreign is a lock of another tool.
type Foreign struct {
	Kind    string // "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "requirements.txt"
	File    string // what messages call it, and where its paths begin
	Again   string // the command of its tool that makes it anew
	Roots   []Root
	Extras  []string // that can be asked for; normal, sorted
	Groups  []string // likewise
	Options inputs.Options
	// Warnings is what the user should know of the file itself.
	Warnings []string

	packages []*pkg
	byName   map[string][]*pkg // once all are read
	python   constraint        // for what Python it is
	pythons  string            // the same as written
	flat     bool              // it does not say who depends on whom
	either   bool              // extras and groups are not told apart
	encoded  bool              // its markers have extras and groups as uv and PEP 751 write them
	defaults []string          // groups that the project always needs (PEP 751)
}

// Root is what the project asks for.
type Root struct {
	need
	Part inputs.Part
}

// need is a requirement within a lock.
type need struct {
	name   string // normal
	extras []string
	accept constraint // of versions; nil: any
	source string     // that of the package, if several may have the version; "" any
	marker string     // "" none

	elsewhere bool // it may be of other targets alone, and then it is no need
}

// pkg is one package of a lock.
type pkg struct {
	name, version  string // normal; a direct one may have no version
	requiresPython string // specifiers; "" none
	python         constraint
	markers        []string // it counts where one of these holds; none: everywhere
	needs          []need
	extras         map[string][]need // by normal name
	files          []release.File    // wheels, and at most one sdist
	hashes         []string          // sha256 of files whose names are not said
	origin         *release.Origin   // of a direct one
	virtual        bool              // nothing of it is installed but what it needs
	self           bool              // it is the project: what it always needs are roots already
	index          string
	source         string
	line           int
}

// kinds are the readers of locks, by their names.
var kinds = []struct {
	kind, again string
	is          func(name string, data []byte) bool
	read        func(*reader) error
}{
	{"uv.lock", "uv lock", tomlWith("[[package]]", "requires-python ="), (*reader).uv},
	{"poetry.lock", "poetry lock", tomlWith("[[package]]", "content-hash ="), (*reader).poetry},
	{"pdm.lock", "pdm lock", tomlWith("[[package]]", "lock_version ="), (*reader).pdm},
	{"Pipfile.lock", "pipenv lock", func(_ string, data []byte) bool {
		return bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) && bytes.Contains(data, []byte(`"_meta"`))
	}, (*reader).pipfile},
	{"pylock.toml", "uv export --format pylock.toml -o pylock.toml", func(name string, data []byte) bool {
		return strings.HasSuffix(name, ".toml") && hasLine(data, "lock-version")
	}, (*reader).pylock},
	{"requirements.txt", "uv export -o requirements.txt", func(name string, _ []byte) bool {
		return strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".in")
	}, (*reader).requirements},
}

// tomlWith tells a file of another name by two of its lines.
func tomlWith(header, key string) func(string, []byte) bool {
	return func(_ string, data []byte) bool { return hasLine(data, header) && hasLine(data, key) }
}

// hasLine says whether a line begins so.
func hasLine(data []byte, start string) bool {
	return bytes.HasPrefix(data, []byte(start)) || bytes.Contains(data, []byte("\n"+start))
}

// Kind is the kind of a lock, by its name and else by what it says; "" if it is none that this package reads.
func Kind(name string, data []byte) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	for _, k := range kinds {
		if base == k.kind {
			return k.kind
		}
	}
	for _, k := range kinds {
		if k.is(base, data) {
			return k.kind
		}
	}
	return ""
}

// Read reads a lock; file is where it stands, for messages, for what lies beside it and for the paths in it. Its error
// joins one for each thing that is wrong.
func Read(data []byte, file string) (*Foreign, error) {
	kind := Kind(file, data)
	for _, k := range kinds {
		if k.kind != kind {
			continue
		}
		if kind != "requirements.txt" && len(bytes.TrimSpace(data)) == 0 {
			return nil, diag.Input("%s: it is empty, and so no lock", file).Hint("write it again: %s", k.again)
		}
		r := &reader{Foreign: &Foreign{Kind: kind, File: file, Again: k.again}, data: data}
		if err := k.read(r); err != nil {
			return nil, err
		}
		if err := r.done(); err != nil {
			return nil, err
		}
		return r.Foreign, nil
	}
	return nil, diag.Input("%s: this is no lock that mach reads: those are uv.lock, poetry.lock, pdm.lock, Pipfile.lock, pylock.toml and requirements.txt with hashes", file).
		Hint("resolve what it asks for: mach lock -r %s", file)
}

// normal is a list of names in normal form, sorted, each once.
func normal(names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, pep508.NormalizeName(name))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
