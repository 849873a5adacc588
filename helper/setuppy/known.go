package setuppy

import (
	"path"
	"strings"
	"sync"

	"mach/helper/setuppy/worlds"
)

// known are the attributes of modules that matter, by dotted name.
var known map[string]object

// knownModules are those that have some, and their parents.
var knownModules map[string]bool

// fill fills the tables above and builtins, when a file is read first: most programs that have this package read none.
var fill = sync.OnceFunc(func() {
	fillBuiltins()
	known = map[string]object{}
	for _, group := range []map[string]object{setups(), ofPaths(), ofEnvironments(), ofTexts()} {
		for name, o := range group {
			known[name] = o
		}
	}
	for alias, name := range sameModules {
		for dotted, o := range known {
			if rest, ok := strings.CutPrefix(dotted, name+"."); ok {
				known[alias+"."+rest] = o
			}
		}
	}
	knownModules = map[string]bool{}
	for dotted := range known {
		for i := strings.LastIndexByte(dotted, '.'); i > 0; i = strings.LastIndexByte(dotted[:i], '.') {
			knownModules[dotted[:i]] = true
		}
	}
})

// sameModules are modules with other names.
var sameModules = map[string]string{"posixpath": "os.path", "io": "codecs"}

// setups are the functions that are setuptools' setup, or hand on what they are given.
func setups() map[string]object {
	s := raw("setup", setup)
	ignore := raw("ignored", ignored)
	all := map[string]object{
		"setuptools.setup": s, "distutils.core.setup": s, "skbuild.setup": s, "numpy.distutils.core.setup": s,
		"setuptools.distutils.core.setup": s, "warnings.warn": ignore, "warnings.simplefilter": ignore, "warnings.filterwarnings": ignore,
		"sys.stderr.write": ignore, "sys.stdout.write": ignore, "sys.exit": raw("exit", exit), "os._exit": raw("exit", exit),
		"sys.stdout.flush": ignore, "sys.path.insert": ignore, "sys.path.append": ignore, "os.chdir": raw("chdir", chdir),
		"sys.path.remove": ignore, "sys.setrecursionlimit": ignore, "os.remove": ignore, "shutil.rmtree": ignore, "os.makedirs": ignore,
		"distutils.log.warn": ignore, "distutils.log.info": ignore, "logging.basicConfig": ignore,
	}
	return all
}

func ofPaths() map[string]object {
	one := func(f func(string) string) *builtin {
		return pure("path", func(r *run, c *call) object {
			if p, ok := fileName(c.arg(0, "")); ok && len(c.all()) == 1 {
				return r.text(f(p), r.where(c.s, c.pos))
			}
			return nil
		})
	}
	ask := func(question string) *builtin {
		return pure("path", func(r *run, c *call) object {
			if p, ok := fileName(c.arg(0, "")); ok {
				return r.exists(p, question)
			}
			return nil
		})
	}
	return map[string]object{
		"os.path.join": pure("join", joined), "os.path.dirname": one(dirName), "os.path.basename": one(baseName), "os.path.abspath": one(absolute),
		"os.path.realpath": one(absolute), "os.path.normpath": one(path.Clean), "os.path.expanduser": one(func(p string) string { return p }), "os.fspath": one(func(p string) string { return p }),
		"os.path.exists": ask("exists"), "os.path.isfile": ask("is_file"), "os.path.isdir": ask("is_dir"), "os.path.lexists": ask("exists"),
		"os.path.relpath": pure("relpath", relpath), "os.path.split": pure("split", splitPath), "os.path.isabs": pure("isabs", isAbsolute),
		"os.path.splitext": pure("splitext", splitExtension), "os.getcwd": pure("getcwd", cwd), "os.curdir": text("."), "os.pardir": text(".."),
		"os.sep": text("/"), "os.path.sep": text("/"), "os.linesep": text("\n"), "os.getcwdu": pure("getcwd", cwd),
		"codecs.open": raw("open", (*run).open), "tokenize.open": raw("open", (*run).open), "pathlib.Path": pure("Path", newPath),
		"pathlib.PurePath": pure("Path", newPath), "pathlib.Path.cwd": pure("cwd", func(*run, *call) object { return &pathObject{root} }),
	}
}

func cwd(*run, *call) object { return text(root) }

// chdir does nothing where it goes to the directory of the setup file.
func chdir(r *run, c *call) object {
	p, ok := fileName(c.arg(0, ""))
	if name, in := inTree(p); !ok || (p != "" && (!in || name != ".")) {
		r.astray = true
	}
	return none{}
}

func joined(r *run, c *call) object {
	parts := []string{}
	for _, o := range c.args {
		p, ok := fileName(o)
		if !ok || len(c.named) > 0 {
			return nil
		}
		parts = append(parts, p)
	}
	return r.text(joinPath(parts...), r.where(c.s, c.pos))
}

func relpath(_ *run, c *call) object {
	p, ok := fileName(c.arg(0, ""))
	start := root
	if o := c.arg(1, "start"); o != nil && ok {
		start, ok = fileName(o)
	}
	if rel, in := relative(p, start); ok && in {
		return text(rel)
	}
	return nil
}

func splitPath(_ *run, c *call) object {
	p, ok := fileName(c.arg(0, ""))
	if !ok {
		return nil
	}
	return &list{kind: '(', items: []object{text(dirName(p)), text(baseName(p))}}
}

func splitExtension(_ *run, c *call) object {
	p, ok := fileName(c.arg(0, ""))
	if !ok || strings.HasPrefix(baseName(p), ".") {
		return nil
	}
	return &list{kind: '(', items: []object{text(strings.TrimSuffix(p, path.Ext(p))), text(path.Ext(p))}}
}

func isAbsolute(_ *run, c *call) object {
	p, ok := fileName(c.arg(0, ""))
	if !ok {
		return nil
	}
	return strings.HasPrefix(p, "/")
}

func newPath(_ *run, c *call) object {
	all := ""
	for _, o := range c.args {
		p, ok := fileName(o)
		if !ok {
			return nil
		}
		all = joinPath(all, p)
	}
	if all == "" {
		all = "."
	}
	return &pathObject{path.Clean(all)}
}

// ofEnvironments are what depends on the environment.
func ofEnvironments() map[string]object {
	python := func(f func(major, minor, micro int) object) *symbol {
		all := make([]object, worlds.Size(worlds.Python))
		for p := range all {
			all[p] = f(worlds.Version(p))
		}
		return &symbol{dim: worlds.Python, of: func(p int) object { return all[p] }}
	}
	constant := func(o object) *builtin {
		return pure("constant", func(_ *run, c *call) object {
			if len(c.all()) > 0 {
				return nil
			}
			return o
		})
	}
	on := func(dim worlds.Dim, f func(p int) string) *symbol {
		return &symbol{dim: dim, of: func(p int) object { return text(f(p)) }}
	}
	full := python(func(major, minor, micro int) object { return text(dots(major, minor, micro)) })
	system := on(worlds.Platform, func(p int) string { return worlds.SystemAt(p).Name })
	implementation := on(worlds.Implementation, worlds.ImplementationAt)
	return map[string]object{
		"sys.version_info": python(func(major, minor, micro int) object {
			return &list{kind: '(', items: []object{int64(major), int64(minor), int64(micro), text("final"), int64(0)}}
		}),
		"sys.version": python(func(major, minor, micro int) object { return &version{dots(major, minor, micro)} }),
		"sys.hexversion": python(func(major, minor, micro int) object {
			return int64(major)<<24 | int64(minor)<<16 | int64(micro)<<8 | 0xf0
		}),
		"platform.python_version": constant(full),
		"platform.python_version_tuple": constant(python(func(major, minor, micro int) object {
			return &list{kind: '(', items: []object{text(dots(major)), text(dots(minor)), text(dots(micro))}}
		})),
		"six.PY2":                        python(func(major, _, _ int) object { return major == 2 }),
		"six.PY3":                        python(func(major, _, _ int) object { return major == 3 }),
		"sys.platform":                   on(worlds.Platform, func(p int) string { return worlds.SystemAt(p).SysPlatform }),
		"os.name":                        on(worlds.Platform, func(p int) string { return worlds.SystemAt(p).OS }),
		"platform.system":                constant(system),
		"platform.python_implementation": constant(implementation),
		"sys.implementation.name":        on(worlds.Implementation, func(p int) string { return strings.ToLower(worlds.ImplementationAt(p)) }),
		"platform.machine":               constant(on(worlds.Machine, worlds.MachineAt)),
		"sys.modules":                    &loaded{},
		"sys.argv":                       &unknown{Unknown: Unknown{Reason: "it depends on the arguments of the command line"}, maker: "sys.argv"},
		"setuptools.__version__":         text(setuptoolsVersion), "pkg_resources.parse_version": pure("parse_version", parseVersion),
		"packaging.version.parse": pure("parse_version", parseVersion), "packaging.version.Version": pure("parse_version", parseVersion),
		"distutils.version.LooseVersion": pure("LooseVersion", looseVersion), "distutils.version.StrictVersion": pure("StrictVersion", looseVersion),
		"setuptools.version.__version__": text(setuptoolsVersion),
		"sys.builtin_module_names": &symbol{dim: worlds.Implementation, of: func(p int) object {
			if worlds.ImplementationAt(p) == "PyPy" {
				return &list{kind: '(', items: []object{text("__pypy__")}}
			}
			return &list{kind: '(', items: []object{text("sys")}}
		}},
	}
}

// setuptoolsVersion is the setuptools that is taken to be there: none of today is refused for being older.
const setuptoolsVersion = "80.9.0"

// parseVersion is a version of PEP 440, which is compared as its parts are if they are nothing but numbers.
func parseVersion(_ *run, c *call) object {
	parts := numbers(c)
	if parts == nil {
		return nil
	}
	for n := len(parts.items); n > 1 && parts.items[n-1] == int64(0); n = len(parts.items) {
		parts.items = parts.items[:n-1]
	}
	return &parsed{parts}
}

// looseVersion is a version of distutils, in which zeros at the end count.
func looseVersion(_ *run, c *call) object {
	if parts := numbers(c); parts != nil {
		return &parsed{parts}
	}
	return nil
}

// numbers are those of a version; nil if it has something else.
func numbers(c *call) *list {
	t, ok := c.arg(0, "").(*str)
	if !ok {
		return nil
	}
	parts := &list{kind: '('}
	for _, part := range strings.Split(strings.TrimSpace(t.s), ".") {
		n, ok := atoi(part)
		if !ok {
			return nil
		}
		parts.items = append(parts.items, int64(n))
	}
	return parts
}

func dots(parts ...int) string {
	all := ""
	for i, n := range parts {
		if i > 0 {
			all += "."
		}
		s, _ := show(int64(n))
		all += s
	}
	return all
}
