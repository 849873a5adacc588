package provide

import (
	"maps"
	"slices"
	"strings"

	"mach/helper/lock"
	"mach/helper/release"
)

// Written is what a lock says beside what was chosen.
type Written struct {
	Requirements   []string // the user's, as Texts gives them
	Constraints    []string // likewise
	Extras, Groups []string // that were asked for; normal, sorted

	// File is where an installer finds a file; neither: mach finds it by its location.
	File func(release.File) (url, path string)
	// Beside is an absolute path as the lock has it.
	Beside func(path string) string
}

// Lock writes down what was chosen for each of the systems, which are sorted.
func (r *Resolver) Lock(solved []*Solved, w Written) *lock.Lock {
	m := &merger{Written: w, solved: solved}
	for _, s := range solved {
		m.systems = append(m.systems, s.Environment.System)
	}
	first := solved[0].Environment
	l := &lock.Lock{
		RequiresPython:   "==" + first.Markers.PythonVersion + ".*",
		Extras:           w.Extras,
		DependencyGroups: w.Groups,
		CreatedBy:        "mach",
		Packages:         m.packages(),
		Tool: lock.Tool{Mach: &lock.Mach{
			Version:      lock.Version,
			Requirements: w.Requirements,
			Constraints:  w.Constraints,
			Python:       first.Markers.PythonVersion,
			Systems:      m.systems,
			ExcludeNewer: r.options.ExcludeNewer,
			DatabaseDate: r.options.DatabaseDate,
			Database:     r.options.DatabaseHash,
			Projects:     m.projects(r.options.Projects),
			Build:        m.builds(),
		}},
	}
	for _, s := range solved {
		l.Environments = append(l.Environments, s.Environment.Marker())
	}
	return l
}

// entry is what was chosen of a project for one system, as an entry of the lock for that system alone.
func (w *Written) entry(s *Selected, builds *Builds) lock.Package {
	p := lock.Package{Name: s.Name, Version: s.Version}
	provided := &lock.Provided{Provider: s.Provider.String()}
	p.Tool.Mach = provided
	for _, fix := range s.Fixes {
		provided.Fixes = append(provided.Fixes, fix.Title())
	}
	for _, part := range s.Parts {
		if part.Extra != "" {
			provided.Extras = append(provided.Extras, part.Extra)
		} else {
			provided.Groups = append(provided.Groups, part.Group)
		}
	}
	if s.Release != nil {
		p.RequiresPython = s.Release.RequiresPython
		if p.RequiresPython == "" && s.Metadata != nil {
			p.RequiresPython = s.Metadata.RequiresPython
		}
		p.RequiresPython = requiresPythonOf(s.Fixes, p.RequiresPython)
	}
	if s.Provider == Nixpkgs {
		provided.Attr = s.Fact.Attr
		for _, f := range s.Elsewhere {
			w.addFile(&p, f)
		}
		return p
	}
	w.addFile(&p, s.File)
	if !s.isBuilt() {
		return p
	}
	provided.Build = builds.Sets[s.ID()]
	if s.Build.Crates != nil {
		provided.Crates, provided.CrateRegistry = s.Build.Crates.Lines(), s.Build.Crates.Registry
	}
	if provided.BuildBackend = s.Build.Backend; provided.BuildBackend == "" {
		provided.BuildBackend = "setuptools.build_meta:__legacy__"
	}
	return p
}

// addFile writes a file down.
func (w *Written) addFile(p *lock.Package, f *release.File) {
	if f.Origin != nil {
		w.addOrigin(p, f.Origin)
		return
	}
	file := lock.File{Name: f.Name, Size: f.Size}
	if f.SHA256 != "" {
		file.Hashes = map[string]string{"sha256": f.SHA256}
	}
	file.URL, file.Path = w.File(*f)
	if file.URL == "" && file.Path == "" && f.Location != "" {
		if p.Tool.Mach.Locations == nil {
			p.Tool.Mach.Locations = make(map[string]string, 1)
		}
		p.Tool.Mach.Locations[file.Name] = f.Location
	}
	p.Index = f.Index
	if strings.HasSuffix(f.Name, ".whl") {
		p.Wheels = append(p.Wheels, file)
	} else {
		p.Sdist = &file
	}
}

// addOrigin writes down where a direct reference leads.
func (w *Written) addOrigin(p *lock.Package, o *release.Origin) {
	path := o.Path
	if path != "" {
		path = w.Beside(path)
	}
	switch {
	case o.Commit != "":
		p.VCS = &lock.VCS{Type: "git", URL: o.URL, Path: path, RequestedRevision: o.Revision, CommitID: o.Commit, Subdirectory: o.Subdirectory}
	case o.SHA256 != "":
		p.Archive = &lock.Archive{URL: o.URL, Path: path, Size: o.Size, Hashes: map[string]string{"sha256": o.SHA256}, Subdirectory: o.Subdirectory}
	default:
		p.Directory = &lock.Directory{Path: path, Editable: o.Editable, Subdirectory: o.Subdirectory}
	}
}

// cutCycles finds the dependencies that close a cycle, by project, beside those that are cut already: nixpkgs' packages
// propagate what they depend on, and two cannot propagate each other. All of a selection is in the environment, so
// nothing is lost by a cut.
func cutCycles(roots []string, needs map[string][]string, cuts map[string][]string) {
	const visiting, visited = 1, 2
	state := map[string]int{}
	var visit func(string)
	visit = func(name string) {
		state[name] = visiting
		for _, dep := range needs[name] {
			switch {
			case slices.Contains(cuts[name], dep):
			case state[dep] == visiting:
				cuts[name] = append(cuts[name], dep)
			case state[dep] == 0:
				visit(dep)
			}
		}
		state[name] = visited
	}
	for _, name := range slices.Concat(roots, slices.Sorted(maps.Keys(needs))) {
		if state[name] == 0 {
			visit(name)
		}
	}
}

// Texts returns the requirements as they stand in a lock: sorted, each once. Those of an extra or a group have it as
// their marker.
func Texts(requirements []Requirement) []string {
	texts := make([]string, len(requirements))
	for i, req := range requirements {
		texts[i] = req.String()
		if part := req.Part.marker(); part != "" {
			texts[i] = withMarker(req, part)
		}
	}
	slices.SortFunc(texts, strings.Compare)
	return slices.Compact(texts)
}
