package provide

import (
	"iter"
	"slices"
	"strings"

	"mach/helper/facts"
	"mach/helper/pep440"
	"mach/helper/pubgrub"
)

// candidate is one release from one provider.
type candidate struct {
	version  int32 // index into project.versions
	provider Provider
}

// project is a project in one round: its candidates in the order of preference, and what specifiers make of them.
type project struct {
	name     string
	known    *known          // nil: the database has no such project
	facts    []facts.Package // what nixpkgs has, best first
	order    []Provider
	versions []version
	// candidates: what may be chosen unasked first; of those, by the order of providers and newest first.
	candidates []candidate
	usual      pubgrub.Set // candidates that may be chosen without being asked for
	// Of those, the ones of the first provider that has any. That nixpkgs lacks a project is no reason to avoid it.
	preferred pubgrub.Set
	first     Provider // that provider
	kept      bool     // preferred is the first candidate alone, which was chosen before
	every     bool     // specifiers match pre-releases like others; they are still chosen last
	sets      map[string]pubgrub.Set
	places    [][providers]int32 // by version and provider: the candidate's index + 1; 0 is none
}

// version is a version of a project. Those of known come first, with the same indexes, then those of facts.
type version struct {
	pep440.Version
	text  string
	valid bool // PEP 440 can read it; only the empty specifier matches one that it cannot
	any   bool // nobody knows it before a build, and every specifier matches it
	pre   bool // a pre-release that nobody asked for
}

// newProject lists the candidates, for classify. pre says that pre-releases are wanted like others, final that they are never wanted.
func newProject(name string, known *known, facts []facts.Package, order []Provider, pre, final bool) *project {
	p := &project{name: name, known: known, facts: facts, order: order, sets: map[string]pubgrub.Set{}}
	p.readVersions(pre)
	for _, provider := range order {
		p.addCandidates(provider, false)
	}
	for _, provider := range order {
		if !final {
			p.addCandidates(provider, true)
		}
	}
	if len(p.candidates) > 0 {
		p.first = p.candidates[0].provider
	}
	return p
}

// classify says of the candidates, which are in their final order, which are usual and which preferred.
func (p *project) classify() {
	n := len(p.candidates)
	p.usual = setOf(n, func(i int) bool { return !p.versions[p.candidates[i].version].pre })
	if p.usual.IsEmpty(n) {
		p.usual = pubgrub.All()
	}
	if p.kept {
		p.preferred = pubgrub.Of(0)
		return
	}
	p.preferred = setOf(n, func(i int) bool { return p.candidates[i].provider == p.first && p.usual.Has(i) })
}

func (p *project) readVersions(pre bool) {
	if p.known != nil {
		p.versions = append(make([]version, 0, len(p.known.versions)+len(p.facts)), p.known.versions...)
		for i := range p.versions {
			v := &p.versions[i]
			v.pre = v.valid && !pre && v.IsPrerelease()
		}
	}
	for i := range p.facts {
		v := p.facts[i].Version
		p.versions = append(p.versions, version{Version: v, text: v.String(), valid: true, pre: !pre && v.IsPrerelease()})
	}
}

// fact is what nixpkgs has at a version, an index into versions.
func (p *project) fact(version int32) *facts.Package {
	return &p.facts[int(version)-(len(p.versions)-len(p.facts))]
}

// inNixpkgs are the versions that nixpkgs has, in words.
func (p *project) inNixpkgs() string {
	var said []string
	for i := range p.facts {
		said = append(said, p.facts[i].Version.String())
	}
	return strings.Join(said, " and ")
}

func (p *project) addCandidates(provider Provider, unasked bool) {
	first, end := 0, len(p.versions)-len(p.facts)
	if provider == Nixpkgs {
		first, end = end, len(p.versions)
	}
	for i := first; i < end; i++ {
		if p.versions[i].pre == unasked && (provider != Tag || p.hasTag(i)) {
			p.candidates = append(p.candidates, candidate{int32(i), provider})
		}
	}
}

// hasTag says whether a version is that of a tag.
func (p *project) hasTag(version int) bool {
	return p.known != nil && p.known.has(candidate{int32(version), Tag})
}

// matching is the set of candidates that a requirement's specifiers allow: never pre-releases that nobody asked for,
// unless nothing else matches.
func (p *project) matching(specifiers pep440.Specifiers) pubgrub.Set {
	if len(specifiers) == 0 && !p.every {
		return p.usual
	}
	key := keyOf(specifiers)
	if set, ok := p.sets[key]; ok {
		return set
	}
	all := p.candidatesOf(p.satisfying(specifiers))
	set := all.Intersect(p.usual)
	if set.IsEmpty(len(p.candidates)) || p.every {
		set = all
	}
	p.sets[key] = set
	return set
}

// keyOf tells specifiers that are written otherwise apart.
func keyOf(specifiers pep440.Specifiers) string {
	if len(specifiers) == 1 {
		return specifiers[0].String()
	}
	var b strings.Builder
	for _, s := range specifiers {
		b.WriteString(s.Op)
		b.WriteString(s.Text)
		b.WriteByte(',')
	}
	return b.String()
}

// satisfying yields the versions, by their indexes, that satisfy specifiers. Of those of known, which are sorted, it
// looks at few.
func (p *project) satisfying(specifiers pep440.Specifiers) iter.Seq[int] {
	return func(yield func(int) bool) {
		rest := 0
		if p.known != nil && p.known.valid {
			in, out, ok := specifiers.Spans(len(p.known.versions), func(i int) *pep440.Version { return &p.versions[i].Version })
			for i := in.From; ok && i < in.To; i++ {
				if !slices.ContainsFunc(out, func(s pep440.Span) bool { return s.Has(i) }) && !yield(i) {
					return
				}
			}
			if ok {
				rest = len(p.known.versions)
			}
		}
		for i := rest; i < len(p.versions); i++ {
			if v := &p.versions[i]; (v.any || v.valid && specifiers.Contains(v.Version)) && !yield(i) {
				return
			}
		}
	}
}

// candidatesOf is the set of the candidates of some versions. The candidates are in their final order.
func (p *project) candidatesOf(versions iter.Seq[int]) pubgrub.Set {
	if p.places == nil {
		p.places = make([][providers]int32, len(p.versions))
		for i, c := range p.candidates {
			p.places[c.version][c.provider] = int32(i) + 1
		}
	}
	words := make([]uint64, (len(p.candidates)+63)/64)
	for version := range versions {
		for _, place := range p.places[version] {
			if place > 0 {
				words[(place-1)/64] |= 1 << ((place - 1) % 64)
			}
		}
	}
	return pubgrub.FromWords(words)
}

// setOf is the set of those of n candidates for which in holds.
func setOf(n int, in func(candidate int) bool) pubgrub.Set {
	words := make([]uint64, (n+63)/64)
	for i := range n {
		if in(i) {
			words[i/64] |= 1 << (i % 64)
		}
	}
	return pubgrub.FromWords(words)
}
