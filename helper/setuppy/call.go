package setuppy

import (
	"slices"
	"strings"

	"mach/helper/setuppy/syntax"
)

// call is what a function is called with.
type call struct {
	s     *scope
	pos   syntax.Pos
	name  string // as the source has it
	args  []object
	named []named
	more  *unknown // there may be others
}

type named struct {
	name  string
	value object
}

// arg is an argument by place or by name; nil if it is not given.
func (c *call) arg(i int, name string) object {
	if i >= 0 && i < len(c.args) {
		return c.args[i]
	}
	for _, n := range c.named {
		if n.name == name && name != "" {
			return n.value
		}
	}
	return nil
}

// all are the values that are given.
func (c *call) all() []object {
	all := slices.Clone(c.args)
	for _, n := range c.named {
		all = append(all, n.value)
	}
	return all
}

func (r *run) call(s *scope, n syntax.Call) object {
	c := &call{s: s, pos: n.Pos, name: dotted(n.Fn)}
	var fn object
	if a, ok := n.Fn.(syntax.Attr); ok {
		fn = r.attr(s, r.eval(s, a.X), a)
	} else {
		fn = r.eval(s, n.Fn)
	}
	for _, a := range n.Args {
		r.argument(c, a)
	}
	return r.apply(fn, c)
}

func (r *run) argument(c *call, a syntax.Arg) {
	value := r.eval(c.s, a.Value)
	switch {
	case a.Name != "":
		c.named = append(c.named, named{a.Name, value})
	case a.Stars == 0:
		c.args = append(c.args, value)
	case a.Stars == 1:
		items, u := r.iterate(value)
		if c.args = append(c.args, items...); u != nil {
			c.more = u
		}
	default:
		r.namedArguments(c, value)
	}
}

func (r *run) namedArguments(c *call, value object) {
	d, ok := value.(*dict)
	if !ok || d.lost != nil {
		c.more = blame(value)
		if !ok {
			return
		}
	}
	for _, key := range d.keys {
		v, _ := d.get(key)
		if name, ok := key.(*str); ok {
			c.named = append(c.named, named{name.s, v})
		} else {
			c.more = r.unknown(c.s, c.pos, "a name of an argument is not known")
		}
	}
}

func (r *run) apply(fn object, c *call) object {
	switch fn := fn.(type) {
	case *function:
		return r.applyFunction(fn, c)
	case *builtin:
		return r.applyBuiltin(fn, c)
	case *bound:
		return r.method(fn, c)
	case *class:
		r.spoil(fn, r.unknown(c.s, c.pos, "%s is made", fn.name))
	case *partial:
		if r.depth >= maxCalls {
			return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "%s calls itself too often", c.called())))
		}
		r.depth++
		defer func() { r.depth-- }()
		joined := *c
		joined.args = slices.Concat(fn.args, c.args)
		joined.named = slices.Concat(c.named, fn.named)
		return r.apply(fn.fn, &joined)
	case *unknown:
		delete(r.memo, fn)
		if strings.HasPrefix(fn.maker, "os.environ") {
			return r.environ(c.s, c.pos, c.arg(0, "key"))
		}
		if fn.maker == "" {
			return r.doubt(r.strange(c, fn.of()))
		}
	case *exception:
		return &exception{fn.name}
	}
	u := r.unknown(c.s, c.pos, "it comes out of a call of %s", c.called())
	if f, ok := fn.(*unknown); ok && f.maker != "" {
		u.maker = f.maker + "()"
	}
	return r.doubt(r.strange(c, u))
}

func (c *call) called() string {
	if c.name == "" {
		return "something"
	}
	return c.name
}

// strange is a call of something that is not known: it may change what it is given.
func (r *run) strange(c *call, u *unknown) *unknown {
	for _, o := range c.all() {
		r.spoil(o, u)
	}
	return u
}

// applyBuiltin calls what is known here. A pure function is not called with what is not known.
func (r *run) applyBuiltin(fn *builtin, c *call) object {
	if !fn.pure {
		return fn.call(r, c)
	}
	if c.more != nil {
		return r.doubt(c.more.of())
	}
	return r.lift(c.s, c.pos, c.all(), func(args []object) object {
		pure := *c
		pure.args = args[:len(c.args)]
		pure.named = slices.Clone(c.named)
		for i := range pure.named {
			pure.named[i].value = args[len(c.args)+i]
		}
		return fn.call(r, &pure)
	})
}

// applyFunction calls one of the file's own.
func (r *run) applyFunction(fn *function, c *call) object {
	if r.depth >= maxCalls {
		return r.doubt(r.strange(c, r.unknown(c.s, c.pos, "%s calls itself too often", fn.name)))
	}
	s := fn.scope.inner()
	r.bind(fn, c, s)
	if fn.result != nil {
		r.depth++
		defer func() { r.depth-- }()
		return r.eval(s, fn.result)
	}
	all := &list{kind: 'g'}
	if fn.yields {
		s.names[yielded] = all
	}
	o, gone := r.body(fn, s)
	switch {
	case gone != nil:
		r.spoil(fn, gone)
		r.strange(c, gone)
		return r.doubt(gone.of())
	case fn.yields:
		return all
	}
	return o
}

// body does the body of a function; gone says that it cannot be followed.
func (r *run) body(fn *function, s *scope) (o object, gone *unknown) {
	defer r.losing(lostFunction, &gone)()
	r.depth++
	f := r.block(s, fn.body)
	r.depth--
	if f.kind == returned {
		return f.value, nil
	}
	return none{}, nil
}

// bind gives the parameters their values.
func (r *run) bind(fn *function, c *call, s *scope) {
	used := map[string]bool{}
	args := c.args
	for i, p := range fn.params {
		switch {
		case p.Stars == 1:
			rest := r.list('(', slices.Clone(args))
			rest.lost, args = c.more, nil
			s.names[p.Name] = rest
		case p.Stars == 2:
			rest := newDict()
			rest.lost = c.more
			for _, n := range c.named {
				if !used[n.name] {
					rest.set(text(n.name), n.value)
				}
			}
			s.names[p.Name] = rest
		case len(args) > 0:
			s.names[p.Name], args = args[0], args[1:]
			used[p.Name] = true
		default:
			s.names[p.Name] = r.parameter(fn, i, c)
			used[p.Name] = true
		}
	}
}

// parameter is the value of a parameter that is not given by its place.
func (r *run) parameter(fn *function, i int, c *call) object {
	name := fn.params[i].Name
	if v := c.arg(-1, name); v != nil {
		return v
	}
	switch {
	case c.more != nil:
		return c.more.of()
	case fn.defaults[i] != nil:
		return fn.defaults[i]
	}
	return r.unknown(c.s, c.pos, "%s is not given to %s", name, fn.name)
}

// partial is a functools.partial.
type partial struct {
	fn    object
	args  []object
	named []named
}
