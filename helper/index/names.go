package index

import (
	"iter"
	"os"
	"path/filepath"
)

// remember notes the name of a project that an index has, as an empty file. Nothing depends on it.
func (s *store) remember(name string) {
	if s.dir == "" {
		return
	}
	dir := filepath.Join(s.dir, cacheForm, "names")
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE, 0o644)
	if os.IsNotExist(err) && os.MkdirAll(dir, 0o755) == nil {
		f, err = os.OpenFile(filepath.Join(dir, name), os.O_CREATE, 0o644)
	}
	if err == nil {
		f.Close()
	}
}

// Names are the projects that were read with this cache, from any index. Of an index no list can be asked politely.
func (t *Transport) Names() iter.Seq[string] {
	return func(yield func(string) bool) {
		if t.store.dir == "" {
			return
		}
		entries, _ := os.ReadDir(filepath.Join(t.store.dir, cacheForm, "names"))
		for _, e := range entries {
			if !yield(e.Name()) {
				return
			}
		}
	}
}
