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
pyproject.toml:4:9: b @ ../b [dev group]
constraint pyproject.toml:6:29: c<2
`},
		{"a source of uv's for some targets", "./", `
[project]
dependencies = ["a"]
[tool.uv.sources]
a = { git = "https://index.example/a", marker = "os_name == 'nt'" }
`, `
pyproject.toml:2:18: a
warning pyproject.toml:4:14: not yet: a source for some targets only: a is taken from the index everywhere
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
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- pyproject.toml --"+tt.file)
			check(t, tt.want, read(strings.Fields(tt.args)...))
		})
	}
}
