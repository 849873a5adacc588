package provide

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"mach/helper/graph"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// Why is why a project is at its version and from its provider, and neither newer nor from a provider that is
// preferred. What could be is tried, not guessed.
type Why struct {
	Newest  string     `json:"newest"`            // the newest version that there is
	Order   []Provider `json:"order"`             // the providers of the project, best first
	Refused []Refused  `json:"refused,omitempty"` // newer releases that cannot be used from the chosen provider, newest first
	Newer   []Other    `json:"newer,omitempty"`   // those that could be, newest first
	Better  []Other    `json:"better,omitempty"`  // the providers that are preferred, best first
}

// Refused are releases that can never be chosen.
type Refused struct {
	Versions string `json:"versions"` // as ranges: "2.0 to 2.3, 2.5"
	Reason   string `json:"reason"`   // a verb with what belongs to it
	Older    bool   `json:"older"`    // all are older than the newest that can be used
}

// Other is something else to choose, and what speaks against it.
type Other struct {
	Version  string   `json:"version,omitempty"`
	Provider string   `json:"provider,omitempty"`
	Because  []string `json:"because,omitempty"` // there is no solution with it: facts, each with the chain that leads to it
	Against  []string `json:"against,omitempty"` // there is one, but these requirements of what was chosen exclude it
	Instead  []Change `json:"instead,omitempty"` // what else there would be with it: what moves back comes first
	Kept     bool     `json:"kept,omitempty"`    // there is one, and only that the lock keeps what it has speaks against it
	Untried  bool     `json:"untried,omitempty"` // what was asked for is not known, so that no solution was looked for
	// Unfinished says that to find out takes longer than anybody waits: there are many releases to ask for, of an index.
	Unfinished bool `json:"unfinished,omitempty"`

	taken Chosen
}

// patience is how long one thing is tried.
const patience = 3 * time.Second

// Change is another choice for a project; nil is none.
type Change struct {
	From *Chosen `json:"from"`
	To   *Chosen `json:"to"`
}

// Why explains the choice for a project, which must be in the set, whose graph is g.
func (r *Resolver) Why(ctx context.Context, set Set, g *graph.Graph, name string) (*Why, error) {
	i := slices.IndexFunc(set.Chosen, func(c Chosen) bool { return c.Name == name })
	q := &question{set: set, graph: g, chosen: set.Chosen[i], source: r.run(set).newSource(), waits: patience}
	var err error
	if q.project, err = q.source.project(name); err != nil {
		return nil, err
	}
	if set.Anew != nil {
		q.anew = sync.OnceValues(q.madeAnew)
	}
	w := &Why{Newest: q.newest(), Order: q.project.order}
	if q.chosen.Provider != Nixpkgs {
		if err := q.newer(ctx, w); err != nil {
			return nil, err
		}
	}
	for _, provider := range q.project.order {
		if len(set.Requirements) == 0 || provider == q.chosen.Provider || !slices.Contains(q.project.order, q.chosen.Provider) {
			break
		}
		other, err := q.from(ctx, provider)
		if err != nil {
			return nil, err
		}
		other.Provider = provider.String()
		w.Better = append(w.Better, *other)
	}
	return w, nil
}

// from tries a provider.
func (q *question) from(ctx context.Context, provider Provider) (*Other, error) {
	if q.anew != nil {
		if o, err := q.anew(); err != nil || o.Kept && o.taken.Provider == provider {
			return o, err
		}
	}
	has := slices.ContainsFunc(q.project.candidates, func(c candidate) bool { return c.provider == provider })
	switch {
	case has:
		return q.try(ctx, provider, "")
	case provider != Nixpkgs:
		return &Other{Because: []string{"there are no releases of " + q.chosen.Name}}, nil
	case q.options.Facts == nil:
		return &Other{Because: []string{"without --facts there is nothing in nixpkgs"}}, nil
	}
	return &Other{Because: []string{"nixpkgs has no " + q.chosen.Name}}, nil
}

// run prepares the resolution of what a set was chosen for. A pre-release that was chosen was wanted.
func (r *Resolver) run(set Set) *resolver {
	run := r.begin(set.Requirements, set.Constraints, set.Builds)
	for _, c := range set.Chosen {
		if v, err := pep440.Parse(c.Version); err == nil && v.IsPrerelease() {
			run.wanted.pre[c.Name] = true
		}
	}
	return run
}

// question is about what was chosen for a project.
type question struct {
	*source
	set     Set
	graph   *graph.Graph
	chosen  Chosen
	project *project
	anew    func() (*Other, error) // what there would be if the lock were made anew for the project; nil: it is no lock
	waits   time.Duration          // how long one thing is tried
}

// newer looks at the releases of the chosen provider that are newer.
func (q *question) newer(ctx context.Context, w *Why) error {
	usable := q.refused(w)
	if len(usable) == 0 {
		return nil
	}
	newest := q.project.versions[usable[0]].text
	if len(q.set.Requirements) == 0 {
		w.Newer = []Other{{Version: newest, Against: q.against(usable[0]), Untried: true}}
		return nil
	}
	// All at once: what speaks against them speaks against the newest.
	first, err := q.firstNewer(ctx, usable)
	if err != nil {
		return err
	}
	if first.Because != nil || first.Unfinished {
		first.Version = newest
	} else if first.Version != newest {
		second, err := q.try(ctx, q.chosen.Provider, q.chosen.Name+"=="+newest)
		if err != nil {
			return err
		}
		second.Version = newest
		w.Newer = append(w.Newer, *second)
	}
	w.Newer = append(w.Newer, *first)
	for i := range w.Newer {
		o := &w.Newer[i]
		if len(o.Because) == 0 && !o.Kept {
			o.Against = q.against(indexOf(q.project.known.Versions(), o.Version))
		}
	}
	return nil
}

// firstNewer is what there would be with any of the usable releases.
func (q *question) firstNewer(ctx context.Context, usable []int) (*Other, error) {
	if q.anew != nil {
		o, err := q.anew()
		if err != nil || o.Kept && o.taken.Provider == q.chosen.Provider && slices.ContainsFunc(usable, func(i int) bool { return q.project.versions[i].text == o.Version }) {
			return o, err
		}
	}
	return q.try(ctx, q.chosen.Provider, q.newerThanChosen(usable))
}

// madeAnew is what there would be if the lock kept nothing of the project, if there is a solution.
func (q *question) madeAnew() (*Other, error) {
	chosen, err := q.set.Anew(q.chosen.Name)
	var none *NoSolution
	switch {
	case errors.As(err, &none):
		return &Other{}, nil
	case err != nil:
		return nil, err
	}
	found := make(map[string]Chosen, len(chosen))
	for _, c := range chosen {
		found[c.Name] = c
	}
	o := q.compare(found)
	o.Kept = true
	return o, nil
}

// against are the requirements of what was chosen that exclude a version of the project.
func (q *question) against(version int) (texts []string) {
	for _, w := range q.graph.Wanters(q.chosen.Name) {
		req, err := pep508.Parse(w.Need.Requirement)
		if err != nil || req.Specifiers.Contains(q.project.versions[version].Version) {
			continue
		}
		req.Marker = nil
		switch {
		case len(w.Way) == 0:
			texts = append(texts, q.asks(Requirement{Requirement: req, Origin: w.Need.Origin}.text()))
		case w.Way[0].Extra != "":
			texts = append(texts, fmt.Sprintf("%s[%s] %s needs %s", w.Way[0].Name, w.Way[0].Extra, w.Way[0].Version, req))
		default:
			texts = append(texts, fmt.Sprintf("%s %s needs %s", w.Way[0].Name, w.Way[0].Version, req))
		}
	}
	return texts
}

// newest is the newest version that there is.
func (q *question) newest() string {
	chosen, err := pep440.Parse(q.chosen.Version)
	if q.project.known == nil || len(q.project.known.Versions()) == 0 || err != nil {
		return q.chosen.Version
	}
	if v := q.project.versions[0]; v.valid && v.Compare(chosen) > 0 {
		return v.text
	}
	return q.chosen.Version
}

// newerThanChosen is the requirement for the usable releases.
func (q *question) newerThanChosen(usable []int) string {
	oldest := q.project.versions[usable[len(usable)-1]]
	name, v := q.chosen.Name, q.chosen.Version
	if spec, err := pep440.ParseSpecifiers(">=" + v + ",!=" + v); err == nil && spec.Contains(oldest.Version) {
		return name + spec.String()
	}
	return name + "==" + q.project.versions[usable[0]].text // they differ in the local part alone
}

// refused notes the newer releases that cannot be used, and gives the others.
func (q *question) refused(w *Why) (usable []int) {
	chosen, err := pep440.Parse(q.chosen.Version)
	if err != nil || q.project.known == nil {
		return nil
	}
	var texts []string
	reasons := map[string][]bool{}
	for i, v := range q.project.versions[:len(q.project.known.Versions())] {
		if !v.valid || v.Compare(chosen) <= 0 {
			continue
		}
		why, err := q.reason(i)
		if err != nil {
			why = reason{unreadable, err.Error()}
		}
		switch {
		case why.kind == none:
			usable = append(usable, i)
			continue
		case why.kind == elsewhere && q.hasBetter(i): // why not the better provider is another question
			continue
		}
		if reasons[why.text] == nil {
			reasons[why.text] = make([]bool, len(q.project.versions))
			texts = append(texts, why.text)
		}
		reasons[why.text][i] = true
	}
	for _, text := range texts {
		newest := slices.Index(reasons[text], true)
		w.Refused = append(w.Refused, Refused{ranges(q.project.versions, reasons[text]), clip(text), len(usable) > 0 && newest > usable[0]})
	}
	return usable
}

// hasBetter says whether a release can be used from a provider that is preferred to the chosen one.
func (q *question) hasBetter(i int) bool {
	for _, provider := range q.project.order {
		if provider == q.chosen.Provider {
			break
		}
		if why, err := q.reasonAgainst(q.project, candidate{int32(i), provider}); provider != Nixpkgs && err == nil && why.kind == none {
			return true
		}
	}
	return false
}

// reason says why a release cannot be chosen from the chosen provider, as far as that is known without metadata.
func (q *question) reason(i int) (reason, error) {
	p, c := q.project, candidate{int32(i), q.chosen.Provider}
	if why := q.reasonOfConstraint(p, c); why.kind != none {
		return why, nil
	}
	if p.versions[i].pre {
		return reason{unreadable, "is a pre-release, and nobody asks for one"}, nil
	}
	why, err := q.reasonAgainst(p, c)
	if err != nil || why.kind != elsewhere && why.kind != platform {
		return why, err
	}
	at := slices.Index(p.order, q.chosen.Provider)
	for _, provider := range p.order[at+1:] {
		if other, err := q.reasonAgainst(p, candidate{int32(i), provider}); provider != Nixpkgs && err == nil && other.kind == none {
			why.text += fmt.Sprintf(", and %s stands behind %s", provider, q.chosen.Provider)
		}
	}
	return why, nil
}

// try resolves with the project from one provider, and with one more requirement for it if that is not "". All other
// projects stay as they were chosen where they can.
func (q *question) try(ctx context.Context, provider Provider, requirement string) (*Other, error) {
	waited, stop := context.WithTimeout(ctx, q.waits)
	defer stop()
	other, err := q.attempt(waited, provider, requirement)
	if waited.Err() != nil && ctx.Err() == nil && errors.Is(err, waited.Err()) {
		return &Other{Unfinished: true}, nil
	}
	return other, err
}

func (q *question) attempt(ctx context.Context, provider Provider, requirement string) (*Other, error) {
	with := *q.Resolver
	with.options.Policy.Projects = map[string][]Provider{}
	maps.Copy(with.options.Policy.Projects, q.options.Policy.Projects)
	with.options.Policy.Projects[q.chosen.Name] = []Provider{provider}
	set := q.set
	asked := ""
	if requirement != "" {
		req, err := pep508.Parse(requirement)
		if err != nil {
			return nil, err
		}
		set.Requirements = append(slices.Clone(set.Requirements), Requirement{Requirement: req})
		asked = Requirement{Requirement: req}.text()
	}
	run := with.run(set)
	run.keep(q.others())
	found, err := run.choices(ctx)
	var f *failure
	if errors.As(err, &f) {
		_, err = with.run(set).choices(ctx) // the explanation is not to depend on what is preferred
	}
	switch {
	case errors.As(err, &f):
		return &Other{Because: f.because(asked, q.chosen.Name, provider)}, nil
	case err != nil:
		return nil, err
	}
	return q.compare(found), nil
}

// others prefers what was chosen for the other projects.
func (q *question) others() map[string][]Preference {
	prefs := make(map[string][]Preference, len(q.set.Chosen))
	for _, c := range q.set.Chosen {
		if v, err := pep440.Parse(c.Version); err == nil && c.Name != q.chosen.Name {
			prefs[c.Name] = []Preference{{Version: v.String(), Provider: c.Provider}}
		}
	}
	return prefs
}

// choices resolves, without the last round that allows every pre-release. The error is a *failure if there is no
// solution.
func (r *resolver) choices(ctx context.Context) (map[string]Chosen, error) {
	for {
		s := r.newSource()
		solution, err := pubgrub.Solve(ctx, s)
		var none *pubgrub.NoSolution
		switch {
		case err == nil:
			return s.choices(solution), nil
		case !errors.As(err, &none):
			return nil, err
		case !r.wanted.merge(s.refused()):
			return nil, &failure{s, none}
		}
	}
}

// choices are those of a solution, by project.
func (s *source) choices(solution *pubgrub.Solution) map[string]Chosen {
	found := make(map[string]Chosen, len(solution.Choices))
	for _, choice := range solution.Choices {
		if n := s.nodes[choice.Package]; n.project != nil {
			c := n.candidates[choice.Candidate]
			found[n.name] = Chosen{n.name, n.versions[c.version].text, c.provider}
		}
	}
	return found
}

// because is why there is no solution with a project from one provider, without what was only asked for to see.
func (f *failure) because(asked, project string, provider Provider) (lines []string) {
	x := &explanation{source: f.source, facts: f.source.joinPythons(f.none.Explain().Facts)}
	if missing := x.missing(); missing != nil && len(x.ends()) == 1 {
		on := x.nodes[missing.On].project
		switch {
		case on.name != project:
			return []string{x.noRelease(missing)}
		case provider == Nixpkgs:
			return []string{x.chain(missing) + ", and nixpkgs has " + on.fact.Version.String()}
		}
		return []string{x.chain(missing) + ", and there is no such " + provider.String()}
	}
	for _, line := range x.chains() {
		if begin, rest, _ := strings.Cut(line, "; "); asked != "" && begin == x.asks(asked) {
			line = rest
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// asks is how a chain begins with a requirement.
func (r *resolver) asks(requirement string) string {
	if r.builds != "" {
		return r.builds + " is built with " + requirement
	}
	return "you ask for " + requirement
}

// compare says what other choices there are beside that for the project.
func (q *question) compare(found map[string]Chosen) *Other {
	taken := found[q.chosen.Name]
	o := &Other{Version: taken.Version, taken: taken}
	now := map[string]Chosen{}
	for _, c := range q.set.Chosen {
		now[c.Name] = c
	}
	all := maps.Clone(now)
	maps.Copy(all, found)
	for _, name := range sortedNames(all) {
		from, is := now[name]
		to, would := found[name]
		if name == q.chosen.Name || from == to {
			continue
		}
		var c Change
		if is {
			c.From = &from
		}
		if would {
			c.To = &to
		}
		o.Instead = append(o.Instead, c)
	}
	slices.SortStableFunc(o.Instead, func(a, b Change) int { return a.gain() - b.gain() })
	return o
}

// gain is -1 for an older release or a project less or more, 1 for a newer release, and 0 else.
func (c Change) gain() int {
	if c.From == nil || c.To == nil {
		return -1
	}
	from, err1 := pep440.Parse(c.From.Version)
	to, err2 := pep440.Parse(c.To.Version)
	if err1 != nil || err2 != nil {
		return 0
	}
	return to.Compare(from)
}
