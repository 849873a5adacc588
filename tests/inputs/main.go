// Command inputs says what mach reads in the files of real projects:
//
//	go run ./tests/inputs LIST DIRECTORY
//	go run ./tests/inputs -unpack NAME VERSION DIRECTORY
//
// LIST has a line for each sdist and each kind of file of it: a format, the project, its version, and patterns of paths.
// The sdists come from the index that pip is configured with, and are kept in DIRECTORY. They are unpacked below its _trees,
// which go passes over. For each file it writes a line of JSON, which tests/inputs/compare.py holds against what other tools
// say. -unpack unpacks one sdist, and reads nothing.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"

	"mach/helper/index"
	"mach/tests/sdists"
)

// maxSdist is the size above which an sdist is left out.
const maxSdist = 8 << 20

func main() {
	var err error
	switch {
	case len(os.Args) == 3:
		err = run(os.Args[1], os.Args[2])
	case len(os.Args) == 5 && os.Args[1] == "-unpack":
		var s *sdists.Store
		if s, err = sdists.Open(os.Args[4], maxSdist); err == nil {
			_, err = unpacked(s, os.Args[4], os.Args[2], os.Args[3])
		}
	default:
		fmt.Fprintln(os.Stderr, "usage: inputs LIST DIRECTORY, or inputs -unpack NAME VERSION DIRECTORY")
		os.Exit(2)
	}
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "error:", err)
	if errors.Is(err, index.ErrNetwork) {
		fmt.Fprintln(os.Stderr, "hint: is this machine online? The sdists come from the index that pip is configured with")
	}
	os.Exit(3)
}

func run(list, dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	s, err := sdists.Open(dir, maxSdist)
	if err != nil {
		return err
	}
	f, err := os.Open(list)
	if err != nil {
		return err
	}
	defer f.Close()
	out := json.NewEncoder(os.Stdout)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) < 4 || words[0][0] == '#' {
			continue
		}
		tree, err := unpacked(s, dir, words[1], words[2])
		if err != nil {
			return fmt.Errorf("%s %s: %w", words[1], words[2], err)
		}
		read, known := formats[words[0]]
		if !known {
			return fmt.Errorf("no format %q", words[0])
		}
		found := matching(tree.files, words[3:])
		if len(found) == 0 {
			return fmt.Errorf("%s %s has none of %q", words[1], words[2], words[3:])
		}
		for _, name := range found {
			a := &answer{Format: words[0], Project: words[1], Version: words[2], Path: name, Tree: tree.dir}
			if err := read(tree, a); err != nil {
				return fmt.Errorf("%s %s: %s: %w", words[1], words[2], name, err)
			}
			if err := out.Encode(a); err != nil {
				return err
			}
		}
	}
	return nil
}

// sources is an unpacked sdist.
type sources struct {
	files fstest.MapFS
	dir   string
}

// unpacked is an sdist, which lies on the disk too.
func unpacked(s *sdists.Store, dir, name, version string) (*sources, error) {
	r, err := s.Release(context.Background(), name, version)
	if err != nil {
		return nil, err
	}
	files, err := s.Tree(context.Background(), r)
	if err != nil {
		return nil, err
	}
	tree := &sources{files, filepath.Join(dir, "_trees", name+"-"+version)}
	if _, err := os.Stat(tree.dir); err == nil {
		return tree, nil
	}
	part := tree.dir + ".part"
	if err := os.RemoveAll(part); err != nil {
		return nil, err
	}
	for name, file := range files {
		to := filepath.Join(part, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return nil, err
		}
		if err := os.WriteFile(to, file.Data, 0o666); err != nil {
			return nil, err
		}
	}
	return tree, os.Rename(part, tree.dir)
}

// matching are the files that have one of some patterns, of which "**/" stands for any directories.
func matching(files fstest.MapFS, patterns []string) (found []string) {
	for name := range files {
		if slices.ContainsFunc(patterns, func(p string) bool {
			rest, anywhere := strings.CutPrefix(p, "**/")
			tail := name
			if anywhere {
				parts := strings.Split(name, "/")
				tail = path.Join(parts[max(0, len(parts)-1-strings.Count(rest, "/")):]...)
			}
			ok, _ := path.Match(rest, tail)
			return ok
		}) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// without is a tree less the files whose base names fit one of some patterns.
func (s *sources) without(patterns ...string) fs.FS {
	left := fstest.MapFS{}
	for name, file := range s.files {
		if !slices.ContainsFunc(patterns, func(p string) bool {
			ok, _ := path.Match(p, path.Base(name))
			inner, _ := path.Match(p, path.Base(path.Dir(name)))
			return ok || inner
		}) {
			left[name] = file
		}
	}
	return left
}
