package sdist

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"unicode/utf8"

	"mach/helper/diag"
)

// Text is a text that a source tree states, or that follows from one, and where that stands.
type Text struct {
	Value    string
	Editable bool   // a requirement whose source is to be used where it lies, in shells
	Index    string // of a requirement: the name of the index that it is taken from alone; "" none
	file     *diag.File
	offset   int // of what it was read from
	span     int // likewise; as long as Value where that stands there as it is
}

// file is a file that was read.
type file struct{ diag.File }

// Origin is where the text was written.
func (t Text) Origin() diag.Origin { return t.At(0, t.span) }

// At is where span bytes at offset of the value were written; for a value that does not stand in its file as it is, all
// that it was read from.
func (t Text) At(offset, span int) diag.Origin {
	if t.file == nil {
		return diag.Origin{}
	}
	if t.span != len(t.Value) {
		offset, span = 0, t.span
	}
	return t.file.At(t.offset+offset, span)
}

// with is another value that follows from t.
func (t Text) with(value string) Text {
	if value == t.Value {
		return t
	}
	if t.span == len(value) {
		t.span++ // so that no place within it is taken for one in the file
	}
	t.Value = value
	return t
}

// maxFile bounds what is read of one file.
const maxFile = 8 << 20

// errTooLong is the reason of a file that is not read.
var errTooLong = fmt.Errorf("the file is longer than %d MiB", maxFile>>20)

// open reads a file of the tree, once.
func (r *reader) open(name string) (*file, error) {
	name = path.Clean(name)
	if f, ok := r.files[name]; ok {
		return f, nil
	}
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("%s: it is not in the source tree", name)
	}
	opened, err := r.tree.Open(name)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, maxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxFile:
		return nil, &fs.PathError{Op: "read", Path: name, Err: errTooLong}
	}
	f := &file{diag.File{Name: path.Join(r.shown, name), Text: string(data)}}
	r.files[name] = f
	return f, nil
}

// text reads a file that must be UTF-8, as a build backend does. The reason is "" if it was read.
func (r *reader) text(name string) (f *file, reason string) {
	f, err := r.open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Sprintf("there is no %s", name)
	case err != nil:
		return nil, err.Error()
	case !utf8.ValidString(f.Text):
		return nil, fmt.Sprintf("%s is not UTF-8", name)
	}
	return f, ""
}

// part is a piece of the file.
func (f *file) part(from, to int) Text {
	return Text{Value: f.Text[from:to], file: &f.File, offset: from, span: to - from}
}
