package foreign

import (
	"maps"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/release"
)

type poetryLock struct {
	Package  []poetryPackage     `toml:"package"`
	Extras   map[string][]string `toml:"extras"`
	Metadata struct {
		LockVersion string                  `toml:"lock-version"`
		Python      string                  `toml:"python-versions"`
		Files       map[string][]poetryFile `toml:"files"`
	} `toml:"metadata"`
}

type poetryPackage struct {
	Name         string              `toml:"name"`
	Version      string              `toml:"version"`
	Category     string              `toml:"category"` // of lock-version 1
	Optional     bool                `toml:"optional"`
	Python       string              `toml:"python-versions"`
	Groups       []string            `toml:"groups"`  // of 2.1
	Markers      any                 `toml:"markers"` // of 2.1: one for all groups, or a table by group
	Develop      bool                `toml:"develop"`
	Files        []poetryFile        `toml:"files"`
	Dependencies map[string]any      `toml:"dependencies"`
	Extras       map[string][]string `toml:"extras"`
	Source       struct {
		Type         string `toml:"type"`
		URL          string `toml:"url"`
		Reference    string `toml:"reference"`
		Resolved     string `toml:"resolved_reference"`
		Subdirectory string `toml:"subdirectory"`
	} `toml:"source"`
}

type poetryFile struct {
	File string `toml:"file"`
	URL  string `toml:"url"` // of PDM
	Hash string `toml:"hash"`
}

// poetry reads a poetry.lock.
func (r *reader) poetry() error {
	var l poetryLock
	if err := r.decode(&l); err != nil {
		return err
	}
	if v := l.Metadata.LockVersion; v != "" && !strings.HasPrefix(v, "1.") && !strings.HasPrefix(v, "2.") {
		return diag.Input("%s: its lock-version is %q: this mach reads 1.0 to 2.1", r.File, v).Hint("take a mach that is newer than the poetry that wrote it")
	}
	if l.Metadata.Python != "" && l.Metadata.Python != "*" {
		var err error
		if r.python, err = parseConstraint(l.Metadata.Python); err != nil {
			r.fail(0, "python-versions").Because(err)
		}
		r.pythons = l.Metadata.Python
	}
	files := map[string][]poetryFile{}
	for name, list := range l.Metadata.Files {
		files[pep508.NormalizeName(name)] = list
	}
	for i := range l.Package {
		r.poetryPackage(i, &l.Package[i], files)
	}
	beside, err := r.readProject()
	if err != nil {
		return err
	}
	if beside == nil || slices.ContainsFunc(l.Package, func(p poetryPackage) bool { return p.Groups != nil }) {
		r.poetryRoots(&l)
	} else {
		r.projectRoots(beside)
	}
	return nil
}

func (r *reader) poetryPackage(i int, l *poetryPackage, files map[string][]poetryFile) {
	p := r.add(i, l.Name, l.Version)
	r.poetryPython(p, l.Python)
	if text, ok := l.Markers.(string); ok {
		p.markers = []string{text}
	} else if table, ok := l.Markers.(map[string]any); ok && len(table) == len(l.Groups) {
		for _, group := range slices.Sorted(maps.Keys(table)) {
			if text, ok := table[group].(string); ok {
				p.markers = append(p.markers, text)
			}
		}
	}
	p.extras = map[string][]need{}
	r.poetryNeeds(p, l)
	r.poetrySource(p, l, slices.Concat(l.Files, files[p.name]))
}

// poetryPython takes the Pythons of a package: as specifiers where they can be written so.
func (r *reader) poetryPython(p *pkg, text string) {
	if text == "" || text == "*" {
		return
	}
	python, err := parseConstraint(text)
	if err != nil {
		r.failed(p, err)
		return
	}
	p.python = python
	if len(python) == 1 {
		p.requiresPython = python[0].String()
	}
}

func (r *reader) poetrySource(p *pkg, l *poetryPackage, files []poetryFile) {
	s := &l.Source
	sha256 := ""
	if len(files) > 0 {
		sha256 = digest(files[0].Hash)
	}
	switch s.Type {
	case "", "legacy", "pypi":
		if s.Type == "legacy" {
			p.index = publicURL(s.URL)
		}
		for _, f := range files {
			r.addFile(p, release.File{Name: f.File, SHA256: digest(f.Hash)})
		}
	case "git":
		r.git(p, s.URL, s.Reference, s.Resolved, s.Subdirectory)
	case "url":
		r.archive(p, s.URL, "", sha256, s.Subdirectory, 0)
	case "file":
		r.archive(p, "", s.URL, sha256, s.Subdirectory, 0)
	case "directory":
		r.directory(p, s.URL, s.Subdirectory, l.Develop)
	default:
		r.fail(p.line, "package %q: its source has the type %q, which is unknown", p.name, s.Type)
	}
}

// poetryNeeds reads the dependencies: each a constraint, a table, or a list of these. Which of the optional ones an extra
// brings the extras say.
func (r *reader) poetryNeeds(p *pkg, l *poetryPackage) {
	optional := map[string][]need{}
	for _, name := range slices.Sorted(maps.Keys(l.Dependencies)) {
		if pep508.NormalizeName(name) == "python" {
			continue
		}
		for _, one := range listOf(l.Dependencies[name]) {
			n, isOptional := r.poetryNeed(p, name, one)
			if isOptional {
				optional[n.name] = append(optional[n.name], n)
			} else {
				p.needs = append(p.needs, n)
			}
		}
	}
	for extra, texts := range l.Extras {
		var needs []need
		for _, text := range texts {
			req, err := pep508.ParseLenient(text)
			if err != nil { // poetry writes its own constraints here too, as "colorama (>=0.4,<0.5)"
				name, _, _ := strings.Cut(text, " ")
				name, _, _ = strings.Cut(name, "[")
				req = pep508.Requirement{Name: name}
			}
			needs = append(needs, withMarkerOf(optional[pep508.NormalizeName(req.Name)], extra)...)
		}
		p.extras[pep508.NormalizeName(extra)] = needs
	}
}

// withMarkerOf leaves out the requirements that are for other extras.
func withMarkerOf(needs []need, extra string) []need {
	return slices.DeleteFunc(slices.Clone(needs), func(n need) bool {
		return strings.Contains(n.marker, "extra ==") && !strings.Contains(n.marker, `"`+extra+`"`) && !strings.Contains(n.marker, "'"+extra+"'")
	})
}

func listOf(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

// poetryNeed is one dependency in one of its forms.
func (r *reader) poetryNeed(p *pkg, name string, v any) (n need, optional bool) {
	n.name = pep508.NormalizeName(name)
	text, _ := v.(string)
	if table, ok := v.(map[string]any); ok {
		text, _ = table["version"].(string)
		n.marker, _ = table["markers"].(string)
		optional, _ = table["optional"].(bool)
		n.extras = extrasOf(stringsOf(table["extras"]))
		if python, _ := table["python"].(string); python != "" {
			n.marker = andMarker(n.marker, r.pythonMarker(p.line, python))
		}
		if platform, _ := table["platform"].(string); platform != "" {
			n.marker = andMarker(n.marker, "sys_platform == '"+platform+"'")
		}
	}
	var err error
	if n.accept, err = parseConstraint(text); err != nil {
		r.failed(p, err)
	}
	return n, optional
}

func stringsOf(v any) (all []string) {
	list, _ := v.([]any)
	for _, one := range list {
		if text, ok := one.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

func andMarker(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "(" + a + ") and (" + b + ")"
}

// pythonMarker is a constraint on Python as a marker.
func (r *reader) pythonMarker(line int, text string) string {
	python, err := parseConstraint(text)
	if err != nil {
		r.fail(line, "python").Because(err)
	}
	var alternatives []string
	for _, specifiers := range python {
		var all []string
		for _, s := range specifiers {
			name := "python_full_version"
			if strings.HasSuffix(s.Text, ".*") {
				name = "python_version"
				s.Text = strings.TrimSuffix(s.Text, ".*")
			}
			all = append(all, name+" "+s.Op+" '"+s.Text+"'")
		}
		alternatives = append(alternatives, "("+strings.Join(all, " and ")+")")
	}
	return strings.Join(alternatives, " or ")
}

// poetryRoots are what a lock without the project beside it says: the groups of packages, or what is not optional.
func (r *reader) poetryRoots(l *poetryLock) {
	known := slices.ContainsFunc(l.Package, func(p poetryPackage) bool { return p.Groups != nil || p.Category != "" })
	if !known && len(l.Package) > 0 {
		r.Warnings = append(r.Warnings, r.File+": it does not say which packages are of which group, and there is no pyproject.toml beside it: all that are not optional are taken")
	}
	extras := map[string][]string{} // by project
	for extra, names := range l.Extras {
		r.Extras = append(r.Extras, extra)
		for _, name := range names {
			name, _, _ = strings.Cut(name, " ")
			name, _, _ = strings.Cut(name, "[")
			extras[pep508.NormalizeName(name)] = append(extras[pep508.NormalizeName(name)], pep508.NormalizeName(extra))
		}
	}
	for i := range l.Package {
		p := &l.Package[i]
		n := need{name: pep508.NormalizeName(p.Name), accept: pinned(r.packages[i].version)}
		groups := p.Groups
		if p.Category != "" {
			groups = []string{p.Category}
		}
		if groups == nil {
			groups = []string{"main"}
		}
		for _, group := range groups {
			n.marker = markerOf(p.Markers, group)
			switch {
			case group != "main":
				r.Groups = append(r.Groups, group)
				r.root([]need{n}, inputs.Part{Group: pep508.NormalizeName(group)})
			case !p.Optional:
				r.root([]need{n}, inputs.Part{})
			case strings.Contains(n.marker, "extra"): // also of what an extra brings indirectly
				for extra := range l.Extras {
					r.root([]need{n}, inputs.Part{Extra: pep508.NormalizeName(extra)})
				}
			default:
				for _, extra := range extras[n.name] {
					r.root([]need{n}, inputs.Part{Extra: extra})
				}
			}
		}
	}
}

// markerOf is the marker of a package for a group.
func markerOf(markers any, group string) string {
	if table, ok := markers.(map[string]any); ok {
		markers = table[group]
	}
	text, _ := markers.(string)
	return text
}
