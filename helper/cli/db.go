package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"mach/helper/crawl/record"
	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/pydb"
	"mach/helper/release"
	"mach/helper/remote"
)

type dbCmd struct {
	Crawl  crawlCmd    `cmd:"" help:"Read projects and what they need from an index into crawl records."`
	Build  dbBuildCmd  `cmd:"" help:"Pack crawl records into a database."`
	Import dbImportCmd `cmd:"" help:"Make crawl records of the data of mach-nix: pypi-deps-db, nix-pypi-fetcher."`
	Verify dbVerifyCmd `cmd:"" help:"Read a database whole and check every hash."`
	Stat   dbStatCmd   `cmd:"" help:"Say what a database holds."`
	Show   dbShowCmd   `cmd:"" help:"Print what a database knows of a project."`
}

type dbBuildCmd struct {
	Records     []string `arg:"" placeholder:"FILE" help:"Crawl records, JSON lines, sorted by name; - is standard input."`
	Output      string   `short:"o" required:"" placeholder:"FILE" help:"The database to write."`
	Date        string   `placeholder:"DATE" help:"The day of the data, 2026-01-31. Default: today."`
	NoLocations bool     `help:"Leave out where files lie: a third of the size, for indexes with predictable paths."`
}

// Run packs the records, and writes nothing if one of them is wrong.
func (c *dbBuildCmd) Run(a *app) error {
	if err := checkDay(c.Date); err != nil {
		return err
	}
	if c.Date == "" {
		c.Date = time.Now().UTC().Format(time.DateOnly)
	}
	out, err := createFile(c.Output)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	buffered := bufio.NewWriterSize(out, 1<<20)
	stats, err := pydb.Build(buffered, readRecords(a, c.Records), pydb.BuildOptions{Locations: !c.NoLocations, Date: c.Date})
	if err != nil {
		return diag.Input("%v", err)
	}
	if err := errors.Join(buffered.Flush(), out.CloseAtomicallyReplace()); err != nil {
		return diag.World("%s", c.Output).Because(err)
	}
	for _, why := range slices.Sorted(maps.Keys(stats.Left)) {
		fmt.Fprintf(a.stderr, "left out: %d %s\n", stats.Left[why], why)
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files; %d bytes, %.1f a release and %.1f a file\n",
		c.Output, stats.Projects, stats.Releases, stats.Files, stats.Total(), stats.BytesPerRelease(), stats.BytesPerFile())
	return err
}

// readRecords yields the records of several files, merged by name.
func readRecords(a *app, paths []string) iter.Seq2[*record.Project, error] {
	sources := make([]iter.Seq2[*record.Project, error], len(paths))
	for i, path := range paths {
		sources[i] = readRecordsOf(a, path)
	}
	return record.Merge(sources...)
}

func readRecordsOf(a *app, path string) iter.Seq2[*record.Project, error] {
	return func(yield func(*record.Project, error) bool) {
		in, err := openInput(a, path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer in.Close()
		record.Read(path, in)(yield)
	}
}

func openInput(a *app, path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.stdin), nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, diag.Usage("%s: there is no such file", path)
	}
	return f, err
}

type dbVerifyCmd struct {
	DB string `arg:"" placeholder:"FILE" help:"The database."`
}

// Run reads everything.
func (c *dbVerifyCmd) Run(a *app) error {
	if remote.IsURL(c.DB) {
		return diag.Usage("database %q: a database is read whole from a file only", c.DB).Hint("download it, and give its path: mach db verify pypi.xz")
	}
	db, err := openDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Verify(); err != nil {
		return dbError(err)
	}
	_, err = fmt.Fprintf(a.stdout, "%s: everything can be read and every hash is right\n", c.DB)
	return err
}

type dbStatCmd struct {
	DB string `arg:"" placeholder:"FILE|URL" help:"The database."`
}

// Run prints the figures, one a line.
func (c *dbStatCmd) Run(a *app) error {
	if remote.IsURL(c.DB) {
		return c.remote(a)
	}
	db, err := openDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	return c.print(a, db.Info())
}

// remote prints also how to name just this database.
func (c *dbStatCmd) remote(a *app) error {
	db, err := openURL(a, c.DB)
	if err != nil {
		return err
	}
	if err := c.print(a, db.Info()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "pinned     %s\n", db.Place())
	return err
}

func (c *dbStatCmd) print(a *app, info pydb.Info) error {
	_, err := fmt.Fprintf(a.stdout, "date       %s\nprojects   %d\nreleases   %d\nfiles      %d\nlocations  %t\nroot       %s\n",
		info.Date, info.Projects, info.Releases, info.Files, info.Locations, info.Root)
	return err
}

type dbShowCmd struct {
	DB   string `name:"db" env:"MACH_DB" required:"" placeholder:"FILE|URL" help:"The database (environment: MACH_DB)."`
	Name string `arg:"" help:"The project."`
}

// Run prints each release, newest first, with what it needs.
func (c *dbShowCmd) Run(a *app) error {
	db, err := openDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	name := pep508.NormalizeName(c.Name)
	p, err := db.Project(name)
	if errors.Is(err, release.ErrNotFound) {
		return unknownProject(db, name)
	}
	if err != nil {
		return dbError(err)
	}
	w := bufio.NewWriter(a.stdout)
	for i, version := range p.Versions {
		r, err := p.Release(i)
		if err != nil {
			return dbError(err)
		}
		showRelease(w, name, version, r)
	}
	return w.Flush()
}

func unknownProject(db *pydb.DB, name string) error {
	e := diag.Input("the database of %s has no project %q", db.Info().Date, name)
	near, err := db.Near(name, 3)
	if err != nil {
		return dbError(err)
	}
	if len(near) > 0 {
		e.Hint("did you mean %s?", strings.Join(near, ", "))
	}
	return e
}

func showRelease(w io.Writer, name, version string, r *pydb.Release) {
	fmt.Fprintf(w, "%s %s", name, version)
	if r.Uploaded != "" {
		fmt.Fprintf(w, "  %s", r.Uploaded)
	}
	if r.RequiresPython != "" {
		fmt.Fprintf(w, "  Python %s", r.RequiresPython)
	}
	fmt.Fprintf(w, "  %d wheels", len(r.Wheels))
	if r.Sdist {
		fmt.Fprint(w, ", sdist")
	}
	if r.Yanked {
		fmt.Fprintf(w, "  yanked %s", r.YankedReason)
	}
	fmt.Fprintln(w)
	for _, req := range r.RequiresDist {
		fmt.Fprintf(w, "    %s\n", req)
	}
	if r.BuildKnown {
		fmt.Fprintf(w, "    build: %s (%s)\n", strings.Join(r.BuildRequires, ", "), r.BuildBackend)
	}
}
