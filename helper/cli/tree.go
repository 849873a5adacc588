package cli

import (
	"mach/helper/graph"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/ui"
)

type treeCmd struct {
	resolveFlags
	Lock      string   `placeholder:"FILE" default:"pylock.toml" help:"The lock to draw, if no requirements are given. Default: pylock.toml."`
	Arguments []string `arg:"" optional:"" name:"requirement" help:"Requirements (PEP 508), or a project's directory."`
}

// Run prints the tree.
func (c *treeCmd) Run(a *app) error {
	l, err := c.lock(a)
	if err != nil {
		return err
	}
	return graph.Tree(a.stdout, treeOf(l), !ui.UTF8())
}

func (c *treeCmd) lock(a *app) (*lock.Lock, error) {
	if len(c.Arguments)+len(c.Requirement) > 0 {
		c.FilesURL = "none"
		found, err := c.resolve(a, c.Arguments)
		if err != nil {
			return nil, err
		}
		a.warn(found.warnings)
		return found.lock, nil
	}
	data, err := readInput(c.Lock)
	if err != nil {
		return nil, err
	}
	return lock.Read(data, c.Lock)
}

// treeOf is the graph of a lock: what the user asked for on top.
func treeOf(l *lock.Lock) graph.Graph {
	var g graph.Graph
	if l.Tool.Mach != nil {
		for _, text := range l.Tool.Mach.Requirements {
			if req, err := pep508.Parse(text); err == nil {
				g.Roots = append(g.Roots, pep508.NormalizeName(req.Name))
			}
		}
	}
	for _, p := range l.Packages {
		n := graph.Node{Name: p.Name, Version: p.Version}
		if p.Tool.Mach != nil {
			n.Provider = p.Tool.Mach.Provider
		}
		for _, d := range p.Dependencies {
			n.Deps = append(n.Deps, d.Name)
		}
		g.Nodes = append(g.Nodes, n)
	}
	return g
}
