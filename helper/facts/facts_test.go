package facts

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/diag"
	"mach/tests/fuzzing"
)

const good = `{
  "version": 1, "python": "3.11", "system": "x86_64-linux", "nixpkgs": "24.05",
  "packages": [
    { "name": "numpy", "attr": "numpy", "version": "1.26.4", "dependencies": [] },
    { "name": "numpy", "attr": "numpy_2", "version": "2.0.1", "dependencies": [] },
    { "name": "opencv-python", "attr": "opencv4", "version": "4.9.0", "dependencies": ["numpy"] },
    { "name": "zzz", "attr": "zzz", "version": "unstable-2024-01-31", "dependencies": [] }
  ],
  "unusable": [ { "name": "gdal", "attr": "gdal", "reason": "is marked broken" } ]
}`

func TestParse(t *testing.T) {
	f, err := Parse([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if f.Python != "3.11" || f.System != "x86_64-linux" || f.Nixpkgs != "24.05" {
		t.Errorf("got Python %q, system %q and nixpkgs %q", f.Python, f.System, f.Nixpkgs)
	}
	if old, err := Parse([]byte(`{"version":1,"python":"3.11"}`)); err != nil || old.System != "" {
		t.Errorf("without a system: got %+v and %v", old, err)
	}
	for name, want := range map[string][]string{
		"opencv-python": {"opencv-python opencv4 4.9.0 [numpy]"},
		"numpy":         {"numpy numpy 1.26.4 []", "numpy numpy_2 2.0.1 []"},
		"flask":         nil,
	} {
		var got []string
		for _, p := range f.Packages(name) {
			got = append(got, fmt.Sprintf("%s %s %s %s", p.Name, p.Attr, p.Version, p.Dependencies))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, reason := range map[string]string{
		"gdal": "is marked broken",
		"zzz":  `its version "unstable-2024-01-31" is none of PEP 440`,
	} {
		if len(f.Packages(name)) > 0 {
			t.Errorf("%s is unusable, and yet a package", name)
		}
		u, ok := f.Unusable(name)
		if diff := cmp.Diff(Unusable{name, name, reason}, u); diff != "" || !ok {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if _, ok := f.Unusable("numpy"); ok {
		t.Error("numpy is unusable")
	}
}

func TestParseRefuses(t *testing.T) {
	pkg := func(s string) string { return `{"version":1,"packages":[` + s + `],"unusable":[]}` }
	tests := []struct{ why, data, want string }{
		{"nothing", ``, "EOF"},
		{"no JSON", `version`, "invalid character"},
		{"half a file", good[:100], "unexpected EOF"},
		{"no version", `{}`, "no version"},
		{"another version, even with keys that are new", `{"version":2,"more":[]}`, "version 2 is not 1: lib/ and mach are of different releases"},
		{"an unknown key", `{"version":1,"more":[]}`, `unknown field "more"`},
		{"something behind", `{"version":1} {}`, "something follows the object, at byte 13"},
		{"a system of another type", `{"version":1,"system":["x86_64-linux"]}`, "cannot unmarshal array"},
		{"a value of another type", `{"version":1,"python":3.11}`, "cannot unmarshal number"},
		{"a name that is not normalised", pkg(`{"name":"PyYAML","attr":"a","version":"1"}`), `packages[0]: "PyYAML" is no normalised name`},
		{"no name", pkg(`{"attr":"a","version":"1"}`), `packages[0]: "" is no normalised name`},
		{"no attribute", pkg(`{"name":"a","version":"1"}`), `packages[0]: "a": no attr`},
		{"no version of a package", pkg(`{"name":"a","attr":"a"}`), `packages[0]: "a": no version`},
		{"a dependency that is not normalised", pkg(`{"name":"a","attr":"a","version":"1","dependencies":["B"]}`), `"a": dependency "B" is not normalised`},
		{"unsorted packages", pkg(`{"name":"b","attr":"b","version":"1"},{"name":"a","attr":"a","version":"1"}`), `"b" stands before "a"`},
		{"a package twice", pkg(`{"name":"a","attr":"b","version":"1"},{"name":"a","attr":"a","version":"1"}`), `packages[0]: "a" 1 stands twice`},
		{"unusable without a reason", `{"version":1,"unusable":[{"name":"a","attr":"a"}]}`, `unusable[0]: "a": no reason`},
		{"unusable twice", `{"version":1,"unusable":[{"name":"a","attr":"a","reason":"x"},{"name":"a","attr":"b","reason":"x"}]}`, `"a" stands twice`},
		{"usable and not", `{"version":1,"packages":[{"name":"a","attr":"a","version":"1"}],"unusable":[{"name":"a","attr":"b","reason":"x"}]}`, `"a" is both in packages and unusable`},
	}
	for _, tt := range tests {
		f, err := Parse([]byte(tt.data))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.why, err, tt.want)
		}
		if f != nil {
			t.Errorf("%s: facts in spite of the error", tt.why)
		}
	}
}

func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "facts.json")
	if _, err := Read(path); diag.ExitCode(err) != diag.ExitUsage {
		t.Errorf("a missing file: got %v", err)
	}
	if err := os.WriteFile(path, []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); diag.ExitCode(err) != diag.ExitUsage || !strings.Contains(err.Error(), path) {
		t.Errorf("a damaged file: got %v", err)
	}
	if err := os.WriteFile(path, []byte(good), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err != nil {
		t.Error(err)
	}
}

// What the main job reads: some hundreds of packages.
func BenchmarkParse(b *testing.B) {
	var s strings.Builder
	s.WriteString(`{"version":1,"python":"3.11","nixpkgs":"24.05","packages":[`)
	for i := range 300 {
		if i > 0 {
			s.WriteByte(',')
		}
		fmt.Fprintf(&s, `{"name":"project-%03d","attr":"project-%03d","version":"1.%d.0","dependencies":["numpy","requests"]}`, i, i, i)
	}
	s.WriteString(`],"unusable":[]}`)
	data := []byte(s.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		if facts, err := Parse(data); err == nil {
			facts.Packages("a")
			facts.Unusable("b")
		}
	})
}
