// Package inputs reads what a user asks for: requirements files, requirements of the command line, pyproject.toml,
// Pipfile, conda's environment.yml and scripts.
// Every requirement knows where it was written.
//
// # Projects
//
// What a project's directory says is read by package sdist: dependencies, and the extras and groups that are asked for. A
// requirement on the project itself stands for the extras that it names, under the condition that it has. Where a tool
// says from where a project is taken (Poetry, uv), it is taken from there: where that is for some targets only, beside the
// requirement itself, whose versions count there too. Of a workspace the root may be no project: then its members are
// asked for. What cannot be known without a build is an
// error, and so is what setuptools recorded once: it may be of another day. A project meets the requirements of others on
// it. To build a project there is [build-system] (PEP 518), and without one setuptools.
//
// # Requirements files
//
// The format is pip's. A line ends in LF, CR LF or CR; one that ends in a backslash goes on in the next. A comment
// begins with # at the start of a line or behind white space. Then ${NAME}, where NAME is of A-Z, 0-9 and _, is replaced
// by the environment variable, if that is set to anything. What is left is empty, a requirement, or options:
//
//	line        = [requirement] *(option)
//	requirement = PEP 508 | URL | path               as "flask[async]>=3 ; python_version >= '3.9'"
//	option      = "--name" | "--name=value" | "--name value" | "-n value" | "-nvalue"
//
// Options are split as a shell does, with quotes and backslashes, and a long name may be cut as far as it is clear.
// Options of a requirement: --hash. Options of the file: -r, -c, -e, -i, --extra-index-url, -f, --no-index, --no-binary,
// --only-binary, --pre, --all-releases, --only-final, --require-hashes, --no-require-hashes, --trusted-host. Two are
// ignored: --use-feature is for pip itself, and for --prefer-binary there are providers. A path in -r and -c begins at
// the file it stands in. A file is UTF-8, or what its byte order mark says (UTF-16), or a line "# coding: latin-1" among
// the first two.
//
// Where we differ from pip: only the three ends of line above count, not form feeds and the like; a tab separates as a
// space does; each of several -r, -c and -e in one line counts, not the first alone; what pip ignores is an error here
// (an option of the file behind a requirement, a --hash without one, words behind options, a hash of a wrong length);
// bytes that are not UTF-8 are an error and not read in the encoding of the locale.
//
// A direct reference is a URL or a path (package reference). A path begins at the file it stands in if a project or a file
// is there, else at the working directory, where pip looks.
//
// A file may lie on a server (http, https), and what it includes then lies beside it. Of a project with --hash, in
// whatever requirement or constraint, the files that have one of the hashes are all that there is (package provide);
// unlike pip, a hash does not by itself ask for those of all others: --require-hashes does. A constraint on a URL says
// where the project is taken from if anything needs it. --config-settings is refused: a fix says that.
//
// # Pipfiles
//
// A file called Pipfile (TOML) has the project's [packages], and groups: [dev-packages] is the group dev, any other
// table of packages the group of its name.
//
//	package = NAME [extras] "=" ( "*" | specifiers | version | table )
//	table   = version, extras, markers and the names of markers (sys_platform = "== 'linux'"), index,
//	          git with ref and subdirectory, path, file, editable
//
// [[source]] are indexes; [requires] is the Python, of whose patch level there is one; allow_prereleases is obeyed. Of the
// sources the first is for all packages, the others are for those that name them.
//
// # Conda environments
//
// A YAML file (.yml, .yaml, or one with the line "dependencies:") has a list of dependencies: packages of conda, and the
// list of pip, whose items are lines of a requirements file.
//
//	package = [channel "::"] NAME [version] [build] | [channel "::"] NAME "[" *(key "=" value) "]"
//	version = "=1.2" and "1.2.*" (all of 1.2) | "==1.2" and "1.2" (that alone) | clauses of PEP 440, with commas
//
// overrides/conda.toml says which Python project a package is; without an entry it is the one of its own name, if the
// data has that. All packages that are none are one error. Channels and builds are not read; python is the Python; the
// "or" of versions is an error.
//
// # Scripts
//
// A Python file has a block of comments from "# /// script" to "# ///", in which dependencies and requires-python stand
// (PEP 723). Of [tool] the sources, indexes and constraints of uv are obeyed.
package inputs

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/sdist"
)

// Sources is what is to be read.
type Sources struct {
	Files       []string  // requirements files; "-" is Stdin
	Constraints []string  // constraints files
	Arguments   []string  // requirements; or projects: a directory (with a separator, or . or ..) or its pyproject.toml
	Extras      []string  // optional dependencies of those projects that are wanted
	AllExtras   bool      // all that they have
	Groups      []string  // dependency groups of those projects that are wanted
	AllGroups   bool      // all that they have
	Builds      []string  // directories of projects of which only what builds them is wanted, each also as NAME=DIRECTORY
	Stdin       io.Reader // for the file "-"

	Fetch func(url string) ([]byte, error) // reads a file on a server; nil: none is read
}

// Inputs is what was read, in the order of files, arguments and lines.
type Inputs struct {
	Requirements []Requirement
	Constraints  []Requirement // they limit versions and ask for nothing
	Options      Options
	Python       []Python // what projects say of Python's version
	Extras       []string // those of projects that were read; normal, sorted
	Groups       []string // likewise
	Projects     []Project
	Warnings     []string // each with its place
}

// Requirement is one requirement, and where it was written.
type Requirement struct {
	pep508.Requirement
	Part
	Reference *reference.Reference // where it is taken from; nil: a release. Its name may be known only there.
	Hashes    []Hash               // any of them will do; none: no file is refused
	Editable  bool
	Indexes   []sdist.Place // it is taken from one of these alone, where their markers hold
	missing   *diag.Error   // what is wrong if no project at hand is it; nil: nothing is
	Conda     string        // the package of conda that it is said by; "" none
	Origin
}

// Part is the extra or the dependency group of a project that a requirement is of, in normal form, or neither. One that
// is of several is there once for each.
type Part struct{ Extra, Group string }

// Hash is a digest that a file may have.
type Hash struct {
	Algorithm string // sha256, sha384 or sha512
	Digest    string // lower-case hex
}

// Python is the requires-python of a project.
type Python struct {
	pep440.Specifiers
	Origin
}

// Origin is where something was written.
type Origin = diag.Origin

// Options is what files say beside requirements.
type Options struct {
	Indexes       []*sdist.Index // of the default ones the last counts
	FindLinks     []string
	NoIndex       bool
	TrustedHosts  []string
	RequireHashes bool
	binary        choice // --no-binary, --only-binary
	final         choice // --all-releases, --only-final
}

// Read reads all sources. Its error joins one for each thing that is wrong.
func Read(s Sources) (*Inputs, error) {
	if len(s.Files)+len(s.Constraints)+len(s.Arguments)+len(s.Builds) == 0 {
		return nil, diag.Usage("no requirements were given").Hint("name some: mach lock flask").
			Hint("or a file with them: mach lock -r requirements.txt").Hint("or a project's directory: mach lock .")
	}
	r := &reader{in: &Inputs{}, sources: s}
	for _, name := range s.Files {
		r.top(name, false)
	}
	for _, name := range s.Constraints {
		r.top(name, true)
	}
	for i, text := range s.Arguments {
		switch {
		case kindOf(text) != nil && !strings.ContainsAny(text, ":@ "):
			r.top(text, false)
		case isProject(text):
			r.projects++
			r.project(text)
		default:
			r.argument(i+1, text)
		}
	}
	if r.projects == 0 {
		r.ofNoProject()
	}
	for _, dir := range s.Builds {
		r.build(dir)
	}
	r.sameProjects()
	r.amongProjects()
	for _, req := range r.in.Requirements {
		if req.missing != nil {
			r.fail(req.missing)
		}
	}
	r.requireHashes()
	if err := errors.Join(r.errs...); err != nil {
		return nil, err
	}
	r.in.Extras, r.in.Groups = sorted(r.in.Extras), sorted(r.in.Groups)
	return r.in, nil
}

// sorted are names in order, each once.
func sorted(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// ofNoProject refuses extras and groups where there is no project that could have them.
func (r *reader) ofNoProject() {
	for _, asked := range []struct {
		what  string
		names []string
		all   bool
	}{{"extra", r.sources.Extras, r.sources.AllExtras}, {"group", r.sources.Groups, r.sources.AllGroups}} {
		switch {
		case len(asked.names) > 0:
			name := asked.names[0]
			r.fail(diag.Usage("%s %q of no project", asked.what, name).Hint("name the project's directory: mach lock ./ --%s %s", asked.what, name))
		case asked.all:
			r.fail(diag.Usage("all %ss of no project", asked.what).Hint("name the project's directory: mach lock ./ --all-%ss", asked.what))
		}
	}
}

// requireHashes refuses requirements without a hash, if all are to have one.
func (r *reader) requireHashes() {
	if !r.in.Options.RequireHashes {
		return
	}
	given := map[string]bool{}
	for _, req := range slices.Concat(r.in.Requirements, r.in.Constraints) {
		name := pep508.NormalizeName(req.Name)
		given[name] = given[name] || len(req.Hashes) > 0
	}
	for _, req := range r.in.Requirements {
		switch {
		case req.Reference != nil && !req.Reference.IsFile():
			r.fail(req.Errorf("--require-hashes is set, and %s is no file and has no hash", req.Reference).Hint("take a release of it, or leave --require-hashes out"))
		case given[pep508.NormalizeName(req.Name)] && req.Name != "" || len(req.Hashes) > 0 || req.Reference != nil && len(req.Reference.Hashes) > 0:
		default:
			r.fail(req.Errorf("--require-hashes is set, and %s has no hash", req.Requirement).Hint("write its hash behind it, as in: --hash=sha256:…"))
		}
	}
}

// reader collects what is read, and all that is wrong with it.
type reader struct {
	sources  Sources
	in       *Inputs
	part     Part // of what is read
	errs     []error
	projects int // that may have groups
}

// warn notes what the user should know of a place.
func (r *reader) warn(at Origin, format string, args ...any) {
	r.in.Warnings = append(r.in.Warnings, at.Where.String()+": "+fmt.Sprintf(format, args...))
}

// fail notes an error. What is read for several parts is reported once.
func (r *reader) fail(err *diag.Error) {
	if !slices.ContainsFunc(r.errs, func(e error) bool { return e.Error() == err.Error() }) {
		r.errs = append(r.errs, err)
	}
}

// isProject tells a project from a requirement among the arguments. A requirement has no separator in its name; a URL
// has a scheme before its first, and a direct reference an @.
func isProject(text string) bool {
	before, _, sep := strings.Cut(text, "/")
	switch {
	case text == "." || text == ".." || text == pyproject:
		return true
	case isRequirements(text) || reference.IsFile(text):
		return false
	}
	return sep && !strings.ContainsAny(before, ":@")
}

// isRequirements reports whether an argument looks like a requirements file, which is no name of a project in use.
func isRequirements(text string) bool {
	return strings.HasSuffix(text, ".txt") || strings.HasSuffix(text, ".in")
}
