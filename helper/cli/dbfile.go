package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

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
	path   string
	buffer *bufio.Writer
	failed error // of writing
}

// createDB begins a database that is written whole or not at all.
func createDB(path string) (*dbFile, error) {
	out, err := createFile(path)
	if err != nil {
		return nil, err
	}
	return &dbFile{PendingFile: out, path: path, buffer: bufio.NewWriterSize(out, 1<<20)}, nil
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

// finish puts the file in its place, unless making it failed.
func (f *dbFile) finish(err error) error {
	var damaged *pydb.CorruptError
	switch {
	case f.failed != nil:
		return diag.World("%s", f.path).Because(f.failed)
	case errors.As(err, &damaged):
		return dbError(err)
	case isWorld(err):
		return diag.World("%v", err)
	case err != nil:
		return diag.Input("%v", err)
	}
	if err := errors.Join(f.buffer.Flush(), f.CloseAtomicallyReplace()); err != nil {
		return diag.World("%s", f.path).Because(err)
	}
	return nil
}

// isWorld says whether an error is one of files.
func isWorld(err error) bool {
	var e *fs.PathError
	return errors.As(err, &e)
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

// dayOrToday is the day of the data.
func dayOrToday(day string) (string, error) {
	if err := checkDay(day); err != nil || day != "" {
		return day, err
	}
	return time.Now().UTC().Format(time.DateOnly), nil
}

// leftOut says what of records is not in the database.
func (a *app) leftOut(left map[string]int) {
	for _, why := range slices.Sorted(maps.Keys(left)) {
		fmt.Fprintf(a.stderr, "left out: %d %s\n", left[why], why)
	}
}

// readRecords yields the records of several files, merged by name.
func readRecords(a *app, paths []string) iter.Seq2[*record.Project, error] {
	sources := make([]iter.Seq2[*record.Project, error], len(paths))
	for i, path := range paths {
		sources[i] = readRecordsOf(a, path)
	}
	return record.Merge(sources...)
}

func readRecordsOf(a *app, path string) iter.Seq2[*record.Project, error] {
	return func(yield func(*record.Project, error) bool) {
		in, err := openInput(a, path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer in.Close()
		record.Read(path, in)(yield)
	}
}

func openInput(a *app, path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.stdin), nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, diag.Usage("%s: there is no such file", path)
	}
	return f, err
}
