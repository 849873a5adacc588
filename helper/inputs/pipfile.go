package inputs

import (
	"cmp"
	"errors"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// pipfile reads a Pipfile.
func (r *reader) pipfile(f *file, text string) {
	p := &pipfile{document: document{f, text}, reader: r}
	root, bad := p.parseTOML(text)
	if bad != nil {
		r.fail(bad)
		return
	}
	if !r.wholeOnly(&p.document, "a Pipfile") {
		return
	}
	r.projects++
	p.indexes(root)
	for _, e := range root.entries {
		switch e.key.value {
		case "source", "scripts":
		case "requires":
			p.requires(e)
		case "pipenv":
			p.settings(e)
		case "packages":
			p.packages(e, "")
		case "dev-packages":
			p.packages(e, "dev")
		default:
			p.packages(e, pep508.NormalizeName(e.key.value))
		}
	}
	p.known()
}

// known refuses extras, which a Pipfile has none of, and groups that this one does not have.
func (p *pipfile) known() {
	if len(p.sources.Extras) > 0 {
		p.fail(diag.Usage("%s has no extra %q", p.name, p.sources.Extras[0]).Hint("leave the extra out"))
	}
	p.groups = append(p.groups, "dev") // which may have nothing in it
	for _, asked := range p.sources.Groups {
		if !slices.Contains(p.groups, pep508.NormalizeName(asked)) {
			p.fail(diag.Usage("%s has no group %q", p.name, asked).Hint("it has %s", strings.Join(sorted(p.groups), ", ")))
		}
	}
}

// pipfile is a Pipfile that is being read.
type pipfile struct {
	document
	*reader
	named  []string // of indexes
	groups []string // that it has
}

// indexes takes the sources: the first is the one that all projects come from.
func (p *pipfile) indexes(root *table) {
	e := root.find("source")
	if e == nil {
		return
	}
	sources := e.value.list
	if e.value.kind == tableValue {
		sources = []value{e.value}
	}
	for i, s := range sources {
		at := s.table.text("url")
		if at == nil {
			p.fail(p.of(e.key).Errorf("a source has a url"))
			continue
		}
		address := os.Expand(strings.ReplaceAll(at.value, "$$", "$"), getenv)
		if i == 0 {
			p.in.Options.IndexURL = address
		} else {
			p.in.Options.ExtraIndexURLs = append(p.in.Options.ExtraIndexURLs, address)
			p.warn(p.of(*at), "the index is asked before the first for every project, and not for those alone that name it")
		}
		if name := s.table.text("name"); name != nil {
			p.named = append(p.named, name.value)
		}
		if u, err := url.Parse(address); err == nil && s.table.says("verify_ssl", "false") {
			p.in.Options.TrustedHosts = append(p.in.Options.TrustedHosts, u.Host)
		}
	}
}

// getenv is a variable of the environment, or what stands for it if it is not set.
func getenv(name string) string { return cmp.Or(os.Getenv(name), "${"+name+"}") }

// text is the string at a key; nil if there is none.
func (t *table) text(key string) *piece {
	if t == nil {
		return nil
	}
	if e := t.find(key); e != nil && e.value.kind == stringValue {
		return &e.value.piece
	}
	return nil
}

// says reports whether a key has a value that is no string and is written so.
func (t *table) says(key, written string) bool {
	e := t.find(key)
	return e != nil && e.value.kind == otherValue && e.value.value == written
}

// requires takes the Python that the Pipfile is for: of each minor version there is one.
func (p *pipfile) requires(e entry) {
	for _, key := range []string{"python_full_version", "python_version"} {
		at := e.value.table.text(key)
		if at == nil || at.value == "*" {
			continue
		}
		specifiers, err := pep440.ParseSpecifiers("==" + at.value + ".*")
		if err != nil {
			p.fail(p.of(*at).Errorf("%q is no version of Python", at.value).Hint("write it as in %s = \"3.12\"", key))
			return
		}
		p.in.Python = append(p.in.Python, Python{minorOf(specifiers), p.of(*at)})
		return
	}
}

func (p *pipfile) settings(e entry) {
	if e.value.table != nil && e.value.table.says("allow_prereleases", "true") {
		p.in.Options.final.set(allReleases, ":all:")
	}
}

// packages takes a category, if it is the default or asked for as a group.
func (p *pipfile) packages(e entry, group string) {
	if e.value.kind != tableValue {
		p.fail(p.of(e.key).Errorf("%q is no table of packages", e.key.value))
		return
	}
	if group != "" {
		p.groups = append(p.groups, group)
		if !p.wantsGroup(group) {
			return
		}
		p.in.Groups = append(p.in.Groups, group)
	}
	p.part = Part{Group: group}
	defer func() { p.part = Part{} }()
	for _, one := range e.value.table.entries {
		p.entry(one)
	}
}

// entry reads a package: "*", specifiers, or a table.
func (p *pipfile) entry(e entry) {
	req := Requirement{Requirement: pep508.Requirement{Name: e.key.value}, Origin: p.of(e.key)}
	switch {
	case !pep508.ValidName(e.key.value):
		p.fail(p.of(e.key).Errorf("%q is no name of a project", e.key.value))
	case e.value.kind == stringValue:
		if p.version(&req, e.value.piece) {
			p.add(false, req)
		}
	case e.value.kind == tableValue:
		p.fields(req, e.value.table)
	default:
		p.fail(p.of(e.key).Errorf("want a version, as in \"*\" or \">=1\", or a table"))
	}
}

// version reads specifiers; "*" are none.
func (p *pipfile) version(req *Requirement, at piece) bool {
	if text := strings.TrimSpace(at.value); text == "*" || text == "" {
		return true
	}
	specifiers, err := pep440.ParseSpecifiers(at.value)
	var bad *pep440.Error
	if errors.As(err, &bad) {
		wrong := p.within(at)(bad.Offset, bad.Len).Errorf("%s", bad.Reason)
		if _, err := pep440.Parse(at.value); err == nil {
			wrong.Hint("did you mean \"==%s\"", at.value)
		}
		p.fail(wrong)
		return false
	}
	req.Specifiers = specifiers
	return true
}

// markers are the keys of a table that are markers.
var markers = []string{
	"os_name", "sys_platform", "platform_machine", "platform_python_implementation", "platform_release", "platform_system",
	"platform_version", "python_version", "python_full_version", "implementation_name", "implementation_version",
}

// fields reads the table of a package.
func (p *pipfile) fields(req Requirement, t *table) {
	var conditions []string
	ok := true
	for _, e := range t.entries {
		key := e.key.value
		switch {
		case key == "extras":
			ok = p.extras(&req, e) && ok
		case key == "editable":
			req.Editable = e.value.value == "true"
		case slices.Contains([]string{"hg", "svn", "bzr"}, key):
			p.fail(p.of(e.key).Errorf("version control by %s is not read here", key).Hint("take it from git, or from a release"))
			ok = false
		case e.value.kind != stringValue:
			if !slices.Contains([]string{"subdirectory", "submodules", "skip_resolver"}, key) {
				p.fail(p.of(e.key).Errorf("%s has what is no text", key))
				ok = false
			}
		case key == "version":
			ok = p.version(&req, e.value.piece) && ok
		case key == "markers":
			ok = p.marker(e.value.piece, e.value.value, &conditions) && ok
		case slices.Contains(markers, key):
			ok = p.marker(e.value.piece, key+" "+e.value.value, &conditions) && ok
		case key == "index":
			if !slices.Contains(p.named, e.value.value) {
				p.fail(p.of(e.value.piece).Errorf("there is no source %q", e.value.value).Hint("add it: [[source]] with name = %q and its url", e.value.value))
				ok = false
			}
		case !slices.Contains([]string{"git", "ref", "subdirectory", "path", "file"}, key):
			p.warn(p.of(e.key), "a package has no field %q: it is ignored", key)
		}
	}
	if !ok {
		return
	}
	if len(conditions) > 0 {
		whole, err := pep508.Parse("x ; " + strings.Join(conditions, " and "))
		if err != nil {
			return // each was read alone
		}
		req.Marker = whole.Marker
	}
	p.refer(req, t)
}

// extras reads the extras of a package.
func (p *pipfile) extras(req *Requirement, e entry) bool {
	for _, v := range e.value.list {
		if v.kind != stringValue || !pep508.ValidName(v.value) {
			p.fail(p.of(v.piece).Errorf("%q is no name of an extra", v.value))
			return false
		}
		req.Extras = append(req.Extras, v.value)
	}
	if e.value.kind != listValue {
		p.fail(p.of(e.key).Errorf("extras is a list, as in [\"standard\"]"))
	}
	return e.value.kind == listValue
}

// marker reads one marker, which at says.
func (p *pipfile) marker(at piece, text string, conditions *[]string) bool {
	_, err := pep508.Parse("x ; " + text)
	var bad *pep508.Error
	if errors.As(err, &bad) {
		before := len("x ; ") + len(text) - len(at.value)
		p.fail(p.within(at)(min(max(bad.Offset-before, 0), len(at.value)), bad.Len).Errorf("%s", bad.Reason))
		return false
	}
	*conditions = append(*conditions, "("+text+")")
	return true
}

// scp is how git writes the place of a repository at a host.
var scp = regexp.MustCompile(`^([A-Za-z0-9_.-]+@[A-Za-z0-9.-]+):([^/].*)$`)

// refer adds a requirement that a table says, taken from where that says.
func (p *pipfile) refer(req Requirement, t *table) {
	var from *piece
	text := ""
	for _, key := range []string{"git", "path", "file"} {
		at := t.text(key)
		if at == nil {
			continue
		}
		if from != nil {
			p.fail(p.of(*at).Errorf("a package comes from one place, and there are two"))
			return
		}
		from, text = at, at.value
		if key == "git" {
			text = gitReference(at.value, t)
		}
	}
	if from == nil {
		if req.Editable {
			p.fail(req.Errorf("only a path can be edited").Hint("leave editable out"))
			return
		}
		p.add(false, req)
		return
	}
	req.URL = text
	found, ok := p.reference(req.Requirement, text, p.of(*from), p.beside)
	if ok {
		found.Specifiers, found.Editable = nil, req.Editable && found.Reference.Path != ""
		p.add(false, found)
	}
}

// gitReference is a repository as pip writes it.
func gitReference(address string, t *table) string {
	if m := scp.FindStringSubmatch(address); m != nil {
		address = "ssh://" + m[1] + "/" + m[2]
	}
	if !strings.HasPrefix(address, "git+") {
		address = "git+" + address
	}
	if ref := t.text("ref"); ref != nil && ref.value != "" {
		address += "@" + ref.value
	}
	if sub := t.text("subdirectory"); sub != nil {
		address += "#subdirectory=" + sub.value
	}
	return address
}
