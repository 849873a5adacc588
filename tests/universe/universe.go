// Package universe reads small worlds of releases from a text, for tests: as records, packed into a database, as an
// index over HTTP, or as files in a directory.
//
//	# a comment
//	flask 3.0.0 wheel sdist python>=3.8
//	    werkzeug>=3
//	    asgiref>=3.2; extra == "async"
//	flask 2.0.0 wheel yanked day=2021-05-11
//	native 1.0 wheel=cp312-cp312-manylinux_2_17_x86_64
//	older 1.0 sdist build=setuptools>=61,wheel
//	older status=archived no longer kept
//
// A line at the margin is a release: its name, version and words. An indented line below is one of its requirements.
// The words: wheel (for anything) or wheel=TAGS, sdist, yanked, python>=3.8 (Requires-Python), day=DATE of upload or a
// time of RFC 3339 or nothing, build=REQUIREMENTS (what [build-system] has) and extra=NAMES (Provides-Extra), both
// separated by commas. Several lines of one release are files that differ. A status is that of PEP 792.
//
// In a database hashes and locations are made of the names. Where files are real they have real hashes, and further
// words say what is in them: sdist=KIND has its requirements in PKG-INFO (static, what sdist alone is), in
// pyproject.toml (pyproject), in setuptools' requires.txt (egg) or nowhere (dynamic); sdist=zip is a static one as a
// zip file, and sdist=self one that brings its build backend, so that it can be built. Static ones too are sdist=rust, with
// a Cargo.lock, sdist=asks, whose setup.py asks for the project "asked", and sdist=computed, whose setup.py asks for
// nobody knows what. A file that is broken is no
// archive, and one that is another's has the metadata of a project "other".
package universe

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/pydb"
)

// Build packs the universe of a text into a database with the date 2026-01-31.
func Build(text string) ([]byte, error) {
	projects, err := Parse(text)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = pydb.Build(&b, all(projects), pydb.BuildOptions{Locations: true, Date: "2026-01-31"})
	return b.Bytes(), err
}

func all(projects []*record.Project) iter.Seq2[*record.Project, error] {
	return func(yield func(*record.Project, error) bool) {
		for _, p := range projects {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// Parse reads a text into crawl records, sorted by name. Errors name the line.
func Parse(text string) ([]*record.Project, error) {
	w, err := parse(text)
	if err != nil {
		return nil, err
	}
	return w.projects, nil
}

// world is what a text says.
type world struct {
	projects []*record.Project
	files    map[string]*content
}

// content is what a file has inside, where it is made.
type content struct {
	project, version string
	kind             string // of an sdist
	broken, other    bool
	metadata         *record.Metadata // its requirements
	build            *record.BuildSystem
}

func parse(text string) (*world, error) {
	w := &world{files: map[string]*content{}}
	var files []record.File // of the line that is being read
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case strings.HasPrefix(line, " ") && len(files) > 0:
			m := w.files[files[0].Filename].metadata
			m.RequiresDist = append(m.RequiresDist, strings.TrimSpace(line))
			for _, f := range files {
				if f.Metadata != nil {
					f.Metadata.RequiresDist = m.RequiresDist
				}
			}
		case strings.HasPrefix(line, " ") || len(words) < 3 && !strings.Contains(line, "status="):
			return nil, fmt.Errorf("line %d: %q is neither a release nor a requirement of one", i+1, line)
		default:
			var err error
			if files, err = w.line(words); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	slices.SortFunc(w.projects, func(a, b *record.Project) int { return strings.Compare(a.Name, b.Name) })
	return w, nil
}

// line adds what a line at the margin says.
func (w *world) line(words []string) ([]record.File, error) {
	name := words[0]
	i := slices.IndexFunc(w.projects, func(p *record.Project) bool { return p.Name == name })
	if i < 0 {
		i = len(w.projects)
		w.projects = append(w.projects, &record.Project{Name: name, Meta: record.Meta{APIVersion: "1.1"}})
	}
	p := w.projects[i]
	if status, ok := strings.CutPrefix(words[1], "status="); ok {
		p.Status = &record.Status{Status: status, Reason: strings.Join(words[2:], " ")}
		return nil, nil
	}
	if !slices.Contains(p.Versions, words[1]) {
		p.Versions = append(p.Versions, words[1])
	}
	files, err := w.release(name, words[1], words[2:])
	p.Files = append(p.Files, files...)
	return files, err
}

// release makes the files of a release. In a record the first carries the metadata.
func (w *world) release(name, version string, words []string) ([]record.File, error) {
	uploaded := "2025-01-01T12:00:00Z"
	c := content{project: name, version: version, metadata: &record.Metadata{From: record.FromMetadata}}
	var yanked record.Yanked
	var files []record.File
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		switch {
		case key == "wheel" && value == "":
			files = append(files, file(name, version, "-py3-none-any.whl"))
		case key == "wheel":
			files = append(files, file(name, version, "-"+value+".whl"))
		case key == "sdist" && value == "zip":
			files = append(files, file(name, version, ".zip"))
		case key == "sdist":
			c.kind = value
			files = append(files, file(name, version, ".tar.gz"))
		case word == "yanked":
			yanked = record.Yanked{Yanked: true, Reason: "broken"}
		case word == "broken":
			c.broken = true
		case word == "other":
			c.other = true
		case strings.HasPrefix(word, "python"):
			c.metadata.RequiresPython = strings.TrimPrefix(word, "python")
		case key == "day" && (value == "" || strings.Contains(value, "T")):
			uploaded = value
		case key == "day":
			uploaded = value + "T12:00:00Z"
		case key == "extra":
			c.metadata.ProvidesExtra = strings.Split(value, ",")
		case key == "build":
			c.build = &record.BuildSystem{Requires: strings.Split(value, ","), BuildBackend: "setuptools.build_meta"}
		default:
			return nil, fmt.Errorf("unknown word %q", word)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s %s has neither wheel nor sdist", name, version)
	}
	for i := range files {
		f := &files[i]
		f.RequiresPython, f.Yanked, f.UploadTime = c.metadata.RequiresPython, yanked, uploaded
		if !strings.HasSuffix(f.Filename, ".whl") && c.build != nil {
			f.Metadata = &record.Metadata{BuildSystem: c.build, RequiresPython: f.RequiresPython, From: record.FromSiblingWheel}
		}
		one := c
		w.files[f.Filename] = &one
	}
	if files[0].Metadata == nil {
		files[0].Metadata = &record.Metadata{RequiresPython: files[0].RequiresPython, From: record.FromMetadata}
	}
	files[0].Metadata.ProvidesExtra = c.metadata.ProvidesExtra
	return files, nil
}

func file(name, version, rest string) record.File {
	f := strings.ReplaceAll(name, "-", "_") + "-" + version + rest
	sum := sha256.Sum256([]byte(f))
	return record.File{Filename: f, Hashes: record.Hashes{SHA256: hex.EncodeToString(sum[:])}, Size: 1000, URL: "packages/" + f}
}
