package crawl

import (
	"slices"

	"mach/helper/pep440"
)

const (
	// How many releases of a project may turn out to be unreadable before the search for the newest is given up.
	maxFailures = 3
	// Of how many of the newest releases the [build-system] is read.
	sdistsEach = 3
	// How many releases of a listed project a round takes; of the others it takes one.
	listedEach = 3
)

// planNewest is the newest releases for each wanted Python that are not read yet.
func (c *crawler) planNewest() []*release {
	var b batch
	for _, p := range c.order {
		for i := range c.targets.pythons {
			if p.wanted&(1<<i) != 0 {
				b.add(p.newest(1<<i, nil, false))
				b.add(p.newest(1<<i, nil, true))
			}
		}
	}
	return b.releases
}

// planSpecifiers is the newest release for each specifier that no release read so far was the answer to.
func (c *crawler) planSpecifiers() []*release {
	var b batch
	for _, p := range c.order {
		for _, s := range p.specs {
			for i := range c.targets.pythons {
				bit := mask(1 << i)
				if s.pythons&^s.met&bit == 0 {
					continue
				}
				r := p.newest(bit, s.specifiers, false)
				if r == nil || r.tried {
					s.met |= bit
				}
				b.add(r)
			}
		}
	}
	return b.releases
}

// planSdists is the newest releases of those projects whose [build-system] is wanted.
func (c *crawler) planSdists() []*release {
	var b batch
	for _, p := range c.order {
		for _, r := range p.newestSdists() {
			if !r.build {
				r.build, r.tried = true, true
				b.take(r)
			}
		}
	}
	return b.releases
}

// newestSdists is the releases of a project whose [build-system] is wanted.
func (p *project) newestSdists() (newest []*release) {
	if !p.buildSystem {
		return nil
	}
	for _, r := range p.releases {
		if r.sdist != nil && !r.yanked && !r.version.IsPrerelease() && r.anyFile&p.wanted != 0 {
			newest = append(newest, r)
		}
	}
	return newest[:min(len(newest), sdistsEach)]
}

// planRound is the next releases in each project's own order. There is no further round after one for which all
// requests were refused.
func (c *crawler) planRound() []*release {
	var b batch
	if slices.ContainsFunc(c.round, func(r *release) bool { return !r.isRead() }) &&
		!slices.ContainsFunc(c.round, (*release).isRead) && c.left > 0 {
		return nil
	}
	for _, p := range c.order {
		n := 1
		if p.listed {
			n = listedEach
		}
		for _, r := range c.inOrder(p) {
			if n > 0 && !r.tried {
				b.add(r)
				n--
			}
		}
	}
	c.round = b.releases
	return b.releases
}

// inOrder is the final releases of a project since the date given: the newest of each major version, then of each
// minor series, then the newest before that date, then the rest.
func (c *crawler) inOrder(p *project) []*release {
	if p.queueFor == p.wanted {
		return p.queue
	}
	var majors, minors, before, rest []*release
	seen := map[string]bool{}
	since := c.Released.UTC().Format("2006-01-02")
	for _, r := range p.releases {
		if r.yanked || r.version.IsPrerelease() || r.anyFile&p.wanted == 0 {
			continue
		}
		major, minor := r.series(1), r.series(2)
		switch {
		case r.uploaded != "" && r.uploaded < since:
			if len(before) == 0 {
				before = append(before, r)
			}
		case !seen[major]:
			majors = append(majors, r)
		case !seen[minor]:
			minors = append(minors, r)
		default:
			rest = append(rest, r)
		}
		seen[major], seen[minor] = true, true
	}
	p.queueFor, p.queue = p.wanted, slices.Concat(majors, minors, before, rest)
	return p.queue
}

// newest is the newest release for a Python that satisfies s (nil: any): a final one if there is one. Releases that
// turned out to be unreadable are passed over, a few of them at most. It may have been read already; nil is none.
func (p *project) newest(python mask, s pep440.Specifiers, wheel bool) *release {
	for _, pre := range []bool{false, true} {
		failures := 0
		for _, r := range p.releases {
			files := r.anyFile
			if wheel {
				files = r.anyWheel
			}
			if files&python == 0 || r.version.IsPrerelease() != pre || r.yanked && !s.Pins() || !s.Contains(r.version) {
				continue
			}
			if !r.failed {
				return r
			}
			if failures++; failures == maxFailures {
				return nil
			}
		}
	}
	return nil
}

// batch collects releases to read, each once.
type batch struct{ releases []*release }

// add takes a release that was not tried yet.
func (b *batch) add(r *release) {
	if r != nil && !r.tried {
		r.tried = true
		b.take(r)
	}
}

func (b *batch) take(r *release) { b.releases = append(b.releases, r) }
