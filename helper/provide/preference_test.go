package provide

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mach/helper/pep440"
)

// preferred is "name version provider" separated by |; without a provider any will do.
func preferred(t tb, text string) *Preferences {
	p := &Preferences{Runtime: map[string][]Preference{}}
	for line := range strings.SplitSeq(text, "|") {
		fields := strings.Fields(line)
		choice := Preference{Version: fields[1], Instead: AnyOther}
		if len(fields) > 2 {
			order, err := ParseProviders(fields[2])
			if err != nil {
				t.Fatal(err)
			}
			choice.Provider, choice.Instead = order[0], NoOther
		}
		p.Runtime[fields[0]] = append(p.Runtime[fields[0]], choice)
	}
	return p
}

func TestPreferences(t *testing.T) {
	for _, c := range []struct {
		why, world, facts, requirements, constraints string
		providers                                    map[string]string
		was, want, moved                             string
	}{
		{
			why:          "what was chosen stays, though there is something newer",
			world:        "a 2.0 wheel\n b\na 1.0 wheel\n b\nb 2.0 wheel\nb 1.0 wheel",
			requirements: "a", was: "a 1.0 wheel|b 1.0 wheel", want: "a 1.0 wheel\nb 1.0 wheel",
		},
		{
			why:          "what is new is the newest",
			world:        "a 2.0 wheel\na 1.0 wheel\nb 2.0 wheel\nb 1.0 wheel",
			requirements: "a|b", was: "a 1.0 wheel", want: "a 1.0 wheel\nb 2.0 wheel",
		},
		{
			why:          "something new is older, if nothing moves for that",
			world:        "a 2.0 wheel\na 1.0 wheel\nb 2.0 wheel\n a>=2\nb 1.0 wheel\n a",
			requirements: "a|b", was: "a 1.0 wheel", want: "a 1.0 wheel\nb 1.0 wheel",
		},
		{
			why:          "what has to move takes the newest, and nothing else moves",
			world:        "a 3.0 wheel\na 2.0 wheel\na 1.0 wheel\nb 1.0 wheel\n a>=2\nc 2.0 wheel\nc 1.0 wheel",
			requirements: "a|b|c", was: "a 1.0 wheel|c 1.0 wheel", want: "a 3.0 wheel\nb 1.0 wheel\nc 1.0 wheel", moved: "a 1.0 ",
		},
		{
			why:          "a fallback stays, though its first provider has something by now",
			world:        "a 2.0 wheel sdist\na 1.0 sdist",
			requirements: "a", was: "a 1.0 sdist", want: "a 1.0 sdist",
		},
		{
			why:          "what moves comes from its first provider again, if nothing else gives way",
			world:        "a 3.0 wheel\n b==2\na 2.0 wheel\n b\nb 3.0 wheel\nb 2.0 sdist\nb 1.0 sdist\nc 1.0 wheel\n b>=2",
			requirements: "a|c", was: "b 1.0 sdist", want: "a 2.0 wheel\nb 3.0 wheel\nc 1.0 wheel", moved: "b 1.0 ",
		},
		{
			why:          "from any provider: the first that has the version",
			world:        "a 3.0 wheel\na 2.0 sdist\na 1.0 wheel",
			requirements: "a", was: "a 2.0", want: "a 2.0 sdist",
		},
		{
			why:          "from nixpkgs",
			world:        "a 3.0 wheel",
			facts:        `{"name":"a","attr":"a","version":"1.5","dependencies":[]}`,
			requirements: "a", was: "a 1.5 nixpkgs", want: "a 1.5 nixpkgs",
		},
		{
			why:          "nixpkgs has another version by now",
			world:        "a 3.0 wheel",
			facts:        `{"name":"a","attr":"a","version":"1.6","dependencies":[]}`,
			requirements: "a", was: "a 1.5 nixpkgs", want: "a 3.0 wheel", moved: "a 1.5 1.5 is gone",
		},
		{
			why:          "a release that was yanked moves",
			world:        "a 3.0 wheel\na 2.0 wheel yanked\na 1.0 wheel",
			requirements: "a", was: "a 2.0 wheel", want: "a 3.0 wheel", moved: "a 2.0 2.0 was yanked: broken",
		},
		{
			why:          "a release that was yanked stays if it is pinned",
			world:        "a 3.0 wheel\na 2.0 wheel yanked\na 1.0 wheel",
			requirements: "a==2.0", was: "a 2.0 wheel", want: "a 2.0 wheel",
		},
		{
			why:          "a release that is gone moves",
			world:        "a 3.0 wheel\na 1.0 wheel",
			requirements: "a", was: "a 2.0 wheel", want: "a 3.0 wheel", moved: "a 2.0 2.0 is gone",
		},
		{
			why:          "a release for other Pythons moves",
			world:        "a 3.0 wheel\na 2.0 wheel python<3.12",
			requirements: "a", was: "a 2.0 wheel", want: "a 3.0 wheel", moved: "a 2.0 2.0 requires Python <3.12",
		},
		{
			why:          "a requirement moves, and a constraint",
			world:        "a 3.0 wheel\na 2.0 wheel\na 1.0 wheel\nb 3.0 wheel\nb 2.0 wheel\nb 1.0 wheel",
			requirements: "a<2|b", constraints: "b<2", was: "a 2.0 wheel|b 2.0 wheel", want: "a 1.0 wheel\nb 1.0 wheel",
			moved: "a 2.0 |b 2.0 ",
		},
		{
			why:          "a provider that was disabled",
			world:        "a 3.0 wheel sdist\na 2.0 wheel sdist",
			providers:    map[string]string{"a": "sdist"},
			requirements: "a", was: "a 2.0 wheel", want: "a 3.0 sdist", moved: "a 2.0 ",
		},
		{
			why:          "a pre-release that nobody asked for stays if nothing else satisfies",
			world:        "a 2.0rc2 wheel\na 2.0rc1 wheel\na 1.0 wheel",
			requirements: "a>1", was: "a 2.0rc1 wheel", want: "a 2.0rc1 wheel",
		},
		{
			why:          "and moves where something else satisfies by now",
			world:        "a 2.0 wheel\na 2.0rc1 wheel\na 1.0 wheel",
			requirements: "a>1", was: "a 2.0rc1 wheel", want: "a 2.0 wheel", moved: "a 2.0rc1 ",
		},
		{
			why:          "the second choice is taken before what is newer",
			world:        "a 3.0 wheel\na 2.0 wheel\na 1.0 wheel\nb 1.0 wheel\n a>=2",
			requirements: "a|b", was: "a 1.0 wheel|a 2.0 wheel", want: "a 2.0 wheel\nb 1.0 wheel", moved: "a 1.0 ",
		},
		{
			why:          "what excludes each other is explained as ever",
			world:        "a 1.0 wheel\n c>=2\nb 1.0 wheel\n c<2\nc 2.0 wheel\nc 1.0 wheel",
			requirements: "a|b", was: "c 1.0 wheel", want: "no: a and b exclude each other: no c suits both",
		},
	} {
		t.Run(c.why, func(t *testing.T) {
			o := options(t, c.providers, false, "")
			o.Preferences = preferred(t, c.was)
			selection, err := resolverOf(t, c.world, c.facts, o).Resolve(context.Background(), parse(t, c.requirements), parse(t, c.constraints))
			got, moved := "", []string{}
			if err != nil {
				got, _, _ = strings.Cut("no: "+err.Error(), "\n")
			} else {
				got = strings.Join(chosenLines(selection), "\n")
				for _, m := range selection.Moved {
					moved = append(moved, m.Name+" "+m.From.Version+" "+m.Why)
				}
			}
			if diff := cmp.Diff(c.want+"\n"+c.moved, got+"\n"+strings.Join(moved, "|")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func chosenLines(selection *Selection) (lines []string) {
	for _, p := range selection.Packages {
		lines = append(lines, p.Name+" "+p.Version+" "+p.Provider.String())
	}
	return lines
}

// choice is a candidate of the oracle.
type choice struct {
	version  int
	provider Provider
}

// world is a small one of projects a, b, … whose releases 1, 2, … need others.
type world struct {
	files [][]string            // of a project's release: "wheel", "sdist", "wheel sdist"
	needs [][]map[int][2]int    // of a release: the others, and from and to which version
	roots map[int][2]int        // what is asked for
	was   map[string]Preference // what was chosen before
}

func anyWorld(t *rapid.T) *world {
	projects, releases := rapid.IntRange(2, 4).Draw(t, "projects"), rapid.IntRange(2, 3)
	bounds := func(n int, what string) [2]int {
		low := rapid.IntRange(1, n).Draw(t, what+" from")
		return [2]int{low, rapid.IntRange(low, n).Draw(t, what+" to")}
	}
	w := &world{roots: map[int][2]int{}, was: map[string]Preference{}}
	for range projects {
		n := releases.Draw(t, "releases")
		w.files = append(w.files, rapid.SliceOfN(rapid.SampledFrom([]string{"wheel", "wheel", "wheel sdist", "sdist"}), n, n).Draw(t, "files"))
	}
	for p := range projects {
		var needs []map[int][2]int
		for range w.files[p] {
			all := map[int][2]int{}
			for on := range projects {
				if on != p && rapid.IntRange(0, 2).Draw(t, "needs") == 0 {
					all[on] = bounds(len(w.files[on]), "needs")
				}
			}
			needs = append(needs, all)
		}
		w.needs = append(w.needs, needs)
		if p == 0 || rapid.Bool().Draw(t, "asked for") {
			w.roots[p] = bounds(len(w.files[p]), "asked for")
		}
		if rapid.IntRange(0, 3).Draw(t, "was chosen") > 0 {
			w.was[projectName(p)] = Preference{Version: fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "was")), Provider: rapid.SampledFrom([]Provider{Wheel, Sdist}).Draw(t, "was from")}
		}
	}
	return w
}

func projectName(p int) string { return string(rune('a' + p)) }

func (w *world) text() string {
	var b strings.Builder
	for p, files := range w.files {
		for i := len(files) - 1; i >= 0; i-- {
			fmt.Fprintf(&b, "%s %d %s\n", projectName(p), i+1, files[i])
			for on := range w.files {
				if bounds, ok := w.needs[p][i][on]; ok {
					fmt.Fprintf(&b, " %s>=%d,<=%d\n", projectName(on), bounds[0], bounds[1])
				}
			}
		}
	}
	return b.String()
}

func (w *world) requirements() (reqs []string) {
	for p, bounds := range w.roots {
		reqs = append(reqs, fmt.Sprintf("%s>=%d,<=%d", projectName(p), bounds[0], bounds[1]))
	}
	return reqs
}

// solutions are all selections.
func (w *world) solutions() (all []map[int]choice) {
	fits := func(version int, bounds [2]int) bool { return bounds[0] <= version && version <= bounds[1] }
	var extend func(chosen map[int]choice, open map[int][][2]int)
	extend = func(chosen map[int]choice, open map[int][][2]int) {
		for p := range w.files {
			limits, needed := open[p]
			if c, done := chosen[p]; done || !needed {
				if done && slices.ContainsFunc(limits, func(b [2]int) bool { return !fits(c.version, b) }) {
					return
				}
				continue
			}
			for i, files := range w.files[p] {
				for _, provider := range []Provider{Wheel, Sdist} {
					if !slices.Contains(strings.Fields(files), provider.String()) {
						continue
					}
					with, next := map[int]choice{p: {i + 1, provider}}, map[int][][2]int{}
					for k, v := range chosen {
						with[k] = v
					}
					for k, v := range open {
						next[k] = v
					}
					for on, bounds := range w.needs[p][i] {
						next[on] = append(slices.Clip(next[on]), bounds)
					}
					extend(with, next)
				}
			}
			return
		}
		all = append(all, chosen)
	}
	open := map[int][][2]int{}
	for p, bounds := range w.roots {
		open[p] = [][2]int{bounds}
	}
	extend(map[int]choice{}, open)
	return all
}

// off are the projects that give way: one that can be kept and is not, and one that is not from a wheel though it has some.
func (w *world) off(chosen map[int]choice) (off []int) {
	for p := range w.files {
		c, is := chosen[p]
		if !is {
			continue
		}
		was, kept := w.was[projectName(p)]
		v, _ := pep440.Parse(was.Version)
		version := 0
		fmt.Sscan(was.Version, &version)
		if kept {
			kept = v.String() != "" && version <= len(w.files[p]) && slices.Contains(strings.Fields(w.files[p][version-1]), was.Provider.String())
		}
		if limits, asked := w.roots[p]; kept && asked {
			kept = limits[0] <= version && version <= limits[1]
		}
		hasWheel := slices.ContainsFunc(w.files[p], func(f string) bool { return strings.HasPrefix(f, "wheel") })
		switch {
		case kept && c != choice{version, was.Provider}, !kept && hasWheel && c.provider != Wheel:
			off = append(off, p)
		}
	}
	return off
}

// TestPreferencesMinimal: of small worlds all selections are tried. There is none in which only a part of the projects
// gives way that do so in the answer, and what is solved again with the answer as preference stays.
func TestPreferencesMinimal(t *testing.T) {
	o := options(t, nil, false, "")
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t)
		prefs := &Preferences{Runtime: map[string][]Preference{}}
		for name, p := range w.was {
			prefs.Runtime[name] = []Preference{p}
		}
		solve := func(prefs *Preferences) (*Selection, error) {
			with := o
			with.Preferences = prefs
			return resolverOf(t, w.text(), "", with).Resolve(context.Background(), parse(t, strings.Join(w.requirements(), "|")), nil)
		}
		selection, err := solve(prefs)
		all := w.solutions()
		var none *NoSolution
		if errors.As(err, &none) && len(all) == 0 {
			return
		}
		if err != nil {
			t.Fatalf("%v\nthough there are %d solutions of\n%s", err, len(all), w.text())
		}
		got := map[int]choice{}
		for _, p := range selection.Packages {
			c := choice{provider: p.Provider}
			fmt.Sscan(p.Version, &c.version)
			got[int(p.Name[0]-'a')] = c
		}
		if !slices.ContainsFunc(all, func(c map[int]choice) bool { return cmp.Equal(c, got, cmp.AllowUnexported(choice{})) }) {
			t.Fatalf("%v is no solution of %v in\n%s", got, w.requirements(), w.text())
		}
		off := w.off(got)
		for _, other := range all {
			fewer := w.off(other)
			if len(fewer) < len(off) && !slices.ContainsFunc(fewer, func(p int) bool { return !slices.Contains(off, p) }) {
				t.Fatalf("%v gives way, and %v would do: %v instead of %v for %v, which was %v, in\n%s", off, fewer, other, got, w.requirements(), w.was, w.text())
			}
		}
		again, err := solve(preferred(t, strings.Join(chosenLines(selection), "|")))
		if err != nil || !slices.Equal(chosenLines(again), chosenLines(selection)) {
			t.Fatalf("%v: again %v, first %v", err, chosenLines(again), chosenLines(selection))
		}
	})
}
