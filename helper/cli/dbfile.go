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

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"

	"mach/helper/crawl/record"
	"mach/helper/diag"
	"mach/helper/pydb"
	"mach/helper/remote"
)

// dbFile is a database while it is written, beside the file whose place it takes.
type dbFile struct {
	*renameio.PendingFile
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
	out := &dbFile{PendingFile: pending, buffer: bufio.NewWriterSize(pending, 1<<20)}
	err = write(out)
	switch {
	case errors.Is(err, errAsBefore):
		return nil
	case out.failed != nil:
		return diag.World("%s", path).Because(out.failed)
	case err != nil:
		return recordsError(err)
	}
	if err := errors.Join(out.buffer.Flush(), pending.CloseAtomicallyReplace()); err != nil {
		return diag.World("%s", path).Because(err)
	}
	return nil
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

// lockDB opens a database that nobody else may change until it is closed. Whoever reads it is undisturbed: a change
// makes another file of the same name.
func lockDB(a *app, path string) (*pydb.DB, func(), error) {
	if remote.IsURL(path) {
		return nil, nil, diag.Usage("database %q: only a file can be changed", path).Hint("download it, and give its path")
	}
	path, _, err := outputPath(path)
	if err != nil {
		return nil, nil, err
	}
	if _, err := os.Stat(path); err == nil {
		l := flock.New(path, flock.SetFlag(os.O_RDONLY))
		locked, err := l.TryLock()
		if err != nil {
			return nil, nil, diag.World("%s", path).Because(err)
		}
		if !locked || !isStill(l, path) {
			l.Close()
			return nil, nil, diag.World("%s: another mach is changing it", path).Hint("try again when that is done")
		}
		db, err := openDB(a, path)
		if err != nil {
			l.Close()
			return nil, nil, err
		}
		return db, func() { db.Close(); l.Close() }, nil
	}
	_, err = openDB(a, path) // says that it is not there
	return nil, nil, err
}

// isStill says whether path still is the file that was locked: another change may have ended in between.
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
