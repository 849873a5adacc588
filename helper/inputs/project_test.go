package inputs

import (
	"strings"
	"testing"
)

func TestProject(t *testing.T) {
	tests := []struct{ why, args, file, want string }{
		{"dependencies and Python", "./", `
[project]
name = "me"
requires-python = ">=3.9"
dependencies = [
  "flask>=3", # the web
  'numpy; python_version < "3.13"',
]

[project.optional-dependencies]
dev = ["pytest"]
`, `
pyproject.toml:5:4: flask>=3
pyproject.toml:6:4: numpy; python_version < "3.13"
python pyproject.toml:3:20: >=3.9
`},
		{"extras, also of extras, each once", ". --extra All", `
[project]
name = "My_Project"
[project.optional-dependencies]
all = ["my.project[dev,web]", "a"]
dev = ["pytest"]
web = ["flask", "my-project[dev,all]"]
`, `
pyproject.toml:5:9: pytest [all]
pyproject.toml:6:9: flask [all]
pyproject.toml:4:32: a [all]
`},
		{"extras of the project itself under a marker", "./ --extra all", `
[project]
name = "me"
[project.optional-dependencies]
all = ["me[web]; python_version < '3.12'", "me[all]; os_name == 'nt'", "c"]
web = ["a; sys_platform == 'linux' or os_name == 'posix'", "b"]
`, `
pyproject.toml:5:9: a; (sys_platform == "linux" or os_name == "posix") and python_version < "3.12" [all]
pyproject.toml:5:61: b; python_version < "3.12" [all]
pyproject.toml:4:73: c [all]
`},
		{"from where uv takes a project", "./ --group dev", `
[project]
dependencies = ["a[x]>=1; os_name == 'nt'", "b"]
[dependency-groups]
dev = ["b"]
[tool.uv]
constraint-dependencies = ["c<2"]
[tool.uv.sources]
a = { git = "https://index.example/a", rev = "main" }
b = { path = "../b", editable = true, group = "dev" }
`, `
pyproject.toml:2:18: a[x] @ git+https://index.example/a@main ; os_name == "nt"
pyproject.toml:2:46: b
pyproject.toml:4:9: b @ ../b [dev group] editable
constraint pyproject.toml:6:29: c<2
`},
		{"sources of uv's for some targets, beside which there is the requirement for others", "./", `
[project]
dependencies = ["a>=1; python_version > '3'", "b"]
[tool.uv.sources]
a = [
  { git = "https://index.example/a", marker = "os_name == 'nt'" },
  { index = "own", marker = "os_name == 'posix'" },
]
b = [
  { index = "own", marker = "os_name == 'nt'" },
  { index = "other", marker = "os_name == 'posix'" },
]
[[tool.uv.index]]
name = "own"
url = "https://index.example/own"
explicit = true
[[tool.uv.index]]
name = "other"
url = "https://index.example/other"
`, `
pyproject.toml:2:18: a>=1; python_version > "3" from own where os_name == "posix"
pyproject.toml:2:18: a @ git+https://index.example/a ; python_version > "3" and os_name == "nt"
pyproject.toml:2:48: b from own where os_name == "nt" from other where os_name == "posix"
index pyproject.toml:14:8: uv own https://index.example/own UV_INDEX_OWN explicit
index pyproject.toml:18:8: uv other https://index.example/other UV_INDEX_OTHER
`},
		{"a marker of a source that is none", "./", `
[project]
dependencies = ["a"]
[tool.uv.sources]
a = { path = "a", marker = "os_nam == 'nt'" }
`, `
error: pyproject.toml:4:29: want a marker variable or a quoted text
  a = { path = "a", marker = "os_nam == 'nt'" }
                              ~~~~~^
`},
		{"indexes of Poetry, of which its PyPI is the user's own", "./", `
[tool.poetry]
name = "me"
[tool.poetry.dependencies]
a = [
  { version = "1", source = "One", markers = "os_name == 'nt'" },
  { version = "2", source = "pypi", markers = "os_name != 'nt'" },
]
[[tool.poetry.source]]
name = "one"
url = "https://index.example/one"
[[tool.poetry.source]]
name = "pypi"
priority = "explicit"
[[tool.poetry.source]]
name = "two.more"
url = "https://index.example/two"
[[tool.poetry.source]]
name = "three"
url = "https://index.example/three.html"
priority = "supplemental"
`, `
pyproject.toml:5:16: a==1; os_name == "nt" from one
pyproject.toml:6:16: a==2; os_name != "nt" from pypi
index pyproject.toml:10:8: poetry one https://index.example/one POETRY_HTTP_BASIC_ONE
index pyproject.toml:11:15: poetry pypi POETRY_HTTP_BASIC_PYPI explicit
index pyproject.toml:16:8: poetry two.more https://index.example/two POETRY_HTTP_BASIC_TWO_MORE default
index pyproject.toml:19:8: poetry three https://index.example/three.html POETRY_HTTP_BASIC_THREE last links
`},
		{"indexes of PDM, and what uv had before it had names", "./", `
[project]
name = "me"
[[tool.pdm.source]]
name = "pypi"
url = "https://index.example/all"
[[tool.pdm.source]]
name = "own"
url = "https://me:${SECRET}@index.example/own/simple"
include_packages = ["My_*"]
[[tool.pdm.source]]
name = "files"
url = "file:///${PROJECT_ROOT}/wheels"
type = "find_links"
[tool.uv]
index-url = "https://index.example/main"
extra-index-url = ["https://index.example/more"]
find-links = ["./links", "https://index.example/page"]
no-index = true
`, `
index pyproject.toml:16:21: uv https://index.example/more
index pyproject.toml:15:14: uv https://index.example/main default
index pyproject.toml:17:16: uv links links
index pyproject.toml:17:27: uv https://index.example/page links
index pyproject.toml:5:8: pdm pypi https://index.example/all default
index pyproject.toml:8:8: pdm own https://me:s3cret@index.example/own/simple my-*
index pyproject.toml:12:8: pdm files ./wheels links
warning pyproject.toml:18:1: no-index of uv is not obeyed: say --no-index
`},
		{"a workspace that is no project asks for its members, each with what it is to have", "./ --extra x --all-groups", `
[tool.uv.workspace]
members = ["libs/**", "app"]
exclude = ["libs/old/*"]
[dependency-groups]
test = ["pytest"]
-- app/pyproject.toml --
[project]
name = "app"
version = "1"
requires-python = ">=3.11"
dependencies = ["b", "e"]
optional-dependencies.X = ["f"]
[tool.uv.sources]
b = { workspace = true }
[dependency-groups]
lint = ["ruff"]
-- libs/a/pyproject.toml --
[project]
name = "A"
version = "1"
optional-dependencies.x = ["d"]
[build-system]
requires = ["z"]
-- libs/deep/er/pyproject.toml --
[project]
name = "b"
version = "1"
[build-system]
requires = ["z"]
-- libs/old/c/pyproject.toml --
[project]
name = "c"
`, `
app/pyproject.toml:5:18: b @ ../libs/deep/er editable
app/pyproject.toml:5:23: e
app/pyproject.toml:6:29: f [x]
pyproject.toml:1:10: a @ ./libs/a editable
pyproject.toml:1:10: a[x] @ ./libs/a [x] editable
pyproject.toml:1:10: b @ ./libs/deep/er editable
app/pyproject.toml:10:10: ruff [lint group]
pyproject.toml:5:10: pytest [test group]
python app/pyproject.toml:4:20: >=3.11
`},
		{"a member has what the root of its workspace says, but for what it says itself", "./app", `
[project]
name = "root"
[tool.uv]
constraint-dependencies = ["c<2"]
[tool.uv.workspace]
members = ["app"]
[tool.uv.sources]
a = { path = "lib" }
b = { path = "lib" }
c = { index = "shared" }
[[tool.uv.index]]
name = "shared"
url = "https://index.example/shared"
-- app/pyproject.toml --
[project]
name = "app"
dependencies = ["a", "b", "c", "root"]
[tool.uv]
constraint-dependencies = ["c<1"]
[tool.uv.sources]
b = { index = "mine" }
root = { workspace = true, editable = false }
[[tool.uv.index]]
name = "mine"
url = "https://index.example/mine"
`, `
app/pyproject.toml:3:18: a @ ../lib
app/pyproject.toml:3:23: b from mine
app/pyproject.toml:3:28: c from shared
app/pyproject.toml:3:33: root @ ..
constraint pyproject.toml:4:29: c<2
index pyproject.toml:13:8: uv shared https://index.example/shared UV_INDEX_SHARED
`},
		{"a member that its workspace does not name as a source", "./", `
[project]
name = "root"
dependencies = ["App"]
[tool.uv.workspace]
members = ["app"]
-- app/pyproject.toml --
[project]
name = "app"
`, `
pyproject.toml:3:18: App
warning pyproject.toml:3:18: App is a member of the workspace, and is taken from elsewhere: write App = { workspace = true } under [tool.uv.sources]
`},
		{"a member whose workspace is not here, though its directory is named", "./a ./lib", `
-- a/pyproject.toml --
[project]
name = "a"
dependencies = ["lib"]
[tool.uv.sources]
lib = { workspace = true }
-- lib/pyproject.toml --
[project]
name = "lib"
dependencies = ["b"]
`, "lib/pyproject.toml:3:18: b\n"},
		{"a member whose workspace is not here", "./a", `
-- a/pyproject.toml --
[project]
name = "a"
dependencies = ["lib"]
[tool.uv.sources]
lib = { workspace = true }
`, `
error: a/pyproject.toml:5:9: lib is to be a member of uv's workspace, and there is none around a
  lib = { workspace = true }
          ~~~~~~~~^
hint: name its directory: lib = { path = "../lib", editable = true }
`},
		{"a member whose file cannot be read", "./ ./app", `
[tool.uv.workspace]
members = ["app", "lib"]
-- app/pyproject.toml --
[project]
name = "app"
dependencies = ["lib"]
[tool.uv.sources]
lib = { workspace = true }
-- lib/pyproject.toml --
[project]
name = "lib"
name = "lib"
`, `
error: lib/pyproject.toml:3:1: key name is already defined
  name = "lib"
  ^
`},
		{"a workspace without members", "./", `
[tool.uv.workspace]
members = ["none/*"]
`, `
error: pyproject.toml: there is no [project] table, and the workspace has no members
hint: name their directories: [tool.uv.workspace] with members = ["packages/*"]
`},
		{"the file itself may be named", "pyproject.toml ./pyproject.toml", `
[project]
dependencies = ["a"]
`, `
pyproject.toml:2:18: a
pyproject.toml:2:18: a
`},
		{"other ways to write TOML", "./ --extra x", `
project = { "name" = 'me', dependencies = ["a"], optional-dependencies = { x = ["b"] } }
`, `
pyproject.toml:1:45: a
pyproject.toml:1:82: b [x]
`},
		{"dotted keys", "./", `
project.dependencies = ["a", """b"""]
`, `
pyproject.toml:1:26: a
pyproject.toml:1:33: b
`},
		{"an error within a string", "./", `
[project]
dependencies = ["a>=1", "b>=banana", "c"]
requires-python = ">= three"
`, `
error: pyproject.toml:2:29: not a version (PEP 440) after >=
  dependencies = ["a>=1", "b>=banana", "c"]
                              ~~~~~^
error: pyproject.toml:3:23: not a version (PEP 440) after >=
  requires-python = ">= three"
                        ~~~~^
`},
		{"a string with escapes is marked as a whole", "./", `
[project]
dependencies = ["b\u003e=banana"]
`, `
error: pyproject.toml:2:17: not a version (PEP 440) after >=
  dependencies = ["b\u003e=banana"]
                  ~~~~~~~~~~~~~~~^
`},
		{"no TOML", "./", `
[project]
name = "a
`, `
error: pyproject.toml:2:10: basic strings cannot have new lines
  name = "a
           ^
`},
		{"a key twice", "./", `
[project]
name = "a"
name = "b"
`, `
error: pyproject.toml:3:1: key name is already defined
  name = "b"
  ^
`},
		{"a type that is wrong", "./", `
[project]
dependencies = { flask = "3" }
name = 1
`, `
error: pyproject.toml:2:1: "dependencies" is not of the type that PEP 621 gives it
  dependencies = { flask = "3" }
  ~~~~~~~~~~~^
error: pyproject.toml:3:1: "name" is not of the type that PEP 621 gives it
  name = 1
  ~~~^
`},
		{"a table where an array belongs", "./", `
[project.dependencies]
flask = "3"
`, `
error: pyproject.toml:1:10: "dependencies" is not of the type that PEP 621 gives it
  [project.dependencies]
           ~~~~~~~~~~~^
`},
		{"dependencies that a backend makes", "./", `
[project]
dynamic = ["version", "dependencies"]
`, `
error: pyproject.toml:2:24: its dependencies cannot be known without a build: that is dynamic, and no file that can be read says it
  dynamic = ["version", "dependencies"]
                         ~~~~~~~~~~~^
hint: write them down in pyproject.toml under [project], as in: dependencies = ["flask>=3"]
`},
		{"no project", "./", `
[tool.other]
`, `
error: pyproject.toml: there is no [project] table
hint: name its requirements file: mach lock -r requirements.txt
`},
		{"an extra that is not there", "./ --extra test", `
[project]
[project.optional-dependencies]
web = []
dev = []
`, `
error: pyproject.toml has no extra "test"
hint: it has dev, web
`},
		{"an extra that an extra lacks", "./ --extra all", `
[project]
name = "me"
[project.optional-dependencies]
all = ["me[dev]"]
`, `
error: pyproject.toml:4:9: the project has no extra "dev"
  all = ["me[dev]"]
          ~~~~~~^
hint: it has all
`},
		{"no pyproject.toml", "./src/", "\n-- src/app.py --\n", `
error: ./src/: there is neither pyproject.toml nor setup.py or setup.cfg
hint: name its requirements file: mach lock -r src/requirements.txt
`},
	}
	t.Setenv("SECRET", "s3cret")
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- pyproject.toml --"+tt.file)
			check(t, tt.want, read(strings.Fields(tt.args)...))
		})
	}
}
