package cli

import (
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/environment"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/provide"
)

// obey takes over what requirements files say beside requirements. What cannot be obeyed is refused, so that nothing
// that was asked for is left out in silence.
func (f *resolveFlags) obey(said *inputs.Options, o *provide.Options) error {
	if len(said.ExtraIndexURLs)+len(said.FindLinks) > 0 {
		return diag.Input("not yet: --extra-index-url and --find-links in a requirements file").Hint("crawl what they have into the database: mach db crawl --help")
	}
	o.Prereleases = said.Prereleases
	o.Policy.Formats = said.Formats
	if f.IndexURL == "" {
		f.IndexURL = said.IndexURL
	}
	if said.NoIndex && f.FilesURL == "" {
		f.FilesURL = "none"
	}
	return nil
}

// checkHashes refuses a file that has none of the hashes that its requirements give.
func checkHashes(reqs []inputs.Requirement, selection *provide.Selection) error {
	for _, req := range reqs {
		i := slices.IndexFunc(selection.Packages, func(p *provide.Selected) bool { return p.Name == pep508.NormalizeName(req.Name) })
		if len(req.Hashes) == 0 || i < 0 {
			continue
		}
		p := selection.Packages[i]
		if p.File == nil {
			return req.Errorf("%s %s comes from nixpkgs, which has none of the hashes given", p.Name, p.Version).Hint("take its file: --provider %s=wheel,sdist", p.Name)
		}
		if !slices.Contains(req.Hashes, inputs.Hash{Algorithm: "sha256", Digest: strings.ToLower(p.File.SHA256)}) {
			return req.Errorf("%s has the hash sha256:%s, which is none of those given", p.File.Name, p.File.SHA256).
				Hint("if it is the right file, add --hash=sha256:%s", p.File.SHA256)
		}
	}
	return nil
}

// checkPython refuses a target that a project directory's requires-python excludes.
func checkPython(in *inputs.Inputs, o provide.Options) error {
	for _, p := range in.Python {
		if o.Allows(p.Specifiers) {
			continue
		}
		err := p.Errorf("the project requires Python %s, and the target is %s", p.Specifiers, o.Environment.Markers.PythonFullVersion)
		if near := nearestPython(p, o); near != nil {
			err.Hint("choose another target: --python %s", near.Markers.PythonVersion)
		}
		return err
	}
	return nil
}

// nearestPython is the environment with the nearest Python that a project allows, or nil.
func nearestPython(p inputs.Python, o provide.Options) *environment.Environment {
	minor := o.Environment.Target.Python[1]
	for distance := range 10 {
		for _, m := range []int{minor + distance, minor - distance} {
			other := provide.Options{Environment: o.Environment.WithMinor(m)}
			if m >= 0 && other.Allows(p.Specifiers) {
				return other.Environment
			}
		}
	}
	return nil
}
