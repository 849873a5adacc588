package setuppy

import "mach/helper/setuppy/syntax"

// forget stands for statements that may or may not be done, or of which nothing is known: what they could assign is
// unknown from then on, what they could change likewise.
func (r *run) forget(s *scope, u *unknown, nodes ...any) {
	f := &forgetter{r: r, u: u, seen: map[syntax.Pos]bool{}, spoiled: map[object]bool{}}
	for _, node := range nodes {
		f.node(s, node)
	}
	r.doubt(u)
	switch {
	case f.returns && r.depth > 0:
		panic(lost{lostFunction, u})
	case f.breaks:
		panic(lost{lostLoop, u})
	}
	r.settle()
}

type forgetter struct {
	r               *run
	u               *unknown
	seen            map[syntax.Pos]bool // functions whose bodies were forgotten
	spoiled         map[object]bool
	returns, breaks bool
}

func (f *forgetter) node(s *scope, node any) {
	assigned := map[string]bool{}
	f.flow(node, false)
	syntax.Walk(node, func(n any) bool {
		f.r.step()
		f.binds(s, n, assigned)
		switch n := n.(type) {
		case syntax.Assign:
			if f.entry(s, n) {
				f.node(s, syntax.Do{Pos: n.Pos, X: n.Value})
				return false
			}
		case syntax.Name:
			f.mention(s, n.ID)
		case syntax.Bad:
			for _, name := range n.Names {
				assigned[name] = true
				f.mention(s, name)
			}
		case syntax.Call:
			f.called(s, n)
		}
		return true
	})
	for name := range assigned {
		s.set(name, f.u.of())
	}
}

// binds notes what a statement assigns.
func (f *forgetter) binds(s *scope, n any, to map[string]bool) {
	switch n := n.(type) {
	case syntax.Assign:
		for _, target := range n.Targets {
			boundBy(target, to)
		}
	case syntax.Change:
		boundBy(n.Target, to)
	case syntax.For:
		boundBy(n.Target, to)
	case syntax.With:
		for _, target := range n.Targets {
			boundBy(target, to)
		}
	case syntax.Walrus:
		to[n.Name] = true
	case syntax.Def:
		to[n.Name] = true
	case syntax.Class:
		to[n.Name] = true
	case syntax.Handler:
		to[n.Name] = true
	case syntax.Delete:
		for _, target := range n.Targets {
			boundBy(target, to)
		}
	case syntax.Global:
		s.declare(n)
	case syntax.Import:
		for _, a := range n.Names {
			to[a.As] = true
		}
	case syntax.From:
		for _, a := range n.Names {
			to[a.As] = true
			if a.Name == "*" {
				s.lose(f.u)
			}
		}
	}
}

// entry stands for name[text] = value: of the dict, only this may have changed. False: it is something else.
func (f *forgetter) entry(s *scope, n syntax.Assign) bool {
	i, ok := n.Targets[0].(syntax.Index)
	if !ok || len(n.Targets) > 1 {
		return false
	}
	name, ok := i.X.(syntax.Name)
	key, isText := i.I.(syntax.Text)
	if !ok || !isText || key.Parts != nil {
		return false
	}
	d, ok := s.lookup(name.ID).(*dict)
	if !ok || d.lost != nil {
		return false
	}
	return d.set(text(key.Value), f.u.of())
}

func boundBy(target syntax.Expr, to map[string]bool) {
	switch t := target.(type) {
	case syntax.Name:
		to[t.ID] = true
	case syntax.Star:
		boundBy(t.X, to)
	case syntax.Display:
		for _, x := range t.Items {
			boundBy(x, to)
		}
	}
}

// flow notes whether a block may end otherwise than at its end.
func (f *forgetter) flow(node any, inLoop bool) {
	syntax.Walk(node, func(n any) bool {
		switch n := n.(type) {
		case syntax.Def, syntax.Class, syntax.Lambda:
			return false
		case syntax.Return:
			f.returns = true
		case syntax.Word:
			f.breaks = f.breaks || !inLoop && n.Word != "pass"
		case syntax.For:
			if !inLoop {
				f.flow(n, true)
				return false
			}
		case syntax.While:
			if !inLoop {
				f.flow(n, true)
				return false
			}
		}
		return true
	})
}

// mention spoils what a name stands for.
func (f *forgetter) mention(s *scope, name string) {
	o := s.lookup(name)
	if o == nil && name == "exec" {
		s.globals().lose(f.u)
	}
	f.spoil(o)
}

// called notes calls that matter by themselves.
func (f *forgetter) called(s *scope, n syntax.Call) {
	var o object
	switch fn := n.Fn.(type) {
	case syntax.Name:
		o = s.lookup(fn.ID)
	case syntax.Attr:
		if x, ok := fn.X.(syntax.Name); ok {
			if m, ok := s.lookup(x.ID).(*module); ok {
				o = f.r.moduleAttr(m, fn.Name)
			}
		}
	}
	if b, ok := o.(*builtin); ok && b.name == "setup" {
		f.r.calls = append(f.r.calls, called{rest: f.u})
	}
}

// spoil makes what can be changed unknown, and all within it.
func (f *forgetter) spoil(o object) {
	f.r.step()
	switch o := o.(type) {
	case *list:
		if (o.kind == '[' || o.kind == '{' || o.kind == 'g') && !f.spoiled[o] {
			f.spoiled[o] = true
			f.each(o.items)
			o.lost = f.u
		} else if o.kind == '(' {
			f.each(o.items)
		}
	case *dict:
		if !f.spoiled[o] {
			f.spoiled[o] = true
			for _, v := range o.values {
				f.spoil(v)
			}
			o.lost = f.u
		}
	case *file:
		o.text = nil
	case *namespace:
		o.scope.globals().lose(f.u)
	case *unknown:
		delete(f.r.memo, o)
	case *function:
		f.function(o)
	case *class:
		if pos := o.node.Pos; !f.seen[pos] {
			f.seen[pos] = true
			f.inner(o.scope.inner(), o.node.Body)
		}
	case *bound:
		f.spoil(o.self)
	}
}

func (f *forgetter) each(items []object) {
	for _, item := range items {
		f.spoil(item)
	}
}

func (f *forgetter) function(fn *function) {
	pos := syntax.Pos{}
	if len(fn.body) > 0 {
		pos = fn.body[0].At()
	} else if fn.result != nil {
		pos = fn.result.At()
	}
	if f.seen[pos] {
		return
	}
	f.seen[pos] = true
	s := fn.scope.inner()
	for _, p := range fn.params {
		s.names[p.Name] = f.u.of()
	}
	f.inner(s, fn.body)
	if fn.result != nil {
		f.inner(s, []syntax.Stmt{syntax.Do{X: fn.result}})
	}
}

// inner forgets the body of a function, whose ways out do not concern the block around.
func (f *forgetter) inner(s *scope, body []syntax.Stmt) {
	returns, breaks := f.returns, f.breaks
	f.node(s, body)
	f.returns, f.breaks = returns, breaks
}

// spoil makes o unknown, and what can be reached from it, as far as it can be changed.
func (r *run) spoil(o object, u *unknown) {
	f := &forgetter{r: r, u: u, seen: map[syntax.Pos]bool{}, spoiled: map[object]bool{}}
	f.spoil(o)
}
