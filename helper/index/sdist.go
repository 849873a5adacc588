package index

import (
	"archive/tar"
	"bufio"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/ulikunitz/xz"

	"mach/helper/metadata"
	"mach/helper/pep440"
)

// Sdist is what an sdist says of itself.
type Sdist struct {
	PKGInfo   *metadata.Metadata // nil if there is none that can be read
	Pyproject []byte             // pyproject.toml; nil if there is none
	Requires  []byte             // requires.txt of the *.egg-info directory; nil if there is none
	EggInfo   bool               // there is such a directory: without Requires, setuptools saw no dependencies
}

// maxUnpacked bounds what an sdist may unpack to, and so what is downloaded of it.
const maxUnpacked = 1 << 30

// ReadSdist reads what an sdist says of itself: .zip by ranges, tar files as a stream that ends where its dependencies
// and its [build-system] are known for certain. The result is kept: each sdist is asked for once in the life of the
// cache. An error that is a *Broken concerns this file alone.
func (f File) ReadSdist(ctx context.Context) (*Sdist, error) {
	l, err := f.Link()
	if err != nil {
		return nil, err
	}
	c := f.page.client
	read := func() (string, error) {
		s, err := c.readSdist(ctx, l)
		if err != nil {
			return "", err
		}
		return s.encode(), nil
	}
	var head string
	if l.Path != "" {
		head, err = read()
	} else {
		head, err = c.forever(kindSdist, l.URL+"#"+l.SHA256, read)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.Filename, err)
	}
	return decodeSdist(head), nil
}

func (s *Sdist) encode() string {
	var e encoder
	for _, yes := range []bool{s.PKGInfo != nil, s.Pyproject != nil, s.Requires != nil, s.EggInfo} {
		e.uint(map[bool]uint64{true: 1}[yes])
	}
	if s.PKGInfo != nil {
		e.string(encodeMetadata(s.PKGInfo, false))
	}
	e.string(text(s.Pyproject))
	e.string(text(s.Requires))
	return text(e.b)
}

func decodeSdist(head string) *Sdist {
	d := decoder{s: head}
	flag := func() bool { return d.uint() == 1 }
	s := new(Sdist)
	info, py, requires := flag(), flag(), flag()
	s.EggInfo = flag()
	if info {
		s.PKGInfo, _ = decodeMetadata(d.string())
	}
	if t := d.string(); py {
		s.Pyproject = []byte(t)
	}
	if t := d.string(); requires {
		s.Requires = []byte(t)
	}
	return s
}

func (c *Client) readSdist(ctx context.Context, l Link) (s *Sdist, err error) {
	name := strings.ToLower(l.Filename)
	if strings.HasSuffix(name, ".zip") {
		return c.zipSdist(ctx, l)
	}
	if l.Path != "" {
		f, err := os.Open(l.Path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return tarSdist(name, f)
	}
	err = c.do(ctx, l.URL, identity, func(resp *http.Response) error {
		s, err = tarSdist(name, resp.Body)
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
	case strings.HasSuffix(name, ".tar"):
		return r, nil
	}
	return nil, broken("an sdist of this kind is not read: only .tar.gz, .tar.bz2, .tar and .zip are")
}

// unpackAs is unpack by what a file begins with.
func unpackAs(start string, r io.Reader) (io.Reader, error) {
	switch {
	case strings.HasPrefix(start, "\x1f\x8b"):
		return gzip.NewReader(r)
	case strings.HasPrefix(start, "BZh"):
		return bzip2.NewReader(r), nil
	case strings.HasPrefix(start, "\xfd7zXZ"):
		return xz.NewReader(r)
	}
	return r, nil
}

// tarSdist reads a tar file until all is known. What is wrong with the file, and not with its way here, is Broken.
func tarSdist(name string, r io.Reader) (*Sdist, error) {
	s := new(Sdist)
	unpacked, err := unpack(name, bufio.NewReader(r))
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
	for !s.settled() {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if err := s.member(h.Name, func() ([]byte, error) { return readBounded(t, maxMetadata) }); err != nil {
			return err
		}
	}
	return nil
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
	s := new(Sdist)
	return s, z.each(func(m *member) error {
		return s.member(m.name, func() ([]byte, error) { return z.read(*m) })
	})
}

// member takes a member if it is one of those wanted. They lie in the one directory at the top, whose name is not
// relied on; that of setuptools may lie one deeper, in src.
func (s *Sdist) member(name string, read func() ([]byte, error)) (err error) {
	parts := strings.Split(strings.TrimPrefix(name, "./"), "/")
	file, dir := parts[len(parts)-1], ""
	if len(parts) > 2 {
		dir = parts[len(parts)-2]
	}
	switch {
	case len(parts) < 2 || len(parts) > 4 || parts[0] == ".." || parts[0] == "":
	case strings.HasSuffix(dir, ".egg-info"):
		s.EggInfo = true
		if file == "requires.txt" && s.Requires == nil {
			s.Requires, err = read()
		}
	case len(parts) > 2:
	case file == "PKG-INFO":
		var text []byte
		if text, err = read(); err == nil {
			if m, err := metadata.Parse(text); err == nil {
				s.PKGInfo = &m
			}
		}
	case file == "pyproject.toml":
		s.Pyproject, err = read()
	}
	return err
}

// StaticInfo says whether what PKG-INFO has on dependencies is what any wheel of the sdist will have (PEP 643).
func (s *Sdist) StaticInfo() bool {
	if s.PKGInfo == nil {
		return false
	}
	v, err := pep440.Parse(s.PKGInfo.MetadataVersion)
	return err == nil && slices.Compare(v.Release(), []uint64{2, 2}) >= 0 &&
		!slices.Contains(s.PKGInfo.Dynamic, "requires-dist") && !slices.Contains(s.PKGInfo.Dynamic, "provides-extra")
}

// settled says whether nothing that may follow could change what is known of the dependencies.
func (s *Sdist) settled() bool {
	return s.PKGInfo != nil && s.Pyproject != nil && (s.Requires != nil || s.StaticInfo() || s.StaticProject())
}

// StaticProject says whether the [project] table of pyproject.toml states the dependencies, and does not leave them to
// the backend (PEP 621).
func (s *Sdist) StaticProject() bool {
	var t struct {
		Project *struct {
			Dynamic []string `toml:"dynamic"`
		} `toml:"project"`
	}
	if err := toml.Unmarshal(s.Pyproject, &t); err != nil || t.Project == nil {
		return false
	}
	return !slices.Contains(t.Project.Dynamic, "dependencies") && !slices.Contains(t.Project.Dynamic, "optional-dependencies")
}
