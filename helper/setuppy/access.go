package setuppy

import (
	"slices"
	"strings"

	"mach/helper/setuppy/syntax"
)

// at is an item of a list, counted from the end if i is negative; nil if there is none.
func at(items []object, i int64) object {
	if i < 0 {
		i += int64(len(items))
	}
	if i < 0 || i >= int64(len(items)) {
		return nil
	}
	return items[i]
}

// index is X[I].
func (r *run) index(s *scope, n syntax.Index) object {
	o := r.eval(s, n.X)
	if slice, ok := n.I.(syntax.Slice); ok {
		bounds := []object{o}
		for _, x := range []syntax.Expr{slice.Lo, slice.Hi, slice.Step} {
			if x == nil {
				bounds = append(bounds, none{})
			} else {
				bounds = append(bounds, r.eval(s, x))
			}
		}
		return r.lift(s, n.Pos, bounds, func(args []object) object { return r.slice(args[0], args[1:]) })
	}
	key := r.eval(s, n.I)
	if u, ok := o.(*unknown); ok && u.maker == "os.environ" {
		return r.environ(s, n.Pos, key)
	}
	if names, ok := o.(*namespace); ok {
		if name, ok := key.(*str); ok {
			return r.name(names.scope, syntax.Name{Pos: n.Pos, ID: name.s})
		}
	}
	return r.lift(s, n.Pos, []object{o, key}, func(args []object) object { return r.item(s, args[0], args[1], n.Pos) })
}

func (r *run) item(s *scope, o, key object, pos syntax.Pos) object {
	i, whole := integer(key)
	switch o := o.(type) {
	case *list:
		if o.lost != nil || o.kind == '{' || o.kind == 'g' || !whole {
			return nil
		}
		if v := at(o.items, i); v != nil {
			return v
		}
		r.raise("IndexError", s, pos, "there is no item %d", i)
	case *dict:
		if _, ok := hash(key); o.lost != nil || !ok {
			return nil
		}
		if v, ok := o.get(key); ok {
			return v
		}
		name, _ := show(key)
		r.raise("KeyError", s, pos, "there is no key %q", name)
	case *str:
		if !whole || !ascii(o.s) || o.bytes {
			return nil
		}
		if i < 0 {
			i += int64(len(o.s))
		}
		if i < 0 || i >= int64(len(o.s)) {
			r.raise("IndexError", s, pos, "there is no character %d", i)
		}
		return r.text(o.s[i:i+1], o.at)
	case *version:
		if whole && i >= 0 && i < int64(len(o.known)) {
			return text(o.known[i : i+1])
		}
	case *match:
		return o.group(key)
	}
	return nil
}

func ascii(s string) bool {
	return !slices.ContainsFunc([]byte(s), func(b byte) bool { return b >= 0x80 })
}

// slice is o[lo:hi:step], where the step is 1 or -1.
func (r *run) slice(o object, bounds []object) object {
	size := 0
	switch o := o.(type) {
	case *list:
		if size = len(o.items); o.lost != nil || o.kind == '{' || o.kind == 'g' {
			return nil
		}
	case *str:
		if size = len(o.s); !ascii(o.s) {
			return nil
		}
	case *version:
		hi, ok := bounds[1].(int64)
		lo, isWhole := integer(bounds[0])
		if !ok || hi < 0 || hi > int64(len(o.known)) || bounds[0] != (none{}) && (!isWhole || lo < 0 || lo > hi) || bounds[2] != (none{}) {
			return nil
		}
		return text(o.known[lo:hi])
	default:
		return nil
	}
	lo, hi, ok := limits(bounds, size)
	backwards := bounds[2] == int64(-1)
	if !ok || bounds[2] != (none{}) && bounds[2] != int64(1) && !(backwards && bounds[0] == (none{}) && bounds[1] == (none{})) {
		return nil
	}
	if t, ok := o.(*str); ok {
		if backwards {
			return nil
		}
		return &str{t.s[lo:hi], t.at, t.bytes}
	}
	l := o.(*list)
	items := slices.Clone(l.items[lo:hi])
	if backwards {
		slices.Reverse(items)
	}
	return r.list(l.kind, items)
}

func limits(bounds []object, size int) (lo, hi int, ok bool) {
	lo, hi = 0, size
	for i, to := range []*int{&lo, &hi} {
		if bounds[i] == (none{}) {
			continue
		}
		n, whole := integer(bounds[i])
		if !whole {
			return 0, 0, false
		}
		if n < 0 {
			n += int64(size)
		}
		*to = int(min(max(n, 0), int64(size)))
	}
	return lo, max(lo, hi), true
}

// iterate are the items of o, or what makes them unknown. Of a generator they are taken.
func (r *run) iterate(o object) ([]object, *unknown) {
	o = r.resolve(o)
	switch o := o.(type) {
	case *list:
		if o.lost != nil {
			return nil, o.lost
		}
		items := slices.Clone(o.items)
		if o.kind == 'g' {
			o.items = nil
		}
		r.grow(16 * len(items))
		return items, nil
	case *dict:
		return slices.Clone(o.keys), o.lost
	case *str:
		if o.bytes {
			return nil, blame(&version{})
		}
		r.count(len(o.s))
		items := []object{}
		for _, c := range o.s {
			items = append(items, text(string(c)))
		}
		r.grow(64 * len(items))
		return items, nil
	case *file:
		if u := o.lost(); u != nil {
			return nil, u
		}
		return r.lines(o.take(), true), nil
	}
	return nil, blame(o)
}

// attr is X.Name where X is no method's.
func (r *run) attr(s *scope, o object, n syntax.Attr) object {
	switch o := o.(type) {
	case *module:
		return r.suspect(s, n.Pos, r.moduleAttr(o, n.Name))
	case *unknown:
		u := o.of()
		if u.maker != "" {
			u.maker += "." + n.Name
		}
		return r.doubt(u)
	case *symbol:
		if !slices.Contains(versionParts, n.Name) {
			break
		}
		return r.lift(s, n.Pos, []object{o}, func(args []object) object { return part(args[0], n.Name) })
	case *pathObject:
		if v := pathAttr(o, n.Name); v != nil {
			return v
		}
	case *spec:
		if n.Name == "loader" {
			return o
		}
	case *builtin:
		if f := builtinAttr(o, n.Name); f != nil {
			return f
		}
	case *class:
		return r.doubt(r.unknown(s, n.Pos, "nothing is known of the class %s", o.name))
	}
	return &bound{self: o, name: n.Name}
}

// bound is a method of a value.
type bound struct {
	self object
	name string
}

var versionParts = []string{"major", "minor", "micro", "releaselevel", "serial"}

// part is an attribute of sys.version_info.
func part(o object, name string) object {
	i := slices.Index(versionParts, name)
	if l, ok := o.(*list); ok && i >= 0 && len(l.items) == 5 {
		return l.items[i]
	}
	return nil
}

// suspect notes that getting o may have raised an exception, if it is unknown, and where that was.
func (r *run) suspect(s *scope, pos syntax.Pos, o object) object {
	u, ok := o.(*unknown)
	if !ok {
		return o
	}
	if u = u.of(); u.Where.Line == 0 {
		u.Where = r.where(s, pos)
	}
	if !strings.HasPrefix(u.maker, "os.environ") {
		r.doubt(u)
	}
	return u
}

// dotted is the name of an expression that is one, such as os.path.join.
func dotted(x syntax.Expr) string {
	switch x := x.(type) {
	case syntax.Name:
		return x.ID
	case syntax.Attr:
		if base := dotted(x.X); base != "" {
			return base + "." + x.Name
		}
	case syntax.Call:
		return dotted(x.Fn)
	}
	return ""
}
