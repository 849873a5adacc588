package provide

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"mach/helper/environment"
)

// Solved is what was chosen for one environment.
type Solved struct {
	Environment *environment.Environment
	Selection   *Selection
	Builds      *Builds
}

// Unsolvable is that there is no solution for some environments, or not the same explanation for all.
type Unsolvable struct{ Failures []Failure }

// Failure is why there is no solution for some of the systems that were asked for.
type Failure struct {
	Systems []string
	Err     error // a *NoSolution
	named   bool  // the explanation depended on the system by its name alone, which is left out
}

// Error implements error.
func (e *Unsolvable) Error() string {
	var lines []string
	for _, f := range e.Failures {
		lines = append(lines, f.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the failures.
func (e *Unsolvable) Unwrap() []error {
	all := make([]error, len(e.Failures))
	for i, f := range e.Failures {
		all[i] = f
	}
	return all
}

// Error implements error.
func (f Failure) Error() string {
	return "on " + strings.Join(f.Systems, " and ") + ": " + f.Err.Error()
}

// Unwrap gives the explanation.
func (f Failure) Unwrap() error { return f.Err }

// ResolveAll resolves the same requirements with several resolvers, which are for different systems, and what their
// sdists are built with. Each prefers, after its own preferences, what was chosen for those before it; so they are
// taken by the names of the systems, whatever their order is. Where there is no solution the error is a *NoSolution, if
// it is the same for all, or else an *Unsolvable.
func ResolveAll(ctx context.Context, resolvers []*Resolver, requirements, constraints []Requirement) ([]*Solved, error) {
	resolvers = slices.SortedStableFunc(slices.Values(resolvers), func(a, b *Resolver) int {
		return strings.Compare(a.options.Environment.System, b.options.Environment.System)
	})
	var all []*Solved
	for _, r := range resolvers {
		with := *r
		for _, other := range all {
			with.options.Preferences = with.options.Preferences.then(other)
		}
		solved, err := with.solve(ctx, requirements, constraints)
		var none *NoSolution
		switch {
		case errors.As(err, &none) && len(resolvers) > 1:
			return nil, cmp.Or(explainAll(ctx, resolvers, requirements, constraints), err)
		case err != nil:
			return nil, err
		}
		all = append(all, solved)
	}
	return all, nil
}

func (r *Resolver) solve(ctx context.Context, requirements, constraints []Requirement) (*Solved, error) {
	selection, err := r.Resolve(ctx, requirements, constraints)
	if err != nil {
		return nil, err
	}
	builds, err := r.Builds(ctx, selection)
	if err != nil {
		return nil, r.adviseBuild(ctx, requirements, constraints, selection, err)
	}
	return &Solved{r.options.Environment, selection, builds}, nil
}

// explainAll says on which systems there is no solution, and why; nil if it was only for a preference, in a build.
func explainAll(ctx context.Context, resolvers []*Resolver, requirements, constraints []Requirement) error {
	all := &Unsolvable{}
	for _, r := range resolvers {
		with := *r
		with.options.Preferences = nil
		_, err := with.solve(ctx, requirements, constraints)
		var none *NoSolution
		switch {
		case err == nil:
			continue
		case !errors.As(err, &none):
			return err
		}
		all.add(r.options.Environment.System, err)
	}
	switch {
	case len(all.Failures) == 0:
		return nil
	case len(all.Failures) == 1 && len(all.Failures[0].Systems) == len(resolvers) && !all.Failures[0].named:
		return all.Failures[0].Err
	}
	return all
}

// add adds a failure to one of another system that differs from it in the system's name alone, if there is one.
func (e *Unsolvable) add(system string, err error) {
	var none *NoSolution
	errors.As(err, &none)
	text := strings.ReplaceAll(err.Error(), " on "+system, "")
	named := text != err.Error()
	for i := range e.Failures {
		f := &e.Failures[i]
		var other *NoSolution
		errors.As(f.Err, &other)
		if other.Text == text && slices.Equal(none.Hints, other.Hints) {
			f.Systems = append(f.Systems, system)
			return
		}
	}
	e.Failures = append(e.Failures, Failure{[]string{system}, &NoSolution{Text: text, Hints: none.Hints}, named})
}
