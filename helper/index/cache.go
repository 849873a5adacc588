package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// CacheDir is where mach keeps what it can read again: XDG_CACHE_HOME/mach, or the system's place for caches. It is
// "", no cache, if there is no home directory.
func CacheDir() string {
	if dir := os.Getenv("XDG_CACHE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "mach")
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "mach")
}

// cacheForm names the directory of entries of this form. Another form of entry is another directory, so that versions
// of mach that run side by side leave each other's alone.
const cacheForm = "index-4"

// The kinds of entries.
const (
	kindPage     = "page"     // of a project
	kindLinks    = "links"    // a flat page
	kindMetadata = "metadata" // of a wheel
	kindSdist    = "tree3"    // of an sdist
	kindOfSdist  = "made"     // of the tree of an sdist
	kindHash     = "hash"     // of a file whose page has none
	kindPip      = "pip"      // answers of pip
	kindTail     = "tail"     // of a file
	kindBlock    = "block"    // of a file, under its hash
	kindWhole    = "whole4"   // a file of no index
	kindText     = "text"     // likewise, a text
)

// store is a directory of entries, each a file that is written aside and renamed, so that processes can share it and
// one that is killed leaves no half. A store without a directory is empty and forgets.
type store struct {
	dir  string
	warn func(error) // told once that nothing can be kept; may be nil
	once sync.Once
}

func (s *store) path(kind, key string) string {
	sum := sha256.Sum256([]byte(key))
	name := hex.EncodeToString(sum[:20])
	return filepath.Join(s.dir, cacheForm, kind, name[:2], name[2:])
}

// get is the entry kept under key; nil if there is none, or one that is damaged.
func (s *store) get(kind, key string) *entry {
	if s.dir == "" {
		return nil
	}
	return readEntry(s.path(kind, key))
}

// put keeps an entry. Without a cache the next start is slower, and that is all: so a failure is a warning.
func (s *store) put(kind, key string, e *entry) {
	if s.dir == "" {
		return
	}
	if err := s.write(s.path(kind, key), e); err != nil && s.warn != nil {
		s.once.Do(func() { s.warn(&cacheError{s.dir, err}) })
	}
}

// touch makes an entry as old as now.
func (s *store) touch(kind, key string, now time.Time) {
	if s.dir != "" {
		_ = os.Chtimes(s.path(kind, key), now, now) // else it is asked for again
	}
}

func (s *store) remove(kind, key string) {
	if s.dir != "" {
		_ = os.Remove(s.path(kind, key)) // somebody else may have
	}
}

type cacheError struct {
	dir string
	err error
}

func (e *cacheError) Error() string {
	return "nothing is kept in the cache " + e.dir + ": " + e.err.Error()
}
func (e *cacheError) Unwrap() error { return e.err }

// swept is whether this process has looked for what others that were killed left behind.
var swept atomic.Bool

// write writes aside and renames. Nothing is flushed to the disk: an entry that a crash of the machine cuts off is
// damaged, and that is noticed.
func (s *store) write(path string, e *entry) error {
	aside := filepath.Join(s.dir, cacheForm, "aside")
	if !swept.Swap(true) {
		sweep(aside)
	}
	f, err := create(aside)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // unless it was renamed
	err = e.writeTo(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	err = os.Rename(f.Name(), path)
	if errors.Is(err, os.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(path), 0o755); err == nil {
			err = os.Rename(f.Name(), path)
		}
	}
	return err
}

// create makes a new file in dir, and dir if need be.
func create(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "")
	if errors.Is(err, os.ErrNotExist) {
		if err = os.MkdirAll(dir, 0o755); err == nil {
			f, err = os.CreateTemp(dir, "")
		}
	}
	return f, err
}

// sweep removes what was left in dir an hour ago or before.
func sweep(dir string) {
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		if info, err := f.Info(); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(dir, f.Name())) // somebody else may have
		}
	}
}
