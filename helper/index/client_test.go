package index

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// serve runs an index for one test. Nothing of the machine's configuration is used.
func serve(t *testing.T, h http.HandlerFunc) Index {
	t.Helper()
	lonely(t)
	for _, name := range []string{"PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_PROXY"} {
		t.Setenv(name, "")
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	ix, err := New(s.URL+"/simple/", "test")
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

const emptyPage = `{"meta":{"api-version":"1.0"},"name":"a","files":[]}`

func answer(w http.ResponseWriter, page string) {
	w.Header().Set("Content-Type", typeJSON)
	fmt.Fprint(w, page)
}

// An answer of 500 now and then is asked again, and so is a body that ends early.
func TestRetries(t *testing.T) {
	var n atomic.Int64
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if got := r.UserAgent(); got != "mach/1.2" {
			t.Errorf("User-Agent %q", got)
		}
		switch n.Add(1) {
		case 1:
			w.WriteHeader(http.StatusInternalServerError)
		case 2:
			w.Header().Set("Content-Length", "1000")
			answer(w, emptyPage)
		default:
			answer(w, emptyPage)
		}
	})
	c := NewClient(ix, Options{Version: "1.2"})
	if _, err := c.Project(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if c.Requests() != 3 {
		t.Errorf("%d requests counted, want 3", c.Requests())
	}
}

// What is wrong for good is one clear error, with the URL and without credentials.
func TestErrors(t *testing.T) {
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    string
		is      error
	}{
		"missing":      {http.NotFound, `project "a": not found in the index http://`, ErrNotFound},
		"unauthorised": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, "the index refuses to answer (401 Unauthorized)", nil},
		"down":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "the index answers 503 Service Unavailable", nil},
		"loop":         {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, "stopped after 10 redirects", nil},
		"no index":     {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }, `content type "text/plain" is not that of an index`, nil},
		"not JSON":     {func(w http.ResponseWriter, _ *http.Request) { answer(w, "{") }, "not a page of an index: unexpected end of JSON", nil},
		"version 2":    {func(w http.ResponseWriter, _ *http.Request) { answer(w, `{"meta":{"api-version":"2.0"}}`) }, `API version "2.0" is not 1.x`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			ix := serve(t, test.handler)
			ix.user = withPassword
			_, err := NewClient(ix, Options{Retries: 1}).Project(t.Context(), "a")
			if err == nil || !strings.Contains(err.Error(), test.want) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if strings.Contains(fmt.Sprint(err), "secret") {
				t.Errorf("the error has the password: %v", err)
			}
		})
	}
}

// The bound on requests is hard: retries count too, and nothing is asked beyond it.
func TestBudget(t *testing.T) {
	var n atomic.Int64
	ix := serve(t, func(w http.ResponseWriter, _ *http.Request) { n.Add(1); w.WriteHeader(500) })
	c := NewClient(ix, Options{MaxRequests: 2})
	for range 3 {
		if _, err := c.Project(t.Context(), "a"); !errors.Is(err, ErrBudget) {
			t.Errorf("got %v", err)
		}
	}
	if n.Load() != 2 || c.Requests() != 2 {
		t.Errorf("%d requests made and %d counted, want 2", n.Load(), c.Requests())
	}
}

// What was read is not asked for again, absence included; offline, a page may have any age.
func TestCache(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/a/") {
			answer(w, emptyPage)
			return
		}
		w.WriteHeader(404)
	})
	cache := t.TempDir()
	ask := func(o Options, want int) {
		t.Helper()
		o.Cache = cache
		c := NewClient(ix, o)
		if _, err := c.Project(t.Context(), "a"); err != nil {
			t.Error(err)
		}
		if _, err := c.Project(t.Context(), "b"); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
		if c.Requests() != want {
			t.Errorf("%d requests, want %d", c.Requests(), want)
		}
	}
	ask(Options{}, 2)
	ask(Options{MaxAge: time.Hour}, 0)
	ask(Options{Offline: true}, 0)
	ask(Options{}, 2)

	_, err := NewClient(ix, Options{Cache: cache, Offline: true}).Project(t.Context(), "c")
	if !errors.Is(err, ErrOffline) {
		t.Errorf("offline and not in the cache: got %v", err)
	}
}

// A machine without network is told so, at once.
func TestNoNetwork(t *testing.T) {
	ix := serve(t, http.NotFound)
	ix.SimpleURL = "http://127.0.0.1:1/simple/"
	_, err := NewClient(ix, Options{Retries: 1}).Project(t.Context(), "a")
	if !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), "http://127.0.0.1:1/simple/a/: no connection") {
		t.Errorf("got %v", err)
	}
}

// Credentials go to the index and not to the host of its files.
func TestCredentials(t *testing.T) {
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, _, ok := r.BasicAuth(); ok {
			t.Error("the file host gets the credentials")
		}
	}))
	defer files.Close()
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "me" || password != "secret" {
			t.Errorf("the index gets %q, %q", user, password)
		}
		answer(w, `{"meta":{"api-version":"1.0"},"files":[{"filename":"a-1-py3-none-any.whl","url":"`+files.URL+`/a-1-py3-none-any.whl","core-metadata":true}]}`)
	})
	ix, err := New(strings.Replace(ix.SimpleURL, "://", "://me:secret@", 1), "test")
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient(ix, Options{})
	p, err := c.Project(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.WheelMetadata(t.Context(), p.Files[0]); err != nil {
		t.Error(err)
	}
	if s := fmt.Sprintf("%v %+v %s", ix, ix, c.Index()); strings.Contains(s, "secret") {
		t.Errorf("printing an index shows the password: %s", s)
	}
}

// No more than four requests are under way at once.
func TestPoliteness(t *testing.T) {
	var now, most atomic.Int64
	ix := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
		answer(w, emptyPage)
	})
	c := NewClient(ix, Options{})
	done := make(chan error)
	for i := range 20 {
		go func() {
			_, err := c.Project(context.Background(), fmt.Sprint("p", i))
			done <- err
		}()
	}
	for range 20 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != atOnce {
		t.Errorf("%d requests at once, want %d", most.Load(), atOnce)
	}
}
