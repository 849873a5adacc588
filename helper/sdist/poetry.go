package sdist

import (
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/pep508"
)

// poetry reads [tool.poetry], whose dependencies are a table of names and constraints.
func (r *reader) poetry() {
	table := r.root.at("tool", "poetry")
	if table == nil {
		return
	}
	if table.at("name") != nil || table.at(Dependencies) != nil {
		r.kind("poetry")
	}
	r.one(Name, table.string("name"))
	if key := r.root.at("tool", "poetry-dynamic-versioning"); key.at("enable").isTrue() {
		r.unknown(Version, key.key, "poetry-dynamic-versioning takes it from the repository")
	}
	r.one(Version, table.string("version"))
	r.poetryPython(table.at("dependencies", "python"))
	needed := r.need[Dependencies]
	extras := map[string][]Text{}
	inExtras := map[string][]string{}
	for name, entry := range table.at("extras").each {
		name = pep508.NormalizeName(name)
		extras[name] = []Text{}
		list, ok := entry.strings()
		if !ok && r.need[Extras] {
			r.wrong(Extras, entry.key, "%q is no array of names of dependencies", entry.key.written())
		}
		for _, t := range list {
			project := pep508.NormalizeName(t.Value)
			inExtras[project] = append(inExtras[project], name)
		}
	}
	var needs []Text
	for name, entry := range table.at("dependencies").each {
		if name == "python" {
			continue
		}
		if !needed {
			r.poetrySource(name, entry)
			continue
		}
		list, optional := r.poetryRequirements(Dependencies, name, entry)
		of := inExtras[pep508.NormalizeName(name)]
		for i, t := range list {
			for _, extra := range of {
				extras[extra] = append(extras[extra], t)
			}
			if len(of) == 0 && !optional[i] {
				needs = append(needs, t)
			}
		}
	}
	r.dependencies(needs)
	r.extras(extras)
}

// poetrySource takes what an entry says of a project that is required elsewhere.
func (r *reader) poetrySource(name string, entry *value) {
	if t, ok := referenceOf(entry, r.isFile); ok {
		t.Editable = entry.at("develop").isTrue()
		r.p.Sources = append(r.p.Sources, Source{Project: pep508.NormalizeName(name), Reference: t})
	}
	r.poetryIndex(name, entry)
}

func (r *reader) poetryIndex(name string, entry *value) {
	if source := entry.string("source"); source.Value != "" {
		r.p.Sources = append(r.p.Sources, Source{Project: pep508.NormalizeName(name), Index: source.Value})
		r.note(source, "the source %q of Poetry is not asked for %s: name its index with --index-url", source.Value, name)
	}
}

// poetryPython takes the Python that is wanted.
func (r *reader) poetryPython(v *value) {
	t := v.string()
	if v.isTable() {
		t = v.string("version")
	}
	if t.Value == "" || !r.need[RequiresPython] {
		return
	}
	c, err := parsePoetry(t.Value)
	if err != nil {
		r.wrong(RequiresPython, t, "%s", err)
		return
	}
	text, ok := c.ofPython().specifiers()
	if !ok {
		r.unknown(RequiresPython, t, "PEP 440 has no words for %q", t.Value)
		return
	}
	r.one(RequiresPython, t.with(text))
	delete(r.need, RequiresPython)
}

// poetryGroups reads the groups of [tool.poetry].
func (r *reader) poetryGroups(table *value) {
	take := func(name string, key Text, entries *value) {
		g := r.group(name, key)
		for project, entry := range entries.each {
			list, _ := r.poetryRequirements("group "+pep508.NormalizeName(name), project, entry)
			g.add(list)
		}
	}
	for name, entry := range table.at("group").each {
		take(name, entry.key, entry.at("dependencies"))
		included, _ := entry.at("include-groups").strings()
		for _, t := range included {
			r.group(name, entry.key).items = append(r.group(name, entry.key).items, item{Text: t, include: true})
		}
	}
	if dev := table.at("dev-dependencies"); dev != nil {
		take("dev", dev.key, dev)
	}
}

// poetryRequirements are those of one entry of a table of dependencies: one, or one for each of several environments. A
// field that begins with "group " stands for that group.
func (r *reader) poetryRequirements(field, name string, entry *value) (list []Text, optional []bool) {
	each := []*value{entry}
	if entry.kind == unstable.Array {
		each = entry.items
	}
	for _, one := range each {
		t, reason := r.poetryRequirement(name, one)
		if reason != "" {
			r.poetryWrong(field, t, reason)
			continue
		}
		list = append(list, t)
		optional = append(optional, one.at("optional").isTrue())
	}
	return list, optional
}

func (r *reader) poetryWrong(field string, at Text, reason string) {
	if group, ok := strings.CutPrefix(field, "group "); ok {
		g := r.p.Groups[group]
		g.Errors = append(g.Errors, at.Origin().Errorf("%s", reason))
		return
	}
	r.wrong(field, at, "%s", reason)
}

// poetryRequirement is an entry as PEP 508 has it; else the reason, and its place.
func (r *reader) poetryRequirement(name string, v *value) (t Text, reason string) {
	if v.kind == unstable.String {
		return versioned(name, "", v.text)
	}
	if !v.isTable() {
		return v.key, "a dependency is a version constraint, or a table with one"
	}
	extras, ok := v.at("extras").strings()
	if !ok {
		return v.at("extras").key, "extras are an array of names"
	}
	suffix := ""
	if len(extras) > 0 {
		names := make([]string, len(extras))
		for i, e := range extras {
			names[i] = e.Value
		}
		suffix = "[" + strings.Join(names, ",") + "]"
	}
	if t, ok = referenceOf(v, r.isFile); ok {
		t = t.with(name + suffix + " @ " + t.Value)
		t.Editable = v.at("develop").isTrue()
	} else {
		version := v.string("version")
		if version.Value == "" {
			version = v.key.with("*")
		}
		if t, reason = versioned(name, suffix, version); reason != "" {
			return t, reason
		}
	}
	r.poetryIndex(name, v)
	condition, at, reason := poetryMarker(v)
	if reason != "" {
		return at, reason
	}
	if condition != "" {
		space := ""
		if strings.Contains(t.Value, " @ ") {
			space = " "
		}
		t = t.with(t.Value + space + "; " + condition)
	}
	return t, ""
}

// versioned is a name with a version constraint.
func versioned(name, extras string, text Text) (Text, string) {
	c, err := parsePoetry(text.Value)
	if err != nil {
		return text, err.Error()
	}
	specifiers, ok := c.specifiers()
	if !ok {
		return text, sprintf("PEP 440 has no words for %q", text.Value)
	}
	return text.with(name + extras + specifiers), ""
}

// poetryMarker is the condition of an entry: its markers, Python versions and platform.
func poetryMarker(v *value) (condition string, at Text, reason string) {
	var all []string
	if m := v.string("markers"); m.Value != "" {
		marker, err := pep508.ParseMarker(m.Value)
		if err != nil {
			return "", m, err.Error()
		}
		all = append(all, marker.String())
	}
	if python := v.string("python"); python.Value != "" {
		c, err := parsePoetry(python.Value)
		if err != nil {
			return "", python, err.Error()
		}
		if m := c.marker(); m != "" {
			all = append(all, m)
		}
	}
	if platform := v.string("platform"); platform.Value != "" {
		names := strings.Split(platform.Value, "||")
		for i, name := range names {
			op := "=="
			if rest, ok := strings.CutPrefix(strings.TrimSpace(name), "!="); ok {
				op, name = "!=", rest
			}
			names[i] = "sys_platform " + op + ` "` + strings.Trim(strings.TrimPrefix(strings.TrimSpace(name), "=="), " ") + `"`
		}
		all = append(all, strings.Join(names, " or "))
	}
	for i, m := range all {
		if len(all) > 1 && strings.Contains(m, " or ") {
			all[i] = "(" + m + ")"
		}
	}
	return strings.Join(all, " and "), Text{}, ""
}
