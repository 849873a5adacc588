// Package importer makes crawl records of the data that mach-nix lived on: pypi-deps-db, which has what projects need,
// and nix-pypi-fetcher, which has the files' hashes.
//
// Both are directories of 256 JSON files, 00.json to ff.json; a project is in the one that is named by the first two hex
// digits of the SHA-256 of its name, which is in lower case with "-" for "_".
//
//	wheel/XX.json  {project: {python tag: {version: {file name: what}}}}
//	               what: {requires_dist: […], requires_python: "…", provides_extras: […]}, each optional,
//	               or "version@file name": the same as that file of the same python tag
//	sdist/XX.json  {project: {version: what}}
//	               what: {python: {install_requires: […], extras_require: {extra: […]}, python_requires: […], …}},
//	               what setup.py said when it was run by Python 2.7 ("27"), 3.6 ("36"), …, 3.10 ("310");
//	               a string in the place of an object: the same as that version, or that Python
//	pypi/XX.json   {project: {version: {sha256, url}}} up to 2020, of sdists alone, the url below …/packages/;
//	               {project: {version: {sdist: [hash, file name], wheels: {file name: [hash, python tag]}}}} since then
//
// What becomes of it:
//
//   - The metadata of a wheel is as it is there. That of an sdist is what the newest Python was told that setup.py could
//     be run by; it differs between Pythons in one sdist of fifty. An extra named "name:marker" or ":marker", as
//     setuptools has them, becomes a marker. setup_requires is not taken: it is not all that a build needs.
//   - The data has no names of sdists but those of pypi/. For another the name that setuptools gives it is assumed.
//   - A file that is not in pypi/ has no hash, and `mach db build` leaves it out. Times of upload and what was yanked are
//     nowhere in the data.
//   - Where files lie is in the old form of pypi/; for the new one it is the path that index hosts redirect from.
//
// Memory is needed for one file of each kind, a few MB, and for the names of all projects. A JSON file that cannot be
// read is an error with its name and the key in it. What is odd and can be left out is counted, and reported.
package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// Options say what to import.
type Options struct {
	Dirs     []string      // each with wheel/, sdist/ or pypi/ in it; of two that have the same file the first counts
	Scratch  *os.File      // an empty file that records are written to before they are sorted
	Report   func(Problem) // told of each thing that is left out; may be nil
	Progress func(Stats)   // called after each bucket; may be nil
}

// Stats say what was imported.
type Stats struct {
	Buckets                   int // of 256
	Projects, Releases, Files int
	Hashes                    int            // of files
	Left                      map[string]int // what was left out, by reason
}

// Problem is something that was left out.
type Problem struct {
	File string `json:"file"`
	Key  string `json:"key"` // project/version/…
	Why  string `json:"why"`
}

// Why something is left out.
const (
	whyMissing  = "a file of the data is not there"
	whyDangling = "it refers to something that is not there"
	whyEmpty    = "it has no metadata for any Python"
	whyName     = "its project's name is none"
	whyWheel    = "its name is not that of a wheel of the project"
	whySdist    = "its name is not that of an sdist of the project"
	whyHash     = "its hash cannot be read"
)

// kinds are the directories that data may lie in.
var kinds = []string{"wheel", "sdist", "pypi"}

// ErrNoData is a directory that has none of the data.
var ErrNoData = errors.New("neither pypi-deps-db nor nix-pypi-fetcher: it has no directory wheel, sdist or pypi")

// Import writes the records to w, sorted by name.
func Import(ctx context.Context, w io.Writer, o Options) (Stats, error) {
	im := &importer{Options: o, Stats: Stats{Left: map[string]int{}}}
	for _, dir := range o.Dirs {
		if err := im.add(dir); err != nil {
			return im.Stats, err
		}
	}
	for n := range 256 {
		if err := ctx.Err(); err != nil {
			return im.Stats, err
		}
		if err := im.bucket(fmt.Sprintf("%02x.json", n)); err != nil {
			return im.Stats, err
		}
		if o.Progress != nil {
			o.Progress(im.Stats)
		}
	}
	return im.Stats, record.WriteSorted(w, o.Scratch, im.lines)
}

type importer struct {
	Options
	Stats
	sources []source
	lines   []record.Line
	at      int64
}

// source is a directory of 256 files of a kind.
type source struct{ kind, dir string }

func (im *importer) add(dir string) error {
	found := false
	for _, kind := range kinds {
		path := filepath.Join(dir, kind)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			im.sources = append(im.sources, source{kind, path})
			found = true
		}
	}
	if !found {
		return fmt.Errorf("%s: %w", dir, ErrNoData)
	}
	return nil
}

func (im *importer) leave(file, key, why string) {
	im.Left[why]++
	if im.Report != nil {
		im.Report(Problem{file, key, why})
	}
}

// bucket imports the projects that are in the files of that name. Those of pypi/ come first: they know names of sdists.
func (im *importer) bucket(name string) error {
	b := &bucket{importer: im, projects: map[string]*project{}}
	found := false
	for _, kind := range []string{"pypi", "wheel", "sdist"} {
		for _, s := range im.sources {
			if s.kind != kind {
				continue
			}
			err := b.read(kind, filepath.Join(s.dir, name))
			if errors.Is(err, fs.ErrNotExist) {
				im.leave(filepath.Join(s.dir, name), "", whyMissing)
				continue
			}
			if err != nil {
				return err
			}
			found = true
		}
	}
	if found {
		im.Buckets++
	}
	return im.write(b.records())
}

// write appends records to the scratch file.
func (im *importer) write(records iter.Seq[*record.Project]) error {
	out := &scratch{im: im}
	w := record.NewWriter(out)
	for p := range records {
		out.name = p.Name
		if err := w.Write(p); err != nil {
			return err
		}
		im.Projects++
	}
	return nil
}

// scratch notes where each record is written to; a record is one Write.
type scratch struct {
	im   *importer
	name string
}

// Write appends a record.
func (s *scratch) Write(p []byte) (int, error) {
	n, err := s.im.Scratch.WriteAt(p, s.im.at)
	s.im.lines = append(s.im.lines, record.Line{Name: s.name, At: s.im.at, Size: len(p)})
	s.im.at += int64(n)
	return n, err
}

// bucket is the projects of the files of one name.
type bucket struct {
	*importer
	projects map[string]*project // by the name in the data
	order    []*project
}

// project is one on its way to a record.
type project struct {
	name     string                    // normalised
	spelled  string                    // in the data
	releases map[string][]*record.File // by version as it is in the data
}

// project is the one of that name, or nil if that is no name.
func (b *bucket) project(file, spelled string) *project {
	p := b.projects[spelled]
	if p == nil {
		p = &project{pep508.NormalizeName(spelled), spelled, map[string][]*record.File{}}
		if !validName(p.name) {
			b.leave(file, spelled, whyName)
			return nil
		}
		b.projects[spelled] = p
		b.order = append(b.order, p)
	}
	return p
}

// validName says whether a normalised name is one that a project can have.
func validName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || i == 0 || i == len(name)-1) {
			return false
		}
	}
	return name != ""
}

// file is a file of a project, made if it is not there.
func (p *project) file(version, name string) *record.File {
	for _, f := range p.releases[version] {
		if f.Filename == name {
			return f
		}
	}
	f := &record.File{Filename: name}
	p.releases[version] = append(p.releases[version], f)
	return f
}

// sdist is the one of a release; nil if there is none.
func (p *project) sdist(version string) *record.File {
	for _, f := range p.releases[version] {
		if !isWheel(f.Filename) {
			return f
		}
	}
	return nil
}

func isWheel(filename string) bool { return strings.HasSuffix(filename, ".whl") }

// records are the projects that have files.
func (b *bucket) records() iter.Seq[*record.Project] {
	return func(yield func(*record.Project) bool) {
		for _, p := range b.order {
			r := p.record()
			if len(r.Files) == 0 {
				continue
			}
			b.Releases += len(r.Versions)
			b.Files += len(r.Files)
			for _, f := range r.Files {
				if f.Hashes.SHA256 != "" {
					b.Hashes++
				}
			}
			if !yield(r) {
				return
			}
		}
	}
}

func (p *project) record() *record.Project {
	r := &record.Project{Meta: record.Meta{APIVersion: "1.1"}, Name: p.name, Versions: inOrder(p.releases)}
	for _, version := range r.Versions {
		files := p.releases[version]
		slices.SortFunc(files, func(a, b *record.File) int { return cmp.Compare(a.Filename, b.Filename) })
		onlyFirst(files)
		for _, f := range files {
			r.Files = append(r.Files, *f)
		}
	}
	return r
}

// onlyFirst leaves the metadata of the first wheel and of those that differ from it, and that of the sdist where no wheel
// has any: so it is in crawl records, and the data would be twice as large.
func onlyFirst(files []*record.File) {
	var first *record.Metadata
	for _, f := range files {
		switch {
		case !isWheel(f.Filename) || f.Metadata == nil:
		case first == nil:
			first = f.Metadata
		case sameMetadata(first, f.Metadata):
			f.Metadata = nil
		}
	}
	for _, f := range files {
		if first != nil && !isWheel(f.Filename) {
			f.Metadata = nil
		}
	}
}

func sameMetadata(a, b *record.Metadata) bool {
	return a.RequiresPython == b.RequiresPython && slices.Equal(a.RequiresDist, b.RequiresDist) && slices.Equal(a.ProvidesExtra, b.ProvidesExtra)
}

// inOrder are the versions, oldest first, and before them those that PEP 440 does not know.
func inOrder(releases map[string][]*record.File) []string {
	type known struct {
		version pep440.Version
		text    string
	}
	var list []known
	var texts []string
	for text := range releases {
		if v, err := pep440.Parse(text); err == nil {
			list = append(list, known{v, text})
		} else {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	slices.SortFunc(list, func(a, b known) int { return cmp.Or(a.version.Compare(b.version), cmp.Compare(a.text, b.text)) })
	for _, k := range list {
		texts = append(texts, k.text)
	}
	return texts
}
