package foreign

import (
	"strings"

	"mach/helper/inputs"
	"mach/helper/reference"
)

// requirements reads a requirements file in which every requirement is pinned and has hashes.
func (r *reader) requirements() error {
	in, err := inputs.Read(inputs.Sources{Files: []string{r.File}})
	if err != nil {
		return err
	}
	r.flat = true
	r.Options, r.Warnings = in.Options, append(r.Warnings, in.Warnings...)
	for i := range in.Requirements {
		r.pinnedRequirement(&in.Requirements[i])
	}
	return nil
}

func (r *reader) pinnedRequirement(req *inputs.Requirement) {
	fail := func(format string, args ...any) {
		r.errs = append(r.errs, req.Errorf(format, args...).Hint("resolve it: mach lock -r %s", r.File))
	}
	ref := req.Reference
	switch {
	case ref == nil && !req.Specifiers.Pins():
		fail("%s is not pinned with ==, so that this is no lock", req.Name)
		return
	case ref == nil && len(req.Hashes) == 0:
		fail("%s has no --hash, so that this is no lock", req.Name)
		return
	case ref != nil && req.Name == "":
		fail("%s does not say its name", ref)
		return
	}
	version := ""
	if ref == nil {
		version = req.Specifiers[0].Text
	}
	p := r.add(-1, req.Name, version)
	p.line = req.Where.Line
	for _, h := range req.Hashes {
		if h.Algorithm == "sha256" {
			p.hashes = append(p.hashes, h.Digest)
		}
	}
	if len(req.Hashes) > 0 && len(p.hashes) == 0 {
		fail("%s has no sha256, by which files are found", req.Name)
	}
	if ref != nil {
		r.referenced(p, ref, req.Editable)
	}
	marker := req.Marker.String()
	if marker != "" {
		p.markers = []string{marker}
	}
	r.root([]need{{name: p.name, extras: extrasOf(req.Extras), marker: marker, accept: pinned(p.version)}}, inputs.Part{})
}

// referenced says where a package comes from.
func (r *reader) referenced(p *pkg, ref *reference.Reference, editable bool) {
	switch {
	case ref.Kind == reference.Git:
		commit := ref.Revision
		if len(commit) != 40 || strings.Trim(commit, "0123456789abcdef") != "" {
			commit = ""
		}
		r.git(p, ref.URL, ref.Revision, commit, ref.Subdirectory)
	case ref.Kind == reference.Directory:
		r.directory(p, ref.Path, ref.Subdirectory, editable)
	default:
		sha256 := ref.Hashes["sha256"]
		if sha256 == "" {
			sha256 = first(p.hashes)
		}
		r.archive(p, ref.URL, ref.Path, sha256, ref.Subdirectory, 0)
	}
}
