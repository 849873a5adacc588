package provide

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// attempt is what is resolved to see whether an sdist is no longer in the way.
type attempt struct {
	*Resolver
	requirements, constraints []Requirement
}

// adviseBuild gives an error of Builds hints, if an sdist cannot be built because there is no solution: all is resolved
// with another provider or another release of that project.
func (r *Resolver) adviseBuild(ctx context.Context, requirements, constraints []Requirement, err error) {
	var none *NoSolution
	if r.trial || !errors.As(err, &none) || none.sdist == "" {
		return
	}
	t := newTrials(ctx, r)
	defer t.cancel()
	try := func(change func(*attempt)) *Selection {
		with := t.next()
		if with == nil {
			return nil
		}
		a := &attempt{with, slices.Clone(requirements), slices.Clone(constraints)}
		change(a)
		solved, err := with.solve(t.ctx, a.requirements, a.constraints)
		if over := t.reader.end(); err != nil || over {
			return nil
		}
		return solved.Selection
	}
	name, version, _ := strings.Cut(none.sdist, "==")
	none.Hints = slices.Concat(r.asOther(name, try), r.atOther(name, version, requirements, try), r.withOther(try))
	none.Hints = none.Hints[:min(maxHints, len(none.Hints))]
}

// asOther tries to take a project from another provider.
func (r *Resolver) asOther(name string, try func(func(*attempt)) *Selection) []string {
	for _, provider := range []Provider{Wheel, Nixpkgs} {
		if try(func(a *attempt) {
			(&resolver{Resolver: a.Resolver}).setOrders(map[string][]Provider{name: {provider}})
		}) != nil {
			return []string{fmt.Sprintf("use another provider: --provider %s=%s", name, provider)}
		}
	}
	return nil
}

// atOther tries other releases of a project: those that a requirement of the user excludes, or, if it has none, all but
// one.
func (r *Resolver) atOther(name, version string, requirements []Requirement, try func(func(*attempt)) *Selection) (hints []string) {
	known, err := r.data.project(name)
	v, unreadable := pep440.Parse(version)
	if err != nil || known == nil || unreadable != nil {
		return nil
	}
	p := (&resolver{Resolver: r, wanted: newAsked()}).candidates(name, known, false, false)
	for i, req := range requirements {
		if pep508.NormalizeName(req.Name) != name || len(req.Specifiers) == 0 {
			continue
		}
		if looser, ok := p.loosen(req.Specifiers, func(s pep440.Specifiers) *Selection {
			return try(func(a *attempt) { a.requirements[i].Specifiers = s })
		}); ok {
			hints = append(hints, fmt.Sprintf("change %s to %s", req.text(), withSpecifiers(req.Requirement, looser)))
		}
	}
	but, err := pep440.NewSpecifier("!=", v.String())
	other := Requirement{Requirement: pep508.Requirement{Name: name, Specifiers: pep440.Specifiers{but}}}
	if len(hints) == 0 && err == nil && try(func(a *attempt) { a.constraints = append(a.constraints, other) }) != nil {
		hints = append(hints, "take another release, by a constraint: "+other.text())
	}
	return hints
}

// withOther tries the nearest Pythons.
func (r *Resolver) withOther(try func(func(*attempt)) *Selection) []string {
	if r.options.Facts != nil { // they are of one Python
		return nil
	}
	minor := r.options.Environment.Target.Python[1]
	for _, other := range []int{minor + 1, minor - 1} {
		env := r.options.Environment.WithMinor(other)
		set, err := tags.New(env.Target)
		python, unreadable := pep440.Parse(env.Markers.PythonFullVersion)
		if err == nil && unreadable == nil && try(func(a *attempt) {
			a.options.Environment, a.options.Tags, a.python = env, set, python
		}) != nil {
			return []string{"use another Python: --python " + env.Markers.PythonVersion}
		}
	}
	return nil
}
