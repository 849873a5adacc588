package cli

import (
	"errors"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/environment"
	"mach/helper/inputs"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/release"
)

// hashesOf are the sha256 hashes that requirements and constraints give, by project: all of them, whatever their
// markers, since a hash belongs to one file of one version.
func hashesOf(in *inputs.Inputs) map[string][]string {
	var all map[string][]string
	for _, req := range slices.Concat(in.Requirements, in.Constraints) {
		for _, h := range req.Hashes {
			if h.Algorithm != sha256 {
				continue
			}
			if all == nil {
				all = map[string][]string{}
			}
			name := pep508.NormalizeName(req.Name)
			all[name] = append(all[name], h.Digest)
		}
	}
	return all
}

// sha256 is the algorithm of the hashes that indexes, databases and locks have.
const sha256 = "sha256"

// checkHashes refuses a file that has none of the hashes that its requirements give, and with --require-hashes one for
// which none is given.
func checkHashes(in *inputs.Inputs, env *environment.Environment, selection *provide.Selection) error {
	given := map[string]bool{}
	for _, req := range slices.Concat(in.Requirements, in.Constraints) {
		name := pep508.NormalizeName(req.Name)
		i := slices.IndexFunc(selection.Packages, func(p *provide.Selected) bool { return p.Name == name })
		if len(req.Hashes) == 0 {
			given[name] = given[name] || req.Reference != nil && len(req.Reference.Hashes) > 0
			continue
		}
		if i < 0 || !req.Marker.Eval(&env.Markers, nil) {
			continue
		}
		given[name] = true
		if err := checkHash(&req, selection.Packages[i]); err != nil {
			return err
		}
	}
	if !in.Options.RequireHashes {
		return nil
	}
	var errs []error
	for _, p := range selection.Packages {
		if !given[p.Name] && isRevision(p) {
			errs = append(errs, diag.Input("%s %s comes from a repository, whose commits have no hash that could be given, and --require-hashes is set", p.Name, p.Version).
				Hint("take its file: --provider %s=wheel,sdist", p.Name))
		} else if !given[p.Name] && p.File != nil {
			errs = append(errs, diag.Input("%s %s is needed, and --require-hashes is set: no requirement gives its hash", p.Name, p.Version).
				Hint("if it is the right file, add the line: %s==%s --hash=sha256:%s", p.Name, p.Version, p.File.SHA256))
		} else if !given[p.Name] {
			errs = append(errs, diag.Input("%s %s comes from nixpkgs, and --require-hashes is set", p.Name, p.Version).
				Hint("take its file: --provider %s=wheel,sdist", p.Name))
		}
	}
	return errors.Join(errs...)
}

// isRevision says whether a project comes from a repository.
func isRevision(p *provide.Selected) bool {
	return p.File != nil && p.File.Origin != nil && p.File.Origin.Commit != ""
}

func checkHash(req *inputs.Requirement, p *provide.Selected) error {
	switch {
	case isRevision(p):
		return req.Errorf("%s %s comes from a repository, which has none of the hashes given", p.Name, p.Version).Hint("take its file: --provider %s=wheel,sdist", p.Name)
	case p.File == nil:
		return req.Errorf("%s %s comes from nixpkgs, which has none of the hashes given", p.Name, p.Version).Hint("take its file: --provider %s=wheel,sdist", p.Name)
	case slices.Contains(req.Hashes, inputs.Hash{Algorithm: sha256, Digest: strings.ToLower(p.File.SHA256)}):
		return nil
	case !slices.ContainsFunc(req.Hashes, func(h inputs.Hash) bool { return h.Algorithm == sha256 }):
		return req.Errorf("only a sha256 can be checked, and %s has none here", p.Name).
			Hint("if %s is the right file, add --hash=sha256:%s", p.File.Name, p.File.SHA256)
	}
	return req.Errorf("%s has the hash sha256:%s, which is none of those given", p.File.Name, p.File.SHA256).
		Hint("if it is the right file, add --hash=sha256:%s", p.File.SHA256)
}

// noneOfHashes says of a resolution that failed which of the versions that requirements pin has no file with the hashes
// that they give: with that the rest is explained.
func noneOfHashes(in *inputs.Inputs, db release.Database, env *environment.Environment) error {
	var errs []error
	for _, req := range in.Requirements {
		if len(req.Hashes) == 0 || req.Reference != nil || !req.Specifiers.Pins() || !req.Marker.Eval(&env.Markers, nil) {
			continue
		}
		files, version := filesPinned(&req, db)
		if len(files) == 0 || slices.ContainsFunc(files, func(f release.File) bool {
			return f.SHA256 == "" || slices.Contains(req.Hashes, inputs.Hash{Algorithm: sha256, Digest: f.SHA256})
		}) {
			continue
		}
		e := req.Errorf("none of the files of %s %s has a hash that is given", req.Name, version)
		for _, f := range files[:min(len(files), 3)] {
			e.Hint("if %s is the right file, add --hash=sha256:%s", f.Name, f.SHA256)
		}
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

// filesPinned are the files of the newest version that a requirement pins; none if there is no such version.
func filesPinned(req *inputs.Requirement, db release.Database) (files []release.File, version string) {
	p, err := db.Project(pep508.NormalizeName(req.Name))
	if err != nil {
		return nil, ""
	}
	for i, version := range p.Versions() {
		if v, err := pep440.Parse(version); err == nil && req.Specifiers.Contains(v) {
			files, _ := p.Files(i)
			return files, version
		}
	}
	return nil, ""
}
