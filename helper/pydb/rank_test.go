package pydb

import (
	"slices"
	"testing"

	"mach/helper/release"
)

// A project is read once for each that needs it. What an extra needs counts where the
// extra is asked for, even if it is asked for by way of another.
func TestReaders(t *testing.T) {
	var k packer
	for _, p := range []struct {
		name     string
		requires []string
	}{
		{"app", []string{"web[Fast]>=1", "json"}},
		{"tool", []string{"web; python_version > '3'", "app; extra == 'never'"}},
		{"web", []string{"core", "speed; extra == 'fast'", "web[speed]; extra == 'fast'", "wheels; extra == 'speed'", "docs; extra == 'docs'"}},
		{"core", []string{"web"}}, // a ring
		{"speed", nil},
		{"wheels", nil},
		{"docs", nil},
		{"json", []string{"not-there[x]"}},
	} {
		r := &gathered{Release: Release{Release: release.Release{}, RequiresDist: p.requires}}
		k.projects = append(k.projects, &project{name: p.name, number: k.numbers.need(p.name, needs([]*gathered{r}))})
	}
	k.numbers.countReaders(k.projects)
	got := map[string]int32{}
	for _, p := range k.projects {
		got[p.name] = p.readers
	}
	for name, want := range map[string]int32{"app": 1, "tool": 1, "web": 4, "core": 4, "speed": 2, "wheels": 2, "docs": 1, "json": 2} {
		if got[name] != want {
			t.Errorf("%s: read by %d, want %d", name, got[name], want)
		}
	}
	slices.SortFunc(k.projects, compareReaders)
	if k.projects[0].name != "core" || k.projects[1].name != "web" {
		t.Errorf("read most are %q and %q", k.projects[0].name, k.projects[1].name)
	}
}
