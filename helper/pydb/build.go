package pydb

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"

	"mach/helper/crawl/record"
	"mach/helper/pep508"
)

// BuildOptions say what goes into a database beside the records.
type BuildOptions struct {
	Locations bool   // files keep their location
	Date      string // day of the data, 2026-11-22, or "" if unknown
	Serial    int64  // of the index, or 0
	TempDir   string // for what does not fit into little memory; "" is the system's

	layout *layout // in tests; nil is standardLayout
}

// Build packs records, in any order, into a database. The same records and options
// give the same bytes.
func Build(w io.Writer, records iter.Seq2[*record.Project, error], opt BuildOptions) (Stats, error) {
	k, err := newPacker(opt)
	if err != nil {
		return Stats{}, err
	}
	defer k.close()
	if err := inOrder(records, k.gatherers(), k.add); err != nil {
		return k.stats, err
	}
	return k.stats, k.database(w)
}

// packer collects what becomes a database.
type packer struct {
	opt      BuildOptions
	layout   *layout
	stats    Stats
	mu       sync.Mutex // for stats.Left
	spool    spool
	numbers  numbers
	projects []*project
}

func newPacker(opt BuildOptions) (*packer, error) {
	if opt.Date != "" && !validDay(opt.Date) {
		return nil, fmt.Errorf("date %q: not a day like 2026-11-22", opt.Date)
	}
	return &packer{
		opt: opt, layout: cmp.Or(opt.layout, &standardLayout), spool: spool{dir: opt.TempDir},
		stats: Stats{Left: map[string]int{}, Bytes: map[string]int64{}},
	}, nil
}

func (k *packer) close() { _ = k.spool.close() }

// project is one project on its way into the database. Its text, its line of days and
// its sections lie in the spool, in this order.
type project struct {
	name     string
	number   int32
	readers  int32
	releases int32
	files    int32
	at       int64
	text     int32 // bytes
	days     int32
	sections []sectionSize
	kept     []keptPage // in an update
	hot      bool       // in an update: it was before
}

type sectionSize struct{ release, rows, hashes int32 }

// packed is a project before it goes into the spool.
type packed struct {
	project
	content  []byte
	needs    map[string][]string // by extra, "" for none
	sections []section
}

// gatherers make workers that make a project of a record, or nil if it has no
// releases.
func (k *packer) gatherers() func() func(*record.Project) (*packed, error) {
	return func() func(*record.Project) (*packed, error) {
		g := &gatherer{left: map[string]int{}}
		return func(r *record.Project) (*packed, error) {
			releases, err := g.check(r)
			k.leave(g.left)
			if err != nil || len(releases) == 0 {
				return nil, err
			}
			return pack(r.Name, releases, k.opt.Locations), nil
		}
	}
}

// check gathers the releases of a record if its name is right.
func (g *gatherer) check(r *record.Project) ([]*gathered, error) {
	if name := pep508.NormalizeName(r.Name); name != r.Name || !pep508.ValidName(name) {
		return nil, fmt.Errorf("record %q: not a normalised name, as %q is", r.Name, name)
	}
	releases := g.gather(r)
	if len(releases) == 0 {
		g.left[noReleases]++
	}
	return releases, nil
}

// leave counts what was left out.
func (k *packer) leave(left map[string]int) {
	if len(left) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for reason, n := range left {
		k.stats.Left[reason] += n
	}
	clear(left)
}

func pack(name string, releases []*gathered, locations bool) *packed {
	p := &packed{needs: needs(releases), sections: sectionsOf(name, releases, 0, locations)}
	p.name, p.releases = strings.Clone(name), int32(len(releases))
	for _, r := range releases {
		p.files += int32(len(r.files))
	}
	p.content = encodeProject(name, releases)
	p.text = int32(len(p.content))
	p.content = append(p.content, encodeDays(releases)...)
	p.days = int32(len(p.content)) - p.text
	return p
}

// add puts a project into the spool.
func (k *packer) add(p *packed) error {
	if p == nil {
		return nil
	}
	for _, s := range p.sections {
		p.content = append(append(p.content, s.rows...), s.hashes...)
		p.project.sections = append(p.project.sections, sectionSize{int32(s.release), int32(len(s.rows)), int32(len(s.hashes))})
	}
	at, err := k.spool.add(p.content)
	kept := p.project
	kept.at, kept.number = at, k.numbers.need(p.name, p.needs)
	k.projects = append(k.projects, &kept)
	k.stats.Projects++
	k.stats.Releases += int(p.releases)
	k.stats.Files += int(p.files)
	return err
}

// sort puts the projects in the order of their names.
func (k *packer) sort() error {
	slices.SortFunc(k.projects, byName)
	for i := 1; i < len(k.projects); i++ {
		if name := k.projects[i].name; name == k.projects[i-1].name {
			return fmt.Errorf("record %q: there are two of this name", name)
		}
	}
	return nil
}

// database writes everything: pages, names, shards, index shards, root. What is read
// most comes last, so that a remote reader gets it with the root.
func (k *packer) database(w io.Writer) error {
	if err := k.sort(); err != nil {
		return err
	}
	k.numbers.countReaders(k.projects)
	o := &output{packer: k, w: w}
	t := k.layout.arrange(k.projects)
	rest, most := k.layout.pagesOf(t)
	if err := o.pages(rest, most); err != nil {
		return err
	}
	names := make([]string, len(k.projects))
	for i, p := range k.projects {
		names[i] = p.name
	}
	nameEntries, err := o.names(names)
	if err != nil {
		return err
	}
	cold, err := o.shards(t.cold, rangeEntry)
	if err != nil {
		return err
	}
	warm, err := o.shards(t.warm, exactEntry)
	if err != nil {
		return err
	}
	hot, err := o.shards(t.hot, exactEntry)
	if err != nil {
		return err
	}
	text, err := o.trees([]entries{
		{kindExact, hot},
		{kindFiles, most.entries()},
		{kindExact, warm},
		{kindRange, cold},
		{kindFiles, rest.entries()},
		{kindNames, nameEntries},
	})
	if err != nil {
		return err
	}
	return o.root(Info{
		Date: k.opt.Date, Serial: k.opt.Serial, Locations: k.opt.Locations,
		Projects: k.stats.Projects, Releases: k.stats.Releases, Files: k.stats.Files,
	}, text)
}

func byName(a, b *project) int { return strings.Compare(a.name, b.name) }
