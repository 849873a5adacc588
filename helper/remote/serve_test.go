package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mach/helper/crawl/record"
	"mach/helper/index"
	"mach/helper/pydb"
	"mach/tests/universe"
)

// server has one file at every path, and what a test does to it.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	data     []byte
	tag      string
	on       func(w http.ResponseWriter, r *http.Request) bool // true: it has answered
	requests atomic.Int64
	ranges   []string

	notModified int // answers
}

type statusWriter struct {
	http.ResponseWriter
	s *server
}

// WriteHeader counts.
func (w statusWriter) WriteHeader(status int) {
	if status == http.StatusNotModified {
		w.s.mu.Lock()
		w.s.notModified++
		w.s.mu.Unlock()
	}
	w.ResponseWriter.WriteHeader(status)
}

func serve(t *testing.T, data []byte) *server {
	t.Helper()
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "PIP_PROXY", "NETRC", "PIP_RETRIES", "PIP_TIMEOUT", "PIP_DEFAULT_TIMEOUT"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("PIP_CONFIG_FILE", os.DevNull)
	s := &server{data: data, tag: `"1"`}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// ServeHTTP implements http.Handler.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	s.mu.Lock()
	data, tag, on := s.data, s.tag, s.on
	s.ranges = append(s.ranges, r.Header.Get("Range"))
	s.mu.Unlock()
	if on != nil && on(w, r) {
		return
	}
	w.Header().Set("ETag", tag)
	http.ServeContent(statusWriter{w, s}, r, path.Base(r.URL.Path), time.Time{}, bytes.NewReader(data))
}

// becomes is another file from now on.
func (s *server) becomes(data []byte, tag string) {
	s.mu.Lock()
	s.data, s.tag = data, tag
	s.mu.Unlock()
}

// takes is how many requests do makes.
func (s *server) takes(do func()) int {
	before := s.requests.Load()
	do()
	return int(s.requests.Load() - before)
}

func transport(o index.Options) *index.Transport {
	o.Retries, o.Timeout = 1, 5*time.Second
	return index.NewTransport(o)
}

func at(t *testing.T, place string, o Options) (*Database, error) {
	t.Helper()
	p, err := ParsePlace(place)
	if err != nil {
		t.Fatal(err)
	}
	if o.Context == nil {
		o.Context = context.Background()
	}
	if o.Transport == nil {
		o.Transport = transport(index.Options{})
	}
	return Open(p, o)
}

func mustOpen(t *testing.T, place string, o Options) *Database {
	t.Helper()
	db, err := at(t, place, o)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// many is a database of n projects, some 550 bytes each. Of all those whose number is a multiple of 100 there is the
// version, too.
func many(n int, version string) []byte {
	var b strings.Builder
	for i := range n {
		if i%100 == 0 {
			fmt.Fprintf(&b, "p%05d %s wheel\n", i, version)
		}
		fmt.Fprintf(&b, "p%05d 2.0 wheel sdist\n    p%05d\np%05d 1.0 wheel\n", i, (i*7+1)%n, i)
	}
	db, err := universe.Build(b.String())
	if err != nil {
		panic(err)
	}
	return db
}

var (
	first = sync.OnceValue(func() []byte { return many(4000, "3.0") })
	next  = sync.OnceValue(func() []byte { return many(4000, "4.0") })
	grown = sync.OnceValue(func() []byte { return updated(first(), "5.0") })
	large = sync.OnceValue(func() []byte { return many(8500, "3.0") })
)

// updated is a database after an update of the projects whose number is a multiple of 100: they have another version.
func updated(data []byte, version string) []byte {
	var b strings.Builder
	for i := 0; i < 4000; i += 100 {
		fmt.Fprintf(&b, "p%05d %s wheel\n", i, version)
	}
	db, err := pydb.New(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic(err)
	}
	records, err := universe.Parse(b.String())
	if err != nil {
		panic(err)
	}
	var more bytes.Buffer
	_, err = db.Update(&more, func(yield func(*record.Project, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}, pydb.UpdateOptions{Date: "2026-02-01"})
	if err != nil {
		panic(err)
	}
	return slices.Concat(data, more.Bytes())
}

func rootOf(t *testing.T, data []byte) string {
	t.Helper()
	db, err := pydb.New(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return db.Info().Root
}

// read gives what a database has of some projects: all that a solve could ask.
func read(db *pydb.DB, names ...string) (string, error) {
	texts, errs := make([]string, len(names)), make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			p, err := db.Project(name)
			if err != nil {
				errs[i] = err
				return
			}
			for n, version := range p.Versions {
				r, err1 := p.Release(n)
				files, err2 := p.Files(n)
				if errs[i] = errors.Join(err1, err2); errs[i] != nil {
					return
				}
				texts[i] += fmt.Sprintln(name, version, *r, files)
			}
		})
	}
	all.Wait()
	return strings.Join(texts, ""), errors.Join(errs...)
}

// some are projects all over a database.
func some() (names []string) {
	for i := 0; i < 4000; i += 50 {
		names = append(names, fmt.Sprintf("p%05d", i))
	}
	return names
}

// same fails the test unless db says of some projects what the database in data does.
func same(t *testing.T, db *Database, data []byte) {
	t.Helper()
	local, err := pydb.New(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	want, err := read(local, some()...)
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(db.DB, some()...)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Error("another answer than that of the file")
	}
}
