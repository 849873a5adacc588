package provide

import (
	"context"
	"errors"
	"slices"

	"mach/helper/environment"
	"mach/helper/lock"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// Preferences are what was chosen before: in an existing lock, or for another system. A candidate that is preferred is
// chosen if that can be; the set of projects for which it cannot is inclusion-minimal, together with those that are
// not from their first provider. It may be nil.
//
// The choices of a project (normalised name) are the best first. Only the first that can still be used counts when
// projects are kept where they are; the others are tried before what is newer.
type Preferences struct {
	Runtime map[string][]Preference
	Builds  map[string]map[string][]Preference // by the id of the sdist or project that is built
}

// Preference is a choice for a project.
type Preference struct {
	Version  string // in normal form
	Provider Provider
	Instead  Instead
}

// Instead is which other providers of the version will do as well, and then the first that has it is meant.
type Instead uint8

// The values of Instead.
const (
	NoOther    Instead = iota
	BetterOnes         // those that the project's order has before Provider
	AnyOther
)

// PreferencesOf are the choices of a lock for an environment, those that the lock makes for others at the end. Of what
// was built from an sdist they are by that sdist's release.
func PreferencesOf(l *lock.Lock, env *environment.Environment) *Preferences {
	p := &Preferences{Runtime: make(map[string][]Preference, len(l.Packages)), Builds: map[string]map[string][]Preference{}}
	for _, own := range []bool{true, false} {
		for i := range l.Packages {
			if e := &l.Packages[i]; IsFor(e, l, env) == own {
				add(p.Runtime, e.Name, e.Version, e.Tool.Mach, own)
			}
		}
	}
	if l.Tool.Mach == nil {
		return p
	}
	pool := map[string][]*lock.Build{}
	for i := range l.Tool.Mach.Build {
		b := &l.Tool.Mach.Build[i]
		pool[b.ID] = append(pool[b.ID], b)
	}
	for i := range l.Packages {
		if e := &l.Packages[i]; e.Tool.Mach.IsFor(env.System) {
			p.addBuilds(e.Name+"=="+e.Version, e.Tool.Mach.Build, pool, env.System)
		}
	}
	for _, project := range l.Tool.Mach.Projects {
		if len(project.Systems) == 0 || slices.Contains(project.Systems, env.System) {
			p.addBuilds(project.ID(), project.Build, pool, env.System)
		}
	}
	for i := range l.Tool.Mach.Build {
		if b := &l.Tool.Mach.Build[i]; b.IsFor(env.System) {
			p.addBuilds(b.ID, b.Build, pool, env.System)
		}
	}
	return p
}

// IsFor says whether an entry of a lock is for an environment. Of a lock of mach's it does not matter which extras and
// groups it belongs to; of another's, the extras count as asked for, and the groups do not.
func IsFor(p *lock.Package, l *lock.Lock, env *environment.Environment) bool {
	if p.Tool.Mach != nil {
		return p.Tool.Mach.IsFor(env.System)
	}
	if p.Marker == "" {
		return true
	}
	m, err := pep508.ParseMarker(p.Marker)
	return err == nil && m.Eval(&env.Markers, l.Extras)
}

// add appends the choice of an entry, which is the environment's own or for another. Where a direct reference leads is
// none.
func add(to map[string][]Preference, name, version string, provided *lock.Provided, own bool) {
	v, err := pep440.Parse(version)
	if err != nil {
		return
	}
	choice := Preference{Version: v.String(), Instead: AnyOther}
	if provided != nil {
		provider, ok := ProviderOf(provided.Provider)
		if !ok {
			return
		}
		choice.Provider, choice.Instead = provider, NoOther
		if !own {
			choice.Instead = BetterOnes
		}
	}
	to[name] = append(to[name], choice)
}

func (p *Preferences) addBuilds(id string, ids []string, pool map[string][]*lock.Build, system string) {
	if len(ids) == 0 {
		return
	}
	set := map[string][]Preference{}
	for _, id := range ids {
		for _, b := range pool[id] {
			if b.IsFor(system) {
				add(set, b.Name, b.Version, &b.Provided, true)
			}
		}
	}
	p.Builds[id] = set
}

// Forget takes back what is preferred of a project, also in builds.
func (p *Preferences) Forget(project string) {
	delete(p.Runtime, project)
	for _, set := range p.Builds {
		delete(set, project)
	}
}

// ForgetProviders lets the projects for which of holds come from the first of their providers that has the version.
func (p *Preferences) ForgetProviders(of func(project string) bool) {
	loosen := func(choices map[string][]Preference) {
		for name, list := range choices {
			for i := range list {
				if of(name) {
					list[i].Instead = AnyOther
				}
			}
		}
	}
	loosen(p.Runtime)
	for _, set := range p.Builds {
		loosen(set)
	}
}

// then are these preferences and, behind them, what was chosen for another system.
func (p *Preferences) then(solved *Solved) *Preferences {
	if p == nil {
		p = &Preferences{}
	}
	with := &Preferences{Runtime: map[string][]Preference{}, Builds: map[string]map[string][]Preference{}}
	for name, list := range p.Runtime {
		with.Runtime[name] = slices.Clip(list)
	}
	for _, s := range solved.Selection.Packages {
		with.Runtime[s.Name] = append(with.Runtime[s.Name], s.preference())
	}
	for id, set := range p.Builds {
		with.Builds[id] = map[string][]Preference{}
		for name, list := range set {
			with.Builds[id][name] = slices.Clip(list)
		}
	}
	for id, ids := range solved.Builds.Sets {
		if with.Builds[id] == nil {
			with.Builds[id] = map[string][]Preference{}
		}
		for _, needed := range ids {
			s := solved.Builds.Pool[needed]
			with.Builds[id][s.Name] = append(with.Builds[id][s.Name], s.preference())
		}
	}
	return with
}

// preference is a choice as others take it over: what would have been better here may be possible there.
func (s *Selected) preference() Preference {
	return Preference{s.Version, s.Provider, BetterOnes}
}

// of are the preferences for a set: the user's, or that of an sdist.
func (p *Preferences) of(builds string) map[string][]Preference {
	switch {
	case p == nil:
		return nil
	case builds != "":
		return p.Builds[builds]
	}
	return p.Runtime
}

// resolveKept resolves with preferences. A project that leaves its own is not held to its first provider either, and may
// have landed on a lower one for nothing: it is tried as if it had no preference, and that is taken if nothing else
// gives way. Where there is no solution at all, the explanation is the one without preferences.
func resolveKept(ctx context.Context, begin func() *resolver, prefs map[string][]Preference) (*Selection, error) {
	run := begin()
	run.keep(prefs)
	first, err := run.rounds(ctx)
	var f *failure
	switch {
	case errors.As(err, &f):
		return begin().rounds(ctx)
	case err != nil || !first.fell:
		return first, err
	}
	run = begin()
	run.keep(prefs)
	run.free = first.displaced
	again, err := run.rounds(ctx)
	givesWay := func(name string) bool {
		return !slices.Contains(first.displaced, name) && !slices.Contains(first.fallen, name)
	}
	if err != nil || len(again.displaced) > 0 || slices.ContainsFunc(again.fallen, givesWay) {
		return first, nil
	}
	return again, nil
}

// noteOff notes what gives way for others: a project that leaves the candidate it is kept on, and one without such a
// candidate that is not from its first provider.
func (s *Selection) noteOff(p *project, c candidate) {
	switch {
	case p.kept && c != p.candidates[0]:
		s.displaced = append(s.displaced, p.name)
		s.fell = s.fell || c.provider != p.first
	case !p.kept && c.provider != p.first:
		s.fallen = append(s.fallen, p.name)
	}
}

// Move is a project that could not be kept.
type Move struct {
	Name string
	From Preference
	Why  string // "1.0 was yanked"; "" if it is for what others need
}

// noteMove notes that a candidate was chosen that is not the one that was preferred.
func (s *source) noteMove(to *Selection, p *project, c candidate) error {
	choices := s.prefs[p.name]
	if len(choices) == 0 || choices[0].of(p)(c) {
		return nil
	}
	m := Move{Name: p.name, From: choices[0]}
	i := slices.IndexFunc(p.candidates, m.From.of(p))
	from := m.From
	from.Instead = AnyOther
	switch {
	case i < 0 && !slices.ContainsFunc(p.candidates, from.of(p)):
		m.Why = m.From.Version + " is gone"
	case i >= 0 && p.candidates[i].provider != Nixpkgs:
		why, err := s.reasonAgainst(p, p.candidates[i])
		if err != nil {
			return err
		}
		if why.kind != none {
			m.Why = m.From.Version + " " + why.text
		}
	}
	to.Moved = append(to.Moved, m)
	return nil
}

// keep has the projects of prefs kept where they can be.
func (r *resolver) keep(prefs map[string][]Preference) {
	r.prefs, r.limits = prefs, map[string][]pep508.Requirement{}
	for _, req := range r.roots {
		name := pep508.NormalizeName(req.Name)
		r.limits[name] = append(r.limits[name], req)
	}
}

// prefer puts the candidates that are preferred before the others, and keeps the project on the first of them.
func (r *resolver) prefer(p *project) {
	choices := r.prefs[p.name]
	if len(choices) == 0 || slices.Contains(r.free, p.name) {
		return
	}
	var first []candidate
	for _, choice := range choices {
		chosen := choice.of(p)
		for _, c := range p.candidates {
			if chosen(c) && !slices.Contains(first, c) && r.mayStay(p, c) {
				first = append(first, c)
			}
		}
	}
	if len(first) == 0 {
		return
	}
	rest := slices.DeleteFunc(p.candidates, func(c candidate) bool { return slices.Contains(first, c) })
	p.candidates = append(first, rest...)
	p.kept = true
}

// of says which candidates of a project are the choice.
func (f Preference) of(p *project) func(candidate) bool {
	version, err := pep440.Parse(f.Version)
	most := slices.Index(p.order, f.Provider)
	return func(c candidate) bool {
		v := p.versions[c.version]
		if v.text != f.Version && (err != nil || !v.valid || v.Compare(version) != 0) {
			return false
		}
		return c.provider == f.Provider || f.Instead == AnyOther || f.Instead == BetterOnes && slices.Index(p.order, c.provider) < most
	}
}

// mayStay says whether a candidate can still be chosen, as far as that is known without its metadata and what other
// projects ask for.
func (r *resolver) mayStay(p *project, c candidate) bool {
	v := &p.versions[c.version]
	excludes := func(req pep508.Requirement) bool {
		return len(req.Specifiers) > 0 && !(v.valid && req.Specifiers.Contains(v.Version))
	}
	if r.broken(p, c) >= 0 || slices.ContainsFunc(r.limits[p.name], excludes) {
		return false
	}
	if c.provider == Nixpkgs {
		return true
	}
	of, err := p.known.releaseOf(c)
	return err == nil && r.mayServe(p, c, of)
}
