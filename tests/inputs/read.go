package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"mach/helper/inputs"
	"mach/helper/metadata"
	"mach/helper/pep508"
	"mach/helper/sdist"
)

// answer is what mach reads in a file.
type answer struct {
	Format, Project, Version, Path, Tree string

	Errors   []string
	Requires []require         // what the file asks for
	Python   []string          // specifiers
	Dist     []string          // Requires-Dist, as a build would write it
	Extras   []string          // Provides-Extra, likewise
	Fields   map[string]string // name, version and requires-python
	Unknown  map[string]string // fields that only a build would tell, and why
	Groups   map[string]*group
	Sources  []source // where the project says that others come from
	Options  *options
	None     []string // packages of conda that are refused, as no Python projects
	Warnings []string
}

// require is one requirement.
type require struct {
	Text       string // PEP 508, without a URL
	Name       string
	URL, Path  string
	Directory  string // in a repository or archive
	Editable   bool
	Constraint bool
	Group      string
	Conda      string
	Hashes     []string
	Wheels     bool // may be taken, and likewise sdists
	Sdists     bool
}

type group struct{ Requires, Errors []string }

type source struct{ Project, Reference, Extra, Group string }

type options struct {
	IndexURL                  string
	ExtraIndexURLs, FindLinks []string
	NoIndex, RequireHashes    bool
}

// formats are the readers by their names in the list.
var formats = map[string]func(*sources, *answer) error{
	"requirements": readFile, "hashed": readFile, "script": readFile, "Pipfile": readFile, "conda": readConda,
	"pep621": readProject, "poetry": readProject, "pdm": readProject, "flit": readProject, "hatch": readProject, "setuptools": readProject,
	"setup.cfg": readSetupCfg, "PKG-INFO": readInfo,
}

// readFile reads a file that a user names.
func readFile(s *sources, a *answer) error {
	if err := os.Chdir(s.dir); err != nil {
		return err
	}
	in, err := inputs.Read(inputs.Sources{Files: []string{a.Path}, AllGroups: a.Format == "Pipfile"})
	if a.errors(err) {
		return nil
	}
	a.Warnings = in.Warnings
	for _, p := range in.Python {
		a.Python = append(a.Python, p.Specifiers.String())
	}
	o := &in.Options
	a.Options = &options{FindLinks: o.FindLinks, NoIndex: o.NoIndex, RequireHashes: o.RequireHashes}
	for _, ix := range o.Indexes {
		if ix.Default {
			a.Options.IndexURL = ix.URL
		} else {
			a.Options.ExtraIndexURLs = append(a.Options.ExtraIndexURLs, ix.URL)
		}
	}
	for i, req := range slices.Concat(in.Requirements, in.Constraints) {
		one := require{Group: req.Group, Editable: req.Editable, Constraint: i >= len(in.Requirements), Conda: req.Conda}
		one.Name = pep508.NormalizeName(req.Name)
		one.Wheels, one.Sdists = o.Formats(one.Name)
		for _, h := range req.Hashes {
			one.Hashes = append(one.Hashes, h.Algorithm+":"+h.Digest)
		}
		if r := req.Reference; r != nil {
			one.URL, one.Path, one.Directory = r.URL, r.Path, r.Subdirectory
			if r.Revision != "" {
				one.URL += "@" + r.Revision
			}
			for algorithm, digest := range r.Hashes {
				one.Hashes = append(one.Hashes, algorithm+":"+digest)
			}
			req.URL, req.Specifiers = "", nil
		}
		one.Text = req.Requirement.String()
		a.Requires = append(a.Requires, one)
	}
	return nil
}

// errors notes what is wrong with a file.
func (a *answer) errors(err error) bool {
	var all interface{ Unwrap() []error }
	switch {
	case err == nil:
	case errors.As(err, &all):
		for _, one := range all.Unwrap() {
			a.Errors = append(a.Errors, one.Error())
		}
	default:
		a.Errors = append(a.Errors, err.Error())
	}
	return err != nil
}

// noProjects is the error that some packages of conda are no Python projects.
var noProjects = regexp.MustCompile(`no Python projects: (.*)`)

// readConda reads an environment. If some of it is refused, it reads the rest, too.
func readConda(s *sources, a *answer) error {
	if err := readFile(s, a); err != nil || len(a.Errors) != 1 {
		return err
	}
	m := noProjects.FindStringSubmatch(a.Errors[0])
	if m == nil {
		return nil
	}
	a.None, a.Errors = strings.Split(strings.TrimSpace(m[1]), ", "), nil
	item := regexp.MustCompile(`^\s*-\s*['"]?(?:[^\s:]*::)?([A-Za-z0-9_.-]+)(?:[\s=<>!~'"\[]|$)`)
	inPip := false
	var kept strings.Builder
	for line := range strings.Lines(string(s.files[a.Path].Data)) {
		name := item.FindStringSubmatch(line)
		inPip = inPip || strings.HasSuffix(strings.TrimSpace(line), "pip:")
		if name != nil && !inPip && slices.Contains(a.None, name[1]) {
			line = line[:strings.Index(line, "-")] + "- pip\n" // which stands for nothing
		}
		kept.WriteString(line)
	}
	whole := a.Path
	a.Path = filepath.Join(filepath.Dir(whole), "mach-"+filepath.Base(whole))
	err := os.WriteFile(filepath.Join(s.dir, a.Path), []byte(kept.String()), 0o666)
	if err == nil {
		err = readFile(s, a)
	}
	a.Path = whole
	return err
}

// recorded is what other tools left in an sdist: a project is to be read without.
var recorded = []string{"PKG-INFO", "*.egg-info"}

// readProject reads a project as it lies in its repository.
func readProject(s *sources, a *answer) error {
	return a.tree(s.without(recorded...), filepath.Dir(a.Path))
}

// readSetupCfg reads setup.cfg alone.
func readSetupCfg(s *sources, a *answer) error {
	return a.tree(s.without(append(recorded, "setup.py", "pyproject.toml")...), filepath.Dir(a.Path))
}

func (a *answer) tree(tree fs.FS, dir string) error {
	if dir != "." {
		var err error
		if tree, err = fs.Sub(tree, dir); err != nil {
			return err
		}
	}
	p, err := sdist.Read(tree, ".")
	if a.errors(err) {
		return nil
	}
	a.Fields = map[string]string{sdist.Name: p.Name.Value, sdist.Version: p.Version.Value, sdist.RequiresPython: p.RequiresPython.Value}
	a.Unknown = map[string]string{}
	for _, u := range p.Unknown {
		a.Unknown[u.Field] = u.Reason
	}
	if m, why := p.Metadata(); why == nil {
		a.Dist, a.Extras = m.RequiresDist, m.ProvidesExtra
	}
	a.Groups = map[string]*group{}
	for name, g := range p.Groups {
		mine := &group{Requires: values(g.Requirements)}
		for _, e := range g.Errors {
			mine.Errors = append(mine.Errors, e.Error())
		}
		a.Groups[name] = mine
	}
	for _, from := range p.Sources {
		a.Sources = append(a.Sources, source{from.Project, from.Reference.Value, from.Extra, from.Group})
	}
	for _, note := range p.Notes {
		a.Warnings = append(a.Warnings, note.Reason)
	}
	return nil
}

func values(all []sdist.Text) []string {
	list := []string{}
	for _, t := range all {
		list = append(list, t.Value)
	}
	return list
}

// readInfo reads the metadata of an sdist.
func readInfo(s *sources, a *answer) error {
	m, err := metadata.Parse(s.files[a.Path].Data)
	if a.errors(err) {
		return nil
	}
	a.Fields = map[string]string{sdist.Name: m.Name, sdist.Version: m.Version, sdist.RequiresPython: m.RequiresPython}
	a.Dist, a.Extras = m.RequiresDist, m.ProvidesExtra
	return nil
}
