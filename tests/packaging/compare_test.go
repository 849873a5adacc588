//go:build packaging

package packaging

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// Another seed looks elsewhere: go test … -args -seed 7.
var seed = flag.Uint64("seed", 508, "of what is generated")

// One test, since the number of cases and the use of every listed difference are about all of it.
func TestAgainstPackaging(t *testing.T) {
	r := startReference(t)
	about := ask[struct{ Version string }](t, r, []question{{Kind: "about"}})[0]
	t.Logf("the reference is packaging %s", about.Version)
	c := newComparison(t)
	g := generator{rand.New(rand.NewPCG(440, *seed))}
	found := collect(t, r)
	c.versions(r, g, found)
	c.specifiers(r, g, found)
	c.requirements(r, g, found)
	c.markers(r, g, found)
	c.names(r, g)
	c.tags(r)
	c.wheels(r, g, found)
	c.finish()
}

func generate(n int, one func() string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = one()
	}
	return out
}

func questions(kind string, texts []string) []question {
	qs := make([]question, len(texts))
	for i, s := range texts {
		qs[i] = question{Kind: kind, Text: s}
	}
	return qs
}

type versionAnswer struct {
	String, Public, Base  string
	Pre, Post, Dev, Local bool
}

func (c *comparison) versions(r *reference, g generator, found sample) {
	texts := append(generate(6000, func() string { return g.optional(5, " ") + g.dirty(15, g.version()) + g.optional(5, "\n") }), found.versions...)
	texts = append(texts, oddVersions...)
	var good []string
	for i, p := range ask[versionAnswer](c.t, r, questions("version", texts)) {
		var m *versionAnswer
		if v, err := pep440.Parse(texts[i]); err == nil {
			m = &versionAnswer{v.String(), v.Public(), v.Base(), v.IsPrerelease(), v.IsPostrelease(), v.IsDevrelease(), v.IsLocal()}
		}
		c.same("version", texts[i], p, m)
		if p != nil && m != nil {
			good = append(good, texts[i])
		}
	}
	c.order(r, g, good)
}

// order compares the order of versions that are likely to be close: neighbours in a sorted list.
func (c *comparison) order(r *reference, g generator, good []string) {
	parsed := map[string]pep440.Version{}
	for _, s := range good {
		parsed[s], _ = pep440.Parse(s)
	}
	slices.SortStableFunc(good, func(a, b string) int { return parsed[a].Compare(parsed[b]) })
	var qs []question
	for i := range good {
		for range 2 {
			j := min(len(good)-1, max(0, i+g.IntN(9)-4))
			qs = append(qs, question{Kind: "compare", Text: good[i], Other: good[j]})
		}
	}
	for i, p := range ask[int](c.t, r, qs) {
		c.same("compare", qs[i].Text+" to "+qs[i].Other, *p, parsed[qs[i].Text].Compare(parsed[qs[i].Other]))
	}
}

type specifiersAnswer struct {
	String     string
	Prerelease bool
	Contains   []bool
}

func (c *comparison) specifiers(r *reference, g generator, found sample) {
	var qs []question
	add := func(s string, versions []string) {
		versions = slices.DeleteFunc(versions, func(v string) bool { _, err := pep440.Parse(v); return err != nil })
		qs = append(qs, question{Kind: "specifiers", Text: s, Versions: versions})
	}
	for range 2500 {
		s, versions := g.specifiers()
		add(g.dirty(5, s), versions)
	}
	for _, s := range found.specifiers {
		add(s, []string{"2.7.18", "3.7", "3.9.0", "3.12.4", "3.13.0rc1", "3.14.0", "4"})
	}
	for _, s := range oddSpecifiers {
		add(s, []string{"1.0", "1.0.post1", "1.0+k", "1.0+x"})
	}
	for i, p := range ask[specifiersAnswer](c.t, r, qs) {
		q, m := qs[i], (*specifiersAnswer)(nil)
		s, err := pep440.ParseSpecifiers(q.Text)
		if err == nil {
			m = &specifiersAnswer{String: s.String(), Prerelease: s.MentionsPrerelease()}
		}
		if p == nil || m == nil {
			c.same("specifiers", q.Text, p, m)
			continue
		}
		for j, v := range q.Versions {
			parsed, _ := pep440.Parse(v)
			c.same("contains", q.Text+" contains "+v, p.Contains[j], s.Contains(parsed))
		}
		p.Contains = nil
		c.same("specifiers", q.Text, p, m)
	}
}

type requirementAnswer struct {
	Name                            string
	Extras                          []string
	Specifiers, URL, Marker, String string
}

func (c *comparison) requirements(r *reference, g generator, found sample) {
	texts := append(generate(4000, func() string { return g.dirty(10, g.requirement()) }), found.requirements...)
	texts = append(texts, oddRequirements...)
	for i, p := range ask[requirementAnswer](c.t, r, questions("requirement", texts)) {
		var m *requirementAnswer
		if q, err := pep508.Parse(texts[i]); err == nil {
			extras := append([]string{}, q.Extras...)
			slices.Sort(extras)
			m = &requirementAnswer{q.Name, slices.Compact(extras), q.Specifiers.String(), q.URL, q.Marker.String(), q.String()}
		}
		c.same("requirement", texts[i], p, m)
	}
}

// A place is where markers are evaluated.
type place struct {
	pep508.Environment
	extra string
}

var places = []place{
	{pep508.Environment{
		ImplementationName: "cpython", ImplementationVersion: "3.12.4", OSName: "posix", PlatformMachine: "x86_64",
		PlatformPythonImplementation: "CPython", PlatformRelease: "6.1.0-18-amd64", PlatformSystem: "Linux", PlatformVersion: "#1 SMP",
		PythonFullVersion: "3.12.4", PythonVersion: "3.12", SysPlatform: "linux",
	}, ""},
	{pep508.Environment{
		ImplementationName: "cpython", ImplementationVersion: "3.9.7", OSName: "posix", PlatformMachine: "arm64",
		PlatformPythonImplementation: "CPython", PlatformRelease: "23.1.0", PlatformSystem: "Darwin", PlatformVersion: "Darwin Kernel",
		PythonFullVersion: "3.9.7", PythonVersion: "3.9", SysPlatform: "darwin",
	}, "x"},
	{pep508.Environment{
		ImplementationName: "pypy", ImplementationVersion: "7.3.13", OSName: "nt", PlatformMachine: "AMD64",
		PlatformPythonImplementation: "PyPy", PlatformRelease: "10", PlatformSystem: "Windows", PlatformVersion: "10.0.19041",
		PythonFullVersion: "3.14.0a1+", PythonVersion: "3.14", SysPlatform: "win32",
	}, "Foo_Bar"},
}

type markerAnswer struct {
	String string
	Holds  []any
}

func (c *comparison) markers(r *reference, g generator, found sample) {
	var qs []question
	add := func(s, context string) {
		q := question{Kind: "marker", Text: s, Context: context}
		for _, p := range places {
			q.Environments = append(q.Environments, variables(p.Environment, p.extra))
		}
		qs = append(qs, q)
	}
	for range 3000 {
		add(g.dirty(5, g.marker(0, false)), "metadata")
	}
	for range 500 {
		add(g.marker(0, true), "lock_file")
	}
	for _, s := range found.requirements {
		if q, err := pep508.Parse(s); err == nil && q.Marker != nil {
			add(q.Marker.String(), "metadata")
		}
	}
	for _, s := range oddMarkers {
		add(s, "metadata")
	}
	for i, p := range ask[markerAnswer](c.t, r, qs) {
		s := qs[i].Text
		marker, err := pep508.ParseMarker(s)
		if p == nil || err != nil {
			c.same("marker", s, p != nil, err == nil)
			continue
		}
		c.same("marker", s, p.String, marker.String())
		for j, at := range places {
			c.same("holds", s+" at "+at.SysPlatform, p.Holds[j], marker.Eval(&at.Environment, at.extras()))
		}
	}
}

func (p place) extras() []string {
	if p.extra == "" {
		return nil
	}
	return []string{p.extra}
}

type nameAnswer struct {
	Normal string
	Valid  bool
}

func (c *comparison) names(r *reference, g generator) {
	texts := generate(1000, func() string { return g.dirty(40, g.name()) })
	for i, p := range ask[nameAnswer](c.t, r, questions("name", texts)) {
		c.same("name", texts[i], p, nameAnswer{pep508.NormalizeName(texts[i]), pep508.ValidName(texts[i])})
	}
}

var targets = []tags.Target{
	{Implementation: "cpython", Python: [2]int{3, 12}, System: "x86_64-linux", Libc: "glibc", LibcVersion: [2]int{2, 40}},
	{Implementation: "cpython", Python: [2]int{3, 9}, System: "aarch64-linux", Libc: "glibc", LibcVersion: [2]int{2, 31}},
	{Implementation: "cpython", Python: [2]int{3, 7}, System: "i686-linux", Libc: "glibc", LibcVersion: [2]int{2, 5}},
	{Implementation: "cpython", Python: [2]int{3, 13}, FreeThreaded: true, System: "x86_64-linux", Libc: "glibc", LibcVersion: [2]int{2, 28}},
	{Implementation: "cpython", Python: [2]int{3, 11}, System: "x86_64-linux", Libc: "musl", LibcVersion: [2]int{1, 2}},
	{Implementation: "cpython", Python: [2]int{3, 14}, System: "riscv64-linux", Libc: "glibc", LibcVersion: [2]int{2, 39}},
	{Implementation: "cpython", Python: [2]int{3, 10}, System: "armv7l-linux", Libc: "glibc", LibcVersion: [2]int{2, 36}},
	{Implementation: "cpython", Python: [2]int{3, 12}, System: "aarch64-darwin", MacOS: [2]int{14, 0}},
	{Implementation: "cpython", Python: [2]int{3, 8}, System: "x86_64-darwin", MacOS: [2]int{10, 15}},
	{Implementation: "cpython", Python: [2]int{3, 13}, System: "x86_64-darwin", MacOS: [2]int{26, 0}},
	{Implementation: "pypy", Python: [2]int{3, 10}, System: "x86_64-linux", Libc: "glibc", LibcVersion: [2]int{2, 36}},
}

func (c *comparison) tags(r *reference) {
	var qs []question
	for i := range targets {
		qs = append(qs, question{Kind: "all_tags", Target: &targets[i]})
	}
	for i, p := range ask[[]string](c.t, r, qs) {
		set := c.set(targets[i])
		var m []string
		for tag := range set.All() {
			m = append(m, tag.String())
		}
		for j := range max(len(*p), len(m)) {
			c.same("tag", asText(targets[i]), at(*p, j), at(m, j))
		}
	}
}

func at(s []string, i int) string {
	if i < len(s) {
		return s[i]
	}
	return ""
}

func (c *comparison) set(t tags.Target) *tags.Set {
	s, err := tags.New(t)
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

type wheelAnswer struct {
	Project, Version string
	Build            []any
	Ranks            []int
}

func (c *comparison) wheels(r *reference, g generator, found sample) {
	texts := append(generate(1000, func() string { return g.dirty(5, g.wheel()) }), found.wheels...)
	texts = append(texts, oddWheels...)
	qs := questions("wheel", texts)
	for i := range qs {
		qs[i].Targets = targets
	}
	var sets []*tags.Set
	for _, t := range targets {
		sets = append(sets, c.set(t))
	}
	for i, p := range ask[wheelAnswer](c.t, r, qs) {
		m := readWheel(texts[i], sets)
		if p == nil || m == nil {
			c.same("wheel", texts[i], p != nil, m != nil)
			continue
		}
		for j := range targets {
			c.same("rank", texts[i]+" for "+asText(targets[j]), p.Ranks[j], m.Ranks[j])
		}
		p.Ranks, m.Ranks = nil, nil
		c.same("wheel", texts[i], p, m)
	}
}

func readWheel(file string, sets []*tags.Set) *wheelAnswer {
	w, err := tags.ParseWheelName(file)
	if err != nil {
		return nil
	}
	v, err := pep440.Parse(w.Version)
	if err != nil {
		return nil
	}
	m := &wheelAnswer{Project: pep508.NormalizeName(w.Project), Version: v.String(), Build: []any{}}
	if w.Build != "" {
		n, rest := tags.BuildNumber(w.Build)
		m.Build = []any{n, rest}
	}
	for _, s := range sets {
		rank, ok := s.Rank(w.WheelTags)
		if !ok {
			rank = -1
		}
		m.Ranks = append(m.Ranks, rank)
	}
	return m
}
