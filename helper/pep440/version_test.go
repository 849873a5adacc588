package pep440

import (
	"slices"
	"testing"

	"mach/tests/fuzzing"
)

func TestParseNormalises(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"as it is", "1.2.3", "1.2.3"},
		{"trailing zeros stay", "1.0.0", "1.0.0"},
		{"leading zeros go", "01.002", "1.2"},
		{"prefix and case", "V1.0RC1", "1.0rc1"},
		{"space, Unicode's too", " \t1.0\u00a0\n", "1.0"},
		{"spellings of pre-releases", "1.0-preview.2", "1.0rc2"},
		{"alpha without a number", "1.0_alpha", "1.0a0"},
		{"separator at the end of a word", "1.0a.", "1.0a0"},
		{"implicit post release", "1.0-1", "1.0.post1"},
		{"post release of a pre-release", "1.0a--1", "1.0a0.post1"},
		{"spellings of post", "1.0.r4", "1.0.post4"},
		{"everything", "1!2.3b4.post5.dev6+Ubuntu-07.x", "1!2.3b4.post5.dev6+ubuntu.7.x"},
		{"zero as a local version", "1+00", "1+0"},
		{"dates", "2.31.0.20231231", "2.31.0.20231231"},
		{"beyond the packed form", "1.2.3.4.5", "1.2.3.4.5"},
		{"beyond 64 bits", "0.99999999999999999999.dev01234567890123456789012", "0.99999999999999999999.dev1234567890123456789012"},
	} {
		v, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
		} else if got := v.String(); got != c.want {
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
		{"  ", 0, 0},
		{"latest", 0, 6},
		{"1.0foo", 3, 3},
		{" 1.0foo ", 4, 3},
		{"1..0", 1, 3},
		{"1.", 1, 1},
		{"1!", 2, 0},
		{"1.0-", 3, 1},
		{"1.0+", 3, 1},
		{"1.0+a..b", 5, 3},
		{"1.0.dev1.post1", 8, 6},
		{"1.0.*", 3, 2},
		{"1.0 0", 3, 2},
		{"１.0", 0, 5},
	} {
		v, err := Parse(c.in)
		e, ok := err.(*Error)
		if !ok {
			t.Errorf("Parse(%q) is %v, %v", c.in, v, err)
		} else if e.Offset != c.offset || e.Len != c.len {
			t.Errorf("Parse(%q) blames %d+%d, want %d+%d", c.in, e.Offset, e.Len, c.offset, c.len)
		}
	}
}

// ascending is in strict order; each line holds spellings of one version.
var ascending = [][]string{
	{"0.dev0", "0.0.0.0.0.dev0"},
	{"0"},
	{"1.dev1"},
	{"1.dev20261231"},
	{"1.dev99999999999"},
	{"1.0a0.dev1"},
	{"1a", "1.0.0-alpha.0"},
	{"1a0.post1.dev2"},
	{"1a0.post1"},
	{"1a1.dev1"},
	{"1a1.dev100"},
	{"1a1"},
	{"1b1"},
	{"1rc1", "1.c1"},
	{"1rc33554431"},
	{"1rc33554432"},
	{"1", "1.0", "1.0.0.0.0", "v1"},
	{"1+abc"},
	{"1+abc.5"},
	{"1+abc.10"},
	{"1+5"},
	{"1+5.a", "1+05-A"},
	{"1+10"},
	{"1.post0.dev1"},
	{"1.post0"},
	{"1.post1", "1-1", "1.0.rev1"},
	{"1.post99999999999"},
	{"1.0.0.0.1"},
	{"1.0.0.1"},
	{"1.0.1"},
	{"1.1"},
	{"1.9"},
	{"1.10"},
	{"2"},
	{"33554431"},
	{"33554432"},
	{"18446744073709551615"},
	{"18446744073709551616"},
	{"28446744073709551616"},
	{"1!0.1"},
	{"1!1"},
	{"2!0"},
}

func TestCompareIsTotal(t *testing.T) {
	for i, xs := range ascending {
		for j, ys := range ascending {
			for _, x := range xs {
				for _, y := range ys {
					want := min(1, max(-1, i-j))
					if got := parse(t, x).Compare(parse(t, y)); got != want {
						t.Errorf("%q to %q is %d, want %d", x, y, got, want)
					}
				}
			}
		}
	}
}

func TestPartsOfVersion(t *testing.T) {
	for _, c := range []struct {
		in, public, base        string
		pre, post, dev, isLocal bool
	}{
		{in: "1.0", public: "1.0", base: "1.0"},
		{in: "1.0a1", public: "1.0a1", base: "1.0", pre: true},
		{in: "1.0.dev1", public: "1.0.dev1", base: "1.0", pre: true, dev: true},
		{in: "1.0.post1", public: "1.0.post1", base: "1.0", post: true},
		{in: "1.0.post1.dev2", public: "1.0.post1.dev2", base: "1.0", pre: true, post: true, dev: true},
		{in: "1.0a1.post3", public: "1.0a1.post3", base: "1.0", pre: true, post: true},
		{in: "3!1.0.post1+x", public: "3!1.0.post1", base: "3!1.0", post: true, isLocal: true},
		{in: "3!1.0.post1.dev1+x", public: "3!1.0.post1.dev1", base: "3!1.0", pre: true, post: true, dev: true, isLocal: true},
	} {
		v := parse(t, c.in)
		if v.Public() != c.public || v.Base() != c.base {
			t.Errorf("%q: public %q, base %q", c.in, v.Public(), v.Base())
		}
		if v.IsPrerelease() != c.pre || v.IsPostrelease() != c.post || v.IsDevrelease() != c.dev || v.IsLocal() != c.isLocal {
			t.Errorf("%q: pre %v, post %v, dev %v, local %v", c.in, v.IsPrerelease(), v.IsPostrelease(), v.IsDevrelease(), v.IsLocal())
		}
	}
	if got := parse(t, "1.0.3").Release(); !slices.Equal(got, []uint64{1, 0, 3}) {
		t.Errorf("release of 1.0.3 is %v", got)
	}
}

func parse(t testing.TB, s string) Version {
	t.Helper()
	v, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Whatever is read has a normal form that reads as the same version.
func FuzzParse(f *testing.F) {
	for _, same := range ascending {
		f.Add(same[0])
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzzing.Watch(t, len(s))()
		v, err := Parse(s)
		if err != nil {
			_ = err.Error()
			return
		}
		if w := parse(t, v.String()); w.Compare(v) != 0 || w.String() != v.String() {
			t.Errorf("%q reads as %q, that as %q", s, v, w)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, s := range []string{"1.2.3", "2.31.0.20231231", "1.0.0rc1", "2.1.0+cu118"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Parse(s)
			}
		})
	}
}

func BenchmarkCompare(b *testing.B) {
	v, w := parse(b, "1.26.4"), parse(b, "1.26.4.post1")
	for b.Loop() {
		v.Compare(w)
	}
}
