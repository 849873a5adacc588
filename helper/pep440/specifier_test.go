package pep440

import (
	"strings"
	"testing"

	"mach/tests/fuzzing"
)

func TestContains(t *testing.T) {
	for _, c := range []struct{ why, specifiers, in, out string }{
		{"no clause", "", "1 1.dev1 1+x", ""},
		{"equal, any local version", "==1.0", "1 1.0.0 1+x", "1.1 1.post1 1.dev1"},
		{"equal to a local version", "==1.0+x", "1+x 1.0+X", "1 1+x.1"},
		{"not equal", "!=1.0", "1.1 1.post1", "1 1+x"},
		{"not equal to a local version", "!=1.0+x", "1 1+y", "1+x"},
		{"prefix", "==1.2.*", "1.2 1.2.9 1.2.dev1 1.2+x 1.2.post1", "1.3.dev1 1.20 1"},
		{"prefix that ends in zeros", "==1.0.0.*", "1 1.0.0.3", "1.0.1"},
		{"prefix with an epoch", "==1!2.*", "1!2.3", "2.3"},
		{"prefix beyond the packed form", "==1.2.3.4.5.*", "1.2.3.4.5.6", "1.2.3.4.6 1.2.3.4"},
		{"not prefix", "!=1.2.*", "1.3", "1.2 1.2.9"},
		{"compatible", "~=1.4.2", "1.4.2 1.4.9.post1 1.4.2+x", "1.4.1 1.5 1.5.dev1"},
		{"compatible: a suffix does not count", "~=2.2.post3", "2.2.post3 2.9", "2.2 3"},
		{"at least", ">=1.0", "1 1+x 2 1.post1", "1.dev1 1rc1"},
		{"at most, any local version", "<=1.0", "1 1+x 1rc1", "1.post1"},
		{"below: no pre-release of it", "<1.0", "0.9 0.9+x", "1 1rc1 1.dev1 1+x"},
		{"below a pre-release", "<1.0rc1", "1.0b9 1.0.dev1", "1rc1 1"},
		{"below a post release", "<1.0.post1", "1 1+x 1.post0", "1.post1.dev1"},
		{"above: no post release of it, no local version of it", ">1.0", "1.0.1 2", "1 1.post1 1+x 1.0.0.post3+y"},
		{"above a pre-release", ">1.0a1", "1.0a2.dev1 1.0b1 1", "1.0a1.post1"},
		{"above a post release", ">1.0.post1", "1.0.post2.dev1 1.1", "1.post1 1.post1+x 1"},
		{"above a development release", ">1.0.dev1", "1.0.dev2 1.0a1 1 1.0.post1", "1.0.dev1 1.0.dev1+x"},
		{"above, post number beyond the packed form", ">1.0", "1.1", "1.0.post99999999999"},
		{"identical: the string, in any case", "===1.0+ABC", "1.0+abc", "1.0 1.0.0+abc"},
		{"identical to what is no version", "===1.0-x", "", "1.0"},
		{"all clauses count", ">=1,<2,!=1.5", "1 1.4", "0.9 1.5 2"},
	} {
		s := specifiers(t, c.specifiers)
		for _, v := range strings.Fields(c.in) {
			if !s.Contains(parse(t, v)) {
				t.Errorf("%s: %q does not contain %s", c.why, c.specifiers, v)
			}
		}
		for _, v := range strings.Fields(c.out) {
			if s.Contains(parse(t, v)) {
				t.Errorf("%s: %q contains %s", c.why, c.specifiers, v)
			}
		}
	}
}

func TestParseSpecifiersNormalises(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"nothing", " ", ""},
		{"only commas", " , ,", ""},
		{"space and order", " >= 1.0 ,\t!= 1.0.1 ", "!=1.0.1,>=1.0"},
		{"a comma at the end", ">=1,", ">=1"},
		{"the text stays as written", "==V1.00.*", "==V1.00.*"},
		{"two spellings of one clause", ">=1.0,>=1", ">=1"},
		{"~=1.0 and ~=1.0.0 are two clauses", "~=1.0.0,~=1.0", "~=1.0,~=1.0.0"},
		{"identical to nothing", "===", "==="},
	} {
		if got := specifiers(t, c.in).String(); got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.why, c.in, got, c.want)
		}
	}
}

func TestParseSpecifiersRefuses(t *testing.T) {
	for _, c := range []struct {
		in          string
		offset, len int
	}{
		{"1.0", 0, 3},
		{">=1, 2.0", 5, 3},
		{">=", 2, 0},
		{">=1.*", 3, 2},
		{"~=1.0.*", 5, 2},
		{"~=1", 2, 1},
		{"==1.0a1.*", 7, 2},
		{"==1.*+x", 3, 4},
		{">=1.0+x", 2, 5},
		{">=1 <2", 3, 3},
		{"!=~5.0", 2, 4},
		{"===1 0", 4, 2},
	} {
		s, err := ParseSpecifiers(c.in)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("ParseSpecifiers(%q) is %v, %v", c.in, s, err)
		} else if e.Offset != c.offset || e.Len != c.len {
			t.Errorf("ParseSpecifiers(%q) blames %d+%d, want %d+%d", c.in, e.Offset, e.Len, c.offset, c.len)
		}
	}
}

func TestQuestionsToSpecifiers(t *testing.T) {
	for _, c := range []struct {
		in              string
		prerelease, pin bool
	}{
		{in: ""},
		{in: ">=1,<2"},
		{in: ">=1.0a1", prerelease: true},
		{in: "<2.dev1", prerelease: true},
		{in: "!=1.0a1"},
		{in: "==1.*"},
		{in: "==1.0", pin: true},
		{in: "==1.0+x", pin: true},
		{in: "===1.0rc1", prerelease: true, pin: true},
		{in: "===x", pin: true},
	} {
		s := specifiers(t, c.in)
		if s.MentionsPrerelease() != c.prerelease || s.Pins() != c.pin {
			t.Errorf("%q: mentions %v, pins %v", c.in, s.MentionsPrerelease(), s.Pins())
		}
	}
}

func specifiers(t testing.TB, s string) Specifiers {
	t.Helper()
	out, err := ParseSpecifiers(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func FuzzParseSpecifiers(f *testing.F) {
	for _, s := range []string{"", ">=1,<2", "==1.*", "~=1.0", "===x,!=1+l", ">=1, ,"} {
		f.Add(s)
	}
	v := parse(f, "1.0")
	f.Fuzz(func(t *testing.T, in string) {
		defer fuzzing.Watch(t, len(in))()
		s, err := ParseSpecifiers(in)
		if err != nil {
			_ = err.Error()
			return
		}
		again := specifiers(t, s.String())
		if again.String() != s.String() || again.Contains(v) != s.Contains(v) {
			t.Errorf("%q reads as %q, that as %q", in, s, again)
		}
	})
}

func BenchmarkParseSpecifiers(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = ParseSpecifiers(">=1.21.1,<3,!=2.0.*")
	}
}

func BenchmarkContains(b *testing.B) {
	s, v := specifiers(b, ">=1.21.1,<3,!=2.0.*"), parse(b, "2.2.1")
	b.ReportAllocs()
	for b.Loop() {
		s.Contains(v)
	}
}
