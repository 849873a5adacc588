package sdist

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/release"
)

// Taken is a requirement, or the part of it that holds under a condition of its own, with where its project's tools take
// it from.
type Taken struct {
	pep508.Requirement
	Reference Text        // as that of Source; a path begins at the project; "" none
	Indexes   []Place     // where one of their markers holds, it is taken from that index alone
	Missing   *diag.Error // it is to be a member of a workspace, and there is none; nil: it is not, or there is
}

// Place is an index where a marker holds.
type Place struct {
	Marker *pep508.Marker // nil: everywhere
	*Index
	Said diag.Origin // where
}

// Taken says from where a requirement of the project is taken: one of an extra, or of a group, or of neither. Where every
// place is for some targets only, the requirement itself is among what it gives, for the others.
func (p *Project) Taken(t Text, req pep508.Requirement, extra, group string) (all []Taken, bad *diag.Error) {
	if req.URL != "" {
		return []Taken{{Requirement: req}}, nil
	}
	own := Taken{Requirement: req}
	everywhere := false
	for _, s := range p.sourcesOf(t, pep508.NormalizeName(req.Name)) {
		if s.Extra != "" && s.Extra != extra || s.Group != "" && s.Group != group {
			continue
		}
		if p.dir == "" && (s.Workspace.Value != "" || strings.HasPrefix(s.Reference.Value, ".")) {
			continue // nobody knows what else is in the repository
		}
		marker, bad := s.marker()
		if bad != nil {
			return nil, bad
		}
		if s.Index.Value != "" {
			ix, bad := p.index(&s)
			if bad != nil {
				return nil, bad
			}
			own.Indexes = append(own.Indexes, Place{marker, ix, s.Index.Origin()})
			continue
		}
		if s.Workspace.Value != "" && p.Workspace == nil {
			own.Missing = p.noWorkspace(&s)
			continue
		}
		from, bad := p.reference(&s)
		if bad != nil {
			return nil, bad
		}
		there := req
		there.Specifiers, there.Marker = nil, bothMarkers(req.Marker, marker)
		all = append(all, Taken{Requirement: there, Reference: from})
		everywhere = everywhere || marker == nil
	}
	if !everywhere {
		all = append([]Taken{own}, all...)
	}
	return all, nil
}

// sourcesOf are those of a project that is required. What a member of a workspace does not say its root does.
func (p *Project) sourcesOf(t Text, name string) (all []Source) {
	if t.Index != "" {
		at := t
		at.Value = t.Index
		return []Source{{Project: name, Tool: "poetry", Index: at}}
	}
	for _, s := range p.Sources {
		if s.Project == name {
			all = append(all, s)
		}
	}
	if len(all) > 0 || p.Shared() == p {
		return all
	}
	for _, s := range p.Shared().Sources {
		if s.Project == name {
			all = append(all, p.Workspace.seenFrom(p, s))
		}
	}
	return all
}

func (s *Source) marker() (*pep508.Marker, *diag.Error) {
	if s.Marker.Value == "" {
		return nil, nil
	}
	m, err := pep508.ParseMarker(s.Marker.Value)
	var wrong *pep508.Error
	if errors.As(err, &wrong) {
		return nil, s.Marker.At(wrong.Offset, wrong.Len).Errorf("%s", wrong.Reason)
	}
	return m, nil
}

// bothMarkers is a marker that holds where two do.
func bothMarkers(a, b *pep508.Marker) *pep508.Marker {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	m, _ := pep508.ParseMarker("(" + a.String() + ") and (" + b.String() + ")")
	return m
}

// index is the index that a source names: of those of the project, or of its workspace's root.
func (p *Project) index(s *Source) (*Index, *diag.Error) {
	all := p.Indexes
	if p.Shared() != p {
		all = slices.Concat(all, p.Shared().Indexes)
	}
	var names []string
	for _, ix := range all {
		if ix.Name != "" && strings.EqualFold(ix.Name, s.Index.Value) {
			return ix, nil
		}
		names = append(names, ix.Name)
	}
	err := s.Index.Origin().Errorf("there is no index %q", s.Index.Value)
	names = slices.DeleteFunc(names, func(name string) bool { return name == "" })
	if len(names) > 0 {
		return nil, err.Hint("there is %s", strings.Join(names, ", "))
	}
	table := map[string]string{"uv": "[[tool.uv.index]]", "poetry": "[[tool.poetry.source]]"}[s.Tool]
	return nil, err.Hint("add it: %s with name = %q and its url", table, s.Index.Value)
}

// reference is where a source leads, which for a member of the workspace that says.
func (p *Project) reference(s *Source) (Text, *diag.Error) {
	if s.Workspace.Value == "" {
		return s.Reference, nil
	}
	member, bad := p.Workspace.member(s)
	if bad != nil {
		return Text{}, bad
	}
	return p.Workspace.pathOf(p, member, s), nil
}

func (p *Project) noWorkspace(s *Source) *diag.Error {
	return s.Workspace.Origin().Errorf("%s is to be a member of uv's workspace, and there is none around %s", s.Project, filepath.Dir(p.File)).
		Hint("name its directory: %s = { path = \"../%s\", editable = true }", s.Project, s.Project)
}

// Needs is the core metadata that a build would write of the dependencies, with direct references for what the project's
// tools take from elsewhere, and all of it as requirements; of PKG-INFO there are none, as it was written for others.
func (p *Project) Needs() (*release.Metadata, []Taken, error) {
	m, why := p.Metadata()
	if why != nil {
		return nil, nil, why.Error()
	}
	if p.info != nil {
		return m, nil, nil
	}
	n := needs{Project: p}
	n.add(p.Dependencies, "")
	for _, name := range slices.Sorted(maps.Keys(p.Extras)) {
		n.add(p.Extras[name], name)
	}
	if n.bad != nil {
		return nil, nil, n.bad
	}
	m.RequiresDist = n.lines
	return m, n.all, nil
}

// needs collects requirements.
type needs struct {
	*Project
	lines []string
	all   []Taken
	bad   *diag.Error
}

func (n *needs) add(list []Text, extra string) {
	condition := ""
	if extra != "" {
		condition = "extra == '" + extra + "'"
	}
	for _, t := range list {
		line, ok := only(t, condition)
		req, err := pep508.ParseLenient(line.Value)
		if !ok || err != nil {
			n.lines = append(n.lines, line.Value) // the resolver says what is wrong with it, if it matters
			continue
		}
		taken, bad := n.Taken(t, req, extra, "")
		for _, one := range taken {
			bad = cmp.Or(bad, one.Missing)
		}
		if bad != nil {
			n.bad = bad
			return
		}
		for _, one := range taken {
			text := line.Value
			if one.Reference.Value != "" {
				one.URL = one.Reference.Value
				text = one.String()
			} else if one.URL != "" {
				one.Reference = t.with(one.URL)
			}
			n.all, n.lines = append(n.all, one), append(n.lines, text)
		}
	}
}
