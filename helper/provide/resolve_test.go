package provide

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/environment"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// cases are resolutions for CPython 3.12 on x86_64-linux. want is "name version provider" a line, or, after "no:",
// what the explanation says.
var cases = []struct {
	why          string
	world        string
	facts        string // packages of nixpkgs as JSON
	requirements string // separated by |
	constraints  string
	providers    map[string]string // _default is that of all
	pre          bool
	excludeNewer string
	want         string
}{
	{
		why:          "the newest release, as a wheel",
		world:        "a 2.0 wheel sdist\na 1.0 wheel",
		requirements: "a",
		want:         "a 2.0 wheel",
	},
	{
		why:          "the order of providers stands above the version",
		world:        "a 2.0 sdist\na 1.0 wheel",
		requirements: "a",
		want:         "a 1.0 wheel",
	},
	{
		why:          "a project that its first provider does not know is not avoided for that",
		world:        "a 2.0 wheel\n b\na 1.0 wheel\nb 1.0 wheel",
		requirements: "a",
		providers:    map[string]string{"b": "nixpkgs,wheel"},
		want:         "a 2.0 wheel\nb 1.0 wheel",
	},
	{
		why:          "a yanked release that only a constraint pins is taken from the first provider",
		world:        "a 2.0 wheel yanked\na 1.0 wheel",
		facts:        `{"name":"a","attr":"a","version":"2.0","dependencies":[]}`,
		requirements: "a",
		constraints:  "a==2.0",
		want:         "a 2.0 wheel",
	},
	{
		why:          "an older release if the newest cannot be: only as many as needed leave the first provider",
		world:        "a 1.0 wheel\n b<2\nb 2.0 wheel\nb 1.0 sdist\nc 1.0 wheel\n b",
		requirements: "a|c",
		want:         "a 1.0 wheel\nb 1.0 sdist\nc 1.0 wheel",
	},
	{
		why:          "a project's own order",
		world:        "a 2.0 wheel sdist\nb 1.0 wheel sdist",
		requirements: "a|b",
		providers:    map[string]string{"a": "sdist", "_default": "wheel"},
		want:         "a 2.0 sdist\nb 1.0 wheel",
	},
	{
		why:          "nixpkgs has one version, and what it propagates comes from any provider",
		world:        "a 2.0 wheel\nb 3.0 wheel",
		facts:        `{"name":"a","attr":"a_","version":"1.5","dependencies":["b","native"]}`,
		requirements: "a",
		providers:    map[string]string{"a": "nixpkgs"},
		want:         "a 1.5 nixpkgs\nb 3.0 wheel",
	},
	{
		why:          "nixpkgs has several versions: its own choice comes first",
		world:        "c 1.0 wheel",
		facts:        `{"name":"a","attr":"a","version":"1.5","dependencies":["c"]},{"name":"a","attr":"a_2","version":"2.0","dependencies":[]}`,
		requirements: "a",
		want:         "a 1.5 nixpkgs\nc 1.0 wheel",
	},
	{
		why:          "nixpkgs has several versions, of which one can be",
		world:        "b 1.0 wheel\n a>=2",
		facts:        `{"name":"a","attr":"a","version":"1.5","dependencies":["c"]},{"name":"a","attr":"a_2","version":"2.0","dependencies":[]}`,
		requirements: "b",
		want:         "a 2.0 nixpkgs\nb 1.0 wheel",
	},
	{
		why:          "fallback to nixpkgs for what is nowhere else",
		world:        "a 2.0 wheel\n b>=1",
		facts:        `{"name":"b","attr":"b","version":"1.5","dependencies":[]}`,
		requirements: "a",
		want:         "a 2.0 wheel\nb 1.5 nixpkgs",
	},
	{
		why:          "a wheel for another platform is none",
		world:        "a 2.0 wheel=cp312-cp312-win_amd64\na 1.0 wheel=cp312-cp312-manylinux_2_17_x86_64",
		requirements: "a",
		want:         "a 1.0 wheel",
	},
	{
		why:          "a release for another Python is none",
		world:        "a 2.0 wheel python>=3.13\na 1.0 wheel python>=3.8",
		requirements: "a",
		want:         "a 1.0 wheel",
	},
	{
		why:          "extras add requirements, also through other extras, also of the project itself",
		world:        "a 1.0 wheel\n a[b] ; extra == 'all'\n c ; extra == 'B'\nc 1.0 wheel\n d[x]\nd 1.0 wheel\n e ; extra == 'x'\n nowhere ; extra == 'y'\ne 1.0 wheel",
		requirements: "a[all]",
		want:         "a 1.0 wheel\nc 1.0 wheel\nd 1.0 wheel\ne 1.0 wheel",
	},
	{
		why:          "an extra is of the version that is chosen",
		world:        "a 2.0 wheel\n b>=2 ; extra == 'x'\na 1.0 wheel\n b<2 ; extra == 'x'\nb 1.0 wheel",
		requirements: "a[x]",
		want:         "a 1.0 wheel\nb 1.0 wheel",
	},
	{
		why:          "markers of the environment",
		world:        "a 1.0 wheel\n b ; sys_platform == 'win32'\n c ; python_version >= '3.12'\nc 1.0 wheel",
		requirements: "a|d ; sys_platform == 'darwin'",
		want:         "a 1.0 wheel\nc 1.0 wheel",
	},
	{
		why:          "a cycle is no trouble",
		world:        "a 1.0 wheel\n b\nb 1.0 wheel\n a",
		requirements: "a",
		want:         "a 1.0 wheel\nb 1.0 wheel",
	},
	{
		why:          "a release that excludes itself cannot be chosen",
		world:        "a 2.0 wheel\n a<2\na 1.0 wheel",
		requirements: "a",
		want:         "a 1.0 wheel",
	},
	{
		why:          "pre-releases are not chosen unasked",
		world:        "a 2.0rc1 wheel\na 1.0 wheel",
		requirements: "a",
		want:         "a 1.0 wheel",
	},
	{
		why:          "a specifier that names one asks for it",
		world:        "a 2.0rc1 wheel\na 1.0 wheel",
		requirements: "a>=2.0rc1",
		want:         "a 2.0rc1 wheel",
	},
	{
		why:          "nothing else satisfies",
		world:        "a 2.0rc1 wheel\na 1.0 wheel",
		requirements: "a>1.0",
		want:         "a 2.0rc1 wheel",
	},
	{
		why:          "what a dependency asks for counts for all",
		world:        "a 1.0 wheel\n b==0.48b0\nc 1.0 wheel\n b>=0.40\nb 0.48b0 wheel\nb 0.47 wheel",
		requirements: "a|c",
		want:         "a 1.0 wheel\nb 0.48b0 wheel\nc 1.0 wheel",
	},
	{
		why:          "nothing else satisfies two requirements together",
		world:        "a 1.0 wheel\n b>1\nc 1.0 wheel\n b<3\nb 3.0 wheel\nb 2.0rc1 wheel\nb 1.0 wheel",
		requirements: "a|c",
		want:         "a 1.0 wheel\nb 2.0rc1 wheel\nc 1.0 wheel",
	},
	{
		why:          "--pre",
		world:        "a 2.0rc1 wheel\na 1.0 wheel",
		requirements: "a",
		pre:          true,
		want:         "a 2.0rc1 wheel",
	},
	{
		why:          "yanked is not chosen",
		world:        "a 2.0 wheel yanked\na 1.0 wheel",
		requirements: "a",
		want:         "a 1.0 wheel",
	},
	{
		why:          "yanked, but pinned by the user",
		world:        "a 2.0 wheel yanked\na 1.0 wheel",
		requirements: "a==2.0|a>1",
		want:         "a 2.0 wheel",
	},
	{
		why:          "yanked, but pinned by a dependency",
		world:        "b 1.0 wheel\n a==2.0\na 2.0 wheel yanked\na 1.0 wheel",
		requirements: "a|b",
		want:         "a 2.0 wheel\nb 1.0 wheel",
	},
	{
		why:          "constraints limit and ask for nothing",
		world:        "a 2.0 wheel\na 1.0 wheel\nb 1.0 wheel",
		requirements: "a",
		constraints:  "a<2|b==1.0",
		want:         "a 1.0 wheel",
	},
	{
		why:          "what was uploaded after a day is not there",
		world:        "a 2.0 wheel day=2026-01-02\na 1.0 wheel day=2025-06-01",
		requirements: "a",
		excludeNewer: "2026-01-01",
		want:         "a 1.0 wheel",
	},
	{
		why:          "a release whose metadata cannot be read is passed over",
		world:        "a 2.0 wheel\n b ===== 1\na 1.0 wheel",
		requirements: "a",
		want:         "a 1.0 wheel",
	},
	{
		why:          "backtracking: a newer release excludes what another needs",
		world:        "a 2.0 wheel\n c>=2\na 1.0 wheel\n c>=1\nb 1.0 wheel\n c<2\nc 2.0 wheel\nc 1.0 wheel",
		requirements: "a|b",
		want:         "a 1.0 wheel\nb 1.0 wheel\nc 1.0 wheel",
	},
	{
		why:          "an unknown project, with names that are near",
		world:        "flask 1.0 wheel",
		requirements: "falsk",
		want:         `no: there is no project "falsk"`,
	},
	{
		why:          "a version that does not exist",
		world:        "a 2.0 wheel\na 1.0 wheel",
		requirements: "a==9",
		want:         "no: a==9 is newer than every a: the newest is 2.0",
	},
	{
		why:          "a disabled provider",
		world:        "a 2.0 wheel",
		requirements: "a",
		providers:    map[string]string{"a": "nixpkgs"},
		want:         "no: a",
	},
	{
		why:          "two chains that exclude each other",
		world:        "a 1.0 wheel\n c>=2\nb 1.0 wheel\n c<2\nc 2.0 wheel\nc 1.0 wheel",
		requirements: "a|b",
		want:         "no: c",
	},
}

func TestResolve(t *testing.T) {
	for _, c := range cases {
		t.Run(c.why, func(t *testing.T) {
			got := resolveText(t, c.world, c.facts, c.requirements, c.constraints, options(t, c.providers, c.pre, c.excludeNewer))
			if says, no := strings.CutPrefix(c.want, "no: "); no {
				if !strings.HasPrefix(got, "no: ") || !strings.Contains(got, says) {
					t.Errorf("got %s\nwant an explanation with %q", got, says)
				}
			} else if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func options(t tb, providers map[string]string, pre bool, excludeNewer string) Options {
	t.Helper()
	env, err := environment.New("3.12", "x86_64-linux", nil)
	if err != nil {
		t.Fatal(err)
	}
	set, err := tags.New(env.Target)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Environment: env, Tags: set, Pre: pre, ExcludeNewer: excludeNewer, Policy: Policy{Projects: map[string][]Provider{}}}
	for name, text := range providers {
		order, err := ParseProviders(text)
		if err != nil {
			t.Fatal(err)
		}
		if name == "_default" {
			o.Policy.Default = order
		} else {
			o.Policy.Projects[name] = order
		}
	}
	return o
}

func resolveText(t *testing.T, world, nixpkgs, requirements, constraints string, o Options) string {
	t.Helper()
	r := resolverOf(t, world, nixpkgs, o)
	selection, err := r.Resolve(context.Background(), parse(t, requirements), parse(t, constraints))
	var none *NoSolution
	if errors.As(err, &none) {
		return "no: " + none.Error()
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(chosenLines(selection), "\n")
}

// tb is what *testing.T and *rapid.T have in common.
type tb interface {
	Helper()
	Fatal(args ...any)
}

func parse(t tb, text string) []Requirement {
	t.Helper()
	var reqs []Requirement
	for line := range strings.SplitSeq(text, "|") {
		if line == "" {
			continue
		}
		req, err := pep508.Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		reqs = append(reqs, Requirement{Requirement: req})
	}
	return reqs
}
