package provide

import (
	"cmp"
	"slices"
	"strings"

	"mach/helper/lock"
)

// Lock writes a selection and its builds down. url joins a location to the index in use; nil leaves urls out, and the
// locations serve. requirements are the user's, as texts.
func (r *Resolver) Lock(selection *Selection, builds *Builds, requirements []string, url func(location string) string) *lock.Lock {
	env := r.options.Environment
	l := &lock.Lock{
		Environments:   []string{env.Marker()},
		RequiresPython: "==" + env.Markers.PythonVersion + ".*",
		CreatedBy:      "mach",
		Tool: lock.Tool{Mach: &lock.Mach{
			Version:      lock.Version,
			Requirements: requirements,
			Python:       env.Markers.PythonVersion,
			Systems:      []string{env.System},
			ExcludeNewer: r.options.ExcludeNewer,
			DatabaseDate: r.options.DatabaseDate,
			Database:     r.options.DatabaseHash,
		}},
	}
	cuts := cutCycles(selection)
	for _, p := range selection.Packages {
		l.Packages = append(l.Packages, p.lockPackage(builds, cuts[p.Name], url))
	}
	for _, id := range sortedNames(builds.Pool) {
		p := builds.Pool[id].lockPackage(builds, nil, url)
		l.Tool.Mach.Build = append(l.Tool.Mach.Build, lock.Build{
			ID: id, Name: p.Name, Version: p.Version, RequiresPython: p.RequiresPython,
			Sdist: p.Sdist, Wheels: p.Wheels, Provided: *p.Tool.Mach,
		})
	}
	return l
}

func (s *Selected) lockPackage(builds *Builds, cut []string, url func(string) string) lock.Package {
	p := lock.Package{Name: s.Name, Version: s.Version}
	for _, name := range s.Dependencies {
		p.Dependencies = append(p.Dependencies, lock.Dependency{Name: name})
	}
	provided := &lock.Provided{Provider: s.Provider.String(), Cut: cut}
	p.Tool.Mach = provided
	if s.Provider == Nixpkgs {
		provided.Attr = s.Fact.Attr
		return p
	}
	p.RequiresPython = cmp.Or(s.Release.RequiresPython, s.Metadata.RequiresPython)
	file := lock.File{Name: s.File.Name, Size: s.File.Size, Hashes: map[string]string{"sha256": s.File.SHA256}}
	if url != nil && s.File.Location != "" {
		file.URL = url(s.File.Location)
	}
	if file.URL == "" && s.File.Location != "" {
		provided.Locations = map[string]string{file.Name: s.File.Location}
	}
	if s.Provider == Wheel {
		p.Wheels = []lock.File{file}
		return p
	}
	p.Sdist = &file
	provided.Build = builds.Sets[s.ID()]
	if provided.BuildBackend = s.Build.Backend; provided.BuildBackend == "" {
		provided.BuildBackend = "setuptools.build_meta:__legacy__"
	}
	return p
}

// cutCycles finds the dependencies that close a cycle, by project: nixpkgs' packages propagate what they depend on,
// and two cannot propagate each other. All of a selection is in the environment, so nothing is lost by a cut.
func cutCycles(selection *Selection) map[string][]string {
	byName := map[string]*Selected{}
	for _, p := range selection.Packages {
		byName[p.Name] = p
	}
	const visiting, visited = 1, 2
	state := map[string]int{}
	cuts := map[string][]string{}
	var visit func(string)
	visit = func(name string) {
		state[name] = visiting
		for _, dep := range byName[name].Dependencies {
			switch state[dep] {
			case visiting:
				cuts[name] = append(cuts[name], dep)
			case 0:
				visit(dep)
			}
		}
		state[name] = visited
	}
	for _, name := range selection.Roots {
		if state[name] == 0 {
			visit(name)
		}
	}
	return cuts
}

// Texts returns the requirements as they stand in a lock: sorted, each once.
func Texts(requirements []Requirement) []string {
	texts := make([]string, len(requirements))
	for i, req := range requirements {
		texts[i] = req.String()
	}
	slices.SortFunc(texts, strings.Compare)
	return slices.Compact(texts)
}
