package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"

	"mach/helper/pep508"
)

// Listed is a project in the list of an index.
type Listed struct {
	Name   string // normalised
	Serial int64  // of its page; 0 if the list does not say
}

// maxList bounds the list: that of the public index is 50 MB.
const maxList = 512 << 20

// Projects reads the list of all projects of the index, by name, each once. It is large, and nothing for a lock. serial
// is that of the whole index; 0 if it has none. Nothing is kept in the cache.
func (c *Client) Projects(ctx context.Context) (list []Listed, serial int64, err error) {
	err = c.do(ctx, c.index.SimpleURL, pageHeader, func(resp *http.Response) error {
		body, err := readBounded(resp.Body, maxList)
		if err != nil {
			return err
		}
		switch form, kind := formOf(resp); form {
		case typeJSON:
			list, serial, err = listJSON(text(body))
		case typeHTML:
			list = listHTML(text(body))
		default:
			err = fmt.Errorf("not a list of projects: its content type is %q", kind)
		}
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("the list of projects: %w", err)
	}
	slices.SortStableFunc(list, func(a, b Listed) int { return cmp.Compare(a.Name, b.Name) })
	list = slices.CompactFunc(list, func(a, b Listed) bool { return a.Name == b.Name })
	return list, serial, nil
}

// listed is a project by the name that the list has for it; the text of the list is not kept for it.
func listed(name string, serial int64) Listed {
	return Listed{strings.Clone(pep508.NormalizeName(name)), serial}
}

func listJSON(body string) (list []Listed, serial int64, err error) {
	sc, version := scanner{s: body}, ""
	sc.object(func(key string) {
		switch key {
		case "meta":
			version, serial = sc.meta()
		case "projects":
			sc.array(func() {
				if name, last := sc.listed(); name != "" {
					list = append(list, listed(name, last))
				}
			})
		default:
			sc.skip()
		}
	})
	if sc.err != nil {
		return nil, 0, fmt.Errorf("not a list of projects: %w", sc.err)
	}
	return list, serial, checkVersion(version)
}

// listed reads an element of projects.
func (sc *scanner) listed() (name string, serial int64) {
	sc.object(func(key string) {
		switch key {
		case "name":
			name = sc.string()
		case "_last-serial":
			serial = max(sc.int(), 0)
		default:
			sc.skip()
		}
	})
	return name, serial
}

// listHTML takes each anchor for a project: PEP 503 has no other on the page.
func listHTML(body string) (list []Listed) {
	for rest := body; ; {
		var t tag
		var ok bool
		if t, rest, ok = nextTag(rest); !ok {
			return list
		}
		if t.name == "a" && t.attrs["href"] != "" {
			name, _, _ := strings.Cut(rest, "<")
			if name = strings.TrimSpace(html.UnescapeString(name)); name != "" {
				list = append(list, listed(name, 0))
			}
		}
	}
}

// Validators are what the server named this state of the page by: ETag and Last-Modified; "" where it did not.
func (p *Page) Validators() (etag, modified string) { return p.entry.etag, p.entry.modified }

// errUnchanged is the answer that a page is as it was.
var errUnchanged = errors.New("unchanged")

// ProjectSince reads the page of a project as Project does, or says that it is still the one of those validators, which
// the caller has from somewhere else than the cache.
func (c *Client) ProjectSince(ctx context.Context, name, etag, modified string) (p *Page, unchanged bool, err error) {
	if etag == "" && modified == "" {
		p, err = c.Project(ctx, name)
		return p, false, err
	}
	header := pageHeader.Clone()
	if etag != "" {
		header.Set("If-None-Match", etag)
	}
	if modified != "" {
		header.Set("If-Modified-Since", modified)
	}
	p, err = c.page(ctx, name, header)
	switch {
	case errors.Is(err, errUnchanged), err == nil && etag != "" && etag == p.entry.etag:
		return nil, true, nil
	case err != nil:
		return nil, false, err
	}
	return p, false, nil
}
