package backend

import (
	"slices"

	"mach/helper/setuppy/syntax"
)

// frame is a call of a function of a backend in the tree.
type frame struct {
	*ownBackend
	module  *source
	left    int
	bound   map[string][]syntax.Expr // all that a name may be
	items   map[string][]syntax.Expr // lists whose items a name goes through
	busy    []string                 // names that are being looked at
	returns []syntax.Expr
}

// block takes what statements bind and return; ended says that nothing after them is run.
func (f *frame) block(list []syntax.Stmt) (ended bool) {
	for _, s := range list {
		switch s := s.(type) {
		case syntax.Return:
			if s.X != nil {
				f.returns = append(f.returns, s.X)
			}
			return true
		case syntax.Raise:
			return true
		case syntax.If:
			if f.choose(s) {
				return true
			}
			continue
		case syntax.Assign:
			for _, t := range s.Targets {
				f.bind(t, s.Value)
			}
		case syntax.Change:
			f.bind(s.Target, s.Value)
		case syntax.Do:
			f.call(s.X)
		case syntax.For:
			if n, ok := s.Target.(syntax.Name); ok {
				f.items[n.ID] = append(f.items[n.ID], s.Iter)
			}
		}
		for _, block := range blocks(s) {
			f.block(block)
		}
	}
	return false
}

// choose does one side of an if, or both.
func (f *frame) choose(s syntax.If) (ended bool) {
	v, known := f.constant(s.If)
	switch {
	case !known:
		then := f.block(s.Then)
		return f.block(s.Else) && then
	case truth(v):
		return f.block(s.Then)
	}
	return f.block(s.Else)
}

func (f *frame) bind(target, value syntax.Expr) {
	if n, ok := target.(syntax.Name); ok {
		f.bound[n.ID] = append(f.bound[n.ID], value)
	}
}

// call takes what is added to a list.
func (f *frame) call(x syntax.Expr) {
	call, ok := x.(syntax.Call)
	if !ok || len(call.Args) != 1 {
		return
	}
	to, ok := call.Fn.(syntax.Attr)
	if !ok {
		return
	}
	switch value := call.Args[0].Value; to.Name {
	case "append", "add":
		f.bind(to.X, syntax.Display{Bracket: "[", Items: []syntax.Expr{value}})
	case "extend", "update":
		f.bind(to.X, value)
	}
}

// each does all that a name may be; false if nothing is known of it. A list that is added to itself adds nothing.
func (f *frame) each(name string, values []syntax.Expr, do func(syntax.Expr) bool) bool {
	if slices.Contains(f.busy, name) {
		return true
	}
	f.busy = append(f.busy, name)
	defer func() { f.busy = f.busy[:len(f.busy)-1] }()
	ok := len(values) > 0
	for _, x := range values {
		ok = do(x) && ok
	}
	return ok
}

// values are what a name may be, here or in the module.
func (f *frame) values(name string) []syntax.Expr {
	if all := f.bound[name]; len(all) > 0 {
		return all
	}
	var all []syntax.Expr
	top(f.module.stmts, func(s syntax.Stmt) {
		if s, ok := s.(syntax.Assign); ok {
			for _, t := range s.Targets {
				if n, ok := t.(syntax.Name); ok && n.ID == name {
					all = append(all, s.Value)
				}
			}
		}
	})
	return all
}

// list adds the requirements in a list; false if they are not all known.
func (f *frame) list(x syntax.Expr) bool {
	switch x := x.(type) {
	case syntax.Display:
		ok := true
		for _, item := range x.Items {
			ok = f.item(item) && ok
		}
		return ok
	case syntax.Binary:
		return (x.Op == "+" || x.Op == "or") && f.list(x.L) && f.list(x.R)
	case syntax.Choice:
		return f.either(x, f.list)
	case syntax.Name:
		return f.each(x.ID, f.values(x.ID), f.list)
	case syntax.Comprehension:
		target, _ := x.X.(syntax.Name)
		over, _ := x.Clauses[0].Target.(syntax.Name)
		return target.ID != "" && target.ID == over.ID && f.list(x.Clauses[0].Iter)
	case syntax.Index:
		if at := f.entry(x); at != nil {
			return f.list(at)
		}
		return f.fromTOML(x)
	case syntax.Call:
		return f.result(x)
	}
	return false
}

// item adds a requirement of a list.
func (f *frame) item(x syntax.Expr) bool {
	switch x := x.(type) {
	case syntax.Text:
		return len(x.Parts) == 0 && f.require(x.Value)
	case syntax.Star:
		return f.list(x.X)
	case syntax.Choice:
		return f.either(x, f.item)
	case syntax.Name:
		if lists := f.items[x.ID]; len(lists) > 0 {
			return f.each(x.ID, lists, f.list)
		}
		return f.each(x.ID, f.values(x.ID), f.item)
	}
	return false
}

// either does one side of a choice, or both.
func (f *frame) either(x syntax.Choice, do func(syntax.Expr) bool) bool {
	v, known := f.constant(x.If)
	switch {
	case !known:
		then := do(x.Then)
		return do(x.Else) && then
	case truth(v):
		return do(x.Then)
	}
	return do(x.Else)
}

// result is what a call gives: of the hook of another backend, or of a function that is here.
func (f *frame) result(x syntax.Call) bool {
	name, plain := x.Fn.(syntax.Name)
	if plain && slices.Contains([]string{"list", "sorted", "tuple", "set"}, name.ID) && len(x.Args) == 1 {
		return f.list(x.Args[0].Value)
	}
	if full := f.module.full(x.Fn); full != "" && f.known(full) {
		return true
	}
	return plain && f.hook(f.module, name.ID, f.left-1)
}

// entry is the value of a dict that is written out, by its key; nil if it is none.
func (f *frame) entry(x syntax.Expr) syntax.Expr {
	switch x := x.(type) {
	case syntax.Name:
		if values := f.values(x.ID); len(values) == 1 {
			return values[0]
		}
	case syntax.Index:
		key, _ := x.I.(syntax.Text)
		dict, _ := f.entry(x.X).(syntax.Dict)
		for i, k := range dict.Keys {
			if k, ok := k.(syntax.Text); ok && k.Value == key.Value {
				return dict.Values[i]
			}
		}
	}
	return nil
}

// fromTOML is data["a"]["b"], where data is what a file has, which can be no other than pyproject.toml.
func (f *frame) fromTOML(x syntax.Index) bool {
	var keys []string
	var at syntax.Expr = x
	for {
		index, ok := at.(syntax.Index)
		if !ok {
			break
		}
		key, ok := index.I.(syntax.Text)
		if !ok {
			return false
		}
		keys, at = append([]string{key.Value}, keys...), index.X
	}
	name, _ := at.(syntax.Name)
	values := f.values(name.ID)
	if len(values) != 1 {
		return false
	}
	call, _ := values[0].(syntax.Call)
	switch f.module.full(call.Fn) {
	case "tomllib.load", "tomli.load", "tomllib.loads", "tomli.loads":
	default:
		return false
	}
	list, ok := f.root.At(keys...).Strings()
	for _, one := range list {
		ok = f.require(one.Value) && ok
	}
	return ok && f.root.At(keys...) != nil
}

// constant is the value of an expression that does not depend on anything: nil, a bool or a text.
func (f *frame) constant(x syntax.Expr) (value any, known bool) {
	switch x := x.(type) {
	case syntax.Text:
		return x.Value, len(x.Parts) == 0
	case syntax.Name:
		switch x.ID {
		case "None":
			return nil, true
		case "True", "False":
			return x.ID == "True", true
		}
		if values := f.values(x.ID); len(values) == 1 && !slices.Contains(f.busy, x.ID) {
			f.busy = append(f.busy, x.ID)
			defer func() { f.busy = f.busy[:len(f.busy)-1] }()
			return f.constant(values[0])
		}
	case syntax.Unary:
		v, known := f.constant(x.X)
		return !truth(v), known && x.Op == "not"
	case syntax.Binary:
		return f.logic(x)
	case syntax.Compare:
		l, known := f.constant(x.L)
		r, also := f.constant(x.Rs[0])
		is := slices.Contains([]string{"==", "is"}, x.Ops[0])
		isNot := slices.Contains([]string{"!=", "is not"}, x.Ops[0])
		return (l == r) == is, known && also && len(x.Ops) == 1 && (is || isNot)
	case syntax.Call:
		switch f.module.full(x.Fn) {
		case "os.getenv", "os.environ.get":
			if len(x.Args) == 2 {
				return f.constant(x.Args[1].Value)
			}
			return nil, true
		case "shutil.which":
			return true, true
		}
	}
	return nil, false
}

// logic is L and R, or L or R. One side may be enough.
func (f *frame) logic(x syntax.Binary) (any, bool) {
	l, lKnown := f.constant(x.L)
	r, rKnown := f.constant(x.R)
	decides := x.Op == "or" // the truth of a side that decides
	switch {
	case x.Op != "and" && x.Op != "or":
		return nil, false
	case lKnown && truth(l) == decides:
		return l, true
	case lKnown:
		return r, rKnown
	case rKnown && truth(r) == decides:
		return decides, true
	}
	return nil, false
}

// truth is that of a value of constant.
func truth(v any) bool { return v != nil && v != false && v != "" }
