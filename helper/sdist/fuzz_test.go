package sdist

import (
	"strings"
	"testing"
	"testing/fstest"

	"mach/tests/fuzzing"
)

// tryTree reads a tree: whatever it holds, nothing crashes, and every place is in its line.
func tryTree(t *testing.T, files fstest.MapFS) {
	p, err := Read(files, ".")
	if err != nil {
		return
	}
	_ = says(p, nil)
	_, _ = p.Metadata()
	all := append([]Text{p.Name, p.Version, p.RequiresPython}, p.Dependencies...)
	for _, list := range p.Extras {
		all = append(all, list...)
	}
	for _, g := range p.Groups {
		all = append(all, g.Requirements...)
	}
	for _, u := range p.Unknown {
		all = append(all, u.Text)
	}
	for _, text := range all {
		at := text.Origin()
		if text.file != nil && (at.Where.Col < 1 || at.Where.Col > len(at.Source)+1) {
			t.Errorf("%q: column %d is not in %q", text.Value, at.Where.Col, at.Source)
		}
	}
}

func FuzzPyproject(f *testing.F) {
	for _, s := range []string{
		"[project]\nname='a'\ndependencies=['a>1',\"\\u0041\"]\n[project.optional-dependencies]\nx=['a[x]']",
		"[tool.poetry]\nname='a'\n[tool.poetry.dependencies]\npython='^3 || ~2.7'\na={version='^1',extras=['x']}\nb=[{git='g'},{path='p'}]",
		"[dependency-groups]\na=[{include-group='b'}]\nb=['c']\n[tool.hatch.envs.x]\nfeatures=['a']\ntemplate='x'",
		"[tool.uv.sources]\na=[{url='u'}]\n[[tool.poetry.source]]\nname='x'",
		"[tool.flit.metadata]\nmodule='a'\nrequires=['b']\n[tool.pdm.dev-dependencies]\nt=['-e file:///${PROJECT_ROOT}/s#egg=s']",
		"[project]\ndynamic=['version','dependencies']\n[tool.setuptools.dynamic]\nversion={attr='a.b'}\ndependencies={file='r'}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		tryTree(t, fstest.MapFS{
			"pyproject.toml": {Data: data}, "r": {Data: []byte("a\nb # c\n")}, "a.py": {Data: []byte("b = '1'\n__version__ = '2'\n")},
		})
	})
}

func FuzzSetupCfg(f *testing.F) {
	for _, s := range []string{
		"[metadata]\nname = a\nversion = attr: a.b\n[options]\ninstall_requires =\n  a\n  # b\n  c; \\\n  d\n[options.extras_require]\nx = file: r\n",
		"[options.extras_require]\na = %(b)s\nb = %(a)s %% %(c)s\nc = x; y\r\n  z",
		"a = b\n[x]\n[x]", "[options]\npackage_dir =\n  = src\ninstall-requires : a;b",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		tryTree(t, fstest.MapFS{"setup.cfg": {Data: data}, "r": {Data: []byte(strings.Repeat("a\n", 3))}, "a.py": {Data: []byte("b = '1'\n")}})
	})
}

func FuzzRequirements(f *testing.F) {
	for _, s := range []string{"a\nb # c\n", "a; \\\n os_name == 'x'\n", "#\n\\\n", " \\"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		tryTree(t, fstest.MapFS{
			"pyproject.toml": {Data: []byte("[project]\ndynamic=['dependencies']\n[tool.setuptools.dynamic]\ndependencies={file='r.txt'}\n")},
			"r.txt":          {Data: data},
		})
	})
}

func FuzzInfo(f *testing.F) {
	for _, s := range []string{
		"Metadata-Version: 2.2\nName: a\nVersion: 1\nRequires-Dist: b>1; extra == 'x'\nProvides-Extra: x\nDynamic: requires-dist\n\ntext",
		"Name: a\r\nVersion: 1\r\nRequires-Python: >=3\r\n",
	} {
		f.Add([]byte(s), []byte("a\n[x:python_version<'3']\nb\n"))
	}
	f.Fuzz(func(t *testing.T, info, requires []byte) {
		defer fuzzing.Watch(t, len(info)+len(requires))()
		tryTree(t, fstest.MapFS{
			"PKG-INFO": {Data: []byte(InfoHead(string(info)))}, "setup.py": {Data: []byte("setup()")}, "a.egg-info/requires.txt": {Data: requires},
		})
	})
}

func FuzzSetupPy(f *testing.F) {
	for _, s := range []string{
		"from setuptools import setup\nsetup(name='a', version='1', install_requires=open('r').read().splitlines(), extras_require={'x': ['b']})",
		"import re\nsetup(**dict(version=re.search('[0-9]+', 'a1').group(0), python_requires='>=3', setup_requires=['x']*3))",
	} {
		f.Add([]byte(s), []byte("[options]\ninstall_requires = a\n"))
	}
	f.Fuzz(func(t *testing.T, setup, config []byte) {
		defer fuzzing.Watch(t, len(setup)+len(config))()
		tryTree(t, fstest.MapFS{"setup.py": {Data: setup}, "setup.cfg": {Data: config}, "r": {Data: []byte("a\nb # c\n")}})
	})
}

func FuzzPoetry(f *testing.F) {
	for _, s := range []string{"^1.2 || ~2", ">=1,<2 !=1.5.*", "1.*", "^0.0.3-beta", "== 1 | x", "~=1.0post1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		defer fuzzing.Watch(t, len(text))()
		if strings.ContainsAny(text, "'\n\r") {
			return
		}
		tryTree(t, fstest.MapFS{"pyproject.toml": {Data: []byte(
			"[tool.poetry]\nname='a'\nversion='1'\n[tool.poetry.dependencies]\npython='" + text + "'\na='" + text + "'\nb=[{version='" + text + "',python='" + text + "'}]\n")}})
	})
}
