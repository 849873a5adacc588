package lock

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func (c *checker) mach(m *Mach) {
	if m.Version == 0 {
		c.fail("tool.mach.version", "it is missing")
	}
	if m.Python == "" || len(m.Systems) == 0 {
		c.fail("tool.mach", "python and systems are needed")
	}
	c.projects(m)
	for i := range m.Build {
		b := &m.Build[i]
		c.enter(indexed("tool.mach.build", i), fmt.Sprintf("build package %q", b.ID))
		if b.ID != b.Name+"=="+b.Version {
			c.fail(".id", "the id is not name==version, which is %q", b.Name+"=="+b.Version)
		} else if where := c.twice(b); where != "" {
			c.fail(".id", "the id stands twice%s", where)
		}
		c.name(".name", b.Name)
		c.version(".version", b.Version)
		c.specifiers(".requires-python", b.RequiresPython)
		c.ids(".dependencies", b.Dependencies, &b.Provided)
		c.files(b.Name, b.Version, b.Sdist, b.Wheels)
		p := Package{VCS: b.VCS, Directory: b.Directory, Archive: b.Archive, Sdist: b.Sdist, Wheels: b.Wheels, Tool: PackageTool{&b.Provided}}
		for _, id := range b.Dependencies {
			name, _, _ := strings.Cut(id, "==")
			p.Dependencies = append(p.Dependencies, Dependency{Name: name})
		}
		c.provided("", &p)
	}
}

// projects checks that each project has a name that no other has on its systems, and that there is what it names.
func (c *checker) projects(m *Mach) {
	for i := range m.Projects {
		p := &m.Projects[i]
		c.enter(indexed("tool.mach.project", i), fmt.Sprintf("project %q", p.Name))
		if p.Name != "" || len(m.Projects) > 1 {
			c.name(".name", p.Name)
		}
		if p.Version != "" {
			c.version(".version", p.Version)
		}
		c.known(".systems", p.Systems, m.Systems, "systems")
		for k, name := range p.Dependencies {
			c.name(indexed(".dependencies", k), name)
		}
		of := &Provided{Systems: p.Systems}
		c.ids(".build", p.Build, of)
		for _, other := range m.Projects[:i] {
			if system := c.common(of, &Provided{Systems: other.Systems}); other.Name == p.Name && system != "" {
				c.fail(".name", "the project stands twice for %s", system)
			}
		}
	}
}

// common is a system that two entries are both for; "" if there is none.
func (c *checker) common(a, b *Provided) string {
	for _, system := range c.systems(a) {
		if b.IsFor(system) {
			return system
		}
	}
	return ""
}

// twice says where an entry before b with its id is for a system of b; "" if there is none.
func (c *checker) twice(b *Build) string {
	for _, other := range c.builds[b.ID] {
		if other == b {
			return ""
		}
		if system := c.common(&b.Provided, &other.Provided); system != "" {
			return " for " + system
		}
	}
	return ""
}

// systems are those that an entry is for.
func (c *checker) systems(p *Provided) []string {
	if len(p.Systems) > 0 || c.lock.Tool.Mach == nil {
		return p.Systems
	}
	return c.lock.Tool.Mach.Systems
}

// provided checks that the provider is one, that the package has what it needs, and that there is what it names.
func (c *checker) provided(table string, p *Package) {
	m := p.Tool.Mach
	switch m.Provider {
	case Wheel:
		if len(p.Wheels) == 0 {
			c.fail(table+".provider", "there are no wheels")
		}
	case Sdist:
		if p.Sdist == nil {
			c.fail(table+".provider", "there is no sdist")
		}
	case Nixpkgs:
		if m.Attr == "" {
			c.fail(table+".provider", "the attr is missing")
		}
	case Direct:
		if p.VCS == nil && p.Directory == nil && p.Archive == nil {
			c.fail(table+".provider", "there is no vcs, directory or archive")
		}
	case Tag:
		if p.VCS == nil {
			c.fail(table+".provider", "there is no vcs")
		}
	default:
		c.fail(table+".provider", "%q is unknown: known are wheel, sdist, nixpkgs, direct, tag", m.Provider)
	}
	if c.lock.Tool.Mach != nil {
		c.known(table+".systems", m.Systems, c.lock.Tool.Mach.Systems, "systems")
	}
	c.known(table+".extras", m.Extras, c.lock.Extras, "extras")
	c.known(table+".groups", m.Groups, c.lock.DependencyGroups, "dependency-groups")
	c.wheelOfSystem(table+".wheel", p)
	c.ids(table+".build", m.Build, m)
	c.crates(table, m)
	for i, name := range m.Cut {
		if !slices.ContainsFunc(p.Dependencies, func(d Dependency) bool { return d.Name == name }) {
			c.fail(indexed(table+".cut", i), "%q is not among the dependencies", name)
		}
	}
}

// crates checks that each can be fetched.
func (c *checker) crates(table string, m *Provided) {
	for i, crate := range m.Crates {
		parts := strings.Split(crate, " ")
		switch isGit := strings.HasPrefix(parts[len(parts)-1], "git+"); {
		case len(parts) != 3 || !isGit && len(parts[2]) != 64:
			c.fail(indexed(table+".crates", i), "%q is not a name, a version and a hash", crate)
		case !isGit && m.CrateRegistry == "":
			c.fail(table+".crate-registry", "it is missing")
			return
		}
	}
}

// known checks that the lock has what an entry names.
func (c *checker) known(path string, names, all []string, what string) {
	for i, name := range names {
		if !slices.Contains(all, name) {
			c.fail(indexed(path, i), "%q is not among the lock's %s", name, what)
		}
	}
}

// wheelOfSystem checks that each system has its wheel.
func (c *checker) wheelOfSystem(path string, p *Package) {
	m := p.Tool.Mach
	if m.Provider == Wheel && len(p.Wheels) > 1 {
		for _, system := range c.systems(m) {
			if m.Wheel[system] == "" {
				c.fail(path, "it does not say which of the wheels is for %s", system)
			}
		}
	}
	for _, system := range slices.Sorted(maps.Keys(m.Wheel)) {
		if name := m.Wheel[system]; !slices.ContainsFunc(p.Wheels, func(f File) bool { return f.Name == name }) {
			c.fail(path+"."+system, "%q is not among the wheels", name)
		}
	}
}

// ids checks that there are build packages of those ids, on each system that of is for.
func (c *checker) ids(path string, ids []string, of *Provided) {
	for i, id := range ids {
		entries := c.builds[id]
		if len(entries) == 0 {
			c.fail(indexed(path, i), "%q is not among the build packages", id)
			continue
		}
		for _, system := range c.systems(of) {
			if !slices.ContainsFunc(entries, func(b *Build) bool { return b.IsFor(system) }) {
				c.fail(indexed(path, i), "%q is not among the build packages for %s", id, system)
			}
		}
	}
}
