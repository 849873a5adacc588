package index

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// wire makes single requests, without retries. It counts them, bounds the time in which nothing comes, and unpacks.
type wire struct {
	*Transport
	checked, unchecked *http.Transport // of certificates
	trusted            []string
	timeout            time.Duration
	retries            int
}

// open reads what the environment and pip's configuration say of connections.
func (t *Transport) open() (*wire, error) {
	conf, err := readPipConfig()
	if err != nil {
		return nil, err
	}
	tlsConfig, err := tlsConfig(conf)
	if err != nil {
		return nil, err
	}
	w := &wire{Transport: t, timeout: t.options.Timeout, retries: t.options.Retries}
	if w.timeout == 0 {
		w.timeout = seconds(conf.setting("30", "timeout", "PIP_TIMEOUT", "PIP_DEFAULT_TIMEOUT", "UV_HTTP_TIMEOUT"))
	}
	if w.retries == 0 {
		n, err := strconv.Atoi(conf.setting("3", "retries", "PIP_RETRIES", "UV_HTTP_RETRIES"))
		if err != nil || n < 0 {
			n = 3
		}
		w.retries = min(n, 10)
	}
	w.trusted = slices.Concat(t.options.TrustedHosts,
		strings.Fields(conf.setting("", "trusted-host", "PIP_TRUSTED_HOST", "UV_INSECURE_HOST")))
	w.checked = &http.Transport{
		Proxy:                  proxy(conf),
		DialContext:            (&net.Dialer{Timeout: min(w.timeout, 15*time.Second), KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:        tlsConfig,
		TLSHandshakeTimeout:    15 * time.Second,
		MaxIdleConnsPerHost:    t.options.AtOnce,
		IdleConnTimeout:        time.Minute,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // done here, where bytes are counted
		MaxResponseHeaderBytes: 256 << 10,
	}
	w.unchecked = w.checked.Clone()
	w.unchecked.TLSClientConfig.InsecureSkipVerify = true
	return w, nil
}

func seconds(s string) time.Duration {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n <= 0 || n > 3600 {
		n = 30
	}
	return time.Duration(n * float64(time.Second))
}

// setting is what the first of some variables says, else pip's configuration, else the default.
func (c pipConfig) setting(fallback, key string, variables ...string) string {
	for _, name := range variables {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	if v, _ := c.get(key); v != "" {
		return v
	}
	return fallback
}

// authorized is a wire with the credentials of a client. They are added here, at each hop of a redirection anew, and
// not where net/http would copy them to the next.
type authorized struct {
	*wire
	client *Client
}

// errStalled is a server that says nothing for too long.
type errStalled struct{ after time.Duration }

func (e errStalled) Error() string { return fmt.Sprintf("nothing came for %s", e.after) }

// RoundTrip makes one request.
func (a *authorized) RoundTrip(req *http.Request) (*http.Response, error) {
	w := a.wire
	if n := w.requests.Add(1); w.options.MaxRequests > 0 && n > int64(w.options.MaxRequests) {
		w.requests.Add(-1)
		return nil, ErrBudget
	}
	if err := w.pacer.wait(req.Context(), w.options.PerSecond); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	req = req.Clone(ctx)
	a.client.authorize(req)
	unpack := req.Header.Get("Accept-Encoding") == "" // else what is sent is wanted as it is
	if unpack {
		req.Header.Set("Accept-Encoding", "gzip")
	}
	x := &exchange{wire: w, began: time.Now(), ctx: ctx, cancel: cancel, Exchange: Exchange{URL: redact(req.URL.String())}}
	x.timer = time.AfterFunc(w.timeout, func() { cancel(errStalled{w.timeout}) })
	w.active.Add(1)
	transport := w.checked
	if slices.Contains(w.trusted, req.URL.Hostname()) || slices.Contains(w.trusted, req.URL.Host) {
		transport = w.unchecked
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		err = x.cause(err)
		x.end(err)
		return nil, err
	}
	x.Status, x.body = resp.StatusCode, resp.Body
	resp.Body = x
	if unpack && resp.Header.Get("Content-Encoding") == "gzip" && resp.StatusCode != http.StatusNotModified {
		resp.Body = &unpacked{exchange: x}
		resp.ContentLength = -1
		resp.Header.Del("Content-Encoding")
	}
	return resp, nil
}

// exchange is a request under way. As the body of its response it counts, and it fails if nothing comes for too long.
type exchange struct {
	Exchange
	*wire
	began  time.Time
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	body   io.ReadCloser
	once   sync.Once
}

// bodyError is a body that was cut off.
type bodyError struct{ err error }

func (e *bodyError) Error() string { return "the answer is cut off: " + e.err.Error() }
func (e *bodyError) Unwrap() error { return e.err }

// cause is why the request was given up, if it was.
func (x *exchange) cause(err error) error {
	var stalled errStalled
	if errors.As(context.Cause(x.ctx), &stalled) {
		return stalled
	}
	return err
}

// Read reads of the body as it is sent.
func (x *exchange) Read(p []byte) (int, error) {
	x.timer.Reset(x.timeout)
	n, err := x.body.Read(p)
	x.Bytes += int64(n)
	x.bytes.Add(int64(n))
	if err != nil && !errors.Is(err, io.EOF) {
		err = &bodyError{x.cause(err)}
		x.Err = err
	}
	return n, err
}

// Close ends the request.
func (x *exchange) Close() error {
	err := x.body.Close()
	x.end(x.Err)
	return err
}

func (x *exchange) end(err error) {
	x.once.Do(func() {
		x.timer.Stop()
		x.cancel(nil)
		x.active.Add(-1)
		if x.Took, x.Err = time.Since(x.began), err; x.options.Log != nil {
			x.options.Log(x.Exchange)
		}
	})
}

// unpacked is a body that was sent packed.
type unpacked struct {
	*exchange
	gzip *gzip.Reader
}

// Read reads of the body as it was before it was packed.
func (u *unpacked) Read(p []byte) (n int, err error) {
	if u.gzip == nil {
		u.gzip, err = gzip.NewReader(u.exchange)
	}
	if err == nil {
		n, err = u.gzip.Read(p)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = &bodyError{err}
	}
	return n, err
}
