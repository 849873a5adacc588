package provide

import (
	"slices"
	"strings"

	"mach/helper/pep440"
	"mach/helper/pep508"
)

// looserRequirements looks, for each of the user's requirements that is involved, for the smallest change of its
// specifiers that helps.
func (a *advice) looserRequirements() {
	var seen []string
	for _, i := range a.involved() {
		req := a.adviser.all.roots[i]
		same := a.like(req)
		if key := req.Name + req.Specifiers.String(); len(req.Specifiers) > 0 && !slices.Contains(seen, key) && len(a.hints) < maxHints {
			seen = append(seen, key)
			looser, ok := a.loosen(pep508.NormalizeName(req.Name), req.Specifiers, func(r *resolver, s pep440.Specifiers) {
				for _, j := range same {
					r.roots[j].Specifiers = s
				}
			})
			if ok {
				a.hint("change %s to %s", a.text(i), withSpecifiers(req, looser))
			}
		}
	}
}

// like are the user's requirements with the same project and specifiers.
func (a *advice) like(req pep508.Requirement) (same []int) {
	for i, other := range a.adviser.all.roots {
		if pep508.NormalizeName(other.Name) == pep508.NormalizeName(req.Name) && other.Specifiers.String() == req.Specifiers.String() {
			same = append(same, i)
		}
	}
	return same
}

// looserConstraints does the same with constraints, or leaves them out.
func (a *advice) looserConstraints() {
	for _, c := range a.claims {
		if c.why.kind != constrained {
			continue
		}
		name := c.of.name
		for i, limit := range a.constraints[name] {
			if excludedBy+limit.text() != c.why.text || len(a.hints) == maxHints {
				continue
			}
			looser, ok := a.loosen(name, limit.Specifiers, func(r *resolver, s pep440.Specifiers) {
				r.constraints[name] = slices.Clone(r.constraints[name])
				r.constraints[name][i].Specifiers = s
			})
			if ok {
				a.hint("change the constraint %s to %s", limit.text(), withSpecifiers(limit.Requirement, looser))
			}
		}
	}
}

// withSpecifiers is a requirement with other specifiers, as a line to write.
func withSpecifiers(req pep508.Requirement, specifiers pep440.Specifiers) string {
	req.Specifiers = specifiers
	return written(req)
}

// loosen finds the nearest version of a project with which there is a solution. set puts specifiers in the place of those.
func (a *advice) loosen(name string, specifiers pep440.Specifiers, set func(*resolver, pep440.Specifiers)) (pep440.Specifiers, bool) {
	p, err := a.project(name)
	if err != nil {
		return nil, false
	}
	return p.loosen(specifiers, func(s pep440.Specifiers) *Selection {
		return a.alone(func(r *resolver) { set(r, s) })
	}, func(s pep440.Specifiers) *Selection {
		return a.adviser.try(a.without, func(r *resolver) { set(r, s) })
	})
}

// loosen finds, of a project's versions that specifiers exclude, the nearest with which there is a solution, and the
// specifiers that let it in. Both ways to try resolve with others in the place of those, the first only what it takes
// for there to be none, and the second all. It is looked for with the first, and if that gives none with the second.
func (p *project) loosen(specifiers pep440.Specifiers, tries ...func(pep440.Specifiers) *Selection) (pep440.Specifiers, bool) {
	if p.known == nil {
		return nil, false
	}
	around := p.around(specifiers)
	all := tries[len(tries)-1]
	for _, try := range tries {
		v, ok := around.nearest(p.name, try)
		if !ok {
			return nil, false
		}
		for _, looser := range []pep440.Specifiers{letIn(specifiers, v), pin(v)} {
			if len(looser) > 0 && all(looser) != nil {
				return looser, true
			}
		}
	}
	return nil, false
}

// nearest is the nearest version of a project with which there is a solution. With what is allowed anyway there is none,
// so it looks for the smallest range around that which has one.
func (s surroundings) nearest(name string, try func(pep440.Specifiers) *Selection) (v pep440.Version, ok bool) {
	if len(s.order) == 0 {
		return v, false
	}
	works := func(n int) (found int) {
		if selection := try(s.first(n)); selection != nil {
			return s.count(chosenVersion(selection, name))
		}
		return 0
	}
	low, high := 1, works(len(s.order))
	for low < high {
		middle := (low + high) / 2
		if found := works(middle); found > 0 && found <= middle {
			high = found
		} else {
			low = middle + 1
		}
	}
	if high == 0 {
		return v, false
	}
	return s.order[high-1], true
}

func chosenVersion(selection *Selection, name string) string {
	for _, p := range selection.Packages {
		if p.Name == name {
			return p.Version
		}
	}
	return ""
}

// surroundings are the versions that specifiers exclude, the nearest first.
type surroundings struct {
	order     []pep440.Version
	low, high pep440.Version // the oldest and the newest that they allow; zero: there is none
}

// around are the surroundings of what specifiers allow of a project, without pre-releases that nobody asked for.
func (p *project) around(specifiers pep440.Specifiers) (s surroundings) {
	var all []pep440.Version // newest first
	for _, v := range p.versions[:len(p.known.Versions())] {
		if v.valid && !v.pre {
			all = append(all, v.Version)
		}
	}
	newer := slices.IndexFunc(all, specifiers.Contains)
	older := newer
	if newer < 0 {
		newer = placeOf(all, specifiers)
		older = newer
	} else {
		s.high = all[newer]
		for i := newer; i < len(all); i++ {
			if specifiers.Contains(all[i]) {
				older = i + 1
				s.low = all[i]
			}
		}
		for i := newer; i < older; i++ {
			if !specifiers.Contains(all[i]) {
				s.order = append(s.order, all[i])
			}
		}
	}
	asked, _ := bounds(specifiers)
	for newer > 0 || older < len(all) {
		if older == len(all) || newer > 0 && shared(all[newer-1], asked.version) >= shared(all[older], asked.version) {
			newer--
			s.order = append(s.order, all[newer])
		} else {
			s.order = append(s.order, all[older])
			older++
		}
	}
	return s
}

// shared is how many numbers two versions have in common, from the first on.
func shared(a, b pep440.Version) (n int) {
	x, y := a.Release(), b.Release()
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return n
}

// placeOf is how many of some versions, newest first, are newer than what specifiers ask for.
func placeOf(all []pep440.Version, specifiers pep440.Specifiers) int {
	low, high := bounds(specifiers)
	if low.clause == "" {
		low = high
	}
	if i := slices.IndexFunc(all, func(v pep440.Version) bool { return v.Compare(low.version) < 0 }); i >= 0 {
		return i
	}
	return len(all)
}

// first are specifiers for the n nearest, and for what is allowed anyway.
func (s surroundings) first(n int) pep440.Specifiers {
	low, high := s.low, s.high
	for _, v := range s.order[:n] {
		if low.IsZero() || v.Compare(low) < 0 {
			low = v
		}
		if high.IsZero() || v.Compare(high) > 0 {
			high = v
		}
	}
	within, err := pep440.ParseSpecifiers(">=" + low.Public() + ",<=" + high.Public())
	if err != nil {
		return pin(s.order[0])
	}
	return within
}

// count is how many of the nearest it takes to have a version; 0 if it is none of them.
func (s surroundings) count(version string) int {
	return 1 + slices.IndexFunc(s.order, func(v pep440.Version) bool { return v.String() == version })
}

// letIn changes the clauses that exclude a version so that they allow it, as their author would have written them.
func letIn(specifiers pep440.Specifiers, v pep440.Version) (looser pep440.Specifiers) {
	for _, c := range specifiers {
		if c.Contains(v) {
			looser = append(looser, c)
			continue
		}
		if c.Op == "!=" {
			continue
		}
		text := v.Public()
		if c.Op == "==" && strings.HasSuffix(c.Text, ".*") || c.Op == "~=" || c.Op == "<" {
			text = cutLike(v, strings.TrimSuffix(c.Text, ".*"), c.Op == "<")
		}
		if strings.HasSuffix(c.Text, ".*") {
			text += ".*"
		}
		op := c.Op
		switch op {
		case ">":
			op = ">="
		case "===":
			op = "=="
		}
		new, err := pep440.NewSpecifier(op, text)
		if err != nil || !new.Contains(v) {
			return pin(v)
		}
		looser = append(looser, new)
	}
	return looser
}

// cutLike is a version with as many numbers as another text has; next gives the one after it.
func cutLike(v pep440.Version, text string, next bool) string {
	numbers := v.Release()
	like, err := pep440.Parse(text)
	if n := len(like.Release()); err == nil && n < len(numbers) {
		numbers = numbers[:n]
	}
	if next {
		return bump(numbers)
	}
	return dotted(numbers)
}

func pin(v pep440.Version) pep440.Specifiers {
	pinned, _ := pep440.ParseSpecifiers("==" + v.String()) // what a version is written as can be read
	return pinned
}
