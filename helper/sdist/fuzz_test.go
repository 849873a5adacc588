package sdist

import (
	"strings"
	"testing"
	"testing/fstest"
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
		tryTree(t, fstest.MapFS{"setup.cfg": {Data: data}, "r": {Data: []byte(strings.Repeat("a\n", 3))}, "a.py": {Data: []byte("b = '1'\n")}})
	})
}

func FuzzRequirements(f *testing.F) {
	for _, s := range []string{"a\nb # c\n", "a; \\\n os_name == 'x'\n", "#\n\\\n", " \\"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tryTree(t, fstest.MapFS{
			"pyproject.toml": {Data: []byte("[project]\ndynamic=['dependencies']\n[tool.setuptools.dynamic]\ndependencies={file='r.txt'}\n")},
			"r.txt":          {Data: data},
		})
	})
}
