package sdist

import (
	"regexp"
	"strings"

	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// hatchVersion is what Hatch looks for where no pattern is given.
var hatchVersion = regexp.MustCompile(`(?im)^(?:__version__|VERSION)(?: ?: ?str)? *= *(?:'v?(.+?)'|"v?(.+?)")`)

// hatch reads what hatchling takes of other files.
func (r *reader) hatch() {
	r.hatchVersion(r.root.At("tool", "hatch", "version"))
	if !r.need[Dependencies] && !r.need[Extras] {
		return
	}
	hooks := r.root.At("tool", "hatch", "metadata", "hooks")
	for name, hook := range hooks.Each {
		if name == "requirements_txt" {
			r.hatchRequirements(hook)
			continue
		}
		r.unknown(Dependencies, keyOf(hook), "the metadata hook %q of Hatch makes them", name)
		r.unknown(Extras, keyOf(hook), "the metadata hook %q of Hatch makes them", name)
	}
}

func (r *reader) hatchVersion(v *tomltree.Value) {
	if !r.need[Version] || v == nil {
		return
	}
	if source := textOf(v, "source"); source.Value != "" && source.Value != "regex" {
		r.unknown(Version, source, "Hatch takes it by %q", source.Value)
		return
	}
	expression := hatchVersion
	if pattern := textOf(v, "pattern"); pattern.Value != "" {
		own, err := regexp.Compile("(?m)" + pattern.Value)
		if err != nil || own.SubexpIndex(Version) < 0 {
			r.unknown(Version, pattern, "the pattern is not one that can be followed here")
			return
		}
		expression = own
	}
	if path := textOf(v, "path"); path.Value != "" {
		r.matched(path, expression)
	}
}

// hatchRequirements reads the files that the plugin hatch-requirements-txt is told of.
func (r *reader) hatchRequirements(hook *tomltree.Value) {
	files, ok := textsOf(hook.At("files"))
	if one := textOf(hook, "filename"); one.Value != "" {
		files = append(files, one)
	}
	if len(files) == 0 && ok {
		files = []Text{keyOf(hook).with("requirements.txt")}
	}
	if list, ok := r.requirementFiles(Dependencies, files); ok {
		r.dependencies(list)
	}
	all := map[string][]Text{}
	for name, entry := range hook.At("optional-dependencies").Each {
		files, _ := textsOf(entry)
		if list, ok := r.requirementFiles(Extras, files); ok {
			all[pep508.NormalizeName(name)] = list
		}
	}
	r.extras(all)
}

// hatchGroups reads the environments of Hatch: what each needs beside the project. One has the dependencies of its
// template, which is "default" unless it says so, or has its own.
func (r *reader) hatchGroups() {
	envs := r.root.At("tool", "hatch", "envs")
	for name, env := range envs.Each {
		g := r.group(name, keyOf(env))
		for _, field := range []string{"dependencies", "extra-dependencies", "features", "dependency-groups"} {
			of, list := hatchInherited(envs, name, field)
			texts, ok := textsOf(list)
			if !ok {
				g.Errors = append(g.Errors, keyOf(list).Origin().Errorf("%q of the environment %q is no array", field, of))
			}
			for _, t := range texts {
				switch field {
				case "features":
					g.add([]Text{t.with(r.p.Name.Value + "[" + t.Value + "]")})
				case "dependency-groups":
					g.items = append(g.items, item{Text: t, include: true, standard: true})
				default:
					g.add([]Text{hatchContext(t)})
				}
			}
		}
		if overrides := env.At("overrides"); overrides != nil {
			r.note(keyOf(overrides), "overrides of the environment %q are not obeyed", name)
		}
	}
}

// hatchInherited is a field of an environment, or of its template, and whose it is.
func hatchInherited(envs *tomltree.Value, name, field string) (of string, v *tomltree.Value) {
	for seen := map[string]bool{}; !seen[name]; {
		seen[name] = true
		env := envs.At(name)
		if v := env.At(field); v != nil {
			return name, v
		}
		if template := env.String("template").Value; template != "" {
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
