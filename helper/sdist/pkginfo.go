package sdist

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"mach/helper/metadata"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
)

// pkgInfo reads the PKG-INFO of an sdist. Its name and version are those of the sdist; of its dependencies only what a
// build may not change counts (PEP 643).
func (r *reader) pkgInfo() {
	f, err := r.open("PKG-INFO")
	if err != nil {
		return
	}
	m, err := metadata.Parse([]byte(f.Text))
	if err != nil {
		return
	}
	text := func(value string) Text { return Text{Value: value, file: &f.File} }
	r.info = &m
	r.one(Name, text(m.Name))
	r.one(Version, text(m.Version))
	if !staticInfo(&m) {
		return
	}
	if !slices.Contains(m.Dynamic, RequiresPython) && r.need[RequiresPython] {
		r.one(RequiresPython, text(m.RequiresPython))
		delete(r.need, RequiresPython)
	}
	if slices.Contains(m.Dynamic, "requires-dist") || slices.Contains(m.Dynamic, "provides-extra") {
		return
	}
	if r.need[Dependencies] || r.need[Extras] {
		r.kind("pkg-info")
		r.p.info = &m
		r.infoNeeds(&m, text)
	}
}

// staticInfo says whether fields that are not in Dynamic are what any wheel of the sdist will have (PEP 643).
func staticInfo(m *metadata.Metadata) bool {
	v, err := pep440.Parse(m.MetadataVersion)
	return err == nil && slices.Compare(v.Release(), []uint64{2, 2}) >= 0
}

// infoNeeds parts Requires-Dist into dependencies and extras: what a backend writes for an extra ends in, or begins
// with, a comparison of it.
func (r *reader) infoNeeds(m *metadata.Metadata, text func(string) Text) {
	var needs []Text
	extras := map[string][]Text{}
	for _, name := range m.ProvidesExtra {
		extras[pep508.NormalizeName(name)] = nil
	}
	for _, line := range m.RequiresDist {
		req, err := pep508.ParseLenient(line)
		if err != nil || !req.Marker.MentionsExtra() {
			needs = append(needs, text(line))
			continue
		}
		names, rest, ok := withoutExtra(req.Marker.String())
		if req.Marker = nil; !ok {
			r.unknown(Extras, text(line), "the condition of %q is not simply one on an extra", line)
			continue
		}
		for _, name := range names {
			t := text(req.String())
			if marker, err := pep508.ParseMarker(rest); err == nil {
				t, _ = only(t, marker.String())
			}
			extras[pep508.NormalizeName(name)] = append(extras[pep508.NormalizeName(name)], t)
		}
	}
	r.dependencies(needs)
	r.extras(extras)
}

// withoutExtra takes the extras out of a marker: it is A and extra == "x", the other way round, or several extras with or
// between them.
func withoutExtra(marker string) (extras []string, rest string, ok bool) {
	one := func(term string) (string, bool) {
		name, found := strings.CutPrefix(term, `extra == "`)
		name, closed := strings.CutSuffix(name, `"`)
		return name, found && closed && !strings.Contains(name, `"`)
	}
	for term := range strings.SplitSeq(marker, " or ") {
		name, ok := one(term)
		if !ok {
			extras = nil
			break
		}
		extras = append(extras, name)
	}
	if extras != nil {
		return extras, "", true
	}
	for depth, i := 0, 0; i < len(marker); i++ {
		switch marker[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 && strings.HasPrefix(marker[i:], " or ") {
			return nil, "", false
		}
	}
	if i := strings.LastIndex(marker, " and "); i >= 0 {
		if name, ok := one(marker[i+len(" and "):]); ok && !strings.Contains(marker[:i], "extra") {
			return []string{name}, marker[:i], true
		}
	}
	if before, after, cut := strings.Cut(marker, " and "); cut {
		if name, ok := one(before); ok && !strings.Contains(after, "extra") {
			return []string{name}, after, true
		}
	}
	return nil, "", false
}

// recorded takes what setuptools recorded when it made an sdist, where the dependencies are unknown. The form of
// requires.txt:
//
//	requirement
//	[:marker]
//	requirement, where the marker holds
//	[extra]
//	requirement of an extra
//	[extra:marker]
//	requirement of an extra where the marker holds
func (r *reader) recorded() {
	if r.info != nil && r.info.RequiresPython != "" && (r.need[RequiresPython] || r.p.Why(RequiresPython) != nil) {
		r.p.RequiresPython = Text{Value: r.info.RequiresPython}
		r.p.Unknown = slices.DeleteFunc(r.p.Unknown, func(u Unknown) bool { return u.Field == RequiresPython && !u.Wrong })
	}
	if r.p.Kind != "" && r.p.Why(Dependencies, Extras) == nil {
		return
	}
	dir := r.eggInfo()
	if dir == "" {
		return
	}
	m := &release.Metadata{RequiresPython: r.p.RequiresPython.Value}
	if r.info != nil {
		m.RequiresPython = r.info.RequiresPython
	}
	r.p.Recorded = m
	f, err := r.open(path.Join(dir, "requires.txt"))
	if err != nil {
		return
	}
	condition := ""
	for line := range strings.Lines(f.Text) {
		line = strings.TrimSpace(line)
		section, isSection := strings.CutPrefix(line, "[")
		switch {
		case line == "":
		case isSection:
			extra, marker, _ := strings.Cut(strings.TrimSuffix(section, "]"), ":")
			if condition = ""; marker != "" {
				condition = "(" + marker + ")"
			}
			if extra = pep508.NormalizeName(extra); extra != "" {
				m.ProvidesExtra = append(m.ProvidesExtra, extra)
				condition = strings.TrimPrefix(condition+" and extra == '"+extra+"'", " and ")
			}
		case condition == "":
			m.RequiresDist = append(m.RequiresDist, line)
		default:
			m.RequiresDist = append(m.RequiresDist, line+" ; "+condition)
		}
	}
}

// eggInfo is the directory of that kind, "" if there is none: the one with requires.txt, if there are several.
func (r *reader) eggInfo() string {
	top, _ := fs.Glob(r.tree, "*.egg-info")
	below, _ := fs.Glob(r.tree, "*/*.egg-info")
	all := append(top, below...)
	for _, dir := range all {
		if _, err := r.open(path.Join(dir, "requires.txt")); err == nil {
			return dir
		}
	}
	for _, dir := range all {
		if info, err := fs.Stat(r.tree, dir); err == nil && info.IsDir() {
			return dir
		}
	}
	return ""
}
