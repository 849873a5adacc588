package provide

import (
	"slices"

	"mach/helper/facts"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// source answers the solver's questions in one round. A project's extra is a package of its own, with the project's
// candidates, each of which needs the project at just that candidate and what the extra adds.
type source struct {
	*resolver
	nodes    []node
	ids      map[nodeKey]pubgrub.Package
	projects map[string]*project
	asked    asked            // what requirements that were met ask for and this round did not know
	yanked   map[nodeKey]bool // releases that were refused for that
	reasons  []reason         // by pubgrub.Reason; the first is none
	// The projects that the user names, unless there is something to keep: of those no older release is taken to spare
	// what they need a fallback.
	named map[string]bool
}

type nodeKey struct{ project, extra string }

// node is a package of the solver. The root has no project.
type node struct {
	*project
	extra string
}

func (r *resolver) newSource() *source {
	s := &source{
		resolver: r,
		nodes:    []node{{}},
		ids:      map[nodeKey]pubgrub.Package{},
		projects: map[string]*project{},
		asked:    newAsked(),
		yanked:   map[nodeKey]bool{},
		reasons:  []reason{{}},
		named:    map[string]bool{},
	}
	for _, req := range r.roots {
		s.named[pep508.NormalizeName(req.Name)] = r.options.Preferences == nil
	}
	return s
}

// id is the solver's number of a project or of its extra (both normalised).
func (s *source) id(name, extra string) (pubgrub.Package, *project, error) {
	key := nodeKey{name, extra}
	if id, ok := s.ids[key]; ok {
		return id, s.nodes[id].project, nil
	}
	p, err := s.project(name)
	if err != nil {
		return 0, nil, err
	}
	if extra != "" {
		if _, _, err := s.id(name, ""); err != nil {
			return 0, nil, err
		}
	}
	id := pubgrub.Package(len(s.nodes))
	s.nodes = append(s.nodes, node{p, extra})
	s.ids[key] = id
	return id, p, nil
}

func (s *source) project(name string) (*project, error) {
	if p, ok := s.projects[name]; ok {
		return p, nil
	}
	known, err := s.data.project(name)
	if err != nil {
		return nil, err
	}
	p := s.candidates(name, known, s.wanted.pre[name], s.wanted.every)
	s.projects[name] = p
	for _, c := range s.constraints[name] {
		s.pin(p, c.Requirement, s.wanted.pins)
	}
	return p, nil
}

// candidates is a project as the options have it. wanted says that some requirement asks for its pre-releases, every
// that those of all projects are taken.
func (r *resolver) candidates(name string, known *known, wanted, every bool) *project {
	var offered []facts.Package
	if r.options.Facts != nil {
		offered = r.options.Facts.Packages(name)
	}
	pre, final := r.options.Pre || wanted, false
	if r.options.Prereleases != nil {
		wanted, excluded := r.options.Prereleases(name)
		pre, final = (pre || wanted) && !excluded, excluded
	}
	order := r.options.Policy.Order(name)
	if known.isDirect() {
		order, offered = []Provider{Direct}, nil
	}
	if r.options.Hashes[name] != nil {
		order = withoutFiles(order)
	}
	p := newProject(name, known, offered, order, pre, final)
	p.every = every
	r.prefer(p)
	p.classify()
	return p
}

// Candidates implements pubgrub.Source.
func (s *source) Candidates(p pubgrub.Package) (pubgrub.Info, error) {
	if p == pubgrub.Root {
		return pubgrub.Info{Candidates: 1, Preferred: pubgrub.All()}, nil
	}
	n := s.nodes[p]
	info := pubgrub.Info{Candidates: len(n.candidates), Preferred: n.preferred, Firm: s.named[n.name]}
	if n.extra != "" {
		info.Base = s.ids[nodeKey{n.name, ""}]
	}
	return info, nil
}

// Dependencies implements pubgrub.Source.
func (s *source) Dependencies(p pubgrub.Package, i int) (pubgrub.Answer, error) {
	if p == pubgrub.Root {
		deps, err := s.require(inOrder(s.roots)) // the answer does not depend on the order in which they were asked for
		for _, req := range s.roots {
			if err == nil {
				s.pin(s.projects[pep508.NormalizeName(req.Name)], req, s.wanted.pins)
			}
		}
		return pubgrub.Answer{Dependencies: deps}, err
	}
	n := s.nodes[p]
	c := n.candidates[i]
	if n.extra == "" {
		if broken := s.broken(n.project, c); broken >= 0 {
			answer := s.unusable(s.reasonOfConstraint(n.project, c))
			answer.Same = setOf(len(n.candidates), func(i int) bool { return s.broken(n.project, n.candidates[i]) == broken })
			return answer, nil
		}
	}
	if c.provider == Nixpkgs {
		return s.nixpkgsAnswer(n, i)
	}
	if n.extra == "" {
		if why, err := s.reasonAgainst(n.project, c); err != nil || why.kind != none {
			return s.unusable(why), err
		}
	}
	needs, err := s.needsOf(n.project, c)
	if err != nil {
		return pubgrub.Answer{}, err
	}
	if n.extra == "" {
		if why := s.reasonOfNeeds(needs); why.kind != none {
			return s.unusable(why), nil
		}
	}
	return s.releaseAnswer(n, needs.requires)
}

// unusable is the answer for a candidate that can never be chosen.
func (s *source) unusable(why reason) pubgrub.Answer {
	i := slices.Index(s.reasons, why)
	if i < 0 {
		i = len(s.reasons)
		s.reasons = append(s.reasons, why)
	}
	return pubgrub.Answer{Unusable: pubgrub.Reason(i)}
}

// releaseAnswer turns the requirements of a release, those that a node's extra adds or those without extras, into
// dependencies.
func (s *source) releaseAnswer(n node, reqs []pep508.Requirement) (pubgrub.Answer, error) {
	active := s.active(reqs, n.extra)
	for _, req := range active {
		if why := s.reasonOfURL(req); why.kind != none {
			return s.unusable(why), nil
		}
	}
	deps, err := s.require(active)
	return pubgrub.Answer{Dependencies: deps}, err
}

// active picks the requirements whose markers hold: with extra "" those without any extra, else those it adds.
func (r *Resolver) active(reqs []pep508.Requirement, extra string) []pep508.Requirement {
	var active []pep508.Requirement
	for _, req := range reqs {
		var holds bool
		if extra == "" {
			holds = req.Marker.Eval(&r.options.Environment.Markers, nil)
		} else {
			holds = req.Marker.MentionsExtra() && req.Marker.Eval(&r.options.Environment.Markers, []string{extra}) &&
				!req.Marker.Eval(&r.options.Environment.Markers, nil)
		}
		if holds {
			active = append(active, req)
		}
	}
	return active
}

// require makes dependencies of requirements whose markers are known to hold.
func (s *source) require(reqs []pep508.Requirement) ([]pubgrub.Dependency, error) {
	if s.scout != nil {
		s.scout.follow(reqs)
	} else {
		for _, req := range reqs {
			s.data.prefetch(pep508.NormalizeName(req.Name))
		}
	}
	var deps []pubgrub.Dependency
	for _, req := range reqs {
		name := pep508.NormalizeName(req.Name)
		id, p, err := s.id(name, "")
		if err != nil {
			return nil, err
		}
		s.note(p, req)
		set := p.matching(req.Specifiers)
		deps = append(deps, pubgrub.Dependency{Package: id, Allowed: set})
		for _, extra := range req.Extras {
			id, _, err := s.id(name, pep508.NormalizeName(extra))
			if err != nil {
				return nil, err
			}
			deps = append(deps, pubgrub.Dependency{Package: id, Allowed: set})
		}
	}
	return deps, nil
}

// nodesOf are the packages that a requirement is about, which was met.
func (s *source) nodesOf(req pep508.Requirement) []pubgrub.Package {
	name := pep508.NormalizeName(req.Name)
	nodes := []pubgrub.Package{s.ids[nodeKey{name, ""}]}
	for _, extra := range req.Extras {
		nodes = append(nodes, s.ids[nodeKey{name, pep508.NormalizeName(extra)}])
	}
	return nodes
}

// nixpkgsAnswer are the Python inputs that nixpkgs propagates, at any version: all packages are built against the one
// set. One that no provider knows comes along with the package.
func (s *source) nixpkgsAnswer(n node, i int) (answer pubgrub.Answer, err error) {
	if n.extra != "" {
		return answer, nil
	}
	for _, name := range n.fact(n.candidates[i].version).Dependencies {
		id, dep, err := s.id(name, "")
		if err != nil {
			return answer, err
		}
		if len(dep.candidates) > 0 && dep != n.project {
			answer.Dependencies = append(answer.Dependencies, pubgrub.Dependency{Package: id, Allowed: dep.usual})
		}
	}
	return answer, nil
}
