package fixes

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"mach/helper/diag"
	"mach/tests/fuzzing"
)

// head is what every fix needs.
const head = "[[fix]]\nname = \"a\"\nwhy = \"w\"\nsource = \"https://x.example\"\n"

func TestCheck(t *testing.T) {
	const sdist, wheel = head + "formats = [\"sdist\"]\n", head + "formats = [\"wheel\"]\n"
	tests := []struct {
		why, file string
		want      []string
	}{
		{"all keys", head + `formats = ["wheel", "sdist"]
versions = ">=1,<2"
systems = ["x86_64-linux", "darwin"]
evidence = { "setup.py" = "a", "pkg/*.so" = "liba.so.1" }
requires-dist.add = ["a>=1", "b; extra == 'c'"]
requires-dist.drop = ["d"]
requires-python = ">=3.9,<4"
python-build = ["cython<3", 'tomli; python_version < "3.11"']
native-build-inputs = ["pkg-config", "libpq.pg_config or postgresql"]
build-inputs = ["xorg.libX11"]
flags = ["-Csetup-args=-Dx=true"]
patches = ["there.patch"]
substitute-source = [{ file = "setup.py", from = "a", to = "" }]
substitute = [
    { file = "a.py", from = "a", to = "b" }, # in the package
    { file = "@out@/share/a", from = "a", to = "b" },
]
remove = ["tests", "@out@/bin/a"]
dlopen = ["libGL"]
env = { PROJ_DIR = "@proj@" }
`, nil},
		{"tables of tables", sdist + "[fix.env]\nA = \"1\"\nB = \"2\"\n[[fix.substitute]]\nfile = \"a\"\nfrom = \"b\"\nto = \"c\"\n", nil},
		{"no TOML", "[[fix]]\nname = \n", []string{`2:8: unexpected character U+000A at start of value`}},
		{"nothing", "# later\n", []string{"1:1: there are no fixes"}},
		{"another table", "[[fixes]]\n", []string{`1:3: "fixes" is unknown: a file of fixes has [[fix]] tables`}},
		{"one table", "[fix]\nname = \"a\"\n", []string{"1:2: [fix] is one table, and there may be several"}},
		{"no more than a name", "[[fix]]\nname = \"a\"\n", []string{
			"1:3: formats is missing", "1:3: source is missing", "1:3: why is missing", "1:3: the fix changes nothing",
		}},
		{"an unknown key", sdist + "build-input = [\"x\"]\nflags = [\"-x\"]\n", []string{`6:1: "build-input" is no key of a fix`}},
		{"a key twice", sdist + "flags = [\"-x\"]\nflags = [\"-y\"]\n", []string{`7:1: "flags" stands twice`}},
		{"wrong types", "[[fix]]\nname = 1\nwhy = [\"w\"]\nsource = true\nformats = \"sdist\"\nenv = [\"A=1\"]\nremove = [1]\n", []string{
			"2:8: name is a value of another kind, and must be text", "3:1: why is an array, and must be text",
			"4:10: source is a value of another kind, and must be text", "5:11: formats is text, and must be an array",
			"6:1: env is an array, and must be a table", "7:11: an item of remove is a value of another kind, and must be text",
		}},
		{"texts that are not what they must be", `[[fix]]
name = "Lib Magic"
why = " "
source = "a book"
formats = ["wheels", "sdist", "sdist"]
versions = ">=1,<banana"
systems = ["x86_64-linux", "linux-x86_64", "sparc-linux", "windows"]
python-build = ["cython=3"]
native-build-inputs = ["pkg config"]
flags = ["x"]
env = { "A B" = 1 }
`, []string{
			`2:8: "Lib Magic" is no name of a fix: lower-case words and numbers, joined by dashes`, "3:7: the text is empty",
			`4:10: "a book" is no link`, `5:12: "wheels" is no format: there are wheel, sdist`, `5:31: "sdist" stands twice`,
			`6:18: ">=1,<banana": not a version (PEP 440) after <: unexpected "banana"`,
			`7:28: "x86_64" is no kernel: there are linux, darwin`,
			`7:44: "sparc" is no processor: there are x86_64, aarch64, i686, armv7l, armv6l, powerpc64le, riscv64, s390x`,
			`7:59: "windows" is no system: there are linux, darwin, and single ones such as x86_64-linux`,
			`8:24: "cython=3": want one of == != ~= <= >= < > === before a version: unexpected "=3"`,
			`9:24: "pkg config" is no attribute of nixpkgs: libxml2, libxml2.dev, or "libpq or postgresql"`,
			`10:10: "x" is no flag: it begins with -, as in -Csetup-args=-Dx=true`,
			`11:9: "A B" is no name of a variable`, "11:17: A B is a value of another kind, and must be text",
		}},
		{"evidence alone", sdist + "evidence = { \"/setup.py\" = \" \" }\n", []string{
			"1:3: the fix changes nothing", `6:14: "/setup.py" is no path of a file below: no / in front, no .. in it`, "6:28: the text is empty",
		}},
		{"no versions", sdist + "versions = \"\"\nflags = [\"-x\"]\n", []string{"6:12: versions is empty: leave it out for all"}},
		{"paths that lead away", sdist + "patches = [\"../x\"]\nremove = [\"/etc\", \"@out@/../x\"]\n", []string{
			`6:12: "../x" is no path of a file below: no / in front, no .. in it`,
			`7:11: "/etc" is no path of a file below: no / in front, no .. in it`,
			`7:19: "../x" is no path of a file below: no / in front, no .. in it`,
		}},
		{"substitutions", sdist + "substitute-source = [\n    { file = \"@out@/a\", from = \"\", too = \"c\" },\n    \"x\",\n]\n", []string{
			"7:5: to of substitute-source is missing", "7:32: the text is empty", `7:36: "too" is no key of a fix`,
			"8:5: an item of substitute-source is text, and must be a table",
		}},
		{"an empty list", sdist + "remove = []\n", []string{"6:1: remove is empty"}},
		{"for wheels what is for sdists", wheel + "env = { A = \"1\" }\n", []string{"6:1: env is for sdists, and this fix is for wheels"}},
		{"a patch that is not there", sdist + "patches = [\"there.patch\", \"gone.patch\"]\n", []string{`6:27: there is no patch "gone.patch" beside the file`}},
		{
			"the same fix twice, and one out of order", sdist + "flags = [\"-x\"]\n" + sdist + "flags = [\"-x\"]\n" + strings.Replace(sdist, `"a"`, `"A"`, 1) + "flags = [\"-x\"]\n",
			[]string{`8:8: the fix "a" stands twice`, `14:8: "A" is no name of a fix: lower-case words and numbers, joined by dashes`, `14:8: the fix "A" stands behind "a": they are sorted`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			directory := fstest.MapFS{"lxml.toml": {Data: []byte(tt.file)}, "there.patch": {}}
			differ(t, "overrides/lxml.toml:", tt.want, Check(directory, "overrides", "lxml.toml"))
		})
	}
}

func TestCheckName(t *testing.T) {
	content := &fstest.MapFile{Data: []byte(head + "formats = [\"sdist\"]\nflags = [\"-x\"]\n")}
	directory := fstest.MapFS{"PyYAML.toml": content, "py yaml.toml": content}
	differ(t, "", []string{`PyYAML.toml:1:1: the project's name in normal form is "pyyaml"`}, Check(directory, "", "PyYAML.toml"))
	differ(t, "", []string{`py yaml.toml:1:1: "py yaml" is not the name of a project, by which a file of fixes is called`}, Check(directory, "", "py yaml.toml"))
}

func TestFor(t *testing.T) {
	first, second := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "second")
	write := func(directory, name, text string) {
		t.Helper()
		if err := os.MkdirAll(directory, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fix := func(name, rest string) string {
		return strings.Replace(head, `"a"`, `"`+name+`"`, 1) + "remove = [\"x\"]\n" + rest + "\n"
	}
	write(first, "some-lib.toml", fix("all", `formats = ["sdist", "wheel"]`)+
		fix("new", "formats = [\"sdist\"]\nversions = \">=2\"\npython-build = [\"cython<3\"]")+
		fix("on-linux", "formats = [\"sdist\"]\nsystems = [\"linux\", \"x86_64-darwin\"]"))
	write(first, "broken.toml", "[[fix]\n")
	write(second, "some-lib.toml", fix("new", `formats = ["sdist"]`))

	tests := []struct {
		why                              string
		directories                      []string
		project, version, format, system string
		want                             []string
	}{
		{"a project that nobody knows", []string{first}, "other", "1", "sdist", "x86_64-linux", nil},
		{"by version", []string{first}, "some-lib", "2.1", "sdist", "x86_64-linux", []string{"first/all", "first/new", "first/on-linux"}},
		{"an older version", []string{first}, "some-lib", "1.9", "sdist", "x86_64-linux", []string{"first/all", "first/on-linux"}},
		{"by format", []string{first}, "some-lib", "2.1", "wheel", "x86_64-linux", []string{"first/all"}},
		{"by system", []string{first}, "some-lib", "1", "sdist", "aarch64-darwin", []string{"first/all"}},
		{"by its whole name", []string{first}, "some-lib", "1", "sdist", "x86_64-darwin", []string{"first/all", "first/on-linux"}},
		{"what comes from nixpkgs is not fixed", []string{first}, "some-lib", "2.1", "nixpkgs", "x86_64-linux", nil},
		{"a version that no specifier can speak of", []string{first}, "some-lib", "banana", "sdist", "x86_64-linux", nil},
		{"a later directory takes the place of an earlier", []string{first, second}, "some-lib", "1", "sdist", "aarch64-darwin", []string{"first/all", "second/new"}},
		{"mach's own", nil, "python-magic", "0.4.27", "wheel", "x86_64-linux", []string{"libmagic"}},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			s, err := New(tt.directories)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for range 2 { // the second is from memory
				found, err := s.For(tt.project, tt.version, tt.format, tt.system)
				if err != nil {
					t.Fatal(err)
				}
				got = nil
				for _, f := range found {
					got = append(got, f.Title())
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}

	s, err := New([]string{first})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.For("broken", "1", "sdist", "x86_64-linux")
	differ(t, filepath.Join(first, "broken.toml"), []string{":1:6: expected ']]' to close array table name"}, err)
	if found, _ := s.For("some-lib", "2", "sdist", "aarch64-darwin"); found[1].PythonBuild[0].String() != "cython<3" {
		t.Errorf("it is built with %v", found[1].PythonBuild)
	}
}

func TestNewRefuses(t *testing.T) {
	a, b := filepath.Join(t.TempDir(), "same"), filepath.Join(t.TempDir(), "same")
	for _, d := range []string{a, b} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	_, err := New([]string{a, b})
	differ(t, "", []string{"the directories " + a + " and " + b + " have one name, by which a lock says whose a fix is"}, err)
	_, err = New([]string{"gone"})
	differ(t, "", []string{"gone: there is no such directory of fixes"}, err)
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte(head + "formats = [\"sdist\"]\nsubstitute-source = [{ file = \"setup.py\", from = \"a\", to = \"\" }]\nenv = { A = \"1\" }\n"))
	f.Add([]byte("[attributes]\na = \"b\"\n"))
	f.Add([]byte("[defaults]\na = [\"wheel\"]\n"))
	f.Add([]byte("[conda]\na = \"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		files := fstest.MapFS{"a.toml": {Data: data}}
		var err error
		if kind := KindOf(data); kind == OtherFile || kind == FixesFile {
			err = Check(files, "x", "a.toml")
		} else {
			err = CheckTable(files, "x", "a.toml", kind)
		}
		diag.Print(io.Discard, err, true)
	})
}
