package setuppy

import (
	"math"
	"slices"
	"strings"

	"mach/helper/setuppy/syntax"
	"mach/helper/setuppy/worlds"
)

// lift calls f for values that are known. If one is unknown, so is the result; if one depends on the environment, so
// does the result. f returns nil for what it does not know, and must not change anything.
func (r *run) lift(s *scope, pos syntax.Pos, args []object, f func(args []object) object) object {
	var dependent *symbol
	for i, o := range args {
		args[i] = outward(o)
		switch o := args[i].(type) {
		case *str:
			r.work(len(o.s))
		case *list:
			r.work(len(o.items))
		case *unknown:
			return r.doubt(o.of())
		case *symbol:
			if dependent != nil && dependent.dim != o.dim {
				args[i] = r.resolve(o)
				return r.lift(s, pos, args, f)
			}
			dependent = o
		}
	}
	if dependent == nil {
		if o := f(args); o != nil {
			return o
		}
		for _, o := range args {
			if u := find(o); u != nil {
				return r.doubt(u.of())
			}
		}
		return r.doubt(r.unknown(s, pos, "it comes out of an operation that is not read here"))
	}
	return r.symbol(s, pos, dependent.dim, args, f)
}

// outward is a list of symbols as a symbol of lists; all else is as it is.
func outward(o object) object {
	l, ok := o.(*list)
	if !ok || l.lost != nil || l.kind == 'g' {
		return o
	}
	var first *symbol
	depth := 0
	for _, item := range l.items {
		if s, ok := item.(*symbol); ok {
			if first != nil && first.dim != s.dim {
				return o
			}
			first, depth = s, max(depth, s.depth)
		}
	}
	if first == nil {
		return o
	}
	items := slices.Clone(l.items)
	return &symbol{dim: first.dim, depth: depth + 1, of: func(point int) object {
		concrete := slices.Clone(items)
		for i, item := range items {
			if s, ok := item.(*symbol); ok {
				concrete[i] = s.of(point)
			}
		}
		return &list{kind: l.kind, items: concrete}
	}}
}

// maxDepth is how many operations a symbol may be made of.
const maxDepth = 40

func (r *run) symbol(s *scope, pos syntax.Pos, dim worlds.Dim, args []object, f func([]object) object) object {
	depth := 0
	for _, o := range args {
		if o, ok := o.(*symbol); ok {
			depth = max(depth, o.depth+1)
		}
	}
	if depth > maxDepth {
		return r.unknown(s, pos, "it depends on the environment in too many ways")
	}
	args = slices.Clone(args)
	return &symbol{dim: dim, depth: depth, of: func(point int) object {
		concrete := make([]object, len(args))
		for i, o := range args {
			concrete[i] = o
			if o, ok := o.(*symbol); ok {
				concrete[i] = o.of(point)
			}
			if u, ok := concrete[i].(*unknown); ok {
				return u
			}
		}
		if o := f(concrete); o != nil {
			return o
		}
		return r.unknown(s, pos, "it comes out of an operation that is not read here")
	}}
}

// maxKinds is how many values a symbol may have for the way to be split by them.
const maxKinds = 6

// resolve is the value of a symbol in the environments of this way, which is split if there are several.
func (r *run) resolve(o object) object {
	s, ok := o.(*symbol)
	if !ok {
		return o
	}
	var kinds []object
	group := map[int]int{}
	for p := range worlds.Size(s.dim) {
		if !r.alive[s.dim].Has(p) {
			continue
		}
		v := r.at(s, p)
		if u, ok := v.(*unknown); ok {
			return u
		}
		i := slices.IndexFunc(kinds, func(k object) bool { same, known := equal(k, v); return same && known })
		if i < 0 {
			i = len(kinds)
			if kinds = append(kinds, v); len(kinds) > maxKinds {
				return &unknown{Unknown: Unknown{Reason: "it is another one for each " + dimNames[s.dim]}}
			}
		}
		group[p] = i
	}
	for i, v := range kinds[:max(len(kinds)-1, 0)] {
		if r.split(&symbol{dim: s.dim, of: func(p int) object { n, in := group[p]; return in && n == i }}) == yes {
			return v
		}
	}
	if len(kinds) == 0 {
		return &unknown{Unknown: Unknown{Reason: "there is no environment in which it is used"}}
	}
	return kinds[len(kinds)-1]
}

var dimNames = map[worlds.Dim]string{worlds.Python: "version of Python", worlds.Platform: "platform", worlds.Implementation: "implementation of Python", worlds.Machine: "machine"}

func (r *run) binary(s *scope, op string, a, b object, pos syntax.Pos) object {
	return r.lift(s, pos, []object{a, b}, func(args []object) object { return r.operate(s, op, args[0], args[1], pos) })
}

func (r *run) operate(s *scope, op string, a, b object, pos syntax.Pos) object {
	if x, ok := integer(a); ok {
		if y, ok := integer(b); ok {
			return whole(op, x, y)
		}
	}
	switch a := a.(type) {
	case *str:
		return r.operateText(s, op, a, b, pos)
	case *list:
		return r.operateList(op, a, b)
	case *dict:
		if other, ok := b.(*dict); ok && op == "|" {
			d := newDict()
			r.update(d, a)
			r.update(d, other)
			return d
		}
	case *pathObject:
		if t, ok := b.(*str); ok && op == "/" {
			return &pathObject{joinPath(a.p, t.s)}
		}
		if t, ok := b.(*pathObject); ok && op == "/" {
			return &pathObject{joinPath(a.p, t.p)}
		}
	case int64:
		if l, ok := b.(*list); ok && op == "*" {
			return r.operateList(op, l, a)
		}
		if t, ok := b.(*str); ok && op == "*" {
			return r.operateText(s, op, t, a, pos)
		}
	}
	x, ok := number(a)
	y, too := number(b)
	if !ok || !too {
		return nil
	}
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	}
	return nil
}

// whole is the arithmetic of whole numbers that are not large.
func whole(op string, x, y int64) object {
	if max(x, y) > math.MaxInt32 || min(x, y) < math.MinInt32 {
		return nil
	}
	switch {
	case op == "+":
		return x + y
	case op == "-":
		return x - y
	case op == "*":
		return x * y
	case op == "&":
		return x & y
	case op == "|":
		return x | y
	case op == "<<" && y >= 0 && y < 31 && x >= 0:
		return x << y
	case op == ">>" && y >= 0 && y < 32:
		return x >> y
	case op == "%" && y > 0 && x >= 0:
		return x % y
	case op == "//" && y > 0 && x >= 0:
		return x / y
	case op == "/" && y != 0:
		return float64(x) / float64(y)
	case op == "**" && y >= 0 && math.Pow(float64(x), float64(y)) < math.MaxInt32 && x >= 0:
		return int64(math.Pow(float64(x), float64(y)))
	}
	return nil
}

func (r *run) operateText(s *scope, op string, a *str, b object, pos syntax.Pos) object {
	t, isText := b.(*str)
	n, isWhole := integer(b)
	switch {
	case op == "+" && isText && t.bytes == a.bytes:
		return r.text(a.s+t.s, a.at)
	case op == "*" && isWhole:
		if n > 0 && int64(len(a.s)) > maxText/n {
			panic(exhausted{"it makes a text that is too long to be followed"})
		}
		return r.text(strings.Repeat(a.s, int(max(n, 0))), a.at)
	case op == "%" && !a.bytes:
		if all, ok := percent(a.s, b); ok {
			return r.text(all, a.at)
		}
	}
	return nil
}

func (r *run) operateList(op string, a *list, b object) object {
	if a.lost != nil {
		return nil
	}
	other, isList := b.(*list)
	n, isWhole := integer(b)
	switch {
	case isWhole && op == "*" && a.kind != '{' && a.kind != 'g':
		if n > 0 && int64(len(a.items)) > maxItems/n {
			panic(exhausted{"it makes a list that is too long to be followed"})
		}
		return r.list(a.kind, slices.Repeat(a.items, int(max(n, 0))))
	case !isList || other.lost != nil || a.kind != other.kind || a.kind == 'g':
	case op == "+" && a.kind != '{':
		return r.list(a.kind, slices.Concat(a.items, other.items))
	case op == "|" && a.kind == '{':
		return r.list('{', distinct(slices.Concat(a.items, other.items)))
	case (op == "-" || op == "&") && a.kind == '{':
		return r.list('{', slices.DeleteFunc(slices.Clone(a.items), func(o object) bool {
			return (op == "-") == isSubset(&list{items: []object{o}}, other)
		}))
	}
	return nil
}

func (r *run) compare(s *scope, n syntax.Compare) object {
	l := r.eval(s, n.L)
	var all object = true
	for i, op := range n.Ops {
		right := r.eval(s, n.Rs[i])
		one := r.lift(s, n.Pos, []object{l, right}, func(args []object) object {
			if is, known := compared(op, args[0], args[1]); known {
				return is
			}
			return nil
		})
		if i == 0 {
			all = one
		} else {
			all = r.both(s, n.Pos, all, one)
		}
		l = right
	}
	return all
}

// both is the "and" of two results of comparisons.
func (r *run) both(s *scope, pos syntax.Pos, a, b object) object {
	return r.lift(s, pos, []object{a, b}, func(args []object) object { return args[0] == true && args[1] == true })
}

func compared(op string, a, b object) (is, known bool) {
	switch op {
	case "==", "!=":
		same, known := equal(a, b)
		return same == (op == "=="), known
	case "is", "is not":
		_, plain := a.(none)
		_, none_ := b.(none)
		_, truthA := a.(bool)
		_, truthB := b.(bool)
		known := isValue(a) && isValue(b) && (plain || none_ || truthA && truthB)
		return (a == b) == (op == "is"), known
	case "in", "not in":
		has, known := contains(b, a)
		return has == (op == "in"), known
	}
	order, known := ordered(a, b)
	switch op {
	case "<":
		return order < 0, known
	case "<=":
		return order <= 0, known
	case ">":
		return order > 0, known
	}
	return order >= 0, known
}

// contains is x in o.
func contains(o, x object) (has, known bool) {
	switch o := o.(type) {
	case *str:
		t, ok := x.(*str)
		if !ok || t.bytes != o.bytes {
			return false, false
		}
		if o.s == worlds.Other {
			return false, worlds.Within(t.s)
		}
		return strings.Contains(o.s, t.s), t.s != worlds.Other
	case *list:
		if o.lost != nil || o.kind == 'g' {
			return false, false
		}
		known = true
		for _, item := range o.items {
			same, sure := equal(item, x)
			if same && sure {
				return true, true
			}
			known = known && sure
		}
		return false, known
	case *dict:
		if o.lost != nil {
			return false, false
		}
		if _, ok := hash(x); !ok {
			return false, false
		}
		_, has := o.get(x)
		return has, true
	case *loaded:
		t, ok := x.(*str)
		return true, ok && (t.s == "setuptools" || t.s == "sys" || t.s == "os")
	}
	return false, false
}

// ordered compares for order.
func ordered(a, b object) (order int, known bool) {
	x, ok := number(a)
	y, too := number(b)
	if ok && too {
		return compareNumbers(x, y), true
	}
	switch a := a.(type) {
	case *str:
		if t, ok := b.(*str); ok && t.bytes == a.bytes && a.s != worlds.Other && t.s != worlds.Other {
			return strings.Compare(a.s, t.s), true
		}
	case *parsed:
		if o, ok := b.(*parsed); ok {
			return ordered(a.parts, o.parts)
		}
	case *list:
		l, ok := b.(*list)
		if !ok || l.kind != a.kind || a.kind == '{' || a.kind == 'g' || a.lost != nil || l.lost != nil {
			return 0, false
		}
		for i := range min(len(a.items), len(l.items)) {
			if same, known := equal(a.items[i], l.items[i]); !known {
				return 0, false
			} else if !same {
				return ordered(a.items[i], l.items[i])
			}
		}
		return len(a.items) - len(l.items), true
	}
	return 0, false
}

func compareNumbers(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
