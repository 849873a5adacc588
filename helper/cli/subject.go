package cli

import (
	"slices"

	"mach/helper/diag"
	"mach/helper/graph"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/provide"
)

// subjectFlags are the flags of commands that look at a lock or at what requirements resolve to.
type subjectFlags struct {
	resolveFlags
	Lock string `placeholder:"FILE" default:"pylock.toml" help:"The lock to look at, if no requirements are given. Default: pylock.toml."`
}

// subject is what such a command looks at.
type subject struct {
	locked   []*lock.Package   // the entries of a lock for the system; nil: requirements were resolved
	resolver *provide.Resolver // on the data; nil: there is none
	set      provide.Set       // the runtime set, for one system
	builds   []buildSet
	tags     map[string]*ofTag // of the releases that are tags, by name and version
	system   string
	systems  []string                                      // of the lock
	anew     func(project string) (*provide.Solved, error) // what the lock would have if nothing of a project were kept; nil: it cannot be made
	close    func()
}

// buildSet is what is needed for the build of an sdist.
type buildSet struct {
	sdist  provide.Chosen
	chosen []provide.Chosen
}

// hasRequirements says whether the subject is what requirements resolve to, and no lock.
func (f *subjectFlags) hasRequirements(arguments []string) bool {
	return len(arguments)+len(f.Requirement) > 0
}

// resolved resolves requirements.
func (f *subjectFlags) resolved(a *app, arguments []string) (*subject, error) {
	f.FilesURL = "none"
	in, err := f.read(a, arguments)
	if err != nil {
		return nil, err
	}
	options, from, err := f.options(a, in)
	if err != nil {
		return nil, err
	}
	s := &subject{system: options.Environment.System, close: from.close}
	err = s.resolve(a, in, options)
	a.warn(from.warnings(s.names()))
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// names are the projects of all sets.
func (s *subject) names() (names []string) {
	for _, c := range s.set.Chosen {
		names = append(names, c.Name)
	}
	for _, b := range s.builds {
		for _, c := range b.chosen {
			names = append(names, c.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (s *subject) resolve(a *app, in *inputs.Inputs, options provide.Options) error {
	if err := checkPython(in, options); err != nil {
		return err
	}
	var err error
	if s.resolver, err = provide.New(options); err != nil {
		return diag.Usage("the target").Because(err)
	}
	s.set.Requirements, s.set.Constraints = rooted(in.Requirements), rooted(in.Constraints)
	selection, err := s.resolver.Resolve(a, s.set.Requirements, s.set.Constraints)
	if err != nil {
		return resolveError(err)
	}
	builds, err := s.resolver.Builds(a, selection)
	if err != nil {
		return resolveError(err)
	}
	a.warn(slices.Concat(selection.Warnings, builds.Warnings))
	s.set.Chosen = chosenOf(selection.Packages)
	for _, p := range selection.Packages {
		s.addTag(p)
		s.addBuild(p, builds)
	}
	for _, p := range builds.Pool {
		s.addTag(p)
	}
	return nil
}

// addTag notes where a release comes from that is a tag.
func (s *subject) addTag(p *provide.Selected) {
	if p.Provider == provide.Tag {
		o := p.File.Origin
		s.noteTag(p.Name, p.Version, ofTag{o.Revision, o.URL, o.Commit, o.Subdirectory})
	}
}

func (s *subject) noteTag(name, version string, t ofTag) {
	if s.tags == nil {
		s.tags = map[string]*ofTag{}
	}
	s.tags[name+" "+version] = &t
}

// addBuild adds the build set of an sdist, and those of the sdists in it.
func (s *subject) addBuild(sdist *provide.Selected, builds *provide.Builds) {
	known := slices.ContainsFunc(s.builds, func(b buildSet) bool { return b.sdist == chosen(sdist) })
	if !isBuilt(chosen(sdist)) || known {
		return
	}
	s.builds = append(s.builds, buildSet{chosen(sdist), builtWith(builds, sdist.ID())})
	for _, id := range builds.Sets[sdist.ID()] {
		s.addBuild(builds.Pool[id], builds)
	}
}

// isBuilt says whether a release is an sdist or the like, whose build set is told.
func isBuilt(c provide.Chosen) bool { return c.Provider == provide.Sdist || c.Provider == provide.Tag }

// builtWith is the build set of an sdist.
func builtWith(builds *provide.Builds, sdist string) []provide.Chosen {
	var packages []*provide.Selected
	for _, id := range builds.Sets[sdist] {
		packages = append(packages, builds.Pool[id])
	}
	return chosenOf(packages)
}

func chosenOf(packages []*provide.Selected) []provide.Chosen {
	all := make([]provide.Chosen, len(packages))
	for i, p := range packages {
		all[i] = chosen(p)
	}
	return all
}

func chosen(p *provide.Selected) provide.Chosen {
	return provide.Chosen{Name: p.Name, Version: p.Version, Provider: p.Provider}
}

// addData opens the data that the flags name for what a lock has, and reads the constraints.
func (f *subjectFlags) addData(a *app, s *subject) error {
	in := &inputs.Inputs{}
	var err error
	if len(f.Constraint) > 0 {
		if in, err = inputs.Read(inputs.Sources{Constraints: f.Constraint, Fetch: f.fetch(a)}); err != nil {
			return err
		}
	}
	f.FilesURL = "none"
	options, from, err := f.options(a, in)
	if err != nil {
		return err
	}
	s.close = from.close
	s.set.Constraints = append(s.set.Constraints, rooted(in.Constraints)...)
	if s.resolver, err = provide.New(options); err != nil {
		return diag.Usage("the target").Because(err)
	}
	return nil
}

// graph is who needs whom: by the data, and where there is none by the lock.
func (s *subject) graph() (graph.Graph, error) {
	known := graphOf(s.locked)
	known.Roots = rootsOf(s.set.Requirements, &known)
	for i := range known.Nodes {
		n := &known.Nodes[i]
		n.Marker = partOf(s.locked[i])
		if k := slices.IndexFunc(s.set.Chosen, func(c provide.Chosen) bool { return c.Name == n.Name }); k >= 0 {
			n.Provider = s.set.Chosen[k].Provider.String()
		}
	}
	if s.resolver == nil {
		return known, nil
	}
	g, unknown, err := s.resolver.Graph(s.set)
	if err != nil {
		return g, err
	}
	for _, n := range known.Nodes {
		i := slices.IndexFunc(g.Nodes, func(m graph.Node) bool { return m.Name == n.Name })
		if i < 0 {
			g.Nodes = append(g.Nodes, n)
			continue
		}
		if g.Nodes[i].Marker = n.Marker; slices.Contains(unknown, n.Name) {
			g.Nodes[i].Needs = n.Needs
		}
	}
	return g, nil
}
