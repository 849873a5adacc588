package index

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// What a caller may branch on. Every error of a Client that has one of these causes wraps it.
var (
	ErrNotFound = errors.New("not found")                                   // the index has no such project or file
	ErrBudget   = errors.New("all requests that were allowed are spent")    // Options.MaxRequests
	ErrOffline  = errors.New("offline, and it is not in the cache")         // Options.Offline
	ErrNetwork  = errors.New("no connection (offline, or a proxy missing)") // name, route, or handshake
)

// atOnce is how many requests a Client has under way at most.
const atOnce = 4

// Options say how to read an index.
type Options struct {
	Version     string        // of mach, for the User-Agent
	Cache       string        // directory; "" keeps nothing
	MaxAge      time.Duration // how old a page of the cache may be; 0: pages are asked for again
	MaxRequests int           // bound on requests, retries and redirects included; 0 is no bound
	Offline     bool          // no requests at all; a page of the cache may have any age
	Retries     int           // after an answer of 5xx or 429, or a broken connection; 0 is 4
}

// Client reads an index. It is safe for concurrent use.
type Client struct {
	index   Index
	options Options
	cache   store
	meter   *meter
	slots   chan struct{}
	http    func() (*retryablehttp.Client, error)
	mu      sync.Mutex // guards index.FilesURL
}

// NewClient is a client for ix. It does nothing before the first request.
func NewClient(ix Index, o Options) *Client {
	if o.Retries == 0 {
		o.Retries = 4
	}
	c := &Client{index: ix, options: o, cache: store{o.Cache}, slots: make(chan struct{}, atOnce)}
	c.meter = &meter{max: int64(o.MaxRequests), offline: o.Offline}
	c.http = sync.OnceValues(func() (*retryablehttp.Client, error) { return newHTTP(c.meter, o.Retries) })
	return c
}

// Requests is the number of requests made so far.
func (c *Client) Requests() int { return int(c.meter.count.Load()) }

// Index is the index being read. Its FilesURL is known at the latest after the first page that has a file.
func (c *Client) Index() Index {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.index
}

// do makes one GET request and hands its response, whose status is 200 or 206, to read. A body that ends early is
// asked for again. The error is for people: it has no credentials.
func (c *Client) do(ctx context.Context, rawURL string, header http.Header, read func(*http.Response) error) error {
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for attempt := 0; ; attempt++ {
		err := c.try(ctx, rawURL, header, read)
		if !errors.Is(err, io.ErrUnexpectedEOF) || attempt == 2 {
			return err
		}
	}
}

func (c *Client) try(ctx context.Context, rawURL string, header http.Header, read func(*http.Response) error) error {
	client, err := c.http()
	if err != nil {
		return err
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, rawURL, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", redact(rawURL), err)
	}
	for name := range header {
		req.Header.Set(name, header.Get(name))
	}
	req.Header.Set("User-Agent", "mach/"+c.options.Version)
	c.authorize(req.Request)
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", redact(rawURL), plain(err))
	}
	defer resp.Body.Close()
	if err := checkStatus(resp); err != nil {
		return fmt.Errorf("%s: %w", redact(rawURL), err)
	}
	if err := read(resp); err != nil {
		return fmt.Errorf("%s: %w", redact(rawURL), err)
	}
	return nil
}

// authorize adds the credentials of the index's URL to a request for the host of that URL, and to no other.
func (c *Client) authorize(req *http.Request) {
	ix := c.Index()
	if ix.user == nil || !sameHost(ix.SimpleURL, req.URL) {
		return
	}
	password, _ := ix.user.Password()
	req.SetBasicAuth(ix.user.Username(), password)
}

func checkStatus(resp *http.Response) error {
	switch code := resp.StatusCode; code {
	case http.StatusOK, http.StatusPartialContent:
		return nil
	case http.StatusNotFound, http.StatusGone:
		return ErrNotFound
	case http.StatusUnauthorized, http.StatusForbidden:
		return fmt.Errorf("the index refuses to answer (%s): the URL needs a user and a password, or others", resp.Status)
	default:
		return fmt.Errorf("the index answers %s", resp.Status)
	}
}

// fetch reads a whole answer of at most limit bytes.
func (c *Client) fetch(ctx context.Context, rawURL, accept string, limit int64) (entry, error) {
	var e entry
	header := http.Header{}
	if accept != "" {
		header.Set("Accept", accept)
	}
	err := c.do(ctx, rawURL, header, func(resp *http.Response) error {
		body, err := readBounded(resp.Body, limit)
		e = entry{status: resp.StatusCode, contentType: resp.Header.Get("Content-Type"), body: body}
		return err
	})
	return e, err
}

func readBounded(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = fmt.Errorf("longer than %d bytes: given up", limit)
	}
	return body, err
}

// cached is the answer kept under key, or what ask gives, which is then kept; so is its absence (ErrNotFound). An
// answer that is older than maxAge is asked for again, but does if no request may be made. A negative maxAge is for
// what never changes; its absence still is a page's age old at most.
func (c *Client) cached(key string, maxAge time.Duration, ask func() (entry, error)) (entry, error) {
	old, ok := c.cache.get(key)
	if ok && old.status != http.StatusOK && maxAge < 0 {
		maxAge = c.options.MaxAge
	}
	if ok && (maxAge < 0 || time.Since(old.written) < maxAge) {
		return old, old.err()
	}
	e, err := ask()
	switch {
	case ok && (errors.Is(err, ErrBudget) || errors.Is(err, ErrOffline)):
		return old, old.err()
	case errors.Is(err, ErrNotFound):
		e = entry{status: http.StatusNotFound}
	case err != nil:
		return e, err
	}
	if cerr := c.cache.put(key, e); cerr != nil {
		return e, fmt.Errorf("cache: %w", cerr)
	}
	return e, err
}

func (e entry) err() error {
	if e.status == http.StatusNotFound {
		return ErrNotFound
	}
	return nil
}
