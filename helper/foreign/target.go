package foreign

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/environment"
	"mach/helper/inputs"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// Asked is which parts of a project are wanted beside what it always asks for.
type Asked struct {
	Extras, Groups       []string
	AllExtras, AllGroups bool
}

// Target is what of a lock counts for one environment.
type Target struct {
	Environment *environment.Environment
	Roots       []Root

	lock   *Foreign
	asked  Asked
	chosen map[string]*chosen
	failed map[string]map[string]bool // versions of projects that cannot be, by name
	errs   []error
}

// chosen is the package that is taken of a project.
type chosen struct {
	*pkg
	extras map[string]bool   // that somebody asks for
	needs  map[string][]need // what it needs there, by the extra; "" none
	from   string            // who asked first, for messages
}

// Asked is what an extra or a group that the user names is in this lock; an unknown one is an error.
func (f *Foreign) Asked(asked Asked) (Asked, error) {
	out := Asked{Extras: normal(asked.Extras), Groups: normal(asked.Groups)}
	if f.either { // those who wrote the lock know which are which, and it has one list
		out.Groups = normal(slices.Concat(out.Extras, out.Groups))
		out.Extras = nil
	}
	if asked.AllExtras {
		out.Extras = f.Extras
	}
	if asked.AllGroups || f.either && asked.AllExtras {
		out.Groups = f.Groups
	}
	return out, errors.Join(f.has("--extra", "extra", out.Extras, f.Extras), f.has("--group", "group", out.Groups, f.Groups))
}

func (f *Foreign) has(option, kind string, asked, has []string) error {
	for _, name := range asked {
		if slices.Contains(has, name) {
			continue
		}
		e := diag.Usage("%s: it has no %s %q", f.File, kind, name)
		if len(has) > 0 {
			e.Hint("there are: %s %s", option, strings.Join(has, ", "))
		}
		return e
	}
	return nil
}

// For says what counts for an environment. That something is missing, or that Python is another, is an error.
func (f *Foreign) For(env *environment.Environment, asked Asked) (*Target, error) {
	asked.Groups = f.withDefaults(asked.Groups)
	t := &Target{Environment: env, lock: f, asked: asked, failed: map[string]map[string]bool{}}
	if v, err := pep440.Parse(env.Markers.PythonFullVersion); err == nil && !f.python.allows(v) {
		return nil, diag.Input("%s: it is for Python %s, and the target is Python %s", f.File, f.pythons, env.Markers.PythonFullVersion).
			Hint("take such a Python: --python %s", pythonFor(f.python))
	}
	for _, root := range f.Roots {
		t.Roots = append(t.Roots, t.partsOf(root)...)
	}
	for !t.walk() {
	}
	return t, errors.Join(t.errs...)
}

// withDefaults are groups, and those that are always needed.
func (f *Foreign) withDefaults(groups []string) []string {
	return normal(slices.Concat(groups, f.defaults))
}

// pythonFor is a Python that a lock is for.
func pythonFor(c constraint) string {
	for minor := 14; minor > 0; minor-- {
		if v, err := pep440.Parse(fmt.Sprintf("3.%d.99", minor)); err == nil && c.allows(v) {
			return fmt.Sprintf("3.%d", minor)
		}
	}
	return "3.12"
}

// partsOf are the roots for the parts asked for that a root stands for: that of its part; and where parts stand in its
// marker, as PEP 751 has it, each for which it holds.
func (t *Target) partsOf(root Root) []Root {
	if t.lock.Kind != "pylock.toml" || !markedPart.MatchString(root.marker) {
		if root.Part == (inputs.Part{}) || slices.Contains(t.asked.Extras, root.Part.Extra) || slices.Contains(t.asked.Groups, root.Part.Group) {
			return []Root{root}
		}
		return nil
	}
	var all []Root
	add := func(part inputs.Part, asked Asked) bool {
		holds := t.holdsFor(root.marker, asked, asked.Extras)
		if holds {
			with := root
			with.marker, with.Part = "", part
			all = append(all, with)
		}
		return holds
	}
	if add(inputs.Part{}, Asked{Groups: t.lock.defaults}) {
		return all
	}
	for _, extra := range t.asked.Extras {
		add(inputs.Part{Extra: extra}, Asked{Extras: []string{extra}, Groups: t.lock.defaults})
	}
	for _, group := range t.asked.Groups {
		add(inputs.Part{Group: group}, Asked{Groups: t.lock.withDefaults([]string{group})})
	}
	if len(all) == 0 {
		add(inputs.Part{}, t.asked)
	}
	return all
}

// walk takes all that the roots need, and says whether it came to an end: if a package that was taken turns out not to
// be the one, it has to be taken again.
func (t *Target) walk() bool {
	t.chosen, t.errs = map[string]*chosen{}, nil
	for _, root := range t.Roots {
		if t.isFor(root) && !t.take(root.need, "the project") {
			return false
		}
	}
	return true
}

// take takes the package that a need is of, and what that needs.
func (t *Target) take(n need, from string) bool {
	c := t.chosen[n.name]
	if c == nil {
		p := t.find(n, from)
		if p == nil {
			return true
		}
		c = &chosen{pkg: p, extras: map[string]bool{}, needs: map[string][]need{}, from: from}
		t.chosen[n.name] = c
		if !t.follow(c, "", p.needs) {
			return false
		}
	} else if !n.is(c.pkg) && t.another(n, c, from) {
		return false
	}
	for _, extra := range n.extras {
		if !c.extras[extra] {
			c.extras[extra] = true
			if !t.follow(c, extra, c.pkg.extras[extra]) {
				return false
			}
		}
	}
	return true
}

// another gives up a package that was taken where a need is of another one, and says whether the walk begins again.
func (t *Target) another(n need, c *chosen, from string) bool {
	for _, p := range t.candidates(n.name) {
		if n.is(p) {
			t.fail(c.name, c.version+c.source)
			return true
		}
	}
	if len(t.lock.byName[n.name]) > 1 {
		t.err(c.line, "%s needs %s, and another version of it than %s, which is taken for %s", from, n.name, c.version, c.from)
	}
	return false // the only one that there is: the lock is believed
}

func (t *Target) fail(name, version string) {
	if t.failed[name] == nil {
		t.failed[name] = map[string]bool{}
	}
	t.failed[name][version] = true
}

func (t *Target) err(line int, format string, args ...any) {
	e := diag.Input(format, args...)
	e.Where = diag.Position{File: t.lock.File, Line: line}
	t.errs = append(t.errs, e.Hint("%s", t.lock.Again))
}

// follow takes what a package, or an extra of it, needs.
func (t *Target) follow(c *chosen, extra string, needs []need) bool {
	for _, n := range needs {
		if !t.holdsFor(n.marker, t.asked, nonEmpty(extra)) || n.elsewhere && t.isElsewhere(n.name) {
			continue
		}
		c.needs[extra] = append(c.needs[extra], n)
		if !t.take(n, c.title()) {
			return false
		}
	}
	return true
}

func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

func (p *pkg) title() string { return strings.TrimSpace(p.name + " " + p.version) }

// is says whether a need is of a package.
func (n *need) is(p *pkg) bool {
	if n.source != "" && n.source != p.source {
		return false
	}
	if p.version == "" {
		return true
	}
	v, err := pep440.Parse(p.version)
	return err == nil && n.accept.allows(v)
}

// candidates are the packages of a name that may be taken here, the newest first.
func (t *Target) candidates(name string) (all []*pkg) {
	for _, p := range t.lock.byName[name] {
		if t.failed[name][p.version+p.source] || !t.counts(p) {
			continue
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b *pkg) int {
		v, _ := pep440.Parse(cmp.Or(b.version, "0"))
		w, _ := pep440.Parse(cmp.Or(a.version, "0"))
		return v.Compare(w)
	})
	return all
}

// counts says whether a package is for the environment.
func (t *Target) counts(p *pkg) bool {
	return len(p.markers) == 0 || slices.ContainsFunc(p.markers, t.holds)
}

// find is the package that a need is of; nil where there is none, which is an error.
func (t *Target) find(n need, from string) *pkg {
	named, here := t.lock.byName[n.name], t.candidates(n.name)
	for _, p := range here {
		if n.is(p) && t.runs(p) {
			return p
		}
	}
	switch {
	case len(named) == 1 && len(here) == 1:
		return here[0] // a version that does not fit was forced
	case len(here) > 0:
		for _, p := range here {
			if n.is(p) {
				return p
			}
		}
		t.err(here[0].line, "%s needs %s, and of the versions here none is meant", from, n.name)
	case len(named) > 0:
		t.err(named[0].line, "%s needs %s, which is locked for other targets than %s with Python %s", from, n.name, t.Environment.System, t.Environment.Markers.PythonVersion)
	default:
		t.err(0, "%s needs %s, and there is no such package", from, n.name)
	}
	return nil
}

// isElsewhere says whether all packages of a name are for other targets.
func (t *Target) isElsewhere(name string) bool {
	named := t.lock.byName[name]
	return len(named) > 0 && !slices.ContainsFunc(named, t.counts)
}

// runs says whether a package is for the environment's Python, as far as it decides between two.
func (t *Target) runs(p *pkg) bool {
	v, err := pep440.Parse(t.Environment.Markers.PythonFullVersion)
	return err != nil || p.python.allows(v)
}

// holds says whether a marker of the project holds for what is asked for.
func (t *Target) holds(marker string) bool { return t.holdsFor(marker, t.asked, t.asked.Extras) }

// isFor says whether a root is for the target.
func (t *Target) isFor(root Root) bool {
	return t.holdsFor(root.marker, t.asked, nonEmpty(root.Part.Extra))
}

// holdsFor says whether a marker holds for what is asked for of the project, where extras are those of the package that
// has it.
func (t *Target) holdsFor(marker string, asked Asked, extras []string) bool {
	if marker == "" {
		return true
	}
	if t.lock.encoded {
		marker = decoded(marker, asked)
	}
	m, err := pep508.ParseMarker(marker)
	return err == nil && m.Eval(&t.Environment.Markers, extras)
}

var (
	// uv: extra == 'extra-7-project-cpu', extra != 'group-7-project-dev', extra == 'project-7-project'.
	uvPart = regexp.MustCompile(`extra\s*(==|!=)\s*['"](extra|group|project)-(\d+)-([^'"]*)['"]`)
	// PEP 751: 'cpu' in extras, 'dev' not in dependency_groups.
	markedPart = regexp.MustCompile(`['"]([^'"]*)['"]\s+(not\s+)?in\s+(extras|dependency_groups)`)
)

// Markers that always hold, and never.
const (
	always = `python_version >= "0"`
	never  = `python_version < "0"`
)

// decoded puts in what holds in the place of what a marker says of the parts asked for.
func decoded(marker string, asked Asked) string {
	word := func(holds bool) string {
		if holds {
			return always
		}
		return never
	}
	if strings.Contains(marker, "extra") {
		marker = uvPart.ReplaceAllStringFunc(marker, func(text string) string {
			m := uvPart.FindStringSubmatch(text)
			return word(isAsked(m[2], m[3], m[4], asked) == (m[1] == "=="))
		})
	}
	return markedPart.ReplaceAllStringFunc(marker, func(text string) string {
		m := markedPart.FindStringSubmatch(text)
		names := asked.Extras
		if m[3] == "dependency_groups" {
			names = asked.Groups
		}
		return word(slices.Contains(names, pep508.NormalizeName(m[1])) == (m[2] == ""))
	})
}

// isAsked says whether what uv names by the length of a project's name, that name and an extra or group is asked for.
func isAsked(kind, length, rest string, asked Asked) bool {
	var n int
	if _, err := fmt.Sscan(length, &n); err != nil || kind == "project" || len(rest) <= n+1 {
		return kind == "project"
	}
	name := pep508.NormalizeName(rest[n+1:])
	if kind == "extra" {
		return slices.Contains(asked.Extras, name)
	}
	return slices.Contains(asked.Groups, name)
}
