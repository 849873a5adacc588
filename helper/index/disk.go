package index

import (
	"errors"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// disk is a file of the cache that is open for reading. A lock reads two for each project, of which os.File would ask
// nine calls of the system each, most of them to find out whether it is a terminal or a pipe. This takes four.
type disk struct {
	fd       int
	size     int64
	modified time.Time
	id       [2]uint64 // which file it is
}

// openDisk opens a file.
func openDisk(path string) (*disk, error) {
	var fd int
	err := again(func() (err error) {
		fd, err = unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	var st unix.Stat_t
	if err := again(func() error { return unix.Fstat(fd, &st) }); err != nil {
		unix.Close(fd)
		return nil, err
	}
	return &disk{fd, st.Size, time.Unix(st.Mtim.Unix()), [2]uint64{uint64(st.Dev), st.Ino}}, nil
}

func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

// ReadAt reads.
func (d *disk) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && err == nil {
		var more int
		err = again(func() (err error) {
			more, err = unix.Pread(d.fd, p[n:], off+int64(n))
			return err
		})
		if n += max(more, 0); more == 0 && err == nil {
			err = io.EOF
		}
	}
	return n, err
}

func (d *disk) close() { unix.Close(d.fd) }

// tail is the rest of an entry's file. The file stays open, since another process may put a newer one in its place;
// beyond maxTails of them it is closed, and opened again each time.
type tail struct {
	*disk
	path string
	from int64
	open bool
}

const maxTails = 1000

var tails atomic.Int32

// keep makes d the rest of an entry.
func keep(d *disk, path string, from int64) *tail {
	t := &tail{disk: d, path: path, from: from, open: true}
	if tails.Add(1) > maxTails {
		t.open = false
		d.close()
		return t
	}
	runtime.AddCleanup(t, func(fd int) {
		tails.Add(-1)
		unix.Close(fd)
	}, d.fd)
	return t
}

// ReadAt reads from the tail.
func (t *tail) ReadAt(p []byte, off int64) (int, error) {
	defer runtime.KeepAlive(t)
	if t.open {
		return t.disk.ReadAt(p, t.from+off)
	}
	d, err := openDisk(t.path)
	if err != nil {
		return 0, err
	}
	defer d.close()
	if d.id != t.id || !d.modified.Equal(t.modified) && d.size != t.size {
		return 0, errReplaced
	}
	return d.ReadAt(p, t.from+off)
}

// errReplaced is an entry that another process has replaced since its head was read.
var errReplaced = errors.New("another process has replaced it: run mach again")
