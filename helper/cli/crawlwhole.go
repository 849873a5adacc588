package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"mach/helper/crawl"
	"mach/helper/crawl/record"
	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pep508"
)

// runWhole reads all releases of projects, with a journal beside the output.
func (c *crawlCmd) runWhole(a *app, options crawl.Options) error {
	list, serial, err := c.list(a, options)
	if err != nil {
		return crawlError(err)
	}
	earlier, since, err := c.earlier()
	if err != nil {
		return err
	}
	defer earlier.Close()
	journal, err := c.journal(a, options, since, serial)
	if err != nil {
		return err
	}
	defer journal.Close()
	stop := a.screen.Progress(func() string {
		s := c.now.Load()
		return fmt.Sprintf("reading projects: %d of %d, %d releases, %d requests, %d could not be read", s.Done(), len(list), s.Releases, s.Requests, s.Problems)
	})
	stats, err := crawl.Whole(a, journal, list, crawl.NewEarlier(c.Since, earlier), options)
	stop()
	if err != nil {
		return c.interrupted(err, stats)
	}
	report := c.newReport(options, stats)
	report.Began, report.Serial = journal.Header.Began, journal.Header.Serial
	report.All, report.Shard = c.All, c.shard.String()
	return c.end(a, journal, report)
}

// partial is where the journal is.
func (c *crawlCmd) partial() string { return c.Output + ".partial" }

// journal begins a journal, or goes on with the one that is there. since names the earlier records, serial is that of the
// list.
func (c *crawlCmd) journal(a *app, options crawl.Options, since string, serial int64) (*crawl.Journal, error) {
	header := crawl.Header{
		Began: c.began.Format(time.RFC3339), Serial: serial, Index: options.Client.String(), Scope: options.Scope(), Shard: c.shard.String(), Since: since,
	}
	journal, err := crawl.OpenJournal(c.partial(), header)
	if errors.Is(err, crawl.ErrOtherCrawl) && c.Anew {
		fmt.Fprintf(a.stderr, "begun anew: %s\n", diag.Printable(err.Error()))
		if err = os.Remove(c.partial()); err == nil {
			journal, err = crawl.OpenJournal(c.partial(), header)
		}
	}
	switch {
	case errors.Is(err, crawl.ErrOtherCrawl):
		return nil, (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("give the options of that crawl to go on with it, or begin anew: --anew")
	case errors.Is(err, crawl.ErrInUse):
		return nil, (&diag.Error{Code: diag.ExitWorld, Err: err}).Hint("wait for its end, or write to another file: -o FILE")
	case err != nil:
		return nil, writeError(c.partial(), err)
	}
	if journal.Resumed {
		fmt.Fprintf(a.stderr, "going on with %s of %s\n", c.partial(), diag.Printable(journal.Header.Began))
	}
	return journal, nil
}

// end writes the records of a journal, and removes it.
func (c *crawlCmd) end(a *app, journal *crawl.Journal, report crawl.Report) error {
	out, err := createFile(c.Output)
	if err != nil {
		return err
	}
	defer out.Cleanup()
	buffered := bufio.NewWriterSize(out, 1<<20)
	if err := errors.Join(journal.WriteRecords(buffered), buffered.Flush()); err != nil {
		return writeError(c.Output, err)
	}
	if err := c.finish(out, report, journal.Problems()); err != nil {
		return err
	}
	if err := c.sayUnread(a, journal); err != nil {
		return err
	}
	if err := journal.Remove(); err != nil {
		return diag.World("%s", c.partial()).Because(err)
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %d projects, %d releases, %d files; %d projects were unchanged, %d requests\n",
		c.Output, report.Projects, report.Releases, report.Files, report.Copied, report.Requests)
	return err
}

// interrupted says how to go on.
func (c *crawlCmd) interrupted(err error, s crawl.Stats) error {
	if errors.Is(err, crawl.ErrEarlier) {
		return recordsError(err)
	}
	if errors.Is(err, index.ErrBudget) {
		err = fmt.Errorf("all %d requests are spent (--max-requests)", c.MaxRequests)
	}
	if isFull(err) {
		err = writeError(c.partial(), err)
	}
	e := diag.World("%d of %d projects are read", s.Done(), s.Wanted).Because(err)
	return e.Hint("give the same command again: it goes on from %s", c.partial())
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

// earlier opens the earlier records, which are empty if there are none. since names them for the journal: others would
// have other projects unchanged.
func (c *crawlCmd) earlier() (in io.ReadCloser, since string, err error) {
	if c.Since == "" {
		return io.NopCloser(strings.NewReader("")), "", nil
	}
	f, err := openNamed(c.Since)
	if err != nil {
		return nil, "", err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, "", diag.World("%s", c.Since).Because(err)
	}
	return f, fmt.Sprintf("%s of %d bytes", c.Since, info.Size()), nil
}

// sayUnread counts for people what could not be read, by reason, with an example each. Projects that they named are named.
func (c *crawlCmd) sayUnread(a *app, journal *crawl.Journal) error {
	if absent := journal.Absent(); c.All && len(absent) > 0 {
		a.warn([]string{fmt.Sprintf("%d projects are in the list of the index and have no page, as %s", len(absent), absent[0])})
	} else {
		for _, name := range absent {
			a.warn([]string{fmt.Sprintf("project %q: not found in the index", name)})
		}
	}
	counts, examples := map[string]int{}, map[string]string{}
	for p, err := range journal.Problems() {
		if err != nil {
			return &diag.Error{Code: diag.ExitWorld, Err: err}
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
			a.warn([]string{fmt.Sprintf("%d projects and releases %s, as %s", n, one.text, examples[one.why])})
		}
	}
	return nil
}
