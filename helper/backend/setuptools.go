package backend

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"mach/helper/setuppy"
	"mach/helper/setuppy/syntax"
)

// plugins are the projects whose keywords setup knows only if they are there.
var plugins = []struct{ keyword, project string }{
	{"cffi_modules", "cffi"},
	{"pbr", "pbr"},
	{"rust_extensions", "setuptools-rust"},
	{"use_scm_version", "setuptools-scm"},
	{"setuptools_git_versioning", "setuptools-git-versioning"},
}

// imported are the modules of projects that a setup.py needs, by the first part of their names. A module that the tree
// has itself is none of these.
var imported = map[string]string{
	"Cython": "cython", "numpy": "numpy", "cffi": "cffi", "pybind11": "pybind11", "nanobind": "nanobind", "skbuild": "scikit-build",
	"setuptools_rust": "setuptools-rust", "setuptools_scm": "setuptools-scm", "pkgconfig": "pkgconfig", "pythran": "pythran",
	"jupyter_packaging": "jupyter-packaging", "mypyc": "mypy", "packaging": "packaging", "pbr": "pbr", "sipbuild": "sip",
	"torch": "torch", "wheel": "wheel", "toml": "toml", "tomli": "tomli", "babel": "babel", "six": "six", "requests": "requests",
	"extension_helpers": "extension-helpers", "cmake": "cmake", "pyqtbuild": "pyqt-builder",
	"setuptools_git_versioning": "setuptools-git-versioning", "semantic_version": "semantic-version",
}

// setuptools is what setuptools asks for. Its hook runs setup.py.
func (r *reader) setuptools() {
	r.addIfMissing("wheel")
	if text, err := fs.ReadFile(r.tree, "setup.cfg"); err == nil {
		r.add(setupRequires(string(text))...)
	}
	source, err := fs.ReadFile(r.tree, "setup.py")
	if err != nil {
		return
	}
	r.imports(syntax.Parse(source))
	call, err := setuppy.Read(source, r.tree, r.shown)
	switch {
	case errors.Is(err, setuppy.ErrNoCall) && !r.mentioned():
		return
	case errors.Is(err, setuppy.ErrNoCall):
		r.unknown("what its setup.py requires for a build is not known: " + err.Error())
		return
	case err != nil:
		return
	}
	if v := call.Get("setup_requires"); v.Kind != setuppy.Lost || r.mentioned("setup_requires") {
		r.keyword(v)
	}
	for _, p := range plugins {
		v := call.Get(p.keyword)
		if v.Kind != setuppy.Absent && v.Kind != setuppy.Lost && v.Text != "False" {
			r.addIfMissing(p.project)
		}
	}
}

// mentioned says whether a module beside setup.py has one of some words, which are all that setup asks for a build by if
// none is given. What it is given that is not known cannot have a keyword that nobody writes.
func (r *reader) mentioned(words ...string) bool {
	if words == nil {
		words = []string{"setup_requires"}
		for _, p := range plugins {
			words = append(words, p.keyword)
		}
	}
	files, _ := fs.Glob(r.tree, "*.py")
	for _, name := range files {
		data, err := fs.ReadFile(r.tree, name)
		if err != nil || slices.ContainsFunc(words, func(word string) bool { return strings.Contains(string(data), word) }) {
			return true
		}
	}
	return false
}

// keyword takes the value of setup_requires.
func (r *reader) keyword(v setuppy.Value) {
	switch v.Kind {
	case setuppy.Lost:
		r.unknown("setup_requires of its setup.py is not known: " + v.Unknown.Reason)
	case setuppy.Text:
		r.add(lines(v.Text)...)
	case setuppy.List:
		for _, item := range v.Items {
			switch {
			case item.Marker == "":
				r.add(item.Text)
			case strings.Contains(item.Text, ";"):
				text, own, _ := strings.Cut(item.Text, ";")
				r.add(strings.TrimSpace(text) + " ; (" + strings.TrimSpace(own) + ") and (" + item.Marker + ")")
			default:
				r.add(item.Text + " ; " + item.Marker)
			}
		}
	}
}

// imports takes the projects of the modules that are imported at the top of a setup.py, on every way through it.
func (r *reader) imports(list []syntax.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case syntax.Import:
			for _, name := range s.Names {
				r.module(name.Name)
			}
		case syntax.From:
			if s.Dots == 0 {
				r.module(s.Module)
			}
		}
	}
}

func (r *reader) module(dotted string) {
	name, _, _ := strings.Cut(dotted, ".")
	project := imported[name]
	if project == "" || r.hasModule(name) {
		return
	}
	r.addIfMissing(project)
}

func (r *reader) hasModule(name string) bool {
	for _, file := range []string{name + ".py", name + "/__init__.py"} {
		if _, err := fs.Stat(r.tree, file); err == nil {
			return true
		}
	}
	return false
}

// setupRequires is setup_requires of a setup.cfg.
func setupRequires(text string) []string {
	section, ours, value := "", false, []string{}
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';':
		case line[0] == ' ' || line[0] == '\t':
			if ours {
				value = append(value, trimmed)
			}
		case trimmed[0] == '[':
			section, ours = strings.Trim(trimmed, "[]"), false
		default:
			i := strings.IndexAny(trimmed, "=:")
			if i < 0 {
				continue
			}
			key := strings.ReplaceAll(strings.TrimSpace(trimmed[:i]), "-", "_")
			ours = section == "options" && key == "setup_requires"
			if ours {
				value = append(value, trimmed[i+1:])
			}
		}
	}
	all := strings.Join(value, "\n")
	if len(value) == 1 {
		all = strings.ReplaceAll(all, ";", "\n") // as setuptools takes a value of one line apart
	}
	return lines(all)
}

// lines are the requirements of a text, one a line.
func lines(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}
