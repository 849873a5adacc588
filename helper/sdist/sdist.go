package sdist

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/metadata"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tomltree"
)

// Project is what a source tree says of itself.
type Project struct {
	Kind           string // what says it: "pep621", "poetry", "flit", "setuptools" or "pkg-info"; "" is nothing
	File           string // the file that says it, or would, as messages call it
	Name           Text   // each of the three is the zero Text if it is not stated
	Version        Text
	RequiresPython Text
	Dependencies   []Text            // PEP 508, or what cannot be read as such, as written
	Extras         map[string][]Text // by normalised name
	Groups         map[string]*Group // likewise
	Constraints    []Text            // what limits versions where this project is developed
	Sources        []Source          // where projects come from where this one is developed
	Indexes        []*Index          // of which some may be for all projects, in the order of their tool
	Workspace      *Workspace        // nil: it is in none, or was not read with its directory
	Build          BuildSystem
	Unknown        []Unknown
	Recorded       *release.Metadata // what setuptools saw when an sdist was made, where the dependencies are unknown; else nil
	Notes          []Note            // settings of tools that are not obeyed
	info           *metadata.Metadata
	dir            string // where it lies, if it was read with its directory
}

// BuildSystem is the table of that name (PEP 518, 517). Without requirements and backend there is none.
type BuildSystem struct {
	Requires    []Text
	Backend     Text
	BackendPath []Text
	Manifest    Text // the Cargo.toml that maturin is to build
}

// The fields that may be unknown.
const (
	Name           = "name"
	Version        = "version"
	RequiresPython = "requires-python"
	Dependencies   = "dependencies"
	Extras         = "optional-dependencies"
	Build          = "build-system"
)

var allFields = []string{Name, Version, RequiresPython, Dependencies, Extras}

// Unknown is a field that cannot be known without a build, or whose value is wrong.
type Unknown struct {
	Field  string
	Reason string
	Wrong  bool // the file is at fault, and Reason says so
	Text        // where that begins
}

// Error is that a field is unknown, for one who needs it.
func (u Unknown) Error() *diag.Error {
	if u.Wrong {
		return u.Origin().Errorf("%s", u.Reason)
	}
	what := map[string]string{Extras: "optional dependencies", RequiresPython: "Python versions"}[u.Field]
	if what == "" {
		what = u.Field
	}
	err := u.Origin().Errorf("its %s cannot be known without a build: %s", what, u.Reason)
	switch u.Field {
	case Dependencies:
		err.Hint("write them down in pyproject.toml under [project], as in: dependencies = [\"flask>=3\"]")
	case Extras:
		err.Hint("write them down in pyproject.toml under [project.optional-dependencies], as in: web = [\"flask>=3\"]")
	}
	return err
}

// Why is why one of some fields is unknown; nil if all are known.
func (p *Project) Why(fields ...string) *Unknown {
	for i, u := range p.Unknown {
		if slices.Contains(fields, u.Field) {
			return &p.Unknown[i]
		}
	}
	return nil
}

// Note is a setting that is not obeyed.
type Note struct {
	Reason string
	Text
}

// Source is where a tool takes a project from in the place of its index.
type Source struct {
	Project   string // normalised
	Tool      string // "uv" or "poetry"
	Reference Text   // what follows "@" in a requirement: "git+https://…@v1#subdirectory=x", a URL, or a path from the tree on; "" is none
	Index     Text   // the name of an index; "" is none
	Workspace Text   // "true": it is a member of the tool's workspace
	Editable  bool   // such a member is to be used where it lies, in shells
	Marker    Text   // where it is so; "" is everywhere
	Extra     string // for that extra alone, normalised
	Group     string // for that group alone, normalised
}

// Read reads a source tree, such as an unpacked sdist. shown is what messages call it: a directory, or an archive's
// name. The error is fs.ErrNotExist if there is nothing that a build could begin with, or what makes pyproject.toml
// unreadable: then it is a *diag.Error.
//
// Of a tree that is not whole, files that are missing are to answer with an error other than fs.ErrNotExist.
func Read(tree fs.FS, shown string) (*Project, error) {
	r, err := read(tree, shown)
	if err != nil {
		return nil, err
	}
	return r.p, nil
}

func read(tree fs.FS, shown string) (*reader, error) {
	r := &reader{tree: tree, shown: shown, files: map[string]*file{}, need: map[string]bool{}}
	r.p = &Project{Extras: map[string][]Text{}, Groups: map[string]*Group{}, File: path.Join(shown, pyproject)}
	for _, field := range allFields {
		r.need[field] = true
	}
	if err := r.begin(); err != nil {
		return nil, err
	}
	r.buildSystem()
	r.project()
	r.pkgInfo()
	r.backend()
	r.uv()
	r.indexes()
	r.groups()
	r.settle()
	return r, nil
}

const pyproject = "pyproject.toml"

// reader reads a tree, from what is certain to what is less so.
type reader struct {
	tree  fs.FS
	shown string
	files map[string]*file
	p     *Project
	root  *tomltree.Value    // pyproject.toml; nil if there is none
	need  map[string]bool    // fields that nothing has said yet
	info  *metadata.Metadata // of PKG-INFO; nil if it cannot be read
	setup *setupCall         // of setup.py
	cfg   *config            // setup.cfg
}

// begin opens what there is.
func (r *reader) begin() error {
	f, err := r.open(pyproject)
	switch {
	case err == nil:
		root, bad := tomltree.Parse(f.Text, &f.File)
		if bad != nil {
			return bad
		}
		r.root = root
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return diag.Input("%s", r.p.File).Because(err)
	}
	for _, name := range []string{"setup.py", "setup.cfg", "PKG-INFO"} {
		if r.exists(name) {
			r.p.File = path.Join(r.shown, name)
			return nil
		}
	}
	return fs.ErrNotExist
}

// exists says whether there is a file, whether it can be read or not.
func (r *reader) exists(name string) bool {
	_, err := r.open(name)
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

// kind says what states the dependencies; the first one that does.
func (r *reader) kind(kind string) {
	if r.p.Kind == "" {
		r.p.Kind = kind
	}
}

// unknown notes that a field cannot be known, if nothing has said it.
func (r *reader) unknown(field string, at Text, format string, args ...any) {
	if r.need[field] {
		r.p.Unknown = append(r.p.Unknown, Unknown{Field: field, Reason: sprintf(format, args...), Text: at})
		delete(r.need, field)
	}
}

// wrong notes a value that is not what it should be.
func (r *reader) wrong(field string, at Text, format string, args ...any) {
	r.p.Unknown = append(r.p.Unknown, Unknown{Field: field, Reason: sprintf(format, args...), Wrong: true, Text: at})
	delete(r.need, field)
}

// one takes a text for a field, if nothing has said it.
func (r *reader) one(field string, t Text) {
	to := map[string]*Text{Name: &r.p.Name, Version: &r.p.Version, RequiresPython: &r.p.RequiresPython}[field]
	if r.need[field] && t.Value != "" {
		*to = t
		delete(r.need, field)
	}
}

// dependencies takes those, if nothing has said them.
func (r *reader) dependencies(list []Text) {
	if r.need[Dependencies] {
		r.p.Dependencies = list
		delete(r.need, Dependencies)
	}
}

// extras takes those, if nothing has said them.
func (r *reader) extras(all map[string][]Text) {
	if r.need[Extras] {
		maps.Copy(r.p.Extras, all)
		delete(r.need, Extras)
	}
}

// only is a requirement that holds under a condition, as a build backend writes it; not ok if it cannot be read.
func only(t Text, condition string) (Text, bool) {
	if condition == "" {
		return t, true
	}
	req, err := pep508.ParseLenient(t.Value)
	if err != nil {
		return t, false
	}
	if req.Marker != nil {
		condition = "(" + req.Marker.String() + ") and " + condition
	}
	req.Marker = nil
	return t.with(strings.TrimSpace(req.String()) + " ; " + condition), true
}
