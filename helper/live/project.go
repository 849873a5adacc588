package live

import (
	"cmp"
	"slices"
	"sync"

	"mach/helper/index"
	"mach/helper/pep440"
)

// Project is the releases of a project. It implements release.Project.
type Project struct {
	db       *Database
	name     string
	pages    []page // those of find-links first
	versions []string
	at       [][]int // with several pages: of each version the release in each page, -1 if it has none

	quarantined string // why nothing can be used; "" if it can

	mu    sync.Mutex
	files map[int]*files // of releases that were asked for
}

// page is what one index or place of files has of a project.
type page struct {
	*index.Page
	client *index.Client
	links  bool // of find-links
}

// Versions implements release.Project.
func (p *Project) Versions() []string { return p.versions }

// merge makes one list of versions of those of all pages.
func (p *Project) merge() {
	if len(p.pages) == 1 {
		p.versions = p.pages[0].Versions
		return
	}
	type version struct {
		pep440.Version
		text    string
		page, i int
	}
	var all []version
	for n, one := range p.pages {
		for i, text := range one.Versions {
			v, err := pep440.Parse(text)
			if err == nil { // as it is for all that a page gives
				all = append(all, version{v, text, n, i})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b version) int { return cmp.Or(b.Compare(a.Version), cmp.Compare(a.page, b.page)) })
	for i, v := range all {
		if i == 0 || v.Compare(all[i-1].Version) != 0 {
			p.versions = append(p.versions, v.text)
			p.at = append(p.at, slices.Repeat([]int{-1}, len(p.pages)))
		}
		if at := p.at[len(p.at)-1]; at[v.page] < 0 {
			at[v.page] = v.i
		}
	}
}

// candidates are the files of a release, the preferred first.
func (p *Project) candidates(i int) []candidate {
	if p.at == nil {
		return p.pages[0].candidates(nil, i)
	}
	var all []candidate
	for n, at := range p.at[i] {
		if at >= 0 {
			all = p.pages[n].candidates(all, at)
		}
	}
	return all
}

// candidate is a file that may be one of its release.
type candidate struct {
	index.File
	page       *page
	release, n int // it is File n of that release of the page
}

// candidates adds the files of a release of a page to those of pages before.
func (p *page) candidates(before []candidate, i int) []candidate {
	found := p.Release(i)
	all := slices.Grow(before, len(found))
	for n, f := range found {
		if !slices.ContainsFunc(before, func(c candidate) bool { return c.Sdist == f.Sdist && c.Wheel == f.Wheel }) {
			all = append(all, candidate{f, p, i, n})
		}
	}
	return all
}
