package provide

import (
	"slices"

	"mach/helper/pep508"
	"mach/helper/release"
	"mach/helper/tags"
)

// asked is what only a requirement can allow: pre-releases of a project, and yanked releases by a pin.
type asked struct {
	pre   map[string]bool
	pins  map[nodeKey]bool // project and version
	every bool             // every pre-release, after all else
}

func newAsked() asked { return asked{pre: map[string]bool{}, pins: map[nodeKey]bool{}} }

// merge takes what b has over, and says whether anything was new.
func (a *asked) merge(b asked) (grew bool) {
	grew = b.every && !a.every
	a.every = a.every || b.every
	for name := range b.pre {
		grew = grew || !a.pre[name]
		a.pre[name] = true
	}
	for pin := range b.pins {
		grew = grew || !a.pins[pin]
		a.pins[pin] = true
	}
	return grew
}

// note remembers what a requirement that was met asks for. It counts from the next round on, so that within a round a
// question has one answer.
func (s *source) note(p *project, req pep508.Requirement) {
	if req.Specifiers.MentionsPrerelease() && !s.options.Pre && !s.wanted.pre[p.name] && hasUnasked(p) {
		s.asked.pre[p.name] = true
	}
	s.pin(p, req, s.asked.pins)
}

// pin adds the releases that a requirement pins and that may be yanked for that.
func (s *source) pin(p *project, req pep508.Requirement, pins map[nodeKey]bool) {
	if !req.Specifiers.Pins() || p.known == nil {
		return
	}
	for _, v := range p.versions[:len(p.known.Versions())] {
		if release := (nodeKey{p.name, v.text}); v.valid && !s.wanted.pins[release] && req.Specifiers.Contains(v.Version) {
			pins[release] = true
		}
	}
}

// hasUnasked says whether a project has pre-releases that nobody asked for.
func hasUnasked(p *project) bool {
	return slices.ContainsFunc(p.versions, func(v version) bool { return v.pre })
}

func (r *Resolver) bestWheel(of *release.Release) int { return BestWheel(r.options.Tags, of) }

// BestWheel is the index of the release's wheel with the best tags of a target, and of those with the highest build
// number; -1 if none fits.
func BestWheel(set *tags.Set, of *release.Release) int {
	best, bestRank := -1, 0
	for i, w := range of.Wheels {
		rank, ok := set.Rank(w.WheelTags)
		if !ok {
			continue
		}
		if best < 0 || rank < bestRank || rank == bestRank && newerBuild(w.Build, of.Wheels[best].Build) {
			best, bestRank = i, rank
		}
	}
	return best
}

// newerBuild says whether build tag a is after b (PEP 427): by number, then by the rest.
func newerBuild(a, b string) bool {
	an, as := tags.BuildNumber(a)
	bn, bs := tags.BuildNumber(b)
	return an > bn || an == bn && as > bs
}

// needsOf is the metadata of the file that a candidate, which is not nixpkgs', would be, as fixes have it.
func (s *source) needsOf(p *project, c candidate) (*needs, error) {
	if s.options.Live {
		s.readOn(p, c)
	}
	own, err := s.ownNeedsOf(p, c)
	if err != nil {
		return nil, err
	}
	return s.amended(p, c, own)
}

// ownNeedsOf is that metadata as the file has it.
func (r *Resolver) ownNeedsOf(p *project, c candidate) (*needs, error) {
	wheel, err := r.fileOf(p, c)
	if err != nil {
		return nil, err
	}
	of, i := p.known.at(c)
	return of.needsOf(i, wheel)
}

// fileOf is the file that a candidate, which is not nixpkgs', would be, as release.Project.Metadata numbers it.
func (r *Resolver) fileOf(p *project, c candidate) (int, error) {
	if c.provider == Sdist || c.provider == Tag {
		return -1, nil
	}
	of, err := p.known.Release(int(c.version))
	if err != nil {
		return 0, err
	}
	if c.provider == Direct && of.Sdist {
		return -1, nil
	}
	return r.bestWheel(of), nil
}

// mayServe says whether a candidate, which is not nixpkgs', can be used unasked, as far as that is known without its
// metadata.
func (r *Resolver) mayServe(p *project, c candidate, of *release.Release) bool {
	requires, _, err := r.pythonsOf(p, c, of)
	if err != nil {
		return false
	}
	runs, err := r.data.allows(requires, r.python)
	switch {
	case err != nil || !runs || of.Yanked || r.options.ExcludeNewer != "" && of.Uploaded > r.options.ExcludeNewer:
		return false
	case c.provider == Wheel || c.provider == Direct && !of.Sdist:
		return r.bestWheel(of) >= 0
	}
	return of.Sdist
}
