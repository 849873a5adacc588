package provide

import (
	"slices"

	"mach/helper/facts"
	"mach/helper/graph"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// Set is what was chosen, by a resolution or in a lock, and what it was chosen for.
type Set struct {
	Requirements, Constraints []Requirement
	Chosen                    []Chosen // one a project
	Builds                    string   // the id of the sdist that it builds; "" it is the user's own set
	// Anew is what a lock would have if nothing were kept of a project; nil: the set is of no lock. An error that is a
	// *NoSolution: it could not be made.
	Anew func(project string) ([]Chosen, error)
}

// Chosen is a release that was chosen, and its provider.
type Chosen struct {
	Name     string   `json:"name"` // normalised
	Version  string   `json:"version"`
	Provider Provider `json:"provider"`
}

// MarshalText is the provider's name.
func (p Provider) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Graph is who needs whom in a set, with the requirements as their authors wrote them. Only the markers that hold and
// the extras that are asked for count. A release that the data does not have, or not readably, needs nothing: unknown
// names those.
func (r *Resolver) Graph(set Set) (g graph.Graph, unknown []string, err error) {
	w := weaver{source: r.run(set).newSource(), chosen: map[string]Chosen{}, asked: map[string][]string{}}
	for _, c := range set.Chosen {
		w.chosen[c.Name] = c
		r.data.prefetch(c.Name)
		if r.options.Live {
			go w.readAhead(c)
		}
	}
	g.Roots = w.edges(w.roots, "", w.origins)
	for _, c := range set.Chosen {
		w.ask(c.Name, "")
	}
	needs := map[string][]graph.Edge{}
	for len(w.open) > 0 {
		at := w.open[0]
		w.open = w.open[1:]
		found, err := w.needs(at)
		if err != nil {
			return g, nil, err
		}
		needs[at.project] = append(needs[at.project], found...)
	}
	for _, c := range set.Chosen {
		extras := slices.Sorted(slices.Values(w.asked[c.Name]))
		extras = slices.DeleteFunc(extras, func(extra string) bool { return extra == "" })
		g.Nodes = append(g.Nodes, graph.Node{Name: c.Name, Version: c.Version, Provider: c.Provider.String(), Extras: extras, Needs: needs[c.Name]})
	}
	return g, slices.Compact(slices.Sorted(slices.Values(w.unknown))), nil
}

// weaver goes from the user's requirements to all that they lead to.
type weaver struct {
	*source
	chosen  map[string]Chosen
	asked   map[string][]string // extras by project; "" is the project itself
	open    []nodeKey
	unknown []string
}

// edges are the edges of requirements whose markers hold, which the extra of a project adds.
func (w *weaver) edges(reqs []pep508.Requirement, extra string, origins []string) []graph.Edge {
	edges := make([]graph.Edge, len(reqs))
	for i, req := range reqs {
		e := graph.Edge{To: pep508.NormalizeName(req.Name), Requirement: req.String(), For: extra}
		if origins != nil {
			e.Origin = origins[i]
		}
		w.ask(e.To, "")
		for _, extra := range req.Extras {
			e.Extras = append(e.Extras, pep508.NormalizeName(extra))
			w.ask(e.To, pep508.NormalizeName(extra))
		}
		edges[i] = e
	}
	return edges
}

func (w *weaver) ask(name, extra string) {
	if _, ok := w.chosen[name]; ok && !slices.Contains(w.asked[name], extra) {
		w.asked[name] = append(w.asked[name], extra)
		w.open = append(w.open, nodeKey{name, extra})
	}
}

// needs are what a chosen project needs by itself or for an extra.
func (w *weaver) needs(at nodeKey) ([]graph.Edge, error) {
	c := w.chosen[at.project]
	if c.Provider == Nixpkgs {
		return w.inputs(at), nil
	}
	needs, err := w.needsOfChosen(c)
	if err != nil || needs == nil {
		return nil, err
	}
	reqs := w.active(needs.requires, at.extra)
	origins := make([]string, len(reqs))
	for i, req := range reqs {
		origins[i] = needs.origin(req)
	}
	return w.edges(reqs, at.extra, origins), nil
}

// inputs are those that nixpkgs propagates and that were chosen.
func (w *weaver) inputs(at nodeKey) []graph.Edge {
	if at.extra != "" {
		return nil
	}
	var offered []facts.Package
	if w.options.Facts != nil {
		offered = w.options.Facts.Packages(at.project)
	}
	i := slices.IndexFunc(offered, func(p facts.Package) bool { return p.Version.String() == w.chosen[at.project].Version })
	if len(offered) == 0 {
		w.unknown = append(w.unknown, at.project)
		return nil
	}
	var edges []graph.Edge
	for _, name := range offered[max(0, i)].Dependencies { // nixpkgs may have moved since a lock was made
		if _, ok := w.chosen[name]; ok {
			edges = append(edges, graph.Edge{To: name})
			w.ask(name, "")
		}
	}
	return edges
}

// needsOfChosen is the metadata of a chosen release; nil if there is none.
func (w *weaver) needsOfChosen(c Chosen) (*needs, error) {
	p, release, err := w.releaseOf(c)
	if err != nil {
		return nil, err
	}
	if p == nil {
		w.unknown = append(w.unknown, c.Name)
		return nil, nil
	}
	needs, err := w.needsOf(p, release)
	if err != nil {
		return nil, err
	}
	if needs.broken != "" {
		w.unknown = append(w.unknown, c.Name)
	}
	return needs, nil
}

// releaseOf is the candidate that was chosen, of a project that has no list of candidates; nil if the data has no such
// release.
func (w *weaver) releaseOf(c Chosen) (*project, candidate, error) {
	k, err := w.data.project(c.Name)
	if err != nil || k == nil {
		return nil, candidate{}, err
	}
	i := indexOf(k.Versions(), c.Version)
	at := candidate{int32(i), c.Provider}
	if i < 0 || !k.has(at) {
		return nil, candidate{}, nil
	}
	return &project{name: c.Name, known: k, versions: k.versions}, at, nil
}

// readAhead reads the metadata of a chosen release from a live index, which keeps it. Errors are left to who asks next.
func (w *weaver) readAhead(c Chosen) {
	p, release, err := w.releaseOf(c)
	if p == nil || err != nil || c.Provider == Nixpkgs {
		return
	}
	if wheel, err := w.fileOf(p, release); err == nil {
		of, i := p.known.at(release)
		of.Metadata(i, wheel)
	}
}

// indexOf is the index of a version, however it is written; -1 if it is not there.
func indexOf(versions []string, version string) int {
	if i := slices.Index(versions, version); i >= 0 {
		return i
	}
	v, err := pep440.Parse(version)
	if err != nil {
		return -1
	}
	return slices.Index(versions, v.String())
}

// Exclusion is a requirement that does not count: its marker does not hold, or nobody asks for its extra.
type Exclusion struct {
	By          string `json:"by"` // who has it: "click 8.1.7"; "" the user
	Requirement string `json:"requirement"`
	Origin      string `json:"origin,omitempty"` // where the user wrote it, or which fix adds or drops it
}

// Excluded are the requirements for a project that do not count in a set.
func (r *Resolver) Excluded(set Set, name string) (found []Exclusion, err error) {
	for _, req := range set.Requirements {
		if pep508.NormalizeName(req.Name) == name && !req.Marker.Eval(&r.options.Environment.Markers, nil) {
			found = append(found, Exclusion{Requirement: req.String(), Origin: req.Origin})
		}
	}
	w := weaver{source: r.run(set).newSource()}
	for _, c := range set.Chosen {
		if c.Provider == Nixpkgs {
			continue
		}
		needs, err := w.needsOfChosen(c)
		if err != nil {
			return nil, err
		}
		if needs == nil {
			continue
		}
		for _, req := range needs.requires {
			if pep508.NormalizeName(req.Name) == name {
				found = append(found, Exclusion{By: c.Name + " " + c.Version, Requirement: req.String(), Origin: needs.origin(req)})
			}
		}
		for _, d := range needs.dropped {
			if d.project == name {
				found = append(found, Exclusion{By: c.Name + " " + c.Version, Requirement: d.String(), Origin: "fix " + d.by.Title() + " drops that"})
			}
		}
	}
	return found, nil
}

// ForBuild is the resolver of build requirements, and those of an sdist; none if the data does not have it.
func (r *Resolver) ForBuild(sdist Chosen) (*Resolver, []Requirement, error) {
	k, err := r.data.project(sdist.Name)
	if err != nil || k == nil {
		return r.forBuilds(), nil, err
	}
	i := indexOf(k.Versions(), sdist.Version)
	at := candidate{int32(i), sdist.Provider}
	if i < 0 || !k.has(at) {
		return r.forBuilds(), nil, nil
	}
	of, i := k.at(at)
	build, err := of.BuildSystem(i)
	if err != nil {
		return nil, nil, err
	}
	added, err := r.options.Fixes.For(sdist.Name, sdist.Version, sdist.Provider.format(), r.options.Environment.System)
	if err != nil {
		return nil, nil, err
	}
	requirements, err := buildRequirements(build, added)
	return r.forBuilds(), requirements, err
}
