package foreign

import (
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/release"
)

type pdmLock struct {
	Package  []pdmPackage `toml:"package"`
	Metadata struct {
		LockVersion string                  `toml:"lock_version"`
		Groups      []string                `toml:"groups"`
		Files       map[string][]poetryFile `toml:"files"` // of lock_version 4.2 and before
		Targets     []struct {
			Python string `toml:"requires_python"`
		} `toml:"targets"`
	} `toml:"metadata"`
}

type pdmPackage struct {
	Name         string       `toml:"name"`
	Version      string       `toml:"version"`
	Extras       []string     `toml:"extras"`
	Python       string       `toml:"requires_python"`
	Groups       []string     `toml:"groups"`
	Marker       string       `toml:"marker"`
	Dependencies []string     `toml:"dependencies"`
	Files        []poetryFile `toml:"files"`
	Git          string       `toml:"git"`
	Ref          string       `toml:"ref"`
	Revision     string       `toml:"revision"`
	URL          string       `toml:"url"`
	Path         string       `toml:"path"`
	Editable     bool         `toml:"editable"`
	Subdirectory string       `toml:"subdirectory"`
}

// pdm reads a pdm.lock. An entry with extras is the same package, with what these add.
func (r *reader) pdm() error {
	var l pdmLock
	if err := r.decode(&l); err != nil {
		return err
	}
	if v := l.Metadata.LockVersion; !strings.HasPrefix(v, "4.") && v != "4" {
		return diag.Input("%s: its lock_version is %q: this mach reads 4", r.File, v).Hint("pdm lock --update-reuse")
	}
	r.either = true
	for _, t := range l.Metadata.Targets {
		python, err := parseConstraint(t.Python)
		if err != nil {
			r.fail(0, "requires_python").Because(err)
		}
		if t.Python == "" || python == nil {
			r.python, r.pythons = nil, ""
			break
		}
		r.python, r.pythons = append(r.python, python...), t.Python
	}
	known := map[string]*pkg{}
	for i := range l.Package {
		r.pdmPackage(i, &l.Package[i], l.Metadata.Files, known)
	}
	return r.pdmRoots(&l)
}

func (r *reader) pdmPackage(i int, l *pdmPackage, files map[string][]poetryFile, known map[string]*pkg) {
	key := pep508.NormalizeName(l.Name) + " " + l.Version
	p := known[key]
	if p == nil {
		p = r.add(i, l.Name, l.Version)
		p.extras = map[string][]need{}
		p.requiresPython = l.Python
		if l.Python == "*" {
			p.requiresPython = ""
		}
		if l.Marker != "" {
			p.markers = []string{l.Marker}
		}
		known[key] = p
		r.pdmSource(p, l, slices.Concat(l.Files, files[l.Name+" "+l.Version]))
	} else if l.Marker == "" {
		p.markers = nil
	} else if p.markers != nil {
		p.markers = append(p.markers, l.Marker)
	}
	var needs []need
	for _, text := range l.Dependencies {
		req, err := pep508.ParseLenient(text)
		if err != nil {
			r.failed(p, err)
			continue
		}
		n := need{name: pep508.NormalizeName(req.Name), extras: extrasOf(req.Extras), marker: req.Marker.String()}
		if len(req.Specifiers) > 0 {
			n.accept = constraint{req.Specifiers}
		}
		if n.name != p.name || len(n.extras) > 0 {
			needs = append(needs, n)
		}
	}
	if len(l.Extras) == 0 {
		p.needs = needs
	}
	for _, extra := range extrasOf(l.Extras) {
		p.extras[extra] = append(p.extras[extra], needs...)
	}
}

func (r *reader) pdmSource(p *pkg, l *pdmPackage, files []poetryFile) {
	sha256 := ""
	if len(files) > 0 {
		sha256 = digest(files[0].Hash)
	}
	switch {
	case l.Git != "":
		r.git(p, l.Git, l.Ref, l.Revision, l.Subdirectory)
	case l.URL != "":
		r.archive(p, l.URL, "", sha256, l.Subdirectory, 0)
	case isProject(l.Path):
		p.virtual = true
	case l.Path != "" && (sha256 != "" || sdistRank(l.Path) > 0 || strings.HasSuffix(l.Path, ".whl")):
		r.archive(p, "", l.Path, sha256, l.Subdirectory, 0)
	case l.Path != "":
		r.directory(p, l.Path, l.Subdirectory, l.Editable)
	default:
		for _, f := range files {
			r.addFile(p, release.File{Name: f.File, URL: f.URL, SHA256: digest(f.Hash)})
		}
	}
}

// pdmRoots are the packages of each group, where the lock says it, else what the project beside it asks for.
func (r *reader) pdmRoots(l *pdmLock) error {
	if slices.ContainsFunc(l.Package, func(p pdmPackage) bool { return p.Groups != nil }) || len(l.Package) == 0 {
		for i := range l.Package {
			p := &l.Package[i]
			n := need{name: pep508.NormalizeName(p.Name), extras: extrasOf(p.Extras), marker: p.Marker}
			for _, group := range p.Groups {
				if group == "default" {
					r.root([]need{n}, inputs.Part{})
				} else {
					r.root([]need{n}, inputs.Part{Group: pep508.NormalizeName(group)})
				}
			}
		}
		for _, group := range l.Metadata.Groups {
			if group != "default" {
				r.Groups = append(r.Groups, group)
			}
		}
		return nil
	}
	beside, err := r.readProject()
	switch {
	case err != nil:
		return err
	case beside == nil:
		return diag.Input("%s: it does not say of which group its packages are, and there is no pyproject.toml beside it", r.File).
			Hint("pdm lock --strategy inherit_metadata")
	}
	r.projectRoots(beside)
	return nil
}
