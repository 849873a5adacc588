package graph

import (
	"cmp"
	"math"
	"slices"
)

// Wanter is the user or a project that needs another, and the shortest way from the user to it.
type Wanter struct {
	Need Edge   // what it needs
	Way  []Step // from the project that has the need to one that the user asked for, or to the needed one itself; empty: the user has it
}

// Step is a project on the way.
type Step struct {
	*Node
	Extra string // of it, that leads on; "" none
	By    Edge   // how the next project on the way, or the user, needs it; the zero Edge: it is not known who does
}

// Wanters is who needs the projects of a name, those with the shortest way first, and last those who are only there
// because of it. What a project needs of itself does not count.
func (g *Graph) Wanters(name string) []Wanter {
	s := search{nodes: g.byName(), came: map[state]origin{}}
	found := s.user(g, name)
	for i := 0; i < len(s.open); i++ {
		at := s.open[i]
		for _, e := range at.node.Needs {
			if e.For != at.extra {
				continue
			}
			if e.To == name && at.node.Name != name {
				found = append(found, Wanter{e, s.way(at)})
			}
			s.follow(e, origin{&at, e})
		}
	}
	for i := range found {
		found[i].cut(name)
	}
	slices.SortStableFunc(found, func(a, b Wanter) int { return cmp.Compare(a.length(name), b.length(name)) })
	return append(found, s.unreached(g, name)...)
}

// cut ends the way at the project of a name.
func (w *Wanter) cut(name string) {
	if i := slices.IndexFunc(w.Way, func(s Step) bool { return s.Name == name }); i >= 0 {
		w.Way = w.Way[:i+1]
	}
}

func (w *Wanter) length(name string) int {
	if n := len(w.Way); n == 0 || w.Way[n-1].Name != name {
		return n
	}
	return math.MaxInt
}

// search goes from the user's requirements outwards.
type search struct {
	nodes nodes
	open  []state
	came  map[state]origin
}

// state is a project with one of its extras, or without.
type state struct {
	node  *Node
	extra string
}

// origin is how a state was reached: from another one, or with nil from the user.
type origin struct {
	from *state
	by   Edge
}

// user starts at the user's requirements and gives those for the project of a name.
func (s *search) user(g *Graph, name string) (found []Wanter) {
	for _, e := range g.Roots {
		if e.To == name {
			found = append(found, Wanter{Need: e})
		}
		s.follow(e, origin{by: e})
	}
	if len(g.Roots) == 0 {
		for _, e := range g.roots() {
			s.follow(e, origin{})
		}
	}
	return found
}

func (s *search) follow(e Edge, o origin) {
	for _, n := range s.nodes.of(&e) {
		for _, extra := range append([]string{""}, e.Extras...) {
			at := state{n, extra}
			if _, ok := s.came[at]; !ok {
				s.came[at] = o
				s.open = append(s.open, at)
			}
		}
	}
}

// way is how a state was reached, without the steps from an extra of a project to another of its extras.
func (s *search) way(at state) (way []Step) {
	for from := &at; from != nil; {
		o := s.came[*from]
		for o.from != nil && o.from.node == from.node {
			o = s.came[*o.from]
		}
		way = append(way, Step{from.node, from.extra, o.by})
		from = o.from
	}
	return way
}

// unreached are the needs of projects that no requirement of the user leads to.
func (s *search) unreached(g *Graph, name string) (found []Wanter) {
	for i := range g.Nodes {
		n := &g.Nodes[i]
		for _, e := range n.Needs {
			if _, ok := s.came[state{n, e.For}]; !ok && e.To == name && n.Name != name {
				found = append(found, Wanter{e, []Step{{Node: n, Extra: e.For}}})
			}
		}
	}
	return found
}
