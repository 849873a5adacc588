package provide

import (
	"slices"
	"strings"
	"sync"

	"mach/helper/release"
)

// hashed is a project of which only the files that have one of some hashes are there.
type hashed struct {
	release.Project
	hashes []string

	mu   sync.Mutex // guards left
	left map[int]*leftFiles
}

// leftFiles is what is left of a release.
type leftFiles struct {
	release *release.Release
	files   []int // their indexes among those of the whole release
	err     error
}

// withHashes leaves of a project the files that have one of the hashes (sha256, hex). What a direct reference leads to
// stays as it is: it has one file, and who named that is told more exactly.
func withHashes(p release.Project, hashes []string) release.Project {
	if d, ok := p.(release.Direct); len(hashes) == 0 || ok && d.IsDirect() {
		return p
	}
	return &hashed{Project: p, hashes: hashes, left: map[int]*leftFiles{}}
}

// of is what is left of a release.
func (h *hashed) of(i int) *leftFiles {
	h.mu.Lock()
	defer h.mu.Unlock()
	l := h.left[i]
	if l == nil {
		l = h.read(i)
		h.left[i] = l
	}
	return l
}

func (h *hashed) read(i int) *leftFiles {
	whole, err := h.Project.Release(i)
	if err != nil {
		return &leftFiles{err: err}
	}
	files, err := h.Project.Files(i)
	if err != nil {
		return &leftFiles{err: err}
	}
	one := *whole
	one.Wheels, one.Sdist, one.Hashed = nil, false, true
	l := &leftFiles{release: &one}
	for n, f := range files {
		if f.SHA256 != "" && !slices.Contains(h.hashes, strings.ToLower(f.SHA256)) {
			continue // of one whose hash is not known before it is read, that is checked when it was chosen
		}
		l.files = append(l.files, n)
		if n < len(whole.Wheels) {
			one.Wheels = append(one.Wheels, whole.Wheels[n])
		} else {
			one.Sdist = true
		}
	}
	return l
}

// Release implements release.Project.
func (h *hashed) Release(i int) (*release.Release, error) {
	l := h.of(i)
	return l.release, l.err
}

// Metadata implements release.Project.
func (h *hashed) Metadata(i, wheel int) (*release.Metadata, error) {
	l := h.of(i)
	if l.err != nil {
		return nil, l.err
	}
	if wheel >= 0 {
		wheel = l.files[wheel]
	}
	return h.Project.Metadata(i, wheel)
}

// Files implements release.Project.
func (h *hashed) Files(i int) ([]release.File, error) {
	l := h.of(i)
	if l.err != nil {
		return nil, l.err
	}
	all, err := h.Project.Files(i)
	if err != nil {
		return nil, err
	}
	left := make([]release.File, len(l.files))
	for n, at := range l.files {
		left[n] = all[at]
	}
	return left, nil
}
