package cli

import (
	"encoding/json"
	"io"
	"slices"

	"mach/helper/diag"
	"mach/helper/graph"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/ui"
)

type treeCmd struct {
	subjectFlags
	Depth      int      `default:"-1" placeholder:"N" help:"How many levels below the top to print. Default: all."`
	Invert     string   `placeholder:"NAME" help:"Print who needs this project, and who needs those."`
	Specifiers bool     `help:"Print the requirement that each project is there for. Of a lock that takes data: an index or --db."`
	JSON       bool     `name:"json" help:"Print the whole graph as JSON."`
	Arguments  []string `arg:"" optional:"" name:"requirement" help:"Requirements (PEP 508), or a project's directory."`
}

// Run prints the tree.
func (c *treeCmd) Run(a *app) error {
	if c.JSON && (c.Depth >= 0 || c.Invert != "") {
		return diag.Usage("--json prints the whole graph, and takes no --depth or --invert").Hint("mach tree --json")
	}
	g, err := c.graph(a)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(a.stdout, struct {
			Version int `json:"version"`
			graph.Graph
		}{1, g})
	}
	style := graph.Style{ASCII: !ui.UTF8(), Depth: c.Depth, Requirements: c.Specifiers}
	if c.Invert != "" {
		name := pep508.NormalizeName(c.Invert)
		if !g.Has(name) {
			return c.notThere(c.Arguments, name, &g)
		}
		g, style.Inverted = g.Invert(name), true
	}
	return graph.Tree(a.stdout, g, style)
}

func (c *treeCmd) graph(a *app) (g graph.Graph, err error) {
	if c.hasRequirements(c.Arguments) {
		s, err := c.resolved(a, c.Arguments)
		if err != nil {
			return g, err
		}
		defer s.close()
		return s.graph()
	}
	l, err := c.readLock()
	if err != nil {
		return g, err
	}
	if c.System == nil && c.Environment == nil && !c.Specifiers { // all systems
		for i := range l.Packages {
			g.Nodes = append(g.Nodes, nodeOf(&l.Packages[i]))
		}
		g.Roots = rootsOf(lockedRequirements(l), &g)
		if len(g.Nodes) > 1 && !slices.ContainsFunc(g.Nodes, func(n graph.Node) bool { return len(n.Needs) > 0 }) {
			a.warn([]string{c.Lock + " does not say what needs what: see it with --specifiers"})
		}
		return g, nil
	}
	s, err := c.locked(l)
	if err != nil {
		return g, err
	}
	defer func() { s.close() }()
	if c.Specifiers {
		if err := c.addData(a, s); err != nil {
			return g, err
		}
	}
	return s.graph()
}

// graphOf is who needs whom by the entries of a lock.
func graphOf(packages []*lock.Package) (g graph.Graph) {
	for _, p := range packages {
		g.Nodes = append(g.Nodes, nodeOf(p))
	}
	return g
}

func nodeOf(p *lock.Package) graph.Node {
	n := graph.Node{Name: p.Name, Version: p.Version, Marker: p.Marker}
	switch {
	case p.Tool.Mach != nil:
		n.Provider = p.Tool.Mach.Provider
	case p.VCS != nil || p.Directory != nil || p.Archive != nil:
		n.Provider = lock.Direct
	}
	for _, d := range p.Dependencies {
		n.Needs = append(n.Needs, graph.Edge{To: d.Name, Version: d.Version})
	}
	return n
}

// printJSON prints a value for programs.
func printJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
