package pubgrub

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// A step has at most so many facts, in so many clauses: facts that go on from each other are one clause.
const (
	stepFacts   = 8
	stepClauses = 3
	// A lemma of so few facts, used once, is no step of its own.
	smallLemma = 2
)

// weaver makes steps of a proof.
type weaver struct {
	*proof
	Explanation
	uses  map[int32]int // by learned incompatibility: how many derivations resolve with it
	depth map[Package]int
	made  map[int32]int // by learned incompatibility: the step that concludes it
}

// link is a resolution: what is resolved with, as premises, and what it leaves.
type link struct {
	because []Premise
	left    map[int32]Set
}

func weave(p *proof) *Explanation {
	w := &weaver{proof: p, depth: depths(p.facts), uses: map[int32]int{}, made: map[int32]int{}}
	w.Facts = p.facts
	w.bases = map[Package]Package{}
	for _, v := range p.vars {
		if v.base >= 0 {
			w.bases[v.pkg] = p.vars[v.base].pkg
		}
	}
	w.count(p.steps)
	w.derive(p.steps)
	w.number()
	return &w.Explanation
}

func (w *weaver) count(steps []step) {
	for _, st := range steps {
		if inc := w.inc(st.inc); inc.kind == learned {
			if w.uses[st.inc]++; w.uses[st.inc] == 1 {
				w.count(w.parents[inc.extra])
			}
		}
	}
}

// derive appends the steps of a derivation, after those of the lemmas it uses. It gives the index of the last.
func (w *weaver) derive(steps []step) int {
	for _, st := range steps {
		if inc := w.inc(st.inc); inc.kind == learned && !w.small(st.inc) {
			if _, done := w.made[st.inc]; !done {
				w.made[st.inc] = w.derive(w.parents[inc.extra])
			}
		}
	}
	links := w.links(steps)
	previous := -1
	for len(links) > 0 {
		n := w.cut(links, previous >= 0)
		var because []Premise
		if previous >= 0 {
			because = append(because, Premise{Step: previous})
		}
		for _, l := range links[:n] {
			because = append(because, l.because...)
		}
		w.Steps = append(w.Steps, Step{Because: w.order(because), Conclusion: w.conclusion(links[n-1].left)})
		previous = len(w.Steps) - 1
		links = links[n:]
	}
	return previous
}

// small says whether a lemma is told where it is used.
func (w *weaver) small(id int32) bool {
	parents := w.parents[w.inc(id).extra]
	learnedFrom := func(st step) bool { return w.inc(st.inc).kind == learned }
	return w.uses[id] == 1 && !slices.ContainsFunc(parents, learnedFrom) && len(w.premises(parents)) <= smallLemma
}

// premises are what a derivation resolves. What goes without saying has none: that the root
// is chosen, and that a package and its base have the same candidate.
func (w *weaver) premises(steps []step) (found []Premise) {
	for _, st := range steps {
		if f := w.source[st.inc]; f != nil {
			found = append(found, Premise{Fact: f})
		} else if at, ok := w.made[st.inc]; ok {
			found = append(found, Premise{Step: at})
		} else if inc := w.inc(st.inc); inc.kind == learned {
			found = append(found, w.premises(w.parents[inc.extra])...)
		}
	}
	return found
}

// links repeats the resolutions. Those without a premise are joined with the one before, or else the next one.
func (w *weaver) links(steps []step) (links []link) {
	left := map[int32]Set{}
	var because []Premise
	for _, st := range steps {
		for _, t := range w.inc(st.inc).terms {
			old, ok := left[t.pkg]
			switch {
			case t.pkg == st.pkg:
				old = old.Union(t.Set)
			case ok:
				old = old.Intersect(t.Set)
			default:
				old = t.Set
			}
			if left[t.pkg] = old; old.any(w.vars[t.pkg].n) {
				delete(left, t.pkg)
			}
		}
		because = append(because, w.premises([]step{st})...)
		if new := (link{because, maps.Clone(left)}); len(because) > 0 {
			links = append(links, new)
		} else if len(links) > 0 {
			links[len(links)-1].left = new.left
		}
		because = nil
	}
	return links
}

// cut gives how many links the next step takes: of those that there is room for, as many as leave the fewest terms.
func (w *weaver) cut(links []link, follows bool) int {
	best, fewest := 1, math.MaxInt
	var because []Premise
	for i, l := range links {
		because = append(because, l.because...)
		clauses := w.clauses(w.order(because))
		if follows {
			clauses++
		}
		if len(because) > stepFacts {
			break
		}
		tells := i > 0 || follows // a fact alone is no news
		if terms := len(w.conclusion(l.left)); clauses <= stepClauses && tells && terms <= fewest {
			best, fewest = i+1, terms
		}
	}
	return best
}

func (w *weaver) clauses(because []Premise) (n int) {
	for _, b := range because {
		if !b.Which {
			n++
		}
	}
	return n
}

// order puts earlier steps first and facts behind those that they go on from, starting near the root.
func (w *weaver) order(because []Premise) []Premise {
	var ordered []Premise
	var facts []*Fact
	for _, b := range because {
		if b.Fact == nil {
			ordered = append(ordered, b)
		} else if !slices.Contains(facts, b.Fact) {
			facts = append(facts, b.Fact)
		}
	}
	slices.SortStableFunc(facts, func(f, g *Fact) int {
		return cmp.Or(cmp.Compare(w.depth[f.Package], w.depth[g.Package]), cmp.Compare(f.Package, g.Package), cmp.Compare(f.On, g.On))
	})
	for len(facts) > 0 {
		next := Premise{Fact: facts[0]}
		for next.Fact != nil {
			ordered = append(ordered, next)
			last := next.Fact
			facts = slices.DeleteFunc(facts, func(f *Fact) bool { return f == last })
			next = Premise{Which: true}
			for _, f := range facts {
				if next.Fact == nil && w.goesOn(last, f) {
					next.Fact = f
				}
			}
		}
	}
	return ordered
}

// goesOn says whether all that f needs is what g is about.
func (w *weaver) goesOn(f, g *Fact) bool {
	if f.On == Root || f.On == f.Package || g.On == g.Package || f.Missing {
		return false
	}
	base, based := w.bases[f.On]
	about := f.On == g.Package || based && base == g.Package
	return about && f.Allowed.SubsetOf(g.Candidates, w.vars[w.places[f.On]-1].n)
}

// conclusion gives the terms without the root: what is chosen first, then what is not.
func (w *weaver) conclusion(left map[int32]Set) (terms []Term) {
	for p, set := range left {
		v := w.vars[p]
		t := Term{Package: v.pkg, Candidates: set}
		if set.absent {
			t.Not, t.Candidates = true, set.not()
		}
		if v.pkg != Root {
			terms = append(terms, t)
		}
	}
	slices.SortFunc(terms, func(a, b Term) int {
		if a.Not != b.Not {
			if b.Not {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Package, b.Package)
	})
	return terms
}

// number gives numbers to the steps that are used later than in the next one.
func (w *weaver) number() {
	for i, st := range w.Steps {
		for _, b := range st.Because {
			if b.Fact == nil && b.Step != i-1 {
				w.Steps[b.Step].Number = 1
			}
		}
	}
	n := 0
	for i := range w.Steps {
		if w.Steps[i].Number > 0 {
			n++
			w.Steps[i].Number = n
		}
	}
}
