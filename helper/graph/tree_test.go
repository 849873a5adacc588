package graph

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parse reads a graph: a line "roots: a b", then lines "name[extras] version provider: needs", of which the version may
// be VERSION;MARKER. A need is EXTRA?requirement, where EXTRA? is left out for none.
func parse(t *testing.T, text string) (g Graph) {
	t.Helper()
	for line := range strings.Lines(text) {
		head, needs, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		words := strings.Fields(head)
		if words[0] == "roots" {
			g.Roots = parseEdges(needs)
			continue
		}
		n := Node{Version: words[1], Provider: words[2], Needs: parseEdges(needs)}
		n.Name, n.Extras = parseName(words[0])
		n.Version, n.Marker, _ = strings.Cut(n.Version, ";")
		g.Nodes = append(g.Nodes, n)
	}
	return g
}

func parseEdges(text string) (edges []Edge) {
	for _, word := range strings.Fields(text) {
		extra, req, ok := strings.Cut(word, "?")
		if !ok {
			extra, req = "", word
		}
		e := Edge{For: extra}
		name, version, _ := strings.Cut(req, ">=")
		if e.To, e.Extras = parseName(name); version != "" {
			e.Requirement = req
		}
		edges = append(edges, e)
	}
	return edges
}

func parseName(text string) (name string, extras []string) {
	name, list, ok := strings.Cut(strings.TrimSuffix(text, "]"), "[")
	if ok {
		extras = strings.Split(list, ",")
	}
	return name, extras
}

func TestTree(t *testing.T) {
	tests := []struct{ why, graph, want string }{
		{
			"branches, and a project that two need", `
			roots: flask
			blinker 1.9.0 wheel:
			flask 3.1.0 wheel: blinker jinja2 werkzeug
			jinja2 3.1.4 nixpkgs: markupsafe
			markupsafe 3.0.2 sdist:
			werkzeug 3.1.3 wheel: markupsafe`, `
flask 3.1.0 (wheel)
├── blinker 1.9.0 (wheel)
├── jinja2 3.1.4 (nixpkgs)
│   └── markupsafe 3.0.2 (sdist)
└── werkzeug 3.1.3 (wheel)
    └── markupsafe 3.0.2 (sdist)
`,
		},
		{
			"a subtree is drawn once", `
			roots: b a
			a 1 wheel: c
			b 1 wheel: c
			c 1 wheel: d
			d 1 wheel:`, `
b 1 (wheel)
└── c 1 (wheel)
    └── d 1 (wheel)
a 1 (wheel)
└── c 1 (wheel) (*)
`,
		},
		{
			"a root that a tree before has shown is shown as such", `
			roots: a b
			a 1 wheel: b
			b 1 wheel: c
			c 1 wheel:`, `
a 1 (wheel)
└── b 1 (wheel)
    └── c 1 (wheel)
b 1 (wheel) (*)
`,
		},
		{
			"a cycle ends where it closes", `
			roots: a
			a 1 wheel: b
			b 1 wheel: a c
			c 1 wheel:`, `
a 1 (wheel)
└── b 1 (wheel)
    ├── a 1 (wheel) (cycle)
    └── c 1 (wheel)
`,
		},
		{
			"extras are part of the label", `
			roots: uvicorn
			uvicorn[http,standard] 0.30 wheel:`, `
uvicorn[http,standard] 0.30 (wheel)
`,
		},
		{
			"a dependency that is not there is said", `
			roots: a
			a 1 wheel: gone`, `
a 1 (wheel)
└── gone (missing)
`,
		},
		{
			"without roots: what nothing needs, then what only a cycle needs", `
			a 1 wheel: b
			b 1 wheel: a
			c 1 wheel:
			d 1 wheel: d`, `
c 1 (wheel)
d 1 (wheel)
└── d 1 (wheel) (cycle)
a 1 (wheel)
└── b 1 (wheel)
    └── a 1 (wheel) (cycle)
`,
		},
		{"nothing", ``, ``},
		{
			"what the user asks for twice is drawn once", `
			roots: a[x] a
			a[x] 1 wheel:`, `
a[x] 1 (wheel)
`,
		},
		{
			"a project that has an entry for each system", `
			roots: a
			a 1 wheel: b b
			b 1;linux wheel: c
			b 2;darwin wheel:
			c 1;linux wheel:`, `
a 1 (wheel)
├── b 1 (wheel) ; linux
│   └── c 1 (wheel) ; linux
└── b 2 (wheel) ; darwin
`,
		},
	}
	for _, tt := range tests {
		var b strings.Builder
		if err := Tree(&b, parse(t, tt.graph), Style{Depth: -1}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), b.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, diff)
		}
	}
}

func TestTreeInASCII(t *testing.T) {
	var b strings.Builder
	err := Tree(&b, parse(t, `
		roots: a
		a 1 wheel: b c
		b 1 wheel: c
		c 1 wheel:`), Style{ASCII: true, Depth: -1})
	want := `
a 1 (wheel)
|-- b 1 (wheel)
|   ` + "`" + `-- c 1 (wheel)
` + "`" + `-- c 1 (wheel)
`
	if diff := cmp.Diff(want[1:], b.String()); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestTreeSaysThatItCouldNotWrite(t *testing.T) {
	if err := Tree(broken{}, Graph{Nodes: []Node{{Name: "a"}}}, Style{}); err == nil {
		t.Error("no error")
	}
}

const world = `
	roots: app
	app 1 wheel: lib>=1 web>=2
	lib 1 wheel: core>=3
	web 2 wheel: lib>=0 core>=4
	core 5 wheel: bits
	bits 1 wheel:`

func TestTreeToADepth(t *testing.T) {
	tests := []struct {
		why   string
		depth int
		want  string
	}{
		{"the top alone", 0, `
app 1 (wheel)
`},
		{"what was cut off is drawn where there is room for it", 2, `
app 1 (wheel)
├── lib 1 (wheel)
│   └── core 5 (wheel)
└── web 2 (wheel)
    ├── lib 1 (wheel)
    └── core 5 (wheel)
`},
		{"what was drawn whole is not drawn again", 3, `
app 1 (wheel)
├── lib 1 (wheel)
│   └── core 5 (wheel)
│       └── bits 1 (wheel)
└── web 2 (wheel)
    ├── lib 1 (wheel) (*)
    └── core 5 (wheel) (*)
`},
	}
	for _, tt := range tests {
		check(t, tt.why, parse(t, world), Style{Depth: tt.depth}, tt.want)
	}
}

func TestTreeWithRequirements(t *testing.T) {
	check(t, "forwards", parse(t, world), Style{Depth: 1, Requirements: true}, `
app 1 (wheel)
├── lib 1 (wheel) [>=1]
└── web 2 (wheel) [>=2]
`)
	g := parse(t, world)
	check(t, "backwards", g.Invert("core"), Style{Depth: -1, Requirements: true, Inverted: true}, `
core 5 (wheel)
├── lib 1 (wheel) [core>=3]
│   ├── app 1 (wheel) [lib>=1]
│   └── web 2 (wheel) [lib>=0]
│       └── app 1 (wheel) [web>=2]
└── web 2 (wheel) [core>=4] (*)
`)
	check(t, "two requirements of one project", parse(t, `
		a 1 wheel: b>=1 x?b>=2
		b 3 wheel:`), Style{Depth: -1, Requirements: true}, `
a 1 (wheel)
└── b 3 (wheel) [>=1 and b>=2]
`)
}

func check(t *testing.T, why string, g Graph, style Style, want string) {
	t.Helper()
	var b strings.Builder
	if err := Tree(&b, g, style); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), b.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", why, diff)
	}
}

// A ladder has two ways down at each step: 2^n paths, but each project is drawn with all below it only once, and with a
// depth at most once for each number of levels.
func TestTreeIsNotExponential(t *testing.T) {
	g := Graph{Roots: []Edge{{To: "a"}}}
	for c := 'a'; c < 'z'; c++ {
		down := Edge{To: string(c + 1)}
		g.Nodes = append(g.Nodes, Node{Name: string(c), Needs: []Edge{down, {To: string(c + 2)}}})
	}
	for _, depth := range []int{-1, 20} {
		var b strings.Builder
		if err := Tree(&b, g, Style{Depth: depth}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "\n"); n > 1000 {
			t.Errorf("depth %d: %d lines", depth, n)
		}
	}
}

func TestNear(t *testing.T) {
	g := parse(t, "numpy 2 wheel:\nnumba 1 wheel:\nscipy 1 wheel:\npytest 8 wheel:\npytest-cov 6 wheel:\npytest-xdist 3 wheel:\nsix 1 wheel:")
	for _, test := range []struct{ why, name, want string }{
		{"letters swapped, and one replaced", "nmupy", "numpy"},
		{"the fewer letters differ, the sooner", "numbs", "numba"},
		{"what contains it, the shortest first", "test", "pytest pytest-cov pytest-xdist"},
		{"near ones before those that contain it", "pytes", "pytest pytest-cov pytest-xdist"},
		{"what it contains", "scipy-stubs", "scipy"},
		{"two letters are in many names", "py", ""},
		{"nothing like it", "django", ""},
	} {
		if got := strings.Join(g.Near(test.name), " "); got != test.want {
			t.Errorf("%s: near %s is %q, want %q", test.why, test.name, got, test.want)
		}
	}
}
