package environment

import (
	"strings"
	"testing"

	"mach/helper/tags"
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
