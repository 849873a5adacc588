package foreign

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// pyproject is what a project asks for, of which the versions do not matter: those the lock has.
type pyproject struct {
	Project struct {
		Name         string              `toml:"name"`
		Dependencies []string            `toml:"dependencies"`
		Optional     map[string][]string `toml:"optional-dependencies"`
	} `toml:"project"`
	Groups map[string][]any `toml:"dependency-groups"`
	Tool   struct {
		Poetry struct {
			Name         string              `toml:"name"`
			Dependencies map[string]any      `toml:"dependencies"`
			Dev          map[string]any      `toml:"dev-dependencies"`
			Extras       map[string][]string `toml:"extras"`
			Group        map[string]struct {
				Dependencies map[string]any `toml:"dependencies"`
				Include      []string       `toml:"include-groups"`
			} `toml:"group"`
		} `toml:"poetry"`
		PDM struct {
			Dev map[string][]string `toml:"dev-dependencies"`
		} `toml:"pdm"`
	} `toml:"tool"`
}

// readProject reads the pyproject.toml beside the lock; nil: there is none. The project itself, which some that it needs
// may need, is in no lock of poetry and PDM.
func (r *reader) readProject() (*pyproject, error) {
	file := filepath.Join(filepath.Dir(r.File), "pyproject.toml")
	data, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return nil, nil
	case err != nil:
		return nil, diag.World("%s", file).Because(err)
	}
	var p pyproject
	if bad := tomltree.Decode(data, file, &p); bad != nil {
		return nil, bad.Hint("mach check %s", file)
	}
	name := pep508.NormalizeName(cmp.Or(p.Project.Name, p.Tool.Poetry.Name))
	if name != "" && len(r.named(name)) == 0 {
		r.add(-1, name, "").virtual = true
	}
	return &p, nil
}

// projectRoots are what the project beside a lock asks for.
func (r *reader) projectRoots(p *pyproject) {
	optional := map[string][]need{} // poetry's, by project
	seen := map[string]bool{}
	for _, text := range p.Project.Dependencies {
		for _, n := range r.requirement(text) {
			// What [tool.poetry.dependencies] says of a project adds to [project].
			seen[n.name] = true
			r.root([]need{n}, inputs.Part{})
		}
	}
	for name, n := range r.poetryTable(p.Tool.Poetry.Dependencies) {
		for _, one := range n {
			switch {
			case one.optional:
				optional[name] = append(optional[name], one.need)
			case !seen[name]:
				r.root([]need{one.need}, inputs.Part{})
			}
		}
	}
	for extra, texts := range p.Project.Optional {
		r.Extras = append(r.Extras, extra)
		for _, text := range texts {
			r.root(r.requirement(text), inputs.Part{Extra: pep508.NormalizeName(extra)})
		}
	}
	for extra, names := range p.Tool.Poetry.Extras {
		r.Extras = append(r.Extras, extra)
		for _, name := range names {
			r.root(optional[pep508.NormalizeName(name)], inputs.Part{Extra: pep508.NormalizeName(extra)})
		}
	}
	r.projectGroups(p)
}

// projectGroups are the groups of a project.
func (r *reader) projectGroups(p *pyproject) {
	groups := map[string]map[string]any{}
	for name, group := range p.Tool.Poetry.Group {
		groups[name] = group.Dependencies
	}
	if p.Tool.Poetry.Dev != nil && groups["dev"] == nil {
		groups["dev"] = p.Tool.Poetry.Dev
	}
	for name := range groups {
		r.Groups = append(r.Groups, name)
		for _, part := range append([]string{name}, p.Tool.Poetry.Group[name].Include...) {
			for _, needs := range r.poetryTable(groups[part]) {
				for _, n := range needs {
					r.root([]need{n.need}, inputs.Part{Group: pep508.NormalizeName(name)})
				}
			}
		}
	}
	for name := range p.Groups {
		r.Groups = append(r.Groups, name)
		for _, text := range p.group(name, nil) {
			r.root(r.requirement(text), inputs.Part{Group: pep508.NormalizeName(name)})
		}
	}
	for name, texts := range p.Tool.PDM.Dev {
		r.Groups = append(r.Groups, name)
		for _, text := range texts {
			if text, ok := strings.CutPrefix(text, "-e "); ok {
				_, name, _ := strings.Cut(text, "#egg=")
				r.root(r.requirement(name), inputs.Part{Group: pep508.NormalizeName(name)})
				continue
			}
			r.root(r.requirement(text), inputs.Part{Group: pep508.NormalizeName(name)})
		}
	}
}

// group is a dependency group (PEP 735) with those that it includes; via are the ones that are being read.
func (p *pyproject) group(name string, via []string) (texts []string) {
	for key, items := range p.Groups {
		if pep508.NormalizeName(key) != pep508.NormalizeName(name) || slices.Contains(via, key) {
			continue
		}
		for _, item := range items {
			switch item := item.(type) {
			case string:
				texts = append(texts, item)
			case map[string]any:
				if other, ok := item["include-group"].(string); ok {
					texts = append(texts, p.group(other, append(slices.Clone(via), key))...)
				}
			}
		}
	}
	return texts
}

// requirement is a requirement of the project, without its versions; what it asks for itself comes along with what it
// names.
func (r *reader) requirement(text string) []need {
	if text == "" {
		return nil
	}
	req, err := pep508.ParseLenient(text)
	if err != nil {
		r.fail(0, "pyproject.toml: %q", text).Because(err)
		return nil
	}
	return []need{{name: pep508.NormalizeName(req.Name), extras: extrasOf(req.Extras), marker: req.Marker.String()}}
}

type poetryNeed struct {
	need
	optional bool
}

// poetryTable are the dependencies of a table of poetry's, by normal name.
func (r *reader) poetryTable(table map[string]any) map[string][]poetryNeed {
	all := map[string][]poetryNeed{}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		normal := pep508.NormalizeName(name)
		if normal == "python" {
			continue
		}
		for _, one := range listOf(table[name]) {
			n, optional := r.poetryNeed(&pkg{name: normal}, name, one)
			n.accept = nil
			all[normal] = append(all[normal], poetryNeed{n, optional})
		}
	}
	return all
}
