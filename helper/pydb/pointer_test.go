package pydb

import (
	"fmt"
	"slices"
	"testing"
)

// A name is found in the line with the last name that is not after it.
func TestNodeFind(t *testing.T) {
	var b []byte
	var names []string
	for i := range 100 {
		name := fmt.Sprintf("p%04d", 10*i)
		names = append(names, name)
		p := pointer{offset: int64(i), size: minStream}
		b = append(p.append(append(append(b, name...), ' ')), '\n')
		for j := range 10*i + 12 {
			want := fmt.Sprintf("p%04d", j)
			k, exact := slices.BinarySearch(names, want)
			if !exact {
				k--
			}
			first, at := node(b).find(want)
			if first != names[k] {
				t.Fatalf("%d lines, %s: got %q, want %q", len(names), want, first, names[k])
			}
			if p, err := parsePointer(at); err != nil || p.offset != int64(k) {
				t.Fatalf("%s: pointer %q: %v", want, at, err)
			}
		}
	}
	for _, n := range []node{node(b), ""} {
		if first, at := n.find("a"); first != "" || at != "" {
			t.Errorf("a name before the first line: got %q, %q", first, at)
		}
	}
}

// A line that is only a key leads where the line before it does.
func TestNodeShared(t *testing.T) {
	n := node("a 1\nb\nc\nd -\ne 2\nf\n")
	for key, want := range map[string][2]string{
		"a": {"a", "1"}, "b": {"b", "1"}, "bb": {"b", "1"}, "c": {"c", "1"}, "d": {"d", "-"}, "e": {"e", "2"}, "f": {"f", "2"}, "g": {"f", "2"},
	} {
		if first, line := n.find(key); first != want[0] || line != want[1] {
			t.Errorf("%s: got %q, %q", key, first, line)
		}
	}
}
