package foreign

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/release"
)

type uvLock struct {
	Version        int    `toml:"version"`
	RequiresPython string `toml:"requires-python"`
	Manifest       struct {
		Members      []string            `toml:"members"`
		Requirements []uvNeed            `toml:"requirements"`
		Groups       map[string][]uvNeed `toml:"dependency-groups"`
	} `toml:"manifest"`
	Package      []uvPackage `toml:"package"`
	Distribution []any       `toml:"distribution"`
}

type uvPackage struct {
	Name              string              `toml:"name"`
	Version           string              `toml:"version"`
	Source            uvSource            `toml:"source"`
	ResolutionMarkers []string            `toml:"resolution-markers"`
	Dependencies      []uvNeed            `toml:"dependencies"`
	Optional          map[string][]uvNeed `toml:"optional-dependencies"`
	Dev               map[string][]uvNeed `toml:"dev-dependencies"`
	Sdist             *uvFile             `toml:"sdist"`
	Wheels            []uvFile            `toml:"wheels"`
	Metadata          struct {
		Extras []string       `toml:"provides-extras"`
		Dev    map[string]any `toml:"requires-dev"`
	} `toml:"metadata"`
}

type uvSource struct {
	Registry     string `toml:"registry"`
	URL          string `toml:"url"`
	Path         string `toml:"path"`
	Directory    string `toml:"directory"`
	Editable     string `toml:"editable"`
	Virtual      string `toml:"virtual"`
	Git          string `toml:"git"`
	Subdirectory string `toml:"subdirectory"`
}

func (s *uvSource) String() string {
	if *s == (uvSource{}) {
		return ""
	}
	return fmt.Sprint(*s)
}

// local is where a source tree is, "" for none.
func (s *uvSource) local() string { return s.Directory + s.Editable + s.Virtual }

type uvFile struct {
	URL      string `toml:"url"`
	Path     string `toml:"path"`
	Filename string `toml:"filename"`
	Hash     string `toml:"hash"`
	Size     int64  `toml:"size"`
}

type uvNeed struct {
	Name    string   `toml:"name"`
	Version string   `toml:"version"`
	Source  uvSource `toml:"source"`
	Extra   []string `toml:"extra"`
	Extras  []string `toml:"extras"` // in the manifest
	Marker  string   `toml:"marker"`
}

// uv reads a uv.lock.
func (r *reader) uv() error {
	var l uvLock
	if err := r.decode(&l); err != nil {
		return err
	}
	switch {
	case len(l.Distribution) > 0:
		return diag.Input("%s: it is from before uv 0.4.7, and has [[distribution]] in place of [[package]]", r.File).Hint("uv lock")
	case l.Version != 1:
		return diag.Input("%s: its version is %d: this mach reads 1", r.File, l.Version).Hint("take a mach that is newer than the uv that wrote it")
	}
	r.encoded = true
	r.forPython(l.RequiresPython)
	for i := range l.Package {
		r.uvPackage(i, &l.Package[i])
	}
	r.uvRoots(&l)
	return nil
}

// forPython takes the specifiers that the whole lock has for Python.
func (r *reader) forPython(text string) {
	specifiers, err := pep440.ParseSpecifiersLenient(text)
	if err != nil {
		r.fail(0, "requires-python").Because(err)
		return
	}
	if len(specifiers) > 0 {
		r.python, r.pythons = constraint{specifiers}, text
	}
}

func (r *reader) uvPackage(i int, u *uvPackage) {
	p := r.add(i, u.Name, u.Version)
	p.source, p.markers = u.Source.String(), u.ResolutionMarkers
	p.needs, p.extras = uvNeeds(u.Dependencies), map[string][]need{}
	for name, needs := range u.Optional {
		p.extras[pep508.NormalizeName(name)] = uvNeeds(needs)
	}
	if u.Sdist != nil {
		r.uvFile(p, &u.Source, u.Sdist)
	}
	for k := range u.Wheels {
		r.uvFile(p, &u.Source, &u.Wheels[k])
	}
	r.uvSource(p, u)
}

// uvSource says where a package comes from, if that is no index.
func (r *reader) uvSource(p *pkg, u *uvPackage) {
	s := &u.Source
	switch {
	case s.Registry != "":
	case s.Git != "":
		u, err := url.Parse(s.Git)
		if err != nil {
			r.failed(p, err)
			return
		}
		query := u.Query()
		revision := query.Get("rev") + query.Get("tag") + query.Get("branch")
		commit, subdirectory := u.Fragment, query.Get("subdirectory")
		u.RawQuery, u.Fragment = "", ""
		r.git(p, u.String(), revision, commit, subdirectory)
	case s.URL != "" || s.Path != "":
		f := u.Sdist
		if f == nil && len(u.Wheels) > 0 {
			f = &u.Wheels[0]
		}
		if f == nil {
			f = &uvFile{}
		}
		r.archive(p, s.URL, s.Path, digest(f.Hash), s.Subdirectory, f.Size)
	case s.Virtual != "":
		p.virtual = true
	case s.local() != "":
		r.directory(p, s.local(), "", s.Editable != "")
	default:
		r.fail(p.line, "package %q: there is no source", p.name).Hint("%s", r.Again)
	}
}

func (r *reader) uvFile(p *pkg, s *uvSource, u *uvFile) {
	if s.Registry == "" {
		return // of the source itself
	}
	f := release.File{Name: u.Filename, URL: u.URL, SHA256: digest(u.Hash), Size: u.Size}
	if strings.Contains(s.Registry, "://") {
		p.index = publicURL(s.Registry)
	} else if u.Path != "" {
		f.Path = r.beside(s.Registry + "/" + u.Path)
	}
	if u.URL != "" && !strings.Contains(u.URL, "://") {
		f.URL, f.Path = "", r.beside(u.URL)
	}
	r.addFile(p, f)
}

func uvNeeds(needs []uvNeed) (all []need) {
	for _, n := range needs {
		all = append(all, need{
			name: pep508.NormalizeName(n.Name), extras: extrasOf(slices.Concat(n.Extra, n.Extras)),
			accept: pinned(n.Version), source: n.Source.String(), marker: n.Marker,
		})
	}
	return all
}

// uvRoots finds the project, or the members of a workspace without one, and what they ask for.
func (r *reader) uvRoots(l *uvLock) {
	var roots []*uvPackage
	for i := range l.Package {
		if isProject(l.Package[i].Source.local()) {
			roots = append(roots, &l.Package[i])
		}
	}
	if len(roots) == 0 {
		for i := range l.Package {
			if slices.Contains(l.Manifest.Members, l.Package[i].Name) {
				roots = append(roots, &l.Package[i])
			}
		}
	}
	for _, p := range roots {
		r.uvRoot(p)
	}
	r.root(uvNeeds(l.Manifest.Requirements), inputs.Part{})
	for group, needs := range l.Manifest.Groups {
		r.Groups = append(r.Groups, group)
		r.root(uvNeeds(needs), inputs.Part{Group: pep508.NormalizeName(group)})
	}
}

func (r *reader) uvRoot(p *uvPackage) {
	for _, of := range r.named(pep508.NormalizeName(p.Name)) {
		of.virtual, of.self = true, true // its requirements on itself stand for the extras that they name
	}
	r.root(uvNeeds(p.Dependencies), inputs.Part{})
	r.Extras = append(r.Extras, p.Metadata.Extras...)
	for extra, needs := range p.Optional {
		r.Extras = append(r.Extras, extra)
		r.root(uvNeeds(needs), inputs.Part{Extra: pep508.NormalizeName(extra)})
	}
	for group := range p.Metadata.Dev {
		r.Groups = append(r.Groups, group)
	}
	for group, needs := range p.Dev {
		r.Groups = append(r.Groups, group)
		r.root(uvNeeds(needs), inputs.Part{Group: pep508.NormalizeName(group)})
	}
}

// root adds what the project asks for.
func (r *reader) root(needs []need, part inputs.Part) {
	for _, n := range needs {
		r.Roots = append(r.Roots, Root{n, part})
	}
}
