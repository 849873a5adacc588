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
			first, at, ok := node(b).find(want)
			if !ok || first != names[k] {
				t.Fatalf("%d lines, %s: got %q, want %q", len(names), want, first, names[k])
			}
			if p, err := parsePointer(at); err != nil || p.offset != int64(k) {
				t.Fatalf("%s: pointer %q: %v", want, at, err)
			}
		}
	}
	if _, _, ok := node(b).find("a"); ok {
		t.Error("a name before the first line was found")
	}
	if _, _, ok := node("").find("a"); ok {
		t.Error("a name was found in an empty node")
	}
}
