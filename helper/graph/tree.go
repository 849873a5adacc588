package graph

import (
	"bufio"
	"io"
	"math"
	"slices"
	"strings"
)

// Style is how a tree is drawn.
type Style struct {
	ASCII        bool // with characters of ASCII alone
	Depth        int  // how many levels below the top are drawn; negative: all
	Requirements bool // with the requirement that each line is there for
	Inverted     bool // the graph is inverted: what needs a project stands below it
}

// lines is what branches are drawn with.
type lines struct{ branch, last, through, blank string }

var (
	unicodeLines = lines{"├── ", "└── ", "│   ", "    "}
	asciiLines   = lines{"|-- ", "`-- ", "|   ", "    "}
)

// Tree draws a tree for each root in the order of g.Roots, then for each node that no root leads to, in the order of
// g.Nodes. Of an inverted graph only the root's tree is drawn.
func Tree(w io.Writer, g Graph, style Style) error {
	t := tree{w: bufio.NewWriter(w), style: style, lines: unicodeLines, nodes: g.byName(), drawn: map[*Node]int{}, above: map[*Node]bool{}}
	if style.ASCII {
		t.lines = asciiLines
	}
	if style.Depth < 0 {
		t.style.Depth = endless
	}
	reached := map[*Node]bool{}
	top := func(e Edge) {
		for _, b := range t.branches([]Edge{e}) {
			t.branch(b, "", "", t.style.Depth)
			t.reach(b.node, reached)
		}
	}
	for _, e := range g.roots() {
		top(e)
	}
	for i := range g.Nodes {
		if n := &g.Nodes[i]; !style.Inverted && !reached[n] {
			top(Edge{To: n.Name, Version: n.Version})
		}
	}
	return t.w.Flush()
}

// endless is more levels than any tree has.
const endless = math.MaxInt

type tree struct {
	w     *bufio.Writer
	style Style
	lines lines
	nodes nodes
	drawn map[*Node]int  // drawn, with so many levels below
	above map[*Node]bool // on the way from the root to here
}

// branch is a line of the tree: what an edge leads to.
type branch struct {
	edge Edge
	node *Node // nil: there is none
}

// branches are the lines of edges: one for each node, however many edges lead to it.
func (t *tree) branches(edges []Edge) []branch {
	var found []branch
	for _, e := range edges {
		to := t.nodes.of(&e)
		if len(to) == 0 {
			to = []*Node{nil}
		}
		for _, n := range to {
			i := slices.IndexFunc(found, func(b branch) bool { return b.node == n && b.edge.To == e.To })
			if i < 0 {
				found = append(found, branch{e, n})
			} else if t.style.Requirements && found[i].edge.Requirement != e.Requirement {
				found[i].edge.Requirement += " and " + e.Requirement
			}
		}
	}
	return found
}

// branch draws a line behind first, and the lines below behind rest, down to depth levels. It says whether that is all.
func (t *tree) branch(b branch, first, rest string, depth int) (whole bool) {
	n := b.node
	t.w.WriteString(first)
	if n == nil {
		t.w.WriteString(b.edge.To + t.requirement(b.edge) + " (missing)\n")
		return true
	}
	t.w.WriteString(n.Label() + t.requirement(b.edge))
	levels, isDrawn := t.drawn[n]
	switch {
	case t.above[n]:
		t.w.WriteString(" (cycle)\n")
		return true
	case isDrawn && levels >= depth && depth != 0 && len(n.Needs) > 0:
		t.w.WriteString(" (*)\n")
		return levels == endless
	}
	t.w.WriteString("\n")
	if depth == 0 {
		return len(n.Needs) == 0
	}
	t.above[n] = true
	whole = true
	below := t.branches(n.Needs)
	for i, b := range below {
		if i < len(below)-1 {
			whole = t.branch(b, rest+t.lines.branch, rest+t.lines.through, depth-1) && whole
		} else {
			whole = t.branch(b, rest+t.lines.last, rest+t.lines.blank, depth-1) && whole
		}
	}
	delete(t.above, n)
	if t.drawn[n] = depth; whole {
		t.drawn[n] = endless
	}
	return whole
}

// requirement is what stands behind a label: what the project above needs. Its name and extras stand in the label
// already; in an inverted graph that is another.
func (t *tree) requirement(e Edge) string {
	text := e.Requirement
	if !t.style.Requirements || text == "" {
		return ""
	}
	if !t.style.Inverted {
		text = text[strings.IndexFunc(text+"=", func(r rune) bool { return strings.ContainsRune("[]<>=!~;@ ", r) }):]
		if _, rest, ok := strings.Cut(text, "]"); ok && strings.HasPrefix(text, "[") {
			text = rest
		}
	}
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	return " [" + text + "]"
}

// reach notes all that a node leads to.
func (t *tree) reach(n *Node, reached map[*Node]bool) {
	if n == nil || reached[n] {
		return
	}
	reached[n] = true
	for open := []*Node{n}; len(open) > 0; {
		n, open = open[len(open)-1], open[:len(open)-1]
		for i := range n.Needs {
			for _, to := range t.nodes.of(&n.Needs[i]) {
				if !reached[to] {
					reached[to] = true
					open = append(open, to)
				}
			}
		}
	}
}
