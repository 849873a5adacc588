// Package universe reads small worlds of releases from a text, for tests.
//
//	# a comment
//	flask 3.0.0 wheel sdist python>=3.8
//	    werkzeug>=3
//	    asgiref>=3.2; extra == "async"
//	flask 2.0.0 wheel yanked day=2021-05-11
//	native 1.0 wheel=cp312-cp312-manylinux_2_17_x86_64
//	older 1.0 sdist build=setuptools>=61,wheel
//
// A line at the margin is a release: its name, version and words. An indented line below is one of its requirements.
// The words: wheel (for anything) or wheel=TAGS, sdist, yanked, python>=3.8 (Requires-Python), day=DATE of upload,
// build=REQUIREMENTS (what [build-system] has) and extra=NAMES (Provides-Extra), both separated by commas. Hashes and
// locations are made of the names.
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
	byName := map[string]*record.Project{}
	var files []record.File // of the release that is being read
	var project *record.Project
	finish := func() {
		if project != nil {
			project.Files = append(project.Files, files...)
		}
		files = nil
	}
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case strings.HasPrefix(line, " ") && len(files) > 0:
			for _, f := range files {
				if f.Metadata != nil {
					f.Metadata.RequiresDist = append(f.Metadata.RequiresDist, strings.TrimSpace(line))
				}
			}
		case strings.HasPrefix(line, " ") || len(words) < 3:
			return nil, fmt.Errorf("line %d: %q is neither a release nor a requirement of one", i+1, line)
		default:
			finish()
			if project = byName[words[0]]; project == nil {
				project = &record.Project{Name: words[0], Meta: record.Meta{APIVersion: "1.1"}}
				byName[words[0]] = project
			}
			project.Versions = append(project.Versions, words[1])
			var err error
			if files, err = release(words[0], words[1], words[2:]); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	finish()
	projects := make([]*record.Project, 0, len(byName))
	for _, p := range byName {
		projects = append(projects, p)
	}
	slices.SortFunc(projects, func(a, b *record.Project) int { return strings.Compare(a.Name, b.Name) })
	return projects, nil
}

// release makes the files of a release. The first carries the metadata.
func release(name, version string, words []string) ([]record.File, error) {
	day, python := "2025-01-01", ""
	var yanked record.Yanked
	var files []record.File
	var build *record.BuildSystem
	var extras []string
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		switch {
		case key == "wheel" && value == "":
			files = append(files, file(name, version, "-py3-none-any.whl"))
		case key == "wheel":
			files = append(files, file(name, version, "-"+value+".whl"))
		case word == "sdist":
			files = append(files, file(name, version, ".tar.gz"))
		case word == "yanked":
			yanked = record.Yanked{Yanked: true, Reason: "broken"}
		case strings.HasPrefix(word, "python"):
			python = strings.TrimPrefix(word, "python")
		case key == "day":
			day = value
		case key == "extra":
			extras = strings.Split(value, ",")
		case key == "build":
			build = &record.BuildSystem{Requires: strings.Split(value, ","), BuildBackend: "setuptools.build_meta"}
		default:
			return nil, fmt.Errorf("unknown word %q", word)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s %s has neither wheel nor sdist", name, version)
	}
	for i := range files {
		files[i].RequiresPython, files[i].Yanked, files[i].UploadTime = python, yanked, day+"T12:00:00Z"
		if strings.HasSuffix(files[i].Filename, ".tar.gz") && build != nil {
			files[i].Metadata = &record.Metadata{BuildSystem: build, RequiresPython: python, From: record.FromSiblingWheel}
		}
	}
	if files[0].Metadata == nil {
		files[0].Metadata = &record.Metadata{RequiresPython: python, From: record.FromMetadata}
	}
	files[0].Metadata.ProvidesExtra = extras
	return files, nil
}

func file(name, version, rest string) record.File {
	f := strings.ReplaceAll(name, "-", "_") + "-" + version + rest
	sum := sha256.Sum256([]byte(f))
	return record.File{Filename: f, Hashes: record.Hashes{SHA256: hex.EncodeToString(sum[:])}, Size: 1000, URL: "packages/" + f}
}
