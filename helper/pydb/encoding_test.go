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

// Any list becomes any other by its edits, and no list in use is written to.
func TestEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-e]{1,2}`)
		list := rapid.Map(rapid.SliceOf(word), func(l []string) []string {
			slices.Sort(l)
			return slices.Compact(l)
		})
		from, to := list.Draw(t, "from"), list.Draw(t, "to")
		before := slices.Clone(from)
		got, owned, ok := from, false, true
		for line := range strings.Lines(string(appendEdits(nil, "", from, to))) {
			if got, ok = edit(got, owned, strings.TrimSuffix(line, "\n")); !ok {
				t.Fatalf("wrong line %q", line)
			}
			owned = true
		}
		if diff := cmp.Diff(to, got, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
		if !slices.Equal(from, before) {
			t.Errorf("the list was %q and is now %q", before, from)
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

// A text is what it was, whatever its length, compressed or stored.
func TestStreams(t *testing.T) {
	for _, n := range []int{1, 2, 63, 4095, 4096, 4097, 70_000, 200_000} {
		text := []byte(strings.Repeat("one line and another\n", n/20+1))[:n]
		text[n-1] = '\n'
		compressed, err := compress(text, forWords)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{compressed, store(text, checkCRC32), store(text, checkSHA256)} {
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
