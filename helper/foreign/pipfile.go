package foreign

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/sdist"
)

type pipfileLock struct {
	Meta struct {
		Spec     int `json:"pipfile-spec"`
		Requires struct {
			Version string `json:"python_version"`
			Full    string `json:"python_full_version"`
		} `json:"requires"`
		Sources []struct {
			Name string `json:"name"`
			URL  string `json:"url"`
		} `json:"sources"`
	} `json:"_meta"`
}

type pipfilePackage struct {
	Version      string   `json:"version"`
	Hashes       []string `json:"hashes"`
	Markers      string   `json:"markers"`
	Extras       []string `json:"extras"`
	Git          string   `json:"git"`
	Ref          string   `json:"ref"`
	Subdirectory string   `json:"subdirectory"`
	File         string   `json:"file"`
	Path         string   `json:"path"`
	Editable     bool     `json:"editable"`
}

// pipfile reads a Pipfile.lock.
func (r *reader) pipfile() error {
	var l pipfileLock
	var sections map[string]json.RawMessage
	if err := cmpOr(json.Unmarshal(r.data, &l), json.Unmarshal(r.data, &sections)); err != nil {
		var bad *json.SyntaxError
		line := 0
		if errors.As(err, &bad) {
			line = 1 + strings.Count(string(r.data[:min(int(bad.Offset), len(r.data))]), "\n")
		}
		return r.fail(line, "it is no Pipfile.lock").Because(err)
	}
	if l.Meta.Spec != 6 {
		return diag.Input("%s: its pipfile-spec is %d: this mach reads 6", r.File, l.Meta.Spec).Hint("pipenv lock")
	}
	r.flat = true
	if v := l.Meta.Requires.Version; v != "" {
		r.forPython("==" + v + ".*")
	}
	for i, s := range l.Meta.Sources {
		r.Options.Indexes = append(r.Options.Indexes, &sdist.Index{URL: s.URL, Default: i == 0})
	}
	delete(sections, "_meta")
	for _, section := range slices.Sorted(maps.Keys(sections)) {
		var packages map[string]pipfilePackage
		if err := json.Unmarshal(sections[section], &packages); err != nil {
			return r.fail(0, "%s", section).Because(err)
		}
		r.pipfileSection(section, packages)
	}
	return nil
}

func cmpOr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) pipfileSection(section string, packages map[string]pipfilePackage) {
	part := inputs.Part{Group: pep508.NormalizeName(section)}
	switch section {
	case "default":
		part = inputs.Part{}
	case "develop":
		part.Group = "dev"
	}
	if part.Group != "" {
		r.Groups = append(r.Groups, part.Group)
	}
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		l := packages[name]
		p := r.pipfilePackage(name, &l)
		r.root([]need{{name: p.name, extras: extrasOf(l.Extras), marker: l.Markers, source: p.source, accept: pinned(p.version)}}, part)
	}
}

// pipfilePackage is the package of an entry, of which two sections may have the same.
func (r *reader) pipfilePackage(name string, l *pipfilePackage) *pkg {
	p := r.add(-1, name, strings.TrimLeft(l.Version, "= "))
	for i, text := range r.text() {
		if strings.Contains(text, `"`+name+`": {`) {
			p.line = i + 1
			break
		}
	}
	for _, h := range l.Hashes {
		if sha256 := digest(h); sha256 != "" {
			p.hashes = append(p.hashes, sha256)
		}
	}
	file := l.File + l.Path
	switch {
	case l.Git != "":
		r.git(p, l.Git, l.Ref, l.Ref, l.Subdirectory)
	case strings.Contains(file, "://"):
		r.archive(p, file, "", first(p.hashes), l.Subdirectory, 0)
	case file != "" && reference.IsFile(file):
		r.archive(p, "", file, first(p.hashes), l.Subdirectory, 0)
	case file != "":
		if isProject(file) {
			p.virtual = true // the project itself
			break
		}
		r.directory(p, file, l.Subdirectory, l.Editable)
	}
	for _, had := range r.packages[:len(r.packages)-1] {
		if had.name == p.name && had.version == p.version && slices.Equal(had.hashes, p.hashes) {
			r.packages = r.packages[:len(r.packages)-1]
			return had
		}
	}
	return p
}

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}
