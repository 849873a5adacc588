package provide

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"mach/helper/environment"
	"mach/helper/lock"
	"mach/helper/pep508"
)

// merger makes one list of entries of what was chosen for each system. Equal choices are one entry, with the wheels of
// all; the others of a project are entries with disjoint markers.
type merger struct {
	Written
	solved  []*Solved
	systems []string // their names
	names   []string // of projects, sorted
	entries map[string][]*merged
}

// merged is an entry for some of the systems, which are numbered as they stand in merger.systems.
type merged struct {
	lock.Package
	systems []int
	wheels  []string // of each of these systems; "" none
	needs   []need
}

// need is a project that an entry depends on, on some systems.
type need struct {
	name    string
	systems []int
}

func (m *merger) packages() []lock.Package {
	m.entries = make(map[string][]*merged, len(m.solved[0].Selection.Packages))
	for k, s := range m.solved {
		for _, p := range s.Selection.Packages {
			e := m.join(p.Name, k, m.entry(p, s.Builds))
			for _, name := range p.Dependencies {
				e.need(name, k)
			}
		}
	}
	m.names = slices.Sorted(maps.Keys(m.entries))
	for _, entries := range m.entries {
		for _, e := range entries {
			e.finish(m.systems)
			m.mark(e)
		}
		slices.SortFunc(entries, func(a, b *merged) int {
			return cmp.Or(strings.Compare(a.Version, b.Version), strings.Compare(a.Marker, b.Marker))
		})
	}
	cuts := m.cuts()
	all := make([]lock.Package, 0, len(m.names))
	for _, name := range m.names {
		for _, e := range m.entries[name] {
			e.Dependencies = m.dependencies(e)
			e.Tool.Mach.Cut = e.cut(cuts[name])
			all = append(all, e.Package)
		}
	}
	return all
}

func (m *merger) builds() []lock.Build {
	m.entries = map[string][]*merged{}
	for k, s := range m.solved {
		for id, p := range s.Builds.Pool {
			m.join(id, k, m.entry(p, s.Builds))
		}
	}
	var all []lock.Build
	for _, id := range slices.Sorted(maps.Keys(m.entries)) {
		for _, e := range m.entries[id] {
			e.finish(m.systems)
			all = append(all, lock.Build{
				ID: id, Name: e.Name, Version: e.Version, RequiresPython: e.RequiresPython,
				VCS: e.VCS, Directory: e.Directory, Archive: e.Archive, Sdist: e.Sdist, Wheels: e.Wheels, Provided: *e.Tool.Mach,
			})
		}
	}
	return all
}

// projects are the projects, each once for all systems whose build packages are the same.
func (m *merger) projects(projects []Project) (all []lock.Project) {
	for _, p := range projects {
		var entries []lock.Project
		for k, s := range m.solved {
			ids := s.Builds.Sets[p.ID()]
			i := slices.IndexFunc(entries, func(e lock.Project) bool { return slices.Equal(e.Build, ids) })
			if i < 0 {
				i, entries = len(entries), append(entries, p.Project)
				entries[i].Build = ids
			}
			entries[i].Systems = append(entries[i].Systems, m.systems[k])
		}
		if len(entries) == 1 {
			entries[0].Systems = nil
		}
		all = append(all, entries...)
	}
	return all
}

// join adds an entry of system k to the equal one, or to the others.
func (m *merger) join(key string, k int, p lock.Package) *merged {
	wheel := ""
	if len(p.Wheels) > 0 {
		wheel = p.Wheels[0].Name
	}
	for _, e := range m.entries[key] {
		if e.equals(&p) {
			e.add(&p)
			e.systems, e.wheels = append(e.systems, k), append(e.wheels, wheel)
			return e
		}
	}
	e := &merged{Package: p, systems: []int{k}, wheels: []string{wheel}}
	m.entries[key] = append(m.entries[key], e)
	return e
}

// equals says whether an entry of another system is the same but for wheels.
func (e *merged) equals(p *lock.Package) bool {
	a, b := e.Tool.Mach, p.Tool.Mach
	return e.Version == p.Version && e.Index == p.Index && e.RequiresPython == p.RequiresPython &&
		a.Provider == b.Provider && a.Attr == b.Attr && a.BuildBackend == b.BuildBackend && slices.Equal(a.Crates, b.Crates) &&
		reflect.DeepEqual(e.VCS, p.VCS) && reflect.DeepEqual(e.Archive, p.Archive) && reflect.DeepEqual(e.Directory, p.Directory) &&
		slices.Equal(a.Build, b.Build) && slices.Equal(a.Extras, b.Extras) && slices.Equal(a.Groups, b.Groups) &&
		(e.Sdist == nil || p.Sdist == nil || e.Sdist.Name == p.Sdist.Name)
}

// add takes over the files and fixes of an equal entry. Of the fixes each is used on the systems that it is for.
func (e *merged) add(p *lock.Package) {
	e.Tool.Mach.Fixes = slices.Compact(slices.Sorted(slices.Values(slices.Concat(e.Tool.Mach.Fixes, p.Tool.Mach.Fixes))))
	for _, w := range p.Wheels {
		if !slices.ContainsFunc(e.Wheels, func(has lock.File) bool { return has.Name == w.Name }) {
			e.Wheels = append(e.Wheels, w)
		}
	}
	e.Sdist = cmp.Or(e.Sdist, p.Sdist)
	if e.Tool.Mach.Locations == nil {
		e.Tool.Mach.Locations = p.Tool.Mach.Locations
	}
	maps.Copy(e.Tool.Mach.Locations, p.Tool.Mach.Locations)
}

func (e *merged) need(name string, k int) {
	for i := range e.needs {
		if e.needs[i].name == name {
			e.needs[i].systems = append(e.needs[i].systems, k)
			return
		}
	}
	e.needs = append(e.needs, need{name, []int{k}})
}

// finish says which systems an entry is for, and which wheel is each one's.
func (e *merged) finish(systems []string) {
	provided := e.Tool.Mach
	if len(e.systems) < len(systems) {
		for _, k := range e.systems {
			provided.Systems = append(provided.Systems, systems[k])
		}
	}
	slices.SortFunc(e.needs, func(a, b need) int { return strings.Compare(a.name, b.name) })
	slices.SortFunc(e.Wheels, func(a, b lock.File) int { return strings.Compare(a.Name, b.Name) })
	if len(e.Wheels) > 1 && provided.Provider == lock.Wheel {
		provided.Wheel = map[string]string{}
		for i, k := range e.systems {
			provided.Wheel[systems[k]] = e.wheels[i]
		}
	}
}

// mark gives an entry its marker.
func (m *merger) mark(e *merged) {
	var where string
	if len(e.systems) < len(m.systems) {
		var some, rest []*environment.Environment
		for k, s := range m.solved {
			if slices.Contains(e.systems, k) {
				some = append(some, s.Environment)
			} else {
				rest = append(rest, s.Environment)
			}
		}
		where = environment.Distinguish(some, rest)
	}
	var parts []string
	for _, extra := range e.Tool.Mach.Extras {
		parts = append(parts, Part{Extra: extra}.marker())
	}
	for _, group := range e.Tool.Mach.Groups {
		parts = append(parts, Part{Group: group}.marker())
	}
	asked := strings.Join(parts, " or ")
	switch {
	case where == "" || asked == "":
		e.Marker = where + asked
	default:
		e.Marker = inBrackets(where) + " and " + inBrackets(asked)
	}
}

// inBrackets makes a marker one operand of "and".
func inBrackets(marker string) string {
	if strings.Contains(marker, " or ") {
		return "(" + marker + ")"
	}
	return marker
}

// dependencies names the entries that an entry depends on: by their names, and where others have the same, by version
// and, if that is the same too, by marker.
func (m *merger) dependencies(e *merged) (all []lock.Dependency) {
	for _, need := range e.needs {
		entries := m.entries[need.name]
		for _, on := range entries {
			if !slices.ContainsFunc(on.systems, func(k int) bool { return slices.Contains(need.systems, k) }) {
				continue
			}
			d := lock.Dependency{Name: need.name}
			for _, other := range entries {
				switch {
				case other == on:
				case other.Version == on.Version:
					d.Version, d.Marker = on.Version, on.Marker
				default:
					d.Version = on.Version
				}
			}
			all = append(all, d)
		}
	}
	return all
}

// cuts are the cut dependencies of each project. An entry for several systems has the dependencies of all of them, so
// there may be cycles that no system has by itself.
func (m *merger) cuts() map[string][]string {
	cuts := map[string][]string{}
	for k, s := range m.solved {
		needs := make(map[string][]string, len(m.names))
		for _, name := range m.names {
			for _, e := range m.entries[name] {
				if slices.Contains(e.systems, k) {
					needs[name] = m.needed(e, k)
				}
			}
		}
		cutCycles(s.Selection.Roots, needs, cuts)
	}
	return cuts
}

// needed are the projects that an entry depends on and that a system has.
func (m *merger) needed(e *merged, k int) []string {
	names := make([]string, 0, len(e.needs))
	for _, need := range e.needs {
		if slices.ContainsFunc(m.entries[need.name], func(on *merged) bool { return slices.Contains(on.systems, k) }) {
			names = append(names, need.name)
		}
	}
	return names
}

// cut are those of a project's cut dependencies that an entry has.
func (e *merged) cut(names []string) (cut []string) {
	for _, name := range names {
		if slices.ContainsFunc(e.needs, func(n need) bool { return n.name == name }) {
			cut = append(cut, name)
		}
	}
	return cut
}

// marker is the condition of PEP 751 for a part; "" for the project itself.
func (p Part) marker() string {
	switch {
	case p.Extra != "":
		return `"` + p.Extra + `" in extras`
	case p.Group != "":
		return `"` + p.Group + `" in dependency_groups`
	}
	return ""
}

// withMarker is the text of a requirement that has a further condition.
func withMarker(req Requirement, condition string) string {
	if req.Marker != nil {
		condition = inBrackets(req.Marker.String()) + " and " + condition
	}
	if m, err := pep508.ParseMarker(condition); err == nil {
		req.Marker = m
	}
	return req.String()
}
