package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wanters writes each as "need <- project[extra] by requirement <- …".
func wanters(g Graph, name string) string {
	var b strings.Builder
	for _, w := range g.Wanters(name) {
		b.WriteString(edgeText(w.Need))
		for _, s := range w.Way {
			b.WriteString(" <- " + s.Name)
			if s.Extra != "" {
				b.WriteString("[" + s.Extra + "]")
			}
			b.WriteString(" by " + edgeText(s.By))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func edgeText(e Edge) string {
	switch {
	case e.To == "":
		return "nobody"
	case e.Requirement == "":
		return e.To
	}
	return e.Requirement
}

func TestWanters(t *testing.T) {
	tests := []struct{ why, graph, name, want string }{
		{"the nearest first, each by its shortest way", `
			roots: app
			app 1 wheel: lib>=1 web>=2
			lib 1 wheel: core>=3
			web 2 wheel: lib>=0 deep
			deep 1 wheel: core>=4
			core 5 wheel:`, "core", `
core>=3 <- lib by lib>=1 <- app by app
core>=4 <- deep by deep <- web by web>=2 <- app by app
`},
		{"the user's requirements, and a project's beside", `
			roots: a b>=1 b>=2
			a 1 wheel: b>=0
			b 2 wheel:`, "b", `
b>=1
b>=2
b>=0 <- a by a
`},
		{"an extra counts only where somebody asks for it", `
			roots: a[x] c
			a 1 wheel: x?b>=1 y?b>=2
			c 1 wheel: x?b>=3
			b 2 wheel:`, "b", `
b>=1 <- a[x] by a
b>=2 <- a[y] by nobody
b>=3 <- c[x] by nobody
`},
		{"an extra that another extra of the project asks for", `
			roots: top
			top 1 wheel: a[all]>=1
			a 1 wheel: all?a[x] x?b>=1
			b 2 wheel:`, "b", `
b>=1 <- a[x] by a[all]>=1 <- top by top
`},
		{"without the user's requirements the way ends at what nobody needs", `
			a 1 wheel: b
			b 1 wheel: c
			c 1 wheel:`, "c", `
c <- b by b <- a by nobody
`},
		{"what is only there because of the project comes last", `
			roots: a
			a 1 wheel: b
			b 1 wheel: a c
			c 1 wheel: b`, "b", `
b <- a by a
b <- c by c <- b by b
`},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), wanters(parse(t, tt.graph), tt.name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, diff)
		}
	}
}
