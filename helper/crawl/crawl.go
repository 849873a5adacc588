// Package crawl makes crawl records of an index.
//
// # A closure
//
// Crawl reads the projects that a list names and all that these can need, of each what matters most. The closure follows Requires-Dist wherever its marker can hold for one of the wanted Pythons and systems, and an
// extra only where some requirement of the closure asks for it. Requests are bounded, so they are spent in this
// order, each step again whenever a later one finds new projects or specifiers:
//
//  1. the page of each project;
//  2. for each wanted Python the newest final release that can be used on it, and the newest that has a wheel for it;
//  3. for each specifier seen, the newest releases that satisfy it, for the Pythons on which it was seen;
//  4. pyproject.toml of the newest sdists of the projects that are named for it;
//  5. in rounds, one release of each project and three of each listed one: the newest of each major version, then of
//     each minor series, then the one before Options.Released, then the others since then.
//
// # Whole projects
//
// Whole reads all releases of the projects that it is given, each project for itself: so their list can be cut into
// shards, the records of a shard are the same whatever the others do, and those of all shards together are those of the
// whole list. It writes a journal, of which a crawl that was killed goes on. What an earlier crawl has need not be read
// again: a project whose serial in the index's list or on its page is the same, or of which the server says that its page
// has not changed (ETag, Last-Modified), is copied; of the others only files that are new are read.
//
// A project that cannot be read because the index fails is copied too if it is in the earlier records, and is read the
// next time. If the index fails for many projects one after the other, the crawl stops.
//
// # Both
//
// One file stands for its release: the wheel that fits the newest wanted Python and the first system best. Where no
// wheel of a release can be used, its sdist is read: PKG-INFO if that is static (metadata 2.2, PEP 643), else the
// [project] table of pyproject.toml (PEP 621), else a wheel that is for elsewhere, else what setuptools recorded.
//
// Records hold what was read: wheels that fit a wanted target, and sdists. With the same answers in the cache the
// records are the same.
package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"mach/helper/index"
	"mach/helper/pep508"
)

// Options say what to crawl. Client and Projects are needed.
type Options struct {
	Client      *index.Client
	Projects    []pep508.Requirement // where the closure begins; their specifiers and extras count too
	Released    time.Time            // releases from then on, besides what the closure needs
	Pythons     []string             // "3.12"; none are those of DefaultPythons
	Systems     []string             // Nix's names; none are those of DefaultSystems
	BuildSystem []string             // projects whose sdists' [build-system] is read
	Known       Known                // what earlier records have; may be nil
	Progress    func(Stats)          // called now and then; may be nil
}

// Check finds Pythons and systems that are none.
func (o Options) Check() error {
	o = o.WithDefaults()
	_, err := newTargets(o.Pythons, o.Systems)
	return err
}

// DefaultPythons and DefaultSystems are the targets that are wanted if nothing is said.
var (
	DefaultPythons = []string{"3.9", "3.10", "3.11", "3.12", "3.13", "3.14"}
	DefaultSystems = []string{"x86_64-linux", "aarch64-linux", "x86_64-darwin", "aarch64-darwin"}
)

// Stats say what a crawl has done.
type Stats struct {
	Wanted   int `json:"wanted,omitempty"` // projects that were to be read whole
	Projects int `json:"projects"`         // in the records, as releases and files
	Releases int `json:"releases"`
	Files    int `json:"files"`
	Copied   int `json:"copied,omitempty"` // projects that have not changed
	Kept     int `json:"kept,omitempty"`   // … that could not be read, and are as they were
	Empty    int `json:"empty,omitempty"`  // … without a release that could be read and used
	Absent   int `json:"absent,omitempty"` // … that the index does not have
	Failed   int `json:"failed,omitempty"` // … that could not be read, and are not in the records
	Problems int `json:"unread"`           // projects and releases that could not be read
	Requests int `json:"requests"`         // of this run
	Left     int `json:"left,omitempty"`   // releases and pages that were asked for when no request was allowed any more

	Unreadable []Unreadable `json:"-"` // of a closure; of whole projects the journal has them
}

// add adds the counts of projects n times.
func (s *Stats) add(t Stats, n int) {
	s.Projects += n * t.Projects
	s.Releases += n * t.Releases
	s.Files += n * t.Files
	s.Copied += n * t.Copied
	s.Kept += n * t.Kept
	s.Empty += n * t.Empty
	s.Absent += n * t.Absent
	s.Failed += n * t.Failed
	s.Problems += n * t.Problems
}

// Done is how many projects were dealt with.
func (s Stats) Done() int { return s.Projects + s.Empty + s.Absent + s.Failed }

// Unreadable is a project, or one of its releases, that is not in the records, and why.
type Unreadable struct {
	Project, Version string // Version is "" where it is the whole project
	Err              error
}

// Why is one of the reasons that a record has.
func (u Unreadable) Why() string { return why(u.Err) }

// String is one line for people.
func (u Unreadable) String() string {
	reason := strings.ReplaceAll(u.Err.Error(), "\n", "; ")
	if u.Version == "" {
		return reason
	}
	return fmt.Sprintf("%s %s: %s", u.Project, u.Version, reason)
}

// Crawl reads an index and writes records to w, sorted by name. What cannot be read is listed in Stats. It is an
// error if the index cannot be reached, or if nothing at all could be read; then nothing is written.
func Crawl(ctx context.Context, w io.Writer, o Options) (Stats, error) {
	c, err := newCrawler(o)
	if err != nil {
		return Stats{}, err
	}
	for {
		more, err := c.step(ctx)
		if err != nil {
			return c.stats(), err
		}
		if !more {
			break
		}
		if o.Progress != nil {
			o.Progress(c.stats())
		}
	}
	s := c.stats()
	if s.Projects == 0 {
		return s, c.nothing()
	}
	return s, c.write(w)
}

type crawler struct {
	Options
	targets  *targets
	projects map[string]*project
	order    []*project // as they were found
	round    []*release // the last of step 5
	left     int
	failed   []Unreadable
	first    error // the first thing that went wrong
}

func newCrawler(o Options) (*crawler, error) {
	o = o.WithDefaults()
	t, err := newTargets(o.Pythons, o.Systems)
	if err != nil {
		return nil, err
	}
	c := &crawler{Options: o, targets: t, projects: map[string]*project{}}
	for _, r := range o.Projects {
		c.require(r, t.all())
		c.projects[pep508.NormalizeName(r.Name)].listed = true
	}
	for _, name := range o.BuildSystem {
		name = pep508.NormalizeName(name)
		c.require(pep508.Requirement{Name: name}, t.all())
		c.projects[name].buildSystem = true
	}
	return c, nil
}

// step does the next batch of work in the order of the package comment. more is false if there is none.
func (c *crawler) step(ctx context.Context) (more bool, err error) {
	if batch := c.pageless(); len(batch) > 0 {
		return true, c.readPages(ctx, batch)
	}
	for _, plan := range []func() []*release{c.planNewest, c.planSpecifiers, c.planSdists, c.planRound} {
		if batch := plan(); len(batch) > 0 {
			return true, c.readReleases(ctx, batch)
		}
	}
	return false, nil
}

func (c *crawler) pageless() (batch []*project) {
	for _, p := range c.order {
		if !p.asked {
			batch = append(batch, p)
		}
	}
	return batch
}

func (c *crawler) readPages(ctx context.Context, batch []*project) error {
	errs := make([]error, len(batch))
	each(len(batch), func(i int) {
		p := batch[i]
		p.asked = true
		page, err := c.Client.Project(ctx, p.name)
		if err == nil {
			p.page = page
			p.releases, err = c.releases(p)
		}
		errs[i] = err
	})
	for i, err := range errs {
		if err := c.note(ctx, batch[i].name, "", err); err != nil {
			return err
		}
	}
	return nil
}

func (c *crawler) readReleases(ctx context.Context, batch []*release) error {
	errs := make([]error, len(batch))
	each(len(batch), func(i int) { errs[i] = c.read(ctx, batch[i]) })
	for i, r := range batch {
		r.failed = !r.isRead()
		if err := c.note(ctx, r.project.name, r.version.String(), errs[i]); err != nil {
			return err
		}
		c.follow(r)
	}
	return nil
}

// note keeps what went wrong; it returns an error if there is no use in going on.
func (c *crawler) note(ctx context.Context, name, version string, err error) error {
	if err == nil {
		return nil
	}
	if c.first == nil {
		c.first = err
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, index.ErrNetwork):
		return err
	case errors.Is(err, index.ErrBudget), errors.Is(err, index.ErrOffline):
		c.left++
	default:
		c.failed = append(c.failed, Unreadable{name, version, err})
	}
	return nil
}

func (c *crawler) nothing() error {
	if c.first == nil {
		return fmt.Errorf("nothing to crawl: no project is listed, or none has a release for %s", strings.Join(c.Pythons, ", "))
	}
	return fmt.Errorf("nothing could be read: %w", c.first)
}

func (c *crawler) stats() Stats {
	s := Stats{Requests: c.Client.Stats().Requests, Left: c.left, Unreadable: slices.Clone(c.failed), Problems: len(c.failed)}
	for _, p := range c.order {
		n := 0
		for _, r := range p.releases {
			if r.isRead() {
				n++
				s.Files += len(r.files)
			}
		}
		if s.Releases += n; n > 0 {
			s.Projects++
		}
	}
	return s
}

// each calls f for 0 … n-1, more at once than the client makes requests, so that parsing does not keep it waiting.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, 8)
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			f(i)
			<-slots
		})
	}
	wg.Wait()
}
