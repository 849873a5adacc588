package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/pydb"
	"mach/helper/release"
	"mach/helper/remote"
)

type dbCmd struct {
	Crawl   crawlCmd     `cmd:"" help:"Read projects and what they need from an index into crawl records."`
	Build   dbBuildCmd   `cmd:"" help:"Pack crawl records into a database."`
	Update  dbUpdateCmd  `cmd:"" help:"Put crawl records into a database in the place of what it has of their projects."`
	Compact dbCompactCmd `cmd:"" help:"Write a database that was updated as if it were built anew."`
	Import  dbImportCmd  `cmd:"" help:"Make crawl records of the data of mach-nix: pypi-deps-db, nix-pypi-fetcher."`
	Verify  dbVerifyCmd  `cmd:"" help:"Read a database whole and check every hash."`
	Stat    dbStatCmd    `cmd:"" help:"Say what a database holds, how old and how big it is."`
	Diff    dbDiffCmd    `cmd:"" help:"Say what is different in two databases."`
	Show    dbShowCmd    `cmd:"" help:"Print what a database knows of a project."`
}

type dbBuildCmd struct {
	Records     []string `arg:"" placeholder:"FILE" help:"Crawl records, JSON lines; - is standard input."`
	Output      string   `short:"o" required:"" placeholder:"FILE" help:"The database to write."`
	Date        string   `placeholder:"DATE" help:"The day of the data, 2026-01-31. Default: today."`
	NoLocations bool     `help:"Leave out where files lie: a third of the size, for indexes with predictable paths."`
}

// Run packs the records, and writes nothing if one of them is wrong.
func (c *dbBuildCmd) Run(a *app) error {
	date, err := dayOrToday(c.Date)
	if err != nil {
		return err
	}
	out, err := createDB(c.Output)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	stats, err := pydb.Build(out, readRecords(a, c.Records), pydb.BuildOptions{Locations: !c.NoLocations, Date: date, TempDir: out.dir()})
	if err := out.finish(err); err != nil {
		return err
	}
	a.leftOut(stats.Left)
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files; %d bytes, %.1f a release and %.1f a file\n",
		c.Output, stats.Projects, stats.Releases, stats.Files, stats.Total(), stats.BytesPerRelease(), stats.BytesPerFile())
	return err
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
	if err := c.print(a, db.Info()); err != nil {
		return err
	}
	return c.printParts(a, db)
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
	_, err := fmt.Fprintf(a.stdout, "date       %s\nprojects   %d\nreleases   %d\nfiles      %d\nlocations  %t\nupdates    %d\nroot       %s\n",
		cmp.Or(info.Date, "unknown"), info.Projects, info.Releases, info.Files, info.Locations, info.Updates, info.Root)
	return err
}

// printParts prints what the file is made of.
func (c *dbStatCmd) printParts(a *app, db *pydb.DB) error {
	parts, err := db.Parts()
	if err != nil {
		return dbError(err)
	}
	info, err := os.Stat(c.DB)
	if err != nil {
		return diag.World("%v", err)
	}
	rest := info.Size()
	fmt.Fprintf(a.stdout, "size       %d bytes\n", info.Size())
	for _, p := range parts {
		if p.Streams > 0 {
			fmt.Fprintf(a.stdout, "           %10d  %s: %d streams, and %d for the index to them\n", p.Bytes, p.Kind, p.Streams, p.Index)
		}
		rest -= p.Bytes + p.Index
	}
	_, err = fmt.Fprintf(a.stdout, "           %10d  root, and what updates took the place of\n", rest)
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
