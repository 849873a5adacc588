package sdist

import (
	"path"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// setuptools reads what setuptools takes of [tool.setuptools.dynamic], setup.py and setup.cfg, in that order: what
// setup.py says to setup goes before setup.cfg, unless it is empty.
func (r *reader) setuptools() {
	if len(r.need) == 0 {
		return
	}
	r.setuptoolsDynamic(r.root.At("tool", "setuptools", "dynamic"))
	if !r.config() {
		return
	}
	if r.exists("setup.py") {
		r.setup = r.setupPy()
	} else if !r.cfg.isProject() && !strings.HasPrefix(r.p.Build.Backend.Value, "pbr.") {
		return
	}
	if r.root.At("project") == nil {
		r.kind("setuptools")
	}
	if has, byConfig := r.isPBR(); has {
		r.pbr(byConfig)
		return
	}
	r.setuptoolsText(Name, "name", "metadata", "name")
	r.setuptoolsText(Version, "version", "metadata", "version")
	r.setuptoolsText(RequiresPython, "python_requires", "options", "python_requires")
	r.setuptoolsNeeds()
}

// config reads setup.cfg, if there is one; false if nothing is known since it cannot be read.
func (r *reader) config() bool {
	if !r.exists("setup.cfg") {
		return true
	}
	f, reason := r.text("setup.cfg")
	at := Text{file: &diag.File{Name: path.Join(r.shown, "setup.cfg")}}
	if reason == "" {
		cfg, bad := parseConfig(f)
		if bad == nil {
			r.cfg = cfg
			return true
		}
		at, reason = Text{file: &f.File}, bad.Error()
	}
	for _, field := range allFields {
		r.unknown(field, at, "%s", reason)
	}
	return false
}

// setuptoolsDynamic reads [tool.setuptools.dynamic]: { file = … } and { attr = … }.
func (r *reader) setuptoolsDynamic(table *tomltree.Value) {
	if !table.Is(tomltree.Table) || r.root.At("project") == nil {
		return
	}
	if v := table.At(Version); v != nil && r.need[Version] {
		if attr := textOf(v, "attr"); attr.Value != "" {
			r.literal(Version, attr, attr.Value, r.packageDirs())
		} else if files, ok := filesOf(v); ok && len(files) == 1 {
			r.wholeFile(Version, files[0])
		}
	}
	if v := table.At(Dependencies); v != nil && r.need[Dependencies] {
		if files, ok := filesOf(v); ok {
			if list, ok := r.requirementFiles(Dependencies, files); ok {
				r.dependencies(list)
			}
		}
	}
	if v := table.At(Extras); v.Is(tomltree.Table) && r.need[Extras] {
		all := map[string][]Text{}
		for name, entry := range v.Each {
			files, ok := filesOf(entry)
			if !ok {
				r.unknown(Extras, keyOf(entry), "it is not { file = … }")
			}
			if list, ok := r.requirementFiles(Extras, files); ok {
				all[pep508.NormalizeName(name)] = list
			}
		}
		r.extras(all)
	}
}

// filesOf are the files of { file = "a" } or { file = ["a", "b"] }.
func filesOf(v *tomltree.Value) ([]Text, bool) {
	v = v.At("file")
	if v.Is(tomltree.String) {
		return textOf(v).split(","), true
	}
	list, ok := textsOf(v)
	return list, ok && v != nil
}

// wholeFile takes a field from a file that has nothing else.
func (r *reader) wholeFile(field string, name Text) {
	f, reason := r.text(name.Value)
	if reason != "" {
		r.unknown(field, name, "%s", reason)
		return
	}
	r.one(field, f.part(0, len(f.Text)).trimmed())
}

// packageDirs are the directories below which modules may lie.
func (r *reader) packageDirs() []string {
	var dirs []string
	for name, v := range r.root.At("tool", "setuptools", "package-dir").Each {
		if name == "" && v.String().Value != "" {
			dirs = append(dirs, v.String().Value)
		}
	}
	dirs = append(dirs, r.root.At("tool", "setuptools", "packages", "find", "where").Values()...)
	for _, t := range r.cfg.get("options", "package_dir").lines() {
		if name, dir, ok := strings.Cut(t.Value, "="); ok && strings.TrimSpace(name) == "" {
			dirs = append(dirs, strings.TrimSpace(dir))
		}
	}
	return append(dirs, "", "src")
}

// setuptoolsText takes a field from a keyword of setup, or else from setup.cfg.
func (r *reader) setuptoolsText(field, keyword, section, key string) {
	if !r.need[field] {
		return
	}
	t, why := r.setup.text(keyword)
	if why != nil {
		r.unknown(field, why.Text, "%s", why.Reason)
		return
	}
	r.one(field, t)
	e := r.cfg.get(section, key)
	if attr, ok := e.directive("attr:"); ok && field == Version {
		r.literal(field, attr, attr.Value, r.packageDirs())
	} else if file, ok := e.directive("file:"); ok && field == Version {
		r.wholeFile(field, file)
	} else {
		r.one(field, e.text())
	}
	if r.root.At("project") == nil && field == RequiresPython {
		delete(r.need, field)
	}
}

// setuptoolsNeeds takes the dependencies and extras. A key ":marker" of extras_require is no extra.
func (r *reader) setuptoolsNeeds() {
	if !r.need[Dependencies] && !r.need[Extras] {
		return
	}
	needs, why := r.setup.list("install_requires")
	all, whyExtras := r.setup.table("extras_require")
	if why != nil {
		r.unknown(Dependencies, why.Text, "%s", why.Reason)
	}
	if whyExtras != nil {
		r.unknown(Extras, whyExtras.Text, "%s", whyExtras.Reason)
		r.unknown(Dependencies, whyExtras.Text, "%s", whyExtras.Reason) // some may stand there
	}
	said := len(needs) > 0 || len(all) > 0
	if e := r.cfg.get("options", "install_requires"); len(needs) == 0 && why == nil && e.file != nil {
		needs, _ = r.cfgRequirements(Dependencies, e)
		said = true
	}
	if s := r.cfg.section("options.extras_require"); len(all) == 0 && whyExtras == nil && s != nil {
		for _, name := range s.names {
			list, _ := r.cfgRequirements(Extras, s.entries[name])
			all = append(all, extra{Text: s.entries[name].key, requirements: list})
		}
		said = true
	}
	if !said && r.root.At("project") != nil {
		return // [project] says that there are some
	}
	extras := map[string][]Text{}
	for _, e := range all {
		name, marker, _ := strings.Cut(e.Value, ":")
		name = pep508.NormalizeName(strings.TrimSpace(name))
		for _, t := range e.requirements {
			t, ok := only(t, strings.TrimSpace(marker))
			if !ok {
				r.wrong(Extras, t, "%q is no requirement", t.Value)
				continue
			}
			if name == "" {
				needs = append(needs, t)
			} else {
				extras[name] = append(extras[name], t)
			}
		}
		if _, ok := extras[name]; !ok && name != "" {
			extras[name] = nil
		}
	}
	r.dependencies(needs)
	r.extras(extras)
}

func (c *config) section(name string) *section {
	if c == nil {
		return nil
	}
	return c.sections[name]
}
