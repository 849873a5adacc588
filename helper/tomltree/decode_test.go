package tomltree_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/diag"
	"mach/helper/tomltree"
)

func TestDecode(t *testing.T) {
	type file struct {
		A string
		B struct{ C []int }
	}
	var got, want file
	if err := tomltree.Decode([]byte("a = 'x'\nz = 1\n[b]\nc = [1, 2]\n"), "f", &got); err != nil {
		t.Fatal(err)
	}
	want.A, want.B.C = "x", []int{1, 2}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	tests := []struct{ why, text, want, source string }{
		{"what is no TOML", "a = 'x'\r\nz\r\n", "f:2:2: expected '=' after key", "z"},
		{"a key twice", "a = 'x'\na = 'y'\n", "f:2:1: key a is already defined", "a = 'y'"},
		{"another kind", "[b]\nc = [1,\n  'x']", "f:3:3: b.c has a value of the wrong kind", "  'x']"},
		{"the end of the file", "a", "f:1:1: expected '=' after key", "a"},
	}
	for _, tt := range tests {
		err := tomltree.Decode([]byte(tt.text), "f", &got)
		if err == nil || err.Error() != tt.want || err.Source != tt.source || err.Span != 1 || err.Code != diag.ExitUsage {
			t.Errorf("%s: got %v in %q, want %s", tt.why, err, err.Source, tt.want)
		}
	}
}
