package cli

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"github.com/google/renameio/v2"
	"golang.org/x/sys/unix"

	"mach/helper/diag"
)

// newFile is a file while it is written, beside that whose place it takes. Until then it is locked: one that is not was
// left behind by a mach that was killed.
type newFile struct {
	*renameio.PendingFile
	held *flock.Flock
}

// createFile begins a file that is written whole or not at all. Who may read it stays as it is.
func createFile(path string) (*newFile, error) {
	path, device, err := outputPath(path)
	if err != nil {
		return nil, err
	}
	if device {
		return nil, diag.Usage("%s: not a regular file", path).Hint("name a file to write")
	}
	dir := filepath.Dir(path)
	sweepBeside(dir, "."+filepath.Base(path))
	for {
		out, err := renameio.NewPendingFile(path, renameio.WithTempDir(dir), renameio.WithPermissions(0o644), renameio.WithExistingPermissions())
		if err != nil {
			return nil, writeError(path, err)
		}
		held := flock.New(out.Name(), flock.SetFlag(os.O_RDONLY))
		if locked, err := held.TryLock(); err != nil && !errors.Is(err, fs.ErrNotExist) || locked && isStill(held, out.Name()) {
			return &newFile{out, held}, nil // without a lock it is as good, where a file system has none
		}
		held.Close() // another mach took it for one that was left behind
		_ = out.Cleanup()
	}
}

// end writes what is left of a buffer, if all before was written, and puts the file in its place.
func (f *newFile) end(buffer *bufio.Writer, path string) error {
	err := buffer.Flush()
	if err == nil {
		err = f.CloseAtomicallyReplace()
	}
	if err != nil {
		return writeError(path, err)
	}
	return nil
}

// Cleanup removes what is not in its place by now.
func (f *newFile) Cleanup() {
	_ = f.PendingFile.Cleanup() // the error of writing is told
	_ = f.held.Close()
}

// manyDigits is fewer than almost all random numbers of 63 bits have, and more than people give their files.
const manyDigits = 15

// sweepBeside removes the files that a mach which was killed has left of those that it wrote: a prefix and a random number.
func sweepBeside(dir, prefix string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // it is told when the file is made
	}
	for _, e := range entries {
		number, ours := strings.CutPrefix(e.Name(), prefix)
		if !ours || len(number) < manyDigits || strings.Trim(number, "0123456789") != "" || !e.Type().IsRegular() {
			continue
		}
		left := flock.New(filepath.Join(dir, e.Name()), flock.SetFlag(os.O_RDONLY))
		if locked, err := left.TryLock(); err == nil && locked {
			_ = os.Remove(left.Path())
		}
		_ = left.Close()
	}
}

// writeError says that a file was not written, and what to do.
func writeError(path string, err error) error {
	e := diag.World("%s", path).Because(cause(err))
	switch {
	case errors.Is(err, unix.EFBIG):
		return e.Hint("files may not become that large here: ulimit -f")
	case isFull(err):
		return e.Hint("make room, and run it again: df -h %s", filepath.Dir(path))
	case errors.Is(err, fs.ErrPermission), errors.Is(err, unix.EROFS):
		return e.Hint("write where you may: ls -ld %s", filepath.Dir(path))
	}
	return e
}

// cause is an error of a file without the name of that, which may be one that the user does not know.
func cause(err error) error {
	var one *fs.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &one):
		return one.Err
	case errors.As(err, &two):
		return two.Err
	}
	return err
}

// isFull says whether nothing more could be written.
func isFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) || errors.Is(err, unix.EFBIG)
}
