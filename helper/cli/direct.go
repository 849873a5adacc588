package cli

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"
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
func (f *resolveFlags) openDirect(a *app, in *inputs.Inputs, o *provide.Options, from *origin) (*direct.Set, error) {
	references := referring(in)
	if len(references)+len(f.repositories) == 0 {
		return direct.NewSet(nil), nil
	}
	opener := &direct.Opener{Offline: f.Offline, Pinned: f.earlier.pinned}
	if !f.NoCache {
		opener.Cache = cmp.Or(f.CacheDir, index.CacheDir())
	}
	closeData := from.close
	from.close = func() {
		closeData()
		opener.Close()
	}
	opener.Transport = index.NewTransport(f.transport(a, &in.Options))
	set := direct.NewSet(opener)
	var errs []error
	for _, req := range references {
		src, err := set.Add(a, req.Name, req.Reference)
		if err != nil {
			errs = append(errs, referenceError(req, err))
			continue
		}
		src.Editable = src.Editable || req.Editable
		req.Name, req.URL = cmp.Or(req.Name, src.Name), f.written(req.Reference)
	}
	for name, r := range f.repositories {
		indexed := slices.ContainsFunc(o.Policy.Projects[name], func(p provide.Provider) bool { return p == provide.Wheel || p == provide.Sdist })
		set.AddTags(a, name, r, indexed, latest(from.ExcludeNewer))
	}
	return set, errors.Join(errs...)
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
	is := func(name string, v *lock.VCS) bool {
		return v != nil && v.URL == url && v.RequestedRevision == revision && v.Subdirectory == subdirectory && !e.upgrades(name)
	}
	for _, p := range l.Packages {
		if is(p.Name, p.VCS) {
			return p.VCS.CommitID
		}
	}
	if l.Tool.Mach == nil {
		return ""
	}
	for _, b := range l.Tool.Mach.Build {
		if is(b.Name, b.VCS) {
			return b.VCS.CommitID
		}
	}
	return ""
}

// upgrades says whether nothing is to be kept of a project (normalised name).
func (e *earlier) upgrades(project string) bool {
	for _, req := range e.upgrade {
		if pep508.NormalizeName(req.Name) == project {
			return true
		}
	}
	return false
}
