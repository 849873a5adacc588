package cli

import (
	"maps"
	"slices"
	"strings"

	"mach/helper/lock"
	"mach/helper/ui"
)

// changes says in a line each how the new lock differs from the earlier one: in projects, their versions and providers,
// and what is needed for builds.
func (e *earlier) changes(found *resolved) (lines []string) {
	if e.read == nil {
		return nil
	}
	old, err := e.read()
	if err != nil {
		return nil
	}
	to := " -> "
	if ui.UTF8() {
		to = " → "
	}
	why := map[string]string{}
	for _, m := range found.moved {
		if m.Why != "" {
			why[m.Name] = ": " + m.Why
		}
	}
	before, after := choicesOf(old), choicesOf(found.lock)
	for _, name := range slices.Sorted(maps.Keys(merged(before, after))) {
		a, b := before[name], after[name]
		switch {
		case a == nil:
			lines = append(lines, "+ "+name+" "+b.versions())
		case b == nil:
			lines = append(lines, "- "+name+" "+a.versions())
		case a.versions() != b.versions():
			lines = append(lines, name+" "+a.versions()+to+b.versions()+why[name])
		case a.providers() != b.providers() && a.providers() != "":
			lines = append(lines, name+" "+b.versions()+": "+a.providers()+to+b.providers())
		case a.commits() != b.commits() && a.commits() != "":
			lines = append(lines, name+" "+b.versions()+": the commit "+a.commits()+to+b.commits())
		}
	}
	lines = append(lines, buildChanges(old, found.lock, to)...)
	if a, b := old.Tool.Mach, found.lock.Tool.Mach; a != nil && a.DatabaseDate != "" && b.DatabaseDate != "" && a.DatabaseDate != b.DatabaseDate {
		lines = append(lines, "database of "+a.DatabaseDate+to+b.DatabaseDate)
	}
	return lines
}

// buildChanges are those of build packages, of which a project may have several versions.
func buildChanges(old, found *lock.Lock, to string) (lines []string) {
	before, after := buildsOf(old), buildsOf(found)
	for _, name := range slices.Sorted(maps.Keys(merged(before, after))) {
		gone := strings.Join(without(before[name], after[name]), ", ")
		come := strings.Join(without(after[name], before[name]), ", ")
		switch {
		case gone != "" && come != "":
			lines = append(lines, name+" "+gone+to+come+", for builds")
		case come != "":
			lines = append(lines, "+ "+name+" "+come+", for builds")
		case gone != "":
			lines = append(lines, "- "+name+" "+gone+", for builds")
		}
	}
	return lines
}

// without are those of all that are not among the others.
func without(all, others []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(others, s) })
}

func merged[V any](a, b map[string]V) map[string]V {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// buildsOf are the versions of each project that takes part in builds.
func buildsOf(l *lock.Lock) map[string][]string {
	versions := map[string][]string{}
	if l.Tool.Mach != nil {
		for _, b := range l.Tool.Mach.Build {
			if !slices.Contains(versions[b.Name], b.Version) {
				versions[b.Name] = append(versions[b.Name], b.Version)
			}
		}
	}
	return versions
}

// choices are the entries of a project.
type choices []*lock.Package

func choicesOf(l *lock.Lock) map[string]choices {
	all := map[string]choices{}
	for i := range l.Packages {
		p := &l.Packages[i]
		all[p.Name] = append(all[p.Name], p)
	}
	return all
}

// versions are all that are locked, with their systems where they differ.
func (c choices) versions() string {
	return c.text(func(p *lock.Package) string {
		if p.Version == "" {
			return "without a version"
		}
		return p.Version
	})
}

func (c choices) providers() string {
	return c.text(func(p *lock.Package) string {
		if p.Tool.Mach == nil {
			return ""
		}
		return p.Tool.Mach.Provider
	})
}

// commits are those of repositories.
func (c choices) commits() string {
	return c.text(func(p *lock.Package) string {
		if p.VCS == nil {
			return ""
		}
		return p.VCS.CommitID[:min(len(p.VCS.CommitID), 12)]
	})
}

func (c choices) text(of func(*lock.Package) string) string {
	var texts []string
	for _, p := range c {
		texts = append(texts, of(p))
	}
	slices.Sort(texts)
	if texts = slices.Compact(texts); len(texts) == 1 {
		return texts[0]
	}
	texts = texts[:0]
	for _, p := range c {
		where := p.Marker
		if p.Tool.Mach != nil && len(p.Tool.Mach.Systems) > 0 {
			where = strings.Join(p.Tool.Mach.Systems, ", ")
		}
		texts = append(texts, of(p)+" ("+where+")")
	}
	return strings.Join(texts, ", ")
}
