package sdist

import (
	"strings"

	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// poetry reads [tool.poetry], whose dependencies are a table of names and constraints.
func (r *reader) poetry() {
	table := r.root.At("tool", "poetry")
	if table == nil {
		return
	}
	if table.At("name") != nil || table.At(Dependencies) != nil {
		r.kind("poetry")
	}
	r.one(Name, textOf(table, "name"))
	if key := r.root.At("tool", "poetry-dynamic-versioning"); key.At("enable").IsTrue() {
		r.unknown(Version, keyOf(key), "poetry-dynamic-versioning takes it from the repository")
	}
	r.one(Version, textOf(table, "version"))
	r.poetryPython(table.At("dependencies", "python"))
	needed := r.need[Dependencies]
	extras := map[string][]Text{}
	inExtras := map[string][]string{}
	for name, entry := range table.At("extras").Each {
		name = pep508.NormalizeName(name)
		extras[name] = []Text{}
		list, ok := textsOf(entry)
		if !ok && r.need[Extras] {
			r.wrong(Extras, keyOf(entry), "%q is no array of names of dependencies", keyOf(entry).written())
		}
		for _, t := range list {
			project := pep508.NormalizeName(t.Value)
			inExtras[project] = append(inExtras[project], name)
		}
	}
	var needs []Text
	for name, entry := range table.At("dependencies").Each {
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
func (r *reader) poetrySource(name string, entry *tomltree.Value) {
	each := []*tomltree.Value{entry}
	if entry.Kind == tomltree.Array {
		each = entry.Items
	}
	for _, one := range each {
		s := Source{Project: pep508.NormalizeName(name), Tool: "poetry", Index: textOf(one, "source")}
		if t, ok := referenceOf(one, r.isFile); ok {
			t.Editable = one.At("develop").IsTrue()
			s.Reference = t
		}
		condition, at, reason := poetryMarker(one)
		if reason != "" {
			r.wrong(Dependencies, at, "%s", reason)
		}
		if s.Marker = keyOf(one).with(condition); s.Index.Value != "" || s.Reference.Value != "" {
			r.p.Sources = append(r.p.Sources, s)
		}
	}
}

// poetryPython takes the Python that is wanted.
func (r *reader) poetryPython(v *tomltree.Value) {
	t := textOf(v)
	if v.Is(tomltree.Table) {
		t = textOf(v, "version")
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
func (r *reader) poetryGroups(table *tomltree.Value) {
	take := func(name string, key Text, entries *tomltree.Value) {
		g := r.group(name, key)
		for project, entry := range entries.Each {
			list, _ := r.poetryRequirements("group "+pep508.NormalizeName(name), project, entry)
			g.add(list)
		}
	}
	for name, entry := range table.At("group").Each {
		take(name, keyOf(entry), entry.At("dependencies"))
		included, _ := textsOf(entry.At("include-groups"))
		for _, t := range included {
			r.group(name, keyOf(entry)).items = append(r.group(name, keyOf(entry)).items, item{Text: t, include: true})
		}
	}
	if dev := table.At("dev-dependencies"); dev != nil {
		take("dev", keyOf(dev), dev)
	}
}

// poetryRequirements are those of one entry of a table of dependencies: one, or one for each of several environments. A
// field that begins with "group " stands for that group.
func (r *reader) poetryRequirements(field, name string, entry *tomltree.Value) (list []Text, optional []bool) {
	each := []*tomltree.Value{entry}
	if entry.Kind == tomltree.Array {
		each = entry.Items
	}
	for _, one := range each {
		t, reason := r.poetryRequirement(name, one)
		if reason != "" {
			r.poetryWrong(field, t, reason)
			continue
		}
		list = append(list, t)
		optional = append(optional, one.At("optional").IsTrue())
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
func (r *reader) poetryRequirement(name string, v *tomltree.Value) (t Text, reason string) {
	if v.Kind == tomltree.String {
		return versioned(name, "", textOf(v))
	}
	if !v.Is(tomltree.Table) {
		return keyOf(v), "a dependency is a version constraint, or a table with one"
	}
	extras, ok := textsOf(v.At("extras"))
	if !ok {
		return keyOf(v.At("extras")), "extras are an array of names"
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
		t.Editable = v.At("develop").IsTrue()
	} else {
		version := textOf(v, "version")
		if version.Value == "" {
			version = keyOf(v).with("*")
		}
		if t, reason = versioned(name, suffix, version); reason != "" {
			return t, reason
		}
	}
	t.Index = textOf(v, "source").Value
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
func poetryMarker(v *tomltree.Value) (condition string, at Text, reason string) {
	var all []string
	if m := textOf(v, "markers"); m.Value != "" {
		marker, err := pep508.ParseMarker(m.Value)
		if err != nil {
			return "", m, err.Error()
		}
		all = append(all, marker.String())
	}
	if python := textOf(v, "python"); python.Value != "" {
		c, err := parsePoetry(python.Value)
		if err != nil {
			return "", python, err.Error()
		}
		if m := c.marker(); m != "" {
			all = append(all, m)
		}
	}
	if platform := textOf(v, "platform"); platform.Value != "" {
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
