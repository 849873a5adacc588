package sdist

import (
	"regexp"
	"strings"

	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// pdmVersion is what PDM looks for in the file that has the version.
var pdmVersion = regexp.MustCompile(`(?m)^__version__\s*=\s*(?:'(.+?)'|"(.+?)")\s*(?:#.*)?$`)

// pdm reads the version that pdm-backend takes of a file: the dependencies are in [project].
func (r *reader) pdm() {
	version := r.root.At("tool", "pdm", "version")
	if inProject := r.root.At("project", "version"); inProject.Is(tomltree.Table) {
		version = inProject // as pdm-pep517 had it
	}
	if !version.Is(tomltree.Table) {
		return
	}
	source := textOf(version, "source")
	file := textOf(version, "path")
	if from := textOf(version, "from"); from.Value != "" {
		file = from
	} else if source.Value != "file" {
		r.unknown(Version, keyOf(version), "PDM takes it from the repository, or out of a function")
		return
	}
	r.matched(file, pdmVersion)
}

// matched takes the version out of a file: the first group of an expression that is not empty.
func (r *reader) matched(name Text, expression *regexp.Regexp) {
	f, reason := r.text(name.Value)
	if reason != "" {
		r.unknown(Version, name, "%s", reason)
		return
	}
	m := expression.FindStringSubmatchIndex(f.Text)
	if m == nil {
		r.unknown(Version, name, "%s does not state it as PDM and Hatch look for it", name.Value)
		return
	}
	for i, group := range expression.SubexpNames() {
		if i > 0 && m[2*i] >= 0 && (group == "" || group == Version) {
			r.one(Version, f.part(m[2*i], m[2*i+1]))
			return
		}
	}
}

// pdmGroups reads [tool.pdm.dev-dependencies], arrays of requirements, of which one may be editable: "-e path#egg=name".
func (r *reader) pdmGroups() {
	for name, entry := range r.root.At("tool", "pdm", "dev-dependencies").Each {
		list, ok := textsOf(entry)
		g := r.group(name, keyOf(entry))
		if !ok {
			g.Errors = append(g.Errors, keyOf(entry).Origin().Errorf("%q is no array of requirements", keyOf(entry).written()))
			continue
		}
		for _, t := range list {
			g.add([]Text{pdmEditable(t)})
		}
	}
}

func pdmEditable(t Text) Text {
	reference, ok := strings.CutPrefix(t.Value, "-e ")
	if !ok {
		return t
	}
	reference = strings.TrimSpace(reference)
	for _, root := range []string{"file:///${PROJECT_ROOT}/", "file://${PROJECT_ROOT}/"} {
		if rest, ok := strings.CutPrefix(reference, root); ok {
			reference = "./" + rest
		}
	}
	before, egg, _ := strings.Cut(reference, "#egg=")
	egg, more, _ := strings.Cut(egg, "&")
	if more != "" {
		before += "#" + more
	}
	if egg != "" && pep508.ValidName(strings.Split(egg, "[")[0]) {
		before = egg + " @ " + before
	}
	t = t.with(before)
	t.Editable = true
	return t
}
