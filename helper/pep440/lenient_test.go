package pep440

import (
	"strings"
	"testing"

	"mach/tests/fuzzing"
)

func TestParseSpecifiersLenient(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{">=1,<2", "<2,>=1"},
		{"(>=1,<2)", "<2,>=1"},
		{`>= "1"`, ">=1"},
		{"'>=1'", ">=1"},
		{">=7.2.0<8.0.0", "<8.0.0,>=7.2.0"},
		{">=1 <2", "<2,>=1"},
		{"> = 1", ">=1"},
		{"=1", "==1"},
		{"=>1,=<2", "<=2,>=1"},
		{">==1,<==2", "<=2,>=1"},
		{"<>1", "!=1"},
		{"~1.2", "~=1.2"},
		{"~>1.2", "~=1.2"},
		{"~=1.2.", "~=1.2"},
		{"~=5", "==5.*"},
		{"~=5.*", "==5.*"},
		{"!=~5.0,>=4.12", "!=5.0.*,>=4.12"},
		{">=2.*", ">=2"},
		{"<= 2.7.*,>2.*", "<=2.7,>2"},
		{"!=3.0*,!=3.1*", "!=3.0.*,!=3.1.*"},
		{"==1.x", "==1.*"},
		{">=1.2.X", ">=1.2"},
		{"==1.0a1.*", "==1.0a1"},
		{"*", ""},
		{">=*", ""},
		{"==*,<2", "<2"},
		{">=1.8.0+cu111", ">=1.8.0"},
		{"==1.8.0+cu111.*", "==1.8.0+cu111"},
		{">=3.6.", ">=3.6"},
		{">=9.0.0a1.0", ">=9.0.0a1"},
		{">=1!2.0<1!3", "<1!3,>=1!2.0"},
		{">dev", ">dev"},
		{"==2011k ", "==2011k"},
		{"==2011k,====1", "==2011k,====1"},
		{"~1+l.0", "==1.*"},
		{"~=1.2+l", "~=1.2"},
	} {
		s, err := ParseSpecifiersLenient(c.in)
		if err != nil {
			t.Error(err)
		} else if got := s.String(); got != c.want {
			t.Errorf("%q is %q, want %q", c.in, got, c.want)
		}
	}
}

func TestParseSpecifiersLenientRefuses(t *testing.T) {
	for _, c := range []struct {
		in          string
		offset, len int
	}{
		{"1.0", 0, 3},
		{">=1, 2.0", 5, 3},
		{">=", 2, 0},
		{">=<1", 0, 3},
		{"!=*", 2, 1},
		{"~=dev", 2, 3},
		{"^1.2", 0, 4},
	} {
		s, err := ParseSpecifiersLenient(c.in)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("%q is %v, %v", c.in, s, err)
		} else if e.Offset != c.offset || e.Len != c.len {
			t.Errorf("%q blames %d+%d, want %d+%d: %v", c.in, e.Offset, e.Len, c.offset, c.len, err)
		}
	}
}

// Facts of setuptools' order, taken from packaging 20.9.
func TestLegacyOrder(t *testing.T) {
	for _, c := range []struct{ specifiers, in, out string }{
		{">dev", "0 0.dev1 2016.1", ""},
		{"==2011k", "", "2011 2011.1"},
		{"!=2011k", "2011", ""},
		{">=2004d", "2023.3 2004", "2003.9"},
		{"<1.0-x", "1.0a1 0.9 1.0", "1.0.post1 1.1"},
		{">=3.2.1.RELEASE", "3.2.2 3.2.1.1", "3.2.1 3.2"},
		{"<=0.9.8-dev-r1", "0.9.7", "0.9.8 1"},
	} {
		s, err := ParseSpecifiersLenient(c.specifiers)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, v := range strings.Fields(c.in) {
			if !s.Contains(parse(t, v)) {
				t.Errorf("%q does not contain %s", c.specifiers, v)
			}
		}
		for _, v := range strings.Fields(c.out) {
			if s.Contains(parse(t, v)) {
				t.Errorf("%q contains %s", c.specifiers, v)
			}
		}
	}
}

func FuzzParseSpecifiersLenient(f *testing.F) {
	for _, s := range []string{"(>=1<2)", "!=~5.0,*", ">dev", "==1.x.*", "~=5", ">=1+l", "< = '1!2-"} {
		f.Add(s)
	}
	v := parse(f, "1.0")
	f.Fuzz(func(t *testing.T, in string) {
		defer fuzzing.Watch(t, len(in))()
		s, err := ParseSpecifiersLenient(in)
		if err != nil {
			_ = err.Error()
			return
		}
		again, err := ParseSpecifiersLenient(s.String())
		if err != nil || again.String() != s.String() || again.Contains(v) != s.Contains(v) {
			t.Errorf("%q reads as %q, that as %q, %v", in, s, again, err)
		}
	})
}
