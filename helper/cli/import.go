package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"mach/helper/diag"
	"mach/helper/importer"
)

type dbImportCmd struct {
	Data   []string `arg:"" placeholder:"DIR" help:"Checkouts of pypi-deps-db (wheel/, sdist/) and of nix-pypi-fetcher (pypi/)."`
	Output string   `short:"o" required:"" placeholder:"FILE" help:"The crawl records to write."`
	Report string   `placeholder:"FILE" help:"Write what was left out, and why: JSON, one a line."`
}

// Run imports and writes the records whole or not at all.
func (c *dbImportCmd) Run(a *app) (err error) {
	for _, dir := range c.Data {
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return diag.Usage("%s: there is no such directory", dir)
		}
	}
	out, err := createFile(c.Output)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	options := importer.Options{Dirs: c.Data}
	if options.Scratch, err = scratchFile(c.Output); err != nil {
		return writeError(c.Output, err)
	}
	defer options.Scratch.Close()
	if c.Report != "" {
		finish, err := c.report(&options)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, finish()) }()
	}
	var now atomic.Pointer[importer.Stats]
	now.Store(new(importer.Stats))
	options.Progress = func(s importer.Stats) { now.Store(&s) }
	stop := a.screen.Progress(func() string {
		return fmt.Sprintf("importing: %d of 256 buckets, %d projects, %d releases", now.Load().Buckets, now.Load().Projects, now.Load().Releases)
	})
	buffered := bufio.NewWriterSize(out, 1<<20)
	stats, err := importer.Import(a, buffered, options)
	stop()
	switch {
	case errors.Is(err, importer.ErrNoData):
		return (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("give checkouts of those, whole: mach db import pypi-deps-db nix-pypi-fetcher -o %s", c.Output)
	case isFull(err):
		return writeError(c.Output, err)
	case err != nil:
		return recordsError(err)
	}
	if err := out.end(buffered, c.Output); err != nil {
		return err
	}
	for _, why := range slices.Sorted(maps.Keys(stats.Left)) {
		fmt.Fprintf(a.stderr, "left out: %d: %s\n", stats.Left[why], why)
	}
	if without := stats.Files - stats.Hashes; without > 0 {
		a.warn([]string{fmt.Sprintf("the hash of %d files is not in the data; mach db build leaves them out", without)})
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files, %d of them with a hash\n", c.Output, stats.Projects, stats.Releases, stats.Files, stats.Hashes)
	return err
}

// report begins the file of what is left out.
func (c *dbImportCmd) report(o *importer.Options) (finish func() error, err error) {
	f, err := createFile(c.Report)
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewWriterSize(f, 1<<16)
	encoder := json.NewEncoder(buffered)
	o.Report = func(p importer.Problem) { err = errors.Join(err, encoder.Encode(p)) }
	return func() error {
		defer f.Cleanup()
		if err != nil {
			return writeError(c.Report, err)
		}
		return f.end(buffered, c.Report)
	}, nil
}

// scratchFile is a file beside path that is gone when it is closed.
func scratchFile(path string) (*os.File, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".mach-")
	if err != nil {
		return nil, err
	}
	return f, os.Remove(f.Name())
}
