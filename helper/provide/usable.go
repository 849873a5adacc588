package provide

import (
	"fmt"
	"slices"

	"mach/helper/pep508"
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
	if !req.Specifiers.Pins() || p.db == nil {
		return
	}
	for _, v := range p.versions[:len(p.db.Versions)] {
		if pin := (nodeKey{p.name, v.text}); v.valid && !s.wanted.pins[pin] && req.Specifiers.Contains(v.Version) {
			s.asked.pins[pin] = true
		}
	}
}

// hasUnasked says whether a project has pre-releases that nobody asked for.
func hasUnasked(p *project) bool {
	return slices.ContainsFunc(p.versions, func(v version) bool { return v.pre })
}

// Reasons that say only that a release is not to be had from one provider.
const (
	noWheel = "it has no wheel"
	noSdist = "it has no sdist"
)

// reasonAgainst says why a release from wheel or sdist can never be chosen, or "".
func (s *source) reasonAgainst(p *project, c candidate, r *release) string {
	markers := &s.options.Environment.Markers
	switch {
	case r.broken != "":
		return r.broken
	case s.options.ExcludeNewer != "" && r.Uploaded > s.options.ExcludeNewer:
		return "it was uploaded after " + s.options.ExcludeNewer
	case r.Yanked && !s.wanted.pins[nodeKey{p.name, p.versions[c.version].text}]:
		s.yanked[nodeKey{p.name, p.versions[c.version].text}] = true
		return "it is yanked"
	case c.provider == Wheel && len(r.Wheels) == 0:
		return noWheel
	case c.provider == Wheel && s.bestWheel(r) < 0:
		return fmt.Sprintf("it has no wheel for Python %s on %s", markers.PythonVersion, s.options.Environment.System)
	case c.provider == Sdist && !r.Sdist:
		return noSdist
	case !r.requiresPython.Contains(s.python):
		return fmt.Sprintf("it requires Python %s", r.RequiresPython)
	}
	return ""
}

// constrained says which constraint a candidate breaks, or "".
func (s *source) constrained(p *project, c candidate) string {
	for _, req := range s.constraints[p.name] {
		v := p.versions[c.version]
		if len(req.Specifiers) > 0 && !(v.valid && req.Specifiers.Contains(v.Version)) {
			return fmt.Sprintf("the constraint %s excludes it", req)
		}
	}
	return ""
}

// bestWheel is the index of the release's wheel with the best tags, and of those with the highest build number; -1
// if none fits.
func (s *source) bestWheel(r *release) int {
	best, bestRank := -1, 0
	for i, w := range r.Wheels {
		rank, ok := s.options.Tags.Rank(w.WheelTags)
		if !ok {
			continue
		}
		if best < 0 || rank < bestRank || rank == bestRank && newerBuild(w.Build, r.Wheels[best].Build) {
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

// needs are the requirements of the release as a wheel or as an sdist.
func (r *release) needs(provider Provider) []pep508.Requirement {
	if provider == Sdist && r.sdistRequires != nil {
		return *r.sdistRequires
	}
	return r.requires
}
