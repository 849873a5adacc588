package cli

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"mach/helper/diag"
	"mach/helper/environment"
	"mach/helper/fixes"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/live"
	"mach/helper/pydb"
	"mach/helper/release"
	"mach/helper/remote"
	"mach/helper/sdist"
)

// sourceFlags say where releases come from.
type sourceFlags struct {
	DB            string   `name:"db" env:"MACH_DB" placeholder:"FILE|URL" help:"A database to resolve against instead of an index; URL#sha256=ROOT pins one on a server (environment: MACH_DB)."`
	IndexURL      string   `name:"index-url" short:"i" placeholder:"URL" help:"The index to resolve against, or with --db to fetch files from. Default: pip's."`
	ExtraIndexURL []string `name:"extra-index-url" sep:"none" placeholder:"URL" help:"An index that is asked before that one. Repeatable."`
	FindLinks     []string `short:"f" sep:"none" placeholder:"PLACE" help:"A directory of wheels and sdists, or the URL of a page of links to some. Repeatable."`
	NoIndex       bool     `help:"Ask no index: resolve against --find-links alone."`
	IndexStrategy string   `enum:"first-index,unsafe-best-match" default:"first-index" placeholder:"STRATEGY" help:"first-index takes a project from the first index that has it; unsafe-best-match takes its best release from any, as pip does. Default: first-index."`
	ExcludeNewer  string   `env:"UV_EXCLUDE_NEWER" placeholder:"DATE" help:"Ignore what was uploaded after this day, 2026-01-31, or time, 2026-01-31T12:00:00Z (environment: UV_EXCLUDE_NEWER)."`
	Offline       bool     `help:"Make no request: everything comes from the cache, however old."`
	Refresh       bool     `help:"Ask again for what is in the cache."`
	NoCache       bool     `help:"Neither read nor write the cache."`
	CacheDir      string   `placeholder:"DIR" help:"The cache. Default: mach in the user's cache directory."`
	TrustedHost   []string `sep:"none" placeholder:"HOST" help:"A host, or host:port, whose certificate is not checked. Repeatable."`
	FilesURL      string   `name:"files-url" placeholder:"URL" help:"What locations are joined to; \"none\" leaves URLs out. Default: the index's file host."`

	anew bool // a database on a server is not what it was a moment ago
}

// origin is what is known of where releases come from.
type origin struct {
	Live         bool   // to read takes requests: it is no database file
	Date, Hash   string // of a database
	ExcludeNewer string // in the form that Release.Uploaded has

	file     func(release.File) (url, path string) // what a lock has of where a file is
	warnings func(taken []string) []string         // what the user should know, once all is read
	close    func()

	client func(*sdist.Index) (*index.Client, error)      // of indexes; nil: none is asked
	place  func(*environment.Environment) (*place, error) // from where the projects of a target come
}

// relativeTo is file with paths as they are seen from a directory.
func (o *origin) relativeTo(dir string) func(release.File) (url, path string) {
	return func(f release.File) (url, path string) {
		url, path = o.file(f)
		if path == "" {
			return url, path
		}
		if from, err := filepath.Abs(dir); err == nil {
			if relative, err := filepath.Rel(from, path); err == nil {
				path = filepath.ToSlash(relative)
			}
		}
		return url, path
	}
}

// open opens what the flags and requirements files name. Hints are projects that are probably there.
func (f *sourceFlags) open(a *app, said *inputs.Options, hints ...string) (release.Database, *origin, error) {
	newer, err := parseNewer(f.ExcludeNewer)
	if err != nil {
		return nil, nil, err
	}
	if f.Offline && f.Refresh {
		return nil, nil, diag.Usage("--offline and --refresh exclude each other")
	}
	if err := checkFilesURL(f.FilesURL); err != nil {
		return nil, nil, err
	}
	o := &origin{ExcludeNewer: newer}
	if f.DB != "" {
		db, err := f.openFile(a, o, said, hints)
		return db, o, err
	}
	db, err := f.openLive(a, o, said)
	return db, o, err
}

// openFile opens a database file.
func (f *sourceFlags) openFile(a *app, o *origin, said *inputs.Options, hints []string) (release.Database, error) {
	switch {
	case len(f.ExtraIndexURL)+len(f.FindLinks) > 0 || f.NoIndex:
		return nil, diag.Usage("with a database no indexes and find-links are asked").Hint("leave out --db, and MACH_DB, to resolve against them")
	case len(said.FindLinks) > 0 || slices.ContainsFunc(said.Indexes, func(ix *sdist.Index) bool { return ix.Tool == "" && !ix.Default }):
		return nil, diag.Input("a requirements file names indexes or find-links, and with a database none is asked").Hint("leave out --db, and MACH_DB, to resolve against them")
	case len(o.ExcludeNewer) > len(time.DateOnly):
		return nil, diag.Usage("a database knows the days of uploads, and not the times").Hint("give a day: --exclude-newer %s", o.ExcludeNewer[:len(time.DateOnly)])
	}
	for _, ix := range said.Indexes {
		if ix.Tool != "" && ix.Tool != "pipenv" && !ix.Explicit && ix.URL != "" {
			a.warn([]string{fmt.Sprintf("%s: with a database %s is not asked: %s", ix.Where, ix, a.withoutDB())})
		}
	}
	db, err := f.openDB(a, o, said)
	if err != nil {
		return nil, err
	}
	info := db.Info()
	o.Date, o.Hash = info.Date, info.Root
	t := sync.OnceValue(func() *index.Transport { return index.NewTransport(f.transport(a, said)) })
	host, err := f.filesHost(a, said, t, hints)
	if err != nil {
		o.close()
		return nil, err
	}
	join := func(location string) string { return host().FileURL(location) }
	o.file = func(file release.File) (url, path string) {
		if file.Location == "" {
			return "", ""
		}
		return join(file.Location), ""
	}
	builds := &live.Builds{
		Context: a, URL: join, Client: func() *index.Client { return t().Client(host()) },
		NoHost: "nothing says which host has it: --index-url URL, or --files-url URL",
	}
	if a.forNix {
		builds.NoHost = "that takes the network: lockHash = \"\"; and the filesUrl of the index, or a lock that was made outside of Nix"
	}
	o.warnings = builds.Warnings
	if o.ExcludeNewer == "" {
		return builds.Over(db.Undated()), nil
	}
	return builds.Over(db.Source()), nil
}

// openDB opens the database, and says in o how to close it.
func (f *sourceFlags) openDB(a *app, o *origin, said *inputs.Options) (*pydb.DB, error) {
	if remote.IsURL(f.DB) {
		return f.openRemote(a, o, said)
	}
	db, err := openDB(a, f.DB)
	o.close = func() { db.Close() }
	return db, err
}

// openLive is the indexes and find-links in use.
func (f *sourceFlags) openLive(a *app, o *origin, said *inputs.Options) (release.Database, error) {
	sources, err := index.Discover(f.discover(said))
	if err != nil {
		return nil, sourceError(err)
	}
	if len(sources.Indexes)+len(sources.FindLinks) == 0 {
		return nil, diag.Usage("there is nothing to resolve against: no index is to be asked, and there are no find-links").Hint("name a directory of wheels: --find-links DIR")
	}
	t := index.NewTransport(f.transport(a, said))
	options := live.Options{
		Context: a, BestMatch: f.IndexStrategy == "unsafe-best-match", ExcludeNewer: o.ExcludeNewer, Names: knownNames(t),
	}
	c := &clients{sourceFlags: f, sources: sources, transport: t, open: map[string]*index.Client{}}
	for _, ix := range sources.Indexes {
		options.Indexes = append(options.Indexes, c.of(ix))
	}
	if main, ok := sources.Main(); ok {
		options.Main, o.client = c.of(main), c.named
	}
	for _, place := range sources.FindLinks {
		c, err := t.FindLinks(place)
		if err != nil {
			return nil, err
		}
		options.FindLinks = append(options.FindLinks, c)
	}
	db, err := live.New(options)
	if err != nil {
		return nil, err
	}
	stop := a.screen.Progress(func() string { return progressOf(db, t) })
	began := time.Now()
	o.Live, o.warnings = true, db.Warnings
	o.close = sync.OnceFunc(func() {
		stop()
		s := t.Stats()
		a.log.Debug("read", "projects", db.Progress().Projects, "requests", s.Requests, "bytes", s.Bytes, "took", time.Since(began).Round(time.Millisecond))
	})
	o.file = f.fileOf
	return db, nil
}

// knownNames are the projects that the user may have meant: those that were resolved before, and those that mach has
// data on.
func knownNames(t *index.Transport) iter.Seq[string] {
	return func(yield func(string) bool) {
		for name := range t.Names() {
			if !yield(name) {
				return
			}
		}
		for name := range fixes.Providers() {
			if !yield(name) {
				return
			}
		}
	}
}

// progressOf is what has been read, in a line.
func progressOf(db *live.Database, t *index.Transport) string {
	p, s := db.Progress(), t.Stats()
	return fmt.Sprintf("reading the index: %d projects, %d requests, %s: %s", p.Projects, s.Requests, size(s.Bytes), p.Name)
}

// size is a number of bytes for people.
func size(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%d kB", n/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// fileOf is where a file of an index is to be fetched.
func (f *sourceFlags) fileOf(file release.File) (url, path string) {
	switch {
	case f.FilesURL == "" || file.Location == "":
		return file.URL, file.Path
	case f.FilesURL == "none":
		return "", ""
	}
	return strings.TrimRight(f.FilesURL, "/") + "/" + file.Location, ""
}

// fetch reads files of requirements that lie on a server.
func (f *sourceFlags) fetch(a *app) func(url string) ([]byte, error) {
	t := sync.OnceValue(func() *index.Transport { return index.NewTransport(f.transport(a, &inputs.Options{})) })
	return func(url string) ([]byte, error) {
		data, err := t().ReadText(a, url)
		return data, sourceError(err)
	}
}

func (f *sourceFlags) transport(a *app, said *inputs.Options) index.Options {
	o := index.Options{Version: version, Offline: f.Offline, Refresh: f.Refresh}
	if !f.NoCache {
		o.Cache = cmp.Or(f.CacheDir, index.CacheDir())
	}
	o.TrustedHosts = append(append(o.TrustedHosts, f.TrustedHost...), said.TrustedHosts...)
	o.Warn = func(err error) { a.warn([]string{err.Error()}) }
	if a.log.IsDebug() {
		o.Log = func(x index.Exchange) {
			args := []any{"url", x.URL, "status", x.Status, "bytes", x.Bytes, "took", x.Took.Round(time.Millisecond)}
			if x.Err != nil {
				args = append(args, "error", x.Err)
			}
			a.log.Debug("request", args...)
		}
	}
	return o
}

// sourceError is an error of reading an index, with what to do about it. What the solver asked for it does not tell.
func sourceError(err error) error {
	var failed *live.Error
	var far *remote.Error
	var known *diag.Error
	switch {
	case errors.As(err, &far):
		return far // it says what to do
	case errors.As(err, &known) && len(known.Hints) > 0:
		return err
	case errors.As(err, &failed):
		err = failed.Err
	}
	e := &diag.Error{Code: diag.ExitWorld, Err: err}
	switch {
	case errors.Is(err, index.ErrOffline):
		return e.Hint("run it once without --offline")
	case errors.Is(err, index.ErrNetwork):
		return e.Hint("see that the index can be reached, name another with --index-url, or resolve against a database: --db FILE")
	}
	return err
}

// filesHost is the index that the locations of a database are below: without a FilesURL where none is known, and the lock
// is for mach alone.
func (f *sourceFlags) filesHost(a *app, said *inputs.Options, t func() *index.Transport, hints []string) (func() index.Index, error) {
	var given index.Index
	switch {
	case f.FilesURL == "none" || f.FilesURL == "" && said.NoIndex:
		return func() index.Index { return given }, nil
	case f.FilesURL != "":
		given.FilesURL = strings.TrimRight(f.FilesURL, "/") + "/"
		return func() index.Index { return given }, nil
	}
	o := f.discover(said)
	if o.IndexURL.Value != "" {
		if _, err := index.New(o.IndexURL.Value, o.IndexURL.Source); err != nil {
			return nil, &diag.Error{Code: diag.ExitUsage, Err: err}
		}
	}
	return sync.OnceValue(func() index.Index { return f.filesIndex(a, o, t, hints) }), nil
}

const withoutURLs = "the lock has no URLs, and Nix will fetch with fetchPypi"

// filesIndex is the index that the files of a database are fetched from. Where it keeps them a page tells, if it is not
// pip's default.
func (f *sourceFlags) filesIndex(a *app, o index.DiscoverOptions, t func() *index.Transport, hints []string) (ix index.Index) {
	sources, err := index.Discover(o)
	var unknown *diag.Error
	if errors.As(err, &unknown) && unknown.Code == diag.ExitWorld { // there is none, as in a build of Nix
		a.log.Debug("no index", "error", err)
		return ix
	}
	if err != nil {
		a.warn([]string{fmt.Sprintf("%v: %s", err, withoutURLs)})
		return ix
	}
	ix, ok := sources.Main()
	if !ok || ix.FilesURL != "" {
		return ix
	}
	client := t().Client(ix)
	for _, name := range hints {
		_, err = client.Project(a, name)
		if client.Index().FilesURL != "" || !errors.Is(err, index.ErrNotFound) {
			break
		}
	}
	if err != nil && a.Err() == nil {
		a.warn([]string{fmt.Sprintf("%v: %s", err, withoutURLs)})
	}
	return client.Index()
}

// checkFilesURL refuses what cannot be joined to locations and go into a lock as it is.
func checkFilesURL(text string) error {
	if text == "" || text == "none" {
		return nil
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return diag.Usage("--files-url is no http or https URL").Hint("give the file host, as in --files-url https://files.index.example, or none")
	case u.User != nil:
		return diag.Usage("--files-url has a user name, which must not stand in a lock").Hint("leave it out, and put it into the netrc file that Nix fetches with")
	}
	return nil
}

// parseNewer reads a day, or a time of RFC 3339, which becomes one of UTC; "" is none.
func parseNewer(text string) (string, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC().Truncate(time.Second).Format(time.RFC3339), nil
	}
	return text, checkDay(text)
}
