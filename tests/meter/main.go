// Command meter counts what a program asks of a package index:
//
//	go run ./tests/meter COMMAND ARGUMENT…
//
// It runs the command with PIP_INDEX_URL and UV_DEFAULT_INDEX set to a proxy on the loopback, which passes requests on
// to the index that pip is configured with and to that index's file host, and prints a line of JSON on standard error:
//
//	{"requests": 21, "bytes": 180321, "milliseconds": 640}
//
// Bytes are those of the answers' bodies as they are sent: pages are compressed for a client that takes gzip.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"mach/helper/index"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: meter COMMAND ARGUMENT…")
		os.Exit(2)
	}
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "meter:", err)
		os.Exit(3)
	}
	os.Exit(code)
}

func run(command []string) (code int, err error) {
	found, err := index.Discover(index.DiscoverOptions{})
	if err != nil {
		return 0, err
	}
	main, ok := found.Main()
	if !ok {
		return 0, errors.New("there is no index")
	}
	upstream, err := url.Parse(main.SimpleURL)
	if err != nil {
		return 0, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	m := &meter{self: "http://" + listener.Addr().String()}
	go http.Serve(listener, m.handler())
	simple := m.through(upstream)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "PIP_INDEX_URL="+simple, "UV_DEFAULT_INDEX="+simple)
	start := time.Now()
	err = cmd.Run()
	elapsed := time.Since(start)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return 0, err
	}
	return cmd.ProcessState.ExitCode(), json.NewEncoder(os.Stderr).Encode(map[string]int64{
		"requests": m.requests.Load(), "bytes": m.bytes.Load(), "milliseconds": elapsed.Milliseconds(),
	})
}

// meter is the proxy. The path of a request is /SCHEME/HOST/PATH of what it stands for.
type meter struct {
	self            string
	requests, bytes atomic.Int64
}

// through is the URL at the proxy that stands for u.
func (m *meter) through(u *url.URL) string {
	return m.self + "/" + u.Scheme + "/" + u.Host + u.EscapedPath()
}

func (m *meter) handler() http.Handler {
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			parts := strings.SplitN(strings.TrimPrefix(r.In.URL.EscapedPath(), "/"), "/", 3)
			r.Out.URL = &url.URL{Scheme: parts[0], Host: parts[1], RawQuery: r.In.URL.RawQuery}
			r.Out.URL.Path, _ = url.PathUnescape("/" + parts[2])
			r.Out.URL.RawPath = "/" + parts[2]
			r.Out.Host = parts[1]
			r.Out.Header.Del("Accept-Encoding") // the transport's own, so that pages come readable
		},
		ModifyResponse: m.answer,
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.requests.Add(1)
		if strings.Count(r.URL.Path, "/") < 3 {
			http.NotFound(w, r)
			return
		}
		proxy.ServeHTTP(&counted{w, &m.bytes}, r)
	})
}

// links are the absolute links of a page, and of a redirect.
var links = regexp.MustCompile(`(https?)://([^/"'<>\s]+)/`)

// answer leads the links of a page to the proxy.
func (m *meter) answer(r *http.Response) error {
	lead := func(text string) string { return links.ReplaceAllString(text, m.self+"/$1/$2/") }
	if to := r.Header.Get("Location"); to != "" {
		r.Header.Set("Location", lead(to))
	}
	kind := r.Header.Get("Content-Type")
	if !strings.Contains(kind, "json") && !strings.Contains(kind, "html") {
		return nil
	}
	page, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	body := []byte(lead(string(page)))
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	r.Header.Set("Content-Encoding", "gzip")
	r.Header.Set("Content-Length", strconv.Itoa(packed.Len()))
	r.ContentLength = int64(packed.Len())
	r.Body = io.NopCloser(&packed)
	return nil
}

// counted counts what is written.
type counted struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

// Write implements io.Writer.
func (c *counted) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes.Add(int64(n))
	return n, err
}
