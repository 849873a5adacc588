package index

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Client reads an index, or a place of files (find-links). It is safe for concurrent use.
type Client struct {
	transport *Transport
	links     *flat // of find-links; nil for an index

	mu    sync.Mutex // guards index.FilesURL
	index Index

	besides beside // whether FILE.metadata is there though no page says so
}

// Index is the index being read. Its FilesURL is known at the latest after the first page that has a file.
func (c *Client) Index() Index {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.index
}

// Stats are the counts of the Transport.
func (c *Client) Stats() Stats { return c.transport.Stats() }

// IsLinks says whether it is a place of files, and no index.
func (c *Client) IsLinks() bool { return c.links != nil }

// String is the index's URL, or the place of the files, without credentials.
func (c *Client) String() string { return c.index.String() }

func (c *Client) cache() *store { return &c.transport.store }

const (
	typeJSON   = "application/vnd.pypi.simple.v1+json"
	typeHTML   = "application/vnd.pypi.simple.v1+html"
	acceptPage = typeJSON + ", " + typeHTML + ";q=0.2, text/html;q=0.01"
	maxPage    = 128 << 20 // bytes; the largest page of the public index is a few MB
)

var pageHeader = http.Header{"Accept": {acceptPage}}

// Project reads the page of a project; name is normalised. A project that the index does not have is ErrNotFound.
func (c *Client) Project(ctx context.Context, name string) (*Page, error) {
	if c.links != nil {
		return c.links.project(ctx, c, name)
	}
	return c.page(ctx, name, pageHeader)
}

// page reads a page of an index.
func (c *Client) page(ctx context.Context, name string, header http.Header) (*Page, error) {
	pageURL := c.index.SimpleURL + url.PathEscape(name) + "/"
	e, err := c.answer(ctx, kindPage, pageURL, header, func(resp *http.Response) (*entry, error) {
		if resp.StatusCode == http.StatusNotModified {
			return nil, errUnchanged
		}
		p, err := readPage(resp)
		if err != nil {
			return nil, err
		}
		c.cache().remember(name)
		return newEntry(p.encode(name)), nil
	})
	if errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("project %q: %w in the index %s", name, ErrNotFound, c.index)
	}
	if err != nil {
		return nil, fmt.Errorf("project %q: %w", name, err)
	}
	p, ok := newPage(c, name, kindPage, pageURL, e)
	if !ok {
		return nil, p.damaged()
	}
	c.learn(p.filesURL)
	return p, nil
}

// learn keeps the first answer to where the index has its files.
func (c *Client) learn(filesURL string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.index.FilesURL == "" {
		c.index.FilesURL = filesURL
	}
}

// A page of which nobody says how long it is good for is asked for again after this time.
const usualAge = 10 * time.Minute

// fresh says whether an entry need not be asked for again.
func (t *Transport) fresh(e *entry) bool {
	age := time.Since(e.written)
	switch {
	case t.options.Offline:
		return true
	case t.options.Refresh || age < 0:
		return false
	case t.options.MaxAge > 0:
		return age < t.options.MaxAge
	case e.noCache:
		return false
	case e.maxAge < 0:
		return age < usualAge
	}
	return age < e.maxAge
}

// answer is the entry of a URL that may change, read anew if it is not fresh. Absence (404) is kept as well.
func (c *Client) answer(ctx context.Context, kind, rawURL string, header http.Header, read func(*http.Response) (*entry, error)) (*entry, error) {
	t := c.transport
	old := t.store.get(kind, rawURL)
	if old != nil && t.fresh(old) {
		return old, old.err()
	}
	header = header.Clone()
	if old != nil && old.status == http.StatusOK {
		if old.etag != "" {
			header.Set("If-None-Match", old.etag)
		}
		if old.modified != "" {
			header.Set("If-Modified-Since", old.modified)
		}
	}
	var e *entry
	keep := true
	err := c.do(ctx, rawURL, header, func(resp *http.Response) (err error) {
		if resp.StatusCode == http.StatusNotModified && old != nil {
			e = old
			return nil
		}
		if e, err = read(resp); err == nil {
			keep = e.control(resp.Header)
		}
		return err
	})
	switch {
	case err == nil && e == old:
		t.store.touch(kind, rawURL, time.Now())
		return old, nil
	case old != nil && (errors.Is(err, ErrBudget) || errors.Is(err, ErrOffline)):
		return old, old.err()
	case errors.Is(err, ErrNotFound):
		e = &entry{status: http.StatusNotFound, maxAge: -1}
	case err != nil:
		return nil, err
	}
	if keep {
		t.store.put(kind, rawURL, e)
	}
	return e, e.err()
}

// control takes what an answer says of how long it is good for, and whether it may be kept.
func (e *entry) control(h http.Header) (keep bool) {
	e.etag, e.modified, keep = h.Get("Etag"), h.Get("Last-Modified"), true
	if expires := h.Get("Expires"); expires != "" {
		at, _ := http.ParseTime(expires) // what is no time is one that is past
		e.maxAge = max(0, time.Until(at))
	}
	for _, line := range h.Values("Cache-Control") {
		for _, part := range strings.Split(line, ",") {
			name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), "=")
			switch name {
			case "no-store":
				keep = false
			case "no-cache":
				e.noCache = true
			case "max-age":
				e.maxAge = max(0, maxAge(value)-maxAge(h.Get("Age")))
			}
		}
	}
	return keep
}

// maxAge reads seconds; a year is enough.
func maxAge(s string) time.Duration {
	n := time.Duration(0)
	for _, c := range strings.Trim(s, `"`) {
		if c < '0' || c > '9' || n > 365*24*3600 {
			break
		}
		n = n*10 + time.Duration(c-'0')
	}
	return min(n, 365*24*3600) * time.Second
}

// err is the error that an entry stands for.
func (e *entry) err() error {
	switch e.status {
	case http.StatusNotFound:
		return ErrNotFound
	case statusBroken:
		return &Broken{e.head}
	}
	return nil
}

// forever is the head of an entry that never changes, or what make gives, which is then kept. That a file is Broken is
// kept for a day, since what cannot be read today a later mach may read.
func (c *Client) forever(kind, key string, make func() (string, error)) (string, error) {
	s := c.cache()
	e := s.get(kind, key)
	if e != nil && (e.status != statusBroken || c.transport.options.Offline || time.Since(e.written) < 24*time.Hour) {
		return e.head, e.err()
	}
	head, err := make()
	var bad *Broken
	switch {
	case err == nil:
		s.put(kind, key, newEntry(head, nil))
	case errors.As(err, &bad):
		s.put(kind, key, &entry{status: statusBroken, maxAge: -1, head: bad.Reason})
	}
	return head, err
}
