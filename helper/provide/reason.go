package provide

import (
	"fmt"
	"slices"
	"strings"

	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/release"
)

// reason is why a candidate can never be chosen: a verb with what belongs to it, to follow the candidate's name.
type reason struct {
	kind kind
	text string
}

// kind sorts reasons by what can be done about them.
type kind uint8

const (
	none      kind = iota
	elsewhere      // another provider may have it
	platform       // there are wheels, but none for the target
	python
	yanked
	tooNew // for --exclude-newer
	constrained
	unreadable
)

// How some reasons begin.
const (
	requiresPython = "requires Python "
	excludedBy     = "is excluded by the constraint "
)

// reasonAgainst says why a release that is not nixpkgs' can never be chosen, as far as that is known without its
// metadata, or none.
func (s *source) reasonAgainst(p *project, c candidate) (reason, error) {
	r, err := p.known.releaseOf(c)
	if err != nil {
		return reason{}, err
	}
	requires, by, err := s.pythonsOf(p, c, r)
	if err != nil {
		return reason{}, err
	}
	return s.reasonOfRelease(p, c, r, requires, by), nil
}

// reasonOfRelease is reasonAgainst. The release requires a Python, by a fix or, if that is "", by itself.
func (s *source) reasonOfRelease(p *project, c candidate, r *release.Release, requires, by string) reason {
	pin := nodeKey{p.name, p.versions[c.version].text}
	runs, unreadablePython := s.data.allows(requires, s.python)
	switch {
	case s.options.ExcludeNewer != "" && r.Uploaded > s.options.ExcludeNewer:
		return reason{tooNew, "was uploaded after " + s.options.ExcludeNewer}
	case r.Yanked && !s.wanted.pins[pin]:
		s.yanked[pin] = true
		return reason{yanked, strings.TrimSuffix("was yanked: "+clip(strings.Join(strings.Fields(r.YankedReason), " ")), ": ")}
	case r.Hashed && len(r.Wheels) == 0 && !r.Sdist:
		return reason{unreadable, "has no file" + ofHashes(r)}
	case c.provider == Wheel && len(r.Wheels) == 0:
		return reason{elsewhere, "has no wheel" + ofHashes(r)}
	case c.provider == Tag && !p.hasTag(int(c.version)):
		return reason{elsewhere, "has no tag"}
	case c.provider == Sdist && !r.Sdist:
		return reason{elsewhere, "has no sdist" + ofHashes(r)}
	case unreadablePython != nil:
		return badPython(unreadablePython)
	case !runs:
		return reason{python, requiresPython + requires + by}
	case (c.provider == Wheel || c.provider == Direct && !r.Sdist) && s.bestWheel(r) < 0:
		return reason{platform, fmt.Sprintf("has no wheel for Python %s on %s", s.options.Environment.Markers.PythonVersion, s.options.Environment.System) + ofHashes(r)}
	}
	return reason{}
}

// ofHashes ends a reason that concerns the files with hashes that the user gives.
func ofHashes(r *release.Release) string {
	if r.Hashed {
		return " with a hash that is given"
	}
	return ""
}

// reasonOfNeeds says why a file can never be chosen once its metadata is known, or none. An index need not say which
// Pythons a release requires.
func (s *source) reasonOfNeeds(n *needs) reason {
	if n.broken != "" {
		return reason{unreadable, n.broken}
	}
	runs, err := s.data.allows(n.metadata.RequiresPython, s.python)
	switch {
	case err != nil:
		return badPython(err)
	case !runs:
		return reason{python, requiresPython + n.metadata.RequiresPython}
	}
	return reason{}
}

func badPython(err error) reason {
	return reason{unreadable, fmt.Sprintf("has a Requires-Python that cannot be read: %v", err)}
}

// reasonOfURL says why a requirement on a URL cannot be met, or none.
func (s *source) reasonOfURL(req pep508.Requirement) reason {
	if req.URL == "" || s.options.Direct != nil && s.options.Direct(pep508.NormalizeName(req.Name), req.URL) {
		return reason{}
	}
	return reason{unreadable, fmt.Sprintf("needs %s from %s", req.Name, reference.Public(req.URL))}
}

// reasonOfConstraint says which constraint a candidate breaks, or none.
func (s *source) reasonOfConstraint(p *project, c candidate) reason {
	if i := s.broken(p, c); i >= 0 {
		return reason{constrained, excludedBy + s.constraints[p.name][i].text()}
	}
	return reason{}
}

// broken is the index of the first constraint that a candidate breaks, or -1.
func (r *resolver) broken(p *project, c candidate) int {
	v := &p.versions[c.version]
	return slices.IndexFunc(r.constraints[p.name], func(req Requirement) bool {
		return len(req.Specifiers) > 0 && !(v.any || v.valid && req.Specifiers.Contains(v.Version))
	})
}

// wheelsOf says what the wheels of a claim's releases are for: the platforms, if there are any for the target's Python,
// else the Pythons.
func (x *explanation) wheelsOf(c *claim) string {
	var pythons, platforms []string
	own := fmt.Sprintf("cp%d%d", x.options.Environment.Target.Python[0], x.options.Environment.Target.Python[1])
	for i := range c.which.Members(len(c.of.candidates)) {
		r, err := c.of.known.releaseOf(c.of.candidates[i])
		if err != nil {
			return ""
		}
		for _, w := range r.Wheels {
			pythons = append(pythons, w.Python)
			if w.Python == own || w.ABI == "abi3" || w.ABI == "none" {
				platform, _, _ := strings.Cut(w.Platform, ".") // the others of a compressed set are aliases and the like
				platforms = append(platforms, platform)
			}
		}
	}
	if len(platforms) > 0 {
		return some(platforms)
	}
	return some(pythons)
}

// some lists the first few of texts, each once.
func some(texts []string) string {
	const few = 5
	slices.Sort(texts)
	if texts = slices.Compact(texts); len(texts) > few {
		texts = append(texts[:few-1:few-1], fmt.Sprintf("%d others", len(texts)-few+1))
	}
	return listed(texts, "and")
}
