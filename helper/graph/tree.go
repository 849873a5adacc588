// Package graph draws what depends on what.
//
//	flask 3.1.0 (wheel)
//	├── blinker 1.9.0 (wheel)
//	├── jinja2 3.1.4 (nixpkgs)
//	│   └── markupsafe 3.0.2 (wheel)
//	└── werkzeug 3.1.3 (wheel)
//	    └── markupsafe 3.0.2 (wheel)
//
// What depends on further projects is drawn with them once, where it comes first from the top; elsewhere it ends in
// (*). A dependency on a project that the line stands below closes a cycle and ends in (cycle).
package graph

import (
	"bufio"
	"io"
	"strings"
)

// Graph is a set of projects and their dependencies.
type Graph struct {
	Roots []string // names of what the user asked for; none: what nothing depends on
	Nodes []Node   // one for each name
}

// Node is one project.
type Node struct {
	Name     string
	Extras   []string
	Version  string
	Provider string   // "" is not shown
	Deps     []string // names of nodes; one without a node is drawn as (missing)
}

// Label is name[extras] version (provider).
func (n *Node) Label() string {
	s := n.Name
	if len(n.Extras) > 0 {
		s += "[" + strings.Join(n.Extras, ",") + "]"
	}
	if n.Version != "" {
		s += " " + n.Version
	}
	if n.Provider != "" {
		s += " (" + n.Provider + ")"
	}
	return s
}

// style is what branches are drawn with.
type style struct{ branch, last, through, blank string }

var (
	unicodeStyle = style{"├── ", "└── ", "│   ", "    "}
	asciiStyle   = style{"|-- ", "`-- ", "|   ", "    "}
)

// Tree draws a tree for each root in the order of g.Roots, then for each node that no tree has reached, in the order of
// g.Nodes; with characters of ASCII alone if ascii is set.
func Tree(w io.Writer, g Graph, ascii bool) error {
	t := tree{
		w: bufio.NewWriter(w), style: unicodeStyle,
		nodes: make(map[string]*Node, len(g.Nodes)), drawn: make(map[string]bool, len(g.Nodes)), above: map[string]bool{},
	}
	if ascii {
		t.style = asciiStyle
	}
	for i := range g.Nodes {
		t.nodes[g.Nodes[i].Name] = &g.Nodes[i]
	}
	for _, name := range g.roots() {
		t.node(name, "", "")
	}
	for i := range g.Nodes {
		if name := g.Nodes[i].Name; !t.drawn[name] {
			t.node(name, "", "")
		}
	}
	return t.w.Flush()
}

// roots is g.Roots, or else what nothing depends on.
func (g *Graph) roots() []string {
	if len(g.Roots) > 0 {
		return g.Roots
	}
	needed := map[string]bool{}
	for _, n := range g.Nodes {
		for _, d := range n.Deps {
			needed[d] = needed[d] || d != n.Name
		}
	}
	var roots []string
	for _, n := range g.Nodes {
		if !needed[n.Name] {
			roots = append(roots, n.Name)
		}
	}
	return roots
}

type tree struct {
	w     *bufio.Writer
	style style
	nodes map[string]*Node
	drawn map[string]bool // drawn, with all below
	above map[string]bool // on the way from the root to here
}

// node draws the tree of name: its line behind first, the lines below behind rest.
func (t *tree) node(name, first, rest string) {
	n := t.nodes[name]
	t.w.WriteString(first)
	switch {
	case n == nil:
		t.w.WriteString(name + " (missing)\n")
		return
	case t.above[name]:
		t.w.WriteString(n.Label() + " (cycle)\n")
		return
	case t.drawn[name] && len(n.Deps) > 0:
		t.w.WriteString(n.Label() + " (*)\n")
		return
	}
	t.w.WriteString(n.Label() + "\n")
	t.drawn[name], t.above[name] = true, true
	for i, dep := range n.Deps {
		if i < len(n.Deps)-1 {
			t.node(dep, rest+t.style.branch, rest+t.style.through)
		} else {
			t.node(dep, rest+t.style.last, rest+t.style.blank)
		}
	}
	delete(t.above, name)
}
