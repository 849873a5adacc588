package provide

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/facts"
	"mach/helper/pydb"
	"mach/tests/universe"
)

// whys are answers for a project, for CPython 3.12 on x86_64-linux: the newest version, then a line for each release
// that is refused and for each other choice.
var whys = []struct {
	why          string
	world        string
	facts        string
	requirements string // separated by |
	constraints  string
	providers    map[string]string
	excludeNewer string
	lock         string // "name version provider" separated by |, instead of what is resolved
	name         string
	want         string
}{
	{
		why:          "the newest release from the first provider",
		world:        "a 2.0 wheel\na 1.0 wheel",
		requirements: "a",
		name:         "a",
		want:         "newest 2.0",
	},
	{
		why:          "what cannot be used, each kind once",
		world:        "a 9.0 wheel yanked\na 8.0rc1 wheel\na 7.0 wheel=cp312-cp312-win_amd64\na 6.1 wheel python>=3.13\na 6.0 wheel python>=3.13\na 5.0 wheel day=2026-03-01\na 4.0 sdist\na 3.0 wheel\na 2.0 wheel",
		requirements: "a",
		constraints:  "a!=3.0",
		excludeNewer: "2026-01-01",
		name:         "a",
		want: `newest 9.0
refused 9.0: was yanked: broken
refused 8.0rc1: is a pre-release, and nobody asks for one
refused 7.0: has no wheel for Python 3.12 on x86_64-linux
refused 6.0 to 6.1: requires Python >=3.13
refused 5.0: was uploaded after 2026-01-01
refused 4.0: has no wheel, and sdist stands behind wheel
refused 3.0: is excluded by the constraint a!=3.0`,
	},
	{
		why:          "what cannot be used and is older than what can be",
		world:        "a 4.0 wheel yanked\na 3.0 wheel\na 2.0 wheel yanked\na 1.0 wheel",
		requirements: "a<2",
		name:         "a",
		want:         "newest 4.0\nrefused 2.0, 4.0: was yanked: broken\nnewer 3.0: because you ask for a<2",
	},
	{
		why:          "what the user asks for excludes it",
		world:        "a 2.0 wheel\na 1.0 wheel",
		requirements: "a<2",
		name:         "a",
		want:         "newest 2.0\nnewer 2.0: because you ask for a<2",
	},
	{
		why:          "a chain excludes it, whatever its project would be",
		world:        "a 3.0 wheel\na 2.0 wheel\na 1.0 wheel\nb 2.0 wheel\n a<3\nb 1.0 wheel\n a<2",
		requirements: "a|b",
		name:         "a",
		want:         "newest 3.0\nnewer 3.0: because you ask for b; every b needs a<3",
	},
	{
		why:          "what its own requirements need is excluded",
		world:        "a 2.0 wheel\n c>=2\na 1.0 wheel\nc 2.0 wheel\nc 1.0 wheel",
		requirements: "a|c<2",
		name:         "a",
		want:         "newest 2.0\nnewer 2.0: because you ask for c<2; a 2.0 needs c>=2",
	},
	{
		why:          "there is a solution with it, in which another project is older",
		world:        "a 2.0 wheel\na 1.0 wheel\nb 2.0 wheel\n a<2\nb 1.0 wheel\n a",
		requirements: "b",
		name:         "a",
		want:         "newest 2.0\nnewer 2.0: against b 2.0 needs a<2; instead b 1.0 wheel for b 2.0 wheel",
	},
	{
		why:          "the newest is not possible, but one between would be",
		world:        "c 3.0 wheel\nc 2.0 wheel\nc 1.0 wheel\nb 2.0 wheel\n c<2\nb 1.0 wheel\n c",
		requirements: "b|c<3",
		name:         "c",
		want: `newest 3.0
newer 3.0: because you ask for c<3
newer 2.0: against b 2.0 needs c<2; instead b 1.0 wheel for b 2.0 wheel`,
	},
	{
		why:          "the preferred provider has nothing that can be used",
		world:        "a 2.0 sdist\na 1.0 wheel=cp312-cp312-win_amd64 sdist",
		requirements: "a",
		name:         "a",
		want: `newest 2.0
better wheel: because you ask for a; a 2.0 has no wheel; you ask for a; a 1.0 has no wheel for Python 3.12 on x86_64-linux: it has wheels only for win_amd64`,
	},
	{
		why:          "the preferred provider is possible only if another project leaves its own",
		world:        "a 1.0 wheel\n b<2\nb 2.0 wheel\nb 1.0 sdist\nc 1.0 wheel\n b",
		requirements: "a|c",
		name:         "b",
		want:         "newest 2.0\nbetter wheel: because you ask for a; a 1.0 needs b<2; b 1.0 has no wheel",
	},
	{
		why:          "nixpkgs has one release, and is chosen as the last of the providers",
		world:        "a 1.0 wheel\n b>=1",
		facts:        `{"name":"b","attr":"b","version":"1.5","dependencies":[]}`,
		requirements: "a",
		name:         "b",
		want: `newest 1.5
better wheel: because there are no releases of b
better sdist: because there are no releases of b`,
	},
	{
		why:          "a pre-release that was chosen was asked for",
		world:        "a 2.0rc2 wheel\na 2.0rc1 wheel\na 1.0 wheel",
		requirements: "a==2.0rc1",
		name:         "a",
		want:         "newest 2.0rc2\nnewer 2.0rc2: because you ask for a==2.0rc1",
	},
	{
		why:   "what was asked for is not known: only what was chosen can speak against it",
		world: "a 3.0 wheel\na 1.0 wheel\nb 2.0 wheel\n a<2\nc 1.0 wheel\n a<3",
		lock:  "a 1.0 wheel|b 2.0 wheel|c 1.0 wheel",
		name:  "a",
		want:  "newest 3.0\nnewer 3.0: untried; against b 2.0 needs a<2, c 1.0 needs a<3",
	},
	{
		why:          "the lock keeps what it has: what another tool or time would choose now",
		world:        "a 3.0 wheel\na 1.0 wheel\n b\nb 2.0 wheel\nb 1.0 wheel",
		requirements: "a",
		lock:         "a 1.0 wheel|b 1.0 wheel",
		name:         "a",
		want:         "newest 3.0\nnewer 3.0: kept; instead nothing for b 1.0 wheel",
	},
	{
		why:          "the lock keeps it, but the newest would not be taken either",
		world:        "a 3.0 wheel\n b<2\na 2.0 wheel\na 1.0 wheel\nb 2.0 wheel\nb 1.0 wheel",
		requirements: "a|b>=2",
		lock:         "a 1.0 wheel|b 2.0 wheel",
		name:         "a",
		want:         "newest 3.0\nnewer 3.0: because you ask for b>=2; a 3.0 needs b<2\nnewer 2.0: kept",
	},
	{
		why:          "the lock keeps a provider that is no longer the best",
		world:        "a 1.0 wheel sdist",
		requirements: "a",
		lock:         "a 1.0 sdist",
		name:         "a",
		want:         "newest 1.0\nbetter wheel: kept",
	},
	{
		why:          "a release that the data does not have",
		world:        "a 3.0 wheel\na 1.0 wheel",
		requirements: "a<3",
		lock:         "a 2.0 wheel",
		name:         "a",
		want:         "newest 3.0\nnewer 3.0: because you ask for a<3",
	},
}

func TestWhy(t *testing.T) {
	for _, c := range whys {
		t.Run(c.why, func(t *testing.T) {
			r := resolverOf(t, c.world, c.facts, options(t, c.providers, false, c.excludeNewer))
			set := Set{Requirements: parse(t, c.requirements), Constraints: parse(t, c.constraints), Chosen: parseChosen(t, c.lock)}
			if c.lock == "" {
				set.Chosen = resolved(t, r, set)
			} else if c.requirements != "" {
				set.Anew = func(project string) ([]Chosen, error) {
					with := *r
					with.options.Preferences = &Preferences{Runtime: map[string][]Preference{}}
					for _, c := range set.Chosen {
						with.options.Preferences.Runtime[c.Name] = []Preference{{Version: c.Version, Provider: c.Provider}}
					}
					with.options.Preferences.Forget(project)
					return resolved(t, &with, set), nil
				}
			}
			g, _, err := r.Graph(set)
			if err != nil {
				t.Fatal(err)
			}
			w, err := r.Why(context.Background(), set, &g, c.name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, whyText(w)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWhyGivesUpWhatTakesLong(t *testing.T) {
	r := resolverOf(t, "a 2.0 wheel\na 1.0 wheel", "", options(t, nil, false, ""))
	set := Set{Requirements: parse(t, "a<2"), Chosen: parseChosen(t, "a 1.0 wheel")}
	q := &question{set: set, chosen: set.Chosen[0], source: r.run(set).newSource()}
	other, err := q.try(context.Background(), Wheel, "a>=2")
	if err != nil || !other.Unfinished {
		t.Errorf("got %+v, %v", other, err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := q.try(stopped, Wheel, "a>=2"); err == nil {
		t.Error("no error after an interrupt")
	}
}

func resolverOf(t tb, world, nixpkgs string, o Options) *Resolver {
	t.Helper()
	packed, err := universe.Build(world)
	if err != nil {
		t.Fatal(err)
	}
	db, err := pydb.New(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	o.Database = db.Source()
	if nixpkgs != "" {
		if o.Facts, err = facts.Parse([]byte(`{"version":1,"python":"3.12","nixpkgs":"test","packages":[` + nixpkgs + `],"unusable":[]}`)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func parseChosen(t *testing.T, text string) (chosen []Chosen) {
	t.Helper()
	for line := range strings.SplitSeq(text, "|") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		order, err := ParseProviders(words[2])
		if err != nil {
			t.Fatal(err)
		}
		chosen = append(chosen, Chosen{words[0], words[1], order[0]})
	}
	return chosen
}

func resolved(t *testing.T, r *Resolver, set Set) (chosen []Chosen) {
	t.Helper()
	selection, err := r.Resolve(context.Background(), set.Requirements, set.Constraints)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range selection.Packages {
		chosen = append(chosen, Chosen{p.Name, p.Version, p.Provider})
	}
	return chosen
}

func whyText(w *Why) string {
	lines := []string{"newest " + w.Newest}
	for _, r := range w.Refused {
		line := fmt.Sprintf("refused %s: %s", r.Versions, r.Reason)
		if r.Older {
			line = "older " + line
		}
		lines = append(lines, line)
	}
	for _, o := range w.Newer {
		lines = append(lines, fmt.Sprintf("newer %s: %s", o.Version, otherText(o)))
	}
	for _, o := range w.Better {
		lines = append(lines, fmt.Sprintf("better %s: %s", o.Provider, otherText(o)))
	}
	return strings.Join(lines, "\n")
}

func otherText(o Other) string {
	var parts []string
	if o.Kept {
		parts = append(parts, "kept")
	}
	if o.Untried {
		parts = append(parts, "untried")
	}
	if len(o.Because) > 0 {
		parts = append(parts, "because "+strings.Join(o.Because, "; "))
	}
	if len(o.Against) > 0 {
		parts = append(parts, "against "+strings.Join(o.Against, ", "))
	}
	for _, c := range o.Instead {
		parts = append(parts, fmt.Sprintf("instead %s for %s", chosenText(c.To), chosenText(c.From)))
	}
	return strings.Join(parts, "; ")
}

func chosenText(c *Chosen) string {
	if c == nil {
		return "nothing"
	}
	return c.Name + " " + c.Version + " " + c.Provider.String()
}

func TestGraphOfASet(t *testing.T) {
	const world = `
top 1.0 wheel
    a[all]>=1
    b ; sys_platform == "win32"
a 1.0 wheel extra=all,x
    a[x] ; extra == "all"
    c>=2 ; extra == "x"
    d ; extra == "y"
c 2.0 wheel
    native
e 1.0 wheel`
	r := resolverOf(t, world, `{"name":"native","attr":"native","version":"1.5","dependencies":["e","absent"]}`, options(t, nil, false, ""))
	set := Set{
		Requirements: parse(t, "top"),
		Chosen:       parseChosen(t, "a 1.0 wheel|c 2.0 wheel|e 1.0 wheel|gone 1.0 wheel|native 1.5 nixpkgs|top 1.0 wheel"),
	}
	g, unknown, err := r.Graph(set)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range g.Nodes {
		b.WriteString(n.Label())
		for _, e := range n.Needs {
			fmt.Fprintf(&b, " | %s (%s) for %q", e.To, e.Requirement, e.For)
		}
		b.WriteString("\n")
	}
	want := `a[all,x] 1.0 (wheel) | a (a[x]; extra == "all") for "all" | c (c>=2; extra == "x") for "x"
c 2.0 (wheel) | native (native) for ""
e 1.0 (wheel)
gone 1.0 (wheel)
native 1.5 (nixpkgs) | e () for ""
top 1.0 (wheel) | a (a[all]>=1) for ""
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"gone"}, unknown); diff != "" {
		t.Errorf("unknown (-want +got)\n%s", diff)
	}
}

func TestExcluded(t *testing.T) {
	r := resolverOf(t, "a 1.0 wheel\n b ; sys_platform == 'win32'\n b>=2 ; extra == 'x'\nb 2.0 wheel", "", options(t, nil, false, ""))
	set := Set{Requirements: parse(t, "a|b<3 ; sys_platform == 'darwin'"), Chosen: parseChosen(t, "a 1.0 wheel")}
	got, err := r.Excluded(set, "b")
	if err != nil {
		t.Fatal(err)
	}
	want := []Exclusion{
		{Requirement: `b<3; sys_platform == "darwin"`},
		{By: "a 1.0", Requirement: `b; sys_platform == "win32"`},
		{By: "a 1.0", Requirement: `b>=2; extra == "x"`},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
