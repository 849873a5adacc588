package faults

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// most is how much memory a lock may take, whatever a damaged file says of its sizes.
const most = 64 << 20

func (d database) lock(t *testing.T, dir, db string) result {
	t.Helper()
	args := []string{"lock", "--db", db, "--python", "3.12", "--system", "x86_64-linux", "--files-url", "none", "-o", "-"}
	return mach(t, dir, append(args, d.wants...)...)
}

// ends counts how locks ended.
type ends struct{ same, refused, memory atomic.Int64 }

// check wants the same lock as that of the sound database, or none, and an error that has the words in it.
func (e *ends) check(t *testing.T, what string, want, got result, words ...string) {
	t.Helper()
	for old := e.memory.Load(); got.memory > old && !e.memory.CompareAndSwap(old, got.memory); {
		old = e.memory.Load()
	}
	if got.memory > most {
		t.Errorf("%s: %d bytes of memory", what, got.memory)
	}
	if got.code != 0 {
		e.refused.Add(1)
		got.refused(t, 3, words...)
		return
	}
	e.same.Add(1)
	if got.stdout != want.stdout {
		t.Errorf("%s: another lock", what)
	}
}

func (e *ends) log(t *testing.T, what string) {
	t.Helper()
	say(t, "%s: %d locks are the same, %d are refused; at most %d MB of memory", what, e.same.Load(), e.refused.Load(), e.memory.Load()>>20)
}

// With a flipped bit in the file, mach makes the lock that it makes without, or none.
func TestLock(t *testing.T) {
	t.Parallel()
	databases(t, func(t *testing.T, d database) {
		r, dir := random(t), t.TempDir()
		copies := make(chan string, runtime.GOMAXPROCS(0))
		for i := range cap(copies) {
			copies <- write(t, filepath.Join(dir, fmt.Sprintf("%d.xz", i)), d.data)
		}
		want := done(t, d.lock(t, dir, write(t, filepath.Join(dir, "sound.xz"), d.data)))
		n := all(t)
		if !bytes.Equal(d.data, real(t).data) {
			n /= 5
		}
		n = max(n, 6)
		var e ends
		each(t, n, r, func(r *rand.Rand) {
			path := <-copies
			defer func() { copies <- path }()
			at, bit := r.Int64N(int64(len(d.data))), byte(1)<<r.IntN(8)
			set(t, path, at, d.data[at]^bit)
			defer set(t, path, at, d.data[at])
			e.check(t, fmt.Sprintf("bit %02x of byte %d", bit, at), want, d.lock(t, dir, path), path+": at byte ", "the file was damaged or cut short")
		})
		e.log(t, fmt.Sprintf("%d bits", n))
	})
}

// set changes a byte of a file.
func set(t *testing.T, path string, at int64, to byte) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteAt([]byte{to}, at)
		f.Close()
	}
	if err != nil {
		t.Error(err)
	}
}

// The same with a server that has the damaged file, whether it is pinned or not. When that is sound again, so are the
// locks: nothing damaged is in the cache.
func TestServer(t *testing.T) {
	t.Parallel()
	d, r := real(t), random(t)
	server := make(chan *servant, runtime.GOMAXPROCS(0))
	for range cap(server) {
		s := &servant{data: d.data}
		s.Server = httptest.NewServer(s)
		defer s.Close()
		server <- s
	}
	want := done(t, d.lock(t, t.TempDir(), write(t, filepath.Join(t.TempDir(), "sound.xz"), d.data)))
	pin := fmt.Sprintf("#sha256=%s,size=%d", open(t, d.data).Info().Root, len(d.data))
	n := max(all(t)/40, 2)
	var free, pinned, healed ends
	each(t, n, r, func(r *rand.Rand) {
		s := <-server
		defer func() { server <- s }()
		url := s.URL + "/pypi.xz"
		at := r.Int64N(int64(len(d.data)))
		if r.IntN(2) == 0 { // in the end of the file, which is read at once
			at = int64(len(d.data)) - 1 - r.Int64N(64<<10)
		}
		f := fault{at, at + 1, 1 << r.IntN(8)}
		for place, e := range map[string]*ends{url: &free, url + pin: &pinned} {
			dir, err := os.MkdirTemp("", "faults")
			if err != nil {
				t.Error(err)
				return
			}
			defer os.RemoveAll(dir)
			s.fault.Store(&f)
			e.check(t, f.String(), want, d.lock(t, dir, place), url)
			s.fault.Store(nil)
			healed.check(t, f.String(), want, d.lock(t, dir, place), "not refused")
		}
	})
	free.log(t, fmt.Sprintf("%d bits, not pinned", n))
	pinned.log(t, fmt.Sprintf("%d bits, pinned", n))
	healed.log(t, "afterwards")
	if healed.refused.Load() > 0 {
		t.Error("what was damaged is in the cache")
	}
}

// servant serves a file, with a fault if there is one.
type servant struct {
	*httptest.Server
	data  []byte
	fault atomic.Pointer[fault]
}

// ServeHTTP implements http.Handler.
func (s *servant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file := damaged{ReaderAt: bytes.NewReader(s.data)}
	if f := s.fault.Load(); f != nil {
		file.fault = *f
	}
	w.Header().Set("ETag", `"1"`)
	http.ServeContent(w, r, "", time.Time{}, io.NewSectionReader(file, 0, int64(len(s.data))))
}
