package index

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"mach/helper/diag"
)

// readPage reads the page that a response is.
func readPage(resp *http.Response) (*rawPage, error) {
	body, err := readBounded(resp.Body, maxPage)
	if err != nil {
		return nil, err
	}
	var p *rawPage
	switch form, kind := formOf(resp); {
	case resp.StatusCode != http.StatusOK:
		err = fmt.Errorf("the server answers %s", resp.Status)
	case form == typeJSON:
		p, err = parseJSON(text(body), resp.Request.URL)
	case form == typeHTML:
		p, err = parseHTML(text(body), resp.Request.URL)
	default:
		err = notPage("its content type is %q", kind)
	}
	if err != nil && resp.Request.Response != nil {
		err = fmt.Errorf("redirected to %s: %w", redact(resp.Request.URL.String()), err)
	}
	return p, err
}

// formOf is typeJSON or typeHTML by the content type of a response, which servers name in several ways; "" is neither.
func formOf(resp *http.Response) (form, contentType string) {
	contentType, _, _ = mime.ParseMediaType(resp.Header.Get("Content-Type")) // "" if it cannot be read
	switch contentType {
	case typeJSON, "application/json":
		return typeJSON, contentType
	case typeHTML, "text/html", "application/xhtml+xml":
		return typeHTML, contentType
	}
	return "", contentType
}

// resolve makes a link of a page absolute, and splits off the fragment. A link that may not lead there is "".
func resolve(base *url.URL, link string) (abs, fragment string, err error) {
	if isPlain(link) {
		return link, "", nil
	}
	u, err := base.Parse(strings.TrimSpace(link))
	if err != nil {
		return "", "", errors.New("its URL cannot be read")
	}
	if !mayLead(base, u) {
		return "", "", nil
	}
	fragment = u.Fragment
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u.String(), fragment, nil
}

// mayLead says whether a page may lead to a place: to the web, and to the kind of place that it lies at itself. So no
// index names files of this machine.
func mayLead(page, to *url.URL) bool {
	return to.Scheme == page.Scheme || to.Scheme == "http" || to.Scheme == "https"
}

// isPlain says whether a URL is absolute and has nothing that had to be looked at: no credentials, no fragment.
func isPlain(link string) bool {
	if !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") {
		return false
	}
	for i := range len(link) {
		switch c := link[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', 'A' <= c && c <= 'Z':
		case c != '/' && c != '-' && c != '.' && c != '_' && c != ':' && c != '%' && c != '+' && c != '~':
			return false
		}
	}
	return !strings.Contains(link, "/../") && !strings.Contains(link, "/./")
}

// look tells a page of an index, which may be empty, from any other page: a captive portal's, a proxy's, an ordinary
// one. Such pages have forms and scripts, or links that are no files.
type look struct {
	index  bool // the page says that it is one
	others bool // it has what a page of an index has no use for
}

func newLook(body string) *look {
	// "Links for" is how every index heads its pages.
	return &look{index: strings.Contains(body, "Links for"), others: !strings.Contains(body, "<")}
}

func (l *look) see(tag string) {
	switch tag {
	case "form", "input", "script", "iframe", "video":
		l.others = true
	}
}

func (l *look) check(p *rawPage) error {
	links := 0
	for _, f := range p.files {
		if isFile(f.filename) {
			return nil
		}
		links++
	}
	if l.index || links == 0 && !l.others {
		return nil
	}
	return notPage("it is an ordinary web page, without a link to a wheel or an sdist")
}

// notPage is the error of what a server has in the place of a page, mostly because the URL is not quite the index's.
func notPage(format string, args ...any) error {
	return diag.World("not a page of an index: "+format, args...).Hint("see that the URL is that of the index itself, which often ends in /simple/")
}

// isFile says whether a name ends as the names of distributions do, or of what indexes keep beside them.
func isFile(name string) bool {
	switch path.Ext(name) {
	case ".whl", ".gz", ".zip", ".tgz", ".bz2", ".xz", ".tar", ".tbz", ".txz", ".Z", ".egg", ".exe", ".msi", ".rpm", ".deb", ".dmg":
		return true
	}
	return false
}

// lastPart is the last part of a URL's path, decoded.
func lastPart(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return ""
	}
	return path.Base(u.Path)
}
