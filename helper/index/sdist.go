package index

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"

	"mach/helper/sdist"
)

// maxUnpacked bounds what an sdist may unpack to, and so what is downloaded of it.
const maxUnpacked = 1 << 30

// ReadSdist reads the files of an sdist that say something of it: .zip by ranges, tar files as a stream that ends where
// what sdist.Read makes of them can change no more. The result is kept: each sdist is asked for once in the life of the
// cache. An error that is a *Broken concerns this file alone.
func (f File) ReadSdist(ctx context.Context) (*Sdist, error) {
	l, err := f.Link()
	if err != nil {
		return nil, err
	}
	s, err := f.page.client.sdist(ctx, l)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.Filename, err)
	}
	return s, nil
}

func (c *Client) sdist(ctx context.Context, l Link) (*Sdist, error) {
	if l.Path != "" { // can change, and is read as fast
		return c.readSdist(ctx, l)
	}
	head, err := c.forever(kindSdist, l.URL+"#"+l.SHA256, func() (string, error) {
		s, err := c.readSdist(ctx, l)
		if err != nil {
			return "", err
		}
		return s.encode(), nil
	})
	if err != nil {
		return nil, err
	}
	return decodeSdist(head), nil
}

// OfSdist is what is made of the files of an sdist. It is kept too, as making it may take long; form is to change with
// how it is made. An error of make that is a *Broken is kept, too.
func (f File) OfSdist(ctx context.Context, form string, make func(*Sdist) (string, error)) (string, error) {
	l, err := f.Link()
	if err != nil {
		return "", err
	}
	return f.page.client.OfSdist(ctx, l, form, make)
}

// OfSdist is File.OfSdist of a file that no page need have led to: its name, URL and hash are enough.
func (c *Client) OfSdist(ctx context.Context, l Link, form string, make func(*Sdist) (string, error)) (string, error) {
	read := func() (string, error) {
		s, err := c.sdist(ctx, l)
		if err != nil {
			return "", err
		}
		return make(s)
	}
	var head string
	var err error
	if l.Path != "" {
		head, err = read()
	} else {
		head, err = c.forever(kindOfSdist, form+" "+l.URL+"#"+l.SHA256, read)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", l.Filename, err)
	}
	return head, nil
}

func (c *Client) readSdist(ctx context.Context, l Link) (s *Sdist, err error) {
	if strings.HasSuffix(strings.ToLower(l.Filename), ".zip") {
		return c.zipSdist(ctx, l)
	}
	if l.Path != "" {
		f, err := os.Open(l.Path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return tarSdist(f, "")
	}
	err = c.do(ctx, l.URL, identity, func(resp *http.Response) error {
		s, err = tarSdist(resp.Body, "")
		return err
	})
	return s, err
}

// unpack is a tar file, by what it begins with.
func unpack(r *bufio.Reader) (io.Reader, error) {
	start, err := r.Peek(512) // a header's length
	switch {
	case bytes.HasPrefix(start, []byte("\x1f\x8b")):
		return gzip.NewReader(r)
	case bytes.HasPrefix(start, []byte("BZh")):
		return bzip2.NewReader(r), nil
	case bytes.HasPrefix(start, []byte("\xfd7zXZ")):
		return newXZ(r), nil
	}
	if err == nil {
		_, err = tar.NewReader(bytes.NewReader(start)).Next()
	}
	if errors.Is(err, io.EOF) && len(start) < 512 || errors.Is(err, tar.ErrHeader) {
		return nil, broken("an archive of this kind is not read: only .tar.gz, .tar.bz2, .tar.xz, .tar and .zip are")
	}
	return r, nil // an error of reading comes again
}

// tarSdist reads a tar file, below a directory of it or "", until all is known. What is wrong with the file, and not with
// its way here, is Broken.
func tarSdist(r io.Reader, directory string) (*Sdist, error) {
	s := newSdist(directory)
	unpacked, err := unpack(bufio.NewReader(r))
	if err == nil {
		err = s.readTar(tar.NewReader(&limited{r: unpacked, left: maxUnpacked, limit: maxUnpacked}))
	}
	var cut *bodyError
	var bad *Broken
	if err != nil && !errors.As(err, &cut) && !errors.As(err, &bad) {
		err = broken("a broken sdist: %v", err)
	}
	return s, err
}

func (s *Sdist) readTar(t *tar.Reader) error {
	order := tarOrder{sorted: true}
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			s.end()
			return nil
		}
		if err != nil {
			return err
		}
		name, ok := s.inside(h.Name)
		if !ok {
			continue
		}
		if order.see(name); s.settled(&order) {
			return nil
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if err := s.member(name, h.Size, func() ([]byte, error) { return readBounded(t, maxMetadata) }); err != nil {
			return err
		}
	}
}

// tarOrder follows the order of members: archives that tools make are sorted, so that it is known what will not come.
type tarOrder struct {
	top    string // the first part of the last member's name
	sorted bool
}

func (o *tarOrder) see(name string) {
	top, _, _ := strings.Cut(name, "/")
	o.sorted = o.sorted && top >= o.top
	o.top = top
}

// inside is a path below the one directory at the top, whose name is not relied on, or below the one of it that is read.
func (s *Sdist) inside(name string) (string, bool) {
	top, rest, ok := strings.Cut(strings.TrimPrefix(name, "./"), "/")
	rest = strings.TrimSuffix(rest, "/")
	if ok && s.directory != "" {
		rest, ok = strings.CutPrefix(rest, s.directory+"/")
	}
	return rest, ok && top != ".." && top != "" && rest != "" && fs.ValidPath(rest)
}

// limited is a reader that fails behind so many bytes.
type limited struct {
	r           io.Reader
	left, limit int64
}

// Read reads.
func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, broken("it unpacks to more than %d MiB: given up", l.limit>>20)
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

func (c *Client) zipSdist(ctx context.Context, l Link) (*Sdist, error) {
	z, err := c.openZip(ctx, l)
	if errors.Is(err, ErrNoRanges) {
		z, err = c.openZip(ctx, l) // whole
	}
	if err != nil {
		return nil, err
	}
	defer z.file.Close()
	return z.sdist("")
}

// sdist is tarSdist of a zip file, whose members need no order.
func (z *zipReader) sdist(directory string) (*Sdist, error) {
	s := newSdist(directory)
	for _, begins := range []bool{true, false} {
		err := z.each(func(m *member) error {
			name, ok := s.inside(m.name)
			if _, first := sdist.Wanted(name); !ok || first != begins || strings.HasSuffix(m.name, "/") {
				return nil
			}
			return s.member(name, int64(m.size), func() ([]byte, error) { return z.read(*m) })
		})
		if err != nil || s.settled(&tarOrder{}) {
			return s, err
		}
	}
	s.end()
	return s, nil
}

// member keeps a file if it is one of those wanted.
func (s *Sdist) member(name string, size int64, read func() ([]byte, error)) error {
	if dir := path.Dir(name); strings.HasSuffix(dir, ".egg-info") && strings.Count(dir, "/") < 2 {
		s.dirs[dir] = true
	}
	limit, begins := sdist.Wanted(name)
	switch _, had := s.files[name]; {
	case had, limit == 0:
		return nil
	case !begins && (size > limit || sdist.IsBackend(name) && s.backend+size > sdist.MaxBackend):
		s.long[name] = true
		return nil
	case !begins && sdist.IsBackend(name):
		s.backend += size
	case !begins:
		if s.kept+size > sdist.MaxTotal {
			s.kept = sdist.MaxTotal + 1
			return nil
		}
		s.kept += size
	}
	data, err := read()
	if err != nil {
		return err
	}
	s.files[name] = text(data)
	if name == "PKG-INFO" {
		s.files[name] = sdist.InfoHead(s.files[name])
	}
	s.changed = s.changed || begins
	return nil
}

// end notes that there are no other files.
func (s *Sdist) end() {
	s.whole = s.kept <= sdist.MaxTotal
	for _, name := range sdist.Essential {
		if !s.has(name) {
			s.absent[name] = true
		}
	}
}

func (s *Sdist) has(name string) bool { _, ok := s.files[name]; return ok }

// settled says whether nothing that may follow could change what is known.
func (s *Sdist) settled(o *tarOrder) bool {
	if !s.has("PKG-INFO") {
		return false
	}
	for _, name := range sdist.Essential {
		if o.sorted && o.top > name && !s.has(name) && !s.absent[name] {
			s.absent[name], s.changed = true, true
		}
	}
	if s.changed {
		s.changed = false
		s.project, _ = sdist.Read(s, ".")
	}
	return s.project != nil && sdist.Settled(s.project, s.has, func(name string) bool { return s.absent[name] }, o.sorted)
}
