package cli

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/graph"
	"mach/helper/lock"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/tags"
)

func (f *subjectFlags) readLock() (*lock.Lock, error) {
	data, err := readInput(f.Lock)
	if err != nil {
		return nil, err
	}
	return lock.Read(data, f.Lock)
}

// locked takes what a lock has for the system that the flags name, else for this machine's, else for its first.
func (f *subjectFlags) locked(l *lock.Lock) (*subject, error) {
	s := &subject{close: func() {}}
	f.kept = repositoriesOf(l)
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
		if !provide.IsFor(p, l, env) {
			continue
		}
		s.locked = append(s.locked, p)
		if c, ok := chosenInLock(p, set); ok {
			s.set.Chosen = append(s.set.Chosen, c)
			s.addLockedBuild(l, c, p.Tool.Mach)
		}
	}
	eachTag(l, func(name, version string, v *lock.VCS) {
		s.noteTag(name, version, ofTag{v.RequestedRevision, v.URL, v.CommitID, v.Subdirectory})
	})
	s.set.Requirements, s.set.Constraints = lockedRequirements(l), lockedConstraints(l)
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

// chosenInLock is the candidate that an entry of a lock is; none for a direct reference.
func chosenInLock(p *lock.Package, set *tags.Set) (c provide.Chosen, ok bool) {
	c = provide.Chosen{Name: p.Name, Version: p.Version, Provider: provide.Sdist}
	if p.Tool.Mach != nil {
		provider, ok := provide.ProviderOf(p.Tool.Mach.Provider)
		if ok {
			c.Provider = provider
		}
		return c, ok
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
	if !isBuilt(sdist) || provided == nil || known {
		return
	}
	b := buildSet{sdist: sdist}
	var inner []*lock.Build
	for i := range l.Tool.Mach.Build {
		p := &l.Tool.Mach.Build[i]
		if slices.Contains(provided.Build, p.ID) && p.IsFor(s.system) {
			provider, _ := provide.ProviderOf(p.Provider)
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
		for _, part := range []struct{ kind, end string }{{"extra", `" in extras`}, {"group", `" in dependency_groups`}} {
			head, ok := strings.CutSuffix(marker, part.end)
			i := strings.LastIndexByte(head, '"')
			if !ok || i < 0 {
				continue
			}
			found.Origin = part.kind + " " + head[i+1:]
			if found.Marker, err = pep508.ParseMarker(strings.TrimSuffix(head[:i], " and ")); err != nil {
				found.Marker = nil // there was nothing else
			}
		}
		reqs = append(reqs, found)
	}
	return reqs
}

// lockedConstraints are the user's constraints in a lock.
func lockedConstraints(l *lock.Lock) (constraints []provide.Requirement) {
	if l.Tool.Mach == nil {
		return nil
	}
	for _, text := range l.Tool.Mach.Constraints {
		if req, err := pep508.Parse(text); err == nil {
			constraints = append(constraints, provide.Requirement{Requirement: req})
		}
	}
	return constraints
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
		if _, _, err := with.addFacts(targets); err != nil {
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
			if resolvers[i], err = s.resolver.For(t.env, t.tags, t.facts, prefs); err != nil {
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
