package pydb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"mach/helper/release"
	"mach/helper/tags"
)

func TestVersions(t *testing.T) {
	for line, versions := range map[string]string{
		"1.0":                      "1.0",
		"3.0.2..0 2.3.3":           "3.0.2 3.0.1 3.0.0 2.3.3",
		"1.0rc2..1 0.9":            "1.0rc2 1.0rc1 0.9",
		"11..8":                    "11 10 9 8",
		"2 0":                      "2 0",
		"2024.01 2024.00":          "2024.01 2024.00", // leading zeros make no run
		"1.0+cu118 1.0+cu117":      "1.0+cu118 1.0+cu117",
		"1!2.1..0":                 "1!2.1 1!2.0",
		"99999999999 99999999998":  "99999999999 99999999998", // too long to count with
		"1.0.post1..0 1.0.dev3..2": "1.0.post1 1.0.post0 1.0.dev3 1.0.dev2",
	} {
		list := strings.Split(versions, " ")
		if line == "1.0+cu118 1.0+cu117" {
			line = "1.0+cu118..117"
		}
		if got := formatVersions(list); got != line {
			t.Errorf("format %s: got %q, want %q", versions, got, line)
		}
		got, ok := parseVersions(line)
		if !ok || !slices.Equal(got, list) {
			t.Errorf("parse %q: got %q", line, got)
		}
	}
	for _, line := range []string{"", " ", "1  2", "1..2", "1..1", "1..", "..1", "x..1", "1.9..-1", "9..1x", "999999999..0"} {
		if got, ok := parseVersions(line); ok {
			t.Errorf("parse %q: got %d versions", line, len(got))
		}
	}
}

func TestWheels(t *testing.T) {
	wheel := func(name string) release.Wheel {
		w, err := tags.ParseWheelName("x-1-" + name + ".whl")
		if err != nil {
			t.Fatal(err)
		}
		return release.Wheel{Build: w.Build, WheelTags: w.WheelTags}
	}
	for text, names := range map[string][]string{
		"":                            nil,
		pureWheels:                    {"py3-none-any"},
		"2a-py2.py3-none/any":         {"2a-py2.py3-none-any"},
		"cp39-abi3 cp39-none/a b":     {"cp39-abi3-a", "cp39-abi3-b", "cp39-none-a", "cp39-none-b"},
		"cp310-cp310/a;cp39-cp39/a b": {"cp310-cp310-a", "cp39-cp39-a", "cp39-cp39-b"},
	} {
		var wheels []release.Wheel
		for _, n := range names {
			wheels = append(wheels, wheel(n))
		}
		if got := formatWheels(wheels); got != text {
			t.Errorf("format: got %q, want %q", got, text)
		}
		slices.Reverse(wheels)
		if got := formatWheels(wheels); got != text {
			t.Errorf("format in another order: got %q, want %q", got, text)
		}
		slices.Reverse(wheels)
		if got, ok := parseWheels(text); !ok || !slices.Equal(got, wheels) {
			t.Errorf("parse %q: got %v", text, got)
		}
	}
}

func TestRequirements(t *testing.T) {
	for in, want := range map[string]string{
		"Foo_Bar (>=1.0,<2)":                     "foo-bar<2,>=1.0",
		"foo [b, a]>=1;  extra=='x'":             `foo[a,b]>=1; extra == "x"`,
		"foo ; (python_version<'3')":             `foo; python_version < "3"`,
		"Foo @ https://index.example/f-1.whl":    "foo @ https://index.example/f-1.whl",
		"foo>=1.*":                               "foo>=1", // which nobody understands otherwise
		"Foo bar baz":                            "Foo bar baz",
		">= 3":                                   ">= 3",
		"":                                       "",
		"zope.interface ; extra == \"Test.all\"": `zope-interface; extra == "test-all"`,
	} {
		if got := (&normalizer{}).normal(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A release's own version is one sign in what it requires.
func TestContract(t *testing.T) {
	for in, want := range map[string]string{
		"a==1.2":                     "a==$",
		"a<2,>=1.2; extra == 'x'":    "a<2,>=$; extra == 'x'",
		"a==1.2.3":                   "a==1.2.3",
		"a==11.2":                    "a==11.2",
		"a1.2":                       "a1.2",
		"a @ https://x/$1.2":         "a @ https://x/$1.2",
		"a==$":                       "a==$$",
		"a==$$":                      "a==$$$",
		"a; python_version == '1.2'": "a; python_version == '1.2'",
	} {
		got := contract(in, "1.2")
		if got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
		if back := expand(got, "1.2"); back != in {
			t.Errorf("%s: became %q, and that %q", in, got, back)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching("[ab$<>=;,1]{0,12}").Draw(t, "requirement")
		if back := expand(contract(s, "1"), "1"); back != s {
			t.Errorf("%q became %q", s, back)
		}
	})
}

// Any list becomes any other by its edits, and no list in use is written to.
func TestEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-c]{1,2}([<>][1-3])?(;[xy])?|[<;]a?`)
		sorted := rapid.Map(rapid.SliceOf(word), func(l []string) []string {
			slices.Sort(l)
			return slices.Compact(l)
		})
		from, to := sorted.Draw(t, "from"), sorted.Draw(t, "to")
		before := slices.Clone(from)
		l := list{items: from}
		l.begin()
		edits := string(appendEdits(nil, "", from, to))
		for line := range strings.Lines(edits) {
			if !l.edit(strings.TrimSuffix(line, "\n")) {
				t.Fatalf("wrong line %q", line)
			}
		}
		if diff := cmp.Diff(to, l.items, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s by %q: %s", from, edits, diff)
		}
		if !slices.Equal(from, before) {
			t.Errorf("the list was %q and is now %q", before, from)
		}
	})
}

func TestEditLines(t *testing.T) {
	for _, test := range []struct{ from, to, edits string }{
		{"", "a b", "+a +b"},
		{"a b c", "a c", "-1"},
		{"a b c d", "a d", "-1 -"},
		{"a<1 b<1 c<1", "a<2 b<2 c<1", "=_<2 =_<2"},
		{"a b<1 c", "a b c", "=1_"},
		{"a b<1;x", "a b<1;y", "=1_b<1;y"},
		{"a c", "a b", "+b -"},
	} {
		got := string(appendEdits(nil, "", strings.Fields(test.from), strings.Fields(test.to)))
		if want := strings.ReplaceAll(strings.ReplaceAll(test.edits, " ", "\n"), "_", " ") + "\n"; got != want {
			t.Errorf("%s to %s: got %q, want %q", test.from, test.to, got, want)
		}
	}
	for _, line := range []string{"", "-2", "-x", "- a", "=", "=2 a", "=-1 a", "?"} {
		l := list{items: []string{"a", "b"}}
		if l.edit(line) {
			t.Errorf("%q is taken, and gives %q", line, l.items)
		}
	}
}

// Days are what they were.
func TestDays(t *testing.T) {
	for _, test := range []struct{ days, line string }{
		{"1970-01-01", "0"},
		{"2024-01-31 2024-01-31 2024-01-30", "quxY01"},
		{"2024-01-31 2024-03-31 ", "quxY!l."},
		{" 2024-01-31  2014-01-31", ".quxY.s|4"},
	} {
		days := strings.Split(test.days, " ")
		releases := make([]*gathered, len(days))
		for i, day := range days {
			releases[i] = &gathered{Release: Release{Release: release.Release{Uploaded: day}}}
		}
		line := strings.TrimSuffix(string(encodeDays(releases)), "\n")
		if line != test.line {
			t.Errorf("%s: got %q, want %q", days, line, test.line)
		}
		if got, ok := decodeDays(line, len(days)); !ok || !slices.Equal(got, days) {
			t.Errorf("%q: got %q, want %q", line, got, days)
		}
	}
	for line, n := range map[string]int{
		"": 1, "0": 2, "00": 1, "!0": 1, "0!": 1, "0!!0": 2, "q": 0, "0q": 1, "0!.": 2, "q.": 1, "p0": 1, " ": 1, "~~~~~~~~~0": 1, "01": 2,
	} {
		if got, ok := decodeDays(line, n); ok {
			t.Errorf("%q: got %q", line, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.IntRange(-1, maxDay), 1, 30).Draw(t, "days")
		var days []string
		var releases []*gathered
		for _, n := range numbers {
			day := ""
			if n >= 0 {
				day = dayOf(n)
			}
			days = append(days, day)
			releases = append(releases, &gathered{Release: Release{Release: release.Release{Uploaded: day}}})
		}
		line := strings.TrimSuffix(string(encodeDays(releases)), "\n")
		if got, ok := decodeDays(line, len(days)); !ok || !slices.Equal(got, days) {
			t.Errorf("%q: got %q, want %q", line, got, days)
		}
	})
}

func TestExtrasOf(t *testing.T) {
	for requirement, want := range map[string][]string{
		`x`:                 nil,
		`x; extra == "dev"`: {"dev"},
		`x ; python_version<"3" and extra=='a-b'`: {"a-b"},
		`x; extra == "a" or extra == 'b'`:         {"a", "b"},
		`x; 'a' == extra`:                         nil, // such are written out
		`x; extra != "a"`:                         nil,
		`x; extra == "a`:                          nil,
		`extra; extra == "extra"`:                 {"extra"},
	} {
		if got := extrasOf([]string{requirement, requirement}); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", requirement, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"a b": "a b", " a\n\tb  c\r\n": "a b c", "": "", "\n": "", "é ü": "é ü", "a\x00b\x7fc\u00a0d": "a b c d", "a\xff": "a\ufffd",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func mustCompress(t testing.TB, text []byte, p params) []byte {
	t.Helper()
	data, err := compress(text, p)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A text is what it was, whatever its length, compressed or stored.
func TestStreams(t *testing.T) {
	for _, n := range []int{1, 2, 63, 2047, 2048, 2049, 70_000} {
		text := []byte(strings.Repeat("one line and another\n", n/20+1))[:n]
		text[n-1] = '\n'
		compressed := mustCompress(t, text, params{lc: wordsLC})
		partly := mustCompress(t, text, params{stored: min(n, 100)})
		for _, data := range [][]byte{compressed, partly, store(text, checkCRC32), store(text, checkSHA256)} {
			got, err := openText(data)
			if err != nil {
				t.Fatalf("%d bytes: %v", n, err)
			}
			var b strings.Builder
			for {
				line, err := got.line()
				if err != nil {
					break
				}
				b.WriteString(line + "\n")
			}
			if b.String() != string(text) {
				t.Errorf("%d bytes: other text", n)
			}
		}
	}
}
