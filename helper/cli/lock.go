package cli

import (
	"fmt"
	"path/filepath"

	"mach/helper/diag"
	"mach/helper/lock"
)

type lockCmd struct {
	resolveFlags
	From           string   `sep:"none" placeholder:"FILE" help:"The lock of another tool, which is taken as it is: uv.lock, poetry.lock, pdm.lock, Pipfile.lock, pylock.toml, or a requirements.txt with hashes. --extra and --group are its own."`
	Output         string   `short:"o" default:"pylock.toml" placeholder:"FILE" help:"Where to write the lock; - is standard output. Default: pylock.toml. What a lock there has stays as far as it can."`
	Upgrade        bool     `short:"U" help:"Do not keep what the lock has."`
	UpgradePackage []string `short:"P" sep:"none" placeholder:"NAME[SPECIFIER]" help:"Do not keep what the lock has of this project; with a specifier, take such a version: flask or flask==3.1. Repeatable."`
	Arguments      []string `arg:"" optional:"" name:"requirement" help:"Requirements (PEP 508), a project's directory, a Pipfile, environment.yml or script."`
}

// Run resolves and writes the lock, if it is not already there.
func (c *lockCmd) Run(a *app) error {
	c.lockDir = filepath.Dir(c.Output)
	var err error
	if c.earlier, err = readEarlier(c.Output, c.Upgrade, c.UpgradePackage); err != nil {
		return err
	}
	var found *resolved
	if c.From != "" {
		found, err = c.take(a)
	} else if err = c.isLock(); err == nil {
		found, err = c.resolve(a, c.Arguments)
	}
	if err != nil {
		return err
	}
	a.warn(found.warnings)
	if c.Output == "-" {
		_, err := a.stdout.Write(found.lock.Marshal())
		return err
	}
	if c.earlier.is(found.lock) {
		fmt.Fprintf(a.stderr, "%s: nothing has changed, %s\n", c.Output, found.count())
		return nil
	}
	if err := c.earlier.mayGo(); err != nil {
		return err
	}
	if _, err := writeFile(c.Output, found.lock.Marshal()); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%s: %s\n", c.Output, found.count())
	for _, line := range c.earlier.changes(found) {
		fmt.Fprintf(a.stderr, "  %s\n", diag.Printable(line))
	}
	return nil
}

// warn prints warnings. Some have in them what indexes say.
func (a *app) warn(warnings []string) {
	for _, w := range warnings {
		fmt.Fprintf(a.stderr, "warning: %s\n", diag.Printable(w))
	}
}

// count says how many projects there are, and from where.
func (r *resolved) count() string {
	names, by := map[string]bool{}, map[string]map[string]bool{}
	for _, p := range r.lock.Packages {
		provider := p.Tool.Mach.Provider
		if by[provider] == nil {
			by[provider] = map[string]bool{}
		}
		names[p.Name], by[provider][p.Name] = true, true
	}
	text := fmt.Sprintf("%d projects", len(names))
	if len(names) == 1 {
		text = "1 project"
	}
	sep := ": "
	for _, provider := range []string{lock.Wheel, lock.Sdist, lock.Nixpkgs, lock.Tag, lock.Direct} {
		if n := len(by[provider]); n > 0 {
			text += fmt.Sprintf("%s%d %s", sep, n, provider)
			sep = ", "
		}
	}
	return text
}
