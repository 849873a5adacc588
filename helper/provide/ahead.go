package provide

import (
	"slices"
	"strings"
	"sync"

	"mach/helper/pep508"
	"mach/helper/pubgrub"
)

// scout reads from a live index what the solver will ask for next, before it asks: for each requirement that is met,
// its project, the metadata of the release that will probably be chosen, and so on with what that needs. The database
// keeps what it reads. A wrong guess costs a request, and no more.
type scout struct {
	*resolver
	mu       sync.Mutex // guards what follows
	seen     map[string]bool
	projects map[string]*project
}

func newScout(r *resolver) *scout {
	return &scout{resolver: r, seen: map[string]bool{}, projects: map[string]*project{}}
}

// follow begins to read what requirements lead to, whose markers hold.
func (s *scout) follow(reqs []pep508.Requirement) {
	for _, req := range reqs {
		key := pep508.NormalizeName(req.Name) + "[" + strings.Join(req.Extras, ",") + "]" + keyOf(req.Specifiers)
		s.mu.Lock()
		seen := s.seen[key]
		s.seen[key] = true
		s.mu.Unlock()
		if !seen && req.URL == "" {
			go s.guess(req)
		}
	}
}

// guess reads the release that will probably be chosen for a requirement. Errors are left to the solver's question.
func (s *scout) guess(req pep508.Requirement) {
	p, err := s.projectOf(req)
	if p == nil || err != nil {
		return
	}
	c, ok := s.first(p, req)
	if !ok || c.provider == Nixpkgs {
		return
	}
	needs, err := s.ownNeedsOf(p, c)
	if err != nil {
		return
	}
	if needs, err = s.amended(p, c, needs); err != nil {
		return
	}
	s.follow(s.active(needs.requires, ""))
	for _, extra := range req.Extras {
		s.follow(s.active(needs.requires, pep508.NormalizeName(extra)))
	}
}

// projectOf is the project of a requirement with its candidates; nil if there is none. It is not one of a round's:
// those are not safe for others than the solver.
func (s *scout) projectOf(req pep508.Requirement) (*project, error) {
	name := pep508.NormalizeName(req.Name)
	known, err := s.data.project(name)
	if known == nil || err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.projects[name] == nil {
		s.projects[name] = s.candidates(name, known, req.Specifiers.MentionsPrerelease(), false)
	}
	return s.projects[name], nil
}

// first is the first candidate that a requirement and the constraints allow and that can be used, as far as that is
// known without metadata.
func (s *scout) first(p *project, req pep508.Requirement) (candidate, bool) {
	s.mu.Lock()
	set := p.matching(req.Specifiers)
	for _, c := range s.constraints[p.name] {
		set = set.Intersect(p.matching(c.Specifiers))
	}
	s.mu.Unlock()
	for i := range set.Members(len(p.candidates)) {
		c := p.candidates[i]
		if c.provider == Nixpkgs {
			return c, true
		}
		r, err := p.known.releaseOf(c)
		if err != nil {
			return c, false
		}
		if s.mayServe(p, c, r) {
			return c, true
		}
	}
	return candidate{}, false
}

// How far metadata is read on when the solver walks down a project's releases: not before it has asked for a few, then
// as many more as it has asked for, within bounds.
const (
	walkBegins = 4
	walkMost   = 64
)

// readOn reads the metadata of the releases after c, once the solver has walked down to it.
func (s *source) readOn(p *project, c candidate) {
	k := p.known
	if c.provider != Wheel { // an sdist is downloaded whole
		return
	}
	if k.walked++; k.walked < walkBegins || int(c.version) < k.next-walkBegins {
		return
	}
	at := slices.Index(p.candidates, c)
	most := min(k.walked, walkMost)
	for _, next := range p.candidates[at+1:] {
		if most == 0 || next.provider != c.provider {
			break
		}
		if int(next.version) < k.next {
			continue
		}
		k.next = int(next.version) + 1
		r, err := k.Release(int(next.version))
		if err != nil || !s.mayServe(p, next, r) {
			continue
		}
		most--
		if wheel, err := s.fileOf(p, next); err == nil {
			go k.needsOf(int(next.version), wheel)
		}
	}
}

// readFiles reads the files of what was chosen, all at once.
func (s *source) readFiles(solution *pubgrub.Solution) {
	if !s.options.Live {
		return
	}
	for _, choice := range solution.Choices {
		if choice.Package == pubgrub.Root {
			continue
		}
		n := s.nodes[choice.Package]
		if c := n.candidates[choice.Candidate]; c.provider != Nixpkgs && n.extra == "" {
			k, i := n.known.at(c)
			go k.Files(i)
		}
	}
}

// readBuildSystems reads what sdists are built with, all at once. A database may have to ask their host too.
func (r *Resolver) readBuildSystems(packages []*Selected) {
	for _, p := range packages {
		if p.isBuilt() {
			go p.read.BuildSystem(p.release)
		}
	}
}
