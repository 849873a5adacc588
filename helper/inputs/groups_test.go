package inputs

import (
	"strings"
	"testing"
)

func TestGroups(t *testing.T) {
	tests := []struct{ why, args, file, want string }{
		{"a group, and those that it includes, each once", "./ --group Dev", `
[project]
dependencies = ["app"]
[dependency-groups]
dev = [
  "lint>=1", # comments may stand here
  { include-group = "test" }, {include-group="T.2"},
]
test = ["pytest", { include-group = "t_2" }]
t-2 = ["cov"]
other = ["none"]
`, `
pyproject.toml:2:18: app
pyproject.toml:5:4: lint>=1 [dev group]
pyproject.toml:8:10: pytest [dev group]
pyproject.toml:9:9: cov [dev group]
`},
		{"extras and groups: what is of several is there for each", "./ --extra x --extra y --group g --group h", `
[project]
name = "me"
[project.optional-dependencies]
x = ["a"]
y = ["b", "me[x]"]
[dependency-groups]
g = ["me[y]"]
h = [{ include-group = "g" }]
`, `
pyproject.toml:4:7: a [x]
pyproject.toml:5:7: b [y]
pyproject.toml:4:7: a [y]
pyproject.toml:5:7: b [g group]
pyproject.toml:4:7: a [g group]
pyproject.toml:5:7: b [h group]
pyproject.toml:4:7: a [h group]
`},
		{"all of them, in the order of their names", "./ --all-extras --all-groups", `
project.optional-dependencies = { B = ["b"], a = ["a"] }
dependency-groups = { D = ["d"], c = [ ] }
`, `
pyproject.toml:1:52: a [a]
pyproject.toml:1:41: b [b]
pyproject.toml:2:29: d [d group]
`},
		{"groups without a project", "./ --group g", `
[dependency-groups]
g = ["a"]
`, `
pyproject.toml:2:7: a [g group]
`},
		{"without groups that are asked for it is no project", "./", `
[dependency-groups]
g = ["a"]
`, `
error: pyproject.toml: there is no [project] table
hint: name its requirements file: mach lock -r requirements.txt
`},
		{"what is wrong with a group that nobody asks for is not said", "./", `
[project]
[dependency-groups]
g = "a"
`, ``},
		{"a group that is not there", "./ --group doc", `
[project]
[dependency-groups]
docs = []
dev = []
`, `
error: pyproject.toml has no group "doc"
hint: it has dev, docs
`},
		{"a group that a group lacks", "./ --group g", `
[project]
[dependency-groups]
g = [{ include-group = "h" }]
`, `
error: pyproject.toml:3:25: the project has no group "h"
  g = [{ include-group = "h" }]
                          ^
hint: it has g
`},
		{"groups that include each other", "./ --group a", `
[project]
[dependency-groups]
a = [{ include-group = "b" }]
b = [{ include-group = "c" }]
c = ["x", { include-group = "B" }]
`, `
error: pyproject.toml:5:30: the group includes itself: b includes c includes b
  c = ["x", { include-group = "B" }]
                               ^
`},
		{"what is neither a requirement nor another group", "./ --group g", `
[project]
[dependency-groups]
g = [{ set = "x" }, { include-group = "g", other = 1 }, 3, ["a"]]
`, `
error: pyproject.toml:3:8: a group has requirements and { include-group = "…" }, and nothing else
  g = [{ set = "x" }, { include-group = "g", other = 1 }, 3, ["a"]]
         ~~^
error: pyproject.toml:3:44: a group has requirements and { include-group = "…" }, and nothing else
  g = [{ set = "x" }, { include-group = "g", other = 1 }, 3, ["a"]]
                                             ~~~~^
error: pyproject.toml:3:1: a group has requirements and { include-group = "…" }, and nothing else
  g = [{ set = "x" }, { include-group = "g", other = 1 }, 3, ["a"]]
  ^
`},
		{"a group that is none", "./ --group g", `
[project]
[dependency-groups]
g = "a"
`, `
error: pyproject.toml:3:1: "g" is not of the type that PEP 735 gives it
  g = "a"
  ^
`},
		{"two names of one group", "./ --group dev", `
[project]
[dependency-groups]
dev = ["a"]
Dev = ["b"]
`, `
error: pyproject.toml:4:1: "dev" and "Dev" are one group
  Dev = ["b"]
  ~~^
`},
		{"a requirement that is wrong is said once, whatever it is of", "./ --group g --group h --extra x", `
[project]
name = "me"
dependencies = ["me[x]"]
optional-dependencies.x = ["a>="]
[dependency-groups]
g = ["b>="]
h = [{ include-group = "g" }]
`, `
error: pyproject.toml:4:32: not a version (PEP 440) after >=
  optional-dependencies.x = ["a>="]
                                 ^
error: pyproject.toml:6:10: not a version (PEP 440) after >=
  g = ["b>="]
           ^
`},
		{"a group of no project", "flask --group g", ``, `
error: group "g" of no project
hint: name the project's directory: mach lock ./ --group g
`},
		{"all groups of no project", "flask --all-groups", ``, `
error: all groups of no project
hint: name the project's directory: mach lock ./ --all-groups
`},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- pyproject.toml --"+tt.file)
			check(t, tt.want, read(strings.Fields(tt.args)...))
		})
	}
}
