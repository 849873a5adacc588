package inputs

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// pyproject is the file of a project (PEP 518).
const pyproject = "pyproject.toml"

// text is a string of a TOML file, and where it stands.
type text struct {
	value  string
	offset int // of value in the file, or of its quote if the string has escapes
	span   int
}

// project is what [project] of a pyproject.toml says (PEP 621), as far as it is needed here.
type project struct {
	found          bool
	name           text
	version        text
	build          buildSystem
	python         text
	dependencies   []text
	dynamic        []text
	extras         map[string][]text // by normalised name
	groups         map[string]*group // likewise
	wrong          []text            // keys whose value has another type
	file, contents string
}

// project reads the pyproject.toml of a directory: its dependencies, those of the extras that are asked for, and what
// it says of Python.
func (r *reader) project(dir string) {
	if filepath.Base(dir) == pyproject {
		dir = filepath.Dir(dir)
	}
	p, found, bad := readProject(dir)
	switch {
	case bad != nil:
		r.fail(bad)
		return
	case !found && !isThere(dir):
		r.fail(diag.Input("%s: there is no such directory", dir))
		return
	case !found:
		r.fail(diag.Input("%s: there is no %s", dir, pyproject).Hint("name its requirements file: mach lock -r %s", filepath.Join(dir, "requirements.txt")))
		return
	}
	onlyGroups := !p.found && len(p.groups) > 0 && (len(r.sources.Groups) > 0 || r.sources.AllGroups)
	if bad := p.check(); bad != nil && !onlyGroups {
		r.fail(bad)
		return
	}
	before := len(r.in.Requirements)
	r.take(p)
	if p.found {
		r.built(p, r.in.Requirements[before:])
	}
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readProject reads the pyproject.toml of a directory, if there is one.
func readProject(dir string) (p *project, found bool, bad *diag.Error) {
	p = &project{file: filepath.Join(dir, pyproject), extras: map[string][]text{}, groups: map[string]*group{}}
	data, err := os.ReadFile(p.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, false, nil
	case err != nil:
		return p, false, diag.Input("project").Because(err)
	}
	p.contents = string(data)
	return p, true, p.parse(data)
}

// parse fills p. The decoder checks the rules of TOML; its parser of expressions knows the places.
func (p *project) parse(data []byte) *diag.Error {
	var nothing struct{}
	if err := toml.Unmarshal(data, &nothing); err != nil {
		var bad *toml.DecodeError
		if !errors.As(err, &bad) {
			return diag.Input("%s", p.file).Because(err)
		}
		line, col := bad.Position()
		at := locate(p.contents, p.offset(line))
		at.col = col
		return diag.Input("%s", strings.TrimPrefix(bad.Error(), "toml: ")).At(at.in(p.file), at.line, 1)
	}
	var parser unstable.Parser
	parser.Reset(data)
	var table []string
	for parser.NextExpression() {
		e := parser.Expression()
		if e.Kind == unstable.KeyValue {
			p.visit(&parser, keys(table, e.Key()), e)
			continue
		}
		table = keys(nil, e.Key())
		p.found = p.found || table[0] == "project"
	}
	return nil
}

// offset is where a line, counted from 1, begins.
func (p *project) offset(line int) int {
	offset := 0
	for range line - 1 {
		_, next := cutLine(p.contents[offset:])
		offset += max(next, 0)
	}
	return offset
}

func keys(table []string, it unstable.Iterator) []string {
	path := slices.Clip(table)
	for it.Next() {
		path = append(path, string(it.Node().Data))
	}
	return path
}

// visit takes the value at path, or those below it.
func (p *project) visit(parser *unstable.Parser, path []string, e *unstable.Node) {
	key, value := p.key(parser, e), e.Value()
	switch {
	case path[0] == "dependency-groups" && len(path) == 1 && value.Kind == unstable.InlineTable:
		for it := value.Children(); it.Next(); {
			p.visit(parser, keys(path, it.Node().Key()), it.Node())
		}
		return
	case path[0] == "dependency-groups" && len(path) == 2:
		p.group(parser, path[1], key, value)
		return
	case path[0] == "build-system":
		p.buildSystem(parser, path, key, value)
		return
	case slices.Equal(path, []string{"tool", "poetry", "name"}) && p.name.value == "":
		p.one(parser, &p.name, key, value)
		return
	case path[0] != "project":
		return
	}
	p.found = true
	if value.Kind == unstable.InlineTable && (len(path) == 1 || len(path) == 2 && path[1] == "optional-dependencies") {
		for it := value.Children(); it.Next(); {
			p.visit(parser, keys(path, it.Node().Key()), it.Node())
		}
		return
	}
	switch field := strings.Join(path[1:min(len(path), 2)], ""); {
	case field == "name" && len(path) == 2:
		p.one(parser, &p.name, key, value)
	case field == "version" && len(path) == 2:
		p.one(parser, &p.version, key, value)
	case field == "requires-python" && len(path) == 2:
		p.one(parser, &p.python, key, value)
	case field == "dependencies" && len(path) == 2:
		p.dependencies = p.list(parser, key, value)
	case field == "dynamic" && len(path) == 2:
		p.dynamic = p.list(parser, key, value)
	case field == "optional-dependencies" && len(path) == 3:
		p.extras[pep508.NormalizeName(path[2])] = p.list(parser, key, value)
	case slices.Contains([]string{"", "name", "version", "requires-python", "dependencies", "dynamic", "optional-dependencies"}, field):
		p.wrong = append(p.wrong, key)
	}
}

func (p *project) key(parser *unstable.Parser, e *unstable.Node) text {
	it := e.Key()
	it.Next()
	raw := it.Node().Raw
	return text{string(parser.Raw(raw)), int(raw.Offset), int(raw.Length)}
}

func (p *project) one(parser *unstable.Parser, to *text, key text, value *unstable.Node) {
	if value.Kind != unstable.String {
		p.wrong = append(p.wrong, key)
		return
	}
	*to = newText(parser, value)
}

func (p *project) list(parser *unstable.Parser, key text, value *unstable.Node) []text {
	if value.Kind != unstable.Array {
		p.wrong = append(p.wrong, key)
		return nil
	}
	all := []text{}
	for it := value.Children(); it.Next(); {
		switch n := it.Node(); n.Kind {
		case unstable.String:
			all = append(all, newText(parser, n))
		case unstable.Comment:
		default:
			p.wrong = append(p.wrong, key)
			return nil
		}
	}
	return all
}

// newText finds a string in the file. With escapes, no place within the value is one in the file: it is all marked.
func newText(parser *unstable.Parser, n *unstable.Node) text {
	raw := parser.Raw(n.Raw)
	if i := bytes.Index(raw, n.Data); i >= 0 {
		return text{string(n.Data), int(n.Raw.Offset) + i, len(n.Data)}
	}
	return text{string(n.Data), int(n.Raw.Offset), len(raw)}
}

// check is what is wrong with p as a whole.
func (p *project) check() *diag.Error {
	switch {
	case !p.found:
		return diag.Input("%s: there is no [project] table", p.file).Hint("name its requirements file: mach lock -r requirements.txt")
	case len(p.wrong) > 0:
		return p.origin(p.wrong[0])(0, p.wrong[0].span).Errorf("%q is not of the type that PEP 621 gives it", p.wrong[0].value)
	}
	for _, d := range p.dynamic {
		if d.value == "dependencies" || d.value == "optional-dependencies" {
			return p.origin(d)(0, d.span).Errorf("not yet: %s that a build backend makes", d.value).
				Hint("write them down under [project], as in: dependencies = [\"flask>=3\"]")
		}
	}
	return nil
}

// origin knows the places within t.
func (p *project) origin(t text) func(offset, span int) Origin {
	return func(offset, span int) Origin {
		if t.span != len(t.value) {
			offset, span = 0, t.span
		}
		at := locate(p.contents, t.offset+offset)
		return Origin{Where: at.in(p.file), Source: at.line, Span: span}
	}
}

// beside is a path as it is seen from the project.
func (p *project) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(p.file), path)
}

// take adds what p needs, and its extras and groups that are asked for.
func (r *reader) take(p *project) {
	r.takeAll(p, p.dependencies, map[string]bool{})
	extras, groups := r.sources.Extras, r.sources.Groups
	if r.sources.AllExtras {
		extras = slices.Sorted(maps.Keys(p.extras))
	}
	if r.sources.AllGroups {
		groups = slices.Sorted(maps.Keys(p.groups))
	}
	for _, extra := range extras {
		normal := pep508.NormalizeName(extra)
		r.in.Extras = append(r.in.Extras, normal)
		r.part = Part{Extra: normal}
		r.takeExtra(p, extra, map[string]bool{}, func() *diag.Error { return diag.Usage("%s has no extra %q", p.file, extra) })
		r.part = Part{}
	}
	for _, group := range groups {
		r.takeGroup(p, group, func() *diag.Error { return diag.Usage("%s has no group %q", p.file, group) })
	}
	if p.python.value == "" {
		return
	}
	specifiers, err := pep440.ParseSpecifiers(p.python.value)
	var bad *pep440.Error
	if errors.As(err, &bad) {
		r.fail(p.origin(p.python)(bad.Offset, bad.Len).Errorf("%s", bad.Reason))
		return
	}
	r.in.Python = append(r.in.Python, Python{specifiers, p.origin(p.python)(0, p.python.span)})
}

// takeAll adds requirements. One that names the project itself stands for the extras that it has.
func (r *reader) takeAll(p *project, list []text, taken map[string]bool) {
	for _, t := range list {
		req, ok := r.requirement(t.value, p.origin(t), p.beside)
		switch {
		case !ok:
		case p.name.value == "" || pep508.NormalizeName(req.Name) != pep508.NormalizeName(p.name.value):
			r.add(false, req)
		case req.Marker != nil:
			r.fail(req.Errorf("not yet: extras of the project itself under a marker").Hint("write out what %s stands for", req.Name))
		default:
			for _, extra := range req.Extras {
				r.takeExtra(p, extra, taken, func() *diag.Error { return req.Errorf("the project has no extra %q", extra) })
			}
		}
	}
}

// takeExtra adds the requirements of an extra, once.
func (r *reader) takeExtra(p *project, extra string, taken map[string]bool, unknown func() *diag.Error) {
	name := pep508.NormalizeName(extra)
	list, ok := p.extras[name]
	if !ok {
		r.fail(unknown().Hint("%s", known(p.extras, "extra")))
		return
	}
	if !taken[name] {
		taken[name] = true
		r.takeAll(p, list, taken)
	}
}

// known says which extras or groups there are.
func known[V any](all map[string]V, what string) string {
	if len(all) == 0 {
		return "it has none: leave the " + what + " out"
	}
	return "it has " + strings.Join(slices.Sorted(maps.Keys(all)), ", ")
}
