package cli

import (
	"cmp"
	"errors"
	"path/filepath"
	"strings"

	"mach/helper/diag"
	"mach/helper/direct"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/reference"
)

// openDirect opens what the requirements refer to, which then stands beside the data's releases. It fills in the names
// that only that knows, and the paths as the lock will have them.
func (f *resolveFlags) openDirect(a *app, in *inputs.Inputs, o *provide.Options) error {
	opener := &direct.Opener{Offline: f.Offline, Pinned: f.earlier.pinned}
	if !f.NoCache {
		opener.Cache = cmp.Or(f.CacheDir, index.CacheDir())
	}
	defer opener.Close()
	var set *direct.Set
	var errs []error
	for _, req := range referring(in) {
		if set == nil {
			opener.Transport = index.NewTransport(f.transport(a, &in.Options))
			set = direct.NewSet(opener)
		}
		src, err := set.Add(a, req.Name, req.Reference, req.Where.String())
		if err != nil {
			errs = append(errs, referenceError(req, err))
			continue
		}
		src.Editable = src.Editable || req.Editable
		req.Name, req.URL = cmp.Or(req.Name, src.Name), f.written(req.Reference)
	}
	if set != nil {
		o.Database, o.Direct = set.Over(o.Database), set.Has
	}
	return errors.Join(errs...)
}

// referring are the requirements and constraints that say where a project is taken from.
func referring(in *inputs.Inputs) (all []*inputs.Requirement) {
	for _, list := range [][]inputs.Requirement{in.Requirements, in.Constraints} {
		for i := range list {
			if list[i].Reference != nil {
				all = append(all, &list[i])
			}
		}
	}
	return all
}

// referenceError is an error of opening a reference, at its place.
func referenceError(req *inputs.Requirement, err error) error {
	var known *diag.Error
	if errors.As(err, &known) {
		e := req.Errorf("%s", strings.TrimSuffix(err.Error(), "\n"))
		e.Code, e.Hints = known.Code, known.Hints
		return e
	}
	e := req.Errorf("%s", req.Reference).Because(sourceError(err))
	e.Code = diag.ExitCode(sourceError(err))
	return e
}

// written is a reference as it stands in a lock: a path as it is seen from there.
func (f *resolveFlags) written(r *reference.Reference) string {
	if r.Path == "" {
		return r.String()
	}
	at := *r
	at.Path = f.beside(r.Path)
	if !strings.HasPrefix(at.Path, ".") && !filepath.IsAbs(at.Path) {
		at.Path = "./" + at.Path
	}
	return at.String()
}

// beside is an absolute path as the lock has it: seen from its directory, with slashes.
func (f *resolveFlags) beside(path string) string {
	if from, err := filepath.Abs(f.lockDir); err == nil {
		if relative, err := filepath.Rel(from, path); err == nil {
			path = relative
		}
	}
	return filepath.ToSlash(path)
}

// pinned is the commit that the earlier lock has of a repository at a revision; "" none.
func (e *earlier) pinned(url, revision, subdirectory string) string {
	if e == nil || e.read == nil || e.all {
		return ""
	}
	l, err := e.read()
	if err != nil {
		return ""
	}
	for _, p := range l.Packages {
		if v := p.VCS; v != nil && v.URL == url && v.RequestedRevision == revision && v.Subdirectory == subdirectory && !e.upgrades(&p) {
			return v.CommitID
		}
	}
	return ""
}

// upgrades says whether nothing is to be kept of a package.
func (e *earlier) upgrades(p *lock.Package) bool {
	for _, req := range e.upgrade {
		if pep508.NormalizeName(req.Name) == p.Name {
			return true
		}
	}
	return false
}
