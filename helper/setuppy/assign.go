package setuppy

import "mach/helper/setuppy/syntax"

// assign binds a target to a value.
func (r *run) assign(s *scope, target syntax.Expr, value object) {
	switch t := target.(type) {
	case syntax.Name:
		s.set(t.ID, value)
	case syntax.Display:
		r.unpack(s, t, value)
	case syntax.Index:
		r.store(s, r.eval(s, t.X), r.eval(s, t.I), value, t.Pos)
	case syntax.Attr:
		r.storeAttr(s, r.eval(s, t.X), t, value)
	case syntax.Star:
		r.assign(s, t.X, value)
	}
}

// unpack binds several targets.
func (r *run) unpack(s *scope, t syntax.Display, value object) {
	items, u := r.iterate(value)
	star := -1
	for i, x := range t.Items {
		if _, ok := x.(syntax.Star); ok {
			star = i
		}
	}
	if u == nil && (len(items) < len(t.Items)-1 || star < 0 && len(items) != len(t.Items)) {
		r.raise("ValueError", s, t.Pos, "there are not %d values to unpack", len(t.Items))
	}
	for i, x := range t.Items {
		switch {
		case u != nil:
			r.assign(s, x, u.of())
		case star < 0 || i < star:
			r.assign(s, x, items[i])
		case i == star:
			r.assign(s, x, r.list('[', append([]object(nil), items[i:len(items)-(len(t.Items)-1-i)]...)))
		default:
			r.assign(s, x, items[len(items)-(len(t.Items)-i)])
		}
	}
}

// store is o[key] = value.
func (r *run) store(s *scope, o, key, value object, pos syntax.Pos) {
	switch o := o.(type) {
	case *dict:
		if o.lost == nil && o.set(key, value) {
			r.grow(64)
			return
		}
	case *namespace:
		if name, ok := key.(*str); ok {
			o.scope.globals().set(name.s, value)
			return
		}
		o.scope.globals().lose(r.unknown(s, pos, "names are set that are not known"))
		return
	case *list:
		if i, ok := key.(int64); ok && o.kind == '[' && o.lost == nil && at(o.items, i) != nil {
			o.items[(i+int64(len(o.items)))%int64(len(o.items))] = value
			return
		}
	}
	u := find(key)
	if u == nil {
		u = r.unknown(s, pos, "something is set in it that is not known")
	}
	r.spoil(o, u)
}

// storeAttr is o.name = value. What is set in a module that is read matters; in others it does not.
func (r *run) storeAttr(s *scope, o object, t syntax.Attr, value object) {
	if m, ok := o.(*module); ok {
		if m.scope != nil {
			m.scope.set(t.Name, value)
		}
		return
	}
	r.spoil(o, r.unknown(s, t.Pos, "its %s is set", t.Name))
}

// change is target op= value, which changes a list in place.
func (r *run) change(s *scope, n syntax.Change) {
	old := r.eval(s, n.Target)
	value := r.eval(s, n.Value)
	r.settle()
	if l, ok := old.(*list); ok && l.kind == '[' && n.Op == "+" {
		r.extend(l, value)
		return
	}
	if l, ok := old.(*list); ok && l.kind == '{' && n.Op == "|" {
		r.extend(l, value)
		l.items = distinct(l.items)
		return
	}
	if d, ok := old.(*dict); ok && n.Op == "|" {
		r.update(d, value)
		return
	}
	if u, ok := old.(*unknown); ok {
		delete(r.memo, u)
	}
	r.assign(s, n.Target, r.binary(s, n.Op, old, value, n.Pos))
}

// extend adds all of value to a list.
func (r *run) extend(l *list, value object) {
	items, u := r.iterate(value)
	switch {
	case l.lost != nil:
	case u != nil:
		l.lost = u
	default:
		l.items = append(l.items, items...)
		r.count(len(l.items))
	}
}

// update adds all of value to a dict.
func (r *run) update(d *dict, value object) {
	if d.lost != nil {
		return
	}
	from, ok := value.(*dict)
	if ok && from.lost == nil {
		for _, key := range from.keys {
			v, _ := from.get(key)
			d.set(key, v)
		}
		r.grow(64 * len(from.keys))
		return
	}
	pairs, u := r.iterate(value)
	for _, pair := range pairs {
		p, isList := pair.(*list)
		if ok || u != nil || !isList || p.lost != nil || len(p.items) != 2 || !d.set(p.items[0], p.items[1]) {
			d.lost = blame(value)
			return
		}
	}
	if u != nil {
		d.lost = u
	}
}
