package cli

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/environment"
	"mach/helper/graph"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/tags"
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

func (f *subjectFlags) readLock() (*lock.Lock, error) {
	data, err := readInput(f.Lock)
	if err != nil {
		return nil, err
	}
	return lock.Read(data, f.Lock)
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
		return diag.Usage("%v", err)
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
		s.addBuild(p, builds)
	}
	return nil
}

// addBuild adds the build set of an sdist, and those of the sdists in it.
func (s *subject) addBuild(sdist *provide.Selected, builds *provide.Builds) {
	known := slices.ContainsFunc(s.builds, func(b buildSet) bool { return b.sdist == chosen(sdist) })
	if sdist.Provider != provide.Sdist || known {
		return
	}
	s.builds = append(s.builds, buildSet{chosen(sdist), builtWith(builds, sdist.ID())})
	for _, id := range builds.Sets[sdist.ID()] {
		s.addBuild(builds.Pool[id], builds)
	}
}

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

// locked takes what a lock has for the system that the flags name, else for this machine's, else for its first.
func (f *subjectFlags) locked(l *lock.Lock) (*subject, error) {
	s := &subject{close: func() {}}
	if err := f.aim(l); err != nil {
		return nil, err
	}
	env, set, err := f.target()
	if err != nil {
		return nil, err
	}
	s.system = env.System
	if l.Tool.Mach != nil {
		s.systems = l.Tool.Mach.Systems
	}
	for i := range l.Packages {
		p := &l.Packages[i]
		if !isFor(p, env) {
			continue
		}
		s.locked = append(s.locked, p)
		if c, ok := chosenInLock(p, set); ok {
			s.set.Chosen = append(s.set.Chosen, c)
			s.addLockedBuild(l, c, p.Tool.Mach)
		}
	}
	s.set.Requirements = lockedRequirements(l)
	return s, nil
}

// aim sets the target that the flags leave open to the lock's.
func (f *subjectFlags) aim(l *lock.Lock) error {
	if f.Environment != nil {
		return nil
	}
	if f.Python == "" {
		f.Python = pythonOf(l)
	}
	m := l.Tool.Mach
	if m == nil {
		return nil
	}
	if f.ExcludeNewer == "" {
		f.ExcludeNewer = m.ExcludeNewer
	}
	switch {
	case len(f.System) == 1 && !slices.Contains(m.Systems, f.System[0]):
		return diag.Usage("%s is not for the system %q: it is for %s", f.Lock, f.System[0], strings.Join(m.Systems, ", ")).Hint("--system %s", m.Systems[0])
	case f.System == nil && slices.Contains(m.Systems, thisSystem()):
		f.System = []string{thisSystem()}
	case f.System == nil:
		f.System = m.Systems[:1]
	}
	return nil
}

// pythonOf is the Python of a lock: mach's, the one on PATH if the lock is for that, or the oldest that it is for; "" if
// it does not say.
func pythonOf(l *lock.Lock) string {
	if l.Tool.Mach != nil {
		return l.Tool.Mach.Python
	}
	requires, err := pep440.ParseSpecifiers(l.RequiresPython)
	if err != nil || len(requires) == 0 {
		return ""
	}
	candidates := []string{pythonOnPath()}
	for minor := range 40 {
		candidates = append(candidates, fmt.Sprintf("3.%d", minor))
	}
	for _, python := range candidates {
		if v, err := pep440.Parse(python); err == nil && requires.Contains(v) {
			return python
		}
	}
	return ""
}

// isFor says whether an entry of a lock is for a target. The extras and groups of the lock count as asked for.
func isFor(p *lock.Package, env *environment.Environment) bool {
	if p.Tool.Mach != nil {
		return p.Tool.Mach.IsFor(env.System)
	}
	if p.Marker == "" {
		return true
	}
	marker, err := pep508.ParseMarker(p.Marker)
	return err == nil && marker.Eval(&env.Markers, nil)
}

// chosenInLock is the candidate that an entry of a lock is; none for a direct reference.
func chosenInLock(p *lock.Package, set *tags.Set) (c provide.Chosen, ok bool) {
	c = provide.Chosen{Name: p.Name, Version: p.Version, Provider: provide.Sdist}
	if p.Tool.Mach != nil {
		order, err := provide.ParseProviders(p.Tool.Mach.Provider)
		if err == nil {
			c.Provider = order[0]
		}
		return c, err == nil
	}
	for i := range p.Wheels {
		if w, err := tags.ParseWheelName(fileName(&p.Wheels[i])); err == nil {
			if _, fits := set.Rank(w.WheelTags); fits {
				c.Provider = provide.Wheel
			}
		}
	}
	return c, p.Sdist != nil || len(p.Wheels) > 0
}

// fileName is the name of a file, which other tools give as the end of its path or URL.
func fileName(f *lock.File) string {
	if f.Name != "" {
		return f.Name
	}
	if u, err := url.Parse(f.URL); err == nil && f.Path == "" {
		return path.Base(u.Path)
	}
	return filepath.Base(f.Path)
}

func (s *subject) addLockedBuild(l *lock.Lock, sdist provide.Chosen, provided *lock.Provided) {
	known := slices.ContainsFunc(s.builds, func(b buildSet) bool { return b.sdist == sdist })
	if sdist.Provider != provide.Sdist || provided == nil || known {
		return
	}
	b := buildSet{sdist: sdist}
	var inner []*lock.Build
	for i := range l.Tool.Mach.Build {
		p := &l.Tool.Mach.Build[i]
		if slices.Contains(provided.Build, p.ID) && p.IsFor(s.system) {
			provider := provide.Wheel
			if p.Provider == lock.Sdist {
				provider = provide.Sdist
			}
			b.chosen = append(b.chosen, provide.Chosen{Name: p.Name, Version: p.Version, Provider: provider})
			inner = append(inner, p)
		}
	}
	s.builds = append(s.builds, b)
	for i, p := range inner {
		s.addLockedBuild(l, b.chosen[i], &p.Provided)
	}
}

// lockedRequirements are the user's requirements in a lock. Those of an extra or a dependency group count as asked for,
// and have that as their origin.
func lockedRequirements(l *lock.Lock) (reqs []provide.Requirement) {
	if l.Tool.Mach == nil {
		return nil
	}
	for _, text := range l.Tool.Mach.Requirements {
		req, err := pep508.Parse(text)
		if err != nil {
			continue
		}
		found := provide.Requirement{Requirement: req}
		marker := req.Marker.String()
		for kind, end := range map[string]string{"extra": "\" in extras", "group": "\" in dependency_groups"} {
			head, ok := strings.CutSuffix(marker, end)
			i := strings.LastIndexByte(head, '"')
			if !ok || i < 0 {
				continue
			}
			found.Origin = kind + " " + head[i+1:]
			if found.Marker, err = pep508.ParseMarker(strings.TrimSuffix(head[:i], " and ")); err != nil {
				found.Marker = nil // there was nothing else
			}
		}
		reqs = append(reqs, found)
	}
	return reqs
}

// rootsOf are the requirements for projects of a graph.
func rootsOf(reqs []provide.Requirement, g *graph.Graph) (roots []graph.Edge) {
	for _, req := range reqs {
		e := graph.Edge{To: pep508.NormalizeName(req.Name), Requirement: req.String(), Origin: req.Origin}
		for _, extra := range req.Extras {
			e.Extras = append(e.Extras, pep508.NormalizeName(extra))
		}
		if req.Marker == nil || g.Has(e.To) {
			roots = append(roots, e)
		}
	}
	return roots
}

// addData opens the data that the flags name for what a lock has, and reads the constraints.
func (f *subjectFlags) addData(a *app, s *subject) error {
	in := &inputs.Inputs{}
	var err error
	if len(f.Constraint) > 0 {
		if in, err = inputs.Read(inputs.Sources{Constraints: f.Constraint}); err != nil {
			return err
		}
	}
	f.FilesURL = "none"
	options, from, err := f.options(a, in)
	if err != nil {
		return err
	}
	s.close = from.close
	s.set.Constraints = rooted(in.Constraints)
	if s.resolver, err = provide.New(options); err != nil {
		return diag.Usage("%v", err)
	}
	return nil
}

// anew is a function that makes a lock anew for the system of a subject, as mach lock --upgrade-package does.
func (f *subjectFlags) anew(a *app, l *lock.Lock, s *subject) func(project string) (*provide.Solved, error) {
	return func(project string) (*provide.Solved, error) {
		with := f.resolveFlags
		if len(f.Environment) == 0 {
			with.System = l.Tool.Mach.Systems
		}
		targets, err := with.targets()
		if err != nil {
			return nil, err
		}
		with.earlier = &earlier{
			read:    func() (*lock.Lock, error) { return l, nil },
			upgrade: []provide.Requirement{{Requirement: pep508.Requirement{Name: project}}},
		}
		resolvers := make([]*provide.Resolver, len(targets))
		for i, t := range targets {
			prefs, err := with.earlier.preferences(t.env, f.orders)
			if err != nil {
				return nil, err
			}
			if resolvers[i], err = s.resolver.For(t.env, t.tags, prefs); err != nil {
				return nil, err
			}
		}
		solved, err := provide.ResolveAll(a, resolvers, s.set.Requirements, s.set.Constraints)
		if err != nil {
			return nil, err
		}
		return solved[slices.IndexFunc(solved, func(one *provide.Solved) bool { return one.Environment.System == s.system })], nil
	}
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

// partOf is the marker of the extras and groups that an entry belongs to; what it says of systems is known.
func partOf(p *lock.Package) string {
	var parts []string
	if p.Tool.Mach != nil {
		for _, extra := range p.Tool.Mach.Extras {
			parts = append(parts, fmt.Sprintf("%q in extras", extra))
		}
		for _, group := range p.Tool.Mach.Groups {
			parts = append(parts, fmt.Sprintf("%q in dependency_groups", group))
		}
	}
	return strings.Join(parts, " or ")
}
