package index

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The list of an index is read in both forms; what is no list is an error.
func TestProjects(t *testing.T) {
	for name, test := range map[string]struct {
		kind, body, err string
		want            []Listed
		serial          int64
	}{
		"JSON":        {typeJSON, `{"meta":{"api-version":"1.3","_last-serial":9},"projects":[{"_last-serial":4,"name":"Zope.Interface"},{"name":"a"},{"name":"A"}]}`, "", []Listed{{"a", 0}, {"zope-interface", 4}}, 9},
		"HTML":        {"text/html", `<html><a href="/simple/b/">b</a> <a href='a/'>A_1</a>`, "", []Listed{{"a-1", 0}, {"b", 0}}, 0},
		"cut off":     {typeJSON, `{"meta":{"api-version":"1.0"},"projects":[{"name":"a"`, "not a list of projects", nil, 0},
		"no version":  {typeJSON, `{"projects":[{"name":"a"}]}`, "there is no API version", nil, 0},
		"other thing": {"text/plain", `a`, `its content type is "text/plain"`, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClient(serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/simple/" {
					t.Errorf("asked for %s", r.URL)
				}
				w.Header().Set("Content-Type", test.kind)
				_, _ = io.WriteString(w, test.body)
			}), Options{})
			got, serial, err := c.Projects(t.Context())
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got %v, want %s", err, test.err)
				}
				return
			}
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" || serial != test.serial {
				t.Errorf("%v, serial %d, -want +got:\n%s", err, serial, diff)
			}
		})
	}
}

// With validators of its own, and no cache, a caller is told that a page has not changed.
func TestProjectSince(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"new"`)
		w.Header().Set("Content-Type", typeJSON)
		if r.Header.Get("If-None-Match") == `"new"` || r.Header.Get("If-Modified-Since") == "today" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		answer(w, emptyPage)
	})
	for _, cache := range []string{"", t.TempDir()} {
		c := newClient(ix, Options{Cache: cache})
		for _, test := range []struct {
			etag, modified string
			unchanged      bool
		}{{"", "", false}, {`"old"`, "", false}, {`"new"`, "", true}, {"", "today", cache == ""}} {
			p, unchanged, err := c.ProjectSince(t.Context(), "a", test.etag, test.modified)
			if err != nil || unchanged != test.unchanged {
				t.Errorf("%+v: unchanged %t, %v", test, unchanged, err)
				continue
			}
			if unchanged {
				continue
			}
			if etag, _ := p.Validators(); etag != `"new"` {
				t.Errorf("%+v: the page has the tag %s", test, etag)
			}
		}
	}
}

// Requests wait for their turn, and a wait ends with the context.
func TestPace(t *testing.T) {
	var p pacer
	if err := p.wait(t.Context(), 1.0/3600); err != nil {
		t.Error(err)
	}
	if wait := time.Until(p.next); wait < 50*time.Minute {
		t.Errorf("the next request may go out after %s", wait)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.wait(ctx, 1.0/3600); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
