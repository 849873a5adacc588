package provide

import (
	"slices"
	"strings"

	"mach/helper/fixes"
	"mach/helper/pep508"
	"mach/helper/release"
)

// dropped is a requirement of a file that does not count.
type dropped struct {
	pep508.Requirement
	project string // normalised
	by      *fixes.Fix
	line    int // of the file's own
}

// amended is the metadata of the file that a candidate would be, as the fixes for it have it. Where there are none, and
// where it cannot be used, that is the file's own.
func (r *Resolver) amended(p *project, c candidate, own *needs) (*needs, error) {
	if own.metadata == nil || own.broken != "" {
		return own, nil
	}
	amending, err := r.amending(p, c)
	if err != nil || len(amending) == 0 {
		return own, err
	}
	return own.amend(amending), nil
}

// amending are the fixes that change the metadata of a candidate's file.
func (r *Resolver) amending(p *project, c candidate) ([]*fixes.Fix, error) {
	return r.options.Fixes.Amending(p.name, p.versions[c.version].text, c.provider.format(), r.options.Environment.System)
}

// amend is the metadata with what fixes drop and add. What one drops another may add.
func (n *needs) amend(amending []*fixes.Fix) *needs {
	metadata := *n.metadata
	with := &needs{done: n.done, metadata: &metadata, amending: amending, dropped: n.drop(amending)}
	metadata.RequiresPython = requiresPythonOf(amending, metadata.RequiresPython)
	metadata.Doubt = strings.Join(append(nonEmpty(metadata.Doubt), with.inVain()...), "; it ")
	metadata.RequiresDist = nil
	for i, req := range n.requires {
		if !slices.ContainsFunc(with.dropped, func(d dropped) bool { return d.line == i }) {
			with.requires = append(with.requires, req)
			metadata.RequiresDist = append(metadata.RequiresDist, n.metadata.RequiresDist[i])
		}
	}
	for _, fix := range amending {
		for _, req := range fix.Adds {
			with.requires = append(with.requires, req)
			metadata.RequiresDist = append(metadata.RequiresDist, req.String())
		}
	}
	return with
}

// drop are the requirements that fixes drop.
func (n *needs) drop(amending []*fixes.Fix) (found []dropped) {
	for i, req := range n.requires {
		name := pep508.NormalizeName(req.Name)
		for _, fix := range amending {
			if slices.Contains(fix.Drops, name) {
				found = append(found, dropped{req, name, fix, i})
				break
			}
		}
	}
	return found
}

// inVain says what fixes drop that is not there: the release is another than its author had.
func (n *needs) inVain() (said []string) {
	for _, fix := range n.amending {
		for _, name := range fix.Drops {
			if !slices.ContainsFunc(n.dropped, func(d dropped) bool { return d.project == name }) {
				said = append(said, "does not require "+name+", which the fix "+fix.Title()+" drops")
			}
		}
	}
	return said
}

// origin is the fix that adds a requirement, whose marker does not matter: "fix setuptools"; "" if the file has it.
func (n *needs) origin(req pep508.Requirement) string {
	req.Marker = nil
	for _, fix := range n.amending {
		for _, added := range fix.Adds {
			added.Marker = nil
			if added.String() == req.String() {
				return "fix " + fix.Title()
			}
		}
	}
	return ""
}

// requiresPythonOf is what fixes have a file require of Python, all of them; what it states itself if none says.
func requiresPythonOf(of []*fixes.Fix, stated string) string {
	var said []string
	for _, fix := range of {
		said = append(said, nonEmpty(fix.RequiresPython)...)
	}
	if len(said) == 0 {
		return stated
	}
	return strings.Join(said, ",")
}

// pythonsOf is the Requires-Python of a candidate, as far as it is known without its metadata, and the fixes that have
// it so: " (fix old)", or "".
func (r *Resolver) pythonsOf(p *project, c candidate, of *release.Release) (requires, by string, err error) {
	amending, err := r.amending(p, c)
	if err != nil || len(amending) == 0 {
		return of.RequiresPython, "", err
	}
	for _, fix := range amending {
		if fix.RequiresPython != "" {
			by += " (fix " + fix.Title() + ")"
		}
	}
	return requiresPythonOf(amending, of.RequiresPython), by, nil
}

// nonEmpty is a text, or nothing.
func nonEmpty(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}
