package setuppy

import (
	"strings"

	"mach/helper/setuppy/syntax"
)

// scope is the names of a module or of a call.
type scope struct {
	names  map[string]object
	up     *scope            // around a function; nil for a module
	passed map[string]*scope // declared global or nonlocal
	lost   *unknown          // anything may have been assigned
	file   string            // as messages call it
	path   string            // in the tree
	module string            // __name__
}

func newModule(file, path, name string) *scope {
	s := &scope{names: map[string]object{}, file: file, path: path, module: name}
	s.names["__name__"] = text(name)
	s.names["__file__"] = text(root + "/" + path)
	return s
}

func (s *scope) inner() *scope {
	return &scope{names: map[string]object{}, up: s, passed: map[string]*scope{}, file: s.file, path: s.path, module: s.module}
}

func (s *scope) globals() *scope {
	for s.up != nil {
		s = s.up
	}
	return s
}

func (s *scope) set(name string, o object) {
	if to := s.passed[name]; to != nil {
		to.names[name] = o
		return
	}
	s.names[name] = o
}

// declare obeys global and nonlocal.
func (s *scope) declare(g syntax.Global) {
	if s.passed == nil {
		return
	}
	for _, name := range g.Names {
		to := s.globals()
		if g.Nonlocal {
			for to = s.up; to.up != nil && to.names[name] == nil; {
				to = to.up
			}
		}
		s.passed[name] = to
	}
}

// lookup is the value of a name; nil if there is none.
func (s *scope) lookup(name string) object {
	if to := s.passed[name]; to != nil {
		s = to
	}
	for ; s != nil; s = s.up {
		if o, ok := s.names[name]; ok {
			return o
		}
		if s.lost != nil {
			return s.lost.of()
		}
	}
	return nil
}

// lose forgets all names but those that nobody gives to something else: of modules, and of what comes out of them.
func (s *scope) lose(u *unknown) {
	keep := map[string]object{}
	for name, o := range s.names {
		switch o.(type) {
		case *module, *builtin, *symbol:
			keep[name] = o
		default:
			if strings.HasPrefix(name, "__") {
				keep[name] = o
			}
		}
	}
	s.names, s.lost = keep, u
}
