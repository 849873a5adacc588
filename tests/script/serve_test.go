package script

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// fileServer has one file at /pypi.xz. Words change how it is served:
//
//	noranges   always the whole
//	moved      it is somewhere else, whose URL is signed
//	rewritten  only its end is right, until that is asked for again
//	lying      only its end is right
//	STATUS     every answer has this status, such as 401
type fileServer struct {
	data  []byte
	words []string
	mu    sync.Mutex
	tails int
}

// serveFile is the command "serve FILE VAR [WORD…]", which sets a variable to the URL of a file on a server.
func serveFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: serve FILE VAR [WORD…]")
	}
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	server := httptest.NewServer(&fileServer{data: data, words: args[2:]})
	ts.Defer(server.Close)
	ts.Setenv(args[1], server.URL+"/pypi.xz")
}

// ServeHTTP implements http.Handler.
func (s *fileServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	tail := strings.HasPrefix(r.Header.Get("Range"), "bytes=-")
	s.mu.Lock()
	if tail {
		s.tails++
	}
	wrong := slices.Contains(s.words, "lying") || slices.Contains(s.words, "rewritten") && s.tails == 1
	s.mu.Unlock()
	data := s.data
	switch {
	case slices.Contains(s.words, "401"):
		w.WriteHeader(http.StatusUnauthorized)
		return
	case slices.Contains(s.words, "moved") && r.URL.RawQuery == "":
		http.Redirect(w, r, "/elsewhere?signature=s3cret", http.StatusFound)
		return
	case r.URL.Path != "/pypi.xz" && r.URL.Path != "/elsewhere":
		w.WriteHeader(http.StatusNotFound)
		return
	case slices.Contains(s.words, "noranges"):
		r.Header.Del("Range")
	case wrong && !tail:
		data = make([]byte, len(data))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
