package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"mach/helper/crawl"
	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/pep508"
)

type crawlCmd struct {
	Projects []string `placeholder:"FILE" help:"Files that name the projects to begin with, as requirements, one a line."`
	All      bool     `help:"Read all projects of the index, whole."`
	NoDeps   bool     `help:"Read the projects of --projects whole, and not what they need."`
	Shard    string   `placeholder:"K/N" help:"With --all or --no-deps: the K-th of N parts, by a hash of the names."`
	Output   string   `short:"o" required:"" placeholder:"FILE" help:"The crawl records to write. With --all or --no-deps FILE.partial is what there is so far."`
	Anew     bool     `help:"If FILE.partial is of another crawl, begin anew."`
	Since    string   `placeholder:"FILE" help:"Earlier records: what has not changed is not read again."`
	Report   string   `placeholder:"FILE" help:"Write what was read from where, and what could not be read and why, as JSON."`

	IndexURL          string        `name:"index-url" placeholder:"URL" help:"The index to read. Default: pip's."`
	AtOnce            int           `default:"4" placeholder:"N" help:"How many requests are under way at most. Default: 4."`
	RequestsPerSecond float64       `placeholder:"N" help:"How many requests go out in a second at most. Default: no bound."`
	MaxRequests       int           `default:"-1" placeholder:"N" help:"Make no more requests than this; 0 is no bound. Default: 3000, and no bound with --all or --no-deps."`
	Cache             string        `placeholder:"DIR" help:"Where answers are kept. Default: mach's cache directory, and nowhere with --all."`
	MaxAge            time.Duration `default:"24h" placeholder:"TIME" help:"How old a page in the cache may be. Default: 24h."`
	Offline           bool          `help:"Make no request: everything comes from the cache, however old."`

	ReleasedSince string   `placeholder:"DATE" help:"Read releases from this day on, and the newest before. Default: 2023-01-01, and all with --all or --no-deps."`
	Python        []string `placeholder:"3.12" help:"A Python to have wheels and requirements for. Repeatable. Default: 3.9 to 3.14."`
	System        []string `placeholder:"SYSTEM" help:"A system to have wheels for. Repeatable. Default: Linux and macOS, x86_64 and aarch64."`
	BuildSystem   []string `placeholder:"NAME" help:"A project whose sdists are read for what they are built with. Repeatable, or separated by commas."`

	now   atomic.Pointer[crawl.Stats] // for the line of progress
	began time.Time
	shard crawl.Shard
}

// Run crawls and writes the records whole or not at all.
func (c *crawlCmd) Run(a *app) error {
	c.began = time.Now().UTC()
	options, err := c.options()
	if err != nil {
		return err
	}
	c.now.Store(new(crawl.Stats))
	options.Progress = func(s crawl.Stats) { c.now.Store(&s) }
	if c.whole() {
		return c.runWhole(a, options)
	}
	return c.runClosure(a, options)
}

// whole says whether projects are read whole, each for itself.
func (c *crawlCmd) whole() bool { return c.All || c.NoDeps }

// runClosure reads projects and what they need.
func (c *crawlCmd) runClosure(a *app, options crawl.Options) error {
	if err := c.know(a, &options); err != nil {
		return err
	}
	out, err := createFile(c.Output)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	stop := a.screen.Progress(func() string {
		return fmt.Sprintf("reading releases: %d projects, %d releases, %d requests", c.now.Load().Projects, c.now.Load().Releases, c.now.Load().Requests)
	})
	stats, err := crawl.Crawl(a, out, options)
	stop()
	if isFull(err) {
		return writeError(c.Output, err)
	}
	if err != nil {
		return crawlError(err)
	}
	problems := func(yield func(crawl.Problem, error) bool) {
		for _, u := range stats.Unreadable {
			if !yield(u.Problem(), nil) {
				return
			}
		}
	}
	if err := c.finish(out, c.newReport(options, stats), problems); err != nil {
		return err
	}
	a.warn(c.unread(stats))
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files, %d requests\n", c.Output, stats.Projects, stats.Releases, stats.Files, stats.Requests)
	return err
}

// crawlError is an error of an index, with what to do about it.
func crawlError(err error) error {
	e := &diag.Error{Code: diag.ExitWorld, Err: err}
	switch {
	case errors.Is(err, index.ErrOffline):
		return e.Hint("run it once without --offline")
	case errors.Is(err, index.ErrNetwork):
		return e.Hint("see that the index can be reached, or name another: --index-url URL")
	case errors.Is(err, index.ErrNotFound):
		return e.Hint("see that the names are right, or name another index: --index-url URL")
	}
	return e
}

// unread says what a closure lacks.
func (c *crawlCmd) unread(s crawl.Stats) (warnings []string) {
	for _, u := range s.Unreadable {
		warnings = append(warnings, u.String())
	}
	if s.Left > 0 {
		why := fmt.Sprintf("all %d requests are spent; --max-requests allows more, and what was read is in the cache", c.MaxRequests)
		if c.Offline {
			why = "they are not in the cache (--offline)"
		}
		warnings = append(warnings, fmt.Sprintf("%d pages and releases were not read: %s", s.Left, why))
	}
	return warnings
}

// know takes what earlier records have.
func (c *crawlCmd) know(a *app, options *crawl.Options) error {
	if c.Since == "" {
		return nil
	}
	options.Known = crawl.Known{}
	for p, err := range readRecordsOf(a, c.Since) {
		if err != nil {
			return recordsError(err)
		}
		options.Known.Add(p)
	}
	return nil
}

func (c *crawlCmd) newReport(o crawl.Options, s crawl.Stats) crawl.Report {
	o = o.WithDefaults()
	return crawl.Report{
		Mach: version, Began: c.began.Format(time.RFC3339), Ended: time.Now().UTC().Format(time.RFC3339),
		Index: o.Client.String(), Pythons: o.Pythons, Systems: o.Systems, Since: c.Since, Stats: s,
	}
}

// finish puts the report and then the records in their place.
func (c *crawlCmd) finish(out *newFile, r crawl.Report, problems func(func(crawl.Problem, error) bool)) error {
	if c.Report != "" {
		report, err := createFile(c.Report)
		if err != nil {
			return err
		}
		defer report.Cleanup()
		buffered := bufio.NewWriter(report)
		if err := r.Write(buffered, problems); err != nil {
			return writeError(c.Report, err)
		}
		if err := report.end(buffered, c.Report); err != nil {
			return err
		}
	}
	if err := out.CloseAtomicallyReplace(); err != nil {
		return writeError(c.Output, err)
	}
	return nil
}

func (c *crawlCmd) options() (o crawl.Options, err error) {
	o = crawl.Options{Pythons: c.Python, Systems: c.System, BuildSystem: c.BuildSystem}
	if err := c.check(); err != nil {
		return o, err
	}
	if len(c.Projects) > 0 {
		in, err := inputs.Read(inputs.Sources{Files: c.Projects})
		if err != nil {
			return o, err
		}
		for _, req := range in.Requirements {
			o.Projects = append(o.Projects, req.Requirement)
		}
	}
	if !c.All && len(o.Projects) == 0 {
		return o, diag.Input("%s: no project is named", strings.Join(c.Projects, ", ")).Hint("name some, one a line: echo flask >>%s", c.Projects[0])
	}
	if err := o.Check(); err != nil {
		return o, (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("--python 3.12 --system x86_64-linux")
	}
	for i, name := range o.BuildSystem {
		o.BuildSystem[i] = pep508.NormalizeName(strings.TrimSpace(name))
	}
	if c.ReleasedSince == "" && !c.whole() {
		c.ReleasedSince = "2023-01-01"
	}
	if c.ReleasedSince != "" {
		if o.Released, err = time.Parse(time.DateOnly, c.ReleasedSince); err != nil {
			return o, diag.Usage("--released-since: %q is no date", c.ReleasedSince).Hint("--released-since 2023-01-01")
		}
	}
	o.Client, err = c.client()
	return o, err
}

// check finds options that do not go together.
func (c *crawlCmd) check() (err error) {
	switch {
	case !c.All && len(c.Projects) == 0:
		return diag.Usage("nothing says what to read").Hint("--projects FILE, or --all")
	case c.All && len(c.Projects) > 0:
		return diag.Usage("--all and --projects exclude each other: --all reads the whole index").Hint("leave out --all, or --projects %s", c.Projects[0])
	case c.All && c.NoDeps:
		return diag.Usage("--all and --no-deps exclude each other: --all reads each project whole")
	case c.All && c.Offline:
		return diag.Usage("--all and --offline exclude each other: the list of all projects is in no cache")
	case c.Shard != "" && !c.whole():
		return diag.Usage("--shard needs --all or --no-deps: what projects need cannot be cut into parts")
	case c.RequestsPerSecond < 0:
		return diag.Usage("--requests-per-second %v: less than nothing", c.RequestsPerSecond)
	case c.AtOnce < 1:
		return diag.Usage("--at-once %d: at least one request has to be made at once", c.AtOnce)
	}
	for _, path := range []string{c.Output, c.Report} {
		if _, device, err := outputPath(cmp.Or(path, c.Output)); err != nil {
			return err
		} else if device {
			return diag.Usage("%s: not a regular file", path).Hint("name a file to write")
		}
	}
	if c.Shard != "" {
		if c.shard, err = crawl.ParseShard(c.Shard); err != nil {
			return diag.Usage("--shard").Because(err)
		}
	}
	return nil
}

func (c *crawlCmd) client() (*index.Client, error) {
	if c.IndexURL != "" {
		if _, err := index.New(c.IndexURL, "--index-url"); err != nil {
			return nil, (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("--index-url https://index.example/simple/")
		}
	}
	sources, err := index.Discover(index.DiscoverOptions{IndexURL: index.Given{Value: c.IndexURL, Source: "--index-url"}})
	if err != nil {
		return nil, err
	}
	ix, ok := sources.Main()
	if !ok {
		return nil, diag.Usage("pip is told to use no index").Hint("name one: --index-url URL")
	}
	cache := c.Cache
	if cache == "" && !c.All {
		cache = index.CacheDir()
	}
	switch {
	case c.MaxRequests >= 0:
	case c.whole():
		c.MaxRequests = 0
	default:
		c.MaxRequests = 3000
	}
	return index.NewTransport(index.Options{
		Version: version, AtOnce: c.AtOnce, PerSecond: c.RequestsPerSecond, Cache: cache, MaxAge: c.MaxAge, MaxRequests: c.MaxRequests, Offline: c.Offline,
	}).Client(ix), nil
}
