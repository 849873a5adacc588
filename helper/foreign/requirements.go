package foreign

import (
	"cmp"
	"slices"
	"strings"

	"mach/helper/environment"
	"mach/helper/inputs"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/release"
)

// installed is what a need comes to: itself, or, of what is not installed itself, all that this needs. via are the
// projects on the way there.
func (t *Target) installed(n need, via map[string]bool) (all []need) {
	c := t.chosen[n.name]
	switch {
	case c == nil || via[n.name]:
		return nil
	case !c.virtual:
		return []need{n}
	}
	via[n.name] = true
	parts := append([]string{""}, n.extras...)
	if c.self {
		parts = parts[1:]
	}
	for _, of := range parts {
		for _, inner := range c.needs[of] {
			all = append(all, t.installed(inner, via)...)
		}
	}
	return all
}

// wanted is a requirement of the project for some targets.
type wanted struct {
	inputs.Requirement
	key   string
	where []*environment.Environment
}

// Requirements are what the project asks for on some targets, with the versions and references that the lock has. What is
// not for all targets has a marker.
func Requirements(targets []*Target) []inputs.Requirement {
	var all []*wanted
	for _, t := range targets {
		for _, root := range t.Roots {
			if !t.isFor(root) {
				continue
			}
			for _, n := range t.installed(root.need, map[string]bool{}) {
				all = t.add(all, n, root.Part)
			}
		}
	}
	reqs := make([]inputs.Requirement, len(all))
	for i, w := range all {
		if len(w.where) < len(targets) {
			w.Marker, _ = pep508.ParseMarker(environment.Distinguish(w.where, others(targets, w.where)))
		}
		reqs[i] = w.Requirement
	}
	return reqs
}

// others are the environments of the targets that are none of some.
func others(targets []*Target, some []*environment.Environment) (rest []*environment.Environment) {
	for _, t := range targets {
		if !slices.Contains(some, t.Environment) {
			rest = append(rest, t.Environment)
		}
	}
	return rest
}

// add adds a requirement, or the target to the one that is there.
func (t *Target) add(all []*wanted, n need, part inputs.Part) []*wanted {
	c := t.chosen[n.name]
	w := &wanted{Requirement: inputs.Requirement{Requirement: pep508.Requirement{Name: n.name, Extras: n.extras}, Part: part}}
	if c.origin != nil {
		w.Reference, w.Editable = Reference(c.origin), c.origin.Editable
	} else if s, err := pep440.NewSpecifier("==", c.version); err == nil {
		w.Specifiers = pep440.Specifiers{s}
	}
	w.key = strings.Join([]string{w.Requirement.String(), part.Extra, part.Group, c.source}, "\n")
	if c.origin != nil {
		w.key += w.Reference.String()
	}
	i, found := slices.BinarySearchFunc(all, w, func(a, b *wanted) int { return cmp.Compare(a.key, b.key) })
	switch {
	case !found:
		w.where = []*environment.Environment{t.Environment}
		return slices.Insert(all, i, w)
	case !slices.Contains(all[i].where, t.Environment):
		all[i].where = append(all[i].where, t.Environment)
	}
	return all
}

// Reference is an origin as a reference.
func Reference(o *release.Origin) *reference.Reference {
	r := &reference.Reference{Kind: reference.Directory, URL: o.URL, Path: o.Path, Subdirectory: o.Subdirectory}
	switch {
	case o.Commit != "":
		r.Kind, r.Revision = reference.Git, o.Commit
	case o.SHA256 != "":
		r.Kind, r.Hashes = reference.Archive, map[string]string{"sha256": o.SHA256}
	}
	return r
}
