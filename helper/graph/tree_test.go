package graph

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parse reads a graph: a line "roots: a b", then lines "name[extras] version provider: deps".
func parse(t *testing.T, text string) (g Graph) {
	t.Helper()
	for line := range strings.Lines(text) {
		head, deps, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		words := strings.Fields(head)
		if words[0] == "roots" {
			g.Roots = strings.Fields(deps)
			continue
		}
		n := Node{Version: words[1], Provider: words[2], Deps: strings.Fields(deps)}
		name, extras, _ := strings.Cut(words[0], "[")
		if n.Name = name; extras != "" {
			n.Extras = strings.Split(strings.TrimSuffix(extras, "]"), ",")
		}
		g.Nodes = append(g.Nodes, n)
	}
	return g
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
	}
	for _, tt := range tests {
		var b strings.Builder
		if err := Tree(&b, parse(t, tt.graph), false); err != nil {
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
		c 1 wheel:`), true)
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
	if err := Tree(broken{}, Graph{Nodes: []Node{{Name: "a"}}}, false); err == nil {
		t.Error("no error")
	}
}

// A ladder has two ways down at each step: 2^n paths, but each project is drawn with all below it only once.
func TestTreeIsNotExponential(t *testing.T) {
	g := Graph{Roots: []string{"a"}}
	for c := 'a'; c < 'z'; c++ {
		g.Nodes = append(g.Nodes, Node{Name: string(c), Deps: []string{string(c + 1), string(c + 1)}})
	}
	var b strings.Builder
	if err := Tree(&b, g, false); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n > 100 {
		t.Errorf("%d lines", n)
	}
}
