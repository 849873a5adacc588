package cli

import (
	"fmt"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/facts"
)

// offer is what a file of --facts says.
type offer struct {
	*facts.Facts
	file string
}

// addFacts gives each target the facts of its system, or those that are of every one. It warns of a target that has
// none if there are some of others.
func (f *resolveFlags) addFacts(targets []target) (offers []offer, warnings []string, err error) {
	for _, file := range f.Facts {
		found, err := facts.Read(file)
		if err != nil {
			return nil, nil, err
		}
		offers = append(offers, offer{found, file})
	}
	if err := f.checkFacts(offers, targets[0].env.Markers.PythonVersion); err != nil {
		return nil, nil, err
	}
	for i := range targets {
		t := &targets[i]
		for _, o := range offers {
			if o.System == t.env.System || o.System == "" && t.facts == nil {
				t.facts = o.Facts
			}
		}
		if t.facts == nil && len(offers) > 0 {
			warnings = append(warnings, fmt.Sprintf("no --facts are of %s: nothing is taken from nixpkgs there", t.env.System))
		}
	}
	return offers, warnings, nil
}

// checkFacts refuses facts of another Python than that of the targets, and two of one system.
func (f *resolveFlags) checkFacts(offers []offer, python string) error {
	for i, o := range offers {
		if o.Python != "" && o.Python != python {
			err := diag.Input("facts %q are of Python %s, and the target is Python %s", o.file, o.Python, python)
			if f.Environment == nil {
				err.Hint("--python %s", o.Python)
			}
			return err.Hint("write them with lib/facts.nix for the Python of the target: python = \"python%s\";", strings.ReplaceAll(python, ".", ""))
		}
		k := slices.IndexFunc(offers[:i], func(other offer) bool { return other.System == o.System })
		switch {
		case k < 0:
		case o.System == "":
			return diag.Usage("facts %q and %q do not say of which systems they are", offers[k].file, o.file).Hint("write them with lib/facts.nix of this release of mach")
		default:
			return diag.Usage("facts %q and %q are both of %s", offers[k].file, o.file, o.System).Hint("leave out one: --facts %s", o.file)
		}
	}
	return nil
}

// toLock are the targets of a lock, each with its facts, of which each is of one of them.
func (f *resolveFlags) toLock() (targets []target, warnings []string, err error) {
	if targets, err = f.targets(); err != nil {
		return nil, nil, err
	}
	offers, warnings, err := f.addFacts(targets)
	if err != nil {
		return nil, nil, err
	}
	return targets, warnings, f.checkUsed(offers, targets)
}

// checkUsed refuses facts of a system that is no target: somebody meant to lock for it.
func (f *resolveFlags) checkUsed(offers []offer, targets []target) error {
	for _, o := range offers {
		if o.System == "" || slices.ContainsFunc(targets, func(t target) bool { return t.env.System == o.System }) {
			continue
		}
		var systems []string
		for _, t := range targets {
			systems = append(systems, t.env.System)
		}
		err := diag.Usage("facts %q are of %s, and the lock is for %s", o.file, o.System, strings.Join(systems, ", "))
		if f.Environment != nil {
			return err.Hint("leave them out, or give the environment of that system too, which lib/environment.nix writes: --environment FILE")
		}
		return err.Hint("leave them out, or lock for that system: --system %s", strings.Join(append(f.System, o.System), " --system "))
	}
	return nil
}
