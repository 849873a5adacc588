package provide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mach/helper/backend"
	"mach/helper/fixes"
	"mach/helper/pep508"
	"mach/helper/release"
)

// Builds are the build requirements of sdists and projects: for each, a set of its own, which may hold other versions
// than the runtime set and than the others' sets.
type Builds struct {
	Sets     map[string][]string // id of an sdist or project → ids of all that must be there to build it, sorted
	Pool     map[string]*Selected
	Warnings []string
}

// ID names a release in the pool. One whose version only a build would tell is the only one of its project.
func (s *Selected) ID() string {
	if s.Version == "" {
		return s.Name
	}
	return s.Name + "==" + s.Version
}

// Builds resolves the build requirements of every sdist of the selection and of every project, and of those in turn that
// are built from sdists themselves. What is needed for a build comes as a wheel where there is one, whatever the default order is:
// only the order of a single project holds here too, without nixpkgs.
func (r *Resolver) Builds(ctx context.Context, selection *Selection) (*Builds, error) {
	b := &builder{resolver: r.forBuilds()}
	b.Sets, b.Pool = map[string][]string{}, map[string]*Selected{}
	r.readBuildSystems(selection.Packages)
	if err := b.resolver.chooseFixes(selection.Packages); err != nil {
		return nil, err
	}
	for _, p := range selection.Packages {
		if p.isBuilt() {
			if err := b.add(ctx, p, nil); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range r.options.Projects {
		b.warn(p.ID(), &p.Build)
		requirements, err := buildRequirements(&p.Build, nil)
		if err != nil {
			return nil, fmt.Errorf("%s: build requirements: %w", p.ID(), err)
		}
		if err := b.resolve(ctx, p.ID(), requirements, nil); err != nil {
			return nil, err
		}
	}
	return &b.Builds, nil
}

// forBuilds resolves build requirements.
func (r *Resolver) forBuilds() *Resolver {
	options := r.options
	options.Facts = nil
	options.Policy = buildPolicy(r.options.Policy)
	data := r.data
	if options.Hashes != nil || options.BuildData != nil {
		options.Hashes = nil
		if options.BuildData != nil {
			options.Database = options.BuildData
		}
		data = newData(options.Database, options.Live, nil)
	}
	return &Resolver{options: options, data: data, python: r.python, trial: r.trial}
}

func buildPolicy(runtime Policy) Policy {
	policy := Policy{Default: []Provider{Wheel, Sdist}, Projects: map[string][]Provider{}}
	for name, order := range runtime.Projects {
		order = slices.DeleteFunc(slices.Clone(order), func(p Provider) bool { return p == Nixpkgs })
		if len(order) > 0 {
			policy.Projects[name] = order
		}
	}
	return policy
}

type builder struct {
	Builds
	resolver *Resolver
}

// add resolves the set of one sdist. via are the sdists that are being added, which need this one.
func (b *builder) add(ctx context.Context, sdist *Selected, via []string) error {
	id := sdist.ID()
	var err error
	if sdist.Build, err = sdist.read.BuildSystem(sdist.release); err != nil {
		return fmt.Errorf("%s: [build-system]: %w", id, err)
	}
	if _, ok := b.Sets[id]; ok {
		return nil
	}
	if slices.Contains(via, id) {
		return &NoSolution{
			Text:  fmt.Sprintf("%s cannot be built from source, since that needs itself: %s", id, strings.Join(append(via, id), " needs ")),
			sdist: id,
		}
	}
	if sdist.Build.IsRust() || !slices.ContainsFunc(sdist.Fixes, func(f *fixes.Fix) bool { return len(f.PythonBuild) > 0 }) {
		b.warn(id, sdist.Build) // else a fix says it
	}
	requirements, err := buildRequirements(sdist.Build, sdist.Fixes)
	if err != nil {
		return fmt.Errorf("%s: build requirements: %w", id, err)
	}
	return b.resolve(ctx, id, requirements, via)
}

// warn says what is not known of a build.
func (b *builder) warn(id string, system *release.BuildSystem) {
	for _, reason := range system.Unknown {
		b.Warnings = append(b.Warnings, fmt.Sprintf("%s: %s: if it does not build, a fix may say what it needs (docs/fixes.md)", id, reason))
	}
}

// resolve resolves the set of an sdist or project.
func (b *builder) resolve(ctx context.Context, id string, requirements []Requirement, via []string) error {
	set, err := b.resolver.resolve(ctx, requirements, nil, id)
	if err != nil {
		return fmt.Errorf("build requirements of %s: %w", id, err)
	}
	b.resolver.readBuildSystems(set.Packages)
	if err := b.resolver.chooseFixes(set.Packages); err != nil {
		return err
	}
	ids := make([]string, len(set.Packages))
	for i, p := range set.Packages {
		ids[i] = p.ID()
		if p.isBuilt() {
			if err := b.add(ctx, p, append(slices.Clone(via), id)); err != nil {
				return err
			}
		}
		b.Pool[ids[i]] = p
	}
	b.Sets[id] = ids
	return nil
}

// chooseFixes notes the fixes of what was chosen.
func (r *Resolver) chooseFixes(packages []*Selected) (err error) {
	for _, p := range packages {
		if p.Fixes, err = r.options.Fixes.For(p.Name, p.Version, p.Provider.format(), r.options.Environment.System); err != nil {
			return err
		}
	}
	return nil
}

// buildRequirements are those of the build system, and those that fixes add.
func buildRequirements(b *release.BuildSystem, added []*fixes.Fix) ([]Requirement, error) {
	lines := backend.Requires(b)
	requirements := make([]Requirement, len(lines))
	for i, line := range lines {
		req, err := pep508.ParseLenient(line)
		if err != nil {
			return nil, err
		}
		requirements[i] = Requirement{Requirement: req}
	}
	for _, fix := range added {
		for _, req := range fix.PythonBuild {
			requirements = append(requirements, Requirement{Requirement: req, Origin: "fix " + fix.Title()})
		}
	}
	return requirements, nil
}
