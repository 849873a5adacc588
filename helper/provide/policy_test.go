package provide

import (
	"slices"
	"strings"
	"testing"
)

func TestParseProviders(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []Provider
		err  string
	}{
		{"wheel", []Provider{Wheel}, ""},
		{"nixpkgs, sdist", []Provider{Nixpkgs, Sdist}, ""},
		{"wheels", nil, `unknown provider "wheels": there are wheel, sdist, nixpkgs`},
		{"", nil, `unknown provider ""`},
		{"wheel,wheel", nil, "stands twice"},
	} {
		got, err := ParseProviders(c.in)
		if !slices.Equal(got, c.want) || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("ParseProviders(%q) = %v, %v; want %v, %q", c.in, got, err, c.want, c.err)
		}
	}
}

func TestPolicyOrder(t *testing.T) {
	p := Policy{Projects: map[string][]Provider{"numpy": {Nixpkgs}}}
	if got := p.Order("numpy"); !slices.Equal(got, []Provider{Nixpkgs}) {
		t.Errorf("a project's own order: %v", got)
	}
	if got := p.Order("flask"); !slices.Equal(got, []Provider{Wheel, Sdist, Nixpkgs}) {
		t.Errorf("the default order: %v", got)
	}
}
