package setuppy

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"mach/helper/setuppy/worlds"
)

// pure makes a function that changes nothing. It returns nil for what it does not know.
func pure(name string, f func(r *run, c *call) object) *builtin {
	return &builtin{name: name, pure: true, call: f}
}

func raw(name string, f func(r *run, c *call) object) *builtin {
	return &builtin{name: name, call: f}
}

// builtins are the functions that need no import.
var builtins map[string]*builtin

func fillBuiltins() {
	builtins = map[string]*builtin{}
	for _, b := range []*builtin{
		pure("len", length), pure("str", toText), pure("unicode", toText), pure("repr", toRepr), pure("int", toInt), pure("float", toFloat),
		pure("bool", toBool), pure("abs", nil), pure("sorted", sortedOf), pure("reversed", reversed), pure("range", ranged),
		pure("min", extreme), pure("max", extreme),
		raw("list", listed('[')), raw("tuple", listed('(')), raw("set", listed('{')), raw("frozenset", listed('{')),
		raw("dict", newDictOf), raw("zip", zip), raw("enumerate", enumerate), raw("sum", sum), raw("any", anyOf), raw("all", anyOf),
		raw("map", mapped), raw("filter", filtered), raw("isinstance", isInstance), raw("hasattr", hasAttr), raw("getattr", getAttr),
		raw("open", (*run).open), raw("print", ignored), raw("exec", exec), raw("execfile", execfile), raw("compile", compiled),
		raw("eval", evaluated), raw("globals", namespaceOf), raw("locals", namespaceOf), raw("vars", namespaceOf),
		raw("exit", exit), raw("quit", exit), raw("next", next), raw("iter", iter), raw("__import__", imported), raw("callable", isCallable),
	} {
		if b.call != nil {
			builtins[b.name] = b
		}
	}
}

func length(_ *run, c *call) object {
	switch o := c.arg(0, "").(type) {
	case *str:
		if ascii(o.s) {
			return int64(len(o.s))
		}
	case *list:
		if o.lost == nil && o.kind != 'g' {
			return int64(len(o.items))
		}
	case *dict:
		if o.lost == nil {
			return int64(len(o.keys))
		}
	}
	return nil
}

func toText(r *run, c *call) object {
	o := c.arg(0, "")
	switch o := o.(type) {
	case nil:
		return text("")
	case *str:
		if o.bytes && len(c.all()) == 1 {
			return nil
		}
		return &str{s: o.s, at: o.at}
	}
	if s, ok := show(o); ok {
		return r.text(s, r.where(c.s, c.pos))
	}
	return nil
}

func toRepr(r *run, c *call) object {
	if s, ok := repr(c.arg(0, "")); ok {
		return r.text(s, r.where(c.s, c.pos))
	}
	return nil
}

func toInt(r *run, c *call) object {
	switch o := c.arg(0, "").(type) {
	case bool, int64:
		n, _ := integer(o)
		return n
	case *str:
		base, ok := integer(c.arg(1, "base"))
		if c.arg(1, "base") == nil {
			base, ok = 10, true
		}
		n, err := strconv.ParseInt(strings.TrimFunc(o.s, isSpace), int(base), 64)
		if err == nil && ok && base != 0 && !strings.Contains(o.s, "_") {
			return n
		}
		if len(c.args) == 1 && ascii(o.s) && !strings.Contains(o.s, "_") && len(o.s) < 18 {
			r.raise("ValueError", c.s, c.pos, "%q is no number", o.s)
		}
	case float64:
		if o > -1e9 && o < 1e9 {
			return int64(o)
		}
	}
	return nil
}

func toFloat(_ *run, c *call) object {
	if t, ok := c.arg(0, "").(*str); ok {
		if f, err := strconv.ParseFloat(strings.TrimSpace(t.s), 64); err == nil {
			return f
		}
		return nil
	}
	if f, ok := number(c.arg(0, "")); ok {
		return f
	}
	return nil
}

func toBool(_ *run, c *call) object {
	if is, known := truth(c.arg(0, "")); known {
		return is
	}
	return nil
}

func sortedOf(r *run, c *call) object {
	items, u := r.iterate(c.arg(0, ""))
	if u != nil {
		return u
	}
	if items, ok := sortedItems(items, c); ok {
		return r.list('[', items)
	}
	return nil
}

func reversed(r *run, c *call) object {
	items, u := r.iterate(c.arg(0, ""))
	if u != nil {
		return u
	}
	slices.Reverse(items)
	return &list{kind: 'g', items: items}
}

func ranged(r *run, c *call) object {
	lo, hi := int64(0), int64(0)
	switch last, ok := c.arg(len(c.args)-1, "").(int64); {
	case !ok || len(c.args) > 2:
		return nil
	case len(c.args) == 2:
		if lo, ok = c.args[0].(int64); !ok {
			return nil
		}
		hi = last
	default:
		hi = last
	}
	if hi-lo > maxItems || lo < -maxItems || hi > maxItems {
		return nil
	}
	items := []object{}
	for i := lo; i < hi; i++ {
		items = append(items, i)
	}
	return r.list('[', items)
}

func extreme(r *run, c *call) object {
	items := c.args
	if len(items) == 1 {
		var u *unknown
		if items, u = r.iterate(items[0]); u != nil {
			return u
		}
	}
	sorted, ok := sortedItems(items, &call{})
	if !ok || len(sorted) == 0 || len(c.named) > 0 {
		return nil
	}
	if strings.HasSuffix(c.name, "min") {
		return sorted[0]
	}
	return sorted[len(sorted)-1]
}

// listed makes a list, tuple or set of the items of something.
func listed(kind byte) func(r *run, c *call) object {
	return func(r *run, c *call) object {
		if len(c.all()) == 0 && c.more == nil {
			return &list{kind: kind}
		}
		if len(c.args) != 1 || c.more != nil {
			return r.doubt(r.unknown(c.s, c.pos, "it comes out of a call of %s", c.called()))
		}
		items, u := r.iterate(c.args[0])
		if u != nil {
			u = r.doubt(u.of())
		}
		if kind == '{' {
			items = distinct(items)
		}
		l := r.list(kind, items)
		l.lost = u
		return l
	}
}

func newDictOf(r *run, c *call) object {
	d := newDict()
	if len(c.args) > 0 {
		r.update(d, c.args[0])
	}
	for _, n := range c.named {
		if d.lost == nil {
			d.set(text(n.name), n.value)
		}
	}
	if c.more != nil {
		d.lost = c.more
	}
	return d
}

// isInstance knows the types of Python itself.
func isInstance(r *run, c *call) object {
	if len(c.args) != 2 {
		return r.unknown(c.s, c.pos, "it comes out of a call of isinstance")
	}
	kinds := []object{c.args[1]}
	if l, ok := c.args[1].(*list); ok {
		kinds = l.items
	}
	is := typeName(c.args[0])
	for _, kind := range kinds {
		b, ok := kind.(*builtin)
		if !ok || is == "" {
			return blame(c.args[1]).of()
		}
		if b.name == is || b.name == "unicode" && is == "str" || b.name == "int" && is == "bool" {
			return true
		}
	}
	return false
}

func hasAttr(r *run, c *call) object {
	name, ok := c.arg(1, "").(*str)
	if m, isModule := c.arg(0, "").(*module); isModule && ok {
		if m.name == "sys" && strings.HasPrefix(name.s, "pypy_") {
			return implementationIs("PyPy")
		}
		if m.scope != nil && m.scope.lost == nil {
			return m.scope.names[name.s] != nil
		}
		if _, isUnknown := r.moduleAttr(m, name.s).(*unknown); !isUnknown {
			return true
		}
	}
	return r.unknown(c.s, c.pos, "it comes out of a call of hasattr")
}

func getAttr(r *run, c *call) object {
	name, ok := c.arg(1, "").(*str)
	if m, isModule := c.arg(0, "").(*module); isModule && ok && m.name == "sys" && strings.HasPrefix(name.s, "pypy_") {
		return implementationIs("PyPy")
	}
	if m, isModule := c.arg(0, "").(*module); isModule && ok && (m.scope == nil || m.scope.names[name.s] != nil) {
		return r.moduleAttr(m, name.s)
	}
	return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a call of getattr")))
}

func ignored(*run, *call) object { return none{} }

func exit(*run, *call) object { panic(exited{}) }

// next takes the first of a generator. That of a list that something else makes is not known.
func next(r *run, c *call) object {
	if f, ok := c.arg(0, "").(*file); ok && f.text != nil && f.text.s != "" {
		line, _ := r.fileMethod(f, "readline", &call{})
		return line
	}
	l, ok := c.arg(0, "").(*list)
	if !ok || l.kind != 'g' || l.lost != nil {
		return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a call of next")))
	}
	if len(l.items) == 0 {
		if len(c.args) > 1 {
			return c.args[1]
		}
		r.raise("StopIteration", c.s, c.pos, "there is no next item")
	}
	return l.shift()
}

func iter(r *run, c *call) object {
	switch o := c.arg(0, "").(type) {
	case *file:
		return o
	case *list:
		if o.kind == 'g' {
			return o
		}
	}
	items, u := r.iterate(c.arg(0, ""))
	if u != nil {
		return u.of()
	}
	return r.list('g', items)
}

func isCallable(r *run, c *call) object {
	switch c.arg(0, "").(type) {
	case *function, *builtin, *class:
		return true
	case *str, *list, *dict, none, bool, int64:
		return false
	}
	return r.unknown(c.s, c.pos, "it comes out of a call of callable")
}

// namespaceOf is globals(), or locals() at the level of a module. In a call, locals() is a copy of the names.
func namespaceOf(r *run, c *call) object {
	if c.s.up != nil && c.name != "globals" && len(c.all()) == 0 && c.more == nil {
		d := newDict()
		for _, name := range slices.Sorted(maps.Keys(c.s.names)) {
			if !strings.HasPrefix(name, " ") {
				d.set(text(name), c.s.names[name])
			}
		}
		d.lost = c.s.lost
		return d
	}
	if len(c.all()) > 0 || c.more != nil {
		u := r.unknown(c.s, c.pos, "it comes out of a call of %s", c.called())
		return r.doubt(r.strange(c, u))
	}
	return &namespace{c.s.globals()}
}

// builtinAttr is an attribute of a function or a type: a method of str that is given its text, or what is known.
func builtinAttr(b *builtin, name string) object {
	switch b.name {
	case "chain":
		return known["itertools.chain."+name]
	case "Path":
		return known["pathlib.Path."+name]
	case "str", "unicode":
		return raw("str."+name, func(r *run, c *call) object {
			if len(c.args) == 0 {
				return r.doubt(r.unknown(c.s, c.pos, "it comes out of a call of %s", c.called()))
			}
			inner := *c
			inner.args = c.args[1:]
			return r.method(&bound{c.args[0], name}, &inner)
		})
	}
	return nil
}

// baseName is os.path.basename.
func baseName(p string) string { return p[strings.LastIndex(p, "/")+1:] }

// dirName is os.path.dirname.
func dirName(p string) string {
	i := strings.LastIndex(p, "/") + 1
	dir := p[:i]
	if trimmed := strings.TrimRight(dir, "/"); trimmed != "" {
		dir = trimmed
	}
	return dir
}

// relative is os.path.relpath within the tree; false if it is not known.
func relative(p, start string) (string, bool) {
	a, ok := inTree(p)
	b, too := inTree(start)
	switch {
	case !ok || !too:
		return "", false
	case b == ".":
		return a, true
	}
	rest, ok := strings.CutPrefix(a, b+"/")
	return path.Clean(rest), ok
}

// implementationIs depends on the implementation of Python.
func implementationIs(name string) *symbol {
	return &symbol{dim: worlds.Implementation, of: func(p int) object { return worlds.ImplementationAt(p) == name }}
}
