package remote

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mach/helper/index"
)

// An answer is the right one or an error that says why, whatever the server does.
func TestFaults(t *testing.T) {
	status := func(code int) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(code); return true }
	}
	tests := []struct {
		name string
		file []byte
		on   func(http.ResponseWriter, *http.Request) bool
		want string
	}{
		{"no ranges, short", first(), withoutRange, ""},
		{"no ranges, long", large(), withoutRange, "the server does not serve parts of files"},
		{"not there", first(), status(404), "not found"},
		{"refused", first(), status(401), "the server refuses with 401"},
		{"broken", first(), status(500), "the server answers 500"},
		{"cut", first()[:len(first())-5000], nil, "no xz footer"},
		{"empty", nil, nil, "the file is empty"},
		{"another thing", []byte(strings.Repeat("<html>", 100)), nil, "not an xz file, so no database"},
		{"another part", first(), otherPart, "the server was asked for the end of the file"},
		{"packed", first(), packed, "the server packs what it sends (Content-Encoding: \"gzip\")"},
		{"not satisfiable", first(), status(416), "the server does not serve parts of files"},
		{"a range of a longer file", first(), func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-9/%d", 1<<40))
			w.WriteHeader(http.StatusPartialContent)
			w.Write(make([]byte, 10))
			return true
		}, "the server was asked for the end of the file, and sends bytes 0 to 10 of 1099511627776"},
		{"no part at all", first(), func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Range", "bytes 0-9/100")
			w.WriteHeader(http.StatusPartialContent)
			return true
		}, "the server answers a range with"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.file)
			s.on = test.on
			db, err := at(t, s.URL+"/pypi.xz", Options{})
			if test.want == "" && err == nil {
				same(t, db, first())
			} else {
				refuses(t, err, test.want)
			}
		})
	}
}

// packed packs what is sent, whether that was asked for or not.
func packed(w http.ResponseWriter, r *http.Request) bool {
	w.Header().Set("Content-Encoding", "gzip")
	return false
}

func withoutRange(_ http.ResponseWriter, r *http.Request) bool {
	r.Header.Del("Range")
	return false
}

func otherPart(_ http.ResponseWriter, r *http.Request) bool {
	r.Header.Set("Range", "bytes=0-99")
	return false
}

// What goes wrong after the database was opened.
func TestFaultsLater(t *testing.T) {
	tests := []struct {
		name string
		pin  bool
		then func(s *server)
		want string
	}{
		{"it grows", false, func(s *server) { s.becomes(slices.Concat(first(), next()), `"2"`) }, ""},
		{"written anew", false, func(s *server) { s.becomes(next()[1000:], `"2"`) }, "the file was written anew while it was read"},
		{"written anew, pinned", true, func(s *server) { s.becomes(next()[1000:], `"2"`) }, "the file was written anew since then, or the server alters it"},
		{"cut", false, func(s *server) { s.becomes(first()[:100], `"2"`) }, "the file was written anew while it was read"},
		{"it lies", false, func(s *server) { s.becomes(flipped(first()), `"1"`) }, "the server, or something on the way, alters what it sends"},
		{"another part", false, func(s *server) { s.on = otherPart }, "and the server sends others"},
		{"less than was asked for", false, func(s *server) { s.on = shortPart }, "and the server sends others"},
		{"it says that there is no such part", false, func(s *server) {
			s.on = func(w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("Content-Range", "bytes */100")
				w.WriteHeader(416)
				return true
			}
		}, "the file was written anew while it was read"},
		{"packed", false, func(s *server) { s.on = packed }, "the server packs what it sends"},
		{"broken now and then", false, func(s *server) { s.on = atFirst(503) }, ""},
		{"cut off now and then", false, func(s *server) { s.on = cutOff() }, ""},
		{"gone", false, func(s *server) {
			s.on = func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(404); return true }
		}, "not found"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, first())
			place := s.URL + "/pypi.xz"
			if test.pin {
				place += "#sha256=" + rootOf(t, first())
			}
			db := mustOpen(t, place, Options{})
			test.then(s)
			if test.want == "" {
				same(t, db, first())
				return
			}
			_, err := read(db.DB, some()...)
			refuses(t, err, test.want)
			var wrong *Wrong
			if errors.As(err, &wrong) && (wrong.Pinned != test.pin || !strings.Contains(err.Error(), "at byte "+strconv.FormatInt(wrong.Offset, 10))) {
				t.Errorf("%+v: %v", wrong, err)
			}
		})
	}
}

// shortPart sends the half of each part, and says so.
func shortPart(_ http.ResponseWriter, r *http.Request) bool {
	var from, to int
	fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-%d", &from, &to)
	r.Header.Set("Range", fmt.Sprintf("bytes=%d-%d", from, (from+to)/2))
	return false
}

// atFirst fails the first time that a part is asked for, with a status after which one asks again.
func atFirst(status int) func(http.ResponseWriter, *http.Request) bool {
	failed := map[string]bool{}
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		if part := r.Header.Get("Range"); !failed[part] {
			failed[part] = true
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(status)
			return true
		}
		return false
	}
}

// cutOff breaks the connection in the middle of an answer, the first time that a part is asked for.
func cutOff() func(http.ResponseWriter, *http.Request) bool {
	isFirst := atFirst(http.StatusOK)
	return func(w http.ResponseWriter, r *http.Request) bool {
		if !isFirst(httptest.NewRecorder(), r) {
			return false
		}
		w.Header().Set("Content-Range", "bytes 0-99/100")
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(http.StatusPartialContent)
		w.Write(make([]byte, 50))
		return true
	}
}

// flipped has a wrong bit in each 100 bytes, but not in the end.
func flipped(data []byte) []byte {
	data = slices.Clone(data)
	for i := 0; i < len(data)-tailSize; i += 100 {
		data[i] ^= 1
	}
	return data
}

// Redirections are followed once, and again when the place that they led to is gone.
func TestRedirected(t *testing.T) {
	s := serve(t, first())
	signature := 1
	redirects := 0
	s.on = func(w http.ResponseWriter, r *http.Request) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		switch r.URL.RawQuery {
		case "":
			redirects++
			http.Redirect(w, r, "/signed?secret="+strconv.Itoa(signature), http.StatusFound)
		case "secret=" + strconv.Itoa(signature):
			return false
		default:
			w.WriteHeader(http.StatusForbidden)
		}
		return true
	}
	db := mustOpen(t, s.URL+"/pypi.xz", Options{})
	if _, err := read(db.DB, "p00001", "p00002"); err != nil || redirects != 1 {
		t.Errorf("%d redirections, %v", redirects, err)
	}
	s.mu.Lock()
	signature++
	s.mu.Unlock()
	same(t, db, first())
}

// A server that says nothing is given up, and so is what the user gives up.
func TestPatience(t *testing.T) {
	s := serve(t, first())
	held := make(chan struct{})
	t.Cleanup(func() { close(held) })
	s.on = func(http.ResponseWriter, *http.Request) bool { <-held; return true }
	quick := index.NewTransport(index.Options{Timeout: 20 * time.Millisecond, Retries: 1})
	_, err := at(t, s.URL, Options{Transport: quick})
	refuses(t, err, "nothing came for 20ms")
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := at(t, s.URL, Options{Context: ctx}); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}
