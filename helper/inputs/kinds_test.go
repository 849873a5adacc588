package inputs

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestPipfile(t *testing.T) {
	tests := []struct{ why, args, file, want string }{
		{"versions, extras, markers", "", `[packages]
flask = "*"
Django = ">=4,<5"
uvicorn = { version = "~=0.30", extras = ["standard"] }
"zope.interface" = {version = "*", markers = "python_version < '3.9' or os_name == 'nt'", sys_platform = "== 'linux'"}
[packages.celery]
version = "*"
`, `
Pipfile:2:1: flask
Pipfile:3:1: Django<5,>=4
Pipfile:4:1: uvicorn[standard]~=0.30
Pipfile:5:2: zope.interface; (python_version < "3.9" or os_name == "nt") and sys_platform == "linux"
Pipfile:6:11: celery
`},
		{"what pipenv reads beside: a version alone, and extras behind the name", "", `[packages]
flask = "3.0"
numpy = { version = "1.26.*" }
"ruamel.yaml[jinja2]" = { version = ">=0.17", extras = ["libyaml"] }
`, `
Pipfile:2:1: flask==3.0
Pipfile:3:1: numpy==1.26.*
Pipfile:4:2: ruamel.yaml[jinja2,libyaml]>=0.17
`},
		{"groups", "--group dev --group Docs", `[dev-packages]
pytest = "*"
[docs]
sphinx = "*"
[other]
more = "*"
`, "Pipfile:2:1: pytest [dev group]\nPipfile:4:1: sphinx [docs group]\n"},
		{"all groups", "--all-groups", "[dev-packages]\na = '*'\n[x]\nb = '*'\n", "Pipfile:2:1: a [dev group]\nPipfile:4:1: b [x group]\n"},
		{"references", "", `[packages]
a = { git = "https://index.example/o/a.git", ref = "v1", editable = true }
b = { git = "git@index.example:o/b.git", subdirectory = "lib" }
c = { file = "https://index.example/c-1.zip" }
`, `
Pipfile:2:14: a @ git+https://index.example/o/a.git@v1
Pipfile:3:14: b @ git+ssh://git@index.example/o/b.git#subdirectory=lib
Pipfile:4:15: c @ https://index.example/c-1.zip
`},
		{"the Python, of whose patch level there is one", "", "[requires]\npython_full_version = '3.11.4'\n[packages]\n", "python Pipfile:2:24: ==3.11.*\n"},
		{"indexes, and what is not known", "", `[[source]]
name = "main"
url = "https://${USER_NAME}@index.example/simple"
[[source]]
name = "other"
url = "https://index.example/other"
verify_ssl = false
[packages]
a = { version = "*", index = "other", colour = "red" }
`, `
Pipfile:9:1: a from other
index Pipfile:3:8: pipenv main https://${USER_NAME}@index.example/simple default
index Pipfile:6:8: pipenv other https://index.example/other explicit
warning Pipfile:9:39: a package has no field "colour": it is ignored
`},
		{"errors, all of them", "--all-groups", `[packages]
flask = "=>3"
a_ = "1.0"
b = { version = "banana", extras = "x" }
c = { markers = "python_versio < '3'" }
"d[d" = "*"
e = 1
f = { index = "none", version = "*" }
g = { svn = "https://index.example/g" }
h = { editable = true }
i = { git = "https://index.example/i", path = "." }
[dev]
j = { version = 1 }
`, `
error: Pipfile:2:10: want one of == != ~= <= >= < > === before a version
  flask = "=>3"
           ~~^
error: Pipfile:3:1: "a_" is no name of a project
  a_ = "1.0"
  ~^
error: Pipfile:4:18: want one of == != ~= <= >= < > === before a version
  b = { version = "banana", extras = "x" }
                   ~~~~~^
error: Pipfile:4:27: extras is a list, as in ["standard"]
  b = { version = "banana", extras = "x" }
                            ~~~~~^
error: Pipfile:5:18: want a marker variable or a quoted text
  c = { markers = "python_versio < '3'" }
                   ~~~~~~~~~~~~^
error: Pipfile:6:2: "d[d" is no name of a project
  "d[d" = "*"
   ~~^
error: Pipfile:7:1: want a version, as in "*" or ">=1", or a table
  e = 1
  ^
error: Pipfile:8:16: there is no source "none"
  f = { index = "none", version = "*" }
                 ~~~^
hint: add it: [[source]] with name = "none" and its url
error: Pipfile:9:7: version control by svn is not read here
  g = { svn = "https://index.example/g" }
        ~~^
hint: take it from git, or from a release
error: Pipfile:10:1: only a path can be edited
  h = { editable = true }
  ^
hint: leave editable out
error: Pipfile:11:48: a package comes from one place, and there are two
  i = { git = "https://index.example/i", path = "." }
                                                 ^
error: Pipfile:13:7: version has what is no text
  j = { version = 1 }
        ~~~~~~^
`},
		{"an error of TOML", "", "[packages]\na = \n", `
error: Pipfile:2:5: unexpected character U+000A at start of value
  a =
`},
		{"a group that is not there", "--group docs", "[packages]\na = '*'\n", "error: Pipfile has no group \"docs\"\nhint: it has dev\n"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- Pipfile --\n"+tt.file)
			check(t, tt.want, read(append(strings.Fields(tt.args), "-r", "Pipfile")...))
		})
	}
}

func TestConda(t *testing.T) {
	tests := []struct{ why, file, want string }{
		{"what it has in all", `name: app # ours
channels:
  - defaults
  - conda-forge
dependencies:
  - python=3.11.4
  - numpy=1.21
  - pandas 1.2.* py38_0
  - conda-forge::scipy==1.7.1=py39hee8e79c_0
  # why
  - "requests>=2,<3"   # why
  - pytorch::pytorch >= 2.0, < 3
  - matplotlib-base[version='>=3.5', build=py_0]
  - ray-default
  - pip
  - pip:
    - flask==2.0 ; python_version > "3"
    - click
    - 'rich[jupyter]'
prefix: /opt/app
`, `
environment.yml:7:5: numpy==1.21.*
environment.yml:8:5: pandas==1.2.*
environment.yml:9:5: scipy==1.7.1
environment.yml:11:6: requests<3,>=2
environment.yml:12:5: torch<3,>=2.0
environment.yml:13:5: matplotlib>=3.5
environment.yml:14:5: ray[default]
environment.yml:17:7: flask==2.0; python_version > "3"
environment.yml:18:7: click
environment.yml:19:8: rich[jupyter]
python environment.yml:6:5: ==3.11.*
`},
		{"versions", `dependencies:
- a=1.2.*
- b=1.2=py_0
- c 1.2
- d=*=*mkl*
- e>=1.*
- f ~=1.4
- g!=1.5
- h =1
- i=2.0.1=py39_0
`, `
environment.yml:2:3: a==1.2.*
environment.yml:3:3: b==1.2
environment.yml:4:3: c==1.2
environment.yml:5:3: d
environment.yml:6:3: e>=1
environment.yml:7:3: f~=1.4
environment.yml:8:3: g!=1.5
environment.yml:9:3: h==1.*
environment.yml:10:3: i==2.0.1
`},
		{"what pip reads beside", "dependencies:\n- pip:\n  - -r more.txt\n  - --pre\n", "more.txt:1:1: extra\n"},
		{"errors, all of them, and what is no project in one", `dependencies:
  - python=3.11
  - cudatoolkit=11.3
  - numpy=1.21|1.22
  - _libgcc_mutex=0.1
  - gcc_linux-64
  - scipy=new
  - r-base
  - {a: b}
  - pip:
    - flask=>3
    - [x]
  - pyspark[connect] >= 3.2
  - pyspark[version=1] 2
`, `
error: environment.yml:4:5: no requirement of Python has conda's | (or)
    - numpy=1.21|1.22
      ~~~~~~~~~~~~~~^
hint: choose one of them
error: environment.yml:7:5: "=new" is no version that Python's tools can read (PEP 440)
    - scipy=new
      ~~~~~~~~^
hint: leave it out, or write one: scipy>=1.0
error: environment.yml:9:5: want a package, or pip: with a list of requirements
    - {a: b}
      ^
error: environment.yml:11:12: want one of == != ~= <= >= < > === before a version
      - flask=>3
             ~~^
hint: did you mean flask>=3
error: environment.yml:12:7: want a requirement
      - [x]
        ^
error: environment.yml:13:5: "[connect] >= 3.2" is not what conda has in brackets
    - pyspark[connect] >= 3.2
      ~~~~~~~~~~~~~~~~~~~~~~^
hint: write it as in pyspark[version=">=1.0"], and extras of a Python project below pip:
error: environment.yml:14:5: "[version=1] 2" is not what conda has in brackets
    - pyspark[version=1] 2
      ~~~~~~~~~~~~~~~~~~~^
hint: write it as in pyspark[version=">=1.0"], and extras of a Python project below pip:
error: environment.yml:3:5: no Python projects: _libgcc_mutex, cudatoolkit, gcc_linux-64, r-base
    - cudatoolkit=11.3
      ~~~~~~~~~~~~~~~^
hint: take them out: wheels bring the libraries that they need, and programs come from nixpkgs
hint: what is a Python project by another name, write below pip: with that
`},
		{"an error of YAML", "dependencies:\n  - a\n - b: [\n", `
error: environment.yml:3:2: did not find expected key
   - b: [
   ^
`},
		{"nothing but a comment", "# none yet\n", `
error: environment.yml: there are no dependencies: this is no conda environment
hint: mach reads environment.yml, Pipfile, pyproject.toml, requirements.txt and scripts
`},
		{"no dependencies", "name: x\n", `
error: environment.yml: there are no dependencies: this is no conda environment
hint: mach reads environment.yml, Pipfile, pyproject.toml, requirements.txt and scripts
`},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- environment.yml --\n"+tt.file+"\n-- more.txt --\nextra\n")
			check(t, tt.want, read("-r", "environment.yml"))
		})
	}
}

func TestScript(t *testing.T) {
	tests := []struct{ why, file, want string }{
		{"what it needs", `#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "requests<3",
#   "rich",  # colours
# ]
#
# [tool.uv]
# constraint-dependencies = ["attrs<20"]
# override-dependencies = ["attrs"]
# [tool.uv.sources]
# rich = { git = "https://index.example/rich" }
# requests = { index = "own" }
# [[tool.uv.index]]
# name = "own"
# url = "https://index.example/own"
# ///

import requests
`, `
app.py:5:6: requests<3 from own
app.py:6:6: rich @ git+https://index.example/rich
constraint app.py:10:31: attrs<20
index app.py:17:10: uv own https://index.example/own UV_INDEX_OWN
python app.py:3:22: >=3.11
warning app.py:11:3: override-dependencies of uv are not obeyed
`},
		{"errors, all of them", "# /// script\n# requires-python = \">three\"\n# dependencies = [\"flask=>3\", \"a b\"]\n# ///\n", `
error: app.py:2:23: not a version (PEP 440) after >
  # requires-python = ">three"
                        ~~~~^
error: app.py:3:25: want one of == != ~= <= >= < > === before a version
  # dependencies = ["flask=>3", "a b"]
                          ~~^
hint: did you mean flask>=3
error: app.py:3:34: want a version specifier, ; or the end
  # dependencies = ["flask=>3", "a b"]
                                   ^
`},
		{"an error of TOML", "# /// script\n# dependencies = [\"a\"\n# ///\n", `
error: app.py:3:6: array is incomplete
  # ///
       ^
`},
		{"two blocks", "# /// script\n# ///\n\n# /// script\n# ///\n", `
error: app.py:4:1: there are two blocks "# /// script"
  # /// script
  ~~~~~~~~~~~^
hint: write all into the first
`},
		{"no end", "# /// script\n# dependencies = []\n\n# ///\n", `
error: app.py:1:1: the block has no end
  # /// script
  ~~~~~~~~~~~^
hint: end it with the line: # ///
`},
		{"no block", "import os\n", `
error: app.py: the script has no block that says what it needs (PEP 723)
hint: write one at its top:
  # /// script
  # dependencies = ["flask"]
  # ///
`},
		{"the wrong kinds of values", "# /// script\n# dependencies = \"a\"\n# requires-python = 3\n# ///\n", `
error: app.py:2:3: dependencies is a list, as in ["flask>=3"]
  # dependencies = "a"
    ~~~~~~~~~~~^
error: app.py:3:3: requires-python is a text, as in ">=3.11"
  # requires-python = 3
    ~~~~~~~~~~~~~~^
`},
		{"a block of another kind, and ends of line with CR", "# /// other\n# ///\r\n\r\n# /// script\r\n# dependencies = [\"a\"]\r\n# ///\r\n", "app.py:5:20: a\n"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- app.py --\n"+tt.file)
			check(t, tt.want, read("-r", "app.py"))
		})
	}
}

func BenchmarkPipfile(b *testing.B) {
	b.Chdir(b.TempDir())
	var s strings.Builder
	s.WriteString("[packages]\n")
	for i := range 90 {
		fmt.Fprintf(&s, "project-%d = { version = \">=1.%d,<2\", extras = [\"a\"], markers = \"python_version >= '3.9'\" }\n", i, i)
	}
	if err := os.WriteFile("Pipfile", []byte(s.String()), 0o666); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(Sources{Files: []string{"Pipfile"}}); err != nil {
			b.Fatal(err)
		}
	}
}
