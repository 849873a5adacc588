package pydb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/release"
)

// UpdateOptions say what an update changes beside the records.
type UpdateOptions struct {
	Date    string                 // day of the data, or "" if unknown
	Serial  int64                  // of the index, or 0
	Remove  []string               // projects
	Gone    func(name string) bool // whether to remove a project without a record; nil removes none
	TempDir string                 // as in BuildOptions

	layout *layout // in tests; nil is standardLayout
}

// UpdateStats says what an update changed.
type UpdateStats struct {
	Added, Changed, Removed, Unchanged int // projects
	Bytes                              int64
	Left                               map[string]int // as in Stats
}

// maxUpdates is how many updates a reader looks through for a project that is not read
// much. One more makes them one.
const maxUpdates = 8

// Update writes what, appended to the file of the database, makes it one in which the
// records, in any order, take the place of the projects of their names. A record
// without releases removes its project. If nothing at all changes, nothing is written.
func (db *DB) Update(w io.Writer, records iter.Seq2[*record.Project, error], opt UpdateOptions) (UpdateStats, error) {
	k, err := newPacker(BuildOptions{Locations: db.info.Locations, Date: opt.Date, Serial: opt.Serial, TempDir: opt.TempDir, layout: opt.layout})
	if err != nil {
		return UpdateStats{}, err
	}
	defer k.close()
	u := &updater{packer: k, db: db, info: db.info, seen: map[string]bool{}, changes: map[string]bool{}, names: map[string]bool{}}
	u.info.Date, u.info.Serial = opt.Date, opt.Serial
	err = inOrder(records, u.workers(), u.take)
	if err == nil {
		err = u.remove(opt.Remove)
	}
	if err == nil && opt.Gone != nil {
		err = u.removeWithout(opt.Gone)
	}
	if err == nil {
		err = u.write(w)
	}
	u.done.Left = k.stats.Left
	return u.done, err
}

// updater is an update while it is made.
type updater struct {
	*packer
	db      *DB
	info    Info
	done    UpdateStats
	seen    map[string]bool // the names of the records
	changes map[string]bool // the names of what is written, and whether their projects are there
	names   map[string]bool // those that are new, true, or gone, false
}

// change is what a record changes.
type change struct {
	name string
	old  *Project
	// of the old one
	releases, files int
	// the new one, nil if there is none
	packed *packed
	same   bool
}

func (u *updater) workers() func() func(*record.Project) (*change, error) {
	return func() func(*record.Project) (*change, error) {
		g := &gatherer{left: map[string]int{}}
		return func(r *record.Project) (*change, error) {
			releases, err := g.check(r)
			u.leave(g.left)
			if err != nil {
				return nil, err
			}
			return u.change(r.Name, releases)
		}
	}
}

// change compares the new releases of a project with those it has.
func (u *updater) change(name string, releases []*gathered) (c *change, err error) {
	c = &change{name: name}
	if c.old, err = u.db.Project(name); err != nil && !errors.Is(err, release.ErrNotFound) {
		return nil, err
	}
	if len(releases) > 0 {
		c.packed = pack(name, releases, u.opt.Locations)
	}
	if c.old == nil {
		return c, nil
	}
	before, err := c.old.gathered()
	if err != nil {
		return nil, err
	}
	c.releases = len(before)
	for _, r := range before {
		c.files += len(r.files)
	}
	if c.packed == nil {
		return c, nil
	}
	c.packed.hot = c.old.hot
	if c.same = c.packed.equal(pack(name, before, u.opt.Locations)); c.same {
		return c, nil
	}
	return c, u.keepPages(c.old, c.packed, before, releases)
}

func (p *packed) equal(o *packed) bool {
	return bytes.Equal(p.content, o.content) && slices.EqualFunc(p.sections, o.sections, func(a, b section) bool {
		return bytes.Equal(a.rows, b.rows) && bytes.Equal(a.hashes, b.hashes)
	})
}

// keepPages makes sections of those files alone that are on no page yet. Pages with
// few files are not kept: leading to one takes as much as they.
func (u *updater) keepPages(old *Project, p *packed, before, releases []*gathered) error {
	runs, err := old.runs()
	if err != nil {
		return err
	}
	p.sections, p.kept = nil, nil
	at := 0 // releases so far
	for _, run := range runs {
		of := before[run.release:run.end]
		i := slices.IndexFunc(releases, func(r *gathered) bool { return r.text == of[0].text })
		if i < at || len(releases)-i < len(of) || !slices.EqualFunc(of, releases[i:i+len(of)], sameFiles) || countFiles(of) < 8 {
			continue
		}
		p.sections = append(p.sections, sectionsOf(p.name, releases[at:i], at, u.opt.Locations)...)
		p.kept = append(p.kept, keptPage{i, run.at})
		at = i + len(of)
	}
	p.sections = append(p.sections, sectionsOf(p.name, releases[at:], at, u.opt.Locations)...)
	return nil
}

// oldRun says that the files of releases from one up to end are on a page.
type oldRun struct {
	keptPage
	end int
}

// runs says where the files of a project are.
func (p *Project) runs() (runs []oldRun, err error) {
	for end := len(p.Versions); end > 0; {
		at, first, err := p.pageOf(end - 1)
		if err != nil {
			return nil, err
		}
		if first >= end {
			return nil, p.db.corrupt(p.offset, damaged("project %q: the files of its release %d are nowhere", p.Name, end-1))
		}
		runs = append(runs, oldRun{keptPage{first, at}, end})
		end = first
	}
	slices.Reverse(runs)
	return runs, nil
}

// sameFiles says whether two releases are the same version with the same files.
func sameFiles(a, b *gathered) bool {
	return a.text == b.text && slices.EqualFunc(a.files, b.files, func(f, g sourceFile) bool {
		return f.Filename == g.Filename && f.Hashes == g.Hashes && f.Size == g.Size && f.URL == g.URL
	})
}

func countFiles(releases []*gathered) (n int) {
	for _, r := range releases {
		n += len(r.files)
	}
	return n
}

// take takes a change.
func (u *updater) take(c *change) error {
	if u.seen[c.name] {
		return fmt.Errorf("record %q: there are two of this name", c.name)
	}
	u.seen[c.name] = true
	if c.same {
		u.done.Unchanged++
	}
	if c.same || c.old == nil && c.packed == nil {
		return nil
	}
	u.changes[c.name] = c.packed != nil
	u.info.Releases -= c.releases
	u.info.Files -= c.files
	switch {
	case c.old == nil:
		u.done.Added++
		u.info.Projects++
		u.names[c.name] = true
	case c.packed == nil:
		u.done.Removed++
		u.info.Projects--
		u.names[c.name] = false
		return nil
	default:
		u.done.Changed++
	}
	u.info.Releases += int(c.packed.releases)
	u.info.Files += int(c.packed.files)
	return u.add(c.packed)
}

// remove takes projects away.
func (u *updater) remove(names []string) error {
	for _, name := range names {
		c, err := u.change(name, nil)
		if err != nil {
			return err
		}
		if c.old == nil {
			return notFound(name)
		}
		if err := u.take(c); err != nil {
			return err
		}
	}
	return nil
}

// removeWithout takes those projects away that have no record and are gone.
func (u *updater) removeWithout(gone func(name string) bool) error {
	var names []string
	for name, err := range u.db.Names() {
		if err != nil {
			return err
		}
		if !u.seen[name] && gone(name) {
			names = append(names, name)
		}
	}
	return u.remove(names)
}

// write writes what is new, and a root.
func (u *updater) write(w io.Writer) error {
	u.info.Root = u.db.info.Root
	if len(u.changes) == 0 && u.info == u.db.info {
		return nil
	}
	o := &output{packer: u.packer, w: w, offset: u.db.size}
	defer func() { u.done.Bytes = o.offset - u.db.size }()
	older := u.db.info.Updates
	var fresh, names []byte
	if len(u.changes) > 0 {
		merged := older >= maxUpdates
		if merged {
			if err := u.merge(); err != nil {
				return err
			}
			older = 0
		}
		var err error
		if fresh, names, err = u.streams(o); err != nil {
			return err
		}
		u.info.Updates = older + 1
	}
	return o.root(u.info, u.rootText(older, fresh, names))
}

// streams writes the changed projects, and gives the lines of their trees.
func (u *updater) streams(o *output) (trees, names []byte, err error) {
	if err := u.sort(); err != nil {
		return nil, nil, err
	}
	pages := u.layout.plan(u.projects, false)
	if err := o.pages(pages); err != nil {
		return nil, nil, err
	}
	gone := u.gone()
	shards, err := o.shards(u.layout.arrangeUpdate(u.projects, gone), exactEntry)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range gone {
		shards = append(shards, entry{name, name + " -\n"})
	}
	slices.SortFunc(shards, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	if trees, err = o.trees([]entries{{kindExact, shards}, {kindFiles, pages.entries()}}); err != nil {
		return nil, nil, err
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(u.names)) {
		if !u.names[name] {
			name = "-" + name
		}
		lines = append(lines, name)
	}
	entriesOfNames, err := o.names(lines)
	if err != nil {
		return nil, nil, err
	}
	names, err = o.trees([]entries{{kindNames, entriesOfNames}})
	return trees, names, err
}

// gone lists the removed names, sorted.
func (u *updater) gone() (gone []string) {
	for _, name := range slices.Sorted(maps.Keys(u.changes)) {
		if !u.changes[name] {
			gone = append(gone, name)
		}
	}
	return gone
}

// merge takes what older updates changed into this one.
func (u *updater) merge() error {
	older := u.db.trees[:u.db.info.Updates]
	for p, err := range u.db.allOf(older) {
		if err != nil {
			return err
		}
		if _, newer := u.changes[p.Name]; newer {
			continue
		}
		if err := u.keep(p); err != nil {
			return err
		}
	}
	names, err := u.db.changedNames()
	if err != nil {
		return err
	}
	for name, there := range names {
		if _, newer := u.names[name]; !newer {
			u.names[name] = there
		}
		if _, newer := u.changes[name]; !newer && !there {
			u.changes[name] = false
		}
	}
	return nil
}

// keep takes a project as it is. Its pages stay where they are.
func (u *updater) keep(p *Project) error {
	releases, err := p.gathered()
	if err != nil {
		return err
	}
	runs, err := p.runs()
	if err != nil {
		return err
	}
	k := pack(p.Name, releases, u.opt.Locations)
	k.sections, k.hot = nil, p.hot
	for _, run := range runs {
		k.kept = append(k.kept, run.keptPage)
	}
	u.changes[p.Name] = true
	return u.add(k)
}

// rootText gives the lines of all trees: the new ones, those of so many older updates,
// and those that there were at first.
func (u *updater) rootText(older int, fresh, names []byte) []byte {
	db := u.db
	text := slices.Clone(fresh)
	for i, t := range db.trees {
		if i >= older && i < db.info.Updates {
			continue
		}
		text = t.append(text)
		if i+1 == len(db.trees) || db.trees[i+1].files != t.files {
			text = db.files[t.files].append(text)
		}
	}
	for i, t := range db.names {
		if i == 0 || i <= older {
			text = t.append(text)
		}
	}
	return append(text, names...)
}

// append appends the lines of a tree in the root.
func (t tree) append(b []byte) []byte {
	b = strconv.AppendInt(append(append(append(b, '='), t.kind...), ' '), int64(t.depth), 10)
	return append(append(b, '\n'), t.top...)
}
