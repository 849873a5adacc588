package sdist

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// tree is a file system of a text: what stands before the first line "-- name --" is pyproject.toml.
func tree(text string) fs.FS {
	files := fstest.MapFS{}
	for i, part := range strings.Split("\n"+text, "\n-- ") {
		name, content, _ := strings.Cut(part, " --\n")
		if i == 0 {
			if name, content = "pyproject.toml", strings.TrimPrefix(part, "\n"); strings.TrimSpace(content) == "" {
				continue
			}
		}
		files[name] = &fstest.MapFile{Data: []byte(content + "\n")}
	}
	return files
}

// says is a project in words, each with the line where it is written.
func says(p *Project, err error) string {
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var b strings.Builder
	line := func(what string, t Text) {
		b.WriteString(strings.TrimSpace(what + " " + t.Value))
		if t.Editable {
			b.WriteString(" editable")
		}
		if t.Index != "" {
			b.WriteString(" from " + t.Index)
		}
		if at := t.Origin().Where; at.File != "pyproject.toml" && at.File != "" {
			fmt.Fprintf(&b, " (%s:%d)", at.File, at.Line)
		} else if at.File != "" {
			fmt.Fprintf(&b, " (%d)", at.Line)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintln(&b, strings.TrimSpace("kind "+p.Kind))
	for _, one := range []struct {
		what string
		Text
	}{{"name", p.Name}, {"version", p.Version}, {"python", p.RequiresPython}} {
		if one.Value != "" {
			line(one.what, one.Text)
		}
	}
	for _, t := range p.Dependencies {
		line("needs", t)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Extras)) {
		if len(p.Extras[name]) == 0 {
			fmt.Fprintf(&b, "extra %s\n", name)
		}
		for _, t := range p.Extras[name] {
			line("extra "+name+":", t)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Groups)) {
		for _, t := range p.Groups[name].Requirements {
			line("group "+name+":", t)
		}
		for _, err := range p.Groups[name].Errors {
			fmt.Fprintf(&b, "group %s: error: %v\n", name, err)
		}
	}
	for _, t := range p.Constraints {
		line("constraint", t)
	}
	for _, s := range p.Sources {
		from := s.Reference
		from.Value = strings.TrimSpace(strings.Join(strings.Fields(fmt.Sprint(s.Reference.Value, " ", s.Index.Value, " ", s.Marker.Value, " ", s.Extra, " ", s.Group)), " "))
		line("source "+s.Project+":", from)
	}
	for _, u := range p.Unknown {
		fmt.Fprintf(&b, "error: %v\n", u.Error())
	}
	if p.Recorded != nil {
		fmt.Fprintf(&b, "recorded %q %q\n", p.Recorded.RequiresDist, p.Recorded.ProvidesExtra)
	}
	for _, n := range p.Notes {
		line("note", Text{n.Reason, false, "", n.file, n.offset, n.span})
	}
	return b.String()
}

type formatTest struct{ why, tree, want string }

func checkFormats(t *testing.T, tests []formatTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			got := says(Read(tree(strings.TrimPrefix(tt.tree, "\n")), "."))
			if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPoetry(t *testing.T) {
	checkFormats(t, []formatTest{
		{"the old table, whole", `
[tool.poetry]
name = "App"
version = "1.0"
[tool.poetry.dependencies]
python = "^3.8"
a = "^1.2.3"
b = {version = "~2.1", extras = ["x", "y"], markers = "os_name == 'nt' or os_name == 'posix'", python = "<3.12"}
c = [
  {version = "<=1.9", python = "<3.8"},
  {version = "^2.0", python = ">=3.8"},
]
d = {version = "*", optional = true}
e = {version = "1.0", optional = true}
f = {path = "../f", develop = true}
g = {git = "https://index.example/g.git", tag = "v1", subdirectory = "sub"}
h = {url = "https://index.example/h.zip"}
i = {version = ">=1", platform = "linux"}
j = {version = "1.*", source = "private"}
k = {git = "git@index.example:team/k.git"}
[tool.poetry.extras]
All = ["d", "A"]
none = []
[tool.poetry.dev-dependencies]
pytest = "^7"
[tool.poetry.group.docs]
optional = true
include-groups = ["dev"]
[tool.poetry.group.docs.dependencies]
sphinx = "!=5.*"
`, `
kind poetry
name App (2)
version 1.0 (3)
python >=3.8,<4.0 (5)
needs b[x,y]>=2.1,<2.2; (os_name == "nt" or os_name == "posix") and python_version < "3.12" (7)
needs c<=1.9; python_version < "3.8" (9)
needs c>=2.0,<3.0; python_version >= "3.8" (10)
needs f @ ../f editable (14)
needs g @ git+https://index.example/g.git@v1#subdirectory=sub (15)
needs h @ https://index.example/h.zip (16)
needs i>=1; sys_platform == "linux" (17)
needs j==1.* from private (18)
needs k @ git+ssh://git@index.example/team/k.git (19)
extra all: a>=1.2.3,<2.0.0 (6)
extra all: d (12)
extra none
group dev: pytest>=7,<8 (24)
group docs: sphinx!=5.* (29)
group docs: pytest>=7,<8 (24)
`},
		{"beside [project] what is dynamic there, and groups", `
[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
[project]
name = "app"
dynamic = ["version", "dependencies"]
requires-python = ">=3.9"
[tool.poetry]
version = "2.0"
[tool.poetry.dependencies]
python = "^3.10"
a = "^1"
[tool.poetry.group.test.dependencies]
t = "*"
`, `
kind pep621
name app (5)
version 2.0 (9)
python >=3.9 (7)
needs a>=1,<2 (12)
group test: t (14)
`},
		{"what [project] has is only told where it comes from", `
[build-system]
build-backend = "poetry.core.masonry.api"
[project]
name = "app"
version = "1"
dependencies = ["a>=1", "b"]
[tool.poetry.dependencies]
a = {path = "a", develop = true}
b = {source = "own"}
`, `
kind pep621
name app (4)
version 1 (5)
needs a>=1 (6)
needs b (6)
source a: ./a editable (8)
source b: own
`},
		{"what is wrong", `
[tool.poetry]
name = "app"
[tool.poetry.dependencies]
a = ">=banana"
b = 3
c = "1.0 || >=2,!=3"
[tool.poetry.group.g.dependencies]
d = "^"
`, `
kind poetry
name app (2)
group g: error: pyproject.toml:8:6: "^" is no version constraint of Poetry
error: pyproject.toml:4:6: "banana" is no version (PEP 440)
error: pyproject.toml:5:1: a dependency is a version constraint, or a table with one
error: pyproject.toml:6:6: PEP 440 has no words for "1.0 || >=2,!=3"
`},
	})
}

// What Poetry calls a constraint, and what its wheels state for it.
func TestPoetryConstraints(t *testing.T) {
	for _, tt := range []struct{ text, specifiers, marker string }{
		{"*", "", ""},
		{"^1.2.3", ">=1.2.3,<2.0.0", `python_full_version >= "1.2.3" and python_full_version < "2.0.0"`},
		{"^0.2.3", ">=0.2.3,<0.3.0", ``},
		{"^0.0.3", ">=0.0.3,<0.0.4", ``},
		{"^0.0", ">=0.0,<0.1", ``},
		{"^0", ">=0,<1", ``},
		{"^3", ">=3,<4", `python_version >= "3" and python_version < "4"`},
		{"^1.0b1", ">=1.0b1,<2.0", ``},
		{"~1.2.3", ">=1.2.3,<1.3.0", ``},
		{"~1.2", ">=1.2,<1.3", ``},
		{"~1", ">=1,<2", ``},
		{"~=1.4.2", ">=1.4.2,<1.5.0", ``},
		{"1.2", "==1.2", `python_version == "1.2"`},
		{"= 1.2", "==1.2", ``},
		{"3.8.*", "==3.8.*", `python_version == "3.8"`},
		{"!=3.8.*", "!=3.8.*", `python_version != "3.8"`},
		{"3.x", "", ""},
		{">= 1.2 , < 2", ">=1.2,<2", `python_version >= "1.2" and python_version < "2"`},
		{">=1.2 <2.0 !=1.5", ">=1.2,<2.0,!=1.5", `python_version >= "1.2" and python_version < "2.0" and python_full_version != "1.5.0"`},
		{">3.6,<=3.9", ">3.6,<=3.9", `python_full_version > "3.6.0" and python_full_version <= "3.9.0"`},
		{"<>1.5", "!=1.5", ``},
		{"^1 || ^2", ">=1,<3", `((python_version >= "1" and python_version < "2") or (python_version >= "2" and python_version < "3"))`},
		{"^2 | ^1.5", ">=1.5,<3", ``},
		{"^1 || ^4", ">=1,<5,!=2.*,!=3.*", ``},
		{"<1.5 || >1.5", "!=1.5", ``},
		{"~1.2 || ~1.4", ">=1.2,<1.5,!=1.3.*", ``},
		{"1.0 || >=2", "", ""},
	} {
		c, err := parsePoetry(tt.text)
		if tt.text == "3.x" {
			if err == nil {
				t.Errorf("%q is read as %v", tt.text, c)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if got, _ := c.specifiers(); got != tt.specifiers {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.specifiers)
		}
		if got := c.marker(); tt.marker != "" && got != tt.marker {
			t.Errorf("%q: got the marker %q, want %q", tt.text, got, tt.marker)
		}
	}
}

func TestPoetryPython(t *testing.T) {
	c, err := parsePoetry("~2.7 || ^3.3")
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := c.specifiers(); got != "" {
		t.Errorf("versions of projects: got %q", got)
	}
	if got, _ := c.ofPython().specifiers(); got != ">=2.7,<4.0,!=3.0.*,!=3.1.*,!=3.2.*" {
		t.Errorf("versions of Python: got %q", got)
	}
}

func TestNothing(t *testing.T) {
	if _, err := Read(fstest.MapFS{"README": {}}, "."); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
