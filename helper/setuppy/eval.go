package setuppy

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"mach/helper/setuppy/syntax"
)

func (r *run) eval(s *scope, x syntax.Expr) object {
	r.step()
	switch n := x.(type) {
	case syntax.Name:
		return r.name(s, n)
	case syntax.Text:
		return r.literal(s, n)
	case syntax.Number:
		return r.number(s, n)
	case syntax.Display:
		return r.display(s, n)
	case syntax.Dict:
		return r.dict(s, n)
	case syntax.Unary:
		return r.unary(s, n)
	case syntax.Binary:
		if n.Op == "and" || n.Op == "or" {
			return r.logic(s, n)
		}
		l := r.eval(s, n.L)
		return r.binary(s, n.Op, l, r.eval(s, n.R), n.Pos)
	case syntax.Compare:
		return r.compare(s, n)
	case syntax.Choice:
		return r.choice(s, n)
	case syntax.Lambda:
		f := r.newFunction(s, "lambda", n.Params)
		f.result = n.Body
		return f
	case syntax.Call:
		return r.call(s, n)
	case syntax.Attr:
		return r.attr(s, r.eval(s, n.X), n)
	case syntax.Index:
		return r.index(s, n)
	case syntax.Comprehension:
		return r.comprehension(s, n)
	case syntax.Walrus:
		o := r.eval(s, n.X)
		s.set(n.Name, o)
		return o
	case syntax.Yield:
		return r.yield(s, n)
	case syntax.Opaque:
		return r.unknown(s, n.Pos, "%s", n.Why)
	}
	return r.unknown(s, x.At(), "it is an expression that is not read here")
}

func (r *run) name(s *scope, n syntax.Name) object {
	if o := s.lookup(n.ID); o != nil {
		return o
	}
	switch n.ID {
	case "True":
		return true
	case "False":
		return false
	case "None":
		return none{}
	}
	if b, ok := builtins[n.ID]; ok {
		return b
	}
	if _, ok := parents[n.ID]; ok {
		return &exception{n.ID}
	}
	u := r.unknown(s, n.Pos, "nothing is known of the name %q", n.ID)
	u.maker = n.ID
	return r.doubt(u)
}

func (r *run) literal(s *scope, n syntax.Text) object {
	at := r.where(s, n.Pos)
	if n.Parts == nil {
		t := r.text(n.Value, at)
		t.bytes = n.Bytes
		return t
	}
	args := []object{}
	for _, part := range n.Parts {
		if field, ok := part.(syntax.Field); ok {
			part = field.X
		}
		args = append(args, r.eval(s, part))
	}
	return r.lift(s, n.Pos, args, func(args []object) object {
		all := ""
		for i, part := range n.Parts {
			field, _ := part.(syntax.Field)
			one, ok := formatted(args[i], field.Conversion, field.Spec)
			if !ok {
				return nil
			}
			all += one
		}
		return r.text(all, at)
	})
}

func (r *run) number(s *scope, n syntax.Number) object {
	t := strings.ReplaceAll(n.Text, "_", "")
	if i, err := strconv.ParseInt(t, 0, 64); err == nil && !(len(t) > 1 && t[0] == '0' && t[1] >= '0' && t[1] <= '9') {
		return i
	}
	if f, err := strconv.ParseFloat(t, 64); err == nil && !strings.HasPrefix(t, "0x") && strings.ContainsAny(t, ".e") && !math.IsInf(f, 0) {
		return f
	}
	return r.unknown(s, n.Pos, "the number %s is not read here", n.Text)
}

func (r *run) display(s *scope, n syntax.Display) object {
	items := []object{}
	var u *unknown
	for _, x := range n.Items {
		star, ok := x.(syntax.Star)
		if !ok {
			items = append(items, r.eval(s, x))
			continue
		}
		more, lost := r.iterate(r.eval(s, star.X))
		if items = append(items, more...); lost != nil {
			u = lost
		}
	}
	l := r.list(n.Bracket[0], items)
	if l.lost = u; n.Bracket == "{" {
		l.items = distinct(l.items)
	}
	return l
}

// distinct are the items without those that are there already.
func distinct(items []object) []object {
	had := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(items), func(o object) bool {
		h, ok := hash(o)
		again := ok && had[h]
		had[h] = true
		return again
	})
}

func (r *run) dict(s *scope, n syntax.Dict) object {
	d := newDict()
	for i, x := range n.Keys {
		if x == nil {
			r.update(d, r.eval(s, n.Values[i]))
			continue
		}
		key := r.resolve(r.eval(s, x))
		if value := r.eval(s, n.Values[i]); d.lost == nil && !d.set(key, value) {
			d.lost = blame(key)
		}
	}
	r.grow(64 * len(n.Keys))
	return d
}

func (r *run) unary(s *scope, n syntax.Unary) object {
	o := r.eval(s, n.X)
	return r.lift(s, n.Pos, []object{o}, func(args []object) object {
		if n.Op == "not" {
			if is, known := truth(args[0]); known {
				return !is
			}
			return nil
		}
		i, whole := integer(args[0])
		f, ok := number(args[0])
		switch {
		case n.Op == "-" && whole && i != math.MinInt64:
			return -i
		case n.Op == "-" && ok && !whole:
			return -f
		case n.Op == "+" && ok:
			return args[0]
		}
		return nil
	})
}

// logic is L and R, or L or R. Of an L that is not known, the result is known only if R makes it the same.
func (r *run) logic(s *scope, n syntax.Binary) object {
	l := r.eval(s, n.L)
	if _, depends := l.(*symbol); !depends {
		if _, known := truth(l); !known {
			right := r.eval(s, n.R)
			if is, known := truth(right); known && is == (n.Op == "or") {
				return is
			}
			return blame(l).of()
		}
	}
	switch is := r.decide(l); {
	case is == undecided:
		return blame(l).of()
	case (is == yes) == (n.Op == "and"):
		return r.eval(s, n.R)
	}
	return r.resolve(l)
}

func (r *run) choice(s *scope, n syntax.Choice) object {
	condition := r.eval(s, n.If)
	if _, depends := condition.(*symbol); !depends {
		if _, known := truth(condition); !known {
			r.eval(s, n.Then)
			r.eval(s, n.Else)
			return blame(condition).of()
		}
	}
	switch r.decide(condition) {
	case yes:
		return r.eval(s, n.Then)
	case no:
		return r.eval(s, n.Else)
	}
	return blame(condition).of()
}

// yield notes a value of a generator in its scope.
func (r *run) yield(s *scope, n syntax.Yield) object {
	all, ok := s.names[yielded].(*list)
	if !ok {
		return r.unknown(s, n.Pos, "it is a generator that is not followed")
	}
	var value object = none{}
	if n.X != nil {
		value = r.eval(s, n.X)
	}
	if n.From {
		r.extend(all, value)
	} else {
		r.extend(all, &list{kind: '(', items: []object{value}})
	}
	return none{}
}

// yielded is the list of what a generator gave, among the names of its call.
const yielded = " yielded"

// comprehension makes a list, set, dict or generator.
func (r *run) comprehension(s *scope, n syntax.Comprehension) object {
	inner := s.inner()
	bracket := n.Bracket[0]
	out := &list{kind: bracket}
	if bracket == '(' {
		out.kind = 'g'
	}
	pairs := newDict()
	emit := func() {
		value := r.eval(inner, n.X)
		if n.Key == nil {
			r.extend(out, &list{kind: '(', items: []object{value}})
			return
		}
		if key := r.eval(inner, n.Key); pairs.lost == nil && !pairs.set(key, value) {
			pairs.lost = blame(key)
		}
	}
	u := r.clauses(inner, n.Clauses, emit)
	if n.Key != nil {
		if u != nil {
			pairs.lost = u.of()
		}
		return pairs
	}
	if u != nil {
		return u.of()
	}
	if bracket == '{' {
		out.items = distinct(out.items)
	}
	return out
}

// clauses calls emit for each round; the result is what made that impossible.
func (r *run) clauses(s *scope, clauses []syntax.Clause, emit func()) *unknown {
	if len(clauses) == 0 {
		emit()
		return nil
	}
	items, u := r.iterate(r.eval(s, clauses[0].Iter))
	for _, item := range items {
		r.step()
		r.assign(s, clauses[0].Target, item)
		passes := true
		for _, condition := range clauses[0].Ifs {
			o := r.eval(s, condition)
			if _, depends := o.(*symbol); !depends {
				if _, known := truth(o); !known {
					return blame(o)
				}
			}
			if r.decide(o) != yes {
				passes = false
				break
			}
		}
		if passes {
			if u := r.clauses(s, clauses[1:], emit); u != nil {
				return u
			}
		}
	}
	return u
}
