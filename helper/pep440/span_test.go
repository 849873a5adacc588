package pep440

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Spans says of each version what Contains says.
func TestSpans(t *testing.T) {
	texts := []string{
		"1!0.1", "2.1", "2.0.post1", "2.0+local", "2.0", "2.0rc1", "2.0.dev1", "1.10", "1.4.5.post1.dev2", "1.4.5.post1", "1.4.5+b",
		"1.4.5+a", "1.4.5", "1.4.5rc2.post1", "1.4.5rc2", "1.4.5.dev3", "1.4.4", "1.4", "1.3.9", "1.0.1", "1.0.0", "1.0a1", "1", "0.9",
	}
	var all []Version
	for _, text := range texts {
		v, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	ops := []string{"==", "!=", ">=", "<=", ">", "<", "~=", "==*", "!=*", "==="}
	rapid.Check(t, func(t *rapid.T) {
		versions := rapid.SliceOf(rapid.SampledFrom(all)).Draw(t, "versions")
		slices.SortFunc(versions, func(a, b Version) int { return b.Compare(a) })
		text := ""
		for range rapid.IntRange(0, 3).Draw(t, "clauses") {
			op, of := rapid.SampledFrom(ops).Draw(t, "op"), rapid.SampledFrom(all).Draw(t, "version")
			version := of.String()
			if op[len(op)-1] == '*' {
				op, version = op[:2], of.Base()+".*"
			}
			text += op + version + ","
		}
		specifiers, err := ParseSpecifiersLenient(text)
		if err != nil {
			t.Skip(err)
		}
		in, out, ok := specifiers.Spans(len(versions), func(i int) *Version { return &versions[i] })
		if !ok {
			return
		}
		for i, v := range versions {
			got := in.Has(i) && !slices.ContainsFunc(out, func(s Span) bool { return s.Has(i) })
			if want := specifiers.Contains(v); got != want {
				t.Fatalf("%q on %s: %v, want %v (in %v, out %v)", text, v, got, want, in, out)
			}
		}
	})
}
