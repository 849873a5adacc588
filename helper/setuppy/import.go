package setuppy

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"mach/helper/setuppy/syntax"
	"mach/helper/setuppy/worlds"
)

// library are the modules of Python that are in all versions that are still used, and setuptools, whose distutils is
// there where Python has none.
var library = sync.OnceValue(func() map[string]bool {
	return words(`__future__ abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 calendar code codecs
	collections colorsys compileall concurrent configparser contextlib copy copyreg csv ctypes datetime decimal difflib dis
	distutils doctest email encodings enum errno filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext
	glob gzip hashlib heapq hmac html http imaplib importlib inspect io itertools json keyword linecache locale logging
	marshal math mimetypes multiprocessing operator optparse os pathlib pickle pkg_resources pkgutil platform plistlib posixpath pprint
	py_compile queue random re reprlib runpy sched select setuptools shelve shlex shutil signal site smtplib socket socketserver
	sqlite3 ssl stat string stringprep struct subprocess sys sysconfig tarfile tempfile textwrap threading time token
	tokenize trace traceback types typing unicodedata unittest urllib uuid warnings weakref webbrowser wsgiref xml xmlrpc zipfile zipimport zlib`)
})

// since and until are modules of Python that are in its later or its earlier versions only.
var (
	since = map[string][2]int{
		"importlib.metadata": {3, 8}, "importlib.resources": {3, 7}, "dataclasses": {3, 7}, "contextvars": {3, 7}, "secrets": {3, 6},
		"tomllib": {3, 11}, "zoneinfo": {3, 9}, "graphlib": {3, 9}, "statistics": {3, 4}, "ipaddress": {3, 3}, "lzma": {3, 3},
		"unittest.mock": {3, 3}, "selectors": {3, 4}, "faulthandler": {3, 3}, "ensurepip": {3, 4}, "venv": {3, 3}, "tracemalloc": {3, 4},
	}
	until = map[string][2]int{
		"ConfigParser": {3, 0}, "urllib2": {3, 0}, "urlparse": {3, 0}, "StringIO": {3, 0}, "cStringIO": {3, 0}, "cPickle": {3, 0},
		"Queue": {3, 0}, "commands": {3, 0}, "__builtin__": {3, 0}, "httplib": {3, 0}, "thread": {3, 0}, "HTMLParser": {3, 0},
		"exceptions": {3, 0}, "md5": {3, 0}, "sets": {3, 0}, "xmlrpclib": {3, 0}, "imp": {3, 12}, "asyncore": {3, 12}, "asynchat": {3, 12},
		"smtpd": {3, 12}, "cgi": {3, 13}, "pipes": {3, 13}, "telnetlib": {3, 13}, "crypt": {3, 13}, "lib2to3": {3, 13}, "imghdr": {3, 13},
	}
)

func words(s string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(s) {
		all[w] = true
	}
	return all
}

// certain are modules whose attributes are taken to be there, whatever they are.
var certain = words("setuptools distutils os sys re io codecs collections pkg_resources platform")

func (r *run) importStatement(s *scope, n syntax.Import) {
	for _, a := range n.Names {
		o := r.module(s, n.Pos, a.Name)
		if !a.Renamed && a.As != a.Name {
			o = r.module(s, n.Pos, a.As)
		}
		s.set(a.As, o)
	}
}

func (r *run) fromStatement(s *scope, n syntax.From) {
	name := n.Module
	if n.Dots > 0 {
		name = relativeModule(s, n.Dots, name)
	}
	if name == "__future__" {
		return
	}
	o := r.module(s, n.Pos, name)
	for _, a := range n.Names {
		if a.Name == "*" {
			r.star(s, o, n)
			continue
		}
		s.set(a.As, r.member(s, o, name, a.Name, n.Pos))
	}
}

// relativeModule is the name of a module that is given by dots.
func relativeModule(s *scope, dots int, name string) string {
	of := s.module
	if path.Base(s.path) != "__init__.py" {
		dots++
	}
	for range dots - 1 {
		of = of[:max(strings.LastIndexByte(of, '.'), 0)]
	}
	return strings.Trim(of+"."+name, ".")
}

// star imports all names of a module.
func (r *run) star(s *scope, o object, n syntax.From) {
	m, ok := o.(*module)
	switch {
	case ok && m.scope != nil && m.scope.lost == nil:
		for name, v := range m.scope.names {
			if !strings.HasPrefix(name, "_") {
				s.set(name, v)
			}
		}
	case ok && m.scope == nil:
		for dotted, v := range known {
			if name, in := strings.CutPrefix(dotted, m.name+"."); in && !strings.Contains(name, ".") {
				s.set(name, v)
			}
		}
	default:
		s.lose(r.unknown(s, n.Pos, "it may come out of %s", n.Module))
	}
}

// member is a name that is imported from a module.
func (r *run) member(s *scope, o object, from, name string, pos syntax.Pos) object {
	m, ok := o.(*module)
	if !ok {
		return r.attr(s, o, syntax.Attr{Pos: pos, Name: name})
	}
	if m.scope != nil && m.scope.names[name] == nil {
		if file := r.find(from + "." + name); file != "" {
			return r.local(s, pos, from+"."+name, file)
		}
		if m.scope.lost == nil {
			r.raise("ImportError", s, pos, "there is no %s in %s", name, from)
		}
	}
	if _, later := since[from+"."+name]; later {
		return r.module(s, pos, from+"."+name)
	}
	v := r.suspect(s, pos, r.moduleAttr(m, name))
	if u, ok := v.(*unknown); ok && !certain[strings.Split(m.name, ".")[0]] {
		r.mayMiss(s, pos, u)
	}
	return v
}

// module is the module of a name: one of the tree, or one that is known, or an unknown.
func (r *run) module(s *scope, pos syntax.Pos, name string) object {
	top, _, _ := strings.Cut(name, ".")
	if from, ok := since[name]; ok {
		r.versioned(s, pos, name, from, true)
		return &module{name: name}
	}
	if to, ok := until[name]; ok {
		r.versioned(s, pos, name, to, false)
		return &module{name: name}
	}
	if library()[top] {
		return &module{name: name}
	}
	if file := r.find(name); file != "" && top != "versioneer" {
		return r.local(s, pos, name, file)
	}
	u := r.unknown(s, pos, "it comes out of %s", name)
	u.maker = name
	r.mayMiss(s, pos, u)
	if knownModules[name] {
		return &module{name: name}
	}
	return u
}

// mayMiss decides whether an import fails, which matters within a try statement.
func (r *run) mayMiss(s *scope, pos syntax.Pos, u *unknown) {
	switch {
	case r.tries == 0:
		r.shaky = u
	case r.calm && !r.reaching:
		panic(lost{lostTry, u})
	case !r.choose(true, r.unknown(s, pos, "it depends on whether %s can be imported", u.maker)):
		panic(raised{"ImportError", u.maker, r.where(s, pos)})
	}
}

// versioned raises where the version of Python has no such module.
func (r *run) versioned(s *scope, pos syntax.Pos, name string, v [2]int, later bool) {
	has := &symbol{dim: worlds.Python, of: func(p int) object {
		major, minor, _ := worlds.Version(p)
		return (major > v[0] || major == v[0] && minor >= v[1]) == later
	}}
	if r.split(has) == no {
		r.raise("ImportError", s, pos, "there is no %s", name)
	}
}

// find is the file of a module in the tree, or "".
func (r *run) find(name string) string {
	base := strings.ReplaceAll(name, ".", "/")
	for _, dir := range []string{"", "src/"} {
		for _, file := range []string{dir + base + "/__init__.py", dir + base + ".py"} {
			if info, known := r.stat(root + "/" + file); known && info != nil && info.Mode().IsRegular() {
				return file
			}
		}
	}
	return ""
}

// local runs a module of the tree. What that makes of conditions that are not known is lost.
func (r *run) local(s *scope, pos syntax.Pos, name, file string) object {
	m, had := r.modules[file]
	if !had {
		m = &module{name: name, scope: newModule(r.shown+file, file, name)}
		r.modules[file] = m
		m.shaky = r.runModule(m)
	}
	if m.shaky != nil {
		r.doubt(m.shaky)
		r.settle()
	}
	return m
}

// runModule does what stands in a module, and returns what may have raised an exception.
func (r *run) runModule(m *module) (shaky *unknown) {
	outer := *r
	r.calm, r.tries, r.doubtful, r.shaky = true, 0, nil, nil
	if r.limit == 0 {
		r.limit = r.steps + maxModule
	}
	defer func() {
		shaky = r.shaky
		e := recover()
		if lost := lossOf(e, m); lost != nil {
			m.scope.lose(lost)
			shaky = lost
		} else if e != nil {
			panic(e)
		}
		r.calm, r.tries, r.doubtful, r.shaky, r.limit, r.depth = outer.calm, outer.tries, outer.doubtful, outer.shaky, outer.limit, outer.depth
		if r.steps > maxSteps {
			panic(exhausted{"it does too much to be followed"})
		}
	}()
	list, err := r.parse(m.scope.path)
	if err != nil {
		panic(raised{why: err.Error()})
	}
	m.scope.names["__doc__"] = docstring(list)
	r.block(m.scope, list)
	return nil
}

// docstring is that of a module, or None.
func docstring(list []syntax.Stmt) object {
	if len(list) > 0 {
		if do, ok := list[0].(syntax.Do); ok {
			if t, ok := do.X.(syntax.Text); ok && t.Parts == nil && !t.Bytes {
				return text(t.Value)
			}
		}
	}
	return none{}
}

// lossOf is why a module is unknown that ended in a panic; nil if that concerns more than the module.
func lossOf(e any, m *module) *unknown {
	switch e := e.(type) {
	case raised:
		return &unknown{Unknown: Unknown{fmt.Sprintf("it comes out of %s: %s", m.scope.file, e.why), e.at}}
	case exited, exhausted, lost:
		return &unknown{Unknown: Unknown{Reason: fmt.Sprintf("it comes out of %s, which cannot be followed", m.scope.file)}}
	}
	return nil
}

// parse reads a file of the tree once.
func (r *run) parse(name string) ([]syntax.Stmt, error) {
	if list, ok := r.parsed[name]; ok {
		return list, nil
	}
	src, err := r.load(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	r.parsed[name] = syntax.Parse([]byte(src))
	return r.parsed[name], nil
}

// moduleAttr is an attribute of a module.
func (r *run) moduleAttr(m *module, name string) object {
	dotted := m.name + "." + name
	if m.scope != nil {
		if o := m.scope.lookup(name); o != nil {
			return o
		}
		if sub := r.modules[r.find(dotted)]; sub != nil {
			return sub
		}
		return &unknown{Unknown: Unknown{Reason: fmt.Sprintf("nothing is known of %s", dotted)}}
	}
	if o, ok := known[dotted]; ok {
		return o
	}
	if knownModules[dotted] || library()[m.name] && since[dotted] != [2]int{} {
		return &module{name: dotted}
	}
	return &unknown{Unknown: Unknown{Reason: fmt.Sprintf("nothing is known of %s", dotted)}, maker: dotted}
}
