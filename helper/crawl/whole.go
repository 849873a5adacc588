package crawl

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"mach/helper/crawl/record"
	"mach/helper/index"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// maxInARow is how many projects may fail one after the other before it is the index that fails.
const maxInARow = 20

// projectsAtOnce is how many projects are read at once: with slots for their releases (each), enough to keep the client
// busy, and a bound on memory.
const projectsAtOnce = 8

// Whole reads all releases of projects into a journal; list is in the order of names, each once. earlier may be nil. An
// error ends the crawl, and the journal is what there is so far: the same call goes on. That requests were used up is
// index.ErrBudget. Of options, Projects and Known are not for it.
func Whole(ctx context.Context, j *Journal, list []index.Listed, earlier *Earlier, o Options) (Stats, error) {
	o.Projects, o.Known = nil, nil
	c, err := newCrawler(o)
	if err != nil {
		return Stats{}, err
	}
	w := &whole{crawler: c, journal: j, scope: o.Scope()}
	for _, name := range o.BuildSystem {
		w.build = append(w.build, pep508.NormalizeName(name))
	}
	ctx, w.stop = context.WithCancelCause(ctx)
	defer w.stop(nil)
	jobs := make(chan job)
	var workers sync.WaitGroup
	for range projectsAtOnce {
		workers.Go(func() {
			for one := range jobs {
				w.do(ctx, one)
			}
		})
	}
	w.feed(ctx, jobs, list, earlier)
	close(jobs)
	workers.Wait()
	s := w.stats(len(list))
	if w.Progress != nil {
		w.Progress(s)
	}
	return s, context.Cause(ctx)
}

type whole struct {
	*crawler
	scope   string
	build   []string // projects whose newest sdists are read
	stop    context.CancelCauseFunc
	inARow  atomic.Int32
	mu      sync.Mutex // guards the journal
	journal *Journal
}

// job is a project to read.
type job struct {
	index.Listed
	before *before // nil: it is not in the earlier records
}

// feed hands out the projects that are not done.
func (w *whole) feed(ctx context.Context, jobs chan<- job, list []index.Listed, earlier *Earlier) {
	var todo []index.Listed // the journal grows from now on
	for _, l := range list {
		if !w.journal.done(l.Name, l.Serial) {
			todo = append(todo, l)
		}
	}
	for _, l := range todo {
		b, err := earlier.find(l.Name)
		if err != nil {
			w.stop(fmt.Errorf("%w: %w", ErrEarlier, err))
			return
		}
		select {
		case jobs <- job{l, b}:
		case <-ctx.Done():
			return
		}
	}
}

func (w *whole) stats(wanted int) Stats {
	s := w.journal.counts
	s.Wanted, s.Requests = wanted, w.Client.Stats().Requests
	return s
}

// do deals with a project. What stops the crawl leaves no trace of the project.
func (w *whole) do(ctx context.Context, one job) {
	if ctx.Err() != nil {
		return
	}
	e, err := w.project(ctx, one)
	if err == nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		err = w.journal.add(e)
		if w.Progress != nil && err == nil {
			w.Progress(w.stats(0))
		}
	}
	if err != nil {
		w.stop(err)
	}
}

// project reads a project, or copies it.
func (w *whole) project(ctx context.Context, one job) (entry, error) {
	b := one.before
	same := b.is(w.scope)
	if same && one.Serial != 0 && b.Meta.LastSerial == one.Serial {
		return copied(b, howCopied)
	}
	etag, modified := "", ""
	if same {
		etag, modified = b.Meta.ETag, b.Meta.Modified
	}
	page, unchanged, err := w.Client.ProjectSince(ctx, one.Name, etag, modified)
	switch {
	case err == nil && (unchanged || same && page.Serial != 0 && page.Serial == b.Meta.LastSerial):
		w.inARow.Store(0)
		return copied(b, howCopied)
	case err == nil:
		var e entry
		if e, err = w.releasesOf(ctx, one, page); err == nil {
			return e, w.count(e)
		}
	case errors.Is(err, index.ErrNotFound):
		w.inARow.Store(0)
		return entry{Name: one.Name, How: howAbsent, Serial: one.Serial}, nil
	}
	if mustStop(ctx, err) {
		return entry{}, cmp.Or(context.Cause(ctx), err)
	}
	e := entry{Name: one.Name, How: howFailed}
	if b != nil {
		var kerr error
		if e, kerr = copied(b, howKept); kerr != nil {
			return e, kerr
		}
	}
	e.Problems = []Problem{Unreadable{one.Name, "", err}.Problem()}
	return e, w.count(e)
}

// mustStop is whether an error is none of the index.
func mustStop(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, index.ErrBudget) || errors.Is(err, index.ErrOffline)
}

// count is an error if the index failed for too many projects one after the other.
func (w *whole) count(e entry) error {
	i := slices.IndexFunc(e.Problems, func(p Problem) bool { return p.Why == record.UnreadFailed })
	if i < 0 {
		w.inARow.Store(0)
		return nil
	}
	if w.inARow.Add(1) >= maxInARow {
		return fmt.Errorf("%d projects one after the other could not be read; the last: %s", maxInARow, e.Problems[i].Text)
	}
	return nil
}

// releasesOf reads the releases of a page.
func (w *whole) releasesOf(ctx context.Context, one job, page *index.Page) (entry, error) {
	known, static, err := one.before.known()
	if err != nil {
		return entry{}, err
	}
	c := *w.crawler
	c.Known = known
	p := &project{name: one.Name, wanted: c.targets.all(), buildSystem: slices.Contains(w.build, one.Name), page: page}
	if p.releases, err = c.releases(p); err != nil {
		return entry{}, err
	}
	for _, r := range p.newestSdists() {
		r.build = true
	}
	batch := c.since(p.releases)
	errs := make([]error, len(batch))
	each(len(batch), func(i int) {
		if r := batch[i]; static[r.version.String()] && len(r.wheels)+len(r.foreign) == 0 {
			r.sdistRead, errs[i] = true, errNotStatic
		} else {
			errs[i] = c.read(ctx, r)
		}
	})
	e := entry{Name: one.Name, How: howRead, Serial: cmp.Or(page.Serial, one.Serial)}
	r := p.record()
	for i, err := range errs {
		if err == nil {
			continue
		}
		if mustStop(ctx, err) {
			return e, err
		}
		problem := Unreadable{one.Name, batch[i].version.String(), err}.Problem()
		if e.Problems = append(e.Problems, problem); problem.Why == record.UnreadFailed {
			e.How = howPart
		}
		r.Unread = append(r.Unread, record.Unread{Version: problem.Version, Why: problem.Why})
	}
	r.Meta.Scope = w.scope
	r.Meta.ETag, r.Meta.Modified = page.Validators()
	e.Counts = [2]int{countRead(batch), len(r.Files)}
	e.Record, err = r.Line()
	return e, err
}

func countRead(releases []*release) (n int) {
	for _, r := range releases {
		if r.isRead() {
			n++
		}
	}
	return n
}

// since is the releases, newest first, from the day that is wanted on, and the newest before.
func (c *crawler) since(releases []*release) []*release {
	day := c.Released.UTC().Format("2006-01-02")
	if c.Released.IsZero() {
		return releases
	}
	before := 0
	return slices.DeleteFunc(slices.Clone(releases), func(r *release) bool {
		if r.uploaded == "" || r.uploaded >= day {
			return false
		}
		before++
		return before > 1
	})
}

// copied is a project as it is in the earlier records.
func copied(b *before, how string) (entry, error) {
	e := entry{Name: b.Name, How: how, Serial: b.Meta.LastSerial, Record: b.line}
	p := new(record.Project)
	if err := json.Unmarshal(b.line, p); err != nil {
		return e, fmt.Errorf("%w: %q: %w", ErrEarlier, b.Name, err)
	}
	versions := map[string]bool{}
	for _, f := range p.Files {
		versions[versionOf(f.Filename, b.Name)] = true
	}
	e.Counts = [2]int{len(versions), len(p.Files)}
	for _, u := range b.Unread {
		e.Problems = append(e.Problems, Problem{b.Name, u.Version, u.Why, "as in the earlier records"})
	}
	return e, nil
}

// versionOf is the version in a file's name, for counting.
func versionOf(filename, project string) string {
	if w, err := tags.ParseWheelName(filename); err == nil {
		return w.Version
	}
	version, _ := tags.ParseSdistName(filename, project) // "" is one release too
	return version
}
