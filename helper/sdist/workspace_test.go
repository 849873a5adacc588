package sdist

import (
	"strings"
	"testing"
)

func TestMembers(t *testing.T) {
	for _, c := range []struct {
		why, members, exclude, dir string
		want                       bool
	}{
		{"a directory", "a", "", "a", true},
		{"another", "a", "", "b", false},
		{"one below it", "a", "", "a/b", false},
		{"what has one name", "libs/*", "", "libs/a", true},
		{"a part of a name", "./libs/mine-*", "", "libs/mine-a", true},
		{"what lies deeper", "libs/*", "", "libs/a/b", false},
		{"at any depth", "libs/**", "", "libs/a/b", true},
		{"at any depth, none", "**/a", "", "a", true},
		{"between", "libs/**/a/*/b", "", "libs/a/x/a/y/b", true},
		{"between, not", "libs/**/a/*/b", "", "libs/a/x/a/b", false},
		{"what is excluded", "libs/*", "libs/old*", "libs/older", false},
		{"one of several", "apps/* libs/*", "", "libs/a", true},
		{"no pattern", "[", "", "[", false},
	} {
		w := workspacePatterns{strings.Fields(c.members), strings.Fields(c.exclude)}
		if w.has(c.dir) != c.want {
			t.Errorf("%s: %q without %q has %s: got %t", c.why, c.members, c.exclude, c.dir, !c.want)
		}
	}
}
