package lock

import (
	"fmt"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// checker collects everything that is wrong with a lock, in the order of the file.
type checker struct {
	data    []byte
	file    string
	root    *tomltree.Value // of the file, once something is wrong with it
	lock    *Lock
	base    string // the path of the package at hand, with its dot
	subject string // what that is called in errors
	names   map[string]bool
	builds  map[string][]*Build // by id
	errs    []error
}

// enter makes the package at path the subject of what follows.
func (c *checker) enter(path, subject string) { c.base, c.subject = path+".", subject+": " }

// fail reports what is wrong at a path: of the whole file, or with a dot in front of it of the package at hand.
func (c *checker) fail(path, format string, args ...any) {
	c.failed(path, fmt.Errorf(format, args...))
}

// failed reports an error at a path if there is one.
func (c *checker) failed(path string, err error) {
	if err == nil {
		return
	}
	subject := path
	if key, ok := strings.CutPrefix(path, "."); ok {
		path, subject = strings.TrimSuffix(c.base+key, "."), strings.TrimSuffix(c.subject+key, ": ")
	}
	c.errs = append(c.errs, at(c.tree(), path).Errorf("%s", subject).Because(err))
}

// tree is the file with its places, which only errors need.
func (c *checker) tree() *tomltree.Value {
	if c.root == nil {
		text := string(c.data)
		c.root, _ = tomltree.Parse(text, &diag.File{Name: c.file, Text: text})
	}
	return c.root
}

func (c *checker) document(d *document) {
	for i, m := range d.Environments {
		c.marker(indexed("environments", i), m)
	}
	c.specifiers("requires-python", d.RequiresPython)
	for i, e := range d.Extras {
		c.name(indexed("extras", i), e)
	}
	if d.CreatedBy == "" {
		c.fail("created-by", "it is missing")
	}
	if d.Packages == nil {
		c.fail("packages", "it is missing")
	}
	c.names, c.builds = map[string]bool{}, map[string][]*Build{}
	for i := range d.Packages {
		c.names[d.Packages[i].Name] = true
	}
	if d.Tool.Mach != nil {
		for i := range d.Tool.Mach.Build {
			b := &d.Tool.Mach.Build[i]
			c.builds[b.ID] = append(c.builds[b.ID], b)
		}
	}
	for i := range d.Packages {
		c.pkg(i)
	}
	c.duplicates()
	if d.Tool.Mach != nil {
		c.mach(d.Tool.Mach)
	}
}

func (c *checker) pkg(i int) {
	p := &c.lock.Packages[i]
	c.enter(indexed("packages", i), fmt.Sprintf("package %q", p.Name))
	c.name(".name", p.Name)
	if p.Version != "" {
		c.version(".version", p.Version)
	}
	c.marker(".marker", p.Marker)
	c.specifiers(".requires-python", p.RequiresPython)
	for k, d := range p.Dependencies {
		if !c.names[d.Name] {
			c.fail(indexed(".dependencies", k), "%q is not in the lock", d.Name)
		}
	}
	c.source(p)
	for k, id := range p.AttestationIdentities {
		if id["kind"] == "" {
			c.fail(indexed(".attestation-identities", k), "the kind is missing")
		}
	}
	switch {
	case p.Tool.Mach != nil:
		c.provided(".tool.mach", p)
	case c.lock.Tool.Mach != nil:
		c.fail(".", "[packages.tool.mach] is missing")
	}
}

// source checks that there is exactly one kind of source, and what it says.
func (c *checker) source(p *Package) {
	var kinds []string
	for _, k := range []struct {
		name string
		has  bool
	}{
		{"vcs", p.VCS != nil},
		{"directory", p.Directory != nil},
		{"archive", p.Archive != nil},
		{"sdist and wheels", p.Sdist != nil || len(p.Wheels) > 0},
	} {
		if k.has {
			kinds = append(kinds, k.name)
		}
	}
	fromNixpkgs := p.Tool.Mach != nil && p.Tool.Mach.Provider == Nixpkgs
	switch {
	case len(kinds) == 0 && !fromNixpkgs:
		c.fail(".", "there is no source: one of vcs, directory, archive, or sdist and wheels is needed")
	case len(kinds) > 1:
		c.fail(".", "there are several sources: %s", strings.Join(kinds, ", "))
	}
	if v := p.VCS; v != nil && (v.Type == "" || v.CommitID == "" || v.URL == "" && v.Path == "") {
		c.fail(".vcs", "type, commit-id and one of url and path are needed")
	}
	if p.Directory != nil && p.Directory.Path == "" {
		c.fail(".directory", "the path is missing")
	}
	if a := p.Archive; a != nil {
		if a.URL == "" && a.Path == "" {
			c.fail(".archive", "one of url and path is needed")
		}
		c.hashes(".archive", a.Hashes)
	}
	c.files(p.Name, p.Version, p.Sdist, p.Wheels)
}

func (c *checker) name(path, name string) {
	switch {
	case name == "":
		c.fail(path, "the name is missing")
	case !pep508.ValidName(name):
		c.fail(path, "%q is not a name", name)
	case pep508.NormalizeName(name) != name:
		c.fail(path, "%q is not in normal form, which is %q", name, pep508.NormalizeName(name))
	}
}

func (c *checker) version(path, version string) {
	_, err := pep440.Parse(version)
	c.failed(path, err)
}

func (c *checker) specifiers(path, text string) {
	_, err := pep440.ParseSpecifiers(text)
	c.failed(path, err)
}

func (c *checker) marker(path, text string) {
	_, err := parseMarker(text)
	c.failed(path, err)
}
