package provide

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mach/helper/environment"
	"mach/helper/fixes"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tags"
)

// hint adds one.
func (a *advice) hint(format string, args ...any) {
	a.hints = append(a.hints, fmt.Sprintf(format, args...))
}

// text is a requirement of the user and where it stands.
func (a *advice) text(root int) string {
	return Requirement{Requirement: a.adviser.all.roots[root], Origin: a.adviser.all.place(root)}.text()
}

// about says whether any claim is of a kind, and gives those.
func (x *explanation) about(kinds ...kind) (claims []*claim) {
	for _, c := range x.claims {
		if slices.Contains(kinds, c.why.kind) {
			claims = append(claims, c)
		}
	}
	return claims
}

// otherName tries, for a project that the user names and that there is not, the project that has a module of this name, and
// the near names.
func (a *advice) otherName() {
	for _, c := range a.claims {
		if !c.missing || c.on.known != nil || len(c.on.facts) > 0 || c.root < 0 || clip(c.on.name) != c.on.name {
			continue
		}
		near := a.meant(c.on.name)
		if len(near) == 0 {
			continue
		}
		i := a.index[c.root]
		written := a.adviser.all.roots[i]
		for _, name := range near {
			for _, specifiers := range []pep440.Specifiers{written.Specifiers, nil} {
				req := written
				req.Name, req.Specifiers = name, specifiers
				if len(a.hints) < maxHints && a.try(func(r *resolver) { r.roots[i] = req }) != nil {
					a.hint("change %s to %s", a.text(i), withSpecifiers(req, specifiers))
					break
				}
			}
		}
		if len(a.hints) == 0 {
			a.hint("did you mean %s?", listed(near, "or"))
		}
	}
}

// meant are the projects that a name may stand for: the one with the module of this name, else those of near names.
func (a *advice) meant(name string) []string {
	if project := fixes.Modules()[name]; project != "" {
		p, err := a.project(project)
		if isThere := err == nil && p.known != nil || err != nil && !errors.Is(err, release.ErrNotFound); isThere {
			return []string{project}
		}
	}
	near, err := a.options.Database.Near(name, maxHints)
	if err != nil {
		return nil
	}
	return near
}

// finalToPrerelease tries a pre-release of what the user asks for and that there is not.
func (a *advice) finalToPrerelease() {
	for _, c := range a.claims {
		if !c.missing || c.root < 0 {
			continue
		}
		i := a.index[c.root]
		req := a.adviser.all.roots[i]
		for _, v := range c.on.versions {
			base, err := pep440.Parse(v.Base())
			if err != nil || !v.valid || !v.IsPrerelease() || !req.Specifiers.Contains(base) {
				continue
			}
			looser := letIn(req.Specifiers, v.Version)
			if a.try(func(r *resolver) { r.roots[i].Specifiers = looser }) != nil {
				a.hint("change %s to %s", a.text(i), withSpecifiers(req, looser))
			}
			return
		}
	}
}

// pinYanked tries the newest yanked release that would do, if it is pinned.
func (a *advice) pinYanked() {
	all := a.about(yanked)
	for _, c := range a.minor {
		if c.why.kind == yanked {
			all = append(all, c)
		}
	}
	for _, c := range all {
		v := c.of.versions[c.newest()]
		pinned := pep508.Requirement{Name: c.of.name, Specifiers: pin(v.Version)}
		if v.valid && a.try(func(r *resolver) { r.roots = append(r.roots, pinned) }) != nil {
			a.hint("to take a yanked release, pin it: %s", pinned)
			return
		}
	}
}

// fewerExtras tries to leave out an extra that the user asks for and that a claim is about.
func (a *advice) fewerExtras() {
	for _, i := range a.involved() {
		req := a.adviser.all.roots[i]
		for k, extra := range req.Extras {
			if len(a.hints) == maxHints || !a.isAbout(req.Name, extra) {
				continue
			}
			fewer := req
			fewer.Extras = slices.Delete(slices.Clone(req.Extras), k, k+1)
			if a.try(func(r *resolver) { r.roots[i] = fewer }) != nil {
				a.hint("change %s to %s", a.text(i), withSpecifiers(fewer, fewer.Specifiers))
			}
		}
	}
}

func (a *advice) isAbout(name, extra string) bool {
	return slices.ContainsFunc(a.claims, func(c *claim) bool {
		return c.of.project != nil && c.of.name == pep508.NormalizeName(name) && c.of.extra == pep508.NormalizeName(extra)
	})
}

// laterDay tries the days on which releases were there that --exclude-newer hides, those that each failure is about, and
// then no such day.
func (a *advice) laterDay() {
	const most = 6
	x, day := a.explanation, ""
	for range most {
		if day = x.nextDay(day); day == "" {
			return
		}
		_, err := a.adviser.attempt(a.without, func(r *resolver) { r.options.ExcludeNewer = day })
		if err == nil {
			a.hint("take a later day: --exclude-newer %s", day)
			return
		}
		var f *failure
		if !errors.As(err, &f) {
			return
		}
		x = newExplanation(f.source, f.none.Explain().Facts)
	}
	if a.try(func(r *resolver) { r.options.ExcludeNewer = "" }) != nil {
		a.hint("leave out --exclude-newer %s", a.options.ExcludeNewer)
	}
}

// unknownDay is after every day that is known of a live index; of a release without one nobody can say that it is old.
const unknownDay = "9999"

// nextDay is the first day after another on which there is a release that was uploaded too late.
func (x *explanation) nextDay(after string) (day string) {
	for _, c := range x.about(tooNew) {
		for i := range c.which.Members(len(c.of.candidates)) {
			r, err := c.of.known.releaseOf(c.of.candidates[i])
			if err == nil && r.Uploaded > after && r.Uploaded < unknownDay && (day == "" || r.Uploaded < day) {
				day = r.Uploaded
			}
		}
	}
	return day
}

// allPrereleases tries to take the pre-releases of a project that has nothing else, where that is forbidden.
func (a *advice) allPrereleases() {
	for _, c := range a.claims {
		if !c.missing || c.on.onlyPrereleases(a.specifiersOf(c)) == "" {
			continue
		}
		given := a.options.Prereleases
		if a.try(func(r *resolver) {
			r.options.Prereleases = func(project string) (wanted, excluded bool) {
				if project == c.on.name {
					return true, false
				}
				return given(project)
			}
		}) != nil {
			a.hint("take its pre-releases, by a line in a requirements file: --all-releases %s", c.on.name)
		}
	}
}

// otherPython tries the nearest Pythons on which a release runs that does not on the target's: one that helps against all
// causes, or else against this one.
func (a *advice) otherPython() {
	if a.options.Facts != nil { // they are of one Python
		return
	}
	for _, without := range [][]int{nil, a.without} {
		if env := a.nearestPython(without); env != nil {
			a.hint("use another Python: --python %s", env.Markers.PythonVersion)
			return
		}
		if len(a.without) == 0 {
			return
		}
	}
}

func (a *advice) nearestPython(without []int) *environment.Environment {
	const farthest, most = 5, 3
	tried := 0
	minor := a.options.Environment.Target.Python[1]
	for distance := 1; distance <= farthest && tried < most; distance++ {
		for _, other := range []int{minor + distance, minor - distance} {
			env := a.options.Environment.WithMinor(other)
			set, err := tags.New(env.Target)
			version, unreadable := pep440.Parse(env.Markers.PythonFullVersion)
			change := func(r *resolver) { r.options.Environment, r.options.Tags, r.python = env, set, version }
			if err != nil || unreadable != nil || tried == most || !a.mayRun(change) {
				continue
			}
			tried++
			if a.alone(change) != nil && a.adviser.try(without, change) != nil {
				return env
			}
		}
	}
	return nil
}

// mayRun says whether a release that cannot be used for its Python or platform can be with a change.
func (a *advice) mayRun(change func(*resolver)) bool {
	with := *a.adviser.trials.resolver
	run := &resolver{Resolver: &with, wanted: newAsked()}
	change(run)
	changed := run.newSource()
	for _, c := range a.about(python, platform) {
		for i := range c.which.Members(len(c.of.candidates)) {
			if why, err := changed.reasonAgainst(c.of.project, c.of.candidates[i]); err == nil && why.kind == none {
				return true
			}
		}
	}
	return false
}

// otherProvider tries the providers that are not enabled, for the projects of which those in use have nothing that can be
// used.
func (a *advice) otherProvider() {
	orders := map[string][]Provider{}
	for _, c := range a.claims {
		p := c.of.project
		if c.missing {
			p = c.on.project
		}
		if (c.missing || c.why.kind != none && c.why.kind != constrained) && len(p.order) < len(defaultOrder) {
			orders[p.name] = withAll(p.order)
		}
	}
	if len(orders) == 0 {
		return
	}
	selection := a.try(func(r *resolver) { r.setOrders(orders) })
	if selection == nil {
		a.oneProvider(orders)
		return
	}
	flags := ""
	for _, p := range selection.Packages {
		if orders[p.Name] != nil {
			orders[p.Name] = []Provider{p.Provider}
			flags += fmt.Sprintf(" --provider %s=%s", p.Name, a.options.Policy.written(p.Name, p.Provider))
		}
	}
	if a.try(func(r *resolver) { r.setOrders(orders) }) != nil {
		a.hint("use another provider:%s", flags)
	}
}

// oneProvider tries the providers one by one for one project, which stands above --only-binary and the like, and then
// all of them for all projects.
func (a *advice) oneProvider(orders map[string][]Provider) {
	for name, order := range orders {
		for _, provider := range order {
			if len(orders) == 1 && a.try(func(r *resolver) { r.setOrders(map[string][]Provider{name: {provider}}) }) != nil {
				a.hint("use another provider: --provider %s=%s", name, a.options.Policy.written(name, provider))
				return
			}
		}
	}
	all := withAll(a.options.Policy.Order(""))
	if a.try(func(r *resolver) { r.options.Policy.Default = all }) != nil {
		a.hint("use all providers: --providers %s", orderText(all))
	}
}

// setOrders gives projects orders of their own.
func (r *resolver) setOrders(orders map[string][]Provider) {
	all := maps.Clone(r.options.Policy.Projects)
	if all == nil {
		all = map[string][]Provider{}
	}
	maps.Copy(all, orders)
	r.options.Policy.Projects = all
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

// fewerRequirements tries to leave out one of several requirements that exclude each other, if nothing less helps.
func (a *advice) fewerRequirements() {
	involved := a.involved()
	if len(a.hints) > 0 || len(involved) < 2 {
		return
	}
	var texts []string
	for _, i := range involved {
		if a.adviser.try(append(slices.Clone(a.without), i), nil) != nil {
			texts = append(texts, a.text(i))
		}
	}
	if len(texts) > 0 {
		a.hint("leave out %s", strings.Join(texts, ", or "))
	}
}

// inVain says what was tried and does not help, where nothing does and all was tried.
func (a *advice) inVain() string {
	p, _ := a.culprit()
	if p == nil || len(a.hints) > 0 || a.adviser.short || a.adviser.ctx.Err() != nil {
		return ""
	}
	unasked := ""
	if a.options.Facts == nil {
		unasked = " (nixpkgs was not asked: there are no --facts)"
	}
	if len(a.about(python, platform)) > 0 && a.options.Facts == nil {
		return "neither another release, nor another provider, nor another Python nearby would do" + unasked
	}
	return "neither another release nor another provider would do" + unasked
}
