// Package provide mixes the providers of every project into candidates, has the solver choose among them, and says
// in words why it could not.
//
// A candidate is one release from one provider. The candidates of a project are ordered: those that may be chosen
// unasked before pre-releases that nobody asked for, then by the project's order of providers, then newest first.
//
// Pre-releases and yanked releases depend on who asks. A requirement that names a pre-release allows the project's
// pre-releases, a pin (==, ===) allows a yanked release. The requirements of the user count from the start. What only
// a dependency asks for is known when that dependency is met, so a resolution runs in rounds: one that fails is
// repeated with all that was asked for in it, and at last with every pre-release allowed, "if nothing else satisfies"
// (PEP 440). Pre-releases that are asked for are ordered with the final releases.
//
// What was chosen before, in an existing lock or for another system, is preferred (Preferences): such a candidate comes
// first, and as few projects leave theirs as can be. Each system is resolved by itself, and what was chosen is written
// into one lock (Lock). The answer depends neither on the order of requirements nor on that of systems.
package provide

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"mach/helper/environment"
	"mach/helper/facts"
	"mach/helper/fixes"
	"mach/helper/lock"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
	"mach/helper/release"
	"mach/helper/tags"
)

// Options is what a resolution depends on beside the requirements.
type Options struct {
	Database     release.Database
	BuildData    release.Database            // where build requirements are looked up; nil: in Database
	Asked        func(project string) string // the indexes and places of files that are asked, for messages; nil: it is a database
	DatabaseDate string                      // its data's day, for messages and the lock; "" unknown
	DatabaseHash string                      // the hash of its root, hex
	Live         bool                        // an answer of the database may take a request, so that it pays to guess the next question
	Facts        *facts.Facts                // nil: nixpkgs offers nothing
	Environment  *environment.Environment
	Tags         *tags.Set // of the environment
	Policy       Policy
	Pre          bool   // take pre-releases like final releases
	ExcludeNewer string // ignore releases uploaded after this day, 2026-01-31; "" none
	Preferences  *Preferences
	Fixes        *fixes.Set // nil: none
	Projects     []Project  // those whose directories are at hand

	// Direct says whether a project (normalised name) is taken from where a URL leads; nil: none is.
	Direct func(project, url string) bool

	// Hashes are those (sha256, hex) that the user gives for the files of a project (normalised name): of one that is
	// here no other file is taken. They do not count for builds.
	Hashes map[string][]string

	// Prereleases says whether the pre-releases of a project (normalised name) are taken like final releases, or never;
	// nil: neither.
	Prereleases func(project string) (wanted, excluded bool)
}

// Allows says whether specifiers of Python versions hold for the environment.
func (o Options) Allows(python pep440.Specifiers) bool {
	v, err := pep440.Parse(o.Environment.Markers.PythonFullVersion)
	return err == nil && python.Contains(v)
}

// Project is one that is locked to be built from its directory. What it needs to run is among the requirements.
type Project struct {
	lock.Project // without what is chosen
	Build        release.BuildSystem
}

// Requirement is one that the user made. Its marker may be false in the environment.
type Requirement struct {
	pep508.Requirement
	Part
	Origin string // file:line for messages; "" on the command line
}

// Part is what of a project a requirement is for: an extra or a dependency group, whose names are normal. What is for
// the project itself has neither.
type Part struct{ Extra, Group string }

// text is the requirement and where it stands.
func (r Requirement) text() string {
	if r.Origin == "" {
		return written(r.Requirement)
	}
	return written(r.Requirement) + " (" + r.Origin + ")"
}

// Resolver resolves sets of requirements with one set of options and reads each project once.
type Resolver struct {
	options Options
	data    *data
	python  pep440.Version
	trial   bool // nobody reads why there is no solution
}

// New returns a resolver. An environment whose Python version PEP 440 cannot read is an error.
func New(options Options) (*Resolver, error) {
	python, err := pep440.Parse(options.Environment.Markers.PythonFullVersion)
	if err != nil {
		return nil, fmt.Errorf("python_full_version: %w", err)
	}
	return &Resolver{options: options, data: newData(options.Database, options.Live, options.Hashes), python: python}, nil
}

// For is a resolver for another environment, where nixpkgs offers something else, and with other preferences. It shares
// what is read.
func (r *Resolver) For(env *environment.Environment, set *tags.Set, offered *facts.Facts, prefs *Preferences) (*Resolver, error) {
	with := *r
	with.options.Environment, with.options.Tags, with.options.Facts, with.options.Preferences = env, set, offered, prefs
	var err error
	if with.python, err = pep440.Parse(env.Markers.PythonFullVersion); err != nil {
		return nil, fmt.Errorf("python_full_version: %w", err)
	}
	return &with, nil
}

// resolver is the resolution of one set of requirements.
type resolver struct {
	*Resolver
	roots       []pep508.Requirement
	origins     []string                 // of the roots
	parts       []Part                   // of the roots
	constraints map[string][]Requirement // by normalised name
	builds      string                   // the sdist whose build requirements these are; "" the user's
	wanted      asked
	scout       *scout                          // nil: nothing is guessed
	prefs       map[string][]Preference         // by normalised name
	free        []string                        // projects whose prefs do not count
	limits      map[string][]pep508.Requirement // the roots by normalised name, if there are prefs
}

// Resolve chooses a candidate for every project that the requirements need, within the constraints. The error is a
// *NoSolution if there is no such choice.
func (r *Resolver) Resolve(ctx context.Context, requirements, constraints []Requirement) (*Selection, error) {
	return r.resolve(ctx, requirements, constraints, "")
}

func (r *Resolver) resolve(ctx context.Context, requirements, constraints []Requirement, builds string) (*Selection, error) {
	begin := func() *resolver { return r.begin(requirements, constraints, builds) }
	prefs := r.options.Preferences.of(builds)
	var selection *Selection
	var err error
	if len(prefs) > 0 {
		selection, err = resolveKept(ctx, begin, prefs)
	} else {
		selection, err = begin().rounds(ctx)
	}
	var f *failure
	if errors.As(err, &f) {
		return nil, f.source.explain(ctx, f.none)
	}
	return selection, err
}

// begin is a resolution before its first round.
func (r *Resolver) begin(requirements, constraints []Requirement, builds string) *resolver {
	run := &resolver{Resolver: r, constraints: map[string][]Requirement{}, builds: builds, wanted: newAsked()}
	for _, c := range constraints {
		if c.Marker.Eval(&r.options.Environment.Markers, nil) {
			name := pep508.NormalizeName(c.Name)
			run.constraints[name] = append(run.constraints[name], c)
			run.want(c.Requirement)
		}
	}
	for _, req := range requirements {
		if req.Marker.Eval(&r.options.Environment.Markers, nil) {
			run.roots = append(run.roots, req.Requirement)
			run.origins = append(run.origins, req.Origin)
			run.parts = append(run.parts, req.Part)
			run.want(req.Requirement)
		}
	}
	return run
}

// inOrder sorts requirements by their texts.
func inOrder(requirements []pep508.Requirement) []pep508.Requirement {
	if len(requirements) < 2 {
		return requirements
	}
	texts := make(map[string]pep508.Requirement, len(requirements))
	for _, req := range requirements {
		texts[req.String()] = req
	}
	sorted := make([]pep508.Requirement, 0, len(texts))
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		sorted = append(sorted, texts[text])
	}
	return sorted
}

// failure is the last round of a resolution that has no solution.
type failure struct {
	source *source
	none   *pubgrub.NoSolution
}

func (*failure) Error() string { return "no solution" }

// want lets a requirement of the user count from the first round on.
func (r *resolver) want(req pep508.Requirement) {
	name := pep508.NormalizeName(req.Name)
	if req.Specifiers.MentionsPrerelease() {
		r.wanted.pre[name] = true
	}
}

// rounds resolves in rounds, and reads what was chosen. The error is a *failure if there is no solution.
func (r *resolver) rounds(ctx context.Context) (*Selection, error) {
	if r.options.Live {
		r.scout = newScout(r)
		r.scout.follow(r.roots)
		for name := range r.prefs {
			r.scout.follow([]pep508.Requirement{{Name: name}})
		}
	}
	s, solution, err := r.repeat(ctx, !r.trial)
	if err != nil {
		return nil, err
	}
	return s.selection(solution)
}

// repeat resolves until no more is asked for than was known, and at last, if every says so, with every pre-release. The
// error is a *failure if there is no solution.
func (r *resolver) repeat(ctx context.Context, every bool) (*source, *pubgrub.Solution, error) {
	var final *failure // of the round before every pre-release was allowed: who reads it asked for none
	for {
		s := r.newSource()
		solution, err := pubgrub.Solve(ctx, s)
		var none *pubgrub.NoSolution
		switch {
		case err == nil:
			return s, solution, nil
		case !errors.As(err, &none):
			return nil, nil, err
		case r.wanted.merge(s.refused()):
		case final != nil:
			return nil, nil, final
		default:
			if final = (&failure{s, none}); !every || !r.wanted.merge(asked{every: s.hasUnasked()}) {
				return nil, nil, final
			}
		}
	}
}

// hasUnasked says whether any project that was met has pre-releases that nobody asked for.
func (s *source) hasUnasked() bool {
	for _, p := range s.projects {
		if hasUnasked(p) {
			return true
		}
	}
	return false
}

// refused is what this round's requirements asked for and it refused.
func (s *source) refused() asked {
	refused := newAsked()
	refused.pre = s.asked.pre
	for pin := range s.yanked {
		if s.asked.pins[pin] {
			refused.pins[pin] = true
		}
	}
	return refused
}
