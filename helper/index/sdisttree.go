package index

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"mach/helper/sdist"
)

// Sdist is the files of an sdist that say something of it, as a file system whose root is the directory at the top. A
// file that may be there and was not kept answers with an error other than fs.ErrNotExist. It is for sdist.Read.
type Sdist struct {
	files  map[string]string
	dirs   map[string]bool // of setuptools, which say something even if they are empty
	absent map[string]bool // sdist.Essential that are known not to be there
	long   map[string]bool // files that are wanted, and too long
	whole  bool            // every other file that is wanted is there

	directory string // in the sdist, that is read in the place of its top; "" its top

	kept    int64          // bytes of files that others may name
	backend int64          // … of those that may be of a backend
	changed bool           // since project was read
	project *sdist.Project // nil before; or it cannot be read
}

func newSdist(directory string) *Sdist {
	return &Sdist{directory: directory, files: map[string]string{}, dirs: map[string]bool{}, absent: map[string]bool{}, long: map[string]bool{}}
}

// isEmpty says whether nothing was found that says something.
func (s *Sdist) isEmpty() bool { return len(s.files)+len(s.dirs) == 0 }

var errNotKept = errors.New("it was not read out of the sdist")

// Open implements fs.FS.
func (s *Sdist) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if content, ok := s.files[name]; ok {
		return &openFile{info: sdistInfo{path.Base(name), int64(len(content)), false}, Reader: strings.NewReader(content)}, nil
	}
	if entries := s.entries(name); name == "." || s.dirs[name] || len(entries) > 0 {
		return &openFile{info: sdistInfo{path.Base(name), 0, true}, entries: entries, Reader: strings.NewReader("")}, nil
	}
	err := errNotKept
	if limit, _ := sdist.Wanted(name); s.absent[name] || s.whole && limit > 0 && !s.long[name] {
		err = fs.ErrNotExist
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: err}
}

// entries are what is kept of a directory.
func (s *Sdist) entries(dir string) []fs.DirEntry {
	found := map[string]bool{} // whether it is a directory
	add := func(name string, isDir bool) {
		if dir != "." {
			var ok bool
			if name, ok = strings.CutPrefix(name, dir+"/"); !ok {
				return
			}
		}
		first, _, deeper := strings.Cut(name, "/")
		found[first] = isDir || deeper
	}
	for name := range s.files {
		add(name, false)
	}
	for name := range s.dirs {
		add(name, true)
	}
	list := make([]fs.DirEntry, 0, len(found))
	for _, name := range slices.Sorted(maps.Keys(found)) {
		list = append(list, fs.FileInfoToDirEntry(sdistInfo{name, 0, found[name]}))
	}
	return list
}

// openFile is a file or directory that is open.
type openFile struct {
	info    sdistInfo
	entries []fs.DirEntry // that ReadDir has not given yet
	*strings.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

// ReadDir implements fs.ReadDirFile.
func (f *openFile) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.entries)
	} else if len(f.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.entries))
	list := f.entries[:n]
	f.entries = f.entries[n:]
	return list, nil
}

// sdistInfo implements fs.FileInfo.
type sdistInfo struct {
	name string
	size int64
	dir  bool
}

func (i sdistInfo) Name() string       { return i.name }
func (i sdistInfo) Size() int64        { return i.size }
func (i sdistInfo) IsDir() bool        { return i.dir }
func (i sdistInfo) ModTime() time.Time { return time.Time{} }
func (i sdistInfo) Sys() any           { return nil }
func (i sdistInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

func (s *Sdist) encode() string {
	var e encoder
	e.uint(map[bool]uint64{true: 1}[s.whole])
	e.list(slices.Sorted(maps.Keys(s.dirs)))
	e.list(slices.Sorted(maps.Keys(s.absent)))
	e.list(slices.Sorted(maps.Keys(s.long)))
	names := slices.Sorted(maps.Keys(s.files))
	e.list(names)
	for _, name := range names {
		e.string(s.files[name])
	}
	return text(e.b)
}

func decodeSdist(head string) *Sdist {
	d := decoder{s: head}
	s := newSdist("")
	s.whole = d.uint() == 1
	for _, dir := range d.list() {
		s.dirs[dir] = true
	}
	for _, name := range d.list() {
		s.absent[name] = true
	}
	for _, name := range d.list() {
		s.long[name] = true
	}
	for _, name := range d.list() {
		s.files[name] = d.string()
	}
	return s
}
