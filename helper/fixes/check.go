package fixes

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
	"mach/helper/pep508"
)

// Kind is what a file of overrides/ is.
type Kind uint8

// The kinds of files.
const (
	OtherFile     Kind = iota // none of these
	FixesFile                 // [[fix]]
	ProvidersFile             // [defaults]: providers.toml
	NamesFile                 // [attributes]: names.toml
	CondaFile                 // [conda]: conda.toml
	ModulesFile               // [modules]: modules.toml
)

// KindOf says by its tables what a TOML file is. One that cannot be read is OtherFile.
func KindOf(data []byte) Kind {
	f := &file{data: data}
	root := f.parse()
	if root == nil {
		return OtherFile
	}
	for _, top := range root.fields {
		switch top.name {
		case "fix":
			return FixesFile
		case "defaults":
			return ProvidersFile
		case "attributes":
			return NamesFile
		case "conda":
			return CondaFile
		case "modules":
			return ModulesFile
		}
	}
	return OtherFile
}

// Check says all that is wrong with a file of fixes: its name in a directory, its tables, and the patches that are to
// lie beside it. shown is the directory as messages have it.
func Check(directory fs.FS, shown, name string) error {
	f, err := open(directory, shown, name)
	if err != nil {
		return err
	}
	f.project(strings.TrimSuffix(name, ".toml"))
	f.fixes()
	f.patches(directory)
	return f.err()
}

// CheckTable says all that is wrong with providers.toml, names.toml, conda.toml or modules.toml.
func CheckTable(directory fs.FS, shown, name string, kind Kind) error {
	f, err := open(directory, shown, name)
	if err != nil {
		return err
	}
	switch kind {
	case ProvidersFile:
		f.byProject("defaults", f.providers)
	case CondaFile:
		f.byProject("conda", f.conda)
	case ModulesFile:
		f.byProject("modules", f.module)
	default:
		had := map[string]bool{}
		f.byProject("attributes", func(project field) { f.attribute(project, had) })
	}
	return f.err()
}

func open(directory fs.FS, shown, name string) (*file, error) {
	data, err := fs.ReadFile(directory, name)
	if err != nil {
		return nil, &diag.Error{Code: diag.ExitWorld, Err: err}
	}
	return &file{name: path.Join(shown, name), data: data}, nil
}

// project checks that a file is named by a project.
func (f *file) project(name string) {
	switch normal := pep508.NormalizeName(name); {
	case !pep508.ValidName(name):
		f.fail(unstable.Range{}, "%q is not the name of a project, by which a file of fixes is called", name)
	case normal != name:
		f.fail(unstable.Range{}, "the project's name in normal form is %q", normal).Hint("mv %s %s.toml", f.name, path.Join(path.Dir(f.name), normal))
	}
}

// patches checks that there are the patches that the fixes name.
func (f *file) patches(directory fs.FS) {
	silent := &file{data: f.data}
	root := silent.parse()
	if root == nil || root.get("fix") == nil {
		return
	}
	for _, fix := range root.get("fix").items {
		if fix.get("patches") == nil {
			continue
		}
		for _, patch := range fix.get("patches").items {
			if _, err := fs.Stat(directory, patch.text); err != nil && checkPath(patch.text) == nil {
				f.fail(patch.place, "there is no patch %q beside the file", patch.text)
			}
		}
	}
}

// byProject checks a file of one table whose keys are projects, sorted.
func (f *file) byProject(name string, check func(field)) {
	root := f.parse()
	if root == nil {
		return
	}
	for _, top := range root.fields {
		if top.name != name || top.value.kind != table {
			f.fail(top.place, "%q is unknown: there is one table, [%s]", top.name, name)
			continue
		}
		last := ""
		for _, one := range top.value.fields {
			switch {
			case !pep508.ValidName(one.name) || pep508.NormalizeName(one.name) != one.name:
				f.fail(one.place, "%q is no project's name in normal form", one.name).Hint("%s", pep508.NormalizeName(one.name))
			case one.name < last:
				f.fail(one.place, "%q stands behind %q: they are sorted", one.name, last)
			}
			last = one.name
			check(one)
		}
	}
}

// providers checks the order of providers of a project.
func (f *file) providers(project field) {
	check := key{kind: array, check: oneOf("provider", []string{"wheel", "sdist", "nixpkgs"})}
	f.check(project, check)
}

// conda checks the requirement that a package of conda is: a project, perhaps with extras; "" is none.
func (f *file) conda(pkg field) {
	f.isText(pkg.name, pkg.value, func(text string) error {
		req, err := pep508.Parse(text)
		if text != "" && (err != nil || len(req.Specifiers) > 0 || req.Marker != nil || req.URL != "" || req.Name != pep508.NormalizeName(req.Name)) {
			return fmt.Errorf("%q is no project's name in normal form", text)
		}
		return nil
	})
}

// module checks the project that has a module.
func (f *file) module(m field) {
	f.isText(m.name, m.value, func(text string) error {
		if !pep508.ValidName(text) || pep508.NormalizeName(text) != text || text == m.name {
			return fmt.Errorf("%q is no other project's name in normal form", text)
		}
		return nil
	})
}

// attribute checks the attribute of a project, which is no other's.
func (f *file) attribute(project field, had map[string]bool) {
	v := project.value
	if f.isText(project.name, v, checkFilled) && had[v.text] {
		f.fail(v.place, "%q is another project's attribute too", v.text)
	}
	had[v.text] = true
}
