package inputs

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/diag"
	"mach/helper/sdist"
)

// world writes the files of a text, each behind a line "-- name --", and goes to their directory.
func world(t *testing.T, text string) {
	t.Helper()
	t.Chdir(t.TempDir())
	_, text, _ = strings.Cut("\n"+text, "\n-- ")
	for text != "" {
		var file string
		file, text, _ = strings.Cut(text, "\n-- ")
		name, content, _ := strings.Cut(file, " --\n")
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// read reads the sources that args name as the command line does, and prints what came of it.
func read(args ...string) string {
	var s Sources
	for i := 0; i < len(args); i++ {
		switch args[i] {
		case "-r":
			i++
			s.Files = append(s.Files, args[i])
		case "-c":
			i++
			s.Constraints = append(s.Constraints, args[i])
		case "--extra":
			i++
			s.Extras = append(s.Extras, args[i])
		case "--group":
			i++
			s.Groups = append(s.Groups, args[i])
		case "--all-extras":
			s.AllExtras = true
		case "--all-groups":
			s.AllGroups = true
		default:
			s.Arguments = append(s.Arguments, args[i])
		}
	}
	s.Stdin = strings.NewReader("flask\nnumpy >> 1\n")
	s.Fetch = func(url string) ([]byte, error) {
		if text, ok := served[url]; ok {
			return []byte(text), nil
		}
		return nil, diag.World("%s: not found", url)
	}
	in, err := Read(s)
	var b strings.Builder
	if err != nil {
		diag.Print(&b, err, false)
		return b.String()
	}
	for _, r := range in.Requirements {
		printRequirement(&b, "", r)
	}
	for _, r := range in.Constraints {
		printRequirement(&b, "constraint ", r)
	}
	for _, ix := range in.Options.Indexes {
		fmt.Fprintf(&b, "index %s: %s\n", ix.Where, showIndex(ix))
	}
	for _, p := range in.Python {
		fmt.Fprintf(&b, "python %s: %s\n", p.Where, p.Specifiers)
	}
	for _, warning := range in.Warnings {
		fmt.Fprintf(&b, "warning %s\n", warning)
	}
	return b.String()
}

// served are the files on a server.
var served = map[string]string{
	"https://me:secret@index.example/reqs/c.txt": "numpy<2\n-r ../base.txt",
	"https://me:secret@index.example/base.txt":   "scipy<2",
	"https://index.example/bad.txt":              "-r worse.txt",
	"https://index.example/worse.txt":            "a\n?",
	"https://index.example/self.txt":             "-r self.txt",
}

func showIndex(ix *sdist.Index) string {
	words := []string{ix.Tool, ix.Name, ix.URL, ix.Variables}
	for _, word := range []struct {
		text string
		is   bool
	}{{"explicit", ix.Explicit}, {"default", ix.Default}, {"last", ix.Last}, {"links", ix.Links}} {
		if word.is {
			words = append(words, word.text)
		}
	}
	return strings.Join(strings.Fields(strings.Join(append(words, ix.Include...), " ")), " ")
}

func printRequirement(b *strings.Builder, kind string, r Requirement) {
	fmt.Fprintf(b, "%s%s: %s", kind, r.Where, r.Requirement)
	switch {
	case r.Extra != "":
		fmt.Fprintf(b, " [%s]", r.Extra)
	case r.Group != "":
		fmt.Fprintf(b, " [%s group]", r.Group)
	}
	for _, place := range r.Indexes {
		fmt.Fprintf(b, " from %s", place.Name)
		if place.Marker != nil {
			fmt.Fprintf(b, " where %s", place.Marker)
		}
	}
	if r.Editable {
		b.WriteString(" editable")
	}
	for _, h := range r.Hashes {
		fmt.Fprintf(b, " %s:%s…", h.Algorithm, h.Digest[:4])
	}
	b.WriteByte('\n')
}

func check(t *testing.T, want, got string) {
	t.Helper()
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

const sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestRequirements(t *testing.T) {
	tests := []struct{ why, file, want string }{
		{"requirements, comments and empty lines", `
# what we need
flask>=3   # the web
numpy <2 ; python_version < "3.13"

	uvicorn[standard]
`, `
r.txt:3:1: flask>=3
r.txt:4:1: numpy<2; python_version < "3.13"
r.txt:6:2: uvicorn[standard]
`},
		{"a # without white space before it is no comment", "a === 1#2 #3\n", "r.txt:1:1: a===1#2\n"},
		{"all three ends of line, and none at the end", "a\r\nb\rc\nd", "r.txt:1:1: a\nr.txt:2:1: b\nr.txt:3:1: c\nr.txt:4:1: d\n"},
		{"continued lines have the place where they begin", `
a >=1, \
  <2
b
`, "r.txt:2:1: a<2,>=1\nr.txt:4:1: b\n"},
		{"a continued last line", "a>=1,\\\n<2\\", "r.txt:1:1: a<2,>=1\n"},
		{"a comment within a continued line ends it", "a \\\n# why \\\nb\n", "r.txt:1:1: a\nr.txt:3:1: b\n"},
		{"a comment at the end of a continued line goes on", "a # b \\\nc\nd\n", "r.txt:1:1: a\nr.txt:3:1: d\n"},
		{"a continued line may begin empty", "\\\n  a\n", "r.txt:2:3: a\n"},
		{
			"hashes", "a==1 --hash=sha256:" + sha256 + " \\\n  --hash sha256:" + strings.ToUpper(sha256[1:]+"0") + "\n",
			"r.txt:1:1: a==1 sha256:0123… sha256:1234…\n",
		},
		{"a hyphen within a word begins no option", `a; platform_version > "4-x"` + "\n", "r.txt:1:1: a; platform_version > \"4-x\"\n"},
		{"a byte order mark", "\ufeffa\n", "r.txt:1:1: a\n"},
		{"UTF-16, little end first", "\xff\xfea\x00\n\x00b\x00", "r.txt:1:1: a\nr.txt:2:1: b\n"},
		{"UTF-16, big end first", "\xfe\xff\x00a\x00\n\x00b", "r.txt:1:1: a\nr.txt:2:1: b\n"},
		{"Latin-1, declared in the second line", "#!\n# -*- coding: latin-1 -*-\na # \xe9\n", "r.txt:3:1: a\n"},
		{"an encoding that is UTF-8 anyway", "# coding=utf_8\na # é\n", "r.txt:2:1: a\n"},
		{"nothing", "\n # nothing\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- r.txt --\n"+tt.file)
			check(t, tt.want, read("-r", "r.txt"))
		})
	}
}

func TestEnvironmentVariables(t *testing.T) {
	t.Setenv("V", "==3")
	t.Setenv("NAME_1", "flask")
	t.Setenv("EMPTY", "")
	t.Setenv("BAD", ">>1")
	tests := []struct{ why, file, want string }{
		{"are replaced", "${NAME_1}${V} ; python_version > '3'\n", "r.txt:1:1: flask==3; python_version > \"3\"\n"},
		{"within continued lines", "${NAME_1}[a,\\\n  b]${V}\n", "r.txt:1:1: flask[a,b]==3\n"},
		{"an error within the value is at the variable", "é==1\n${NAME_1}${BAD} # why\nx ${V} ?\n", `
error: r.txt:1:1: want a project's name
  é==1
  ^
error: r.txt:2:10: not a version (PEP 440) after >
  ${NAME_1}${BAD} # why
           ~~~~~^
error: r.txt:3:8: want a version specifier, ; or the end
  x ${V} ?
         ^
`},
		{"unset and empty ones, and other spellings, stay", "a @ x${EMPTY}\nb===$V\nc===${v}\n", `
error: r.txt:1:1: the environment variable EMPTY is not set
  a @ x${EMPTY}
  ~~~~~~~~~~~~^
hint: set it, as in: export EMPTY=…
`},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- r.txt --\n"+tt.file)
			check(t, tt.want, read("-r", "r.txt"))
		})
	}
}

func TestIncludes(t *testing.T) {
	tests := []struct{ why, args, files, want string }{
		{"a path begins at the file it stands in", "-r a.txt", `
-- a.txt --
-r sub/b.txt
a
-- sub/b.txt --
-r ../c.txt
b
-- c.txt --
c`, `
c.txt:1:1: c
sub/b.txt:2:1: b
a.txt:2:1: a
`},
		{"constraints ask for nothing", "-r a.txt -c d.txt", `
-- a.txt --
-c c.txt
a
-- c.txt --
c<3
-- d.txt --
d<4`, `
a.txt:2:1: a
constraint c.txt:1:1: c<3
constraint d.txt:1:1: d<4
`},
		{"what a constraints file includes by -r is required", "-c c.txt", `
-- c.txt --
-r a.txt
-- a.txt --
a`, `
a.txt:1:1: a
`},
		{"every way to write it", "-r a.txt", `
-- a.txt --
-rb.txt
--requirement=b.txt
--requirem "b.txt"
-r file:b.txt -r b.txt
-- b.txt --
b`, `
b.txt:1:1: b
b.txt:1:1: b
b.txt:1:1: b
b.txt:1:1: b
b.txt:1:1: b
`},
		{"a cycle is told with its chain", "-r a.txt", `
-- a.txt --
a
-r sub/b.txt
-- sub/b.txt --
--requirement ../a.txt`, `
error: sub/b.txt:1:15: a.txt includes itself
  --requirement ../a.txt
                ~~~~~~~^
  included from a.txt:2:4
hint: take this line out, or move what both files need into a third
`},
		{"a file may be included twice, if not by itself", "-r a.txt", `
-- a.txt --
-r b.txt
-r c.txt
-- b.txt --
-r c.txt
-- c.txt --
c`, `
c.txt:1:1: c
c.txt:1:1: c
`},
		{"an error of an included file tells the chain", "-r a.txt", `
-- a.txt --
-r b.txt
-- b.txt --

-c c.txt
-- c.txt --
c?`, `
error: c.txt:1:2: want a version specifier, ; or the end
  c?
   ^
  included from b.txt:2:4
  included from a.txt:1:4
`},
		{"a file that is missing", "-r a.txt -r d.txt", `
-- a.txt --
-r b.txt`, `
error: a.txt:1:4: b.txt: there is no such file
  -r b.txt
     ~~~~^
error: d.txt: there is no such file
`},
		{"a directory in the place of a file", "-r a.txt -r mine", `
-- a.txt --
-r ./mine
-- mine/b.txt --
`, `
error: a.txt:1:4: mine: it is a directory
  -r ./mine
     ~~~~~^
hint: if it is a project, name it without -r: mach lock ./mine
error: mine: it is a directory
hint: if it is a project, name it without -r: mach lock ./mine
`},
		{"a file on a server, and what it includes beside it", "-r a.txt", `
-- a.txt --
-c https://me:secret@index.example/reqs/c.txt`, `
https://index.example/base.txt:1:1: scipy<2
constraint https://index.example/reqs/c.txt:1:1: numpy<2
`},
		{"an error there tells the chain", "-r https://index.example/bad.txt", ``, `
error: https://index.example/worse.txt:2:1: want a project's name
  ?
  ^
  included from https://index.example/bad.txt:1:4
`},
		{"a file that is not there, and one that includes itself", "-r https://index.example/gone.txt -c https://index.example/self.txt", ``, `
error: requirements: https://index.example/gone.txt: not found
error: https://index.example/self.txt:1:4: https://index.example/self.txt includes itself
  -r self.txt
     ~~~~~~~^
hint: take this line out, or move what both files need into a third
`},
		{"constraints have names and are not edited", "-c c.txt", `
-- c.txt --
git+https://index.example/o/a
-e ./b
c @ git+https://index.example/o/c`, `
error: c.txt:1:1: a constraint has a name
  git+https://index.example/o/a
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~^
hint: write NAME @ git+https://index.example/o/a
error: c.txt:2:4: a constraint is not editable
  -e ./b
     ~~^
hint: leave out -e, and write it where the project is required
`},
		{"constraints have no extras", "-c c.txt", `
-- c.txt --
uvicorn[standard]<1`, `
error: c.txt:1:1: a constraint has no extras
  uvicorn[standard]<1
  ~~~~~~~~~~~~~~~~~~^
hint: write uvicorn<1 here, and the extras where it is required
`},
		{"standard input", "-r -", ``, `
error: <stdin>:2:8: not a version (PEP 440) after >
  numpy >> 1
         ~~^
`},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, tt.files+"\n")
			check(t, tt.want, read(strings.Fields(tt.args)...))
		})
	}
}

func TestArguments(t *testing.T) {
	tests := []struct {
		why  string
		args []string
		want string
	}{
		{"requirements", []string{"flask", "numpy<2; python_version<'4'"}, `
<argument 1>: flask
<argument 2>: numpy<2; python_version < "4"
`},
		{"a wrong one", []string{"flask", "numpy=1"}, `
error: <argument 2>: want one of == != ~= <= >= < > === before a version
  numpy=1
       ~^
hint: did you mean numpy==1
`},
		{"a file that wants -r", []string{"requirements.txt"}, `
error: <argument 1>: "requirements.txt" is a file, not a requirement
  requirements.txt
  ~~~~~~~~~~~~~~~^
hint: read it with: -r requirements.txt
`},
		{"also in a folder", []string{"reqs/dev.in"}, `
error: <argument 1>: "reqs/dev.in" is a file, not a requirement
  reqs/dev.in
  ~~~~~~~~~~^
hint: read it with: -r reqs/dev.in
`},
		{"a reference", []string{"a@https://index.example/a.zip"}, "<argument 1>: a @ https://index.example/a.zip\n"},
		{"a reference that cannot be read", []string{"a@hg+https://index.example/a"}, `
error: <argument 1>: version control by hg is not read here
  a@hg+https://index.example/a
  ~~~~~~~~~~~~~~~~~~~~~~~~~~~^
hint: take it from git, or from a release
`},
		{"a wheel is no directory", []string{"./dist/a-1-py3-none-any.whl"}, "<argument 1>:  @ ./dist/a-1-py3-none-any.whl\n"},
		{"none", nil, `
error: no requirements were given
hint: name some: mach lock flask
hint: or a file with them: mach lock -r requirements.txt
hint: or a project's directory: mach lock .
`},
		{"a project that was named as a file", []string{"-r", "app/pyproject.toml"}, `
error: app/pyproject.toml is a project, not a requirements file
hint: name its directory: mach lock ./app
`},
		{"a directory that is not there", []string{"./no"}, `
error: ./no: there is no such directory
`},
		{"an extra of nothing", []string{"flask", "--extra", "dev"}, `
error: extra "dev" of no project
hint: name the project's directory: mach lock ./ --extra dev
`},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) { check(t, tt.want, read(tt.args...)) })
	}
}

// The largest file of the main job.
func BenchmarkRead(b *testing.B) {
	b.Chdir(b.TempDir())
	var s strings.Builder
	for i := range 150 {
		fmt.Fprintf(&s, "project-%d[extra]>=1.%d,<2 ; python_version >= '3.9'  # why\n", i, i)
	}
	if err := os.WriteFile("r.txt", []byte(s.String()), 0o666); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(Sources{Files: []string{"r.txt"}}); err != nil {
			b.Fatal(err)
		}
	}
}
