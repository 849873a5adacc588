package provide

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mach/helper/fixes"
)

// fixSet is a directory with the fixes of projects, of each the lines behind its head.
func fixSet(t tb, directory string, of map[string][]string) *fixes.Set {
	t.Helper()
	if err := os.MkdirAll(directory, 0o755); err != nil {
		t.Fatal(err)
	}
	for project, all := range of {
		var text strings.Builder
		for i, lines := range all {
			fmt.Fprintf(&text, "[[fix]]\nname = \"fix-%03d\"\nwhy = \"a test\"\nsource = \"https://index.example\"\n%s\n", i, lines)
		}
		if err := os.WriteFile(filepath.Join(directory, project+".toml"), []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	set, err := fixes.New([]string{directory})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// outcome is what is chosen, with who needs whom; or that there is nothing.
func outcome(t tb, world string, requirements []string, o Options) []string {
	t.Helper()
	slices.Sort(requirements)
	selection, err := resolverOf(t, world, "", o).Resolve(context.Background(), parse(t, strings.Join(requirements, "|")), nil)
	if err != nil {
		return []string{"nothing"}
	}
	var lines []string
	for i, line := range chosenLines(selection) {
		lines = append(lines, line+" needs "+strings.Join(selection.Packages[i].Dependencies, " "))
	}
	return lines
}

const bothFormats = "formats = [\"wheel\", \"sdist\"]\n"

// TestFixedWorld: what fixes make of releases is the same as if these said so themselves. Fixes of other projects, other
// versions, other formats and other systems change nothing.
func TestFixedWorld(t *testing.T) {
	place, n := t.TempDir(), 0
	o := options(t, nil, false, "")
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		want := outcome(t, w.text(), w.requirements(), o)

		idle := map[string][]string{"other": {bothFormats + "requires-dist.add = [\"a>9\"]"}}
		for p := range w.files {
			idle[projectName(p)] = []string{
				bothFormats + "versions = \">9\"\nrequires-python = \">=4\"",
				bothFormats + "systems = [\"darwin\"]\nrequires-dist.add = [\"a>9\"]",
				bothFormats + "requires-dist.add = ['a>9; python_version < \"3\"']",
				"formats = [\"sdist\"]\nremove = [\"tests\"]",
			}
		}
		n++
		o.Fixes = fixSet(t, filepath.Join(place, fmt.Sprintf("idle%d", n)), idle)
		if diff := cmp.Diff(want, outcome(t, w.text(), w.requirements(), o)); diff != "" {
			t.Fatalf("fixes for others (-without +with):\n%s", diff)
		}

		// The releases of some projects lose what they need, or need what cannot be, and fixes mend that.
		fixed := map[string][]string{}
		broken := *w
		broken.needs = slices.Clone(w.needs)
		for p := range w.files {
			if !rapid.Bool().Draw(t, "is fixed") {
				continue
			}
			broken.needs[p] = make([]map[int][2]int, len(w.files[p]))
			on := (p + 1) % len(w.files)
			wrong := rapid.Bool().Draw(t, "needs what is not there")
			for i := range w.files[p] {
				text := fmt.Sprintf("%sversions = \"==%d\"\n", bothFormats, i+1)
				if wrong {
					broken.needs[p][i] = map[int][2]int{on: {8, 9}}
					text += fmt.Sprintf("requires-dist.drop = [\"%s\"]\n", projectName(on))
				}
				var adds []string
				for _, on := range slices.Sorted(maps.Keys(w.needs[p][i])) {
					bounds := w.needs[p][i][on]
					adds = append(adds, fmt.Sprintf("\"%s>=%d,<=%d\"", projectName(on), bounds[0], bounds[1]))
				}
				if len(adds) > 0 {
					text += "requires-dist.add = [" + strings.Join(adds, ", ") + "]\n"
				}
				if len(adds) > 0 || wrong {
					fixed[projectName(p)] = append(fixed[projectName(p)], text)
				}
			}
		}
		o := o
		o.Fixes = fixSet(t, filepath.Join(place, fmt.Sprintf("fixed%d", n)), fixed)
		if diff := cmp.Diff(want, outcome(t, broken.text(), w.requirements(), o)); diff != "" {
			t.Fatalf("in\n%swith %v (-told +fixed):\n%s", broken.text(), fixed, diff)
		}
	})
}

// A Requires-Python takes the place of that of the index and that of the file, in both directions.
func TestFixedPython(t *testing.T) {
	world := "a 3.0 wheel\na 2.0 wheel python<3.12\na 1.0 wheel"
	for _, c := range []struct{ why, fix, requirements, want string }{
		{"one that is too new", bothFormats + "versions = \">=3\"\nrequires-python = \">=3.13\"", "a", "a 1.0 wheel"},
		{"one that is bounded in vain", bothFormats + "versions = \"==2.0\"\nrequires-python = \">=3.8\"", "a<3", "a 2.0 wheel"},
		{"of another format", "formats = [\"sdist\"]\nrequires-python = \">=3.13\"", "a", "a 3.0 wheel"},
	} {
		o := options(t, nil, false, "")
		o.Fixes = fixSet(t, t.TempDir(), map[string][]string{"a": {c.fix}})
		if got := resolveText(t, world, "", c.requirements, "", o); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}
