package cli

import (
	"slices"
	"strings"

	"mach/helper/environment"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/provide"
)

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
