package cli

import (
	"cmp"
	"errors"
	"fmt"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/pydb"
	"mach/helper/release"
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
	Locate  dbLocateCmd  `cmd:"" help:"Print where the sdist or the wheel of a release lies, and its hash, as JSON."`
	Show    dbShowCmd    `cmd:"" help:"Print what a database knows of a project."`
}

type dbBuildCmd struct {
	recordFlags
	Records     []string `arg:"" placeholder:"RECORDS" help:"Crawl records, JSON lines; - is standard input. Of a project that several files have the newest record counts."`
	Output      string   `short:"o" required:"" placeholder:"FILE" help:"The database to write."`
	NoLocations bool     `help:"Leave out where files lie: a third of the size, for indexes with predictable paths."`
}

// Run packs the records, and writes nothing if one of them is wrong.
func (c *dbBuildCmd) Run(a *app) error {
	told, err := c.read()
	if err != nil {
		return err
	}
	var stats pydb.Stats
	err = writeDB(c.Output, func(out *dbFile) (err error) {
		options := pydb.BuildOptions{Locations: !c.NoLocations, Date: told.Day, Serial: told.Serial, TempDir: out.dir()}
		stats, err = pydb.Build(out, c.records(a, c.Records), options)
		return err
	})
	if err != nil {
		return err
	}
	a.leftOut(stats.Left)
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files; %d bytes, %.1f a release and %.1f a file\n",
		c.Output, stats.Projects, stats.Releases, stats.Files, stats.Total(), stats.BytesPerRelease(), stats.BytesPerFile())
	return err
}

type dbUpdateCmd struct {
	recordFlags
	DB      string   `arg:"" placeholder:"FILE" help:"The database. Its bytes stay as they are, and others are appended."`
	Records []string `arg:"" optional:"" placeholder:"RECORDS" help:"Crawl records, JSON lines; - is standard input. What has not changed is left as it is, and a record without files removes its project."`
	Remove  []string `placeholder:"NAME" help:"Remove a project; repeatable."`
}

// Run writes a copy of the database with what has changed behind it, and puts it in the place of the database.
func (c *dbUpdateCmd) Run(a *app) error {
	if len(c.Records)+len(c.Remove) == 0 {
		return diag.Usage("nothing to update with").Hint("give crawl records, or --remove NAME: mach db update %s records.jsonl", c.DB)
	}
	told, err := c.read()
	if err != nil {
		return err
	}
	db, err := holdDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.close()
	for _, name := range normalNames(c.Remove) {
		if _, err := db.Project(name); errors.Is(err, release.ErrNotFound) {
			return unknownProject(db.DB, name)
		}
	}
	options := pydb.UpdateOptions{Date: told.Day, Serial: cmp.Or(told.Serial, db.Info().Serial), Remove: normalNames(c.Remove)}
	if len(c.Report) > 0 {
		options.Gone = told.Gone
		if !told.Whole() { // the rest is as old as it was
			options.Date, options.Serial = cmp.Or(c.Date, db.Info().Date), cmp.Or(c.Serial, db.Info().Serial)
		}
	}
	if before := db.Info().Date; options.Date < before {
		a.warn([]string{fmt.Sprintf("the records are of %s, and the database is of %s: what changed in between is undone", options.Date, before)})
	}
	var done pydb.UpdateStats
	err = db.replace(func(out *dbFile) (err error) {
		options.TempDir = out.dir()
		done, err = db.Update(&behind{old: db.path, dbFile: out}, c.records(a, c.Records), options)
		if err == nil && done.Bytes == 0 {
			return errAsBefore
		}
		return err
	})
	if err != nil {
		return err
	}
	a.leftOut(done.Left)
	if done.Bytes == 0 {
		_, err = fmt.Fprintf(a.stdout, "%s: nothing has changed\n", c.DB)
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects added, %d changed, %d removed, %d as they were; %d bytes appended\n",
		c.DB, done.Added, done.Changed, done.Removed, done.Unchanged, done.Bytes)
	return err
}

func normalNames(names []string) []string {
	normal := make([]string, len(names))
	for i, name := range names {
		normal[i] = pep508.NormalizeName(name)
	}
	return normal
}

type dbCompactCmd struct {
	DB     string `arg:"" placeholder:"FILE" help:"The database."`
	Output string `short:"o" placeholder:"FILE" help:"Write another file, and leave the database as it is."`
}

// Run writes the database anew.
func (c *dbCompactCmd) Run(a *app) error {
	db, err := holdDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.close()
	var stats pydb.Stats
	compact := func(out *dbFile) (err error) {
		stats, err = db.Compact(out, out.dir())
		return err
	}
	if c.Output == "" {
		err = db.replace(compact)
	} else {
		err = writeDB(c.Output, compact)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d bytes, %d fewer\n", cmp.Or(c.Output, c.DB), stats.Total(), db.Size()-stats.Total())
	return err
}
