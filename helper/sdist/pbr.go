package sdist

import (
	"path"
	"regexp"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/setuppy"
)

// pbr takes the requirements out of files beside setup.cfg:
//
//	requirements.txt, else tools/pip-requires   what requires-dist of [metadata] does not say; of these the first that is there
//	[extras]                                    KEY = lines of "REQUIREMENT:MARKER"; without a "test" also test-requirements.txt
//
// Before pbr 5, requirements-py3.txt went before both. What setup.cfg has in [options] goes before all of it, since
// setuptools reads that last. Where there is no setup.cfg, [project] has all but what it calls dynamic.
//
// A line of those files is a requirement, "-r FILE" from the top of the tree on, or an option of pip that is passed over;
// what follows "#" is not.

// isPBR says whether pbr has a say, and whether that is by setup.cfg.
func (r *reader) isPBR() (has, byConfig bool) {
	hasConfig := r.cfg != nil
	if r.setup != nil && r.setup.call != nil {
		switch v := r.setup.call.Get("pbr"); {
		case v.Kind == setuppy.Other && v.Text == "True", v.Kind == setuppy.Text && v.Text == "setup.cfg":
			return true, hasConfig || r.root.At("project") == nil
		}
	}
	return strings.HasPrefix(r.p.Build.Backend.Value, "pbr.") && r.root.At("project") != nil, false
}

// pbr reads what it takes; by setup.cfg, or for pyproject.toml alone.
func (r *reader) pbr(byConfig bool) {
	at := r.cfg.get("metadata", "name").key
	if at.file == nil {
		at = r.p.Build.Backend
	}
	if !byConfig {
		r.unknown(Version, at, "pbr takes it from the repository")
		if list, why := r.pbrNeeds(nil); r.need[Dependencies] && r.pbrKnown(Dependencies, why) {
			r.dependencies(list)
		}
		return
	}
	if why := r.pbrHooks(); why != nil {
		for _, field := range allFields {
			r.unknown(field, why.Text, "%s", why.Reason)
		}
		return
	}
	r.one(Name, r.cfg.get("metadata", "name").text())
	r.unknown(Version, at, "pbr takes it from the repository")
	r.pbrPython()
	r.pbrDependencies()
	r.pbrExtras()
}

// pbrHooks is why nothing is known: setup.cfg is not there, or functions may change what it says.
func (r *reader) pbrHooks() *Unknown {
	if r.cfg == nil {
		return &Unknown{Reason: "there is no setup.cfg for pbr", Text: Text{file: &diag.File{Name: r.p.File}}}
	}
	for _, hook := range r.cfg.get("global", "setup_hooks").lines() {
		if hook.Value != "pbr.hooks.setup_hook" {
			return &Unknown{Reason: sprintf("%s, a hook of pbr, may change it", hook.Value), Text: hook}
		}
	}
	return nil
}

// pbrKnown notes why a field is not known.
func (r *reader) pbrKnown(field string, why *Unknown) bool {
	if why != nil {
		r.unknown(field, why.Text, "%s", why.Reason)
	}
	return why == nil
}

// pbrPython takes requires-python.
func (r *reader) pbrPython() {
	for _, at := range [][2]string{{"options", "python_requires"}, {"metadata", "requires_python"}, {"metadata", "python_requires"}} {
		r.one(RequiresPython, r.cfg.get(at[0], at[1]).text())
	}
	if v := r.setup.call.Get("python_requires"); v.Kind == setuppy.Text {
		r.one(RequiresPython, r.setup.reader.placed(v.Text, v.Where))
	}
	if r.root.At("project") == nil {
		delete(r.need, RequiresPython)
	}
}

func (r *reader) pbrDependencies() {
	if !r.need[Dependencies] {
		return
	}
	if e := r.cfg.get("options", "install_requires"); e.file != nil {
		if list, ok := r.cfgRequirements(Dependencies, e); ok {
			r.dependencies(list)
		}
		return
	}
	if list, why := r.pbrNeeds(r.cfg.get("metadata", "requires_dist").lines()); r.pbrKnown(Dependencies, why) {
		r.dependencies(list)
	}
}

// pbrNeeds are some requirements, and those of the first file of requirements that is there.
func (r *reader) pbrNeeds(lines []Text) (list []Text, why *Unknown) {
	files := []string{"requirements.txt", "tools/pip-requires"}
	if r.isOldPBR() {
		files = append([]string{"requirements-py3.txt", "tools/pip-requires-py3"}, files...)
	}
	more, why := r.pbrFile(0, files...)
	if why != nil {
		return nil, why
	}
	for _, t := range append(lines, more...) {
		t, why := pbrRequirement(t, ";")
		if why != nil {
			return nil, why
		}
		list = append(list, t)
	}
	return list, nil
}

// firstPBR are releases of pbr that read no requirements-py3.txt any more.
var firstPBR = []string{"5.0.0", "5.11.1", "6.0.0", "6.1.1", "7.0.0", "99"}

// isOldPBR says whether what is required of pbr leaves only releases before the fifth.
func (r *reader) isOldPBR() bool {
	texts := []string{}
	for _, t := range r.p.Build.Requires {
		texts = append(texts, t.Value)
	}
	if r.setup != nil && r.setup.call != nil {
		for _, item := range r.setup.call.Get("setup_requires").Items {
			texts = append(texts, item.Text)
		}
	}
	for _, text := range texts {
		req, err := pep508.ParseLenient(text)
		if err != nil || pep508.NormalizeName(req.Name) != "pbr" {
			continue
		}
		old := true
		for _, v := range firstPBR {
			parsed, err := pep440.Parse(v)
			old = old && err == nil && !req.Specifiers.Contains(parsed)
		}
		if old {
			return true
		}
	}
	return false
}

var (
	passedOver = regexp.MustCompile(`^\s*(-i|--index-url|--extra-index-url|--find-links|-f\s)`)
	byURL      = regexp.MustCompile(`^\s*(-e\s|[A-Za-z][A-Za-z0-9+.-]*:)`)
	oldSpec    = regexp.MustCompile(`^\s*(.*?)\s*\((.*)\)\s*$`)
)

// pbrFile are the lines of the first file that is there, and of those that it includes.
func (r *reader) pbrFile(depth int, names ...string) (list []Text, why *Unknown) {
	for _, name := range names {
		if !r.exists(name) {
			continue
		}
		f, reason := r.text(name)
		if depth > mostReferences {
			reason = name + " includes itself"
		}
		if reason != "" {
			return nil, &Unknown{Reason: reason, Text: Text{file: &diag.File{Name: path.Join(r.shown, name)}}}
		}
		for from := 0; from < len(f.Text); {
			line, next := diag.CutLine(f.Text[from:])
			lines, why := r.pbrLine(f.part(from, from+len(line)), depth)
			if why != nil {
				return nil, why
			}
			if list = append(list, lines...); next < 0 {
				break
			}
			from += next
		}
		break
	}
	return list, nil
}

// pbrLine are the requirements of a line.
func (r *reader) pbrLine(t Text, depth int) ([]Text, *Unknown) {
	switch line := t.Value; {
	case strings.TrimSpace(line) == "", line[0] == '#', passedOver.MatchString(line):
		return nil, nil
	case strings.HasPrefix(line, "-r"):
		_, name, _ := strings.Cut(line, " ")
		return r.pbrFile(depth+1, name)
	case byURL.MatchString(line):
		return nil, &Unknown{Reason: sprintf("pbr takes a name out of %q", strings.TrimSpace(line)), Text: t}
	}
	before, _, _ := strings.Cut(t.Value, "#")
	if t = t.cut(0, len(before)).trimmed(); t.Value == "" {
		return nil, nil
	}
	return []Text{t}, nil
}

// pbrRequirement is a requirement and its marker, with what separates them.
func pbrRequirement(t Text, separator string) (Text, *Unknown) {
	text := t.Value
	if separator == ";" {
		text = oldSpec.ReplaceAllString(text, "$1$2")
	}
	if i := strings.IndexByte(text, '#'); i > 0 && strings.TrimSpace(text[i-1:i]) == "" {
		text = text[:i]
	}
	text, marker, _ := strings.Cut(text, separator)
	if text = strings.TrimSpace(text); strings.TrimSpace(marker) != "" {
		text += " ; " + strings.TrimSpace(marker)
	}
	t = t.with(text)
	if _, err := pep508.ParseLenient(text); err != nil {
		return t, &Unknown{Reason: sprintf("%q is no requirement", text), Text: t}
	}
	return t, nil
}

// pbrExtras takes [extras]. One without requirements is none.
func (r *reader) pbrExtras() {
	if !r.need[Extras] {
		return
	}
	if s := r.cfg.section("options.extras_require"); s != nil {
		r.setuptoolsExtras(s)
		return
	}
	all := map[string][]Text{}
	s := r.cfg.section("extras")
	if s == nil {
		r.extras(all)
		return
	}
	for _, name := range s.names {
		for _, t := range s.entries[name].lines() {
			t, why := pbrRequirement(t, ":")
			if !r.pbrKnown(Extras, why) {
				return
			}
			all[pep508.NormalizeName(name)] = append(all[pep508.NormalizeName(name)], t)
		}
	}
	if r.cfg.get("extras", "test").file == nil {
		lines, why := r.pbrFile(0, "test-requirements.txt", "tools/test-requires")
		if !r.pbrKnown(Extras, why) {
			return
		}
		for _, t := range lines {
			t, why := pbrRequirement(t.with(strings.ReplaceAll(t.Value, ";", ":")), ":")
			if !r.pbrKnown(Extras, why) {
				return
			}
			all["test"] = append(all["test"], t)
		}
	}
	r.extras(all)
}

// setuptoolsExtras takes [options.extras_require].
func (r *reader) setuptoolsExtras(s *section) {
	all := map[string][]Text{}
	for _, name := range s.names {
		list, ok := r.cfgRequirements(Extras, s.entries[name])
		if !ok {
			return
		}
		all[pep508.NormalizeName(name)] = list
	}
	r.extras(all)
}
