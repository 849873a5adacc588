package index

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// What is sent packed is counted as it is sent, and unpacked as far as it is allowed to become.
func TestGzip(t *testing.T) {
	packed := func(r io.Reader) []byte {
		var b bytes.Buffer
		g := gzip.NewWriter(&b)
		if _, err := io.Copy(g, r); err != nil {
			t.Fatal(err)
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	body := packed(strings.NewReader(pageOf("a-1.tar.gz")))
	bomb := packed(io.LimitReader(zeros{}, maxPage+1))
	for _, test := range []struct {
		why      string
		body     []byte
		err      string
		requests int
	}{
		{"a page", body, "", 1},
		{"a bomb", bomb, "/simple/a/: it is longer than 128 MiB: given up", 1},
		{"cut off where it was packed", body[:len(body)-20], "/simple/a/: the answer is cut off: unexpected EOF", 2},
		{"not packed at all", []byte("hello, this is not packed"), "gzip: invalid header", 1},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Accept-Encoding") != "gzip" {
					t.Errorf("%q is accepted", r.Header.Get("Accept-Encoding"))
				}
				w.Header().Set("Content-Encoding", "gzip")
				w.Header().Set("Content-Type", typeJSON)
				_, _ = w.Write(test.body)
			})
			c := newClient(ix, Options{Retries: 1})
			_, err := c.Project(t.Context(), "a")
			if test.err != "" {
				refuses(t, err, test.err)
			} else if err != nil || c.Stats().Bytes != int64(len(test.body)) {
				t.Errorf("%v, %d bytes counted of %d", err, c.Stats().Bytes, len(test.body))
			}
			if c.Stats().Requests != test.requests {
				t.Errorf("%d requests, want %d", c.Stats().Requests, test.requests)
			}
		})
	}
}

// A page of 100,000 files takes no more memory than a few times its length, and little once it is in the cache.
func TestHugePage(t *testing.T) {
	page := longPage("a", 5000, 20)
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", typeJSON)
		_, _ = w.Write(page)
	})
	o := Options{Cache: t.TempDir()}
	allocated := func(run func()) int {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		run()
		runtime.ReadMemStats(&after)
		return int(after.TotalAlloc - before.TotalAlloc)
	}
	read := func() {
		p, err := newClient(ix, o).Project(t.Context(), "a")
		if err != nil || len(p.Versions) != 5000 || len(p.Release(4999)) != 20 {
			t.Fatalf("got %v", err)
		}
	}
	if n := allocated(read); n > 12*len(page) {
		t.Errorf("fetched: %d MB for a page of %d MB", n>>20, len(page)>>20)
	}
	if n := allocated(read); n > 2<<20 {
		t.Errorf("in the cache: %d KB", n>>10)
	}
}

// What pip and uv are told of connections counts, and options count more.
func TestSettings(t *testing.T) {
	for _, test := range []struct {
		why, conf string
		env       []string
		options   Options
		want      string
	}{
		{why: "by default", want: "30s 3 []"},
		{why: "pip's configuration", conf: "[global]\ntimeout = 7\nretries = 1\ntrusted-host = a\n  b:8080\n", want: "7s 1 [a b:8080]"},
		{why: "pip's variables", env: []string{"PIP_DEFAULT_TIMEOUT=180", "PIP_RETRIES=5", "PIP_TRUSTED_HOST=a b"}, want: "3m0s 5 [a b]"},
		{why: "uv's", env: []string{"UV_HTTP_TIMEOUT=0.5", "UV_HTTP_RETRIES=99", "UV_INSECURE_HOST=a"}, want: "500ms 10 [a]"},
		{why: "nonsense", env: []string{"PIP_TIMEOUT=-1", "PIP_RETRIES=x"}, want: "30s 3 []"},
		{
			why: "options", env: []string{"PIP_DEFAULT_TIMEOUT=180", "PIP_RETRIES=5", "PIP_TRUSTED_HOST=a"},
			options: Options{Timeout: time.Second, Retries: 2, TrustedHosts: []string{"b"}}, want: "1s 2 [b a]",
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			lonelyWire(t)
			write(t, 0o644, test.conf, globalConfigs()[0])
			for _, one := range test.env {
				name, value, _ := strings.Cut(one, "=")
				t.Setenv(name, value)
			}
			w, err := NewTransport(test.options).open()
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprintf("%v %d %v", w.timeout, w.retries, w.trusted); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// ALL_PROXY is for hosts that neither NO_PROXY lists nor HTTPS_PROXY or HTTP_PROXY speaks for.
func TestAllProxy(t *testing.T) {
	for _, test := range []struct{ host, all, no, want string }{
		{"index.example", "socks5://proxy.example:1080", "", "socks5://proxy.example:1080"},
		{"index.example", "proxy.example:3128", "", "http://proxy.example:3128"},
		{"index.example", "proxy.example:3128", "other.example, .index.example", "<nil>"},
		{"files.index.example", "proxy.example:3128", "index.example", "<nil>"},
		{"myindex.example", "proxy.example:3128", "index.example", "http://proxy.example:3128"},
		{"index.example", "proxy.example:3128", "*", "<nil>"},
		{"127.0.0.1", "proxy.example:3128", "", "<nil>"},
		{"localhost", "proxy.example:3128", "", "<nil>"},
		{"index.example", "", "", "<nil>"},
	} {
		lonelyWire(t)
		t.Setenv("ALL_PROXY", test.all)
		t.Setenv("NO_PROXY", test.no)
		req, err := http.NewRequest(http.MethodGet, "https://"+test.host+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if u, err := proxy(pipConfig{})(req); err != nil || fmt.Sprint(u) != test.want {
			t.Errorf("%+v: got %v, %v", test, u, err)
		}
	}
}
