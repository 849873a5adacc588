package setuppy

import (
	"mach/helper/setuppy/syntax"
)

// exec does the statements in a text, in the names of a dict or of the scope around.
func exec(r *run, c *call) object {
	code := r.resolve(c.arg(0, ""))
	t, ok := code.(*str)
	names := c.arg(1, "globals")
	if last := c.arg(2, "locals"); last != nil {
		names = last
	}
	if !ok || c.more != nil {
		u := r.unknown(c.s, c.pos, "it may come out of code that is run")
		if names == nil || names == (none{}) {
			c.s.globals().lose(u)
			c.s.lose(u)
		}
		return r.strange(c, u)
	}
	return r.execute(c, t, names)
}

func (r *run) execute(c *call, code *str, names object) object {
	if r.depth >= maxCalls {
		panic(exhausted{"it runs code within code too often"})
	}
	r.depth++
	defer func() { r.depth-- }()
	list := syntax.Parse([]byte(code.s))
	file, path := code.at.File, c.s.globals().path
	switch names := names.(type) {
	case nil, none:
		s := c.s
		outer := s.file
		s.file = file
		r.block(s, list)
		s.file = outer
	case *namespace:
		r.block(names.scope, list)
	case *dict:
		s := newModule(file, path, "builtins")
		for _, key := range names.keys {
			if t, ok := key.(*str); ok {
				s.names[t.s], _ = names.get(key)
			}
		}
		r.block(s, list)
		for name, o := range s.names {
			names.set(text(name), o)
		}
		if s.lost != nil {
			names.lost = s.lost
		}
	default:
		return r.strange(c, r.unknown(c.s, c.pos, "it comes out of code that is run"))
	}
	return none{}
}

// execfile is that of Python 2.
func execfile(r *run, c *call) object {
	p, ok := fileName(r.resolve(c.arg(0, "")))
	var code object = r.unknown(c.s, c.pos, "it may come out of code that is run")
	if ok {
		t, u := r.read(c.s, c.pos, p)
		if code = t; u != nil {
			code = u
		}
	}
	inner := *c
	inner.args = append([]object{code}, c.args[min(1, len(c.args)):]...)
	return exec(r, &inner)
}

// compiled is compile: code is its text here.
func compiled(r *run, c *call) object {
	o := r.resolve(c.arg(0, "source"))
	if _, ok := o.(*str); ok {
		return o
	}
	return r.doubt(r.strange(c, blame(o).of()))
}

// evaluated is eval of a text that is an expression.
func evaluated(r *run, c *call) object {
	if t, ok := r.resolve(c.arg(0, "")).(*str); ok && len(c.all()) == 1 {
		if x, ok := syntax.Expression(t.s); ok && r.depth < maxCalls {
			r.depth++
			defer func() { r.depth-- }()
			return r.eval(c.s, x)
		}
	}
	return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a call of eval")))
}

// imported is __import__ and importlib.import_module.
func imported(r *run, c *call) object {
	t, ok := r.resolve(c.arg(0, "name")).(*str)
	if !ok || c.more != nil {
		return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a module that is not known")))
	}
	if c.called() == "__import__" {
		return r.module(c.s, c.pos, firstPart(t.s))
	}
	return r.module(c.s, c.pos, t.s)
}

func firstPart(dotted string) string {
	for i := range len(dotted) {
		if dotted[i] == '.' {
			return dotted[:i]
		}
	}
	return dotted
}

// loadSource is imp.load_source(name, path).
func loadSource(r *run, c *call) object {
	r.versioned(c.s, c.pos, "imp", until["imp"], false)
	p, ok := fileName(r.resolve(c.arg(1, "pathname")))
	return r.sourceFile(c, p, ok)
}

// runPath is runpy.run_path: the names of a file as a dict.
func runPath(r *run, c *call) object {
	p, ok := fileName(r.resolve(c.arg(0, "path_name")))
	m, isModule := r.sourceFile(c, p, ok && len(c.args) == 1).(*module)
	if !isModule {
		return r.doubt(r.unknown(c.s, c.pos, "it comes out of a call of runpy.run_path"))
	}
	d := newDict()
	for name, o := range m.scope.names {
		d.set(text(name), o)
	}
	d.lost = m.scope.lost
	return d
}

// sourceFile is the module that a file of the tree makes.
func (r *run) sourceFile(c *call, p string, ok bool) object {
	name, in := r.inTree(p)
	if !ok || !in {
		return r.doubt(r.unknown(c.s, c.pos, "it comes out of a file that is not in the tree"))
	}
	if _, u := r.read(c.s, c.pos, p); u != nil {
		return r.doubt(u)
	}
	return r.local(c.s, c.pos, "loaded", name)
}

// same gives its argument.
func same(_ *run, c *call) object {
	if o := c.arg(0, ""); o != nil {
		return o
	}
	return none{}
}

// newSpec is what loads a module of a path: a spec of importlib, or its loader, which is the same here.
func newSpec(r *run, c *call) object {
	p, ok := fileName(r.resolve(c.arg(1, "location")))
	if o := c.arg(1, "path"); o != nil && !ok {
		p, ok = fileName(r.resolve(o))
	}
	if !ok {
		return r.doubt(r.unknown(c.s, c.pos, "it comes out of a file that is not known"))
	}
	return &spec{p}
}

// loadSpec is the module of a spec, which is run at once.
func loadSpec(r *run, c *call) object {
	if s, ok := c.arg(0, "spec").(*spec); ok {
		return r.sourceFile(c, s.path, true)
	}
	return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "it comes out of a module that is not known")))
}
