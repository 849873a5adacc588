package index

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"mach/helper/sdist"
)

// maxTree bounds what is kept of a source tree, in bytes.
const maxTree = 8 << 20

// treeWriter collects a tree as a zip file in memory, which is a file system too.
type treeWriter struct {
	buf  bytes.Buffer
	zip  *zip.Writer
	left int64
	had  map[string]bool
}

func newTreeWriter() *treeWriter {
	t := &treeWriter{left: maxTree, had: map[string]bool{}}
	t.zip = zip.NewWriter(&t.buf)
	return t
}

// add keeps a file, if it is one to be kept; name has the directory at the top.
func (t *treeWriter) add(name string, size int64, open func() (io.Reader, error)) error {
	_, below, ok := strings.Cut(path.Clean(strings.TrimPrefix(name, "./")), "/")
	limit, _ := sdist.Wanted(below)
	if !ok || limit == 0 || t.had[below] {
		return nil
	}
	if size > limit || size > t.left {
		return t.zip.SetComment(treeCut)
	}
	r, err := open()
	if err != nil {
		return err
	}
	w, err := t.zip.CreateHeader(&zip.FileHeader{Name: below, Method: zip.Deflate})
	if err != nil {
		return err
	}
	t.had[below] = true
	n, err := io.Copy(w, io.LimitReader(r, limit))
	t.left -= n
	return err
}

// bytes ends the tree.
func (t *treeWriter) bytes() ([]byte, error) {
	err := t.zip.Close()
	return t.buf.Bytes(), err
}

// treeCut marks a tree of which files that are wanted were left out.
const treeCut = "cut"

// openTree is the tree in its collected form. A file that may be there and was not kept answers with an error other than
// fs.ErrNotExist.
func openTree(data []byte) (fs.FS, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	return keptTree{r}, nil
}

// keptTree is what is kept of a tree.
type keptTree struct{ *zip.Reader }

// Open implements fs.FS.
func (t keptTree) Open(name string) (fs.File, error) {
	f, err := t.Reader.Open(name)
	if limit, _ := sdist.Wanted(name); errors.Is(err, fs.ErrNotExist) && (t.Comment == treeCut || limit == 0) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotKept}
	}
	return f, err
}

// ReadTree reads a tar file of a source tree: those of its files that may say what the project needs.
func ReadTree(r io.Reader) (fs.FS, error) {
	data, err := readTree(r)
	if err != nil {
		return nil, err
	}
	return openTree(data)
}

func readTree(r io.Reader) ([]byte, error) {
	w := newTreeWriter()
	in := tar.NewReader(&limited{r: r, left: maxUnpacked, limit: maxUnpacked})
	for {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return w.bytes()
		}
		if err == nil && h.Typeflag == tar.TypeReg {
			err = w.add(h.Name, h.Size, func() (io.Reader, error) { return in, nil })
		}
		if err != nil {
			return nil, broken("a broken archive: %v", err)
		}
	}
}

// zipTree is readTree of a zip file.
func zipTree(r io.ReaderAt, size int64) ([]byte, error) {
	in, err := zip.NewReader(r, size)
	if err != nil {
		return nil, broken("a broken archive: %v", err)
	}
	w := newTreeWriter()
	for _, f := range in.File {
		if !f.Mode().IsRegular() {
			continue
		}
		err := w.add(f.Name, int64(f.UncompressedSize64), func() (io.Reader, error) { return f.Open() })
		if err != nil {
			return nil, broken("a broken archive: %v", err)
		}
	}
	return w.bytes()
}
