package pep508

import (
	"testing"

	"mach/tests/fuzzing"
)

func TestParseNormalises(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"a name", "flask", "flask"},
		{"a name stays as written", " Zope.Interface_ ", "Zope.Interface_"},
		{"specifiers", "flask >= 1.0 ,<2", "flask<2,>=1.0"},
		{"in parentheses", "flask (>=1.0, <2 )", "flask<2,>=1.0"},
		{"empty parentheses", "flask ()", "flask"},
		{"a comma at the end", "flask>=1,", "flask>=1"},
		{"space of any kind after an operator", "flask>=\n1", "flask>=1"},
		{"extras, sorted", "flask [ b , a,b]>=1", "flask[a,b]>=1"},
		{"no extras", "flask[]", "flask"},
		{"a marker", "flask;os_name=='nt'", `flask; os_name == "nt"`},
		{"a URL", "flask@https://index.example/f.whl", "flask @ https://index.example/f.whl"},
		{"a URL takes all up to a space", "flask @ file:///f;x ; os_name=='nt'", `flask @ file:///f;x ; os_name == "nt"`},
		{"identical takes all up to a space, even commas", "flask===a,==1;os_name=='nt'", `flask==1,===a; os_name == "nt"`},
		{"all of it", "a[b] (!=1.0.*) ; extra == 'C_d' or os_name<'x'", `a[b]!=1.0.*; extra == "c-d" or os_name < "x"`},
	} {
		r, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		if got := r.String(); got != c.want {
			t.Errorf("%s: Parse(%q) is %q, want %q", c.why, c.in, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		in          string
		offset, len int
	}{
		{"", 0, 0},
		{"-flask", 0, 6},
		{"flask-", 0, 6},
		{"flask 1.0", 6, 3},
		{"flask>=1 <2", 9, 2},
		{"flask>=1,,<2", 9, 3},
		{"flask>=1.*", 8, 2},
		{"flask(>=1", 5, 4},
		{"flask[a", 5, 2},
		{"flask[a,]", 8, 0},
		{"flask[a b]", 5, 3},
		{"flask @ ", 8, 0},
		{"flask @ x y", 10, 1},
		{"flask>=1;", 9, 0},
		{"flask; os_name", 14, 0},
		{"flask; os_name == nt", 18, 2},
		{"flask; os_name == 'nt' os", 23, 2},
		{"flask\n", 5, 1},
	} {
		r, err := Parse(c.in)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("Parse(%q) is %v, %v", c.in, r, err)
		} else if e.Offset != c.offset || e.Len != c.len {
			t.Errorf("Parse(%q) blames %d+%d, want %d+%d: %v", c.in, e.Offset, e.Len, c.offset, c.len, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a[b,c] (>=1,<2); os_name == 'nt' and (extra == 'x' or 'y' in extras)", "a @ b ; os_name != 'x'",
		"a===1,!=2.*", "a;python_version in'2.7' or platform.machine not in \"'\"",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzzing.Watch(t, len(s))()
		r, err := Parse(s)
		if err != nil {
			_ = err.Error()
			return
		}
		again, err := Parse(r.String())
		if err != nil || again.String() != r.String() {
			t.Errorf("%q reads as %q, that as %q, %v", s, r, again, err)
		}
		r.Marker.Eval(&linux, nil)
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{
		"charset-normalizer<4,>=2", "requests[socks] (>=2.21.0,!=2.32.*) ; extra == 'crawl'", "tomli>=1.1.0; python_version < '3.11'",
	} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Parse(s)
			}
		})
	}
}
