package foreign

import (
	"cmp"
	"errors"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/release"
	"mach/helper/tags"
	"mach/helper/tomltree"
)

// reader collects what a lock says, and what is wrong with it.
type reader struct {
	*Foreign
	data  []byte
	split []string // data by lines, once they are needed
	lines []int    // where each [[package]] stands; nil: not known
	errs  []error
}

// fail notes what is wrong; line 0 is none.
func (r *reader) fail(line int, format string, args ...any) *diag.Error {
	e := diag.Input(format, args...)
	e.Where = diag.Position{File: r.File, Line: line}
	if text := r.text(); line > 0 && line <= len(text) {
		e.Source = strings.TrimSuffix(text[line-1], "\r")
	}
	r.errs = append(r.errs, e)
	return e
}

// text is the lines of the file.
func (r *reader) text() []string {
	if r.split == nil {
		r.split = strings.Split(string(r.data), "\n")
	}
	return r.split
}

// failed notes an error about a package.
func (r *reader) failed(p *pkg, err error) {
	if err != nil {
		r.fail(p.line, "package %q", p.name).Because(err)
	}
}

// done checks what was read.
func (r *reader) done() error {
	r.byName = map[string][]*pkg{}
	for _, p := range r.packages {
		r.check(p)
		r.byName[p.name] = append(r.byName[p.name], p)
	}
	r.Extras, r.Groups = normal(r.Extras), normal(r.Groups)
	slices.SortStableFunc(r.Roots, func(a, b Root) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.Part.Extra, b.Part.Extra), cmp.Compare(a.Part.Group, b.Part.Group),
			slices.Compare(a.extras, b.extras), cmp.Compare(a.marker, b.marker))
	})
	return errors.Join(r.errs...)
}

// decode reads TOML.
func (r *reader) decode(into any) error {
	if bad := tomltree.Decode(r.data, r.File, into); bad != nil {
		return bad
	}
	r.lines = packageLines(r.data)
	return nil
}

// packageLines are the lines of [[package]] in a file that could be read.
func packageLines(data []byte) (lines []int) {
	var parser unstable.Parser
	parser.Reset(data)
	line, from := 1, 0
	for parser.NextExpression() {
		e := parser.Expression()
		if e.Kind != unstable.ArrayTable {
			continue
		}
		keys := e.Key()
		if !keys.Next() || string(keys.Node().Data) != "package" || !keys.IsLast() {
			continue
		}
		at := int(keys.Node().Raw.Offset)
		line += strings.Count(string(data[from:at]), "\n")
		from = at
		lines = append(lines, line)
	}
	return lines
}

// add is a new package, the i-th of the file.
func (r *reader) add(i int, name, version string) *pkg {
	p := &pkg{name: pep508.NormalizeName(name)}
	if i >= 0 && i < len(r.lines) {
		p.line = r.lines[i]
	}
	r.packages = append(r.packages, p)
	if version == "" {
		return p
	}
	v, err := pep440.Parse(version)
	if err != nil {
		p.version = version
		r.failed(p, err)
		return p
	}
	p.version = v.String()
	return p
}

// named are the packages of a name, as far as they are read.
func (r *reader) named(name string) (all []*pkg) {
	for _, p := range r.packages {
		if p.name == name {
			all = append(all, p)
		}
	}
	return all
}

// check checks what every package has to have.
func (r *reader) check(p *pkg) {
	if !pep508.ValidName(p.name) {
		r.fail(p.line, "%q is no name of a project", p.name)
	}
	if p.version == "" && p.origin == nil && !p.virtual {
		r.fail(p.line, "package %q: the version is missing", p.name)
	}
	for _, marker := range p.markers {
		r.marker(p, marker)
	}
	for _, n := range p.needs {
		r.marker(p, n.marker)
	}
	for _, needs := range p.extras {
		for _, n := range needs {
			r.marker(p, n.marker)
		}
	}
	_, err := pep440.ParseSpecifiersLenient(p.requiresPython)
	r.failed(p, err)
}

func (r *reader) marker(p *pkg, text string) {
	if _, err := pep508.ParseMarker(text); text != "" && err != nil {
		r.failed(p, err)
	}
}

// digest is a sha256 in lower-case hex out of "sha256:…"; "" for another or none.
func digest(hash string) string {
	hex, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(hash)), "sha256:")
	if !ok || len(hex) != 64 || strings.Trim(hex, "0123456789abcdef") != "" {
		return ""
	}
	return hex
}

// addFile adds a wheel or an sdist. What is neither, such as an egg, is left out.
func (r *reader) addFile(p *pkg, f release.File) {
	if f.Name == "" {
		f.Name = lastPart(f.URL, f.Path)
	}
	f.URL = publicURL(f.URL)
	f.Index = p.index
	if strings.HasSuffix(f.Name, ".whl") {
		if _, err := tags.ParseWheelName(f.Name); err == nil {
			p.files = append(p.files, f)
		}
		return
	}
	rank := sdistRank(f.Name)
	if rank == 0 {
		return
	}
	for i, had := range p.files {
		if old := sdistRank(had.Name); old > 0 {
			if rank > old {
				p.files[i] = f
			}
			return
		}
	}
	p.files = append(p.files, f)
}

// sdistRank says which of several sdists is taken: that of PEP 625 before others; 0 is none.
func sdistRank(name string) int {
	for i, end := range []string{".tar.xz", ".tar.bz2", ".tgz", ".zip", ".tar.gz"} {
		if strings.HasSuffix(strings.ToLower(name), end) {
			return i + 1
		}
	}
	return 0
}

// lastPart is the name of a file at the end of its URL or path.
func lastPart(location, file string) string {
	if u, err := url.Parse(location); location != "" && err == nil {
		return path.Base(u.Path)
	}
	return path.Base(filepath.ToSlash(file))
}

// publicURL is a URL without credentials and fragment.
func publicURL(text string) string {
	if text == "" {
		return ""
	}
	text, _, _ = strings.Cut(text, "#")
	return reference.Public(text)
}

// beside is a path of the file as an absolute one.
func (r *reader) beside(file string) string {
	file = filepath.FromSlash(file)
	if !filepath.IsAbs(file) {
		file = filepath.Join(filepath.Dir(r.File), file)
	}
	if abs, err := filepath.Abs(file); err == nil {
		return abs
	}
	return file
}

// isProject says whether a path of the file is the directory it stands in.
func isProject(file string) bool { return file != "" && path.Clean(file) == "." }

// pinned is the constraint to one version.
func pinned(version string) constraint {
	if version == "" {
		return nil
	}
	if s, err := pep440.ParseSpecifiers("===" + version); err == nil {
		if exact, err := pep440.ParseSpecifiers("==" + version); err == nil {
			s = exact
		}
		return constraint{s}
	}
	return nil
}

// git makes the origin of a repository.
func (r *reader) git(p *pkg, location, revision, commit, subdirectory string) {
	if commit == "" {
		r.fail(p.line, "package %q: there is no commit of the repository %s", p.name, location)
		return
	}
	p.origin = &release.Origin{
		URL: reference.Public(reference.GitURL(location)), Revision: revision, Commit: commit, Subdirectory: cleanSubdirectory(subdirectory),
	}
}

// archive makes the origin of one file.
func (r *reader) archive(p *pkg, location, file, sha256, subdirectory string, size int64) {
	if sha256 == "" {
		r.fail(p.line, "package %q: %s has no sha256", p.name, location+file).Hint("%s", r.Again)
	}
	p.origin = &release.Origin{URL: publicURL(location), SHA256: sha256, Size: size, Subdirectory: cleanSubdirectory(subdirectory)}
	if file != "" {
		p.origin.Path = r.beside(file)
	}
	p.files = []release.File{{Name: lastPart(location, file)}}
}

// directory makes the origin of a directory.
func (r *reader) directory(p *pkg, file, subdirectory string, editable bool) {
	p.origin = &release.Origin{Path: r.beside(file), Subdirectory: cleanSubdirectory(subdirectory), Editable: editable}
}

func cleanSubdirectory(text string) string {
	if text == "" || path.Clean(text) == "." {
		return ""
	}
	return path.Clean(text)
}

// extrasOf are names in normal form.
func extrasOf(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	return normal(slices.Clone(names))
}
