package importer

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mach/helper/crawl/record"
)

// setup is what a setup.py said.
type setup struct {
	InstallRequires []string            `json:"install_requires"`
	ExtrasRequire   map[string][]string `json:"extras_require"`
	PythonRequires  []string            `json:"python_requires"`
}

// byPython is an sdist in sdist/: by the Python that setup.py was run by.
type byPython map[string]or[setup]

// byVersion is a project in sdist/.
type byVersion map[string]or[byPython]

// sdists takes the metadata of the sdists of a project.
func (b *bucket) sdists(file, spelled string, of byVersion) {
	p := b.project(file, spelled)
	if p == nil {
		return
	}
	for version, o := range of {
		key := spelled + "/" + version
		pythons := of.find(o)
		if pythons == nil {
			b.leave(file, key, whyDangling)
			continue
		}
		s := pythons.newest()
		if s == nil {
			b.leave(file, key, whyEmpty)
			continue
		}
		f := p.sdist(version)
		if f == nil {
			name := strings.ReplaceAll(spelled, "-", "_") + "-" + version + ".tar.gz"
			if !b.fits(file, key, p, name) {
				continue
			}
			f = p.file(version, name)
		}
		if f.Metadata == nil {
			f.Metadata = s.record()
			f.RequiresPython = f.Metadata.RequiresPython
		}
	}
}

func (of byVersion) find(o or[byPython]) byPython {
	for range 8 {
		if o.value != nil {
			return *o.value
		}
		o = of[o.ref]
	}
	return nil
}

// newest is what the newest Python was told; nil if none was.
func (of byPython) newest() *setup {
	for _, python := range slices.SortedFunc(maps.Keys(of), newerPython) {
		o := of[python]
		for range 8 {
			if o.value != nil {
				return o.value
			}
			o = of[o.ref]
		}
	}
	return nil
}

// newerPython orders "310" before "39" before "27".
func newerPython(a, b string) int {
	parts := func(s string) (string, int) {
		if s == "" {
			return "", 0
		}
		minor, err := strconv.Atoi(s[1:])
		if err != nil {
			minor = -1
		}
		return s[:1], minor
	}
	majorA, minorA := parts(a)
	majorB, minorB := parts(b)
	return cmp.Or(cmp.Compare(majorB, majorA), cmp.Compare(minorB, minorA), cmp.Compare(a, b))
}

func (s *setup) record() *record.Metadata {
	m := &record.Metadata{
		RequiresDist: slices.Clip(s.InstallRequires), RequiresPython: strings.Trim(strings.Join(s.PythonRequires, ","), ", "), From: record.FromRequiresTxt,
	}
	for _, key := range slices.Sorted(maps.Keys(s.ExtrasRequire)) {
		extra, condition, _ := strings.Cut(key, ":")
		extra, condition = strings.TrimSpace(extra), strings.TrimSpace(condition)
		if extra != "" && !slices.Contains(m.ProvidesExtra, extra) {
			m.ProvidesExtra = append(m.ProvidesExtra, extra)
		}
		for _, requirement := range s.ExtrasRequire[key] {
			m.RequiresDist = append(m.RequiresDist, when(requirement, condition, extra))
		}
	}
	return m
}

// when is a requirement that holds under a condition, for an extra; both may be "".
func when(requirement, condition, extra string) string {
	end := ";"
	if strings.Contains(requirement, "://") {
		end = " ;" // since a URL may have the other in it
	}
	what, own, _ := strings.Cut(requirement, end)
	var all []string
	for _, marker := range []string{own, condition} {
		if marker = strings.TrimSpace(marker); marker != "" {
			all = append(all, "("+marker+")")
		}
	}
	if extra != "" {
		quote := `"`
		if strings.Contains(extra, quote) {
			quote = "'"
		}
		all = append(all, "extra == "+quote+extra+quote)
	}
	if len(all) == 0 {
		return strings.TrimSpace(what)
	}
	return strings.TrimSpace(what) + "; " + strings.Join(all, " and ")
}
