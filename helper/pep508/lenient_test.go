package pep508

import (
	"testing"

	"mach/tests/fuzzing"
)

func TestParseLenient(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"what is right stays", "flask (>=1)", "flask>=1"},
		{"the release that ended mach-nix", "jupyter-core!=~5.0,>=4.12", "jupyter-core!=5.0.*,>=4.12"},
		{"a wildcard after an order", "scikit-learn (>=1.0.*) ; extra == 'pipelines'", `scikit-learn>=1.0; extra == "pipelines"`},
		{"a comma left out", "elasticsearch-dsl (>=7.2.0<8.0.0)", "elasticsearch-dsl<8.0.0,>=7.2.0"},
		{"commas too many", "a >=1,,<2,", "a<2,>=1"},
		{"quotes around a version", `connectorx>="0.3.2a8"`, "connectorx>=0.3.2a8"},
		{"a version of before PEP 440", "pytz (>dev)", "pytz>dev"},
		{"a number without quotes", "mock; python_version<3", `mock; python_version < "3"`},
		{"a word without quotes", "mock; sys_platform==win32 and extra == my_test", `mock; sys_platform == "win32" and extra == "my-test"`},
		{"nothing after the semicolon", "mock>=1 ; ", "mock>=1"},
		{"a comma after the extras", "mock[a, b ,]>=1.*", "mock[a,b]>=1"},
		{"line ends", "\n mock (>=1) \r\n", "mock>=1"},
	} {
		r, err := ParseLenient(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
		} else if got := r.String(); got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.why, c.in, got, c.want)
		}
	}
}

func TestParseLenientRefuses(t *testing.T) {
	for _, c := range []struct {
		in          string
		offset, len int
	}{
		{"", 0, 0},
		{"two words", 4, 5},
		{"flask 1.0", 6, 3},
		{"flask>=1; os_name ==", 20, 0},
		{"flask>=1; os_name == x y", 23, 1},
		{"flask[a", 5, 2},
	} {
		r, err := ParseLenient(c.in)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("%q is %v, %v", c.in, r, err)
		} else if e.Offset != c.offset || e.Len != c.len {
			t.Errorf("%q blames %d+%d, want %d+%d: %v", c.in, e.Offset, e.Len, c.offset, c.len, err)
		}
	}
}

func FuzzParseLenient(f *testing.F) {
	for _, s := range []string{"a (>=1.*<2) ; python_version>3", "a[b,] ;", "a!=~5.0", " a>'1'\n", "a @ b c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzzing.Watch(t, len(s))()
		r, err := ParseLenient(s)
		if err != nil {
			_ = err.Error()
			return
		}
		again, err := ParseLenient(r.String())
		if err != nil || again.String() != r.String() {
			t.Errorf("%q reads as %q, that as %q, %v", s, r, again, err)
		}
	})
}
