// Package index finds the package indexes that are in use and reads them, fast and politely.
//
// # Which
//
// What the user gave, what pip and uv are told by the environment or by pip's configuration, or else what the installed
// pip has as its own default (Discover). mach itself knows no index. Extra indexes come before the main one, as uv has
// it. Beside indexes there are places of files (find-links): directories, and flat HTML pages.
//
// # What is read
//
//   - The pages of the simple API: PEP 503 (HTML), 691 (JSON), 629 (versions of the API), 592 (yanked), 658 and 714
//     (metadata files), 700 (sizes, times), 792 (status); not 708 (tracks, alternate locations). Any version 1.x is read. A
//     page of HTML without a file on it is an empty one only if it looks like one: a captive portal's is an error.
//   - The metadata file beside a wheel, whose hash is checked if the page states it; else METADATA in the wheel, of which
//     only the bytes that are needed are asked for, mostly in one request or two. A page that has the keys of PEP 658
//     is taken at its word; of an index whose pages have not, metadata files are tried, and whether there are any is
//     remembered. A server without ranges is remembered too, and its wheels are downloaded, if nothing else helps.
//   - Of an sdist: PKG-INFO, pyproject.toml, and what setuptools left in *.egg-info; no more of it than up to where the
//     dependencies are certain.
//   - The list of all projects, for a crawl (Client.Projects).
//   - Parts of any other file, as of a database on a server (Client.Part, Client.Tail).
//
// # How
//
// A Transport is shared by the Clients of a process, one for each index: connections, the bound on requests under way,
// the counts of requests and bytes, and the cache. Answers of 5xx and 429, and connections that break or on which nothing
// comes, are asked again with growing pauses. Whatever is read is bounded: pages by 128 MiB, the list of projects by 512,
// metadata by 8, the directory of a zip file by 12, what an sdist unpacks to by 1024.
//
// A Page is compact and decoded as it is asked for: its Versions at once, a Release's tags and what else decides whether
// a file can be used in a table at hand, URLs and hashes (Links) from the disk. It lies in the cache as it lies in memory.
//
// # The cache
//
// An entry is a file, named by kind and the hash of a URL without credentials, written aside and renamed, with a sum: one
// that is damaged counts as missing, and any number of processes may share the directory. Pages are fresh as long as
// Cache-Control or Expires say, else ten minutes; then the index is asked whether they have changed. What never changes,
// as the metadata of a wheel, is kept parsed, for ever.
//
// # Credentials
//
// They come from an index's URL, for the scheme, host and port of that, from netrc for a host, and from the variables
// of uv and Poetry for an index with a name. They are added to each single request, so that no redirection carries them on, and they are in no
// error, log, cache entry or Index that is printed.
//
// # Errors
//
// Errors wrap ErrNotFound, ErrRefused, ErrBudget, ErrOffline, ErrNoRanges or ErrNetwork, or are a *Broken, which concerns
// one file. All of them are failures of the world (diag.ExitWorld), some with a hint. What
// cannot be asked for at all (no URL, no such directory, a configuration that pip refuses too) is diag.ExitUsage.
//
// # Words
//
// A location is the path of a file below the index's file host: "packages/ab/cd/…/flask-3.1.0.tar.gz". It is what
// databases and locks keep, so that a mirror can serve them; Index.FileURL turns it into a URL.
package index

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"mach/helper/diag"
)

// Index is a package index. Its fields never hold credentials; those that came with its URL are kept apart.
type Index struct {
	SimpleURL string // where the pages of the simple API are, with a final slash
	FilesURL  string // what locations are joined to, with a final slash; "" is not known before a page is read
	Source    string // who named it: an option, an environment variable, a file
	Name      string // by which it is known where it was named; "" none

	include, exclude []string
	user             *url.Userinfo
}

// Includes says whether a project (normalised name) comes from this index alone, and from others that say so too.
func (ix *Index) Includes(project string) bool { return matchesAny(ix.include, project) }

// Excludes says whether a project (normalised name) does not come from this index.
func (ix *Index) Excludes(project string) bool { return matchesAny(ix.exclude, project) }

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, err := path.Match(pattern, name)
		return ok && err == nil
	})
}

// New is the index at rawURL, whose pages are directly below it.
func New(rawURL, source string) (Index, error) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return Index{}, diag.Usage("%s: index %q is not an http or https URL", source, redact(rawURL)).
			Hint("give the URL that pip would be given: https://index.example/simple/")
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
