package fixes

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/tomltree"
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
	f, err := parse("", data)
	if err != nil {
		return OtherFile
	}
	for _, top := range f.root.Fields {
		switch top.Key.Value {
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
		f.byProject("attributes", func(project *tomltree.Value) { f.attribute(project, had) })
	}
	return f.err()
}

func open(directory fs.FS, shown, name string) (*file, error) {
	data, err := fs.ReadFile(directory, name)
	if err != nil {
		return nil, &diag.Error{Code: diag.ExitWorld, Err: err}
	}
	return parse(path.Join(shown, name), data)
}

// project checks that a file is named by a project.
func (f *file) project(name string) {
	switch normal := pep508.NormalizeName(name); {
	case !pep508.ValidName(name):
		f.fail(f.root.Text, "%q is not the name of a project, by which a file of fixes is called", name)
	case normal != name:
		f.fail(f.root.Text, "the project's name in normal form is %q", normal).Hint("mv %s %s.toml", f.name, path.Join(path.Dir(f.name), normal))
	}
}

// patches checks that there are the patches that the fixes name.
func (f *file) patches(directory fs.FS) {
	fixes := f.root.At("fix")
	if fixes == nil {
		return
	}
	for _, fix := range fixes.Items {
		patches, _ := fix.At("patches").Strings()
		for _, patch := range patches {
			if _, err := fs.Stat(directory, patch.Value); err != nil && checkPath(patch.Value) == nil {
				f.fail(patch, "there is no patch %q beside the file", patch.Value)
			}
		}
	}
}

// byProject checks a file of one table whose keys are projects, sorted.
func (f *file) byProject(name string, check func(*tomltree.Value)) {
	for _, top := range f.root.Fields {
		if top.Key.Value != name || top.Kind != tomltree.Table {
			f.fail(top.Key, "%q is unknown: there is one table, [%s]", top.Key.Value, name)
			continue
		}
		last := ""
		for _, one := range top.Fields {
			project := one.Key.Value
			switch {
			case !pep508.ValidName(project) || pep508.NormalizeName(project) != project:
				f.fail(one.Key, "%q is no project's name in normal form", project).Hint("%s", pep508.NormalizeName(project))
			case project < last:
				f.fail(one.Key, "%q stands behind %q: they are sorted", project, last)
			}
			last = project
			check(one)
		}
	}
}

// providers checks the order of providers of a project.
func (f *file) providers(project *tomltree.Value) {
	check := key{kind: tomltree.Array, check: oneOf("provider", []string{"wheel", "sdist", "nixpkgs"})}
	f.check(project.Key.Value, project, check)
}

// conda checks the requirement that a package of conda is: a project, perhaps with extras; "" is none.
func (f *file) conda(pkg *tomltree.Value) {
	f.isText(pkg.Key.Value, pkg, func(text string) error {
		req, err := pep508.Parse(text)
		if text != "" && (err != nil || len(req.Specifiers) > 0 || req.Marker != nil || req.URL != "" || req.Name != pep508.NormalizeName(req.Name)) {
			return fmt.Errorf("%q is no project's name in normal form", text)
		}
		return nil
	})
}

// module checks the project that has a module.
func (f *file) module(m *tomltree.Value) {
	name := m.Key.Value
	f.isText(name, m, func(text string) error {
		if !pep508.ValidName(text) || pep508.NormalizeName(text) != text || text == name {
			return fmt.Errorf("%q is no other project's name in normal form", text)
		}
		return nil
	})
}

// attribute checks the attribute of a project, which is no other's.
func (f *file) attribute(project *tomltree.Value, had map[string]bool) {
	attribute := project.Text
	if f.isText(project.Key.Value, project, checkFilled) && had[attribute.Value] {
		f.fail(attribute, "%q is another project's attribute too", attribute.Value)
	}
	had[attribute.Value] = true
}
