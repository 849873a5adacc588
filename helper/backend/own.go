package backend

import (
	"io/fs"
	"path"
	"strings"

	"mach/helper/pep508"
	"mach/helper/setuppy/syntax"
)

// hookName is the hook of PEP 517.
const hookName = "get_requires_for_build_wheel"

// maxCalls bounds how deep functions and modules are followed.
const maxCalls = 10

// quiet are the backends that ask for nothing of an index, beside those of backends.
var quiet = map[string]bool{"mesonpy": true, "poetry.core.masonry.api": true, "sipbuild.api": true, "py_build_cmake.build": true}

// own is what a backend in the tree asks for. Its hook is read, not run: of a condition that is not known both sides
// count, so that a build has rather more than too little. Variables of the environment are not set, and programs are there.
func (r *reader) own(backend string) {
	name, object, _ := strings.Cut(backend, ":")
	o := &ownBackend{reader: r}
	m := o.open(r.backendPath(), name)
	switch {
	case m == nil:
	case object != "" && o.ask(m.leadsTo(object)):
		return
	case object == "" && o.hook(m, hookName, maxCalls):
		return
	}
	r.unknown("what its own backend " + backend + " asks for is not known")
}

// ownBackend reads a backend in the tree.
type ownBackend struct{ *reader }

// source is a module of it.
type source struct {
	text  string
	dir   string // what relative imports begin at
	stmts []syntax.Stmt
}

// open reads a module below one of some directories; nil if there is none.
func (o *ownBackend) open(dirs []string, dotted string) *source {
	for _, dir := range dirs {
		base := path.Join(dir, strings.ReplaceAll(dotted, ".", "/"))
		for _, file := range []string{base + ".py", base + "/__init__.py"} {
			if data, err := fs.ReadFile(o.tree, file); err == nil {
				return &source{string(data), path.Dir(file), syntax.Parse(data)}
			}
		}
	}
	return nil
}

// imported is the module of an import in m, if it is of the tree.
func (o *ownBackend) imported(m *source, from syntax.From) *source {
	if from.Dots == 0 {
		return o.open(o.backendPath(), from.Module)
	}
	dir := m.dir
	for range from.Dots - 1 {
		dir = path.Dir(dir)
	}
	return o.open([]string{dir}, from.Module)
}

// ask asks a known backend; false if it is not known.
func (o *ownBackend) ask(backend string) bool {
	if read := backends[backend]; read != nil {
		read(o.reader)
		return true
	}
	return quiet[backend]
}

// top calls f for the statements of a module that are run when it is imported.
func top(list []syntax.Stmt, f func(syntax.Stmt)) {
	for _, s := range list {
		f(s)
		for _, block := range blocks(s) {
			top(block, f)
		}
	}
}

// blocks are the statements within one, but for those of functions and classes.
func blocks(s syntax.Stmt) [][]syntax.Stmt {
	switch s := s.(type) {
	case syntax.If:
		return [][]syntax.Stmt{s.Then, s.Else}
	case syntax.With:
		return [][]syntax.Stmt{s.Body}
	case syntax.For:
		return [][]syntax.Stmt{s.Body, s.Else}
	case syntax.Try:
		all := [][]syntax.Stmt{s.Body}
		for _, h := range s.Handlers {
			all = append(all, h.Body)
		}
		return append(all, s.Else, s.Finally)
	}
	return nil
}

// leadsTo is the dotted name of the module that an imported name stands for.
func (m *source) leadsTo(name string) (dotted string) {
	syntax.Walk(m.stmts, func(node any) bool {
		switch s := node.(type) {
		case syntax.Import:
			for _, a := range s.Names {
				if a.As == name && a.Renamed {
					dotted = a.Name
				} else if a.As == name {
					dotted = name
				}
			}
		case syntax.From:
			for _, a := range s.Names {
				if a.As == name && s.Dots == 0 {
					dotted = s.Module + "." + a.Name
				}
			}
		}
		return true
	})
	return dotted
}

// full is the dotted name that an expression has where its first part is imported; "" for any other.
func (m *source) full(x syntax.Expr) string {
	switch x := x.(type) {
	case syntax.Name:
		return m.leadsTo(x.ID)
	case syntax.Attr:
		if base := m.full(x.X); base != "" {
			return base + "." + x.Name
		}
	}
	return ""
}

// hook follows a name to what the hook asks for; false if that is not known.
func (o *ownBackend) hook(m *source, name string, left int) bool {
	if left == 0 {
		return false
	}
	var found syntax.Stmt
	var original string
	var stars []syntax.From
	top(m.stmts, func(s syntax.Stmt) {
		switch s := s.(type) {
		case syntax.Def:
			if s.Name == name {
				found = s
			}
		case syntax.Assign:
			for _, t := range s.Targets {
				if n, ok := t.(syntax.Name); ok && n.ID == name {
					found = s
				}
			}
		case syntax.From:
			for _, a := range s.Names {
				if a.Name == "*" {
					stars = append(stars, s)
				} else if a.As == name {
					found, original = s, a.Name
				}
			}
		}
	})
	switch s := found.(type) {
	case syntax.Def:
		return o.function(m, s, left-1)
	case syntax.Assign:
		if n, ok := s.Value.(syntax.Name); ok {
			return o.hook(m, n.ID, left-1)
		}
		return o.known(m.full(s.Value))
	case syntax.From:
		if s.Dots == 0 && o.known(s.Module+"."+original) {
			return true
		}
		next := o.imported(m, s)
		return next != nil && o.hook(next, original, left-1)
	}
	return o.without(m, name, stars, left)
}

// known asks the hook of a known backend, by its dotted name.
func (o *ownBackend) known(dotted string) bool {
	backend, ok := strings.CutSuffix(dotted, "."+hookName)
	return ok && o.ask(backend)
}

// without is a module that does not name the hook: it may have taken all of another's, or make its names as it goes.
func (o *ownBackend) without(m *source, name string, stars []syntax.From, left int) bool {
	for i := len(stars) - 1; i >= 0; i-- {
		if s := stars[i]; s.Dots == 0 && name == hookName && o.ask(s.Module) {
			return true
		}
		if next := o.imported(m, stars[i]); next != nil {
			return o.hook(next, name, left-1)
		}
	}
	switch {
	case name != hookName, len(stars) > 0:
		return false
	case strings.Contains(m.text, "setuptools.build_meta"), strings.Contains(m.text, "from setuptools import build_meta"):
		return o.ask("setuptools.build_meta")
	}
	for _, way := range []string{"__getattr__", "setattr", "globals", "import_module"} {
		if strings.Contains(m.text, way) {
			return false
		}
	}
	return true
}

// function is a function whose result is a list of requirements.
func (o *ownBackend) function(m *source, def syntax.Def, left int) bool {
	if left == 0 {
		return false
	}
	f := &frame{ownBackend: o, module: m, left: left, bound: map[string][]syntax.Expr{}, items: map[string][]syntax.Expr{}}
	f.block(def.Body)
	ok := len(f.returns) > 0
	for _, x := range f.returns {
		ok = f.list(x) && ok
	}
	return ok
}

// require adds a requirement; false for what is none.
func (o *ownBackend) require(text string) bool {
	if _, err := pep508.ParseLenient(text); err != nil {
		return false
	}
	o.add(text)
	return true
}
