package foreign

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/release"
)

type pipfileLock struct {
	Meta struct {
		Spec     int `json:"pipfile-spec"`
		Requires struct {
			Version string `json:"python_version"`
			Full    string `json:"python_full_version"`
		} `json:"requires"`
		Sources []struct {
			Name string `json:"name"`
			URL  string `json:"url"`
		} `json:"sources"`
	} `json:"_meta"`
}

type pipfilePackage struct {
	Version      string   `json:"version"`
	Hashes       []string `json:"hashes"`
	Markers      string   `json:"markers"`
	Extras       []string `json:"extras"`
	Git          string   `json:"git"`
	Ref          string   `json:"ref"`
	Subdirectory string   `json:"subdirectory"`
	File         string   `json:"file"`
	Path         string   `json:"path"`
	Editable     bool     `json:"editable"`
}

// pipfile reads a Pipfile.lock.
func (r *reader) pipfile() error {
	var l pipfileLock
	var sections map[string]json.RawMessage
	if err := cmpOr(json.Unmarshal(r.data, &l), json.Unmarshal(r.data, &sections)); err != nil {
		var bad *json.SyntaxError
		line := 0
		if errors.As(err, &bad) {
			line = 1 + strings.Count(string(r.data[:min(int(bad.Offset), len(r.data))]), "\n")
		}
		return r.fail(line, "it is no Pipfile.lock").Because(err)
	}
	if l.Meta.Spec != 6 {
		return diag.Input("%s: its pipfile-spec is %d: this mach reads 6", r.File, l.Meta.Spec).Hint("pipenv lock")
	}
	r.flat = true
	if v := l.Meta.Requires.Version; v != "" {
		r.forPython("==" + v + ".*")
	}
	for i, s := range l.Meta.Sources {
		if i == 0 {
			r.Options.IndexURL = s.URL
		} else {
			r.Options.ExtraIndexURLs = append(r.Options.ExtraIndexURLs, s.URL)
		}
	}
	delete(sections, "_meta")
	for _, section := range slices.Sorted(maps.Keys(sections)) {
		var packages map[string]pipfilePackage
		if err := json.Unmarshal(sections[section], &packages); err != nil {
			return r.fail(0, "%s", section).Because(err)
		}
		r.pipfileSection(section, packages)
	}
	return nil
}

func cmpOr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) pipfileSection(section string, packages map[string]pipfilePackage) {
	part := inputs.Part{Group: pep508.NormalizeName(section)}
	switch section {
	case "default":
		part = inputs.Part{}
	case "develop":
		part.Group = "dev"
	}
	if part.Group != "" {
		r.Groups = append(r.Groups, part.Group)
	}
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		l := packages[name]
		p := r.pipfilePackage(name, &l)
		r.root([]need{{name: p.name, extras: extrasOf(l.Extras), marker: l.Markers, source: p.source, accept: pinned(p.version)}}, part)
	}
}

// pipfilePackage is the package of an entry, of which two sections may have the same.
func (r *reader) pipfilePackage(name string, l *pipfilePackage) *pkg {
	p := r.add(-1, name, strings.TrimLeft(l.Version, "= "))
	for i, text := range strings.Split(string(r.data), "\n") {
		if strings.Contains(text, `"`+name+`": {`) {
			p.line = i + 1
			break
		}
	}
	for _, h := range l.Hashes {
		if sha256 := digest(h); sha256 != "" {
			p.hashes = append(p.hashes, sha256)
		}
	}
	file := l.File + l.Path
	switch {
	case l.Git != "":
		r.git(p, l.Git, l.Ref, l.Ref, l.Subdirectory)
	case strings.Contains(file, "://"):
		r.archive(p, file, "", first(p.hashes), l.Subdirectory, 0)
	case file != "" && reference.IsFile(file):
		r.archive(p, "", file, first(p.hashes), l.Subdirectory, 0)
	case file != "":
		if isProject(file) {
			p.virtual = true // the project itself
			break
		}
		r.directory(p, file, l.Subdirectory, l.Editable)
	}
	for _, had := range r.packages[:len(r.packages)-1] {
		if had.name == p.name && had.version == p.version && slices.Equal(had.hashes, p.hashes) {
			r.packages = r.packages[:len(r.packages)-1]
			return had
		}
	}
	return p
}

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

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
	r.Extras, r.Groups = l.Extras, l.DependencyGroups
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
		p.needs = append(p.needs, need{name: pep508.NormalizeName(d.Name), accept: pinned(d.Version)})
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

func (r *reader) pylockFile(p *pkg, l *lock.File) {
	f := release.File{Name: l.Name, URL: l.URL, Size: l.Size, SHA256: l.Hashes["sha256"]}
	if l.URL == "" && l.Path != "" {
		f.Path = r.beside(l.Path)
	}
	r.addFile(p, f)
}

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
