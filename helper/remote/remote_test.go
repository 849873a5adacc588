package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pydb"
)

func TestParsePlace(t *testing.T) {
	const hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	const sri = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	const u = "https://index.example/pypi.xz"
	tests := []struct {
		text string
		want Place
		err  string
	}{
		{u, Place{u, "", 0}, ""},
		{u + "#sha256=" + hex, Place{u, hex, 0}, ""},
		{u + "#" + sri, Place{u, hex, 0}, ""},
		{u + "#" + strings.TrimSuffix(sri, "=") + ",size=77", Place{u, hex, 77}, ""},
		{u + "#sha256=" + hex + ",size=77", Place{u, hex, 77}, ""},
		{"ftp://index.example/pypi.xz", Place{}, "no http or https URL"},
		{"https:///pypi.xz", Place{}, "no http or https URL"},
		{u + "#sha256=" + hex[1:], Place{}, "no sha256=HEX"},
		{u + "#md5=" + hex, Place{}, "no sha256=HEX"},
		{u + "#", Place{}, "no sha256=HEX"},
		{u + "#sha256=" + hex + ",size=-1", Place{}, "no size=BYTES"},
		{u + "#sha256=" + hex + ",77", Place{}, "no size=BYTES"},
	}
	for _, test := range tests {
		p, err := ParsePlace(test.text)
		if test.err == "" && (err != nil || p != test.want) || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
			t.Errorf("%s: %v, %v; want %v %s", test.text, p, err, test.want, test.err)
		}
	}
	if got := (Place{"https://me:secret@index.example/pypi.xz", hex, 77}).String(); got != u+"#sha256="+hex+",size=77" {
		t.Errorf("a place is printed as %s", got)
	}
}

func TestReadsWhatTheFileHas(t *testing.T) {
	s := serve(t, first())
	db := mustOpen(t, s.URL+"/pypi.xz", Options{})
	same(t, db, first())
	if got := db.Place().String(); got != fmt.Sprintf("%s/pypi.xz#sha256=%s,size=%d", s.URL, rootOf(t, first()), len(first())) {
		t.Errorf("pinned by %s", got)
	}
}

func TestOneRequestOpens(t *testing.T) {
	s := serve(t, first())
	if n := s.takes(func() { mustOpen(t, s.URL, Options{}) }); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// What was read once is in the cache, wherever the file lies, and for databases to come as far as they are the same.
func TestBlocksAreKept(t *testing.T) {
	cache := t.TempDir()
	s, mirror := serve(t, first()), serve(t, first())
	open := func(s *server, o index.Options) *Database {
		o.Cache = cache
		return mustOpen(t, s.URL, Options{Transport: transport(o)})
	}
	same(t, open(s, index.Options{}), first())
	if n := s.takes(func() { same(t, open(s, index.Options{}), first()) }); n != 0 {
		t.Errorf("again: %d requests", n)
	}
	if n := s.takes(func() { same(t, open(s, index.Options{Refresh: true}), first()) }); n != 1 {
		t.Errorf("refreshed: %d requests", n)
	}
	if n := s.takes(func() { same(t, open(s, index.Options{Offline: true}), first()) }); n != 0 {
		t.Errorf("offline: %d requests", n)
	}
	if n := mirror.takes(func() { same(t, open(mirror, index.Options{}), first()) }); n != 1 {
		t.Errorf("from a mirror: %d requests", n)
	}
	if _, err := read(open(s, index.Options{Offline: true}).DB, "p00001"); !errors.Is(err, index.ErrOffline) {
		t.Errorf("offline, what is not there: %v", err)
	}
}

// Who has what the file was yesterday asks for the end of it and for what the update changed: nothing before that.
func TestUpdateIsReadAlone(t *testing.T) {
	s := serve(t, first())
	cache := t.TempDir()
	open := func() *Database {
		return mustOpen(t, s.URL, Options{Transport: transport(index.Options{Cache: cache, Refresh: true})})
	}
	same(t, open(), first())
	s.becomes(grown(), `"2"`)
	s.ranges = nil
	same(t, open(), grown())
	for _, r := range s.ranges {
		from, _, _ := strings.Cut(strings.TrimPrefix(r, "bytes="), "-")
		if from == "" {
			continue // the end
		}
		if at, err := strconv.Atoi(from); err != nil || at < len(first()) {
			t.Errorf("asked for %s: the update begins at %d", r, len(first()))
		}
	}
	if s.ranges[0] != fmt.Sprintf("bytes=-%d", rootSize) {
		t.Errorf("first it asked for %s", s.ranges[0])
	}
	if n := s.takes(func() { same(t, open(), grown()) }); n != 1 || s.notModified != 1 {
		t.Errorf("again: %d requests, %d of them answered with 304", n, s.notModified)
	}
}

// A cache of another database does not make reading the index slow: all of it that is read most comes at once.
func TestCacheOfAnotherDatabase(t *testing.T) {
	cache := index.Options{Cache: t.TempDir()}
	same(t, mustOpen(t, serve(t, first()).URL, Options{Transport: transport(cache)}), first())
	s := serve(t, next())
	same(t, mustOpen(t, s.URL, Options{Transport: transport(cache)}), next())
	end := len(next()) - rootSize
	if want := fmt.Sprintf("bytes=%d-%d", end-chunkSize-chunkMore, end-1); !slices.Contains(s.ranges, want) {
		t.Errorf("asked for %q, and not for %s", s.ranges, want)
	}
}

// A pin is the database that it names, wherever in the file its root is now, or an error that says what is there.
func TestPinned(t *testing.T) {
	root := rootOf(t, first())
	unsized := "#sha256=" + root
	sized := fmt.Sprintf("%s,size=%d", unsized, len(first()))
	tests := []struct {
		name string
		file []byte
		pin  string
		want string // of the error
	}{
		{"as it is", first(), unsized, ""},
		{"as it is, with its size", first(), sized, ""},
		{"updated", grown(), unsized, ""},
		{"updated, with its size", grown(), sized, ""},
		{"updated three times", updated(updated(grown(), "6.0"), "7.0"), unsized, ""},
		{"updated three times, with its size", updated(updated(grown(), "6.0"), "7.0"), sized, ""},
		{"written anew", next(), unsized, "and neither has any before it: the file was written anew since then, or is another"},
		{"written anew, with its size", next()[:len(next())-16], sized, "no root with the SHA-256 " + root},
		{"cut, with its size", first()[:len(first())-5000], sized, "no root with the SHA-256 " + root},
		{"cut", first()[:len(first())-5000], unsized, "no root with the SHA-256 " + root},
		{"empty", nil, sized, "no root with the SHA-256 " + root},
		{"other things before an update", slices.Concat(make([]byte, 3<<20), next()), unsized, "its root has the SHA-256 "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.file)
			o := index.Options{Cache: t.TempDir()}
			db, err := at(t, s.URL+test.pin, Options{Transport: transport(o)})
			if test.want != "" {
				refuses(t, err, test.want)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			same(t, db, first())
			if got := db.Place().String(); got != s.URL+sized {
				t.Errorf("pinned by %s", got)
			}
			s.becomes(nil, `"gone"`) // what a pin names is never asked for again
			if n := s.takes(func() { same(t, mustOpen(t, s.URL+test.pin, Options{Transport: transport(o)}), first()) }); n != 0 {
				t.Errorf("again: %d requests", n)
			}
		})
	}
}

// Whoever pins without a size, and finds that the file was updated too often, is told what to write.
func TestFormerRootIsTooFarBack(t *testing.T) {
	s := serve(t, bytes.Repeat(next(), maxBack/len(next())+2))
	_, err := at(t, s.URL+"#sha256="+rootOf(t, first()), Options{})
	refuses(t, err, "and neither has one in the 16 MB before it: the file was updated often since then, or is another")
	var e *diag.Error
	if want := s.URL + "#sha256=" + rootOf(t, first()) + ",size=BYTES"; !errors.As(err, &e) || !strings.Contains(e.Hints[0], want) {
		t.Errorf("hints %q, want %s", e.Hints, want)
	}
}

// The end that the cache has is not taken for the pin's, if that is newer.
func TestPinNewerThanCache(t *testing.T) {
	s := serve(t, first())
	o := Options{Transport: transport(index.Options{Cache: t.TempDir()})}
	mustOpen(t, s.URL, o)
	s.becomes(next(), `"2"`)
	same(t, mustOpen(t, s.URL+"#sha256="+rootOf(t, next()), o), next())
}

func TestNobodyVouches(t *testing.T) {
	_, err := at(t, "http://index.example/pypi.xz", Options{})
	refuses(t, err, "nobody vouches for a database that comes over http")
	for _, place := range []string{
		"https://index.example/pypi.xz", "http://127.0.0.1:80/x", "http://[::1]/x", "http://localhost:80/x",
		"http://index.example/x#sha256=" + strings.Repeat("0", 64), "http://intra.example/x", "http://intra.example:81/x",
	} {
		p, err := ParsePlace(place)
		if err != nil || !p.isSafe([]string{"intra.example", "intra.example:81"}) {
			t.Errorf("%s is refused", place)
		}
	}
}

// Neighbours come in one request; all names one after the other in few.
func TestRequestsAreFew(t *testing.T) {
	s := serve(t, large())
	db := mustOpen(t, s.URL, Options{})
	if n := s.takes(func() {
		for _, err := range db.Names() {
			if err != nil {
				t.Fatal(err)
			}
		}
	}); n > 6 {
		t.Errorf("%d requests for all names", n)
	}
	f := newFile(Place{URL: s.URL}, Options{Context: context.Background()}, clientOf(t, s))
	f.begin(&index.Part{Start: int64(len(large())), Size: int64(len(large()))})
	s.ranges = nil
	for _, at := range []int64{900_000, 100, 5000, 200} {
		f.waiting = append(f.waiting, &want{from: at, to: at + 50, done: make(chan struct{})})
	}
	wants := slices.Clone(f.waiting)
	f.ask()
	for _, w := range wants {
		if <-w.done; !bytes.Equal(w.data, large()[w.from:w.to]) {
			t.Errorf("at %d: %q %v", w.from, w.data, w.err)
		}
	}
	slices.Sort(s.ranges)
	if want := []string{"bytes=100-5049", "bytes=900000-900049"}; !slices.Equal(s.ranges, want) {
		t.Errorf("asked for %q, want %q", s.ranges, want)
	}
}

func clientOf(t *testing.T, s *server) *index.Client {
	t.Helper()
	ix, err := index.New(s.URL, "test")
	if err != nil {
		t.Fatal(err)
	}
	return transport(index.Options{}).Client(ix)
}

// Credentials of the URL are sent, and are in no error.
func TestCredentials(t *testing.T) {
	s := serve(t, first())
	s.on = func(w http.ResponseWriter, r *http.Request) bool {
		if user, password, _ := r.BasicAuth(); user != "me" || password != "secret" {
			w.WriteHeader(http.StatusUnauthorized)
			return true
		}
		return false
	}
	u, _ := url.Parse(s.URL + "/pypi.xz")
	u.User = url.UserPassword("me", "secret")
	db := mustOpen(t, u.String(), Options{})
	same(t, db, first())
	if strings.Contains(db.Place().String(), "secret") {
		t.Error(db.Place())
	}
	u.User = url.UserPassword("you", "secret")
	_, err := at(t, u.String(), Options{})
	refuses(t, err, "401")
}

// Credentials of the place go to no other host that it redirects to.
func TestCredentialsStayAtTheirHost(t *testing.T) {
	elsewhere := serve(t, first())
	elsewhere.on = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Authorization") != "" {
			t.Error("the other host got credentials")
		}
		return false
	}
	other := strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1)
	s := serve(t, first())
	asked := 0
	s.on = func(w http.ResponseWriter, r *http.Request) bool {
		if _, password, _ := r.BasicAuth(); password == "secret" {
			asked++
		}
		http.Redirect(w, r, other, http.StatusFound)
		return true
	}
	same(t, mustOpen(t, strings.Replace(s.URL, "//", "//me:secret@", 1), Options{}), first())
	if asked != 1 {
		t.Errorf("the host itself got them %d times", asked)
	}
}

// No server is asked for more than so many parts at a time.
func TestRequestsAtOnce(t *testing.T) {
	s := serve(t, first())
	var now, most atomic.Int64
	s.on = func(_ http.ResponseWriter, r *http.Request) bool {
		n := now.Add(1)
		defer now.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		return false
	}
	same(t, mustOpen(t, s.URL, Options{Transport: transport(index.Options{AtOnce: 4})}), first())
	if n := most.Load(); n < 2 || n > 4 {
		t.Errorf("%d at once", n)
	}
}

// What is read from a copy of the file: all of it is right, or the place of what is wrong is told.
func TestVerify(t *testing.T) {
	s := serve(t, grown())
	if err := mustOpen(t, s.URL, Options{}).Verify(); err != nil {
		t.Error(err)
	}
	pinned := fmt.Sprintf("%s#sha256=%s,size=%d", s.URL, rootOf(t, first()), len(first()))
	if err := mustOpen(t, pinned, Options{}).Verify(); err != nil {
		t.Errorf("as it was before an update: %v", err)
	}
	db := mustOpen(t, s.URL, Options{})
	damaged := slices.Clone(grown())
	damaged[1000] ^= 1
	s.becomes(damaged, `"1"`)
	refuses(t, db.Verify(), s.URL+": at byte ")
	s.becomes(next(), `"2"`)
	refuses(t, db.Verify(), s.URL)
	var wrong *pydb.CorruptError
	s.becomes(damaged, `"1"`)
	if err := db.Verify(); !errors.As(err, &wrong) || wrong.Offset > 1000 {
		t.Errorf("the cause is lost: %v", err)
	}
}

// refuses fails the test if err is not want, or has what must not be shown.
func refuses(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Fatalf("got  %v\nwant %s", err, want)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the error has what must not be shown: %v", err)
	}
	var failed *Error
	if !errors.As(err, &failed) {
		t.Errorf("it is a %T", err)
	}
}
