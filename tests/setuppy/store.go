package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing/fstest"

	"mach/helper/index"
)

// store reads the index, and keeps the sdists.
type store struct {
	dir    string
	client *index.Client
}

// errUnfit is that a release cannot be measured.
var errUnfit = errors.New("it cannot be measured")

func (s *store) open() error {
	found, err := index.Discover(index.DiscoverOptions{})
	if err != nil {
		return err
	}
	main, ok := found.Main()
	if !ok {
		return errors.New("there is no index")
	}
	t := index.NewTransport(index.Options{Cache: filepath.Join(s.dir, "cache"), AtOnce: 1, PerSecond: 8, MaxAge: 1 << 60})
	s.client = t.Client(main)
	return os.MkdirAll(s.dir, 0o777)
}

// release is an sdist and the wheels of its release.
type release struct {
	name, version string
	sdist         index.File
	wheels        []index.File
}

func (s *store) release(ctx context.Context, name, version string) (*release, error) {
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

func releaseOf(page *index.Page, i int) *release {
	r := &release{name: page.Name, version: page.Versions[i]}
	for _, f := range page.Release(i) {
		if f.Sdist {
			r.sdist = f
		} else {
			r.wheels = append(r.wheels, f)
		}
	}
	return r
}

// newest is the newest of the last releases whose setup.py says what the project requires; "" if there is none.
func (s *store) newest(ctx context.Context, name string) (string, error) {
	page, err := s.client.Project(ctx, name)
	if errors.Is(err, index.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for _, i := range []int{0, 1, len(page.Versions) / 8, len(page.Versions) / 4, len(page.Versions) / 2} {
		if i >= len(page.Versions) {
			break
		}
		r := releaseOf(page, i)
		tree, err := s.tree(ctx, r)
		if errors.Is(err, index.ErrNetwork) {
			return "", err
		}
		if err == nil && speaks(tree) {
			return r.version, nil
		}
	}
	return "", nil
}

// elsewhere is where setup.cfg says what this measures.
var elsewhere = regexp.MustCompile(`(?m)^(install_requires|python_requires|\[options\.extras_require\])`)

// speaks says whether the setup.py of a tree has the last word on what is required.
func speaks(tree fs.FS) bool {
	source, err := fs.ReadFile(tree, "setup.py")
	config, _ := fs.ReadFile(tree, "setup.cfg")
	project, _ := fs.ReadFile(tree, "pyproject.toml")
	return err == nil && bytes.Contains(source, []byte("setup")) && !elsewhere.Match(config) && !bytes.Contains(project, []byte("[project]")) &&
		!bytes.Contains(project, []byte("[tool.poetry]"))
}

// tree is an sdist without its top directory.
func (s *store) tree(ctx context.Context, r *release) (fs.FS, error) {
	if !r.sdist.Sdist {
		return nil, fmt.Errorf("%w: it has no sdist", errUnfit)
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
		data, err := io.ReadAll(io.LimitReader(r, 2<<20))
		all[inner] = &fstest.MapFile{Data: data, Mode: 0o444}
		return err
	}
	if bytes.HasPrefix(data, []byte("PK")) {
		err = unzip(data, keep)
	} else {
		err = untar(data, keep)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnfit, err)
	}
	return all, nil
}

func untar(data []byte, keep func(string, fs.FileMode, io.Reader) error) error {
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	for archive := tar.NewReader(unpacked); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = keep(h.Name, h.FileInfo().Mode(), archive)
		}
		if err != nil {
			return err
		}
	}
}

func unzip(data []byte, keep func(string, fs.FileMode, io.Reader) error) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, f := range archive.File {
		in, err := f.Open()
		if err == nil {
			err = keep(f.Name, f.Mode(), in)
			in.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// download reads an sdist, once.
func (s *store) download(ctx context.Context, r *release) ([]byte, error) {
	link, err := r.sdist.Link()
	if err != nil {
		return nil, err
	}
	kept := filepath.Join(s.dir, link.Filename)
	if data, err := os.ReadFile(kept); err == nil {
		return data, nil
	}
	if link.Size == 0 || link.Size > maxSdist {
		return nil, fmt.Errorf("%w: its sdist has %d bytes", errUnfit, link.Size)
	}
	var data []byte
	for int64(len(data)) < link.Size {
		part, err := s.client.Part(ctx, link.URL, int64(len(data)), link.Size)
		if err != nil {
			return nil, err
		}
		if data = append(data, part.Data...); len(part.Data) == 0 {
			return nil, fmt.Errorf("%w: its sdist is cut", errUnfit)
		}
	}
	return data, os.WriteFile(kept, data, 0o666)
}
