package index

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	Tree   fs.FS              // nil: it is a wheel
}

// ReadFile reads the file at url or at the path of a local one. sha256 is the hash that it must have; "" any. What is
// at a URL is asked for again when it is no longer fresh, unless it is known to have that hash. An error that is a
// *Broken concerns this file alone.
func (t *Transport) ReadFile(ctx context.Context, url, local, sha256 string) (*Whole, error) {
	name := cleanName(url, local)
	head, err := "", error(nil)
	switch {
	case local != "":
		head, err = readLocal(local, name)
	default:
		head, err = t.readURL(ctx, url, name, sha256)
	}
	if err != nil {
		return nil, err
	}
	w, err := decodeWhole(head)
	if err == nil && sha256 != "" && w.SHA256 != sha256 {
		err = broken("%s has the hash sha256:%s, and not %s", name, w.SHA256, sha256)
	}
	if err != nil {
		return nil, err
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

func readLocal(local, name string) (string, error) {
	f, err := os.Open(local)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return readWholeFile(f, name)
}

// readURL asks for a file.
func (t *Transport) readURL(ctx context.Context, url, name, sha256 string) (string, error) {
	if e := t.store.get(kindWhole, url); e != nil && e.status == http.StatusOK && sha256 != "" {
		if w, err := decodeWhole(e.head); err == nil && w.SHA256 == sha256 {
			return e.head, nil
		}
	}
	e, err := t.Client(Index{}).answer(ctx, kindWhole, url, identity, func(resp *http.Response) (*entry, error) {
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
		head, err := readWholeFile(f, name)
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
func readWholeFile(f *os.File, name string) (string, error) {
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
		e.string("")
		return text(e.b), nil
	}
	tree, err := readArchive(f, size)
	if err != nil {
		return "", err
	}
	e.string("")
	e.string(text(tree))
	return text(e.b), nil
}

func readWheelFile(f *os.File, size int64) (*metadata.Metadata, error) {
	z, err := newZip(localFile{f, size})
	if err != nil {
		return nil, err
	}
	found, err := z.distInfo("METADATA")
	if err != nil {
		return nil, err
	}
	text, err := z.read(found)
	if err != nil {
		return nil, err
	}
	return parseMetadata(text)
}

// readArchive reads the tree of an archive, whatever it is called.
func readArchive(f *os.File, size int64) ([]byte, error) {
	start := make([]byte, 6)
	if _, err := f.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if strings.HasPrefix(string(start), "PK") {
		return zipTree(f, size)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	unpacked, err := unpackAs(string(start), bufio.NewReader(f))
	if err != nil {
		return nil, broken("a broken archive: %v", err)
	}
	return readTree(unpacked)
}

func decodeWhole(head string) (*Whole, error) {
	d := decoder{s: head}
	w := &Whole{SHA256: d.string(), Size: int64(d.uint())}
	if m := d.string(); m != "" {
		w.Wheel, _ = decodeMetadata(m)
		return w, nil
	}
	tree, err := openTree([]byte(d.string()))
	if err != nil || d.bad {
		return nil, fmt.Errorf("the cache: a file in it is damaged: run mach again with --refresh")
	}
	w.Tree = tree
	return w, nil
}
