package index

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// entries are the files of a cache.
func entries(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(filepath.Dir(path)) != "names" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The names of the projects that were read are known later, of those that are not there they are not.
func TestNames(t *testing.T) {
	s := &store{dir: t.TempDir()}
	for range 2 {
		s.remember("flask")
		s.remember("zope.interface")
	}
	transport := NewTransport(Options{Cache: s.dir})
	if diff := cmp.Diff([]string{"flask", "zope.interface"}, slices.Sorted(transport.Names())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for range NewTransport(Options{}).Names() {
		t.Error("a name without a cache")
	}
}

// age makes everything in a cache older.
func age(t *testing.T, dir string, by time.Duration) {
	t.Helper()
	for _, file := range entries(t, dir) {
		at := time.Now().Add(-by)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

// A page is asked for again when it is no longer fresh, and then only whether it is another.
func TestFreshness(t *testing.T) {
	for _, test := range []struct {
		why     string
		control string // of the answer: Cache-Control, or another header by name
		options Options
		age     time.Duration
		want    string // "" not asked, or what is asked
	}{
		{"within the age it has", "max-age=60", Options{}, 50 * time.Second, ""},
		{"beyond", "max-age=60", Options{}, 70 * time.Second, "whether"},
		{"several words", `public, Max-Age="60", must-revalidate`, Options{}, 50 * time.Second, ""},
		{"it says nothing: ten minutes", "", Options{}, 9 * time.Minute, ""},
		{"beyond", "", Options{}, 11 * time.Minute, "whether"},
		{"an age of which some has passed on the way", "max-age=60; Age: 30", Options{}, 40 * time.Second, "whether"},
		{"a date", "Expires: +60", Options{}, 50 * time.Second, ""},
		{"beyond", "Expires: +60", Options{}, 70 * time.Second, "whether"},
		{"no date", "Expires: 0", Options{}, 0, "whether"},
		{"an age that no reader believes", "max-age=99999999999999999999", Options{}, 370 * 24 * time.Hour, "whether"},
		{"from the future, as the clock was set back", "", Options{}, -time.Hour, "whether"},
		{"not without asking", "no-cache", Options{}, 0, "whether"},
		{"not to be kept", "no-store", Options{}, 0, "all"},
		{"the user's word counts more", "no-cache", Options{MaxAge: time.Hour}, 50 * time.Minute, ""},
		{"also that it is too old", "max-age=86400", Options{MaxAge: time.Hour}, 70 * time.Minute, "whether"},
		{"refreshed", "max-age=60", Options{Refresh: true}, 0, "whether"},
		{"offline, any age is good", "no-cache", Options{Offline: true}, 1000 * time.Hour, ""},
	} {
		t.Run(test.why, func(t *testing.T) {
			asked := ""
			ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked = "all"
				w.Header().Set("Etag", `"1"`)
				w.Header().Set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT")
				control, age, _ := strings.Cut(test.control, "; Age: ")
				w.Header().Set("Age", age)
				switch seconds, ok := strings.CutPrefix(control, "Expires: +"); {
				case ok:
					in, _ := time.ParseDuration(seconds + "s")
					w.Header().Set("Expires", time.Now().Add(in).UTC().Format(http.TimeFormat))
				case control == "Expires: 0":
					w.Header().Set("Expires", "0")
				default:
					w.Header().Set("Cache-Control", control)
				}
				if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") == "Wed, 21 Oct 2015 07:28:00 GMT" {
					asked = "whether"
					w.WriteHeader(http.StatusNotModified)
					return
				}
				answer(w, pageOf("a-1.tar.gz"))
			})
			o := test.options
			o.Cache = t.TempDir()
			if _, err := newClient(ix, Options{Cache: o.Cache}).Project(t.Context(), "a"); err != nil {
				t.Fatal(err)
			}
			age(t, o.Cache, test.age)
			for i, want := range []string{test.want, ""} {
				asked = ""
				p, err := newClient(ix, o).Project(t.Context(), "a")
				if err != nil || len(p.Versions) != 1 {
					t.Fatal(err)
				}
				never := strings.HasPrefix(test.control, "no-") || test.control == "Expires: 0"
				if i == 1 && (o.Refresh || never && o.MaxAge == 0 && !o.Offline) {
					want = test.want
				}
				if asked != want {
					t.Errorf("asked for %q, want %q", asked, want)
				}
			}
		})
	}
}

// A new page takes the place of the old one.
func TestNewPage(t *testing.T) {
	n := 0
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("Etag", fmt.Sprint(n))
		answer(w, pageOf(fmt.Sprintf("a-%d.tar.gz", n)))
	})
	o := Options{Cache: t.TempDir(), Refresh: true}
	for want := range 3 {
		p, err := newClient(ix, o).Project(t.Context(), "a")
		if err != nil || p.Versions[0] != fmt.Sprint(want+1) {
			t.Errorf("got %v, %v", p, err)
		}
	}
	if files := entries(t, o.Cache); len(files) != 1 {
		t.Errorf("the cache has %q", files)
	}
}

// Absence is remembered as long as a page is.
func TestAbsence(t *testing.T) {
	ix := serve(t, http.NotFound)
	o := Options{Cache: t.TempDir()}
	for _, want := range []int{1, 0} {
		c := newClient(ix, o)
		if _, err := c.Project(t.Context(), "a"); !errors.Is(err, ErrNotFound) || c.Stats().Requests != want {
			t.Errorf("%v with %d requests, want %d", err, c.Stats().Requests, want)
		}
	}
	o.Offline = true
	_, err := newClient(ix, o).Project(t.Context(), "b")
	refuses(t, err, `project "b": `+ix.SimpleURL+"b/: offline, and it is not in the cache")
	if !errors.Is(err, ErrOffline) {
		t.Errorf("got %v", err)
	}
}

// An entry that is damaged, whichever byte, counts as missing. Where only a later part is, reading that says so, and
// the next reading heals it.
func TestDamage(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, pageOf("a-1.tar.gz", "a-2.tar.gz")) })
	cache := t.TempDir()
	read := func() (requests int, err error) {
		c := newClient(ix, Options{Cache: cache})
		p, err := c.Project(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Versions) != 2 {
			t.Errorf("got %q", p.Versions)
		}
		_, err = p.Links(1)
		_, err0 := p.Links(0)
		return c.Stats().Requests, errors.Join(err, err0)
	}
	if _, err := read(); err != nil {
		t.Fatal(err)
	}
	file := entries(t, cache)[0]
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damage := func(b []byte) {
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		requests, err := read()
		if err != nil && !strings.Contains(err.Error(), `project "a": its page in the cache was damaged, and is removed: run mach again`) {
			t.Error(err)
		}
		if (requests == 0) != (err != nil) {
			t.Errorf("%d requests and error %v", requests, err)
		}
		if _, err := read(); err != nil {
			t.Errorf("not healed: %v", err)
		}
	}
	for i := range whole {
		b := append([]byte{}, whole...)
		b[i] ^= 0x55
		damage(b)
	}
	for _, n := range []int{0, 1, entryHeader - 1, entryHeader, len(whole) / 2, len(whole) - 1} {
		damage(whole[:n])
	}
	damage(append(append([]byte{}, whole...), 0))
}

// Any number of processes may use a cache at once, and each sees whole entries only.
func TestSharedCache(t *testing.T) {
	var n atomic.Int64
	ix := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		var files []string
		for i := range 20 + n.Add(1)%20 {
			files = append(files, fmt.Sprintf("a-%d.tar.gz", i))
		}
		answer(w, pageOf(files...))
	})
	o := Options{Cache: t.TempDir(), Refresh: true, Warn: func(err error) { t.Error(err) }}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				p, err := newClient(ix, o).Project(t.Context(), "a")
				if err != nil {
					t.Error(err)
					return
				}
				for i := range p.Versions {
					if _, err := p.Links(i); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	if files := entries(t, o.Cache); len(files) != 1 {
		t.Errorf("left: %q", files)
	}
}

// A page that was opened is read on as it was, also when another process replaces or removes it.
func TestReplacedWhileOpen(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) { answer(w, pageOf("a-1.tar.gz")) })
	o := Options{Cache: t.TempDir()}
	if _, err := newClient(ix, o).Project(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	open := func() *Page {
		p, err := newClient(ix, o).Project(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := open()
	tails.Add(maxTails)
	parked := open()
	tails.Add(-maxTails)
	if _, err := parked.Links(0); err != nil {
		t.Errorf("one of too many to keep open: %v", err)
	}
	o.Refresh = true
	open()
	if l, err := p.Links(0); err != nil || l[0].Filename != "a-1.tar.gz" {
		t.Errorf("got %v, %v", l, err)
	}
	_, err := parked.Links(0)
	refuses(t, err, `project "a": its page in the cache: another process has replaced it: run mach again`)
}

// What a killed process left aside is never read, and is removed after an hour.
func TestKilled(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, emptyPage) })
	cache := t.TempDir()
	aside := filepath.Join(cache, cacheForm, "aside")
	old, young := write(t, 0o600, "half", aside, "1"), write(t, 0o600, "half", aside, "2")
	at := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(old, at, at); err != nil {
		t.Fatal(err)
	}
	swept.Store(false)
	if _, err := newClient(ix, Options{Cache: cache}).Project(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("what is old is still there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("what may be another process's is gone")
	}
}

// A cache that cannot be written is a warning, once, and no failure.
func TestCacheNotWritable(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, emptyPage) })
	cache := write(t, 0o644, "a file", t.TempDir(), "cache")
	var warnings []string
	c := newClient(ix, Options{Cache: cache, Warn: func(err error) { warnings = append(warnings, err.Error()) }})
	for _, name := range []string{"a", "b"} {
		if _, err := c.Project(t.Context(), name); err != nil {
			t.Error(err)
		}
	}
	if len(warnings) != 1 || !strings.HasPrefix(warnings[0], "nothing is kept in the cache "+cache+": ") {
		t.Errorf("warned: %q", warnings)
	}
}
