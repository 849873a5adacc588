// Package index finds the package index that is in use and reads it, politely.
//
// Which index: what the user gave, what pip and uv are told by the environment or by pip's configuration, or else
// what the installed pip has as its own default. mach itself knows no index.
//
// What is read: the project pages of the simple API, as JSON (PEP 691, with PEP 700 sizes and PEP 792 status) or as
// HTML (PEP 503, 592, 629); the metadata file beside a wheel (PEP 658, 714); METADATA in a wheel, of which only the
// bytes that are needed are asked for; PKG-INFO and pyproject.toml in an sdist, of which no more is read than up to
// the second of them.
//
// A page that does not say that a wheel has a metadata file beside it is taken at its word, as pip takes it: the
// wheel is read by ranges, which for nearly every wheel is one request too. Only if the server has no ranges is the
// metadata file asked for all the same.
//
// Politeness: four requests at once at most, retries with growing pauses, a bound on the number of requests, and a
// cache on disk in which what cannot change is kept for ever.
//
// A location is the path of a file below the index's file host: "packages/ab/cd/…/flask-3.1.0.tar.gz". It is what
// databases and locks keep, so that a mirror can serve them; Index.FileURL turns it into a URL.
package index

import (
	"fmt"
	"net/url"
	"strings"
)

// Index is a package index. Its fields never hold credentials; those that came with its URL are kept apart.
type Index struct {
	SimpleURL string // where the pages of the simple API are, with a final slash
	FilesURL  string // what locations are joined to, with a final slash; "" is not known before a page is read
	Source    string // who named it: an option, an environment variable, a file

	user *url.Userinfo
}

// New is the index at rawURL, whose pages are directly below it.
func New(rawURL, source string) (Index, error) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return Index{}, fmt.Errorf("%s: index %q is not an http or https URL", source, redact(rawURL))
	}
	ix := Index{Source: source, user: u.User}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	ix.SimpleURL = strings.TrimRight(u.String(), "/") + "/"
	return ix, nil
}

// String is the URL without credentials.
func (ix Index) String() string { return ix.SimpleURL }

// FileURL is the URL of the file at location; "" if the index's file host is not known.
func (ix Index) FileURL(location string) string {
	if ix.FilesURL == "" || location == "" {
		return ""
	}
	return ix.FilesURL + location
}

// Location is the part of a file's URL that a record keeps; ok is false for a file that is not below FilesURL.
func (ix Index) Location(fileURL string) (location string, ok bool) {
	location, ok = strings.CutPrefix(fileURL, ix.FilesURL)
	return location, ok && ix.FilesURL != "" && location != ""
}

// filesURL says below which URL an index keeps its files, from one file's URL: where the path has the layout that
// public indexes and their mirrors share (packages/ab/cd/HASH/NAME), what stands before it, else the host's root.
func filesURL(file *url.URL) string {
	base := url.URL{Scheme: file.Scheme, Host: file.Host, Path: "/"}
	parts := strings.Split(file.Path, "/")
	if n := len(parts); n >= 5 && parts[n-5] == "packages" && len(parts[n-4]) == 2 && len(parts[n-3]) == 2 {
		base.Path = strings.Join(parts[:n-5], "/") + "/"
	}
	return base.String()
}
