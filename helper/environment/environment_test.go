package environment

import (
	"encoding/json"
	"strings"
	"testing"

	"mach/helper/pep508"
	"mach/helper/tags"
	"mach/tests/fuzzing"
)

func TestNew(t *testing.T) {
	for _, c := range []struct {
		python, system, err string
		want                func(*Environment) bool
	}{
		{"3.12", "x86_64-linux", "", func(e *Environment) bool {
			return e.Markers.PythonFullVersion == "3.12.0" && e.Target.Libc == "glibc" && e.Markers.PlatformMachine == "x86_64"
		}},
		{"3.12.4", "aarch64-darwin", "", func(e *Environment) bool {
			return e.Markers.PythonFullVersion == "3.12.4" && e.Markers.PlatformMachine == "arm64" && e.Markers.SysPlatform == "darwin"
		}},
		{"3.14.0rc1", "aarch64-linux", "", func(e *Environment) bool {
			return e.Target.Python == [2]int{3, 14} && e.Markers.PythonVersion == "3.14"
		}},
		{"3", "x86_64-linux", "not of the form", nil},
		{"3.x", "x86_64-linux", "not of the form", nil},
		{"3.12", "linux", "not of the form x86_64-linux", nil},
		{"3.12", "x86_64-plan9", "neither linux nor darwin", nil},
	} {
		e, err := New(c.python, c.system, nil)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("New(%q, %q): error %v, want one with %q", c.python, c.system, err, c.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("New(%q, %q): %v", c.python, c.system, err)
		} else if !c.want(e) {
			t.Errorf("New(%q, %q) = %+v", c.python, c.system, e)
		}
		if _, err := tags.New(e.Target); err != nil {
			t.Errorf("New(%q, %q): tags: %v", c.python, c.system, err)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, err string }{
		{`{"version":1,"system":"x86_64-linux","markers":{"python_full_version":"3.11.2","python_version":"3.11"},"target":{"implementation":"cpython","python":[3,11],"system":"x86_64-linux"}}`, ""},
		{`{"version":2}`, "version 2 is not 1"},
		{`{"version":1}`, "are needed"},
		{`{"version":1,"sytem":""}`, "sytem"},
		{`{`, "unexpected EOF"},
	} {
		_, err := Parse([]byte(c.in))
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("Parse(%s): error %v, want %q", c.in, err, c.err)
		}
	}
}

func TestDistinguish(t *testing.T) {
	for _, c := range []struct{ some, others, want string }{
		{"x86_64-linux", "aarch64-darwin", `sys_platform == "linux"`},
		{"x86_64-linux aarch64-linux", "aarch64-darwin x86_64-darwin", `sys_platform == "linux"`},
		{"x86_64-linux", "aarch64-linux", `platform_machine == "x86_64"`},
		{"x86_64-linux", "aarch64-linux aarch64-darwin", `platform_machine == "x86_64"`},
		{"aarch64-darwin x86_64-darwin", "x86_64-linux", `sys_platform == "darwin"`},
		{"aarch64-darwin x86_64-linux", "x86_64-darwin aarch64-linux", `sys_platform == "darwin" and platform_machine == "arm64" or sys_platform == "linux" and platform_machine == "x86_64"`},
		{"aarch64-darwin x86_64-linux", "x86_64-darwin", `sys_platform == "darwin" and platform_machine == "arm64" or sys_platform == "linux"`},
	} {
		if got := Distinguish(named(t, c.some), named(t, c.others)); got != c.want {
			t.Errorf("Distinguish(%s, %s):\n got %s\nwant %s", c.some, c.others, got, c.want)
		}
	}
}

// TestDistinguishAll: the marker of each part of some systems holds for these and for no other.
func TestDistinguishAll(t *testing.T) {
	all := named(t, "x86_64-linux aarch64-linux i686-linux x86_64-darwin aarch64-darwin")
	for subset := 1; subset < 1<<len(all)-1; subset++ {
		var some, others []*Environment
		for i, e := range all {
			if subset>>i&1 == 1 {
				some = append(some, e)
			} else {
				others = append(others, e)
			}
		}
		text := Distinguish(some, others)
		marker, err := pep508.ParseMarker(text)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range all {
			if want := subset>>i&1 == 1; marker.Eval(&e.Markers, nil) != want {
				t.Errorf("%s: %v for %s", text, !want, e.System)
			}
		}
	}
}

func named(t *testing.T, names string) (all []*Environment) {
	for _, name := range strings.Fields(names) {
		e, err := New("3.12", name, nil)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

func FuzzParse(f *testing.F) {
	e, err := New("3.12", "x86_64-linux", nil)
	if err != nil {
		f.Fatal(err)
	}
	text, err := json.Marshal(e)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		if e, err := Parse(data); err == nil {
			_, _ = tags.New(e.Target)
		}
	})
}
