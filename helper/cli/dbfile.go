package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/gofrs/flock"

	"mach/helper/crawl/record"
	"mach/helper/diag"
	"mach/helper/pydb"
	"mach/helper/remote"
)

// dbFile is a database while it is written, beside the file whose place it takes.
type dbFile struct {
	*newFile
	buffer *bufio.Writer
	failed error // of writing
}

// Write writes to the file through a buffer.
func (f *dbFile) Write(b []byte) (n int, err error) {
	if n, err = f.buffer.Write(b); err != nil {
		f.failed = err
	}
	return n, err
}

// dir is where temporary files go that the database is made of.
func (f *dbFile) dir() string { return filepath.Dir(f.Name()) }

// errAsBefore is that a database need not be written.
var errAsBefore = errors.New("it is as it was")

// writeDB writes a database whole or not at all.
func writeDB(path string, write func(*dbFile) error) error {
	pending, err := createFile(path)
	if err != nil {
		return err
	}
	defer pending.Cleanup()
	out := &dbFile{newFile: pending, buffer: bufio.NewWriterSize(pending, 1<<20)}
	err = write(out)
	switch {
	case errors.Is(err, errAsBefore):
		return nil
	case out.failed != nil:
		return writeError(path, out.failed)
	case isFull(err): // so are the temporary files
		return writeError(path, err)
	case err != nil:
		return recordsError(err)
	}
	return out.end(out.buffer, path)
}

// recordsError is an error of reading records, or of what they become.
func recordsError(err error) error {
	var damaged *pydb.CorruptError
	var ours *diag.Error
	switch {
	case errors.As(err, &damaged):
		return dbError(err)
	case errors.As(err, &ours): // it says what to do
		return err
	case isWorld(err):
		return &diag.Error{Code: diag.ExitWorld, Err: err}
	case errors.Is(err, record.ErrNotRecord):
		return (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("give what `mach db crawl` or `mach db import` has written, and if it was cut off, make it anew")
	}
	return &diag.Error{Code: diag.ExitUsage, Err: err}
}

// isWorld says whether an error is one of files.
func isWorld(err error) bool {
	var e *fs.PathError
	return errors.As(err, &e)
}

// behind writes to a file behind a copy of an old one, which it makes when it must: where the file system can, without
// copying anything.
type behind struct {
	old string
	*dbFile
	copied bool
}

// Write implements io.Writer.
func (b *behind) Write(text []byte) (int, error) {
	if !b.copied {
		b.copied = true
		if err := b.copy(); err != nil {
			b.failed = err
			return 0, err
		}
	}
	return b.dbFile.Write(text)
}

func (b *behind) copy() error {
	old, err := os.Open(b.old)
	if err != nil {
		return err
	}
	defer old.Close()
	_, err = io.Copy(b.PendingFile, old)
	return err
}

// heldDB is a database that no other mach changes until it is closed. Whoever reads it is undisturbed: a change makes
// another file of the same name.
type heldDB struct {
	*pydb.DB
	path string
	lock *flock.Flock
}

func holdDB(a *app, path string) (*heldDB, error) {
	if remote.IsURL(path) {
		return nil, diag.Usage("database %q: only a file can be changed", path).Hint("download it, and give its path")
	}
	target, err := filepath.EvalSymlinks(path)
	h := &heldDB{path: target, lock: flock.New(target, flock.SetFlag(os.O_RDONLY))}
	info, err2 := os.Stat(path)
	if err == nil && err2 == nil && info.Mode().IsRegular() { // else openDB says what it is
		locked, err := h.lock.TryLock()
		switch {
		case err != nil:
			return nil, notReadable(path, err)
		case !locked || !isStill(h.lock, h.path): // or another change has ended in between
			h.lock.Close()
			return nil, diag.World("%s: another mach is changing it%s", path, lockedBy(info)).Hint("try again when that is done")
		}
	}
	if h.DB, err = openDB(a, path); err != nil {
		h.lock.Close()
		return nil, err
	}
	return h, nil
}

func (h *heldDB) close() {
	h.DB.Close()
	h.lock.Close()
}

// replace writes a database in the place of this one, if that is still there.
func (h *heldDB) replace(write func(*dbFile) error) error {
	return writeDB(h.path, func(out *dbFile) error {
		if err := write(out); err != nil {
			return err
		}
		if !isStill(h.lock, h.path) {
			return diag.World("%s: another file has taken its place meanwhile, and stays as it is", h.path).Hint("run it again")
		}
		return nil
	})
}

// lockedBy names the process that has locked a file, where the system tells.
func lockedBy(file fs.FileInfo) string {
	status, ok := file.Sys().(*syscall.Stat_t)
	locks, err := os.ReadFile("/proc/locks") // 1: FLOCK ADVISORY WRITE 4711 fe:00:1234 0 EOF
	if !ok || err != nil {
		return ""
	}
	inode := fmt.Sprintf(":%d", status.Ino)
	for line := range strings.Lines(string(locks)) {
		if f := strings.Fields(line); len(f) > 5 && f[1] == "FLOCK" && strings.HasSuffix(f[5], inode) {
			return ", process " + f[4]
		}
	}
	return ""
}

// isStill says whether path still is the file that was locked.
func isStill(l *flock.Flock, path string) bool {
	locked, err1 := l.Stat()
	now, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(locked, now)
}

// leftOut says what of records is not in the database.
func (a *app) leftOut(left map[string]int) {
	for _, why := range slices.Sorted(maps.Keys(left)) {
		fmt.Fprintf(a.stderr, "left out: %d %s\n", left[why], why)
	}
}
