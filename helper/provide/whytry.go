package provide

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// patience is how long one thing is tried.
const patience = 3 * time.Second

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
	s, solution, err := r.repeat(ctx, false)
	if err != nil {
		return nil, err
	}
	return s.choices(solution), nil
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
	x := newExplanation(f.source, f.none.Explain().Facts)
	if c := x.missing(); c != nil {
		switch {
		case c.on.name != project:
			return []string{x.noRelease(c)}
		case provider == Nixpkgs:
			return []string{x.chain(c, "") + ", and nixpkgs has " + c.on.inNixpkgs()}
		}
		return []string{x.chain(c, "") + ", and there is no such " + provider.String()}
	}
	for _, c := range x.ends() {
		if line := x.chain(c, asked); line != "" && !slices.Contains(lines, line) {
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
	for _, name := range slices.Sorted(maps.Keys(all)) {
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
