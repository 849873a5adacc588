package provide

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
	"mach/helper/tags"
)

// advise tries what may help, the smallest change first, and gives what does. Nothing is advised that the solver has
// not tried.
func (x *explanation) advise(ctx context.Context) []string {
	for _, try := range []func(context.Context) []string{x.otherPython, x.otherProviders, x.pinYanked, x.otherVersions, x.fewerLimits} {
		if hints := try(ctx); len(hints) > 0 {
			return hints
		}
	}
	return nil
}

// try resolves again with something changed; nil if there is no solution.
func (x *explanation) try(ctx context.Context, change func(*resolver)) *Selection {
	with := *x.Resolver
	run := &resolver{Resolver: &with, roots: slices.Clone(x.roots), constraints: maps.Clone(x.constraints), wanted: newAsked()}
	change(run)
	for _, req := range run.roots {
		run.want(req)
	}
	for _, reqs := range run.constraints {
		for _, c := range reqs {
			run.want(c.Requirement)
		}
	}
	selection, err := run.rounds(ctx)
	if err != nil {
		return nil
	}
	return selection
}

// otherPython tries the nearest Pythons that a release runs on which the target's does not.
func (x *explanation) otherPython(ctx context.Context) []string {
	const farthest, most = 5, 3
	tried := 0
	for distance := 1; distance <= farthest; distance++ {
		for _, minor := range []int{x.options.Environment.Target.Python[1] + distance, x.options.Environment.Target.Python[1] - distance} {
			env := x.options.Environment.WithMinor(minor)
			set, err := tags.New(env.Target)
			version, unreadable := pep440.Parse(env.Markers.PythonFullVersion)
			change := func(r *resolver) { r.options.Environment, r.options.Tags, r.python = env, set, version }
			if err != nil || unreadable != nil || tried == most || !x.mayRun(change) {
				continue
			}
			tried++
			if x.try(ctx, change) != nil {
				return []string{fmt.Sprintf("it resolves for another Python: --python %s", env.Markers.PythonVersion)}
			}
		}
	}
	return nil
}

// mayRun says whether a release that cannot be used for its Python or platform can be with a change.
func (x *explanation) mayRun(change func(*resolver)) bool {
	with := *x.Resolver
	run := &resolver{Resolver: &with, wanted: newAsked()}
	change(run)
	changed := run.newSource()
	for _, f := range x.facts {
		if k := x.reasons[f.Unusable].kind; k != python && k != platform {
			continue
		}
		n := x.nodes[f.Package]
		for i, c := range n.candidates {
			if !f.Candidates.Has(i) {
				continue
			}
			if why, err := changed.reasonAgainst(n.project, c); err == nil && why.kind == none {
				return true
			}
		}
	}
	return false
}

// otherProviders tries all providers for the projects that those in use do not have, then for all projects.
func (x *explanation) otherProviders(ctx context.Context) []string {
	orders := map[string][]Provider{}
	for _, f := range x.facts {
		n := x.nodes[f.Package]
		if f.Missing {
			n = x.nodes[f.On]
		}
		if k := x.reasons[f.Unusable].kind; (f.Missing || k == elsewhere || k == platform) && len(n.order) < len(defaultOrder) {
			orders[n.name] = withAll(n.order)
		}
	}
	if len(orders) == 0 {
		return nil
	}
	selection := x.try(ctx, func(r *resolver) {
		projects := maps.Clone(orders)
		for name, order := range r.options.Policy.Projects {
			if projects[name] == nil {
				projects[name] = order
			}
		}
		r.options.Policy.Projects = projects
	})
	if selection != nil {
		hint := "it resolves with another provider:"
		for _, p := range selection.Packages {
			if orders[p.Name] != nil {
				hint += fmt.Sprintf(" --provider %s=%s", p.Name, p.Provider)
			}
		}
		return []string{hint}
	}
	all := withAll(x.options.Policy.Order(""))
	if x.try(ctx, func(r *resolver) { r.options.Policy.Default = all }) != nil {
		return []string{"it resolves with all providers: --providers " + orderText(all)}
	}
	return nil
}

// withAll is an order with the providers that it leaves out at its end.
func withAll(order []Provider) []Provider {
	order = slices.Clone(order)
	for _, p := range defaultOrder {
		if !slices.Contains(order, p) {
			order = append(order, p)
		}
	}
	return order
}

// pinYanked tries the newest yanked release that would do, if it is pinned.
func (x *explanation) pinYanked(ctx context.Context) []string {
	for _, f := range x.facts {
		if x.reasons[f.Unusable].kind != yanked {
			continue
		}
		n := x.nodes[f.Package]
		first, _ := f.Candidates.First(len(n.candidates))
		pin, err := pep508.Parse(n.name + "==" + n.versions[n.candidates[first].version].text)
		if err == nil && x.try(ctx, func(r *resolver) { r.roots = append(r.roots, pin) }) != nil {
			return []string{"a pin takes a yanked release: " + pin.String()}
		}
	}
	return nil
}

// otherVersions tries each of the user's requirements that the facts name at any version.
func (x *explanation) otherVersions(ctx context.Context) (hints []string) {
	for i, req := range x.roots {
		if x.builds != "" || len(req.Specifiers) == 0 || !x.isNamed(req) {
			continue
		}
		selection := x.try(ctx, func(r *resolver) { r.roots[i].Specifiers = nil })
		if selection == nil {
			continue
		}
		for _, p := range selection.Packages {
			if p.Name == pep508.NormalizeName(req.Name) {
				instead := req
				instead.Specifiers, instead.Marker, req.Marker = nil, nil, nil
				hints = append(hints, fmt.Sprintf("it resolves with %s==%s instead of %s", instead, p.Version, clip(req.String())))
			}
		}
	}
	return hints
}

// isNamed says whether a requirement of the user is behind one of the facts.
func (x *explanation) isNamed(req pep508.Requirement) bool {
	return slices.ContainsFunc(x.facts, func(f *pubgrub.Fact) bool {
		return f.Package == pubgrub.Root && x.requirement(f).Specifiers.String() == req.Specifiers.String() && x.nodes[f.On].name == pep508.NormalizeName(req.Name)
	})
}

// fewerLimits tries to leave out a constraint, or the day after which releases are ignored.
func (x *explanation) fewerLimits(ctx context.Context) (hints []string) {
	for _, f := range x.facts {
		if f.Package == pubgrub.Root {
			continue
		}
		name := x.nodes[f.Package].name
		for _, c := range x.constraints[name] {
			hint := "it resolves without the constraint " + c.text()
			if !slices.Contains(hints, hint) && x.try(ctx, func(r *resolver) {
				r.constraints[name] = slices.DeleteFunc(slices.Clone(r.constraints[name]), func(d Requirement) bool { return d.text() == c.text() })
			}) != nil {
				hints = append(hints, hint)
			}
		}
	}
	if len(hints) == 0 && x.options.ExcludeNewer != "" && x.try(ctx, func(r *resolver) { r.options.ExcludeNewer = "" }) != nil {
		hints = append(hints, fmt.Sprintf("it resolves with releases after %s: leave out --exclude-newer", x.options.ExcludeNewer))
	}
	return hints
}
