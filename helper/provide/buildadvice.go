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
// with another provider or another release of that project. It also says why there is that sdist.
func (r *Resolver) adviseBuild(ctx context.Context, requirements, constraints []Requirement, selection *Selection, err error) error {
	var none *NoSolution
	if r.trial || !errors.As(err, &none) || none.sdist == "" {
		return err
	}
	if !strings.Contains(none.sdist, "==") { // a project, which the user can change
		return &NoSolution{Text: err.Error(), Hints: []string{"change `requires` below [build-system] in its pyproject.toml"}}
	}
	said := &NoSolution{Text: err.Error()}
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
	if way := r.wayTo(name, requirements, selection); way != "" {
		head, rest, _ := strings.Cut(said.Text, "\n")
		said.Text = strings.TrimSuffix(head+"\n  "+way+"\n"+rest, "\n")
	}
	said.Hints = slices.Concat(r.asOther(name, try), r.atOther(name, version, requirements, try), r.withOther(try))
	said.Hints = said.Hints[:min(maxHints, len(said.Hints))]
	return said
}

// wayTo says how the user's requirements lead to a project that was chosen; "" if it was not.
func (r *Resolver) wayTo(name string, requirements []Requirement, selection *Selection) string {
	type step struct {
		project string
		said    string
	}
	var open []step
	seen := map[string]bool{}
	for _, req := range requirements {
		if req.Marker.Eval(&r.options.Environment.Markers, nil) {
			req.Marker = nil
			open = append(open, step{pep508.NormalizeName(req.Name), "you ask for " + req.text()})
		}
	}
	for ; len(open) > 0; open = open[1:] {
		at := open[0]
		i := slices.IndexFunc(selection.Packages, func(p *Selected) bool { return p.Name == at.project })
		switch {
		case at.project == name && i >= 0:
			return at.said
		case i < 0 || seen[at.project]:
			continue
		}
		seen[at.project] = true
		for _, req := range r.needsOfSelected(selection.Packages[i]) {
			open = append(open, step{pep508.NormalizeName(req.Name), at.said + ", which needs " + written(req)})
		}
	}
	return ""
}

// needsOfSelected are the requirements of what was chosen whose markers hold, also for the extras that are asked for.
func (r *Resolver) needsOfSelected(p *Selected) (reqs []pep508.Requirement) {
	if p.Metadata == nil {
		return nil
	}
	all, err := parseRequires(p.Metadata.RequiresDist)
	if err != nil {
		return nil
	}
	for _, extra := range append([]string{""}, p.Extras...) {
		for _, req := range r.active(all, extra) {
			req.Marker = nil
			reqs = append(reqs, req)
		}
	}
	return reqs
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
