package setuppy

import (
	"slices"

	"mach/helper/setuppy/syntax"
)

// parents are the exceptions of Python that matter here, and what they are a kind of.
var parents = map[string]string{
	"ModuleNotFoundError": "ImportError", "ImportError": "Exception", "FileNotFoundError": "OSError", "IOError": "OSError",
	"EnvironmentError": "OSError", "PermissionError": "OSError", "NotADirectoryError": "OSError", "IsADirectoryError": "OSError",
	"OSError": "Exception", "KeyError": "LookupError", "IndexError": "LookupError", "LookupError": "Exception",
	"UnicodeDecodeError": "ValueError", "UnicodeError": "ValueError", "ValueError": "Exception", "TypeError": "Exception",
	"AttributeError": "Exception", "NameError": "Exception", "RuntimeError": "Exception", "NotImplementedError": "RuntimeError",
	"AssertionError": "Exception", "StopIteration": "Exception", "ZeroDivisionError": "Exception", "SyntaxError": "Exception",
	"Exception": "BaseException", "KeyboardInterrupt": "BaseException", "SystemExit": "BaseException", "BaseException": "",
	"DeprecationWarning": "Exception", "UserWarning": "Exception", "Warning": "Exception", "subprocess.CalledProcessError": "Exception",
}

// aliases of OSError in Python 3.
var aliases = map[string]string{"IOError": "OSError", "EnvironmentError": "OSError"}

// isA says whether an exception is of a kind.
func isA(name, kind string) bool {
	if alias, ok := aliases[kind]; ok {
		kind = alias
	}
	for ; name != ""; name = parents[name] {
		if name == kind {
			return true
		}
	}
	return false
}

// try does the body, and a handler if it raised.
func (r *run) try(s *scope, n syntax.Try) (f flow) {
	f, gone := r.wholeTry(s, n)
	if gone != nil {
		r.forget(s, gone, n)
		return flow{}
	}
	if len(n.Finally) > 0 {
		if last := r.block(s, n.Finally); last.kind != onwards {
			return last
		}
	}
	return f
}

func (r *run) wholeTry(s *scope, n syntax.Try) (f flow, gone *unknown) {
	if len(n.Handlers) > 0 {
		defer r.losing(lostTry, &gone)()
	}
	f, e := r.guarded(s, n)
	if e != nil {
		return r.handle(s, n, *e), nil
	}
	if f.kind == onwards {
		f = r.block(s, n.Else)
	}
	return f, nil
}

// guarded does the body, and returns what it raised.
func (r *run) guarded(s *scope, n syntax.Try) (f flow, e *raised) {
	calls, tries, reaching := r.depth, r.tries, r.reaching
	if len(n.Handlers) > 0 {
		r.tries++
		r.reaching = r.calm && r.reaches(s, n.Body)
	}
	defer func() {
		r.tries, r.reaching = tries, reaching
		switch p := recover().(type) {
		case nil:
		case raised:
			r.depth = calls
			e = &p
		default:
			panic(p)
		}
	}()
	return r.block(s, n.Body), nil
}

// handle does the handler that catches e; none does: it is raised further.
func (r *run) handle(s *scope, n syntax.Try, e raised) flow {
	for _, h := range n.Handlers {
		switch r.catches(s, h, e) {
		case yes:
			if h.Name != "" {
				s.set(h.Name, r.unknown(s, h.Pos, "it is an exception"))
			}
			outer := s.names[current]
			s.names[current] = &exception{e.name}
			f := r.block(s, h.Body)
			s.names[current] = outer
			return f
		case undecided:
			panic(lost{lostTry, r.unknown(s, h.Pos, "it is not known which exception is raised")})
		}
	}
	if len(n.Finally) > 0 {
		r.block(s, n.Finally)
	}
	panic(e)
}

// current is the exception that is handled, among the names of a scope.
const current = " exception"

// catches says whether a handler is for an exception. One of which nothing is known may be for any.
func (r *run) catches(s *scope, h syntax.Handler, e raised) outcome {
	kinds := []syntax.Expr{h.Type}
	if d, ok := h.Type.(syntax.Display); ok {
		kinds = d.Items
	}
	all := h.Type == nil
	matches, open := false, false
	for _, kind := range kinds {
		name := ""
		if kind != nil {
			name = exceptionName(kind)
		}
		all = all || name == "Exception" || name == "BaseException"
		_, listed := parents[name]
		matches = matches || isA(e.name, name)
		open = open || !listed && name != e.name && parents[e.name] == ""
		if name == e.name && name != "" {
			matches = true
		}
	}
	switch {
	case all || matches:
		return yes
	case e.name != "" && !open:
		return no
	case r.calm && !r.reaches(s, h.Body):
		return undecided
	}
	return outcomeOf(r.choose(true, r.unknown(s, h.Pos, "it is not known which exception is raised")))
}

// exceptionName is that of a class, without its module.
func exceptionName(x syntax.Expr) string {
	switch x := x.(type) {
	case syntax.Name:
		return x.ID
	case syntax.Attr:
		return x.Name
	case syntax.Call:
		return exceptionName(x.Fn)
	}
	return ""
}

func (r *run) raiseStatement(s *scope, n syntax.Raise) {
	name := ""
	if n.X != nil {
		name = exceptionName(n.X)
	} else if e, ok := s.lookup(current).(*exception); ok {
		name = e.name
	}
	if name == "SystemExit" {
		panic(exited{})
	}
	r.raise(name, s, n.Pos, "it raises %s", name)
}

// with opens files; of another context, nothing is known.
func (r *run) with(s *scope, n syntax.With) flow {
	for i, item := range n.Items {
		o := r.eval(s, item)
		if c, ok := item.(syntax.Call); ok && slices.Contains([]string{"suppress", "contextlib.suppress"}, dotted(c.Fn)) {
			h := syntax.Handler{Pos: n.Pos, Type: syntax.Display{Bracket: "("}}
			for _, a := range c.Args {
				h.Type = syntax.Display{Bracket: "(", Items: append(h.Type.(syntax.Display).Items, a.Value)}
			}
			return r.try(s, syntax.Try{Pos: n.Pos, Body: n.Body, Handlers: []syntax.Handler{h}})
		}
		r.settle()
		if n.Targets[i] != nil {
			if _, isFile := o.(*file); !isFile {
				o = r.doubt(blame(o).of())
			}
			r.assign(s, n.Targets[i], o)
		}
	}
	return r.block(s, n.Body)
}
