package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2"
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

// store is a directory of answers, each a file written at once, so that processes can share it and one that is
// killed leaves no half. A store without a directory is empty and forgets.
type store struct{ dir string }

// entry is an answer: its status and content type, and its body. Absence (404) is kept as well.
type entry struct {
	status      int
	contentType string
	body        []byte
	written     time.Time
}

const entryMagic = "mach-cache 1 "

// entryKey names what an answer depends on.
func entryKey(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (s store) path(key string) string { return filepath.Join(s.dir, "index", key[:2], key[2:]) }

// get is the answer kept under key. A file that is not one of ours counts as missing.
func (s store) get(key string) (entry, bool) {
	if s.dir == "" {
		return entry{}, false
	}
	f, err := os.Open(s.path(key))
	if err != nil {
		return entry{}, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return entry{}, false
	}
	data := make([]byte, info.Size())
	if _, err := f.ReadAt(data, 0); err != nil {
		return entry{}, false
	}
	head, body, ok := bytes.Cut(data, []byte("\n"))
	rest, magic := bytes.CutPrefix(head, []byte(entryMagic))
	e := entry{body: body, written: info.ModTime()}
	if n, err := fmt.Sscanf(string(rest), "%d %q", &e.status, &e.contentType); !ok || !magic || n != 2 || err != nil {
		return entry{}, false
	}
	return e, true
}

func (s store) put(key string, e entry) error {
	if s.dir == "" {
		return nil
	}
	path := s.path(key)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	head := fmt.Sprintf("%s%d %q\n", entryMagic, e.status, e.contentType)
	return renameio.WriteFile(path, append([]byte(head), e.body...), 0o644)
}
