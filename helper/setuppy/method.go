package setuppy

import "slices"

// method calls a method of a value.
func (r *run) method(m *bound, c *call) object {
	switch self := m.self.(type) {
	case *list:
		r.work(16 * len(self.items))
		if o, ok := r.listMethod(self, m.name, c); ok {
			return o
		}
	case *dict:
		r.work(16 * len(self.keys))
		if o, ok := r.dictMethod(self, m.name, c); ok {
			return o
		}
	case *file:
		if o, ok := r.fileMethod(self, m.name, c); ok {
			return o
		}
	case *spec:
		if m.name == "load_module" {
			return r.sourceFile(c, self.path, true)
		}
		if m.name == "exec_module" {
			return none{}
		}
	case *namespace:
		if m.name == "get" && len(c.args) > 0 {
			if name, ok := c.args[0].(*str); ok && self.scope.lookup(name.s) != nil {
				return self.scope.lookup(name.s)
			}
		}
	case *symbol, *str, *pathObject, *match, *pattern, *version:
		return r.pureMethod(m, c)
	}
	return r.strangeMethod(m, c)
}

// strangeMethod is one that is not known here: it may change its value.
func (r *run) strangeMethod(m *bound, c *call) object {
	u := blame(m.self)
	if find(m.self) == nil {
		u = r.unknown(c.s, c.pos, "it comes out of a call of %s, which is not read here", c.called())
	}
	r.spoil(m.self, u)
	return r.doubt(r.strange(c, u.of()))
}

// pureMethod calls a method that changes nothing.
func (r *run) pureMethod(m *bound, c *call) object {
	if c.more != nil {
		return r.doubt(c.more.of())
	}
	args := append([]object{m.self}, c.all()...)
	return r.lift(c.s, c.pos, args, func(args []object) object {
		pure := *c
		pure.args = args[1 : 1+len(c.args)]
		pure.named = slices.Clone(c.named)
		for i := range pure.named {
			pure.named[i].value = args[1+len(c.args)+i]
		}
		switch self := args[0].(type) {
		case *str:
			return r.textMethod(self, m.name, &pure)
		case *pathObject:
			return r.pathMethod(self, m.name, &pure)
		case *match:
			return self.method(r, m.name, &pure)
		case *pattern:
			return self.method(r, m.name, &pure)
		case *version:
			return self.method(m.name, &pure)
		}
		return nil
	})
}

// method is one of sys.version.
func (v *version) method(name string, c *call) object {
	prefix, _ := c.arg(0, "").(*str)
	switch {
	case name == "startswith" && prefix != nil && len(prefix.s) <= len(v.known):
		return v.known[:len(prefix.s)] == prefix.s
	case name == "split" && len(c.args) == 0:
		return &list{kind: '[', items: []object{text(v.known), &unknown{Unknown: Unknown{Reason: "it is how Python was compiled"}}}}
	}
	return nil
}

func (r *run) listMethod(l *list, name string, c *call) (object, bool) {
	if l.lost != nil && name != "copy" {
		for _, o := range c.all() {
			r.spoil(o, l.lost)
		}
		return l.lost.of(), true
	}
	first := c.arg(0, "")
	if len(c.named) > 0 && name != "sort" || c.more != nil || l.kind == 'g' {
		return nil, false
	}
	switch {
	case name == "append" && first != nil && l.kind == '[', name == "add" && first != nil && l.kind == '{':
		r.extend(l, &list{kind: '(', items: []object{first}})
	case name == "extend" && first != nil && l.kind == '[', name == "update" && first != nil && l.kind == '{':
		r.extend(l, first)
	case name == "clear" && l.kind != '(':
		l.items = nil
	case name == "sort" && l.kind == '[':
		return r.sort(l, c)
	case name == "reverse" && l.kind == '[':
		slices.Reverse(l.items)
	default:
		return r.listQuestion(l, name, c)
	}
	if l.kind == '{' {
		l.items = distinct(l.items)
	}
	return none{}, true
}

// listQuestion are the methods that return something.
func (r *run) listQuestion(l *list, name string, c *call) (object, bool) {
	first := c.arg(0, "")
	n, whole := integer(first)
	switch {
	case name == "copy":
		return &list{l.kind, slices.Clone(l.items), l.lost}, true
	case name == "insert" && len(c.args) == 2 && whole && l.kind == '[':
		lo, _, _ := limits([]object{n, none{}}, len(l.items))
		l.items = slices.Insert(slices.Clone(l.items), lo, c.args[1])
		return none{}, true
	case name == "pop" && l.kind == '[' && (whole || first == nil):
		if first == nil {
			n = -1
		}
		o := at(l.items, n)
		if o == nil {
			r.raise("IndexError", c.s, c.pos, "there is nothing to pop")
		}
		i := int(n+int64(len(l.items))) % len(l.items)
		l.items = slices.Delete(slices.Clone(l.items), i, i+1)
		return o, true
	case (name == "remove" || name == "index" || name == "discard") && first != nil:
		return r.findItem(l, name, first, c)
	case name == "union" && l.kind == '{' && len(c.args) == 1:
		other, u := r.iterate(first)
		return &list{'{', distinct(slices.Concat(l.items, other)), u}, true
	case name == "count" && first != nil:
		count := int64(0)
		for _, item := range l.items {
			same, known := equal(item, first)
			if !known {
				return nil, false
			}
			if same {
				count++
			}
		}
		return count, true
	}
	return nil, false
}

func (r *run) findItem(l *list, name string, what object, c *call) (object, bool) {
	for i, item := range l.items {
		same, known := equal(item, what)
		switch {
		case !known:
			return nil, false
		case same && name == "index":
			return int64(i), true
		case same:
			l.items = slices.Delete(slices.Clone(l.items), i, i+1)
			return none{}, true
		}
	}
	if name != "discard" {
		r.raise("ValueError", c.s, c.pos, "the list has no such item")
	}
	return none{}, true
}

// sort sorts texts or numbers, without a key.
func (r *run) sort(l *list, c *call) (object, bool) {
	sorted, ok := sortedItems(l.items, c)
	if !ok {
		return nil, false
	}
	l.items = sorted
	return none{}, true
}

// sortedItems sorts by order alone. With a key the order is not known, and does not matter for requirements: it stays.
func sortedItems(items []object, c *call) ([]object, bool) {
	items = slices.Clone(items)
	if c.arg(-1, "key") != nil {
		return items, true
	}
	ok := true
	slices.SortStableFunc(items, func(a, b object) int {
		order, known := ordered(a, b)
		ok = ok && known
		return order
	})
	if reverse, known := truth(c.arg(-1, "reverse")); known && reverse {
		slices.Reverse(items)
	}
	return items, ok
}

func (r *run) dictMethod(d *dict, name string, c *call) (object, bool) {
	key := r.resolveArg(c, 0)
	if d.lost != nil {
		for _, o := range c.all() {
			r.spoil(o, d.lost)
		}
		return d.lost.of(), true
	}
	_, can := hash(key)
	switch {
	case name == "update" && c.more == nil:
		if len(c.args) > 0 {
			r.update(d, c.args[0])
		}
		for _, n := range c.named {
			d.set(text(n.name), n.value)
		}
		return none{}, true
	case name == "copy":
		fresh := newDict()
		r.update(fresh, d)
		return fresh, true
	case name == "keys":
		return r.list('[', slices.Clone(d.keys)), true
	case name == "values" || name == "items" || name == "iteritems" || name == "itervalues":
		return r.pairs(d, name), true
	case name == "clear":
		d.keys, d.values = nil, map[string]object{}
		return none{}, true
	case can && c.more == nil && len(c.named) == 0:
		return r.dictAsk(d, name, key, c)
	}
	return nil, false
}

func (r *run) resolveArg(c *call, i int) object {
	if i < len(c.args) {
		c.args[i] = r.resolve(c.args[i])
		return c.args[i]
	}
	return nil
}

// pairs are the values of a dict, or its items.
func (r *run) pairs(d *dict, name string) object {
	all := []object{}
	for _, key := range d.keys {
		v, _ := d.get(key)
		if name == "items" || name == "iteritems" {
			v = &list{kind: '(', items: []object{key, v}}
		}
		all = append(all, v)
	}
	return r.list('[', all)
}

func (r *run) dictAsk(d *dict, name string, key object, c *call) (object, bool) {
	v, has := d.get(key)
	fallback := c.arg(1, "")
	switch name {
	case "get", "pop", "setdefault":
	case "has_key":
		return has, true
	default:
		return nil, false
	}
	if !has {
		if v = fallback; v == nil {
			v = none{}
		}
		if name == "pop" && fallback == nil {
			r.raise("KeyError", c.s, c.pos, "there is no such key")
		}
	}
	switch name {
	case "pop":
		d.remove(key)
	case "setdefault":
		d.set(key, v)
	}
	return v, true
}
