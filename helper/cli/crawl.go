package cli

import (
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
	Projects    []string      `required:"" placeholder:"FILE" help:"Files that name the projects to begin with, as requirements, one a line."`
	Output      string        `short:"o" required:"" placeholder:"FILE" help:"The crawl records to write."`
	IndexURL    string        `name:"index-url" placeholder:"URL" help:"The index to read. Default: pip's."`
	Since       string        `default:"2023-01-01" placeholder:"DATE" help:"Read releases from this day on, and the newest before. Default: 2023-01-01."`
	MaxRequests int           `default:"3000" placeholder:"N" help:"Make no more requests than this. Default: 3000."`
	Cache       string        `placeholder:"DIR" help:"Where answers are kept. Default: mach's cache directory."`
	MaxAge      time.Duration `default:"24h" placeholder:"TIME" help:"How old a page in the cache may be. Default: 24h."`
	Offline     bool          `help:"Make no request: everything comes from the cache, however old."`
	Python      []string      `placeholder:"3.12" help:"A Python to have wheels and requirements for. Repeatable. Default: 3.9 to 3.14."`
	System      []string      `placeholder:"SYSTEM" help:"A system to have wheels for. Repeatable. Default: Linux and macOS, x86_64 and aarch64."`
	BuildSystem []string      `placeholder:"NAME" help:"A project whose sdists are read for what they are built with. Repeatable, or separated by commas."`
}

// Run crawls and writes the records whole or not at all.
func (c *crawlCmd) Run(a *app) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	var now atomic.Pointer[crawl.Stats]
	now.Store(new(crawl.Stats))
	options.Progress = func(s crawl.Stats) { now.Store(&s) }
	out, err := createFile(c.Output)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	stop := a.screen.Progress(func() string {
		return fmt.Sprintf("reading releases: %d projects, %d releases, %d requests", now.Load().Projects, now.Load().Releases, now.Load().Requests)
	})
	stats, err := crawl.Crawl(a, out, options)
	stop()
	if err != nil {
		return err
	}
	if err := out.CloseAtomicallyReplace(); err != nil {
		return diag.World("%s", c.Output).Because(err)
	}
	for _, u := range stats.Unreadable {
		fmt.Fprintf(a.stderr, "warning: %s\n", u)
	}
	if stats.Left > 0 {
		why := fmt.Sprintf("all %d requests are spent (--max-requests)", c.MaxRequests)
		if c.Offline {
			why = "they are not in the cache (--offline)"
		}
		fmt.Fprintf(a.stderr, "warning: %d pages and releases were not read: %s\n", stats.Left, why)
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files, %d requests\n", c.Output, stats.Projects, stats.Releases, stats.Files, stats.Requests)
	return err
}

func (c *crawlCmd) options() (o crawl.Options, err error) {
	o = crawl.Options{Pythons: c.Python, Systems: c.System, BuildSystem: c.BuildSystem}
	in, err := inputs.Read(inputs.Sources{Files: c.Projects})
	if err != nil {
		return o, err
	}
	for _, req := range in.Requirements {
		o.Projects = append(o.Projects, req.Requirement)
	}
	for i, name := range o.BuildSystem {
		o.BuildSystem[i] = pep508.NormalizeName(strings.TrimSpace(name))
	}
	if o.Since, err = time.Parse(time.DateOnly, c.Since); err != nil {
		return o, diag.Usage("--since: %q is no date", c.Since).Hint("--since 2023-01-01")
	}
	sources, err := index.Discover(index.DiscoverOptions{IndexURL: index.Given{Value: c.IndexURL, Source: "--index-url"}})
	if err != nil {
		return o, err
	}
	ix, ok := sources.Main()
	if !ok {
		return o, diag.Usage("pip is told to use no index").Hint("name one: --index-url URL")
	}
	cache := c.Cache
	if cache == "" {
		cache = index.CacheDir()
	}
	o.Client = index.NewTransport(index.Options{
		Version: version, AtOnce: 4, Cache: cache, MaxAge: c.MaxAge, MaxRequests: c.MaxRequests, Offline: c.Offline,
	}).Client(ix)
	return o, nil
}
