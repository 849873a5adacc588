package provide

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mach/helper/facts"
	"mach/helper/fixes"
	"mach/helper/pep508"
	"mach/helper/pubgrub"
	"mach/helper/release"
)

// Selection is what was chosen: one candidate a project, sorted by name.
type Selection struct {
	Roots    []string // the projects that the requirements name, sorted
	Packages []*Selected
	Moved    []Move // what is off its preference, sorted by name
	Warnings []string

	displaced, fallen []string // what gives way for others
	fell              bool     // something of displaced is not from its first provider either
}

// Selected is the candidate that was chosen of a project.
type Selected struct {
	Name         string // normalised
	Version      string
	Provider     Provider
	Extras       []string         // that somebody asked for, sorted
	Dependencies []string         // projects, sorted
	Parts        []Part           // it is there for one of these; none: always
	Fact         *facts.Package   // provider nixpkgs
	Release      *release.Release // of nixpkgs' version: if the index has it
	Metadata     *release.Metadata
	File         *release.File        // the wheel or the sdist; nil for nixpkgs
	Elsewhere    []*release.File      // provider nixpkgs: the wheel and the sdist that other installers can take
	Build        *release.BuildSystem // of an sdist, once its build requirements are resolved
	Fixes        []*fixes.Fix         // of its file, once the build requirements are resolved

	version int    // of its project
	read    *known // where its release is read, but for nixpkgs'
	release int    // there
}

// isBuilt says whether a wheel has to be built first.
func (s *Selected) isBuilt() bool {
	return s.Provider == Sdist || s.Provider == Tag || s.Provider == Direct && s.Release.Sdist
}

func (s *Selected) candidate() candidate { return candidate{int32(s.version), s.Provider} }

// selection reads the solution, with the files of what was chosen.
func (s *source) selection(solution *pubgrub.Solution) (*Selection, error) {
	chosen := map[string]*Selected{}
	edges := map[string]map[string]bool{}
	result := &Selection{}
	parted := s.parted()
	s.readFiles(solution)
	for _, choice := range solution.Choices {
		answer, err := s.Dependencies(choice.Package, choice.Candidate)
		if err != nil {
			return nil, err
		}
		var from *Selected
		if choice.Package != pubgrub.Root {
			if from, err = s.selected(chosen, s.nodes[choice.Package], choice.Candidate); err != nil {
				return nil, err
			}
		}
		s.addEdges(edges, from, answer.Dependencies)
		parted.add(choice.Package, answer.Dependencies)
	}
	result.Roots = slices.Sorted(maps.Keys(edges[""]))
	for _, name := range slices.Sorted(maps.Keys(chosen)) {
		p := chosen[name]
		slices.Sort(p.Extras)
		result.Warnings = append(result.Warnings, p.unknownExtras()...)
		if p.Metadata != nil && p.Metadata.Doubt != "" {
			result.Warnings = append(result.Warnings, p.Name+" "+p.Version+" "+p.Metadata.Doubt)
		}
		p.Dependencies = slices.Sorted(maps.Keys(edges[name]))
		p.Parts = parted.of(s, name)
		result.noteOff(s.projects[name], p.candidate())
		if err := s.noteMove(result, s.projects[name], p.candidate()); err != nil {
			return nil, err
		}
		result.Packages = append(result.Packages, p)
	}
	return result, nil
}

// selected is the entry of a node's project, made when it is met first.
func (s *source) selected(chosen map[string]*Selected, n node, i int) (*Selected, error) {
	p := chosen[n.name]
	if p == nil {
		c := n.candidates[i]
		p = &Selected{Name: n.name, Version: n.versions[c.version].text, Provider: c.provider}
		chosen[n.name] = p
		p.version = int(c.version)
		if c.provider == Nixpkgs {
			p.Fact = n.fact(c.version)
			if err := s.addElsewhere(p, n.project); err != nil {
				return nil, err
			}
		} else if err := s.addFile(p, n.project, c); err != nil {
			return nil, err
		}
	}
	if n.extra != "" {
		p.Extras = append(p.Extras, n.extra)
	}
	return p, nil
}

// addFile finds the file of a release: its best wheel, or its source.
func (s *source) addFile(p *Selected, of *project, c candidate) error {
	p.read, p.release = of.known.at(c)
	r, err := p.read.Release(p.release)
	if err != nil {
		return err
	}
	needs, err := s.needsOf(of, c)
	if err != nil {
		return err
	}
	files, err := p.read.Files(p.release)
	if err != nil {
		return err
	}
	p.Release, p.Metadata = r, needs.metadata
	// The wheels come first, in the order of the release's; the sdist is last.
	i := len(files) - 1
	if !p.isBuilt() {
		i = s.bestWheel(r)
	}
	p.File = &files[i]
	return nil
}

// addElsewhere finds the files of nixpkgs' version in the index, for installers that know no nixpkgs.
func (s *source) addElsewhere(p *Selected, of *project) error {
	if of.known == nil {
		return nil
	}
	i := slices.Index(of.known.Versions(), p.Version)
	if i < 0 {
		return nil
	}
	r, err := of.known.Release(i)
	if err != nil {
		return err
	}
	hasWheel, hasSdist := s.mayServe(of, candidate{int32(i), Wheel}, r), s.mayServe(of, candidate{int32(i), Sdist}, r)
	if !hasWheel && !hasSdist {
		return nil
	}
	files, err := of.known.Files(i)
	if err != nil {
		return err
	}
	p.Release = r
	if hasWheel {
		p.Elsewhere = append(p.Elsewhere, &files[s.bestWheel(r)])
	}
	if hasSdist {
		p.Elsewhere = append(p.Elsewhere, &files[len(files)-1])
	}
	return nil
}

// addEdges notes that from, nil for the root, depends on the projects of deps.
func (s *source) addEdges(edges map[string]map[string]bool, from *Selected, deps []pubgrub.Dependency) {
	name := ""
	if from != nil {
		name = from.Name
	}
	if edges[name] == nil {
		edges[name] = map[string]bool{}
	}
	for _, d := range deps {
		if to := s.nodes[d.Package].name; to != name {
			edges[name][to] = true
		}
	}
}

// unknownExtras warns of extras that a release does not have: like pip, mach takes it without.
func (s *Selected) unknownExtras() (warnings []string) {
	if s.Metadata == nil {
		return nil
	}
	for _, extra := range s.Extras {
		if !slices.ContainsFunc(s.Metadata.ProvidesExtra, func(has string) bool { return pep508.NormalizeName(has) == extra }) {
			has := "it has none"
			if len(s.Metadata.ProvidesExtra) > 0 {
				has = "there are " + strings.Join(s.Metadata.ProvidesExtra, ", ")
			}
			warnings = append(warnings, fmt.Sprintf("%s %s has no extra %q: %s", s.Name, s.Version, extra, has))
		}
	}
	return warnings
}
