package crawl

import (
	"fmt"

	"mach/helper/environment"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// mask is a set of the wanted Pythons, bit i for the i-th.
type mask uint32

// targets are the wanted Pythons on the wanted systems.
type targets struct {
	pythons []target
}

type target struct {
	versions []pep440.Version      // the first and, for all one can know, the last patch release
	markers  []*pep508.Environment // of those, on each system
	tags     []*tags.Set           // on each system, for each C library; the first system's first
}

// Levels no platform has reached: every wheel for a wanted system counts, however new a C library it asks for.
var (
	anyGlibc = [2]int{2, 99}
	anyMusl  = [2]int{1, 9}
	anyMacOS = [2]int{40, 0}
)

func newTargets(pythons, systems []string) (*targets, error) {
	if len(pythons) > 32 {
		return nil, fmt.Errorf("%d Pythons are too many: at most 32", len(pythons))
	}
	t := new(targets)
	for _, python := range pythons {
		one := target{}
		for _, patch := range []string{".0", ".99"} {
			v, err := pep440.Parse(python + patch)
			if err != nil {
				return nil, fmt.Errorf("python %q is not of the form 3.12", python)
			}
			one.versions = append(one.versions, v)
		}
		for _, system := range systems {
			if err := one.add(python, system); err != nil {
				return nil, err
			}
		}
		t.pythons = append(t.pythons, one)
	}
	return t, nil
}

func (t *target) add(python, system string) error {
	for _, v := range t.versions {
		e, err := environment.New(v.String(), system, nil)
		if err != nil {
			return err
		}
		t.markers = append(t.markers, &e.Markers)
	}
	e, err := environment.New(python, system, nil)
	if err != nil {
		return err
	}
	wheels := e.Target
	wheels.LibcVersion, wheels.MacOS = anyGlibc, anyMacOS
	libcs := []string{wheels.Libc}
	if wheels.Libc == "glibc" {
		libcs = append(libcs, "musl")
	}
	for _, libc := range libcs {
		if wheels.Libc = libc; libc == "musl" {
			wheels.LibcVersion = anyMusl
		}
		set, err := tags.New(wheels)
		if err != nil {
			return err
		}
		t.tags = append(t.tags, set)
	}
	return nil
}

func (t *targets) all() mask { return 1<<len(t.pythons) - 1 }

// requires is where a Requires-Python holds. One that cannot be read excludes nothing.
func (t *targets) requires(specifier string) mask {
	if specifier == "" {
		return t.all()
	}
	s, err := pep440.ParseSpecifiersLenient(specifier)
	if err != nil {
		return t.all()
	}
	return t.where(func(p *target) bool {
		for _, v := range p.versions {
			if s.Contains(v) {
				return true
			}
		}
		return false
	})
}

// fits is where a wheel can be installed, on one system at least.
func (t *targets) fits(w tags.WheelTags) mask {
	return t.where(func(p *target) bool {
		for _, set := range p.tags {
			if _, ok := set.Rank(w); ok {
				return true
			}
		}
		return false
	})
}

// rank orders wheels by what a user is most likely to install: low is good.
func (t *targets) rank(w tags.WheelTags) int {
	n := 0
	for i := len(t.pythons) - 1; i >= 0; i-- {
		for _, set := range t.pythons[i].tags {
			if r, ok := set.Rank(w); ok {
				return n<<20 + r
			}
			n++
		}
	}
	return n << 20
}

// holds is where a marker can be true, given the extras that are asked for.
func (t *targets) holds(m *pep508.Marker, extras []string) mask {
	if m == nil {
		return t.all()
	}
	return t.where(func(p *target) bool {
		for _, env := range p.markers {
			if m.Eval(env, extras) {
				return true
			}
		}
		return false
	})
}

func (t *targets) where(yes func(*target) bool) (m mask) {
	for i := range t.pythons {
		if yes(&t.pythons[i]) {
			m |= 1 << i
		}
	}
	return m
}
