package lock_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"mach/helper/lock"
	"mach/tests/fuzzing"
)

// TestReadForeign reads what other tools write: dates, tables of their own, files that only their URL names, empty arrays.
func TestReadForeign(t *testing.T) {
	const text = `# written by another tool
lock-version = "1.0"
created-by = "other"
requires-python = ">=3.9"
extras = []

[[packages]]
name = "foo"
version = "1.0"
marker = "python_full_version < '3.10'"
wheels = [
    { url = "https://index.example/foo-1.0-py3-none-any.whl", upload-time = 2024-01-31T12:00:00Z, size = 3, hashes = { sha256 = "%[1]s" } }, # a comment
]
dependencies = []
tool.other = { x = 1 }

[[packages]]
name = "foo"
version = "2.0"
marker = "python_full_version >= '3.10'"
[packages.sdist]
url = "https://index.example/foo-2.0.tar.gz"
upload-time = 2024-01-31T12:00:00.5Z
[packages.sdist.hashes]
sha256 = "%[1]s"

[tool.other]
flag = true
`
	got, err := lock.Read(fmt.Appendf(nil, text, strings.Repeat("1", 64)), "pylock.toml")
	want := &lock.Lock{
		RequiresPython: ">=3.9", CreatedBy: "other",
		Packages: []lock.Package{
			{
				Name: "foo", Version: "1.0", Marker: "python_full_version < '3.10'",
				Wheels: []lock.File{{URL: "https://index.example/foo-1.0-py3-none-any.whl", Size: 3, Hashes: hash("1")}},
			},
			{
				Name: "foo", Version: "2.0", Marker: "python_full_version >= '3.10'",
				Sdist: &lock.File{URL: "https://index.example/foo-2.0.tar.gz", Hashes: hash("1")},
			},
		},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n-want +got\n%s", err, diff)
	}
}

// TestReadTools reads locks in the form in which other tools write them.
func TestReadTools(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"testdata/pylock.uv.toml", `app 3.1.3 sdist 1 wheels
native 2.2.6 sdist 2 wheels; sys_platform == 'linux'
native 2.3.0 sdist 0 wheels; sys_platform != 'linux'
tool  vcs
here 0.1.0 directory`},
		{"testdata/pylock.pip.toml", `app 3.1.3 1 wheels
native 2.2.6 sdist 0 wheels
from-archive  archive`},
	} {
		t.Run(c.file, func(t *testing.T) {
			text, err := os.ReadFile(c.file)
			if err != nil {
				t.Fatal(err)
			}
			l, err := lock.Read(text, c.file)
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, p := range l.Packages {
				lines = append(lines, p.Name+" "+p.Version+" "+source(&p))
			}
			if diff := cmp.Diff(c.want, strings.Join(lines, "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if _, err := lock.Read(l.Marshal(), c.file); err != nil {
				t.Errorf("written again: %v", err)
			}
		})
	}
}

// source is what a package is made of, and its marker.
func source(p *lock.Package) string {
	text := fmt.Sprintf("%d wheels", len(p.Wheels))
	switch {
	case p.Sdist != nil:
		text = "sdist " + text
	case p.VCS != nil:
		text = "vcs"
	case p.Directory != nil:
		text = "directory"
	case p.Archive != nil:
		text = "archive"
	}
	if p.Marker != "" {
		text += "; " + p.Marker
	}
	return text
}

// TestReadTextErrors is about files that are no lock of this version, or no TOML.
func TestReadTextErrors(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"no lock", `a = 1`, `pylock.toml:1:1: lock-version: it is missing: this is no lock (PEP 751)`},
		{"a lock of the future", "lock-version = \"2.0\"\npackages = 3\n", `pylock.toml:1:16: lock-version: "2.0" is unknown: this mach reads "1.0"`},
		{
			"a [tool.mach] of the future, whatever else it has", "lock-version = \"1.0\"\n[tool.mach]\nversion = 2\npython = []\n",
			`pylock.toml:3:11: tool.mach.version: 2 is unknown: this mach reads 1`,
		},
		{"a syntax error", "lock-version = \"1.0\"\n\npackages = [\n", `pylock.toml:3:13: array is incomplete`},
		{"half a line", "lock-version = \"1.0\"\ncreated-by\n", `pylock.toml:2:11: expected '=' after key`},
		{"a value of the wrong kind", "lock-version = \"1.0\"\n[[packages]]\nname = 3\n", `pylock.toml:3:8: packages.name has a value of the wrong kind`},
		{"a table of the wrong kind", "lock-version = \"1.0\"\ntool = 3\n", `pylock.toml:2:8: tool has a value of the wrong kind`},
	} {
		t.Run(c.why, func(t *testing.T) {
			if _, err := lock.Read([]byte(c.text), "pylock.toml"); err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestReadErrors breaks the example, one text after another, and says what is said of it; … is in the words of others.
func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ why, old, new, want string }{
		{"no author", "created-by = \"mach\"\n", "", "pylock.toml:1:1: created-by: it is missing"},
		{"a name that is not normal", `name = "pyyaml"` + "\nversion", `name = "PyYAML"` + "\nversion", `pylock.toml:12:5: package "flask": dependencies[1]: "pyyaml" is not in the lock
pylock.toml:34:8: package "PyYAML": name: "PyYAML" is not in normal form, which is "pyyaml"`},
		{"what is no version", `version = "3.1.0"`, `version = "three"`, `pylock.toml:8:11: package "flask": version: "three": …`},
		{"what is no marker", "name = \"flask\"\n", "name = \"flask\"\nmarker = \"python_version\"\n", `pylock.toml:8:10: package "flask": marker: "python_version": …`},
		{"what is no specifier", `requires-python = ">=3.9"`, `requires-python = "3.9"`, `pylock.toml:9:19: package "flask": requires-python: "3.9": …`},
		{"no source", "directory = { path = \"./tool\", subdirectory = \"python\" }\n", "", `pylock.toml:42:3: package "tool": there is no source: one of vcs, directory, archive, or sdist and wheels is needed
pylock.toml:46:12: package "tool": tool.mach.provider: there is no vcs, directory or archive`},
		{"two sources", `directory = { path = "./tool"`, "archive = { path = \"x.zip\", hashes = { md5 = \"0\" } }\ndirectory = { path = \"./tool\"", `pylock.toml:42:3: package "tool": there are several sources: directory, archive`},
		{"no hash", `, hashes = { sha256 = "` + strings.Repeat("1", 64) + `" }`, "", `pylock.toml:14:11: package "flask": wheels[0]: there is no hash`},
		{"a short hash", strings.Repeat("2", 64), "22", `pylock.toml:24:133: package "jinja2": sdist.hashes.sha256: "22" is not a sha256 in hex`},
		{"the wheel of another project", `name = "flask-3.1.0`, `name = "flusk-3.1.0`, `pylock.toml:14:11: package "flask": wheels[0]: wheel name "flusk-3.1.0-py3-none-any.whl": it is of the project "flusk"`},
		{"the wheel of another version", `name = "flask-3.1.0`, `name = "flask-3.1.1`, `pylock.toml:14:11: package "flask": wheels[0]: file name "flask-3.1.1-py3-none-any.whl": it is of version "3.1.1"`},
		{"the sdist of another project", `name = "jinja2-3.1.6`, `name = "ninja2-3.1.6`, `pylock.toml:24:9: package "jinja2": sdist: sdist name "ninja2-3.1.6.tar.gz": it is not jinja2-version`},
		{"a file without a name", `name = "flask-3.1.0-py3-none-any.whl", `, "", `pylock.toml:14:11: package "flask": wheels[0]: the name of the file is missing`},
		{"a provider nobody knows", `provider = "nixpkgs"`, `provider = "conda"`, `pylock.toml:39:12: package "pyyaml": tool.mach.provider: "conda" is unknown: known are wheel, sdist, nixpkgs, direct, tag`},
		{"a wheel without wheels", "[packages.tool.mach]\nprovider = \"sdist\"", "[packages.tool.mach]\nprovider = \"wheel\"", `pylock.toml:27:12: package "jinja2": tool.mach.provider: there are no wheels`},
		{"nixpkgs without attribute", "attr = \"pyyaml\"\n", "", `pylock.toml:39:12: package "pyyaml": tool.mach.provider: the attr is missing`},
		{"a build package that is missing", `build = ["flit-core==3.11.0"]`, `build = ["flit-core==3.12.0"]`, `pylock.toml:30:10: package "jinja2": tool.mach.build[0]: "flit-core==3.12.0" is not among the build packages`},
		{"a crate without a hash", `cut = ["flask"]`, `crates = ["serde 1.0.1"]`, `pylock.toml:31:11: package "jinja2": tool.mach.crates[0]: "serde 1.0.1" is not a name, a version and a hash`},
		{"a crate of no registry", `cut = ["flask"]`, `crates = ["serde 1.0.1 ` + strings.Repeat("a", 64) + `"]`, `pylock.toml:26:16: package "jinja2": tool.mach.crate-registry: it is missing`},
		{"a cut where nothing is", `cut = ["flask"]`, `cut = ["click"]`, `pylock.toml:31:8: package "jinja2": tool.mach.cut[0]: "click" is not among the dependencies`},
		{"a package that mach did not write", "\n[packages.tool.mach]\nprovider = \"direct\"\n", "", `pylock.toml:42:3: package "tool": [packages.tool.mach] is missing`},
		{"no version of the table", "version = 1\n", "", `pylock.toml:49:7: tool.mach.version: it is missing`},
		{"no target", "systems = [\"x86_64-linux\"]\n", "", `pylock.toml:49:7: tool.mach: python and systems are needed`},
		{"an id that is none", `id = "toml==0.10.2"`, `id = "toml"`, `pylock.toml:64:17: build package "flit-core==3.11.0": dependencies[0]: "toml==0.10.2" is not among the build packages
pylock.toml:71:6: build package "toml": id: the id is not name==version, which is "toml==0.10.2"`},
		{"an environment that is none", `environments = ['implementation_name == "cpython"`, `environments = ['implementation == "cpython"`, `pylock.toml:2:17: environments[0]: "implementation == …`},
	} {
		t.Run(c.why, func(t *testing.T) { breakLock(t, example(), c.old, c.new, c.want) })
	}
}

// TestReadSystemErrors does so with the lock for two systems.
func TestReadSystemErrors(t *testing.T) {
	for _, c := range []struct{ why, old, new, want string }{
		{"a system that the lock is not for", `systems = ["aarch64-darwin"]`, `systems = ["i686-linux"]`, `pylock.toml:33:12: package "numpy": tool.mach.systems[0]: "i686-linux" is not among the lock's systems`},
		{"an extra that the lock does not have", `extras = ["docs"]` + "\ngroups", `extras = ["doc"]` + "\ngroups", `pylock.toml:22:11: package "ipython": tool.mach.extras[0]: "doc" is not among the lock's extras`},
		{"a group that the lock does not have", `groups = ["dev"]` + "\n\n", `groups = ["test"]` + "\n\n", `pylock.toml:23:11: package "ipython": tool.mach.groups[0]: "test" is not among the lock's dependency-groups`},
		{"a system without its wheel", `, x86_64-linux = "pyyaml-6.0-cp312-cp312-manylinux_2_17_x86_64.whl" }`, ` }`, `pylock.toml:58:9: package "pyyaml": tool.mach.wheel: it does not say which of the wheels is for x86_64-linux`},
		{"a wheel that is none of the package's", `x86_64-linux = "pyyaml-6.0`, `x86_64-linux = "pyyaml-7.0`, `pylock.toml:58:91: package "pyyaml": tool.mach.wheel.x86_64-linux: "pyyaml-7.0-cp312-cp312-manylinux_2_17_x86_64.whl" is not among the wheels`},
		{"two build packages for one system", "provider = \"wheel\"\nsystems = [\"x86_64-linux\"]", "provider = \"wheel\"", `pylock.toml:103:6: build package "cython==3.1.0": id: the id stands twice for aarch64-darwin`},
		{"no build package for a system", "provider = \"wheel\"\nsystems = [\"x86_64-linux\"]", "provider = \"wheel\"\nsystems = [\"aarch64-darwin\"]", `pylock.toml:46:10: package "numpy": tool.mach.build[0]: "cython==3.1.0" is not among the build packages for x86_64-linux
pylock.toml:92:10: project "me": build[0]: "cython==3.1.0" is not among the build packages for x86_64-linux
pylock.toml:103:6: build package "cython==3.1.0": id: the id stands twice for aarch64-darwin`},
		{"two projects for one system", "name = \"me\"\nversion = \"1.0\"\nsystems = [\"aarch64-darwin\"]", "name = \"me\"\nversion = \"1.0\"", `pylock.toml:84:8: project "me": name: the project stands twice for x86_64-linux`},
		{"a project without a name beside another", "name = \"me\"\n", "", `pylock.toml:75:13: project "": name: the name is missing`},
		{"a project whose name is not normal", `name = "me"`, `name = "Me"`, `pylock.toml:76:8: project "Me": name: "Me" is not in normal form, which is "me"`},
		{"a project with a version that is none", "name = \"me\"\nversion = \"1.0\"", "name = \"me\"\nversion = \"one\"", `pylock.toml:77:11: project "me": version: …`},
	} {
		t.Run(c.why, func(t *testing.T) { breakLock(t, systems(), c.old, c.new, c.want) })
	}
}

func breakLock(t *testing.T, l *lock.Lock, old, replacement, want string) {
	text := string(l.Marshal())
	if strings.Count(text, old) < 1 {
		t.Fatalf("%q is not in the lock", old)
	}
	_, err := lock.Read([]byte(strings.Replace(text, old, replacement, 1)), "pylock.toml")
	got := fmt.Sprint(err)
	if start, ok := strings.CutSuffix(want, "…"); ok && strings.HasPrefix(got, start) {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestReadDuplicates: an error says on which target two packages of a name meet.
func TestReadDuplicates(t *testing.T) {
	for _, c := range []struct{ why, lock, one, two, want string }{
		{"no markers", "", "", "", "for CPython 3.6 on x86_64 Linux"},
		{"no markers, for one target", `environments = ["sys_platform == 'darwin' and platform_machine == 'arm64' and python_version >= '3.12'"]`, "", "", "for CPython 3.12 on arm64 Darwin"},
		{"only one marker", "", "os_name == 'nt'", "", "for CPython 3.6 on AMD64 Windows"},
		{"markers that meet", `requires-python = ">=3.9"`, "python_version <= '3.10'", "python_version >= '3.10'", "for CPython 3.10 on x86_64 Linux"},
		{"markers that exclude each other", "", "sys_platform == 'linux'", "sys_platform != 'linux'", ""},
		{"markers that exclude each other where the lock is for", `requires-python = ">=3.9"`, "python_version < '3.9'", "python_version < '3.11'", ""},
		{"the same extra", "", "'a' in extras", "'a' in extras", "wherever one of them does"},
	} {
		t.Run(c.why, func(t *testing.T) {
			text := "lock-version = \"1.0\"\ncreated-by = \"x\"\n" + c.lock + "\n"
			for i, marker := range []string{c.one, c.two} {
				text += fmt.Sprintf("[[packages]]\nname = \"a\"\nversion = \"%d\"\ndirectory = { path = \".\" }\n", i)
				if marker != "" {
					text += fmt.Sprintf("marker = \"%s\"\n", marker)
				}
			}
			got := ""
			if _, err := lock.Read([]byte(text), "pylock.toml"); err != nil {
				_, got, _ = strings.Cut(err.Error(), `package "a": it stands twice, and both of its markers hold `)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestReadWritten: what Marshal writes Read reads back, whatever the strings are. Names, versions and the like are
// valid; everything that nobody checks is anything.
func TestReadWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyLock(t)
		text := want.Marshal()
		got, err := lock.Read(text, "pylock.toml")
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%v\n-want +got\n%s\n%s", err, diff, text)
		}
		if diff := cmp.Diff(string(text), string(got.Marshal())); diff != "" {
			t.Fatalf("written again: -first +second\n%s", diff)
		}
	})
}

var (
	anyText   = rapid.String()
	anyTexts  = rapid.SliceOfN(anyText, 0, 3)
	anyMarker = rapid.SampledFrom([]string{"", `os_name == "nt"`, `os_name == 'posix' and "x" in extras`})
)

func anyHashes(t *rapid.T) map[string]string {
	h := rapid.MapOfN(rapid.String(), anyText, 0, 2).Draw(t, "hashes")
	h["sha256"] = rapid.StringMatching("[0-9a-f]{64}").Draw(t, "sha256")
	return h
}

func anyFile(t *rapid.T, name string) lock.File {
	return lock.File{
		Name: name, URL: anyText.Draw(t, "url"), Path: anyText.Draw(t, "path"),
		Size: rapid.Int64Min(0).Draw(t, "size"), Hashes: anyHashes(t),
	}
}

func anyPackage(t *rapid.T, name string) lock.Package {
	p := lock.Package{
		Name: name, Version: "1.0", Marker: anyMarker.Draw(t, "marker"), Index: anyText.Draw(t, "index"),
		AttestationIdentities: rapid.SliceOfN(rapid.Map(rapid.MapOfN(anyText, anyText, 0, 2), func(m map[string]string) map[string]string {
			m["kind"] = "GitHub"
			return m
		}), 0, 2).Draw(t, "identities"),
		Dependencies: rapid.SliceOfN(rapid.Map(anyText, func(s string) lock.Dependency {
			return lock.Dependency{Name: "p0", Version: s, VCS: &lock.VCS{Type: s}, Index: s}
		}), 0, 3).Draw(t, "dependencies"),
	}
	p.Tool.Mach = &lock.Provided{BuildBackend: anyText.Draw(t, "backend"), Build: []string{"b==1"}}
	p.Tool.Mach.Provider = rapid.SampledFrom([]string{lock.Wheel, lock.Sdist, lock.Nixpkgs, lock.Direct}).Draw(t, "provider")
	switch p.Tool.Mach.Provider {
	case lock.Wheel:
		p.Wheels = []lock.File{anyFile(t, name+"-1.0-py3-none-any.whl"), anyFile(t, name+"-1.0-py2-none-any.whl")}
		p.Tool.Mach.Wheel = map[string]string{"x86_64-linux": name + "-1.0-py2-none-any.whl"}
		p.Tool.Mach.Locations = map[string]string{name + "-1.0-py2-none-any.whl": anyText.Draw(t, "location")}
	case lock.Sdist:
		f := anyFile(t, name+"-1.0.tar.gz")
		p.Sdist = &f
	case lock.Nixpkgs:
		p.Tool.Mach.Attr = "x" + anyText.Draw(t, "attr")
	case lock.Direct:
		p.VCS = &lock.VCS{Type: "git", URL: "x" + anyText.Draw(t, "url"), CommitID: "x" + anyText.Draw(t, "commit"), Subdirectory: anyText.Draw(t, "subdirectory")}
	}
	return p
}

// anySystems are all of the lock's, said or not.
var anySystems = rapid.SampledFrom([][]string{nil, {"x86_64-linux"}})

func anyLock(t *rapid.T) *lock.Lock {
	l := &lock.Lock{
		Environments: []string{`os_name != "java"`}, RequiresPython: ">=3.8", CreatedBy: "x" + anyText.Draw(t, "created-by"),
		DependencyGroups: anyTexts.Draw(t, "groups"), DefaultGroups: anyTexts.Draw(t, "default groups"),
		Tool: lock.Tool{Mach: &lock.Mach{
			Version: 1, Python: "3.12", Systems: []string{"x86_64-linux"},
			Requirements: anyTexts.Draw(t, "requirements"), Database: anyText.Draw(t, "database"),
			Projects: []lock.Project{{Name: "a", Version: "1", Systems: anySystems.Draw(t, "systems"), Build: []string{"b==1"}}},
			Build: []lock.Build{{
				ID: "b==1", Name: "b", Version: "1", Dependencies: []string{"b==1"},
				Provided: lock.Provided{Provider: lock.Nixpkgs, Attr: "b", Cut: []string{"b"}},
			}},
		}},
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "packages") {
		l.Packages = append(l.Packages, anyPackage(t, fmt.Sprintf("p%d", i)))
	}
	return l
}

func FuzzRead(f *testing.F) {
	f.Add(example().Marshal())
	f.Add(standard().Marshal())
	f.Fuzz(func(t *testing.T, text []byte) {
		defer fuzzing.Watch(t, len(text))()
		l, err := lock.Read(text, "pylock.toml")
		if err != nil {
			return
		}
		if _, err := lock.Read(l.Marshal(), "pylock.toml"); err != nil {
			t.Errorf("what was read and written again is not read: %v", err)
		}
	})
}

// large is a lock of n packages of four dependencies each.
func large(n int) *lock.Lock {
	l := example()
	l.Packages = nil
	for i := range n {
		name := fmt.Sprintf("project-%03d", i)
		p := wheelPackage(name)
		for k := range 4 {
			p.Dependencies = append(p.Dependencies, lock.Dependency{Name: fmt.Sprintf("project-%03d", (i+k)%n)})
		}
		l.Packages = append(l.Packages, p)
	}
	return l
}

func wheelPackage(name string) lock.Package {
	file := strings.ReplaceAll(name, "-", "_") + "-1.2.3-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
	return lock.Package{
		Name: name, Version: "1.2.3", RequiresPython: ">=3.9",
		Wheels: []lock.File{{Name: file, URL: "https://index.example/packages/ab/cd/" + strings.Repeat("e", 60) + "/" + file, Size: 123456, Hashes: hash("a")}},
		Tool:   lock.PackageTool{Mach: &lock.Provided{Provider: lock.Wheel, Locations: map[string]string{file: "packages/ab/cd/" + strings.Repeat("e", 60) + "/" + file}}},
	}
}

func BenchmarkMarshal(b *testing.B) {
	l := large(90)
	b.SetBytes(int64(len(l.Marshal())))
	b.ReportAllocs()
	for b.Loop() {
		l.Marshal()
	}
}

func BenchmarkRead(b *testing.B) {
	text := large(90).Marshal()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := lock.Read(text, "pylock.toml"); err != nil {
			b.Fatal(err)
		}
	}
}

// The places that errors need are looked for once.
func BenchmarkReadWrong(b *testing.B) {
	text := bytes.Replace(large(90).Marshal(), []byte("created-by"), []byte("create-by"), 1)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := lock.Read(text, "pylock.toml"); err == nil {
			b.Fatal("no error")
		}
	}
}
