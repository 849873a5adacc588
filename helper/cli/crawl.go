package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/renameio/v2"

	"mach/helper/crawl"
	"mach/helper/crawl/record"
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
	if err != nil {
		return err
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

// know takes what earlier records have.
func (c *crawlCmd) know(a *app, options *crawl.Options) error {
	if c.Since == "" {
		return nil
	}
	options.Known = crawl.Known{}
	for p, err := range readRecordsOf(a, c.Since) {
		if err != nil {
			return diag.Input("%v", err)
		}
		options.Known.Add(p)
	}
	return nil
}

// runWhole reads all releases of projects, with a journal beside the output.
func (c *crawlCmd) runWhole(a *app, options crawl.Options) error {
	if _, device, err := outputPath(c.Output); err != nil {
		return err
	} else if device {
		return diag.Usage("%s: not a regular file", c.Output).Hint("name a file to write")
	}
	list, serial, err := c.list(a, options)
	if err != nil {
		return err
	}
	earlier, since, err := c.earlier()
	if err != nil {
		return err
	}
	partial := c.Output + ".partial"
	journal, err := crawl.OpenJournal(partial, crawl.Header{
		Began: c.began.Format(time.RFC3339), Index: options.Client.String(), Scope: options.Scope(), Shard: c.shard.String(), Since: since,
	})
	switch {
	case errors.Is(err, crawl.ErrOtherCrawl):
		return diag.Usage("%v", err).Hint("give the options of that crawl to go on with it, or begin anew: rm %s", partial)
	case err != nil:
		return diag.World("%v", err)
	}
	defer journal.Close()
	if journal.Resumed {
		fmt.Fprintf(a.stderr, "going on with %s of %s\n", partial, journal.Header.Began)
	}
	stop := a.screen.Progress(func() string {
		s := c.now.Load()
		return fmt.Sprintf("reading projects: %d of %d, %d releases, %d requests, %d could not be read", s.Done(), len(list), s.Releases, s.Requests, s.Problems)
	})
	stats, err := crawl.Whole(a, journal, list, earlier, options)
	stop()
	if err != nil {
		return c.interrupted(err, stats, partial)
	}
	out, err := createFile(c.Output)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	buffered := bufio.NewWriterSize(out, 1<<20)
	if err := errors.Join(journal.WriteRecords(buffered), buffered.Flush()); err != nil {
		return diag.World("%s", c.Output).Because(err)
	}
	report := c.newReport(options, stats)
	report.Serial, report.Began, report.Shard, report.Since = serial, journal.Header.Began, c.shard.String(), c.Since
	if err := c.finish(out, report, journal.Problems()); err != nil {
		return err
	}
	if err := c.sayUnread(a, journal); err != nil {
		return err
	}
	if err := journal.Remove(); err != nil {
		return diag.World("%s", partial).Because(err)
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files; %d projects were unchanged, %d requests\n",
		c.Output, stats.Projects, stats.Releases, stats.Files, stats.Copied, stats.Requests)
	return err
}

// interrupted says how to go on.
func (c *crawlCmd) interrupted(err error, s crawl.Stats, partial string) error {
	if errors.Is(err, index.ErrBudget) {
		err = fmt.Errorf("all %d requests are spent (--max-requests)", c.MaxRequests)
	}
	e := diag.World("%d of %d projects are read", s.Done(), s.Wanted).Because(err)
	return e.Hint("give the same command again: it goes on from %s", partial)
}

// list is the projects to read whole.
func (c *crawlCmd) list(a *app, options crawl.Options) (list []index.Listed, serial int64, err error) {
	if c.All {
		if list, serial, err = options.Client.Projects(a); err != nil {
			return nil, 0, err
		}
	}
	for _, r := range options.Projects {
		list = append(list, index.Listed{Name: pep508.NormalizeName(r.Name)})
	}
	slices.SortStableFunc(list, func(x, y index.Listed) int { return strings.Compare(x.Name, y.Name) })
	list = slices.CompactFunc(list, func(x, y index.Listed) bool { return x.Name == y.Name })
	list = slices.DeleteFunc(list, func(l index.Listed) bool { return !c.shard.Has(l.Name) })
	return list, serial, nil
}

// earlier opens the earlier records. since names them for the journal: others would have other projects unchanged.
func (c *crawlCmd) earlier() (earlier *crawl.Earlier, since string, err error) {
	if c.Since == "" {
		return nil, "", nil
	}
	f, err := os.Open(c.Since)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", diag.Usage("%s: there is no such file", c.Since)
	}
	if err != nil {
		return nil, "", diag.World("%v", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, "", diag.World("%s", c.Since).Because(err)
	}
	return crawl.NewEarlier(c.Since, f), fmt.Sprintf("%s of %d bytes", c.Since, info.Size()), nil
}

// sayUnread counts for people what could not be read, by reason, with an example each.
func (c *crawlCmd) sayUnread(a *app, journal *crawl.Journal) error {
	counts, examples := map[string]int{}, map[string]string{}
	for p, err := range journal.Problems() {
		if err != nil {
			return diag.World("%v", err)
		}
		if counts[p.Why]++; counts[p.Why] == 1 {
			examples[p.Why] = strings.TrimSpace(p.Project+" "+p.Version) + ": " + p.Text
		}
	}
	for _, one := range []struct{ why, text string }{
		{record.UnreadStatic, "need a build to tell what they need"},
		{record.UnreadBroken, "have files that are no good"},
		{record.UnreadAbsent, "have files that are not there"},
		{record.UnreadFailed, "could not be read, and will be the next time"},
	} {
		if n := counts[one.why]; n > 0 {
			fmt.Fprintf(a.stderr, "warning: %d projects and releases %s, as %s\n", n, one.text, examples[one.why])
		}
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
func (c *crawlCmd) finish(out *renameio.PendingFile, r crawl.Report, problems func(func(crawl.Problem, error) bool)) error {
	if c.Report != "" {
		report, err := createFile(c.Report)
		if err != nil {
			return err
		}
		defer report.Cleanup()
		buffered := bufio.NewWriter(report)
		if err := errors.Join(r.Write(buffered, problems), buffered.Flush(), report.CloseAtomicallyReplace()); err != nil {
			return diag.World("%s", c.Report).Because(err)
		}
	}
	if err := out.CloseAtomicallyReplace(); err != nil {
		return diag.World("%s", c.Output).Because(err)
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
	case c.All && c.NoDeps:
		return diag.Usage("--all and --no-deps exclude each other: --all reads each project whole")
	case c.Shard != "" && !c.whole():
		return diag.Usage("--shard needs --all or --no-deps: what projects need cannot be cut into parts")
	case c.RequestsPerSecond < 0 || c.AtOnce < 1:
		return diag.Usage("--requests-per-second and --at-once are more than nothing")
	}
	if c.Shard != "" {
		if c.shard, err = crawl.ParseShard(c.Shard); err != nil {
			return diag.Usage("--shard: %v", err)
		}
	}
	return nil
}

func (c *crawlCmd) client() (*index.Client, error) {
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
