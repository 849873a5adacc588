package index

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Sdist is what an sdist says of itself at its top level. A member is nil if the sdist does not have it.
type Sdist struct {
	PKGInfo   []byte `json:"pkg-info"`
	Pyproject []byte `json:"pyproject"`
}

const (
	maxSdist    = 256 << 20 // bytes that are downloaded of one sdist at most
	maxUnpacked = 2 << 30   // bytes that they may unpack to
)

// Sdist reads PKG-INFO and pyproject.toml of an sdist: .zip by ranges, tar files as a stream that ends where both
// are found. The result is kept, so each sdist is asked for once in the life of the cache.
func (c *Client) Sdist(ctx context.Context, f File) (*Sdist, error) {
	e, err := c.cached(entryKey("sdist", f.URL), -1, func() (entry, error) {
		s, err := c.readSdist(ctx, f)
		if err != nil {
			return entry{}, err
		}
		body, err := json.Marshal(s)
		return entry{status: http.StatusOK, body: body}, err
	})
	s := new(Sdist)
	if err == nil {
		err = json.Unmarshal(e.body, s)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Filename, err)
	}
	return s, nil
}

func (c *Client) readSdist(ctx context.Context, f File) (*Sdist, error) {
	name := strings.ToLower(f.Filename)
	if strings.HasSuffix(name, ".zip") {
		return c.zipSdist(ctx, f)
	}
	var s *Sdist
	err := c.do(ctx, f.URL, http.Header{"Accept-Encoding": {"identity"}}, func(resp *http.Response) error {
		unpacked, err := unpack(name, bufio.NewReader(io.LimitReader(resp.Body, maxSdist)))
		if err != nil {
			return err
		}
		s, err = tarSdist(tar.NewReader(io.LimitReader(unpacked, maxUnpacked)))
		return err
	})
	return s, err
}

func unpack(name string, r io.Reader) (io.Reader, error) {
	switch {
	case strings.HasSuffix(name, ".tar.gz"), strings.HasSuffix(name, ".tgz"):
		return gzip.NewReader(r)
	case strings.HasSuffix(name, ".tar.bz2"), strings.HasSuffix(name, ".tbz"):
		return bzip2.NewReader(r), nil
	}
	return nil, errors.New("an sdist of this kind is not read: only .tar.gz, .tar.bz2 and .zip are")
}

func tarSdist(t *tar.Reader) (*Sdist, error) {
	s := new(Sdist)
	for s.PKGInfo == nil || s.Pyproject == nil {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return nil, err
		}
		if target := s.member(h.Name); target != nil && h.Typeflag == tar.TypeReg {
			if *target, err = readBounded(t, maxMetadata); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

func (c *Client) zipSdist(ctx context.Context, f File) (*Sdist, error) {
	r, err := c.openRanges(ctx, f)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, r.size)
	if err != nil {
		return nil, r.cause(err)
	}
	s := new(Sdist)
	for _, m := range z.File {
		if target := s.member(m.Name); target != nil {
			if *target, err = readMember(m); err != nil {
				return nil, r.cause(err)
			}
		}
	}
	return s, nil
}

// member is where the content of a member belongs; nil if it is none of those wanted. Both lie in the one directory
// at the top, whose name is not relied on.
func (s *Sdist) member(name string) *[]byte {
	dir, file, ok := strings.Cut(strings.TrimPrefix(name, "./"), "/")
	switch {
	case !ok || dir == "" || dir == "..":
		return nil
	case file == "PKG-INFO":
		return &s.PKGInfo
	case file == "pyproject.toml":
		return &s.Pyproject
	}
	return nil
}
