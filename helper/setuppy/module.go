package setuppy

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/setuppy/syntax"
)

// Module is what a module of a tree says of itself, which is not run either.
type Module struct {
	File   string // its path in the tree
	name   string
	list   []syntax.Stmt
	reader *reader
}

// ReadModule reads the module of a dotted name out of one of the directories of the tree ("", "src"), in that order.
// Files are called as Read calls them. There is none: the error wraps fs.ErrNotExist.
func ReadModule(tree fs.FS, shown, name string, dirs ...string) (*Module, error) {
	r := &run{reader: newReader(tree, shown)}
	base := strings.ReplaceAll(name, ".", "/")
	for _, dir := range dirs {
		for _, file := range []string{joinPath(dir, base, "__init__.py"), joinPath(dir, base+".py")} {
			info, known := r.stat(root + "/" + file)
			if !known {
				return nil, fmt.Errorf("%s%s cannot be read", shown, file)
			}
			if info != nil && info.Mode().IsRegular() {
				list, err := r.parse(file)
				return &Module{file, name, list, r.reader}, err
			}
		}
	}
	return nil, fmt.Errorf("there is no module %q: %w", name, fs.ErrNotExist)
}

// Docstring is the text that the module begins with; Absent if it has none.
func (m *Module) Docstring() Value {
	t, ok := docstring(m.list).(*str)
	if !ok {
		return Value{}
	}
	at := m.list[0].At()
	return Value{Kind: Text, Text: t.s, Where: diag.Position{File: m.reader.shown + m.File, Line: at.Line, Col: at.Col}}
}

// Get is the value of a name. As setuptools and flit do, it takes the first assignment at the top if that is a literal,
// whatever comes after it; else the module is evaluated as a setup.py is. A name that is not there is Absent, and so is
// None.
func (m *Module) Get(name string) Value {
	literal := m.literal(name)
	ways, why := m.reader.follow(true, func(r *run) {
		mod := &module{name: m.name, scope: newModule(r.shown+m.File, m.File, m.name)}
		r.modules[m.File] = mod
		var o object
		if literal != nil {
			o = r.eval(mod.scope, literal)
		} else {
			r.runModule(mod)
			o = mod.scope.lookup(name)
		}
		if o == nil {
			o = none{}
		}
		r.calls = []called{{values: map[string]plain{name: r.plain(o, 0)}}}
	})
	ways = slices.DeleteFunc(ways, func(w way) bool { return w.call.values == nil && w.bad == nil })
	if len(ways) == 0 {
		return lostValue(cmp.Or(why, blame(nil)))
	}
	return merged(ways, name, false)
}

// literal is what a name is first assigned at the top of the module, if that is a literal; else nil.
func (m *Module) literal(name string) syntax.Expr {
	for _, stmt := range m.list {
		assign, ok := stmt.(syntax.Assign)
		if !ok || !slices.ContainsFunc(assign.Targets, func(x syntax.Expr) bool { n, ok := x.(syntax.Name); return ok && n.ID == name }) {
			continue
		}
		if isLiteral(assign.Value) {
			return assign.Value
		}
		return nil
	}
	return nil
}
