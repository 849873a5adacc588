package index

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"strings"
)

// Page is what an index says of a project.
type Page struct {
	Name                 string // normalised
	Serial               int64  // 0 if the index has none
	Status, StatusReason string // PEP 792; "" if the index has none
	Versions             []string
	Files                []File
}

// File is one file of a page.
type File struct {
	Filename       string
	URL            string // absolute, without a fragment
	Location       string // below the index's file host; "" if it is elsewhere
	SHA256         string // lower-case hex, "" if the page has none
	RequiresPython string
	Size           int64  // 0 if the page does not say
	UploadTime     string // RFC 3339, "" if the page does not say
	Yanked         bool
	YankedReason   string
	HasMetadata    bool   // the page says that FILE.metadata is there
	MetadataSHA256 string // of that
}

const (
	typeJSON   = "application/vnd.pypi.simple.v1+json"
	typeHTML   = "application/vnd.pypi.simple.v1+html"
	acceptPage = typeJSON + ", " + typeHTML + ";q=0.2, text/html;q=0.01"
	// The largest page of the public index is a few MB.
	maxPage = 128 << 20
)

// Project reads the page of a project; name is normalised. A project that the index does not have is ErrNotFound.
func (c *Client) Project(ctx context.Context, name string) (*Page, error) {
	pageURL := c.index.SimpleURL + url.PathEscape(name) + "/"
	e, err := c.cached(entryKey("page", pageURL), c.options.MaxAge, func() (entry, error) {
		return c.fetch(ctx, pageURL, acceptPage, maxPage)
	})
	if errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("project %q: %w in the index %s", name, ErrNotFound, c.index)
	}
	if err != nil {
		return nil, fmt.Errorf("project %q: %w", name, err)
	}
	p, err := parsePage(e, pageURL)
	if err != nil {
		return nil, fmt.Errorf("project %q: %s: %w", name, pageURL, err)
	}
	p.Name = name
	c.locate(p)
	return p, nil
}

func parsePage(e entry, pageURL string) (*Page, error) {
	base, err := url.Parse(pageURL)
	if err != nil {
		return nil, err
	}
	kind, _, err := mime.ParseMediaType(e.contentType)
	switch {
	case err != nil:
		return nil, fmt.Errorf("content type %q: %w", e.contentType, err)
	case kind == typeJSON || kind == "application/json":
		return parseJSON(e.body, base)
	case kind == typeHTML || kind == "text/html" || kind == "application/xhtml+xml":
		return parseHTML(e.body, base)
	}
	return nil, fmt.Errorf("content type %q is not that of an index", kind)
}

// locate gives the files of a page their locations, and learns from the first of them where the index has its files.
func (c *Client) locate(p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range p.Files {
		f := &p.Files[i]
		if c.index.FilesURL == "" {
			if u, err := url.Parse(f.URL); err == nil {
				c.index.FilesURL = filesURL(u)
			}
		}
		f.Location, _ = c.index.Location(f.URL)
	}
}

// resolve makes a link of a page absolute, and splits off the fragment.
func resolve(base *url.URL, link string) (abs, fragment string, err error) {
	u, err := base.Parse(link)
	if err != nil {
		return "", "", err
	}
	fragment = u.Fragment
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u.String(), fragment, nil
}

// setHash takes "sha256=…", the only hash that mach uses.
func (f *File) setHash(hash string) {
	if h, ok := strings.CutPrefix(hash, "sha256="); ok {
		f.SHA256 = strings.ToLower(h)
	}
}

func (f *File) setMetadata(attr string) {
	f.HasMetadata = attr != "false"
	f.MetadataSHA256 = ""
	if h, ok := strings.CutPrefix(attr, "sha256="); ok {
		f.MetadataSHA256 = strings.ToLower(h)
	}
}
