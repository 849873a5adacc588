package provide

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"mach/helper/graph"
	"mach/helper/pep440"
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
	Version  string   `json:"version,omitempty"` // with Because also several, as ranges
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
	if u, ok := q.options.Facts.Unusable(q.chosen.Name); ok {
		return &Other{Because: []string{fmt.Sprintf("nixpkgs has %s, but it %s", u.Attr, u.Reason)}}, nil
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
	// All at once, and then the newest alone, against which less may have to be said.
	first, err := q.firstNewer(ctx, usable)
	if err != nil {
		return err
	}
	if first.Unfinished {
		first.Version = newest
	} else if first.Version != newest && (first.Because == nil || len(usable) > 1) {
		second, err := q.try(ctx, q.chosen.Provider, q.chosen.Name+"=="+newest)
		if err != nil {
			return err
		}
		second.Version = newest
		w.Newer = append(w.Newer, *second)
	}
	switch {
	case first.Because == nil:
	case len(w.Newer) == 0 || slices.Equal(first.Because, w.Newer[0].Because):
		w.Newer, first.Version = nil, newest
	default:
		first.Version = q.all(usable[1:])
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

// all are versions as ranges.
func (q *question) all(versions []int) string {
	which := make([]bool, len(q.project.versions))
	for _, i := range versions {
		which[i] = true
	}
	return ranges(q.project.versions, which)
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
