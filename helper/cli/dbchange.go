package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/pydb"
)

type dbUpdateCmd struct {
	DB      string   `arg:"" placeholder:"FILE" help:"The database. Its bytes stay as they are, and others are appended."`
	Records []string `arg:"" optional:"" placeholder:"RECORDS" help:"Crawl records of the projects that have changed, JSON lines; - is standard input. A record without files removes its project."`
	Remove  []string `placeholder:"NAME" help:"Remove a project; repeatable."`
	Date    string   `placeholder:"DATE" help:"The day of the data, 2026-01-31. Default: today."`
	Serial  int64    `placeholder:"N" help:"The serial of the index. Default: the one before."`
}

// Run writes a copy of the database with what has changed behind it, and puts it in the place of the database.
func (c *dbUpdateCmd) Run(a *app) error {
	date, err := dayOrToday(c.Date)
	if err != nil {
		return err
	}
	if len(c.Records)+len(c.Remove) == 0 {
		return diag.Usage("nothing to update with").Hint("give crawl records, or --remove NAME: mach db update %s records.jsonl", c.DB)
	}
	db, unlock, err := lockDB(a, c.DB)
	if err != nil {
		return err
	}
	defer unlock()
	out, err := createDB(c.DB)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	opt := pydb.UpdateOptions{Date: date, Serial: c.Serial, Remove: normalNames(c.Remove), TempDir: out.dir()}
	if opt.Serial == 0 {
		opt.Serial = db.Info().Serial
	}
	done, err := db.Update(&behind{old: c.DB, dbFile: out}, readRecords(a, c.Records), opt)
	if err == nil && done.Bytes == 0 {
		_, err := fmt.Fprintf(a.stdout, "%s: nothing has changed\n", c.DB)
		return err
	}
	if err := out.finish(err); err != nil {
		return err
	}
	a.leftOut(done.Left)
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects added, %d changed, %d removed, %d as they were; %d bytes appended\n",
		c.DB, done.Added, done.Changed, done.Removed, done.Unchanged, done.Bytes)
	return err
}

// behind writes to a file behind a copy of an old one, which it makes when it must: where the file system can, without
// copying anything.
type behind struct {
	old string
	*dbFile
	copied bool
}

// Write implements io.Writer.
func (b *behind) Write(text []byte) (int, error) {
	if !b.copied {
		b.copied = true
		if err := b.copy(); err != nil {
			b.failed = err
			return 0, err
		}
	}
	return b.dbFile.Write(text)
}

func (b *behind) copy() error {
	old, err := os.Open(b.old)
	if err != nil {
		return err
	}
	defer old.Close()
	_, err = io.Copy(b.File, old)
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
	db, unlock, err := lockDB(a, c.DB)
	if err != nil {
		return err
	}
	defer unlock()
	path := c.DB
	if c.Output != "" {
		path = c.Output
	}
	out, err := createDB(path)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	stats, err := db.Compact(out, out.dir())
	if err := out.finish(err); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d bytes, %d fewer\n", path, stats.Total(), db.Size()-stats.Total())
	return err
}

type dbDiffCmd struct {
	Old   string `arg:"" placeholder:"OLD" help:"A database."`
	New   string `arg:"" placeholder:"NEW" help:"Another one."`
	Files bool   `help:"Compare hashes, sizes and locations of files too, which takes longer."`
}

// Run prints a line for each project, and at the end how many there are.
func (c *dbDiffCmd) Run(a *app) error {
	older, err := openDB(a, c.Old)
	if err != nil {
		return err
	}
	defer older.Close()
	newer, err := openDB(a, c.New)
	if err != nil {
		return err
	}
	defer newer.Close()
	var added, removed, changed int
	if older.Info().Root != newer.Info().Root {
		for d, err := range pydb.Diff(older, newer, c.Files) {
			if err != nil {
				return dbError(err)
			}
			switch d.Only {
			case "old":
				removed++
				fmt.Fprintf(a.stdout, "- %s (%d releases)\n", d.Name, len(d.Removed))
			case "new":
				added++
				fmt.Fprintf(a.stdout, "+ %s (%d releases)\n", d.Name, len(d.Added))
			default:
				changed++
				fmt.Fprintf(a.stdout, "  %s%s%s%s\n", d.Name, versions(" +", d.Added), versions(" -", d.Removed), versions(" ~", d.Changed))
			}
		}
	}
	_, err = fmt.Fprintf(a.stdout, "%d projects added, %d removed, %d changed\n", added, removed, changed)
	return err
}

// versions lists versions, each after a sign.
func versions(sign string, list []string) string {
	if len(list) == 0 {
		return ""
	}
	return sign + strings.Join(list, sign)
}
