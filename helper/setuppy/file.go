package setuppy

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"mach/helper/diag"
	"mach/helper/setuppy/syntax"
)

// root stands for the directory of the setup file, wherever that is. A NUL is in no other text: what still has one when
// it is given to setup depends on where the directory is.
const root = "/\x00tree"

// joinPath is os.path.join.
func joinPath(parts ...string) string {
	all := ""
	for _, part := range parts {
		switch {
		case strings.HasPrefix(part, "/"):
			all = part
		case all == "" || strings.HasSuffix(all, "/"):
			all += part
		default:
			all += "/" + part
		}
	}
	return all
}

// inTree is a path within the tree; false for one that leads out of it, or that nobody knows.
func inTree(p string) (string, bool) {
	if p == "" {
		return "", false
	}
	if !strings.HasPrefix(p, "/") {
		p = root + "/" + p
	}
	p = path.Clean(p)
	if p == root {
		return ".", true
	}
	p, ok := strings.CutPrefix(p, root+"/")
	return p, ok && fs.ValidPath(p)
}

// inTree is a path within the tree, from the current directory of the way.
func (r *run) inTree(p string) (string, bool) {
	if r.tree == nil || r.astray && !strings.HasPrefix(p, "/") {
		return "", false
	}
	return inTree(p)
}

// stat says whether there is a file or directory. False for known: that cannot be told.
func (r *run) stat(p string) (info fs.FileInfo, known bool) {
	name, ok := r.inTree(p)
	if !ok {
		return nil, false
	}
	r.step()
	info, err := fs.Stat(r.tree, name)
	switch {
	case err == nil:
		return info, true
	case errors.Is(err, fs.ErrNotExist):
		return nil, true
	}
	return nil, false
}

// read is the text of a file of the tree; an exception if there is none, and unknown if it cannot be told.
func (r *run) read(s *scope, pos syntax.Pos, p string) (*str, *unknown) {
	name, ok := r.inTree(p)
	if !ok {
		return nil, r.unknown(s, pos, "it comes out of a file that is not in the tree")
	}
	data, err := r.load(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.raise("FileNotFoundError", s, pos, "it reads %q, which is not there", name)
	case err != nil:
		return nil, r.unknown(s, pos, "it comes out of %q: %v", name, err)
	}
	return r.text(data, diag.Position{File: r.shown + name, Line: 1, Col: 1}), nil
}

var (
	errLarge  = errors.New("the file is larger than 1 MiB")
	errBinary = errors.New("the file is not UTF-8")
)

// load reads a file that is text.
func (r *run) load(name string) (string, error) {
	f, err := r.tree.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	r.grow(len(data))
	switch {
	case err != nil:
		return "", err
	case len(data) > maxFile:
		return "", errLarge
	case !utf8.Valid(data) || strings.ContainsRune(string(data), 0):
		return "", errBinary
	}
	s := strings.ReplaceAll(string(data), "\r\n", "\n")
	return strings.ReplaceAll(s, "\r", "\n"), nil
}

// open is open(p, mode).
func (r *run) open(c *call) object {
	o := r.resolve(c.arg(0, "file"))
	p, ok := fileName(o)
	if !ok {
		return r.doubt(blame(o).of())
	}
	mode, given := c.arg(1, "mode").(*str)
	if given && strings.ContainsAny(mode.s, "wax+") {
		return r.doubt(r.unknown(c.s, c.pos, "it is a file that is written"))
	}
	t, u := r.read(c.s, c.pos, p)
	if u != nil {
		return r.doubt(u)
	}
	_, decoded := c.arg(2, "encoding").(*str) // codecs.open decodes whatever the mode is
	t.bytes = given && strings.Contains(mode.s, "b") && !decoded
	return &file{text: t, name: p}
}

func fileName(o object) (string, bool) {
	switch o := o.(type) {
	case *str:
		return o.s, !o.bytes
	case *pathObject:
		return o.p, true
	}
	return "", false
}

// take is what is left to read.
func (f *file) take() *str {
	t := f.text
	f.text = &str{}
	return t
}

func (f *file) lost() *unknown {
	if f.text != nil {
		return nil
	}
	return blame(&version{})
}

func (r *run) fileMethod(f *file, name string, c *call) (object, bool) {
	switch name {
	case "close", "flush":
		return none{}, true
	case "seek":
		if n, ok := c.arg(0, "").(int64); ok && n == 0 {
			if t, u := r.read(c.s, c.pos, f.name); u == nil {
				f.text = t
				return none{}, true
			}
		}
		return nil, false
	}
	if f.text == nil || len(c.all()) > 0 {
		return nil, false
	}
	switch name {
	case "read":
		return f.take(), true
	case "readlines", "xreadlines":
		return r.list('[', r.lines(f.take(), true)), true
	case "readline":
		line, rest, ends := strings.Cut(f.text.s, "\n")
		first := &str{line, f.text.at, f.text.bytes}
		if ends {
			first.s += "\n"
		}
		f.text = &str{rest, f.text.at, f.text.bytes}
		f.text.at.Line++
		return first, true
	case "__enter__":
		return f, true
	}
	return nil, false
}
