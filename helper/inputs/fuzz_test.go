package inputs

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"mach/helper/diag"
	"mach/tests/fuzzing"
)

// tryAll reads sources: whatever they hold, nothing crashes, errors can be printed, and every place is in its line.
func tryAll(t *testing.T, s Sources) {
	in, err := Read(s)
	diag.Print(io.Discard, err, true)
	if err != nil {
		return
	}
	for _, r := range append(in.Requirements, in.Constraints...) {
		if col := r.Where.Col; col < 1 || col > len(r.Source) {
			t.Errorf("%s: column %d is not in %q", r.Requirement, col, r.Source)
		}
	}
}

func FuzzRequirements(f *testing.F) {
	for _, s := range []string{
		"flask>=3 # x\n-r b\n--hash=sha256:ab\n", "a \\\n  ==1 --pre", "\xff\xfea\x00", "# coding: latin-1\na\xe9",
		"${V}${W}\\\n${V}", "-e 'x' \"y\\\"\"", "\\\n\\\n a\\\n#b",
	} {
		f.Add([]byte(s))
	}
	f.Setenv("V", "==1")
	f.Setenv("W", "\n x")
	name := filepath.Join(f.TempDir(), "r.txt")
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		tryAll(t, Sources{Files: []string{name}})
	})
}

func FuzzProject(f *testing.F) {
	for _, s := range []string{
		"[project]\nname='a'\ndependencies=['a>1',\"\\u0041\"]\n[project.optional-dependencies]\nx=['a[x]']",
		"project={dependencies=['a'],optional-dependencies={x=[]}}",
		"project.dependencies=['a']\nproject.requires-python='>3'",
		"project={name='b',dependencies=['a','b']}\n[tool.uv]\nsources={a=[{index='i',marker=\"os_name=='nt'\"},{workspace=true}]}\nindex=[{name='i',url='x'}]\nworkspace.members=['**']",
		"[tool.uv.workspace]\nmembers=['*']\n[[tool.pdm.source]]\nurl='https://a:${B}@c'\nname='d'\n[[tool.poetry.source]]\nname='pypi'\n",
	} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		if err := os.WriteFile(filepath.Join(dir, "pyproject.toml"), data, 0o666); err != nil {
			t.Fatal(err)
		}
		tryAll(t, Sources{Arguments: []string{dir}, Extras: []string{"x"}})
	})
}

// fuzzFile reads what is fuzzed as a file of a name.
func fuzzFile(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	name = filepath.Join(f.TempDir(), name)
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		tryAll(t, Sources{Files: []string{name}, AllGroups: filepath.Base(name) == "Pipfile"})
	})
}

func FuzzPipfile(f *testing.F) {
	fuzzFile(f, "Pipfile", "[[source]]\nname='m'\nurl='https://${X}@index.example/s'\nverify_ssl=false\n[packages]\na='*'\n",
		"[dev-packages]\na={version='>1',extras=['x'],markers=\"os_name=='nt'\",sys_platform=\"== 'linux'\",index='m'}\n[packages.b]\ngit='git@index.example:o/b'\nref='v1'",
		"packages={a={path='.',editable=true},\"b.c\"={file='https://index.example/b.zip'}}\nrequires.python_version='3.11'\npipenv.allow_prereleases=true")
}

func FuzzConda(f *testing.F) {
	fuzzFile(f, "environment.yml", "dependencies:\n- python=3.11\n- c::numpy=1.21=py_0 # x\n- 'pandas >=1, <2'\n- pip:\n  - a==1\n  - -r b\n",
		"dependencies: [a, \"b\\u0041\", 'c[version=\">1\"]', {pip: [a]}]", "a: &x [b]\ndependencies: *x\n", "dependencies:\n- pip:\n  - >\n    a\n    ==1\n  - |\n    ${HOME}\n")
}

func FuzzScript(f *testing.F) {
	fuzzFile(f, "app.py", "# /// script\n# dependencies = ['a>1', \"\\u0041\"]\n# requires-python = '>=3'\n#\n# [tool.uv]\n# sources = {}\n# ///\n",
		"# /// script\r\n# dependencies = [\r\n#  'a'\r\n# ]\r\n# ///")
}
