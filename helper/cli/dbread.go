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

type dbVerifyCmd struct {
	DB string `arg:"" placeholder:"FILE|URL" help:"The database."`
}

// Run reads everything.
func (c *dbVerifyCmd) Run(a *app) error {
	if err := c.verify(a); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.stdout, "%s: everything can be read and every hash is right\n", withoutUser(c.DB))
	return err
}

func (c *dbVerifyCmd) verify(a *app) error {
	if remote.IsURL(c.DB) {
		return verifyURL(a, c.DB)
	}
	db, err := openDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Verify(); err != nil {
		return dbError(err)
	}
	return nil
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
	c.print(a.stdout, db.Info())
	return c.printParts(a, db)
}

// remote prints also how to name just this database.
func (c *dbStatCmd) remote(a *app) error {
	db, err := openURL(a, c.DB)
	if err != nil {
		return err
	}
	c.print(a.stdout, db.Info())
	place := db.Place()
	_, err = fmt.Fprintf(a.stdout, "size       %d bytes\npinned     %s\nfor Nix    %s\n", place.Size, place, forNix(place))
	return err
}

func (c *dbStatCmd) print(w io.Writer, info pydb.Info) {
	fmt.Fprintf(w, "date       %s\n", cmp.Or(info.Date, "unknown"))
	if info.Serial != 0 {
		fmt.Fprintf(w, "serial     %d\n", info.Serial)
	}
	fmt.Fprintf(w, "projects   %d\nreleases   %d\nfiles      %d\nlocations  %t\nupdates    %d\nroot       %s\n",
		info.Projects, info.Releases, info.Files, info.Locations, info.Updates, info.Root)
}

// printParts prints what the file is made of.
func (c *dbStatCmd) printParts(a *app, db *pydb.DB) error {
	parts, err := db.Parts()
	if err != nil {
		return dbError(err)
	}
	info, err := os.Stat(c.DB)
	if err != nil {
		return &diag.Error{Code: diag.ExitWorld, Err: err}
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
			line := ""
			switch d.Only {
			case "old":
				removed++
				line = fmt.Sprintf("- %s (%d releases)", d.Name, len(d.Removed))
			case "new":
				added++
				line = fmt.Sprintf("+ %s (%d releases)", d.Name, len(d.Added))
			default:
				changed++
				line = "  " + d.Name + versions(" +", d.Added) + versions(" -", d.Removed) + versions(" ~", d.Changed)
			}
			fmt.Fprintln(a.stdout, diag.Printable(line))
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

type dbShowCmd struct {
	DB   string `name:"db" env:"MACH_DB" required:"" placeholder:"FILE|URL" help:"The database (environment: MACH_DB)."`
	Name string `arg:"" optional:"" help:"The project; without it, the names of all are printed."`
}

// Run prints each release, newest first, with what it needs.
func (c *dbShowCmd) Run(a *app) error {
	db, err := openDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.Name == "" {
		return printNames(a.stdout, db)
	}
	if !pep508.ValidName(c.Name) {
		return diag.Usage("%q is no name of a project", c.Name).Hint("mach db show NAME shows all of its releases")
	}
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
		w.WriteString(diag.Printable(showRelease(name, version, r)))
	}
	return w.Flush()
}

func printNames(stdout io.Writer, db *pydb.DB) error {
	w := bufio.NewWriter(stdout)
	for name, err := range db.Names() {
		if err != nil {
			return dbError(err)
		}
		w.WriteString(name)
		w.WriteByte('\n')
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

func showRelease(name, version string, r *pydb.Release) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", name, version)
	if r.Uploaded != "" {
		fmt.Fprintf(&b, "  %s", r.Uploaded)
	}
	if r.RequiresPython != "" {
		fmt.Fprintf(&b, "  Python %s", r.RequiresPython)
	}
	fmt.Fprintf(&b, "  %d wheels", len(r.Wheels))
	if r.Sdist {
		b.WriteString(", sdist")
	}
	if r.Yanked {
		b.WriteString(strings.TrimSuffix("  yanked: "+r.YankedReason, ": "))
	}
	b.WriteString("\n")
	for _, req := range r.RequiresDist {
		fmt.Fprintf(&b, "    %s\n", req)
	}
	if r.BuildKnown {
		fmt.Fprintf(&b, "    build: %s (%s)\n", strings.Join(r.BuildRequires, ", "), r.BuildBackend)
		if r.BuildUnknown != "" {
			fmt.Fprintf(&b, "    build: %s\n", r.BuildUnknown)
		}
	}
	return b.String()
}
