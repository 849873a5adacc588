package provide

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"mach/helper/pep508"
)

// How much is tried to give advice. What is tried is counted, so that the same failure has the same advice; the time is
// only there to bound what nobody expects.
const (
	maxHints  = 3
	maxCauses = 3
	maxTries  = 60
	maxTime   = 3 * time.Second
)

// trials are what may be tried. Nothing is advised that the solver has not tried.
type trials struct {
	ctx      context.Context
	cancel   context.CancelFunc
	resolver *Resolver
	reader   *reader // of what tries read; nil: they may read what they like
	left     int
	short    bool // not all was tried to its end
}

func newTrials(ctx context.Context, r *Resolver) *trials {
	t := &trials{left: maxTries}
	t.ctx, t.cancel = context.WithTimeout(ctx, maxTime)
	with := *r
	with.trial = true
	with.options.Preferences = nil
	if with.options.Live {
		t.reader = newReader(r.options.Database)
	}
	t.resolver = &with
	return t
}

// next is a resolver for one more try, or nil.
func (t *trials) next() *Resolver {
	if t.left == 0 {
		return nil
	}
	t.left--
	with := *t.resolver
	if t.reader != nil {
		with.data = t.reader.data(with.data)
	}
	return &with
}

// adviser tries what may help against the causes of a failure.
type adviser struct {
	*trials
	all *source // of the first cause: it has all of the user's requirements
}

// try resolves with something changed, without some of the user's requirements, and gives nil if there is no solution.
// What is built from source must have what it is built with.
func (a *adviser) try(without []int, change func(*resolver)) *Selection {
	selection, _ := a.attempt(without, change)
	return selection
}

func (a *adviser) attempt(without []int, change func(*resolver)) (*Selection, error) {
	with := a.next()
	if with == nil {
		a.short = true
		return nil, errTooMuch
	}
	run := &resolver{
		Resolver: with, roots: slices.Clone(a.all.roots), constraints: maps.Clone(a.all.constraints), wanted: newAsked(),
	}
	if change != nil {
		change(run)
	}
	run.origins, run.parts = leaveOut(a.all.origins, without), leaveOut(a.all.parts, without)
	run.roots = leaveOut(run.roots, without)
	for _, req := range run.roots {
		run.want(req)
	}
	for _, reqs := range run.constraints {
		for _, c := range reqs {
			run.want(c.Requirement)
		}
	}
	selection, err := run.rounds(a.ctx)
	if err == nil && slices.ContainsFunc(selection.Packages, func(p *Selected) bool { return p.isBuilt() }) {
		_, err = with.Builds(a.ctx, selection)
	}
	if a.reader.end() {
		a.short, err = true, errTooMuch
	}
	if err != nil {
		return nil, err
	}
	return selection, nil
}

// leaveOut is a list without some of its elements.
func leaveOut[T any](list []T, out []int) []T {
	var left []T
	for i, v := range list {
		if !slices.Contains(out, i) {
			left = append(left, v)
		}
	}
	return left
}

// causes are an explanation and those that are left without the requirements that it is about, and so on.
func (a *adviser) causes(first *explanation) []*explanation {
	all := []*explanation{first}
	first.index = make([]int, len(a.all.roots))
	for i := range first.index {
		first.index[i] = i
	}
	for len(all) < maxCauses {
		out := a.involved(all)
		if len(out) == len(a.all.roots) {
			break
		}
		_, err := a.attempt(out, nil)
		var f *failure
		if !errors.As(err, &f) {
			break
		}
		x := newExplanation(f.source, f.none.Explain().Facts)
		x.index = leaveOut(first.index, out)
		all = append(all, x)
	}
	slices.SortStableFunc(all, func(x, y *explanation) int { return slices.Compare(x.involved(), y.involved()) })
	return all
}

// involved are the user's requirements that explanations name.
func (a *adviser) involved(all []*explanation) (roots []int) {
	for _, x := range all {
		roots = append(roots, x.involved()...)
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

// involved are the user's requirements that an explanation names.
func (x *explanation) involved() (roots []int) {
	for i, req := range x.roots {
		if slices.ContainsFunc(x.claims, func(c *claim) bool {
			return c.of.project == nil && c.on.name == pep508.NormalizeName(req.Name) && (c.root < 0 || x.roots[c.root].Specifiers.String() == req.Specifiers.String())
		}) {
			roots = append(roots, x.index[i])
		}
	}
	return roots
}

// hints are what helps: for each cause the best, then the second best of each, and so on.
func (a *adviser) hints(causes []*explanation) (hints []string) {
	var each [][]string
	for _, x := range causes {
		var others []int
		for _, y := range causes {
			if y.headline() != x.headline() {
				others = append(others, a.involved([]*explanation{y})...)
			}
		}
		help := &advice{explanation: x, adviser: a, without: others}
		each = append(each, help.find())
		x.vain = help.inVain()
	}
	for i := range maxHints {
		for _, list := range each {
			if i < len(list) && len(hints) < maxHints && !slices.Contains(hints, list[i]) {
				hints = append(hints, list[i])
			}
		}
	}
	return hints
}

// advice is what helps against one cause, when the requirements behind the others are left out.
type advice struct {
	*explanation
	adviser *adviser
	without []int
	hints   []string
}

// find tries all kinds of changes, the smallest first. To take what was yanked is no small one, unless there is no other.
func (a *advice) find() []string {
	kinds := []func(){
		a.otherName, a.finalToPrerelease, a.looserRequirements, a.fewerExtras, a.looserConstraints, a.laterDay, a.allPrereleases,
		a.otherProvider, a.otherPython, a.pinYanked, a.fewerRequirements,
	}
	if _, only := a.culprit(); only[yanked] {
		kinds = slices.Concat([]func(){a.pinYanked}, kinds)
	}
	for _, kind := range kinds {
		if len(a.hints) < maxHints {
			kind()
		}
	}
	return a.hints[:min(maxHints, len(a.hints))]
}

// try is adviser's, without what the other causes are about. What does not help this cause alone, which takes little to
// find out, does not help.
func (a *advice) try(change func(*resolver)) *Selection {
	if a.alone(change) == nil {
		return nil
	}
	return a.adviser.try(a.without, change)
}

// alone tries something with nothing but the requirements that this cause is about, and those that the change adds.
func (a *advice) alone(change func(*resolver)) *Selection {
	var others []int
	for i := range a.adviser.all.roots {
		if !slices.Contains(a.involved(), i) {
			others = append(others, i)
		}
	}
	return a.adviser.try(others, change)
}
