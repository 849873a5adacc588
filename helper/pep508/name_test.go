package pep508

import "testing"

func TestNames(t *testing.T) {
	for _, c := range []struct {
		in, normal string
		valid      bool
	}{
		{"requests", "requests", true},
		{"ruamel.yaml", "ruamel-yaml", true},
		{"Zope_.-Interface", "zope-interface", true},
		{"a--b", "a-b", true},
		{"3to2", "3to2", true},
		{"A", "a", true},
		{"", "", false},
		{"_private", "-private", false},
		{"end-", "end-", false},
		{"two words", "two words", false},
		{"naïve", "naïve", false},
		{"ÉTÉ", "été", false},
	} {
		if got := NormalizeName(c.in); got != c.normal {
			t.Errorf("NormalizeName(%q) is %q, want %q", c.in, got, c.normal)
		}
		if got := ValidName(c.in); got != c.valid {
			t.Errorf("ValidName(%q) is %v", c.in, got)
		}
	}
	if n := testing.AllocsPerRun(10, func() { NormalizeName("already-normal") }); n != 0 {
		t.Errorf("a normal name costs %v allocations", n)
	}
}
