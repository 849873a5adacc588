package pubgrub

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// universe is a small world of packages, written as text:
//
//	root: a >=2, b            the requirements: a package and, of its versions, those to be allowed
//	root firm: a, b           the same, and these packages are firm
//	a 2: b >=2 <4, c          a candidate, in order of preference, and what it needs
//	a 2/sdist                 the same version from another class of provider; those of a class are not preferred
//	a 1 !broken               a candidate that is unusable, and why
//	a[x] 2/sdist: d           what the extra x of a needs in addition; other candidates need nothing in addition
//	a[x] 1 !broken
//	c                         a package without candidates
//	# …                       a comment; empty lines are ignored
//
// A version is a number; conditions are == != < <= > >=, all of which must hold.
type universe struct {
	packages []*testPackage
	asked    map[string]int // how often each question was asked
	firm     bool           // what the root needs is firm
	same     bool           // tell what other candidates have the same answer
}

type testPackage struct {
	name       string
	base       Package
	candidates []*testCandidate
}

type testCandidate struct {
	version int
	class   string
	reason  string
	needs   []testNeed
}

type testNeed struct {
	on         Package
	conditions string
}

func parseUniverse(text string) (*universe, error) {
	u := &universe{asked: map[string]int{}}
	u.find("root").candidates = []*testCandidate{{}}
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := u.parseLine(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	for _, p := range u.packages {
		if p.base != Root {
			u.complete(p)
		}
	}
	return u, nil
}

func (u *universe) parseLine(line string) error {
	head, needs, _ := strings.Cut(line, ":")
	head, reason, _ := strings.Cut(head, "!")
	fields := strings.Fields(head)
	p := u.find(fields[0])
	c := p.candidates
	if fields[0] == "root" {
		u.firm = len(fields) > 1
	} else {
		if len(fields) == 1 {
			return nil
		}
		version, class, _ := strings.Cut(fields[1], "/")
		number, err := strconv.Atoi(version)
		if err != nil {
			return err
		}
		c = append(c, &testCandidate{version: number, class: class, reason: strings.TrimSpace(reason)})
		p.candidates = c
	}
	for need := range strings.SplitSeq(needs, ",") {
		if need = strings.TrimSpace(need); need != "" {
			name, conditions, _ := strings.Cut(need, " ")
			c[len(c)-1].needs = append(c[len(c)-1].needs, testNeed{u.number(name), conditions})
		}
	}
	return nil
}

func (u *universe) find(name string) *testPackage { return u.packages[u.number(name)] }

func (u *universe) number(name string) Package {
	for i, p := range u.packages {
		if p.name == name {
			return Package(i)
		}
	}
	p := &testPackage{name: name}
	if base, _, extra := strings.Cut(name, "["); extra {
		p.base = u.number(base)
	}
	u.packages = append(u.packages, p)
	return Package(len(u.packages) - 1)
}

// complete gives a package with an extra the candidates of its base.
func (u *universe) complete(p *testPackage) {
	written := p.candidates
	p.candidates = nil
	for _, b := range u.packages[p.base].candidates {
		c := &testCandidate{version: b.version, class: b.class}
		for _, w := range written {
			if w.version == b.version && w.class == b.class {
				c = w
			}
		}
		p.candidates = append(p.candidates, c)
	}
}

func (u *universe) String() string {
	var b strings.Builder
	for i, p := range u.packages {
		if len(p.candidates) == 0 {
			fmt.Fprintln(&b, p.name)
		}
		for j, c := range p.candidates {
			b.WriteString(p.name)
			if Package(i) != Root {
				b.WriteString(" " + u.candidate(Package(i), j))
			}
			if c.reason != "" {
				b.WriteString(" !" + c.reason)
			}
			for k, d := range c.needs {
				b.WriteString([]string{": ", ", "}[min(k, 1)])
				b.WriteString(strings.TrimSpace(u.packages[d.on].name + " " + d.conditions))
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func (u *universe) candidate(p Package, c int) string {
	k := u.packages[p].candidates[c]
	if k.class == "" {
		return strconv.Itoa(k.version)
	}
	return strconv.Itoa(k.version) + "/" + k.class
}

func (d testNeed) allows(version int) bool {
	for condition := range strings.FieldsSeq(d.conditions) {
		op := strings.TrimRight(condition, "0123456789")
		number, err := strconv.Atoi(condition[len(op):])
		if err != nil {
			panic(err)
		}
		ok := map[string]bool{
			"==": version == number, "!=": version != number, "<": version < number,
			"<=": version <= number, ">": version > number, ">=": version >= number,
		}[op]
		if !ok {
			return false
		}
	}
	return true
}

// reasons are numbered by their place in the list of all.
func (u *universe) reasons() (all []string) {
	for _, p := range u.packages {
		for _, c := range p.candidates {
			all = append(all, c.reason)
		}
	}
	return all
}

func (u *universe) isFirm(p Package) bool {
	return u.firm && slices.ContainsFunc(u.packages[Root].candidates[0].needs, func(d testNeed) bool { return d.on == p })
}

func (u *universe) Candidates(p Package) (Info, error) {
	u.asked[fmt.Sprint(p)]++
	k := u.packages[p]
	var preferred []int
	for i, c := range k.candidates {
		if c.class == "" {
			preferred = append(preferred, i)
		}
	}
	return Info{Candidates: len(k.candidates), Preferred: Of(preferred...), Firm: u.isFirm(p), Base: k.base}, nil
}

func (u *universe) Dependencies(p Package, candidate int) (Answer, error) {
	u.asked[fmt.Sprint(p, "/", candidate)]++
	k := u.packages[p]
	c := k.candidates[candidate]
	if c.reason != "" {
		a := Answer{Unusable: u.reason(c.reason)}
		if u.same {
			a.Same = k.where(func(o *testCandidate) bool { return o.reason == c.reason })
		}
		return a, nil
	}
	var a Answer
	for _, d := range c.needs {
		a.Dependencies = append(a.Dependencies, Dependency{Package: d.on, Allowed: u.allowed(d)})
	}
	if u.same {
		a.Same = k.where(func(o *testCandidate) bool { return o.reason == "" && slices.Equal(o.needs, c.needs) })
	}
	return a, nil
}

func (u *universe) allowed(d testNeed) Set {
	if d.conditions == "" {
		return All()
	}
	return u.packages[d.on].where(func(o *testCandidate) bool { return d.allows(o.version) })
}

func (u *universe) reason(text string) Reason {
	for i, r := range u.reasons() {
		if r == text {
			return Reason(i + 1)
		}
	}
	return 0
}

func (k *testPackage) where(ok func(*testCandidate) bool) Set {
	var in []int
	for i, c := range k.candidates {
		if ok(c) {
			in = append(in, i)
		}
	}
	return Of(in...)
}
