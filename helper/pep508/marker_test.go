package pep508

import (
	"strings"
	"testing"

	"mach/tests/fuzzing"
)

var linux = Environment{
	ImplementationName:           "cpython",
	ImplementationVersion:        "3.12.4",
	OSName:                       "posix",
	PlatformMachine:              "x86_64",
	PlatformPythonImplementation: "CPython",
	PlatformRelease:              "6.1.0-18-amd64",
	PlatformSystem:               "Linux",
	PlatformVersion:              "#1 SMP",
	PythonFullVersion:            "3.12.4",
	PythonVersion:                "3.12",
	SysPlatform:                  "linux",
}

func TestMarkerString(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"spaces and quotes", `os_name=='nt'`, `os_name == "nt"`},
		{"a double quote in a text", `os_name == '"'`, `os_name == '"'`},
		{"older names", `os.name != 'x' and python_implementation == 'y'`, `os_name != "x" and platform_python_implementation == "y"`},
		{"parentheses around all", `((os_name == 'a' or os_name == 'b'))`, `os_name == "a" or os_name == "b"`},
		{"parentheses around one", `(os_name == 'a') or ((os_name == 'b'))`, `os_name == "a" or os_name == "b"`},
		{"parentheses that change nothing", `os_name == 'a' or (os_name == 'b' and os_name == 'c')`, `os_name == "a" or (os_name == "b" and os_name == "c")`},
		{"extras are normalised, on either side", `extra=='A_b' or 'A.c'==extra or 'A_d' in extras`, `extra == "a-b" or "a-c" == extra or "a-d" in extras`},
		{"two texts", `'A'=='b'`, `"A" == "b"`},
		{"two variables", `os_name == sys_platform`, `os_name == sys_platform`},
		{"no space where none is needed", `'x'not in os_name and(os_name in'y')`, `"x" not in os_name and os_name in "y"`},
	} {
		if got := marker(t, c.in).String(); got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.why, c.in, got, c.want)
		}
	}
}

func TestEval(t *testing.T) {
	for _, c := range []struct {
		why, in string
		extras  string
		want    bool
	}{
		{"versions, not strings", `python_version >= '3.9'`, "", true},
		{"on the other side", `'3.9' <= python_version`, "", true},
		{"a wildcard", `python_full_version == '3.12.*'`, "", true},
		{"compatible", `python_version ~= '3.8'`, "", true},
		{"in is a matter of strings", `python_version in '2.7 3.12'`, "", true},
		{"not in too", `'3.1' not in python_version`, "", false},
		{"a value that is no version", `platform_release >= '5.0'`, "", false},
		{"two that are none", `platform_release >= '6.1.0-18-amd64'`, "", true},
		{"strings have no order", `os_name > 'a'`, "", false},
		{"but may be equal", `os_name >= 'posix'`, "", true},
		{"no meaning", `os_name ~= 'posix'`, "", false},
		{"identical versions", `python_version === '3.12'`, "", true},
		{"and before or", `os_name == 'posix' or os_name == 'a' and os_name == 'b'`, "", true},
		{"and before or, again", `os_name == 'a' and os_name == 'b' or os_name == 'posix'`, "", true},
		{"parentheses", `(os_name == 'posix' or os_name == 'a') and os_name == 'b'`, "", false},
		{"no extra", `extra == 'x'`, "", false},
		{"no extra is an empty string", `extra == ''`, "", true},
		{"an extra", `extra == 'X_y'`, "x-y", true},
		{"an extra as it is written", `extra == 'x-y'`, "X.Y", true},
		{"one of the extras", `extra == 'x'`, "w x", true},
		{"none of the extras", `extra != 'x'`, "w x", false},
		{"PEP 751", `'x' in extras`, "w x", true},
		{"PEP 751, not", `'y' not in extras`, "w x", true},
		{"groups", `'x' in dependency_groups`, "x", false},
		{"a set is no string", `extras == 'x'`, "x", false},
		{"two texts", `'a' == 'a'`, "", false},
	} {
		if got := marker(t, c.in).Eval(&linux, strings.Fields(c.extras)); got != c.want {
			t.Errorf("%s: %q with %q is %v", c.why, c.in, c.extras, got)
		}
	}
	if !(*Marker)(nil).Eval(&linux, nil) {
		t.Error("no marker does not hold")
	}
}

func TestEvalOfUntaggedPython(t *testing.T) {
	env := linux
	env.PythonFullVersion = "3.14.0a1+"
	if !marker(t, `python_full_version >= '3.14.0a1'`).Eval(&env, nil) {
		t.Error("the + of a checkout makes its version unreadable")
	}
}

func TestParseMarkerRefuses(t *testing.T) {
	for _, c := range []struct {
		in          string
		offset, len int
	}{
		{"", 0, 0},
		{"os_name", 7, 0},
		{"os_name = 'nt'", 8, 0},
		{"os_name == 'nt", 11, 3},
		{"os_name == nt", 11, 2},
		{"os-name == 'nt'", 0, 2},
		{`os_name == 'n\t'`, 13, 1},
		{"(os_name == 'nt'", 0, 16},
		{"os_name == 'nt')", 15, 1},
		{"os_name not == 'nt'", 8, 4},
		{"os_name == 'nt' and", 19, 0},
		{"os_name == 'nt' andos_name == 'nt'", 16, 18},
		{strings.Repeat("(", 1000), 100, 0},
	} {
		m, err := ParseMarker(c.in)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("ParseMarker(%q) is %v, %v", c.in, m, err)
		} else if e.Offset != c.offset || e.Len != c.len {
			t.Errorf("ParseMarker(%q) blames %d+%d, want %d+%d: %v", c.in, e.Offset, e.Len, c.offset, c.len, err)
		}
	}
}

func TestMentionsExtra(t *testing.T) {
	for in, want := range map[string]bool{
		`os_name == 'extra'`: false,
		`os_name == 'nt' and (os_name == 'x' or extra=='x')`: true,
		`'x' == extra`:  true,
		`'x' in extras`: true,
	} {
		if got := marker(t, in).MentionsExtra(); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func marker(t testing.TB, s string) *Marker {
	t.Helper()
	m, err := ParseMarker(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func BenchmarkEval(b *testing.B) {
	for _, s := range []string{"extra == 'test'", "python_version < '3.11'", "python_version >= '3.8' and platform_system != 'Windows' and extra == 'x'"} {
		m := marker(b, s)
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Eval(&linux, nil)
			}
		})
	}
}

func FuzzParseMarker(f *testing.F) {
	for _, s := range []string{"os_name=='nt' and (extra in 'a b' or python_version not in '2.7, 3')", "((('a'<'b')))", "extra == 'x' or 'y' in extras"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzzing.Watch(t, len(s))()
		m, err := ParseMarker(s)
		if err != nil {
			_ = err.Error()
			return
		}
		again, err := ParseMarker(m.String())
		if err != nil || again.String() != m.String() {
			t.Errorf("%q reads as %q, that as %q, %v", s, m, again, err)
		}
		m.Eval(&linux, []string{"x"})
	})
}
