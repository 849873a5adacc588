package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"mach/helper/metadata"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/setuppy"
	"mach/tests/sdists"
)

// need is a requirement, when it was written into the metadata, and when it holds.
type need struct {
	pep508.Requirement
	plain string
	extra string
	built *pep508.Marker // of the environment in which metadata is made
}

// answers is what there is to say of a release.
type answers struct {
	needs   []need
	python  string
	version string
	unknown map[string]string // field: reason
}

// truths are what a wheel says and what setuptools left in the sdist. They differ where the wheel is of another tree, or
// made by other tools.
func truths(ctx context.Context, r *sdists.Release, tree fs.FS) (all []answers, err error) {
	if len(r.Wheels) > 0 {
		m, _, err := r.Wheels[0].Metadata(ctx)
		if err != nil {
			return nil, err
		}
		a, err := answersOf(m)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	if m, err := fromTree(tree); err == nil {
		if a, err := answersOf(m); err == nil {
			all = append(all, a)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: neither a wheel nor the sdist says what is right", sdists.ErrUnfit)
	}
	return all, nil
}

func answersOf(m *metadata.Metadata) (answers, error) {
	a := answers{python: m.RequiresPython, version: m.Version}
	for _, line := range m.RequiresDist {
		n, err := pep508.ParseLenient(line)
		if err != nil {
			return answers{}, fmt.Errorf("%w: %w", sdists.ErrUnfit, err)
		}
		a.needs = append(a.needs, need{Requirement: n, plain: plain(n)})
	}
	return a, nil
}

// fromTree is what setuptools left in an sdist.
func fromTree(tree fs.FS) (*metadata.Metadata, error) {
	info, err := fs.ReadFile(tree, "PKG-INFO")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", sdists.ErrUnfit, err)
	}
	m, err := metadata.Parse(info)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", sdists.ErrUnfit, err)
	}
	left, _ := fs.Glob(tree, "*.egg-info")
	inner, _ := fs.Glob(tree, "*/*.egg-info")
	if left = append(left, inner...); len(left) == 0 {
		return nil, fmt.Errorf("%w: setuptools left nothing in it", sdists.ErrUnfit)
	}
	m.RequiresDist = nil
	text, err := fs.ReadFile(tree, left[0]+"/requires.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return &m, nil
	}
	section := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]")
		} else if line != "" {
			m.RequiresDist = append(m.RequiresDist, line+inSection(section))
		}
	}
	return &m, err
}

// inSection is the marker of a section of requires.txt, whose requirements have none of their own.
func inSection(section string) string {
	extra, condition, _ := strings.Cut(section, ":")
	var parts []string
	if condition != "" {
		parts = append(parts, "("+condition+")")
	}
	if extra != "" {
		parts = append(parts, fmt.Sprintf("extra == %q", extra))
	}
	if len(parts) == 0 {
		return ""
	}
	return " ; " + strings.Join(parts, " and ")
}

// requirement reads one of a section of extras_require.
func requirement(text, section, built string) (n need, err error) {
	extra, condition, _ := strings.Cut(section, ":")
	if n.Requirement, err = pep508.ParseLenient(text); err != nil {
		return n, err
	}
	n.plain = plain(n.Requirement)
	if extra != "" {
		n.extra = pep508.NormalizeName(extra)
	}
	if condition != "" {
		if n.Marker != nil {
			condition = "(" + n.Marker.String() + ") and (" + condition + ")"
		}
		if n.Marker, err = pep508.ParseMarker(condition); err != nil {
			return n, err
		}
	}
	if built != "" {
		n.built, err = pep508.ParseMarker(built)
	}
	return n, err
}

// ask is what helper/setuppy says.
func ask(tree fs.FS, shown string) answers {
	a := answers{unknown: map[string]string{}}
	source, _ := fs.ReadFile(tree, "setup.py")
	call, err := setuppy.Read(source, tree, shown)
	if err != nil {
		for _, field := range fields {
			a.unknown[field] = err.Error()
		}
		return a
	}
	version := call.Get("version")
	a.version = version.Text + tag(tree)
	a.doubt("version", version)
	if version.Kind == setuppy.Absent {
		a.unknown["version"] = "setup is not given a version"
	}
	python := call.Get("python_requires")
	a.python = python.Text
	a.doubt("python_requires", python)
	a.take("install_requires", "", call.Get("install_requires"))
	extras := call.Get("extras_require")
	a.doubt("extras_require", extras)
	for _, e := range extras.Entries {
		a.take("extras_require", e.Key, e.Value)
	}
	return a
}

// tagged is what setup.cfg adds to a version, which is not setup.py's.
var tagged = regexp.MustCompile(`(?m)^tag_build\s*=[ \t]*(\S+)`)

func tag(tree fs.FS) string {
	config, _ := fs.ReadFile(tree, "setup.cfg")
	if found := tagged.FindSubmatch(config); found != nil {
		return string(found[1])
	}
	return ""
}

// fields are what is compared; the first three are what a resolution needs.
var fields = []string{"install_requires", "extras_require", "python_requires", "version"}

func (a *answers) doubt(field string, v setuppy.Value) {
	if v.Kind == setuppy.Lost {
		a.unknown[field] = fmt.Sprintf("%s: %s", v.Unknown.Where, v.Unknown.Reason)
	}
}

func (a *answers) take(field, section string, v setuppy.Value) {
	a.doubt(field, v)
	for _, item := range v.Items {
		n, err := requirement(item.Text, section, item.Marker)
		if err != nil {
			a.unknown[field] = fmt.Sprintf("%s: %q: %v", item.Where, item.Text, err)
			continue
		}
		a.needs = append(a.needs, n)
	}
}

// in are the requirements that hold in an environment, of metadata that was made in another.
func (a answers) in(built, env *pep508.Environment, extra string) []string {
	all := map[string]bool{}
	for _, n := range a.needs {
		if n.built.Eval(built, nil) && (n.extra == "" || n.extra == extra) && n.Marker.Eval(env, []string{extra}) {
			all[n.plain] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func plain(r pep508.Requirement) string {
	r.Marker = nil
	r.Name = pep508.NormalizeName(r.Name)
	for i, e := range r.Extras {
		r.Extras[i] = pep508.NormalizeName(e)
	}
	slices.Sort(r.Extras)
	var all []string
	for _, s := range r.Specifiers {
		all = append(all, fmt.Sprint(s))
	}
	slices.Sort(all)
	return strings.ToLower(fmt.Sprint(r.Name, r.Extras, all, r.URL))
}

var environments = func() (all []*pep508.Environment) {
	platforms := [][3]string{{"linux", "Linux", "posix"}, {"darwin", "Darwin", "posix"}, {"win32", "Windows", "nt"}}
	for _, python := range []string{"2.7.18", "3.5.10", "3.6.15", "3.7.16", "3.8.16", "3.9.16", "3.10.9", "3.11.7", "3.12.3", "3.13.1"} {
		for _, p := range platforms {
			for _, implementation := range []string{"CPython", "PyPy"} {
				short := strings.Join(strings.Split(python, ".")[:2], ".")
				all = append(all, &pep508.Environment{
					SysPlatform: p[0], PlatformSystem: p[1], OSName: p[2], PlatformMachine: "x86_64", PythonFullVersion: python, PythonVersion: short,
					PlatformPythonImplementation: implementation, ImplementationName: strings.ToLower(implementation), ImplementationVersion: python,
				})
			}
		}
	}
	return all
}()

// differs is where two answers differ, whatever environment the metadata was made in; "" if they do not.
func differs(said, truth answers, extras []string) string {
	first, makers := "", environments
	if !slices.ContainsFunc(said.needs, func(n need) bool { return n.built != nil }) {
		makers = makers[:1]
	}
	for _, built := range makers {
		where := ""
		for _, env := range environments {
			for _, extra := range extras {
				if a, b := said.in(built, env, extra), truth.in(built, env, extra); where == "" && !slices.Equal(a, b) {
					where = fmt.Sprintf("extra %q, Python %s, %s:\n    said  %s\n    truth %s", extra, env.PythonVersion, env.SysPlatform, strings.Join(a, " "), strings.Join(b, " "))
				}
			}
		}
		if where == "" {
			return ""
		}
		first = where
	}
	return first
}

// extrasOf are those that appear in either, by the sections and markers.
func extrasOf(said, truth answers) []string {
	all := map[string]bool{}
	for _, n := range said.needs {
		if n.extra != "" {
			all[n.extra] = true
		}
	}
	for _, n := range truth.needs {
		if n.Marker.MentionsExtra() {
			for i, part := range strings.Split(n.Marker.String(), `"`) {
				if i%2 == 1 {
					all[pep508.NormalizeName(part)] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func sameVersion(a, b string) bool {
	x, err := pep440.Parse(a)
	y, bad := pep440.Parse(b)
	return err == nil && bad == nil && x.Compare(y) == 0
}

func samePython(a, b string) bool {
	x, err := pep440.ParseSpecifiersLenient(a)
	y, bad := pep440.ParseSpecifiersLenient(b)
	if err != nil || bad != nil {
		return a == b
	}
	return plain(pep508.Requirement{Specifiers: x}) == plain(pep508.Requirement{Specifiers: y})
}
