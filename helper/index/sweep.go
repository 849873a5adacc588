package index

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// What is kept of databases on servers is never out of date, only out of use: it is swept once a day, by when it was
// read last.
const (
	sweepEvery = 24 * time.Hour
	maxUnread  = 30 * 24 * time.Hour
	maxBlocks  = 256 << 20 // bytes on the disk; a lock of a hundred projects takes one or two MB
)

// blocksSwept is whether this process has looked at when that was done last.
var blocksSwept atomic.Bool

// sweepBlocks removes what was not read for long, and what was not read for longest if there is too much. When that was
// done last is the time of a file.
func (s *store) sweepBlocks(now time.Time, most int64) {
	stamp := filepath.Join(s.dir, cacheForm, "swept")
	if info, err := os.Stat(stamp); err == nil && now.Sub(info.ModTime()).Abs() < sweepEvery {
		return
	}
	var kept []diskUse
	var size int64
	for _, kind := range []string{kindBlock, kindTail} {
		for _, f := range diskUses(filepath.Join(s.dir, cacheForm, kind)) {
			if now.Sub(f.read) > maxUnread {
				_ = os.Remove(f.path) // somebody else may have
				continue
			}
			kept = append(kept, f)
			size += f.size
		}
	}
	slices.SortFunc(kept, func(a, b diskUse) int { return cmp.Compare(a.read.Unix(), b.read.Unix()) })
	if size > most {
		for ; size > most/4*3 && len(kept) > 0; kept = kept[1:] {
			_ = os.Remove(kept[0].path)
			size -= kept[0].size
		}
	}
	if os.WriteFile(stamp, nil, 0o644) == nil {
		_ = os.Chtimes(stamp, now, now)
	}
}

// diskUse is a file of the cache.
type diskUse struct {
	path string
	size int64 // on the disk
	read time.Time
}

func diskUses(dir string) (all []diskUse) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what cannot be read is not swept
		}
		var st unix.Stat_t
		if unix.Lstat(path, &st) == nil {
			all = append(all, diskUse{path, st.Blocks * 512, time.Unix(st.Mtim.Unix())})
		}
		return nil
	})
	return all
}

// wasRead notes that an entry is of use still. Once a day is enough.
func (s *store) wasRead(kind, key string, e *entry) {
	if now := time.Now(); now.Sub(e.written) > sweepEvery {
		s.touch(kind, key, now)
	}
}
