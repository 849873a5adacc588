package foreign

import (
	"slices"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/release"
)

// pylock reads a pylock.toml.
func (r *reader) pylock() error {
	l, err := lock.Read(r.data, r.File)
	switch {
	case err != nil:
		return err
	case l.Tool.Mach != nil:
		return diag.Usage("%s is a lock of mach: it needs no --from", r.File).Hint("lock = ./%s;", r.File)
	}
	r.Again = "the tool that wrote it, " + l.CreatedBy + ", makes it anew"
	r.encoded = true
	r.flat = !slices.ContainsFunc(l.Packages, func(p lock.Package) bool { return len(p.Dependencies) > 0 })
	r.forPython(l.RequiresPython)
	r.Extras, r.Groups, r.defaults = l.Extras, l.DependencyGroups, normal(l.DefaultGroups)
	for i := range l.Packages {
		r.pylockPackage(&l.Packages[i])
	}
	return nil
}

func (r *reader) pylockPackage(l *lock.Package) {
	p := r.add(-1, l.Name, l.Version)
	p.requiresPython, p.index = l.RequiresPython, publicURL(l.Index)
	if l.Marker != "" {
		p.markers = []string{l.Marker}
	}
	for _, d := range l.Dependencies {
		p.depends(pep508.NormalizeName(d.Name), pinned(d.Version))
	}
	switch {
	case l.VCS != nil && l.VCS.Type != "git":
		r.fail(0, "package %q: it comes from %s, and mach knows git", p.name, l.VCS.Type)
	case l.VCS != nil:
		location := l.VCS.URL
		if location == "" {
			location = "file://" + r.beside(l.VCS.Path)
		}
		r.git(p, location, l.VCS.RequestedRevision, l.VCS.CommitID, l.VCS.Subdirectory)
	case l.Archive != nil:
		r.archive(p, l.Archive.URL, l.Archive.Path, l.Archive.Hashes["sha256"], l.Archive.Subdirectory, l.Archive.Size)
	case l.Directory != nil:
		r.directory(p, l.Directory.Path, l.Directory.Subdirectory, l.Directory.Editable)
	}
	if l.Sdist != nil {
		r.pylockFile(p, l.Sdist)
	}
	for i := range l.Wheels {
		r.pylockFile(p, &l.Wheels[i])
	}
	r.root([]need{{name: p.name, marker: l.Marker, accept: pinned(p.version)}}, inputs.Part{})
}

// depends adds a need. Of a name that comes several times one is meant, another on another target.
func (p *pkg) depends(name string, accept constraint) {
	i := slices.IndexFunc(p.needs, func(n need) bool { return n.name == name })
	switch {
	case i < 0:
		p.needs = append(p.needs, need{name: name, accept: accept, elsewhere: true})
	case accept == nil || p.needs[i].accept == nil:
		p.needs[i].accept = nil
	default:
		p.needs[i].accept = append(p.needs[i].accept, accept...)
	}
}

func (r *reader) pylockFile(p *pkg, l *lock.File) {
	f := release.File{Name: l.Name, URL: l.URL, Size: l.Size, SHA256: l.Hashes["sha256"]}
	if l.URL == "" && l.Path != "" {
		f.Path = r.beside(l.Path)
	}
	r.addFile(p, f)
}
