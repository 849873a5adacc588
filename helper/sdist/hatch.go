package sdist

import (
	"regexp"
	"strings"

	"mach/helper/pep508"
)

// hatchVersion is what Hatch looks for where no pattern is given.
var hatchVersion = regexp.MustCompile(`(?im)^(?:__version__|VERSION)(?: ?: ?str)? *= *(?:'v?(.+?)'|"v?(.+?)")`)

// hatch reads what hatchling takes of other files.
func (r *reader) hatch() {
	r.hatchVersion(r.root.at("tool", "hatch", "version"))
	if !r.need[Dependencies] && !r.need[Extras] {
		return
	}
	hooks := r.root.at("tool", "hatch", "metadata", "hooks")
	for name, hook := range hooks.each {
		if name == "requirements_txt" {
			r.hatchRequirements(hook)
			continue
		}
		r.unknown(Dependencies, hook.key, "the metadata hook %q of Hatch makes them", name)
		r.unknown(Extras, hook.key, "the metadata hook %q of Hatch makes them", name)
	}
}

func (r *reader) hatchVersion(v *value) {
	if !r.need[Version] || v == nil {
		return
	}
	if source := v.string("source"); source.Value != "" && source.Value != "regex" {
		r.unknown(Version, source, "Hatch takes it by %q", source.Value)
		return
	}
	expression := hatchVersion
	if pattern := v.string("pattern"); pattern.Value != "" {
		own, err := regexp.Compile("(?m)" + pattern.Value)
		if err != nil || own.SubexpIndex(Version) < 0 {
			r.unknown(Version, pattern, "the pattern is not one that can be followed here")
			return
		}
		expression = own
	}
	if path := v.string("path"); path.Value != "" {
		r.matched(path, expression)
	}
}

// hatchRequirements reads the files that the plugin hatch-requirements-txt is told of.
func (r *reader) hatchRequirements(hook *value) {
	files, ok := hook.at("files").strings()
	if one := hook.string("filename"); one.Value != "" {
		files = append(files, one)
	}
	if len(files) == 0 && ok {
		files = []Text{hook.key.with("requirements.txt")}
	}
	if list, ok := r.requirementFiles(Dependencies, files); ok {
		r.dependencies(list)
	}
	all := map[string][]Text{}
	for name, entry := range hook.at("optional-dependencies").each {
		files, _ := entry.strings()
		if list, ok := r.requirementFiles(Extras, files); ok {
			all[pep508.NormalizeName(name)] = list
		}
	}
	r.extras(all)
}

// hatchGroups reads the environments of Hatch: what each needs beside the project. One has the dependencies of its
// template, which is "default" unless it says so, or has its own.
func (r *reader) hatchGroups() {
	envs := r.root.at("tool", "hatch", "envs")
	for name, env := range envs.each {
		g := r.group(name, env.key)
		for _, field := range []string{"dependencies", "extra-dependencies", "features", "dependency-groups"} {
			of, list := hatchInherited(envs, name, field)
			texts, ok := list.strings()
			if !ok {
				g.Errors = append(g.Errors, list.key.Origin().Errorf("%q of the environment %q is no array", field, of))
			}
			for _, t := range texts {
				switch field {
				case "features":
					g.add([]Text{t.with(r.p.Name.Value + "[" + t.Value + "]")})
				case "dependency-groups":
					g.items = append(g.items, item{Text: t, include: true})
				default:
					g.add([]Text{hatchContext(t)})
				}
			}
		}
		if overrides := env.at("overrides"); overrides != nil {
			r.note(overrides.key, "overrides of the environment %q are not obeyed", name)
		}
	}
}

// hatchInherited is a field of an environment, or of its template, and whose it is.
func hatchInherited(envs *value, name, field string) (of string, v *value) {
	for seen := map[string]bool{}; !seen[name]; {
		seen[name] = true
		env := envs.at(name)
		if v := env.at(field); v != nil {
			return name, v
		}
		if template := env.string("template").Value; template != "" {
			name = template
		} else {
			name = "default"
		}
	}
	return name, nil
}

// hatchContext puts in a path for what Hatch knows as the root of the project.
func hatchContext(t Text) Text {
	value := t.Value
	for _, root := range []string{"file:///{root:uri}", "{root:uri}", "file://{root}", "{root}"} {
		value = strings.Replace(value, root, ".", 1)
	}
	return t.with(value)
}
