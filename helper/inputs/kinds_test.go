package inputs

import (
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
		{"errors, all of them", "--all-groups", `[packages]
flask = "=>3"
a_ = "1.0"
b = { version = "banana", extras = "x" }
c = { markers = "python_versio < '3'" }
"d d" = "*"
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
`},
		{"an error of TOML", "", "[packages]\na = \n", ``},
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
`, ``},
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
`, ``},
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
`, ``},
		{"an error of YAML", "dependencies:\n  - a\n - b: [\n", ``},
		{"no dependencies", "name: x\n", ``},
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
# [tool.uv.sources]
# rich = { git = "https://index.example/rich" }
# ///

import requests
`, ``},
		{"errors, all of them", "# /// script\n# requires-python = \">three\"\n# dependencies = [\"flask=>3\", \"a b\"]\n# ///\n", ``},
		{"an error of TOML", "# /// script\n# dependencies = [\"a\"\n# ///\n", ``},
		{"two blocks", "# /// script\n# ///\n\n# /// script\n# ///\n", ``},
		{"no end", "# /// script\n# dependencies = []\n\n# ///\n", ``},
		{"no block", "import os\n", ``},
		{"the wrong kinds of values", "# /// script\n# dependencies = \"a\"\n# requires-python = 3\n# ///\n", ``},
		{"a block of another kind, and ends of line with CR", "# /// other\n# ///\r\n\r\n# /// script\r\n# dependencies = [\"a\"]\r\n# ///\r\n", "app.py:5:20: a\n"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- app.py --\n"+tt.file)
			check(t, tt.want, read("-r", "app.py"))
		})
	}
}
