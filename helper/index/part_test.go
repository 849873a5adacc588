package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

const alphabet = "abcdefghijklmnopqrstuvwxyz"

func serveAlphabet(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", `"1"`)
	http.ServeContent(w, r, "a", time.Time{}, strings.NewReader(alphabet))
}

func TestPart(t *testing.T) {
	tests := []struct {
		from, to, size int64
		data           string
	}{
		{0, 3, 26, "abc"},
		{20, 26, 26, "uvwxyz"},
		{20, 99, 26, "uvwxyz"}, // less than was asked for
		{50, 99, 26, ""},       // there is nothing
	}
	c := newClient(serve(t, serveAlphabet), Options{})
	for _, test := range tests {
		p, err := c.Part(context.Background(), c.index.SimpleURL, test.from, test.to)
		if err != nil || string(p.Data) != test.data || p.Size != test.size || len(p.Data) > 0 && (p.Start != test.from || p.Tag != `"1"`) {
			t.Errorf("%d to %d: %+v %v", test.from, test.to, p, err)
		}
	}
}

// The end of a file is kept, and asked for again if it may have changed.
func TestTail(t *testing.T) {
	ix := serve(t, serveAlphabet)
	cache := t.TempDir()
	for _, test := range []struct {
		Options
		anew     bool
		requests int
	}{{Options{}, false, 1}, {Options{}, false, 0}, {Options{Refresh: true}, false, 1}, {Options{Offline: true}, false, 0}, {Options{}, true, 1}} {
		test.Cache = cache
		c := newClient(ix, test.Options)
		p, err := c.Tail(context.Background(), ix.SimpleURL, 3, test.anew)
		if err != nil || string(p.Data) != "xyz" || p.Start != 23 || p.Size != 26 || p.Tag != `"1"` || c.Stats().Requests != test.requests {
			t.Errorf("%+v: %+v %v, %d requests", test, p, err, c.Stats().Requests)
		}
	}
}

// Some servers refuse the last bytes of a file that has fewer, and say how many it has.
func TestTailOfShortFile(t *testing.T) {
	for name, serves := range map[string]http.HandlerFunc{
		"as RFC 9110 has it": serveAlphabet,
		"refused": func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.Header.Get("Range"), "bytes=-") {
				w.Header().Set("Content-Range", "bytes */26")
				w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
				return
			}
			serveAlphabet(w, r)
		},
		"whole": func(w http.ResponseWriter, r *http.Request) {
			r.Header.Del("Range")
			serveAlphabet(w, r)
		},
	} {
		c := newClient(serve(t, serves), Options{})
		p, err := c.Tail(context.Background(), c.index.SimpleURL, 1000, false)
		if err != nil || string(p.Data) != alphabet || p.Size != 26 {
			t.Errorf("%s: %+v %v", name, p, err)
		}
	}
	c := newClient(serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
	}), Options{})
	if _, err := c.Tail(context.Background(), c.index.SimpleURL, 1000, false); !errors.Is(err, ErrNoRanges) {
		t.Errorf("refused without a size: %v", err)
	}
}

// What was kept under a hash is that or nothing.
func TestBlock(t *testing.T) {
	transport := newTransport(Options{Cache: t.TempDir()})
	sum, other := sha256.Sum256([]byte("data")), sha256.Sum256([]byte("other"))
	transport.KeepBlock(sum, []byte("data"))
	transport.KeepBlock(other, []byte("what it is not"))
	if got := transport.Block(sum); string(got) != "data" {
		t.Errorf("got %q", got)
	}
	if got := transport.Block(other); got != nil {
		t.Errorf("with another hash: %q", got)
	}
	path := transport.store.path(kindBlock, hex.EncodeToString(sum[:]))
	if err := os.Truncate(path, 10); err != nil {
		t.Fatal(err)
	}
	if got := transport.Block(sum); got != nil {
		t.Errorf("cut off: %q", got)
	}
}
