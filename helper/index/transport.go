package index

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"github.com/jdx/go-netrc"

	"mach/helper/diag"
)

// Options say how indexes are read.
type Options struct {
	Version string // of mach, for the User-Agent

	Cache   string        // directory; "" keeps nothing
	MaxAge  time.Duration // pages younger than this are not asked for again, whatever the index says; 0: as it says
	Refresh bool          // pages are asked for again, whatever their age
	Offline bool          // no requests at all; a page of the cache may have any age

	AtOnce       int           // how many requests are under way at most; 0 is 32
	PerSecond    float64       // how many requests go out in a second at most; 0 is no bound
	MaxRequests  int           // bound on requests, retries and redirects included; 0 is no bound
	Retries      int           // after 5xx, 429, a broken connection or a stalled one; 0 is what pip and uv are told, or 3
	Timeout      time.Duration // how long a server may say nothing; 0 is what pip and uv are told, or 30 s
	TrustedHosts []string      // host or host:port whose certificates are not checked, beside those that pip and uv are told

	Warn func(error)    // told what is not fatal, as that the cache cannot be written; may be nil
	Log  func(Exchange) // told of each request when it has ended; may be nil
}

// Exchange is one request and its answer.
type Exchange struct {
	URL    string // without credentials
	Status int    // 0 if there was no answer
	Bytes  int64  // of the body, as sent
	Took   time.Duration
	Err    error
}

// Stats are the counts of what went over the wire.
type Stats struct {
	Requests int
	Bytes    int64 // of bodies, as sent
}

// Transport is what all Clients of a process share: connections, the bound on requests, the counts, and the cache. It
// does nothing before the first request, and is safe for concurrent use.
type Transport struct {
	options Options
	store   store
	slots   chan struct{}
	http    func() (*wire, error)
	netrc   func() *netrc.Netrc
	pause   time.Duration // before the first retry
	pacer   pacer

	requests, bytes, active atomic.Int64
	noRanges                sync.Map // hosts that do not serve parts of files
}

// NewTransport is a transport of these options.
func NewTransport(o Options) *Transport {
	if o.AtOnce == 0 {
		o.AtOnce = 32
	}
	t := &Transport{options: o, slots: make(chan struct{}, o.AtOnce), pause: 250 * time.Millisecond}
	t.store.dir, t.store.warn = o.Cache, o.Warn
	t.http = sync.OnceValues(t.open)
	t.netrc = sync.OnceValue(t.readNetrc)
	return t
}

// Client is a client for ix.
func (t *Transport) Client(ix Index) *Client { return &Client{index: ix, transport: t} }

// Stats are the counts so far.
func (t *Transport) Stats() Stats {
	return Stats{int(t.requests.Load()), t.bytes.Load()}
}

// maxWait is the longest pause that a server may ask for before the next request.
const maxWait = time.Minute

// retry is a client that asks again, for one request of c.
func (t *Transport) retry(w *wire, c *Client) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient: &http.Client{Transport: &authorized{w, c}, CheckRedirect: checkRedirect},
		RetryMax:   w.retries, RetryWaitMin: w.pause, RetryWaitMax: maxWait / 2,
		CheckRetry: checkRetry, Backoff: backoff, ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// backoff doubles the pause each time, or is what the server asks for, and a little more, lest all ask again at once.
func backoff(low, high time.Duration, attempt int, resp *http.Response) time.Duration {
	d := retryablehttp.DefaultBackoff(low, high, attempt, resp)
	return d + rand.N(d/4+1)
}

// checkRetry never asks again what must not be asked at all, or not so soon.
func checkRetry(ctx context.Context, resp *http.Response, err error) (bool, error) {
	var dns *net.DNSError
	var redirect *redirectError
	switch {
	case errors.Is(err, ErrBudget), errors.Is(err, ErrOffline), errors.As(err, &redirect):
		return false, err
	case errors.As(err, &dns) && dns.IsNotFound:
		return false, err
	case resp != nil && waitsLong(resp):
		return false, nil
	}
	return retryablehttp.DefaultRetryPolicy(ctx, resp, err)
}

func waitsLong(resp *http.Response) bool {
	wait := resp.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(wait); err == nil {
		return seconds > int(maxWait/time.Second)
	}
	at, err := http.ParseTime(wait)
	return err == nil && time.Until(at) > maxWait
}

// redirectError is a redirection that is not followed.
type redirectError struct{ reason string }

func (e *redirectError) Error() string { return e.reason }

// checkRedirect follows ten redirections, none of them away from encryption.
func checkRedirect(req *http.Request, via []*http.Request) error {
	to, from := redact(req.URL.String()), via[len(via)-1].URL
	switch {
	case req.URL.Scheme != "http" && req.URL.Scheme != "https":
		return &redirectError{"it redirects to " + to + ", which is neither http nor https"}
	case from.Scheme == "https" && req.URL.Scheme == "http":
		return &redirectError{"it redirects to " + to + ", which is not encrypted"}
	case len(via) >= 10:
		return &redirectError{"it redirects ten times, last to " + to}
	}
	return nil
}

// do makes one GET request and hands its response, whose status is 200, 206 or 304, to read. A body that ends early or
// stalls is asked for again. The error is for people: it has no credentials.
func (c *Client) do(ctx context.Context, rawURL string, header http.Header, read func(*http.Response) error) error {
	t := c.transport
	if t.options.Offline {
		return diagAt(redact(rawURL), ErrOffline)
	}
	w, err := t.http()
	if err != nil {
		return err
	}
	select {
	case t.slots <- struct{}{}:
		defer func() { <-t.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for attempt := 0; ; attempt++ {
		var cut *bodyError
		err := c.try(ctx, w, rawURL, header, read)
		if !errors.As(err, &cut) || attempt == min(w.retries, 2) || ctx.Err() != nil {
			if err != nil {
				err = diagAt(redact(rawURL), err)
			}
			return err
		}
		select {
		case <-time.After(backoff(w.pause, maxWait, attempt, nil)):
		case <-ctx.Done():
		}
	}
}

// diagAt puts a place before an error. The hints of the error stay.
func diagAt(place string, err error) error {
	return &diag.Error{Message: place, Err: err}
}

func (c *Client) try(ctx context.Context, w *wire, rawURL string, header http.Header, read func(*http.Response) error) error {
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, rawURL, nil)
	if err != nil {
		return plain(err)
	}
	for name, values := range header {
		req.Header[name] = values
	}
	req.Header.Set("User-Agent", "mach/"+c.transport.options.Version)
	resp, err := c.transport.retry(w, c).Do(req)
	if err != nil {
		return plain(err)
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK, http.StatusPartialContent, http.StatusNotModified:
		return read(resp)
	}
	_, _ = io.CopyN(io.Discard, resp.Body, 64<<10) // so that the connection can be used again
	return c.statusError(resp)
}

// readBounded reads all of r, but no more than limit bytes.
func readBounded(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = broken("it is longer than %d MiB: given up", limit>>20)
	}
	return body, err
}
