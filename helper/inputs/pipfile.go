package inputs

import (
	"cmp"
	"errors"
	"net/url"
	"os"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/sdist"
	"mach/helper/tomltree"
)

// pipfile reads a Pipfile.
func (r *reader) pipfile(f *file, text string) {
	p := &pipfile{document: document{f, text}, reader: r}
	root := r.parseTOML(&p.document, text)
	if root == nil || !r.wholeOnly(&p.document, "a Pipfile") {
		return
	}
	r.projects++
	p.indexes(root)
	for _, v := range root.Fields {
		switch v.Key.Value {
		case "source", "scripts":
		case "requires":
			p.requires(v)
		case "pipenv":
			p.settings(v)
		case "packages":
			p.packages(v, "")
		case "dev-packages":
			p.packages(v, "dev")
		default:
			p.packages(v, pep508.NormalizeName(v.Key.Value))
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
	named  []*sdist.Index
	groups []string // that it has
}

// indexes takes the sources: the first is the one that all projects come from, the others are for those that name them.
func (p *pipfile) indexes(root *tomltree.Value) {
	v := root.At("source")
	if v == nil {
		return
	}
	sources := v.Items
	if v.Kind == tomltree.Table {
		sources = []*tomltree.Value{v}
	}
	for i, s := range sources {
		if !s.At("url").Is(tomltree.String) {
			p.fail(v.Key.Origin().Errorf("a source has a url"))
			continue
		}
		at := s.String("url")
		address := os.Expand(strings.ReplaceAll(at.Value, "$$", "$"), getenv)
		ix := &sdist.Index{
			Name: s.String("name").Value, URL: address, Tool: "pipenv", Default: i == 0, Explicit: i > 0, Origin: at.Origin(),
		}
		p.named = append(p.named, ix)
		p.in.Options.Indexes = append(p.in.Options.Indexes, ix)
		if u, err := url.Parse(address); err == nil && s.At("verify_ssl").Is(tomltree.Bool) && !s.At("verify_ssl").IsTrue() {
			p.in.Options.TrustedHosts = append(p.in.Options.TrustedHosts, u.Host)
		}
	}
}

// getenv is a variable of the environment, or what stands for it if it is not set.
func getenv(name string) string { return cmp.Or(os.Getenv(name), "${"+name+"}") }

// requires takes the Python that the Pipfile is for: of each minor version there is one.
func (p *pipfile) requires(v *tomltree.Value) {
	for _, key := range []string{"python_full_version", "python_version"} {
		at := v.String(key)
		if !v.At(key).Is(tomltree.String) || at.Value == "*" {
			continue
		}
		specifiers, err := pep440.ParseSpecifiers("==" + at.Value + ".*")
		if err != nil {
			p.fail(at.Origin().Errorf("%q is no version of Python", at.Value).Hint("write it as in %s = \"3.12\"", key))
			return
		}
		p.in.Python = append(p.in.Python, Python{minorOf(specifiers), at.Origin()})
		return
	}
}

func (p *pipfile) settings(v *tomltree.Value) {
	if v.At("allow_prereleases").IsTrue() {
		p.in.Options.final.set(allReleases, ":all:")
	}
}

// packages takes a category, if it is the default or asked for as a group.
func (p *pipfile) packages(v *tomltree.Value, group string) {
	if v.Kind != tomltree.Table {
		p.fail(v.Key.Origin().Errorf("%q is no table of packages", v.Key.Value))
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
	for _, one := range v.Fields {
		p.entry(one)
	}
}

// entry reads a package: "*", specifiers, or a table.
func (p *pipfile) entry(v *tomltree.Value) {
	name, ok := packageName(v.Key.Value)
	req := Requirement{Requirement: name, Origin: v.Key.Origin()}
	switch {
	case !ok:
		p.fail(req.Errorf("%q is no name of a project", v.Key.Value))
	case v.Kind == tomltree.String:
		if p.version(&req, v.Text) {
			p.add(false, req)
		}
	case v.Kind == tomltree.Table:
		p.fields(req, v)
	default:
		p.fail(req.Errorf("want a version, as in \"*\" or \">=1\", or a table"))
	}
}

// packageName reads the key of a package: a name, which may have extras.
func packageName(key string) (pep508.Requirement, bool) {
	name, err := pep508.Parse(key)
	return name, err == nil && pep508.ValidName(name.Name) && len(name.Specifiers) == 0 && name.URL == "" && name.Marker == nil
}

// version reads specifiers; "*" are none. A version alone is that one.
func (p *pipfile) version(req *Requirement, at tomltree.Text) bool {
	text := at.Value
	switch bare := strings.TrimSpace(text); {
	case bare == "*" || bare == "":
		return true
	case isVersion(strings.TrimSuffix(bare, ".*")):
		text = "==" + bare
	}
	specifiers, err := pep440.ParseSpecifiers(text)
	var bad *pep440.Error
	if errors.As(err, &bad) {
		p.fail(at.Within(bad.Offset, bad.Len).Errorf("%s", bad.Reason))
		return false
	}
	req.Specifiers = specifiers
	return true
}

func isVersion(text string) bool {
	_, err := pep440.Parse(text)
	return err == nil
}

// markers are the keys of a table that are markers.
var markers = []string{
	"os_name", "sys_platform", "platform_machine", "platform_python_implementation", "platform_release", "platform_system",
	"platform_version", "python_version", "python_full_version", "implementation_name", "implementation_version",
}

// fields reads the table of a package.
func (p *pipfile) fields(req Requirement, table *tomltree.Value) {
	var conditions []string
	ok := true
	for _, v := range table.Fields {
		key, text := v.Key.Value, v.Text
		switch {
		case key == "extras":
			ok = p.extras(&req, v) && ok
		case key == "editable":
			req.Editable = v.IsTrue()
		case slices.Contains([]string{"hg", "svn", "bzr"}, key):
			p.fail(v.Key.Origin().Errorf("version control by %s is not read here", key).Hint("take it from git, or from a release"))
			ok = false
		case v.Kind != tomltree.String:
			if !slices.Contains([]string{"subdirectory", "submodules", "skip_resolver"}, key) {
				p.fail(v.Key.Origin().Errorf("%s has what is no text", key))
				ok = false
			}
		case key == "version":
			ok = p.version(&req, text) && ok
		case key == "markers":
			ok = p.marker(text, text.Value, &conditions) && ok
		case slices.Contains(markers, key):
			ok = p.marker(text, key+" "+text.Value, &conditions) && ok
		case key == "index":
			i := slices.IndexFunc(p.named, func(ix *sdist.Index) bool { return ix.Name == text.Value })
			if i >= 0 {
				req.Indexes = []sdist.Place{{Index: p.named[i], Said: text.Origin()}}
			} else {
				p.fail(text.Origin().Errorf("there is no source %q", text.Value).Hint("add it: [[source]] with name = %q and its url", text.Value))
				ok = false
			}
		case !slices.Contains([]string{"git", "ref", "subdirectory", "path", "file"}, key):
			p.warn(v.Key.Origin(), "a package has no field %q: it is ignored", key)
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
	p.refer(req, table)
}

// extras reads the extras of a package.
func (p *pipfile) extras(req *Requirement, v *tomltree.Value) bool {
	for _, item := range v.Items {
		if item.Kind != tomltree.String || !pep508.ValidName(item.Text.Value) {
			p.fail(item.Text.Origin().Errorf("%q is no name of an extra", item.Text.Value))
			return false
		}
		req.Extras = append(req.Extras, item.Text.Value)
	}
	if v.Kind != tomltree.Array {
		p.fail(v.Key.Origin().Errorf("extras is a list, as in [\"standard\"]"))
	}
	return v.Kind == tomltree.Array
}

// marker reads one marker, which at says.
func (p *pipfile) marker(at tomltree.Text, text string, conditions *[]string) bool {
	_, err := pep508.Parse("x ; " + text)
	var bad *pep508.Error
	if errors.As(err, &bad) {
		before := len("x ; ") + len(text) - len(at.Value)
		p.fail(at.Within(min(max(bad.Offset-before, 0), len(at.Value)), bad.Len).Errorf("%s", bad.Reason))
		return false
	}
	*conditions = append(*conditions, "("+text+")")
	return true
}

// refer adds a requirement that a table says, taken from where that says.
func (p *pipfile) refer(req Requirement, table *tomltree.Value) {
	var from *tomltree.Value
	text := ""
	for _, key := range []string{"git", "path", "file"} {
		v := table.At(key)
		if !v.Is(tomltree.String) {
			continue
		}
		if from != nil {
			p.fail(v.Text.Origin().Errorf("a package comes from one place, and there are two"))
			return
		}
		from, text = v, v.Text.Value
		if key == "git" {
			text = gitReference(text, table)
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
	found, ok := p.reference(req.Requirement, text, from.Text.Origin(), p.beside)
	if ok {
		found.Specifiers, found.Editable = nil, req.Editable && found.Reference.Path != ""
		p.add(false, found)
	}
}

// gitReference is a repository as pip writes it.
func gitReference(address string, table *tomltree.Value) string {
	address = "git+" + reference.GitURL(address)
	if ref := table.String("ref").Value; ref != "" {
		address += "@" + ref
	}
	if sub := table.String("subdirectory").Value; sub != "" {
		address += "#subdirectory=" + sub
	}
	return address
}
