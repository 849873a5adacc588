package pydb

import (
	"slices"
)

// layout says how projects are laid out in streams. All bounds are bytes of text.
type layout struct {
	hot      int // stored, of the projects read most, or of all
	head     int // stored of the releases of each, if not all
	hotFiles int // of stored pages
	warm     int // of those that solves read next often, which are grouped apart
	small    int // in a shard of those
	large    int // in a shard of others
	page     int // in a page
	names    int // in a shard of names
	node     int // in an index shard, and of a tree in the root
}

// standardLayout was chosen by measuring on all of PyPI of 2023: see
// docs/database.md.
var standardLayout = layout{
	hot: 1 << 20, head: 1 << 10, hotFiles: 4 << 20,
	warm: 8 << 20, small: 16 << 10, large: 96 << 10, page: 16 << 10,
	names: 64 << 10, node: 6 << 10,
}

// shard is what becomes a stream of releases.
type shard struct {
	projects []*project
	size     int
	head     int  // bytes of releases to store, if it has one project
	whole    bool // all of it is stored
}

// tiers are shards by how they are read.
type tiers struct {
	hot        []*shard // of one project each: almost every solve reads some
	warm, cold []*shard // of several
}

// arrange puts projects, sorted by name, into shards.
func (l *layout) arrange(projects []*project) tiers {
	all := 0
	for _, p := range projects {
		all += int(p.text)
	}
	var t tiers
	hot, some := l.choose(projects)
	var warm, cold []*project
	for _, p := range projects {
		switch {
		case all <= l.hot:
			t.hot = append(t.hot, &shard{projects: []*project{p}, whole: true})
		case hot[p]:
			t.hot = append(t.hot, &shard{projects: []*project{p}, head: l.head})
		case some[p]:
			warm = append(warm, p)
		default:
			cold = append(cold, p)
		}
	}
	t.warm, t.cold = groups(warm, l.small), groups(cold, l.large)
	return t
}

// choose gives the projects that are read most, as many as may be stored, and those
// that are read next often.
func (l *layout) choose(projects []*project) (hot, warm map[*project]bool) {
	hot, warm = map[*project]bool{}, map[*project]bool{}
	stored, grouped := 0, 0
	for _, p := range slices.SortedFunc(slices.Values(projects), compareReaders) {
		if stored += min(int(p.text), l.head+typicalVersions); stored <= l.hot {
			hot[p] = true
			continue
		}
		if grouped += int(p.text + p.days); grouped > l.warm {
			break
		}
		warm[p] = true
	}
	return hot, warm
}

// typicalVersions is how long the versions of a project are.
const typicalVersions = 300

// groups makes shards of projects that follow one another.
func groups(projects []*project, size int) (shards []*shard) {
	var s *shard
	for _, p := range projects {
		if s == nil || s.size+int(p.text+p.days) > size {
			s = &shard{}
			shards = append(shards, s)
		}
		s.projects = append(s.projects, p)
		s.size += int(p.text + p.days)
	}
	return shards
}

// arrangeUpdate puts the projects that an update changes, sorted by name, into shards.
// None goes on past a name that is gone, so that the lines of each follow one another
// in the index.
func (l *layout) arrangeUpdate(projects []*project, gone []string) (shards []*shard) {
	from := 0
	flush := func(to int) {
		shards = append(shards, groups(projects[from:to], l.small)...)
		from = to
	}
	for i, p := range projects {
		for ; len(gone) > 0 && gone[0] < p.name; gone = gone[1:] {
			flush(i)
		}
		if p.hot {
			flush(i)
			shards = append(shards, &shard{projects: projects[i : i+1], head: l.head})
			from = i + 1
		}
	}
	flush(len(projects))
	return shards
}

// pageList is the pages of the projects of some shards, and which of them has what.
type pageList struct {
	pages []*filePage
	runs  []run
}

// filePage is what becomes a stream of files.
type filePage struct {
	parts []part
	size  int
	store bool
	at    pointer // once it is written
}

// part is a section of a project.
type part struct {
	project *project
	section int
}

// run says that from a release of a project on, files are on a page: a new one, or
// one that an update keeps.
type run struct {
	project *project
	release int
	page    *filePage
	kept    pointer
}

// keptPage is where the files of a project are, from a release on.
type keptPage struct {
	release int
	at      pointer
}

// pagesOf plans the pages of all but the hot projects, and of these.
func (l *layout) pagesOf(t tiers) (rest, most *pageList) {
	rest, most = l.plan(sorted(t.warm, t.cold), false), l.plan(sorted(t.hot), true)
	l.storePages(rest, most)
	return rest, most
}

// sorted gives the projects of shards in the order of their names.
func sorted(shards ...[]*shard) []*project {
	var projects []*project
	for _, s := range slices.Concat(shards...) {
		projects = append(projects, s.projects...)
	}
	slices.SortFunc(projects, byName)
	return projects
}

// plan makes pages of sections: of as many as fit, or if apart, of one each.
func (l *layout) plan(projects []*project, apart bool) *pageList {
	list := &pageList{}
	var page *filePage
	for _, p := range projects {
		kept := p.kept
		for i, s := range p.sections {
			for len(kept) > 0 && kept[0].release < int(s.release) {
				list.runs = append(list.runs, run{project: p, release: kept[0].release, kept: kept[0].at})
				kept = kept[1:]
				page = page.without(p)
			}
			size := int(s.rows + s.hashes)
			if page == nil || apart || page.size+size > l.page {
				page = &filePage{}
				list.pages = append(list.pages, page)
			}
			page.parts = append(page.parts, part{p, i})
			page.size += size
			list.runs = append(list.runs, run{project: p, release: int(s.release), page: page})
		}
		for _, k := range kept {
			list.runs = append(list.runs, run{project: p, release: k.release, kept: k.at})
		}
	}
	return list
}

// without is the page if it has nothing of a project yet, and may still be added to:
// what a page has of a project follows one another.
func (p *filePage) without(project *project) *filePage {
	if p == nil || p.parts[len(p.parts)-1].project == project {
		return nil
	}
	return p
}

// storePages chooses the pages that are stored: the first of each project that is read
// much, or all.
func (l *layout) storePages(rest, most *pageList) {
	all := slices.Concat(most.pages, rest.pages)
	left := l.hotFiles
	for _, p := range all {
		left -= p.size
	}
	if left >= 0 {
		for _, p := range all {
			p.store = true
		}
		return
	}
	left = l.hotFiles
	for _, p := range slices.SortedFunc(slices.Values(most.pages), func(a, b *filePage) int {
		return compareReaders(a.parts[0].project, b.parts[0].project)
	}) {
		if p.parts[0].section > 0 {
			continue
		}
		if left -= p.size; left < 0 {
			return
		}
		p.store = true
	}
}
