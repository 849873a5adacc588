// Package graph is what projects of a lock or of a resolution need of each other: who needs whom, drawn as a tree, and
// by which way from what the user asked for.
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
//
// A Graph as JSON has the keys of its types, where what is empty is left out.
package graph

import (
	"slices"
	"strings"
)

// Graph is a set of projects and what they need.
type Graph struct {
	Roots []Edge `json:"roots,omitempty"` // what the user asked for; none: what nothing needs is on top
	Nodes []Node `json:"projects"`
}

// Node is one project at one version. Several of one name are for different environments.
type Node struct {
	Name     string   `json:"name"`
	Version  string   `json:"version,omitempty"`
	Provider string   `json:"provider,omitempty"`
	Extras   []string `json:"extras,omitempty"` // that somebody asks for
	Marker   string   `json:"marker,omitempty"` // of the environments that it is for; "" all
	Needs    []Edge   `json:"needs,omitempty"`
}

// Edge is that a project, or the user, needs another project.
type Edge struct {
	To          string   `json:"project"`               // the name of nodes
	Version     string   `json:"version,omitempty"`     // of those, the ones of this version; "" all
	Requirement string   `json:"requirement,omitempty"` // as its author wrote it; "" unknown
	Extras      []string `json:"extras,omitempty"`      // of To that are needed
	For         string   `json:"for,omitempty"`         // the extra of the project that needs this; "" it does itself
	Origin      string   `json:"origin,omitempty"`      // where the user wrote it, file:line; or the fix that adds it
}

// Label is name[extras] version (provider) ; marker.
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
	if n.Marker != "" {
		s += " ; " + n.Marker
	}
	return s
}

// Has says whether there is a project of a name.
func (g *Graph) Has(name string) bool {
	return slices.ContainsFunc(g.Nodes, func(n Node) bool { return n.Name == name })
}

// nodes are the graph's nodes by name.
type nodes map[string][]*Node

func (g *Graph) byName() nodes {
	all := make(nodes, len(g.Nodes))
	for i := range g.Nodes {
		n := &g.Nodes[i]
		all[n.Name] = append(all[n.Name], n)
	}
	return all
}

// of are the nodes that an edge leads to.
func (all nodes) of(e *Edge) []*Node {
	found := all[e.To]
	if e.Version == "" || len(found) < 2 {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), func(n *Node) bool { return n.Version != e.Version })
}

// roots is g.Roots, each project once, or else what nothing needs.
func (g *Graph) roots() []Edge {
	if len(g.Roots) > 0 {
		return oncePerNode(g.Roots)
	}
	needed := map[string]bool{}
	for _, n := range g.Nodes {
		for _, e := range n.Needs {
			needed[e.To] = needed[e.To] || e.To != n.Name
		}
	}
	var roots []Edge
	for _, n := range g.Nodes {
		if !needed[n.Name] {
			roots = append(roots, Edge{To: n.Name, Version: n.Version})
		}
	}
	return oncePerNode(roots)
}

// oncePerNode leaves out edges that lead where an edge before has led.
func oncePerNode(edges []Edge) []Edge {
	var once []Edge
	for _, e := range edges {
		if !slices.ContainsFunc(once, func(o Edge) bool { return o.To == e.To && o.Version == e.Version }) {
			once = append(once, e)
		}
	}
	return once
}

// Invert is the graph of who needs the projects of a name, which is its only root.
func (g *Graph) Invert(name string) Graph {
	inverted := Graph{Roots: []Edge{{To: name}}, Nodes: slices.Clone(g.Nodes)}
	all := inverted.byName()
	for i := range inverted.Nodes {
		inverted.Nodes[i].Needs = nil
	}
	for _, n := range g.Nodes {
		for _, e := range n.Needs {
			back := Edge{To: n.Name, Version: n.Version, Requirement: e.Requirement, For: e.For}
			for _, to := range all.of(&e) {
				to.Needs = append(to.Needs, back)
			}
		}
	}
	return inverted
}
