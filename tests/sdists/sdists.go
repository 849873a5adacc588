// Package sdists reads the sdists of releases from the index that pip is configured with, one after the other, and keeps
// them in a directory: for tests that look at the files of projects of others.
package sdists

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing/fstest"

	"mach/helper/index"
)

// Store reads the index, and keeps the sdists.
type Store struct {
	dir    string
	most   int64
	client *index.Client
}

// ErrUnfit is that a release cannot be measured.
var ErrUnfit = errors.New("it cannot be measured")

// Open is the store of a directory; sdists of more than most bytes are left out.
func Open(dir string, most int64) (*Store, error) {
	found, err := index.Discover(index.DiscoverOptions{})
	if err != nil {
		return nil, err
	}
	main, ok := found.Main()
	if !ok {
		return nil, errors.New("there is no index")
	}
	t := index.NewTransport(index.Options{Cache: filepath.Join(dir, "cache"), AtOnce: 1, PerSecond: 8, MaxAge: 1 << 60})
	return &Store{dir: dir, most: most, client: t.Client(main)}, os.MkdirAll(dir, 0o777)
}

// Release is an sdist and the wheels of its release.
type Release struct {
	Name, Version string
	Sdist         index.File
	Wheels        []index.File
}

// Release finds a release.
func (s *Store) Release(ctx context.Context, name, version string) (*Release, error) {
	page, err := s.client.Project(ctx, name)
	if err != nil {
		return nil, err
	}
	for i, v := range page.Versions {
		if v == version {
			return releaseOf(page, i), nil
		}
	}
	return nil, fmt.Errorf("the index has no version %q", version)
}

// Releases are the last two of a project, and some older ones.
func (s *Store) Releases(ctx context.Context, name string) ([]*Release, error) {
	page, err := s.client.Project(ctx, name)
	if errors.Is(err, index.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []*Release
	for _, i := range []int{0, 1, len(page.Versions) / 8, len(page.Versions) / 4, len(page.Versions) / 2} {
		if i >= len(page.Versions) {
			break
		}
		all = append(all, releaseOf(page, i))
	}
	return all, nil
}

func releaseOf(page *index.Page, i int) *Release {
	r := &Release{Name: page.Name, Version: page.Versions[i]}
	for _, f := range page.Release(i) {
		if f.Sdist {
			r.Sdist = f
		} else {
			r.Wheels = append(r.Wheels, f)
		}
	}
	return r
}

// maxFile is how much is read of a file.
const maxFile = 8 << 20

// Tree is an sdist without its top directory.
func (s *Store) Tree(ctx context.Context, r *Release) (fstest.MapFS, error) {
	if !r.Sdist.Sdist {
		return nil, fmt.Errorf("%w: it has no sdist", ErrUnfit)
	}
	data, err := s.download(ctx, r)
	if err != nil {
		return nil, err
	}
	all := fstest.MapFS{}
	keep := func(name string, mode fs.FileMode, r io.Reader) error {
		_, inner, ok := strings.Cut(path.Clean(strings.TrimPrefix(name, "./")), "/")
		if !ok || !fs.ValidPath(inner) || !mode.IsRegular() {
			return nil
		}
		data, err := io.ReadAll(io.LimitReader(r, maxFile))
		all[inner] = &fstest.MapFile{Data: data, Mode: 0o444}
		return err
	}
	if bytes.HasPrefix(data, []byte("PK")) {
		err = unzip(data, keep)
	} else {
		err = untar(data, keep)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnfit, err)
	}
	return all, nil
}

// download reads an sdist, once.
func (s *Store) download(ctx context.Context, r *Release) ([]byte, error) {
	link, err := r.Sdist.Link()
	if err != nil {
		return nil, err
	}
	kept := filepath.Join(s.dir, link.Filename)
	if data, err := os.ReadFile(kept); err == nil {
		return data, nil
	}
	if link.Size == 0 || link.Size > s.most {
		return nil, fmt.Errorf("%w: its sdist has %d bytes", ErrUnfit, link.Size)
	}
	var data []byte
	for int64(len(data)) < link.Size {
		part, err := s.client.Part(ctx, link.URL, int64(len(data)), link.Size)
		if err != nil {
			return nil, err
		}
		if data = append(data, part.Data...); len(part.Data) == 0 {
			return nil, fmt.Errorf("%w: its sdist is cut", ErrUnfit)
		}
	}
	return data, os.WriteFile(kept, data, 0o666)
}
