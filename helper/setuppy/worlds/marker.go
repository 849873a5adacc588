package worlds

import (
	"fmt"
	"slices"
	"strings"
)

// maxPairs bounds the work for a marker.
const maxPairs = 2000

// Marker is a marker that is true in all of on and false in all of off, which have nothing in common; elsewhere it may be either, and it is the
// simpler for that. It is "" if it is always true. False: PEP 508 has no words for it, or it would have too
// many.
func Marker(on, off []Box) (marker string, ok bool) {
	if on, off = distinct(on), distinct(off); len(on)*len(off) > maxPairs {
		return "", false
	}
	var grown []Box
	for _, b := range on {
		grown = append(grown, grow(b, off))
	}
	var alternatives []string
	for _, b := range distinct(grown) {
		s, ok := b.marker()
		if !ok || s == "" {
			return "", ok
		}
		alternatives = append(alternatives, s)
	}
	return strings.Join(alternatives, " or "), len(alternatives) > 0
}

// distinct are the boxes without those that are within another one.
func distinct(all []Box) (some []Box) {
	list := indexed(all)
	for i, b := range all {
		covered := func(c numbered) bool { return c.i != i && b.within(c.Box) && (c.i < i || !c.within(b)) }
		if !slices.ContainsFunc(list, covered) {
			some = append(some, b)
		}
	}
	return some
}

type numbered struct {
	i int
	Box
}

func indexed(all []Box) (list []numbered) {
	for i, b := range all {
		list = append(list, numbered{i, b})
	}
	return list
}

// grow widens b as far as it meets none of off, dimension by dimension, to sets that are simple to say.
func grow(b Box, off []Box) Box {
	for d := Dims - 1; d >= 0; d-- {
		for _, wider := range widened(d, b[d]) {
			if c := b.with(d, wider); b[d].Without(wider).Empty() && !slices.ContainsFunc(off, c.Meets) {
				b = c
				break
			}
		}
	}
	return b
}

// widened are the sets that s may grow to, the best first.
func widened(d Dim, s Set) []Set {
	all := []Set{All(d)}
	first, last := bounds(d, s)
	if d == Python {
		below := Where(d, func(p int) bool { return p <= last })
		above := Where(d, func(p int) bool { return p >= first })
		// A whole release series is simpler to say than a part of it.
		begun := Where(d, func(p int) bool { return p >= first/micros*micros })
		ended := Where(d, func(p int) bool { return p/micros <= last/micros })
		return append(all, ended, below, begun, above, begun.And(ended))
	}
	if d == Platform {
		for _, field := range platformFields {
			all = append(all, Where(d, func(p int) bool {
				return slices.ContainsFunc(indices(d, s), func(q int) bool { return field.of(q) == field.of(p) })
			}))
		}
	}
	return all
}

func indices(d Dim, s Set) (list []int) {
	for p := range Size(d) {
		if s.Has(p) {
			list = append(list, p)
		}
	}
	return list
}

func bounds(d Dim, s Set) (first, last int) {
	list := indices(d, s)
	if len(list) == 0 {
		return 0, -1
	}
	return list[0], list[len(list)-1]
}

func (b Box) marker() (string, bool) {
	var parts []string
	for d := range Dims {
		s, ok := say(d, b[d])
		if !ok {
			return "", false
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " and "), true
}

// say is the marker of a set of one dimension, in brackets if it has an "or".
func say(d Dim, s Set) (string, bool) {
	switch {
	case s.Empty():
		return "", false
	case s.size() == Size(d):
		return "", true
	case d == Python:
		return sayPython(s), true
	case d == Platform:
		return sayPlatform(s)
	case d == Implementation:
		return sayEqual("platform_python_implementation", ImplementationAt, d, s)
	}
	return sayEqual("platform_machine", MachineAt, d, s)
}

var platformFields = []struct {
	variable string
	of       func(point int) string
}{
	{"sys_platform", func(p int) string { return systems[p].SysPlatform }},
	{"os_name", func(p int) string { return systems[p].OS }},
	{"platform_system", func(p int) string { return systems[p].Name }},
}

func sayPlatform(s Set) (string, bool) {
	best := ""
	for _, field := range platformFields {
		said, ok := sayEqual(field.variable, field.of, Platform, s)
		if ok && (best == "" || len(said) < len(best) && strings.Count(said, " and ")+strings.Count(said, " or ") < strings.Count(best, " and ")+strings.Count(best, " or ")) {
			best = said
		}
	}
	return best, best != ""
}

// sayEqual lists the values in s, or those that are not; false if s parts points that have one value.
func sayEqual(variable string, of func(point int) string, d Dim, s Set) (string, bool) {
	var in, out []string
	for p := range Size(d) {
		list := &out
		if s.Has(p) {
			list = &in
		}
		if !slices.Contains(*list, of(p)) {
			*list = append(*list, of(p))
		}
	}
	for _, v := range in {
		if slices.Contains(out, v) {
			return "", false
		}
	}
	values, op, word := in, "==", " or "
	if slices.Contains(in, Other) || len(out) < len(in) && !slices.Contains(out, Other) {
		values, op, word = out, "!=", " and "
	}
	if len(values) == 0 {
		return "", false
	}
	for i, v := range values {
		values[i] = fmt.Sprintf("%s %s %q", variable, op, v)
	}
	if word == " or " && len(values) > 1 {
		return "(" + strings.Join(values, word) + ")", true
	}
	return strings.Join(values, word), true
}

// sayPython lists the ranges of versions in s.
func sayPython(s Set) string {
	if gaps := All(Python).Without(s); ranges(gaps) == 1 && ranges(s) == 2 {
		if first, last := bounds(Python, gaps); wholeSeries(first, last) {
			return fmt.Sprintf("python_version != %q", series(first))
		}
	}
	var all []string
	for p := 0; p < Size(Python); p++ {
		if !s.Has(p) {
			continue
		}
		first := p
		for p < Size(Python) && s.Has(p) {
			p++
		}
		all = append(all, sayRange(first, p-1))
	}
	if len(all) == 1 {
		return all[0]
	}
	return "(" + strings.Join(all, " or ") + ")"
}

func ranges(s Set) (n int) {
	for p := range Size(Python) {
		if s.Has(p) && (p == 0 || !s.Has(p-1)) {
			n++
		}
	}
	return n
}

func wholeSeries(first, last int) bool {
	return first/micros == last/micros && first%micros == 0 && last%micros == micros-1
}

func sayRange(first, last int) string {
	if wholeSeries(first, last) && first > 0 && last < Size(Python)-1 {
		return fmt.Sprintf("python_version == %q", series(first))
	}
	var parts []string
	if first > 0 {
		parts = append(parts, bound(">=", first))
	}
	if last < Size(Python)-1 {
		parts = append(parts, bound("<", last+1))
	}
	return strings.Join(parts, " and ")
}

func bound(op string, point int) string {
	if point%micros == 0 {
		return fmt.Sprintf("python_version %s %q", op, series(point))
	}
	major, minor, micro := Version(point)
	return fmt.Sprintf(`python_full_version %s "%d.%d.%d"`, op, major, minor, micro)
}

// series is the version of a point without its patch release; that of a first one without its zero.
func series(point int) string {
	major, minor, _ := Version(point)
	if minor == 0 {
		return fmt.Sprint(major)
	}
	return fmt.Sprintf("%d.%d", major, minor)
}
