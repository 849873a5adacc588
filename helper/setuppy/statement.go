package setuppy

import (
	"slices"

	"mach/helper/setuppy/syntax"
)

// flow is how a block ended.
type flow struct {
	kind  flowKind
	value object
}

type flowKind int

const (
	onwards flowKind = iota
	returned
	broken
	continued
)

func (r *run) block(s *scope, list []syntax.Stmt) flow {
	for _, stmt := range list {
		r.step()
		if f := r.statement(s, stmt); f.kind != onwards {
			return f
		}
	}
	return flow{}
}

func (r *run) statement(s *scope, stmt syntax.Stmt) flow {
	r.doubtful = nil
	switch n := stmt.(type) {
	case syntax.Do:
		r.eval(s, n.X)
		r.settle()
	case syntax.Assign:
		value := r.eval(s, n.Value)
		r.settle()
		for _, target := range n.Targets {
			r.assign(s, target, value)
		}
	case syntax.Change:
		r.change(s, n)
	case syntax.If:
		return r.branch(s, n)
	case syntax.For:
		return r.loop(s, n)
	case syntax.While:
		return r.while(s, n)
	case syntax.Try:
		return r.try(s, n)
	case syntax.With:
		return r.with(s, n)
	case syntax.Def:
		r.define(s, n)
	case syntax.Class:
		r.class(s, n)
	case syntax.Return:
		return flow{returned, r.result(s, n)}
	case syntax.Raise:
		r.raiseStatement(s, n)
	case syntax.Import:
		r.importStatement(s, n)
	case syntax.From:
		r.fromStatement(s, n)
	case syntax.Global:
		s.declare(n)
	case syntax.Delete:
		r.delete(s, n)
	case syntax.Word:
		return flow{kind: map[string]flowKind{"break": broken, "continue": continued}[n.Word]}
	case syntax.Bad:
		r.forget(s, r.unknown(s, n.Pos, "the statement %s", n.Why), n)
	}
	return flow{}
}

func (r *run) result(s *scope, n syntax.Return) object {
	if n.X == nil {
		return none{}
	}
	value := r.eval(s, n.X)
	r.settle()
	return value
}

// branch goes one of the ways of an if statement.
func (r *run) branch(s *scope, n syntax.If) flow {
	condition := r.eval(s, n.If)
	r.settle()
	switch r.decide(condition) {
	case yes:
		return r.block(s, n.Then)
	case no:
		return r.block(s, n.Else)
	}
	u := blame(condition)
	switch {
	case len(r.calls) > 0 || !r.reaches(s, append(slices.Clip(n.Then), n.Else...)):
		r.forget(s, u, n.Then, n.Else)
		return flow{}
	case r.choose(true, u):
		return r.block(s, n.Then)
	}
	return r.block(s, n.Else)
}

// reaches says whether statements call setup, or functions of the file that do.
func (r *run) reaches(s *scope, list []syntax.Stmt) bool {
	found, seen := false, map[*function]bool{}
	var walk func(s *scope, list []syntax.Stmt)
	walk = func(s *scope, list []syntax.Stmt) {
		syntax.Walk(list, func(n any) bool {
			r.step()
			switch n := n.(type) {
			case syntax.Attr:
				found = found || n.Name == "setup"
			case syntax.Name:
				switch o := s.lookup(n.ID).(type) {
				case *builtin:
					found = found || o.name == "setup"
				case *function:
					if !seen[o] {
						seen[o] = true
						walk(o.scope, o.body)
					}
				}
			}
			return !found
		})
	}
	walk(s, list)
	return found
}

func (r *run) loop(s *scope, n syntax.For) flow {
	over := r.eval(s, n.Iter)
	r.settle()
	next, u := r.iterator(over)
	if u != nil {
		r.forget(s, u, n)
		return flow{}
	}
	for item := next(); item != nil; item = next() {
		f, gone := r.round(s, n, item)
		if gone != nil {
			r.forget(s, gone, n)
			return flow{}
		}
		if f.kind == broken {
			return flow{}
		}
		if f.kind == returned {
			return f
		}
	}
	return r.block(s, n.Else)
}

// iterator gives the items of o one by one, then nil. Those of a generator and the lines of a file are taken then only.
func (r *run) iterator(o object) (next func() object, u *unknown) {
	if f, ok := o.(*file); ok && f.text != nil {
		return func() object {
			if f.text == nil || f.text.s == "" {
				return nil
			}
			line, _ := r.fileMethod(f, "readline", &call{})
			return line
		}, nil
	}
	if l, ok := o.(*list); ok && l.kind == 'g' && l.lost == nil {
		return func() object { return l.shift() }, nil
	}
	items, u := r.iterate(o)
	rest := &list{kind: 'g', items: items}
	return func() object { return rest.shift() }, u
}

// shift takes the first item; nil if there is none.
func (l *list) shift() object {
	if len(l.items) == 0 {
		return nil
	}
	first := l.items[0]
	l.items = l.items[1:]
	return first
}

// round goes through the body of a loop once; gone says that the loop cannot be followed.
func (r *run) round(s *scope, n syntax.For, item object) (f flow, gone *unknown) {
	defer r.losing(lostLoop, &gone)()
	r.step()
	r.assign(s, n.Target, item)
	return r.block(s, n.Body), nil
}

// losing catches the panic lost of a kind.
func (r *run) losing(kind lostKind, gone **unknown) func() {
	calls, tries := r.depth, r.tries
	return func() {
		e := recover()
		if e == nil {
			return
		}
		l, ok := e.(lost)
		if !ok || l.kind != kind {
			panic(e)
		}
		r.depth, r.tries = calls, tries
		*gone = l.why
	}
}

func (r *run) while(s *scope, n syntax.While) flow {
	for {
		r.step()
		condition := r.eval(s, n.If)
		u := find(condition)
		if _, depends := condition.(*symbol); !depends && u == nil {
			u = unreadable(condition)
		}
		if u != nil {
			r.forget(s, u, n)
			return flow{}
		}
		if r.decide(condition) != yes {
			return r.block(s, n.Else)
		}
		f, gone := r.round(s, syntax.For{Pos: n.Pos, Target: syntax.Display{Bracket: "("}, Body: n.Body}, &list{kind: '('})
		switch {
		case gone != nil:
			r.forget(s, gone, n)
			return flow{}
		case f.kind == broken:
			return flow{}
		case f.kind == returned:
			return f
		}
	}
}

// unreadable blames o if its truth is not known.
func unreadable(o object) *unknown {
	if _, known := truth(o); known {
		return nil
	}
	return blame(o)
}

// define makes a function. One that is decorated is not known.
func (r *run) define(s *scope, n syntax.Def) {
	f := r.newFunction(s, n.Name, n.Params)
	f.body, f.yields = n.Body, n.Yields
	s.set(n.Name, f)
	for _, d := range n.Decorators {
		if name := dotted(d); name != "staticmethod" && name != "functools.wraps" {
			s.set(n.Name, r.unknown(s, n.Pos, "%s is decorated", n.Name))
			return
		}
	}
}

func (r *run) newFunction(s *scope, name string, params []syntax.Param) *function {
	f := &function{name: name, params: params, scope: s, defaults: make([]object, len(params))}
	for i, p := range params {
		if p.Default != nil {
			f.defaults[i] = r.eval(s, p.Default)
		}
	}
	return f
}

// class notes a class. What its body does beside defining is lost.
func (r *run) class(s *scope, n syntax.Class) {
	c := &class{name: n.Name, node: n, scope: s}
	for _, b := range n.Bases {
		if b.Name == "" {
			c.bases = append(c.bases, r.eval(s, b.Value))
		}
	}
	for _, stmt := range n.Body {
		switch stmt := stmt.(type) {
		case syntax.Def, syntax.Assign, syntax.Word, syntax.Class:
		case syntax.Do:
			if _, isText := stmt.X.(syntax.Text); !isText {
				r.forget(s.inner(), r.unknown(s, n.Pos, "the class %s does something", n.Name), stmt)
			}
		default:
			r.forget(s.inner(), r.unknown(s, n.Pos, "the class %s does something", n.Name), stmt)
		}
	}
	s.set(n.Name, c)
}

func (r *run) delete(s *scope, n syntax.Delete) {
	for _, target := range n.Targets {
		switch t := target.(type) {
		case syntax.Name:
			delete(s.names, t.ID)
		case syntax.Index:
			r.deleteItem(s, r.eval(s, t.X), r.eval(s, t.I), t)
		}
	}
}

func (r *run) deleteItem(s *scope, o, key object, n syntax.Index) {
	if d, ok := o.(*dict); ok && d.lost == nil {
		if _, can := hash(key); can {
			if _, had := d.get(key); !had {
				r.raise("KeyError", s, n.Pos, "there is no such key")
			}
			d.remove(key)
			return
		}
	}
	if l, ok := o.(*list); ok && l.kind == '[' && l.lost == nil {
		if i, can := key.(int64); can && at(l.items, i) != nil {
			i = (i + int64(len(l.items))) % int64(len(l.items))
			l.items = append(l.items[:i:i], l.items[i+1:]...)
			return
		}
	}
	r.spoil(o, r.unknown(s, n.Pos, "an item of it is deleted"))
}
