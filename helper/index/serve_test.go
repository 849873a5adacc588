package index

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// lonelyWire is a machine on which no connection is configured either.
func lonelyWire(t *testing.T) {
	t.Helper()
	lonely(t)
	for _, name := range []string{
		"PIP_CERT", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CLIENT_CERT", "SSL_CLIENT_CERT", "PIP_PROXY",
		"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "PIP_TIMEOUT", "PIP_DEFAULT_TIMEOUT", "UV_HTTP_TIMEOUT",
		"PIP_RETRIES", "UV_HTTP_RETRIES", "PIP_TRUSTED_HOST", "UV_INSECURE_HOST", "NETRC",
	} {
		t.Setenv(name, "")
	}
}

// serve runs an index for one test. Nothing of the machine's configuration is used.
func serve(t *testing.T, h http.HandlerFunc) Index {
	t.Helper()
	lonelyWire(t)
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return indexAt(t, s.URL)
}

func indexAt(t *testing.T, root string) Index {
	t.Helper()
	ix, err := New(root+"/simple/", "test")
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// newTransport is impatient.
func newTransport(o Options) *Transport {
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	t := NewTransport(o)
	t.pause = time.Millisecond
	return t
}

func newClient(ix Index, o Options) *Client { return newTransport(o).Client(ix) }

const emptyPage = `{"meta":{"api-version":"1.0"},"name":"a","files":[]}`

func answer(w http.ResponseWriter, page string) {
	w.Header().Set("Content-Type", typeJSON)
	fmt.Fprint(w, page)
}

// pageOf is a page of these files, below /files/ of the same server.
func pageOf(files ...string) string {
	for i, f := range files {
		name, _ := json.Marshal(f) // a string can be
		files[i] = fmt.Sprintf(`{"filename":%s,"url":"/files/%s","hashes":{}}`, name, url.PathEscape(f))
	}
	return `{"meta":{"api-version":"1.0"},"files":[` + strings.Join(files, ",") + `]}`
}

// refuses fails the test if err is not want, or has what must not be shown.
func refuses(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if strings.Contains(fmt.Sprint(err), "secret") {
		t.Errorf("the error has the password: %v", err)
	}
}

func write(t *testing.T, mode os.FileMode, text string, path ...string) string {
	t.Helper()
	file := strings.Join(path, "/")
	if err := os.MkdirAll(file[:strings.LastIndexByte(file, '/')], 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return file
}
