package setuppy

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"mach/helper/setuppy/syntax"
)

// ofTexts are the functions on texts and lists that need an import.
func ofTexts() map[string]object {
	all := map[string]object{
		"ast.literal_eval": pure("literal_eval", literalEval), "json.load": raw("json", fromJSON), "json.loads": raw("json", fromJSON),
		"itertools.chain": raw("chain", chain), "itertools.chain.from_iterable": raw("chain", chainOf),
		"copy.copy": raw("copy", copied), "copy.deepcopy": raw("copy", copied), "functools.partial": raw("partial", newPartial),
		"collections.OrderedDict": raw("dict", newDictOf), "textwrap.dedent": pure("dedent", nil), "setuptools.find_packages": raw("find_packages", packages),
		"setuptools.find_namespace_packages": raw("find_packages", packages), "pkg_resources.parse_requirements": raw("parse_requirements", parseRequirements),
		"os.getenv": raw("getenv", getenv), "os.environ": environment(), "operator.itemgetter": nil, "builtins.open": raw("open", (*run).open),
		"imp.load_source": raw("load_source", loadSource), "runpy.run_path": raw("run_path", runPath), "typing.TYPE_CHECKING": false,
		"contextlib.closing": raw("closing", same), "importlib.util.spec_from_file_location": raw("spec", newSpec),
		"importlib.util.module_from_spec": raw("module", loadSpec), "importlib.machinery.SourceFileLoader": raw("spec", newSpec),
		"importlib.import_module": raw("import_module", imported), "io.StringIO": nil,
	}
	for name, f := range map[string]func(*run, *call) object{
		"search": search, "match": search, "fullmatch": search, "findall": findall, "sub": substitute, "split": splitBy, "compile": compilePattern,
	} {
		all["re."+name] = pure("re."+name, f)
	}
	for name, flag := range flags {
		all["re."+name] = flag
	}
	maps.DeleteFunc(all, func(_ string, o object) bool { b, ok := o.(*builtin); return o == nil || ok && b.call == nil })
	return all
}

// environment is os.environ.
func environment() object {
	return &unknown{Unknown: Unknown{Reason: "it depends on the environment variables"}, maker: "os.environ"}
}

// environ is the value of an environment variable.
func (r *run) environ(s *scope, pos syntax.Pos, name object) object {
	if t, ok := name.(*str); ok {
		return r.unknown(s, pos, "it depends on the environment variable %s", t.s)
	}
	return r.unknown(s, pos, "it depends on an environment variable")
}

func getenv(r *run, c *call) object { return r.environ(c.s, c.pos, c.arg(0, "key")) }

// packages is find_packages, of which nothing matters here.
func packages(r *run, c *call) object {
	return r.unknown(c.s, c.pos, "packages are not looked for here")
}

func literalEval(r *run, c *call) object {
	t, ok := c.arg(0, "").(*str)
	if !ok {
		return nil
	}
	x, ok := syntax.Expression(strings.TrimSpace(t.s))
	if !ok || !isLiteral(x) {
		return nil
	}
	return r.eval(c.s, x)
}

// isLiteral says whether nothing but literals and displays is in x.
func isLiteral(x syntax.Expr) bool {
	all := true
	syntax.Walk(x, func(n any) bool {
		switch n := n.(type) {
		case syntax.Text:
			all = all && n.Parts == nil
		case syntax.Number, syntax.Display, syntax.Dict:
		case syntax.Name:
			all = all && slices.Contains([]string{"True", "False", "None"}, n.ID)
		case syntax.Unary:
			all = all && n.Op == "-"
		default:
			all = false
		}
		return all
	})
	return all
}

// fromJSON reads JSON out of a text or a file.
func fromJSON(r *run, c *call) object {
	o := c.arg(0, "")
	if f, ok := o.(*file); ok && f.text != nil {
		o = f.take()
	}
	t, ok := o.(*str)
	var v any
	if ok {
		r.grow(16 * len(t.s))
	}
	if !ok || len(c.all()) != 1 || json.Unmarshal([]byte(t.s), &v) != nil {
		return r.doubt(blameOr(o, r.unknown(c.s, c.pos, "it comes out of JSON that is not read here")))
	}
	return r.fromGo(v, t)
}

// blameOr is the unknown in o, or else u.
func blameOr(o object, u *unknown) *unknown {
	if in := find(o); in != nil {
		return in.of()
	}
	return u
}

func (r *run) fromGo(v any, in *str) object {
	r.step()
	switch v := v.(type) {
	case string:
		return r.text(v, in.at)
	case bool:
		return v
	case nil:
		return none{}
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
		return v
	case []any:
		items := []object{}
		for _, item := range v {
			items = append(items, r.fromGo(item, in))
		}
		return r.list('[', items)
	case map[string]any:
		d := newDict()
		for _, key := range slices.Sorted(maps.Keys(v)) {
			d.set(text(key), r.fromGo(v[key], in))
		}
		return d
	}
	return none{}
}

// chain joins lists that are given one by one.
func chain(r *run, c *call) object {
	all := &list{kind: 'g', lost: c.more}
	for _, o := range c.args {
		r.extend(all, o)
	}
	return all
}

// chainOf joins the lists of a list.
func chainOf(r *run, c *call) object {
	items, u := r.iterate(c.arg(0, "iterable"))
	all := &list{kind: 'g', lost: u}
	for _, o := range items {
		r.extend(all, o)
	}
	return all
}

// copied is a copy, as deep as what can be changed goes.
func copied(r *run, c *call) object { return r.clone(c.arg(0, ""), 0) }

func (r *run) clone(o object, depth int) object {
	if r.step(); depth > maxCalls {
		return blame(&version{})
	}
	switch o := o.(type) {
	case *list:
		items := []object{}
		for _, item := range o.items {
			items = append(items, r.clone(item, depth+1))
		}
		l := r.list(o.kind, items)
		l.lost = o.lost
		return l
	case *dict:
		d := newDict()
		for _, key := range o.keys {
			v, _ := o.get(key)
			d.set(key, r.clone(v, depth+1))
		}
		d.lost = o.lost
		return d
	case nil:
		return none{}
	}
	return o
}

func newPartial(r *run, c *call) object {
	if len(c.args) == 0 || c.more != nil {
		return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a call of partial")))
	}
	return &partial{c.args[0], c.args[1:], c.named}
}

// parseRequirements gives the requirements of lines, as texts. Lines that it refuses are options of pip.
func parseRequirements(r *run, c *call) object {
	o := r.resolve(c.arg(0, ""))
	if t, ok := o.(*str); ok {
		o = r.list('[', r.lines(t, false))
	}
	items, u := r.iterate(o)
	if u != nil {
		return r.doubt(u.of())
	}
	texts := []object{}
	for _, item := range items {
		t, ok := item.(*str)
		if !ok {
			return r.doubt(blame(item).of())
		}
		if strings.HasPrefix(strings.TrimSpace(t.s), "-") {
			r.raise("ValueError", c.s, c.pos, "%q is no requirement", strings.TrimSpace(t.s))
		}
		texts = append(texts, t)
	}
	out := []object{}
	for _, t := range requirementLines(texts) {
		out = append(out, t)
	}
	return r.list('g', out)
}
