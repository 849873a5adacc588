package index

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mach/helper/diag"
)

// An answer of 500 or 429 now and then is asked again, and so is a body that ends early.
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
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
		case 3:
			w.Header().Set("Content-Length", "1000")
			answer(w, emptyPage)
		default:
			answer(w, emptyPage)
		}
	})
	var log []string
	o := Options{Version: "1.2", Log: func(x Exchange) { log = append(log, fmt.Sprint(x.Status, " ", x.Bytes, " ", x.Err)) }}
	c := newClient(ix, o)
	if _, err := c.Project(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if s := c.Stats(); s.Requests != 4 || s.Bytes != int64(2*len(emptyPage)) || c.transport.active.Load() != 0 {
		t.Errorf("counted: %+v", s)
	}
	want := []string{"500 0 <nil>", "429 0 <nil>", "200 52 the answer is cut off: unexpected EOF", "200 52 <nil>"}
	if strings.Join(log, "\n") != strings.Join(want, "\n") {
		t.Errorf("logged:\n%s", strings.Join(log, "\n"))
	}
}

// The bound on requests is hard: retries count too, and nothing is asked beyond it.
func TestBudget(t *testing.T) {
	var n atomic.Int64
	ix := serve(t, func(w http.ResponseWriter, _ *http.Request) { n.Add(1); w.WriteHeader(500) })
	c := newClient(ix, Options{MaxRequests: 2})
	for range 3 {
		if _, err := c.Project(t.Context(), "a"); !errors.Is(err, ErrBudget) {
			t.Errorf("got %v", err)
		}
	}
	if n.Load() != 2 || c.Stats().Requests != 2 {
		t.Errorf("%d requests made and %d counted, want 2", n.Load(), c.Stats().Requests)
	}
}

// No more requests than allowed are under way at once, whichever index they are for.
func TestAtOnce(t *testing.T) {
	var now, most atomic.Int64
	h := func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
		answer(w, emptyPage)
	}
	transport := newTransport(Options{AtOnce: 4})
	clients := []*Client{transport.Client(serve(t, h)), transport.Client(serve(t, h))}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if _, err := clients[i%2].Project(context.Background(), fmt.Sprint("p", i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() != 4 {
		t.Errorf("%d requests at once, want 4", most.Load())
	}
}

// A request that is waiting, for a slot or for a retry, ends with its context.
func TestCancel(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) })
	transport := NewTransport(Options{AtOnce: 1, Retries: 10})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if _, err := transport.Client(ix).Project(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
	}
	wg.Wait()
}

// What is wrong for good is one clear error, with the URL and without credentials. All fail the world (exit code 3).
func TestErrors(t *testing.T) {
	status := func(code int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if len(header) == 2 {
				w.Header().Set(header[0], header[1])
			}
			w.WriteHeader(code)
		}
	}
	body := func(kind, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, text)
		}
	}
	redirect := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/login") {
				http.Redirect(w, r, strings.ReplaceAll(to, "HOST", r.Host), http.StatusFound)
				return
			}
			body("text/html", "<html><form action=login><input name=password></form>")(w, r)
		}
	}
	for _, test := range []struct {
		why      string
		handler  http.HandlerFunc
		want, is string
		requests int
	}{
		{"no such project", http.NotFound, `project "a": not found in the index http://`, "ErrNotFound", 1},
		{"gone", status(410), `project "a": not found in the index http://`, "ErrNotFound", 1},
		{"down", status(503), `/simple/a/: the server answers 503 Service Unavailable`, "", 3},
		{"busy for long", status(429, "Retry-After", "3600"), `the server answers 429 Too Many Requests, and wants the next request after "3600"`, "", 1},
		{"a proxy that wants a password", status(407), "the proxy asks for a user and a password (407 Proxy Authentication Required)", "", 1},
		{"a redirection in a circle", redirect("/simple/a/"), "it redirects ten times, last to http://", "", 10},
		{"… to a file", redirect("file:///etc/passwd"), "it redirects to file:///etc/passwd, which is neither http nor https", "", 1},
		{"… to a page for people", redirect("http://me:secret@HOST/login?token=secret"), "/login?…: not a page of an index: it is an ordinary web page", "", 2},
		{"an ordinary page", body("text/html", `<html><a href="/about">About us</a></html>`), "not a page of an index: it is an ordinary web page", "", 1},
		{"a page without anything", body("text/html", ""), "not a page of an index: it is an ordinary web page", "", 1},
		{"text", body("text/plain", "hello"), `not a page of an index: its content type is "text/plain"`, "", 1},
		{"no type", body("", "hello"), `not a page of an index: its content type is ""`, "", 1},
		{"half of a page", body(typeJSON, `{"files":[{"url":`), "not a page of an index: JSON: byte 17: a value expected", "", 1},
		{"other JSON", body("application/json", `{"error":"no"}`), "not a page of an index: there is no API version", "", 1},
		{"JSON that is no object", body("application/json", `[1]`), "not a page of an index: JSON: byte 0: an object expected", "", 1},
		{"version 2", body(typeJSON, `{"meta":{"api-version":"2.0"}}`), `the index speaks version "2.0" of its API, and mach reads 1.x`, "", 1},
		{"version 2 in HTML", body("text/html", `<meta name="pypi:repository-version" content="2.0">`), `the index speaks version "2.0"`, "", 1},
		{"a URL that is none", body(typeJSON, `{"meta":{"api-version":"1.0"},"files":[{"filename":"f","url":"http://me:secret@[::1"}]}`), `file "f": its URL cannot be read`, "", 1},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix := serve(t, test.handler)
			ix.user = withPassword
			c := newClient(ix, Options{Retries: 2})
			_, err := c.Project(t.Context(), "a")
			refuses(t, err, test.want)
			if errors.Is(err, ErrNotFound) != (test.is == "ErrNotFound") || diag.ExitCode(err) != diag.ExitWorld {
				t.Errorf("%v is of the wrong kind", err)
			}
			if c.Stats().Requests != test.requests {
				t.Errorf("%d requests, want %d", c.Stats().Requests, test.requests)
			}
		})
	}
}

// A newer version of the API with the same major is read, and an empty page is one.
func TestPagesThatAreNone(t *testing.T) {
	for _, body := range []string{
		`{"meta":{"api-version":"1.99"},"files":null,"new":[{"a":[1,-2.5e3,"\"]"]},null,true]}`,
		`<!DOCTYPE html><html><head><title>Links for a</title></head><body><h1>Links for a</h1></body></html>`,
		`<html><head><meta name="pypi:repository-version" content="1.9"></head><body><script></script></body></html>`,
		`<html><body></body></html>`,
	} {
		ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", map[byte]string{'{': "application/json", '<': "text/html"}[body[0]])
			fmt.Fprint(w, body)
		})
		p, err := newClient(ix, Options{}).Project(t.Context(), "a")
		if err != nil || len(p.Versions) != 0 {
			t.Errorf("%s: got %v", body, err)
		}
	}
}

// A server from which nothing comes for a while is given up, before its answer or within.
func TestStalls(t *testing.T) {
	for name, begin := range map[string]string{"before": "", "within": emptyPage[:20]} {
		t.Run(name, func(t *testing.T) {
			end := make(chan struct{})
			ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if begin != "" {
					answer(w, begin)
					w.(http.Flusher).Flush()
				}
				<-end
			})
			defer close(end)
			c := newClient(ix, Options{Retries: 1, Timeout: 50 * time.Millisecond})
			_, err := c.Project(t.Context(), "a")
			refuses(t, err, "/simple/a/: ")
			refuses(t, err, "nothing came for 50ms")
			if c.Stats().Requests != 2 || c.transport.active.Load() != 0 {
				t.Errorf("%+v", c.Stats())
			}
		})
	}
}

// A slow server is not a stalled one, however long it takes.
func TestSlow(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for i := range emptyPage {
			answer(w, emptyPage[i:i+1])
			w.(http.Flusher).Flush()
			time.Sleep(4 * time.Millisecond)
		}
	})
	if _, err := newClient(ix, Options{Retries: 1, Timeout: 100 * time.Millisecond}).Project(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}

// A machine without network is told so, at once.
func TestNoNetwork(t *testing.T) {
	ix := serve(t, http.NotFound)
	ix.SimpleURL = "http://127.0.0.1:1/simple/"
	_, err := newClient(ix, Options{Retries: 1}).Project(t.Context(), "a")
	refuses(t, err, "http://127.0.0.1:1/simple/a/: no connection")
	if !errors.Is(err, ErrNetwork) {
		t.Errorf("got %v", err)
	}
}

// A certificate that nobody vouches for is refused, with what to do; a trusted host's is not looked at. What is
// encrypted is not left for what is not.
func TestCertificates(t *testing.T) {
	lonelyWire(t)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/simple/down/" {
			http.Redirect(w, r, "http://"+r.Host+"/", http.StatusFound)
			return
		}
		answer(w, emptyPage)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	ix := indexAt(t, s.URL)
	_, err := newClient(ix, Options{}).Project(t.Context(), "a")
	refuses(t, err, "certificate signed by unknown authority")
	var e *diag.Error
	if !errors.As(err, &e) || !strings.Contains(fmt.Sprint(hints(err)), "--trusted-host") {
		t.Errorf("no hint: %v", err)
	}

	c := newClient(ix, Options{TrustedHosts: []string{"127.0.0.1"}})
	if _, err := c.Project(t.Context(), "a"); err != nil {
		t.Error(err)
	}
	_, err = c.Project(t.Context(), "down")
	refuses(t, err, "which is not encrypted")

	own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	file := write(t, 0o644, string(own), t.TempDir(), "own.pem")
	for name, value := range map[string]string{"PIP_CERT": file, "SSL_CERT_FILE": file, "SSL_CERT_DIR": "/missing:" + filepath.Dir(file)} {
		t.Setenv(name, value)
		if _, err := newClient(ix, Options{}).Project(t.Context(), "a"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		t.Setenv(name, "")
	}
	t.Setenv("SSL_CERT_FILE", "/no-cert-file.crt") // as in builds of Nix
	_, err = newClient(ix, Options{}).Project(t.Context(), "a")
	refuses(t, err, "certificate signed by unknown authority")

	t.Setenv("PIP_CERT", filepath.Join(t.TempDir(), "missing.pem"))
	_, err = newClient(ix, Options{}).Project(t.Context(), "a")
	refuses(t, err, "PIP_CERT: open ")
	t.Setenv("PIP_CERT", os.DevNull)
	_, err = newClient(ix, Options{}).Project(t.Context(), "a")
	refuses(t, err, "PIP_CERT: /dev/null has no certificate")
}

func hints(err error) (all []string) {
	for err != nil {
		if e, ok := err.(*diag.Error); ok {
			all = append(all, e.Hints...)
		}
		err = errors.Unwrap(err)
	}
	return all
}
