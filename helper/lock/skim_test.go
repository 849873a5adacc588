package lock_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"mach/helper/lock"
	"mach/tests/fuzzing"
)

// skimmed is what of a lock Skim gives.
func skimmed(l *lock.Lock) *lock.Lock {
	provided := func(p *lock.Provided) lock.Provided {
		return lock.Provided{Provider: p.Provider, Systems: p.Systems, Build: p.Build}
	}
	m := l.Tool.Mach
	s := &lock.Lock{Tool: lock.Tool{Mach: &lock.Mach{Version: m.Version, Systems: m.Systems, Database: m.Database, DatabaseDate: m.DatabaseDate}}}
	for _, p := range l.Packages {
		of := provided(p.Tool.Mach)
		s.Packages = append(s.Packages, lock.Package{Name: p.Name, Version: p.Version, Tool: lock.PackageTool{Mach: &of}})
	}
	for _, p := range m.Projects {
		s.Tool.Mach.Projects = append(s.Tool.Mach.Projects, lock.Project{Name: p.Name, Version: p.Version, Systems: p.Systems, Build: p.Build})
	}
	for _, b := range m.Build {
		s.Tool.Mach.Build = append(s.Tool.Mach.Build, lock.Build{ID: b.ID, Name: b.Name, Version: b.Version, Provided: provided(&b.Provided)})
	}
	return s
}

// TestSkim: of what Marshal writes it reads what Read does.
func TestSkim(t *testing.T) {
	empty := &lock.Lock{CreatedBy: "mach", Tool: lock.Tool{Mach: &lock.Mach{Version: 1, Python: "3.12", Systems: []string{"x86_64-linux"}}}}
	for name, l := range map[string]*lock.Lock{"example": example(), "systems": systems(), "large": large(90), "empty": empty} {
		if diff := cmp.Diff(skimmed(l), lock.Skim(l.Marshal())); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		l := anyLock(t)
		got := lock.Skim(l.Marshal())
		if diff := cmp.Diff(skimmed(l), got, cmpopts.EquateEmpty()); got != nil && diff != "" {
			t.Errorf("-want +got\n%s\n%s", diff, l.Marshal())
		}
	})
}

// TestSkimNot: what is not as Marshal writes it is left to Read.
func TestSkimNot(t *testing.T) {
	text := string(systems().Marshal())
	for _, c := range []struct{ why, old, new string }{
		{"a comment", `name = "pyyaml"`, "# pinned\nname = \"pyyaml\""},
		{"a comment behind a value", `name = "pyyaml"`, `name = "pyyaml" # "pinned"`},
		{"single quotes", `name = "pyyaml"`, `name = 'pyyaml'`},
		{"escapes", `name = "pyyaml"`, `name = "py\u0079aml"`},
		{"a string of several lines", `marker = 'sys_platform == "darwin"'`, "marker = \"\"\"\nname = \"other\"\n\"\"\""},
		{"a string of several lines in an array", `    "numpy",`, "    \"\"\"numpy\n    \"\"\","},
		{"an array on a line", "systems = [\n    \"aarch64-darwin\",\n    \"x86_64-linux\",\n]", `systems = ["aarch64-darwin", "x86_64-linux"]`},
		{"an array that begins with its first element", "systems = [\n    \"aarch64-darwin\",", `systems = ["aarch64-darwin",`},
		{"a dotted key", `provider = "nixpkgs"`, "x.provider = \"nixpkgs\""},
		{"a key that Marshal does not write", `provider = "nixpkgs"`, "provider = \"nixpkgs\"\nother = \"1\""},
		{"another table", "[tool.mach]", "[tool.other]\nx = 1\n\n[tool.mach]"},
		{"another version", "version = 1\n", "version = 2\n"},
		{"another lock version", `lock-version = "1.0"`, `lock-version = "1.1"`},
		{"a package of another tool", "[packages.tool.mach]\nprovider = \"nixpkgs\"\nsystems = [\"aarch64-darwin\"]\nattr = \"numpy_1\"\n", ""},
		{"an end that is missing", text[len(text)-20:], ""},
		{"no line end", "\n", "\r\n"},
	} {
		if broken := strings.Replace(text, c.old, c.new, 1); broken == text || lock.Skim([]byte(broken)) != nil {
			t.Errorf("%s: it is skimmed", c.why)
		}
	}
	for _, cut := range []string{"systems = [\n]", text + "systems = [\n    \"x86_64-linux\",\n]"} {
		if lock.Skim([]byte(cut)) != nil {
			t.Errorf("a lock that ends with an array and no end of the line is skimmed: %q", cut[max(0, len(cut)-20):])
		}
	}
	for _, file := range []string{"testdata/pylock.uv.toml", "testdata/pylock.pip.toml", "testdata/pylock.standard.toml"} {
		text, err := os.ReadFile(file)
		if err != nil || lock.Skim(text) != nil {
			t.Errorf("%s: it is skimmed, %v", file, err)
		}
	}
}

// TestSkimDamaged: where a lock was changed by hand, and both read it, they say the same.
func TestSkimDamaged(t *testing.T) {
	bits := []string{"\n", `"`, "'", "]", "[", "{", "#", ",", "    ", "name = \"x\"\n", "systems = [\n", "]\n", `"""`, "'''", "[tool.mach]\n", "build = [\"a\"]\n"}
	rapid.Check(t, func(t *rapid.T) {
		lines := strings.SplitAfter(string(rapid.SampledFrom([]*lock.Lock{example(), systems()}).Draw(t, "lock").Marshal()), "\n")
		line := rapid.IntRange(0, len(lines)-1)
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			i, k := line.Draw(t, "line"), line.Draw(t, "another")
			if rapid.Bool().Draw(t, "swap") {
				lines[i], lines[k] = lines[k], lines[i]
			} else {
				at := rapid.IntRange(0, len(lines[i])).Draw(t, "at")
				lines[i] = lines[i][:at] + rapid.SampledFrom(bits).Draw(t, "bit") + lines[i][at:]
			}
		}
		text := strings.Join(lines, "")
		got := lock.Skim([]byte(text))
		if l, err := lock.Read([]byte(text), "pylock.toml"); got != nil && err == nil {
			if diff := cmp.Diff(skimmed(l), got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("-read +skimmed\n%s\n%s", diff, text)
			}
		}
	})
}

// FuzzSkim: whatever a text is, Skim and Read do not say two things.
func FuzzSkim(f *testing.F) {
	f.Add(example().Marshal())
	f.Add(systems().Marshal())
	f.Fuzz(func(t *testing.T, text []byte) {
		defer fuzzing.Watch(t, len(text))()
		got := lock.Skim(text)
		l, err := lock.Read(text, "pylock.toml")
		if got == nil || err != nil {
			return
		}
		if diff := cmp.Diff(skimmed(l), got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-read +skimmed\n%s", diff)
		}
	})
}

func BenchmarkSkim(b *testing.B) {
	text := large(90).Marshal()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if lock.Skim(text) == nil {
			b.Fatal("it is not in the form")
		}
	}
}
