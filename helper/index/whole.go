package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"

	"mach/helper/metadata"
)

// Whole is a file that is of no index: a wheel or the archive of a source tree.
type Whole struct {
	Name   string // its own
	SHA256 string
	Size   int64              // bytes
	Wheel  *metadata.Metadata // nil: it is an archive
	Tree   *Sdist             // nil: it is a wheel
}

// ReadFile reads the file at url or at the path of a local one; of an archive a directory, "" its top. sha256 is the
// hash that it must have; "" any. What is at a URL is asked for again when it is no longer fresh, unless it is known to have that hash. An error that is a
// *Broken concerns this file alone.
func (t *Transport) ReadFile(ctx context.Context, url, local, directory, sha256 string) (*Whole, error) {
	name := cleanName(url, local)
	head, err := "", error(nil)
	if local != "" {
		head, err = readLocal(local, name, directory)
	} else {
		head, err = t.readURL(ctx, url, name, directory, sha256)
	}
	if err != nil {
		return nil, err
	}
	w := decodeWhole(head)
	if sha256 != "" && w.SHA256 != sha256 {
		return nil, broken("%s has the hash sha256:%s, and not %s", name, w.SHA256, sha256)
	}
	w.Name = name
	return w, nil
}

// cleanName is the last part of a path.
func cleanName(address, local string) string {
	if local != "" {
		return path.Base(local)
	}
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return path.Base(u.Path)
}

func readLocal(local, name, directory string) (string, error) {
	f, err := os.Open(local)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return readWholeFile(f, name, directory)
}

// readURL asks for a file.
func (t *Transport) readURL(ctx context.Context, address, name, directory, sha256 string) (string, error) {
	if directory != "" {
		address += "#subdirectory=" + url.PathEscape(directory) // for the cache: no server sees it
	}
	if e := t.store.get(kindWhole, address); e != nil && e.status == http.StatusOK && sha256 != "" && decodeWhole(e.head).SHA256 == sha256 {
		return e.head, nil
	}
	e, err := t.Client(Index{}).answer(ctx, kindWhole, address, identity, func(resp *http.Response) (*entry, error) {
		if resp.StatusCode == http.StatusNotModified {
			return nil, errUnchanged
		}
		f, err := os.CreateTemp("", "mach-*")
		if err != nil {
			return nil, err
		}
		defer func() { f.Close(); os.Remove(f.Name()) }()
		if n, err := io.Copy(f, io.LimitReader(resp.Body, maxWhole+1)); err != nil || n > maxWhole {
			return nil, errors.Join(err, broken("%s is longer than %d GiB: given up", name, maxWhole>>30))
		}
		head, err := readWholeFile(f, name, directory)
		if err != nil {
			return nil, err
		}
		return newEntry(head, nil), nil
	})
	if err != nil {
		return "", err
	}
	return e.head, nil
}

// readWholeFile makes the form in which a file is kept in the cache.
func readWholeFile(f *os.File, name, directory string) (string, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	if err != nil {
		return "", err
	}
	var e encoder
	e.string(hex.EncodeToString(sum.Sum(nil)))
	e.uint(uint64(size))
	if strings.HasSuffix(strings.ToLower(name), ".whl") {
		m, err := readWheelFile(f, size)
		if err != nil {
			return "", err
		}
		e.string(encodeMetadata(m, false))
		return text(e.b), nil
	}
	tree, err := readArchive(f, size, directory)
	if err != nil {
		return "", err
	}
	e.string("")
	e.string(tree.encode())
	return text(e.b), nil
}

func readWheelFile(f *os.File, size int64) (*metadata.Metadata, error) {
	z, err := newZip(localFile{f, size})
	if err != nil {
		return nil, err
	}
	return z.wheelMetadata()
}

// readArchive reads a directory of the tree in an archive, whatever it is called.
func readArchive(f *os.File, size int64, directory string) (s *Sdist, err error) {
	start := make([]byte, 2)
	if _, err := f.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(start) == "PK" {
		var z *zipReader
		if z, err = newZip(localFile{f, size}); err == nil {
			s, err = z.sdist(directory)
		}
	} else if _, err = f.Seek(0, io.SeekStart); err == nil {
		s, err = tarSdist(f, directory)
	}
	if err == nil && directory != "" && s.isEmpty() {
		err = broken("there is no directory %q in it", directory)
	}
	return s, err
}

// ReadTree reads a tar file of a source tree: those of its files that may say what the project needs.
func ReadTree(r io.Reader) (*Sdist, error) { return tarSdist(r, "") }

func decodeWhole(head string) *Whole {
	d := decoder{s: head}
	w := &Whole{SHA256: d.string(), Size: int64(d.uint())}
	if m := d.string(); m != "" {
		w.Wheel, _ = decodeMetadata(m)
	} else {
		w.Tree = decodeSdist(d.string())
	}
	return w
}
