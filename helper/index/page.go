package index

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"time"

	"mach/helper/release"
	"mach/helper/tags"
)

// Page is what an index says of a project. It holds the head of a cache's entry and decodes of it what is asked for.
// It is safe for concurrent use.
type Page struct {
	Name         string   // normalised
	Versions     []string // newest first, in the normal form of PEP 440
	Serial       int64    // 0 if the index has none
	Status       string   // PEP 792; "" if the index has none
	StatusReason string

	client    *Client
	kind, key string // of the entry, which is removed if its tail is damaged
	entry     *entry

	announces bool   // the page has the keys of PEP 658, if only to say that there is no metadata file
	filesURL  string // below which the first file lies
	tables    string // strings and tags, still encoded
	offsets   string // of each release in releases: uint32
	releases  string

	once    sync.Once
	strings []string // set by load
	tags    []tags.WheelTags
}

// File is one file of a page: what decides whether it can be used. Where it lies is its Link.
type File struct {
	release.Wheel         // zero for an sdist
	Sdist          bool   // else a wheel
	RequiresPython string // "" if the page does not say
	Uploaded       int64  // in seconds since 1970; 0 if the page does not say
	Yanked         bool
	YankedReason   string

	page       *Page
	release, n int
}

// Link is where a file lies, and what is to be found there.
type Link struct {
	Filename       string
	URL            string // absolute, without fragment and credentials; "" for a local file
	Path           string // of a local file
	Location       string // below the index's file host; "" if it is elsewhere
	SHA256         string // lower-case hex; "" if the page does not say: File.Hash finds it out
	Size           int64  // 0 if the page does not say
	HasMetadata    bool   // the page says that FILE.metadata is there
	MetadataSHA256 string // of that; "" if the page does not say
}

// newPage reads what comes first in an entry's head. The rest is decoded when it is asked for.
func newPage(c *Client, name, kind, key string, e *entry) (*Page, bool) {
	p := &Page{Name: name, client: c, kind: kind, key: key, entry: e}
	d := decoder{s: e.head}
	p.Serial = int64(d.uint())
	p.announces = d.uint() == 1
	p.Status, p.StatusReason = d.string(), d.string()
	p.filesURL = d.string()
	p.Versions = d.list()
	p.tables = d.string()
	p.offsets = d.take(4 * len(p.Versions))
	p.releases = d.s
	return p, !d.bad
}

// load decodes the tables that releases refer to.
func (p *Page) load() {
	d := decoder{s: p.tables}
	p.strings = d.list()
	n := d.count()
	p.tags = make([]tags.WheelTags, n)
	for i := range p.tags {
		p.tags[i] = tags.WheelTags{Python: d.string(), ABI: d.string(), Platform: d.string()}
	}
}

func (p *Page) str(i uint64) string {
	if i < uint64(len(p.strings)) {
		return p.strings[i]
	}
	return ""
}

// at is a decoder of the release of Versions[i], and where in the tail its links are.
func (p *Page) at(i int) (d decoder, tail, size int64) {
	d.s = p.releases[min(uint64(binary.LittleEndian.Uint32([]byte(p.offsets[4*i:4*i+4]))), uint64(len(p.releases))):]
	return d, int64(d.uint()), int64(d.uint())
}

// Release is the files of the release of Versions[i]: the wheels in the order of the page, then the one sdist to use.
func (p *Page) Release(i int) []File {
	p.once.Do(p.load)
	d, _, _ := p.at(i)
	files := make([]File, d.count())
	var uploaded int64
	for n := range files {
		f := &files[n]
		f.page, f.release, f.n = p, i, n
		flags := d.uint()
		f.Sdist, f.Yanked = flags&flagSdist != 0, flags&flagYanked != 0
		if t := d.tag(flags); t < uint64(len(p.tags)) && !f.Sdist {
			f.WheelTags = p.tags[t]
		}
		f.RequiresPython = p.str(d.uint())
		if flags&flagBuild != 0 {
			f.Build = p.str(d.uint())
		}
		if f.Yanked {
			f.YankedReason = p.str(d.uint())
		}
		if flags&flagUploaded != 0 {
			uploaded += d.int()
			f.Uploaded = uploaded
		}
	}
	return files
}

// Links are those of the files of Release(i), in its order.
func (p *Page) Links(i int) ([]Link, error) { return p.links(i, -1) }

// Link is where a file lies, and what is to be found there.
func (f File) Link() (Link, error) {
	links, err := f.page.links(f.release, f.n)
	if err != nil {
		return Link{}, err
	}
	return links[0], nil
}

// Version is that of the file's release, in its normal form.
func (f File) Version() string { return f.page.Versions[f.release] }

// UploadTime is Uploaded in the form of RFC 3339; "" if it is not known.
func (f File) UploadTime() string {
	if f.Uploaded == 0 {
		return ""
	}
	return time.Unix(f.Uploaded, 0).UTC().Format(time.RFC3339)
}

// What the flags of a file say.
const (
	flagSdist = 1 << iota
	flagYanked
	flagBuild
	flagUploaded
)

// decoder reads what encoder wrote. Of what is damaged it makes zeros, and sets bad.
type decoder struct {
	s   string
	bad bool
}

func (d *decoder) uint() (n uint64) {
	for i := 0; i < len(d.s) && i < binary.MaxVarintLen64; i++ {
		b := d.s[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			d.s = d.s[i+1:]
			return n
		}
	}
	d.s, d.bad = "", true
	return 0
}

func (d *decoder) int() int64 {
	n := d.uint()
	return int64(n>>1) ^ -int64(n&1)
}

// tag is the index of a wheel's tags; an sdist has none.
func (d *decoder) tag(flags uint64) uint64 {
	if flags&flagSdist != 0 {
		return 0
	}
	return d.uint()
}

func (d *decoder) take(n int) string {
	if n < 0 || n > len(d.s) {
		d.s, d.bad = "", true
		return ""
	}
	var s string
	s, d.s = d.s[:n], d.s[n:]
	return s
}

func (d *decoder) string() string { return d.take(d.count()) }

// count is a number of things that take a byte or more each.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.s)) {
		d.s, d.bad = "", true
		return 0
	}
	return int(n)
}

func (d *decoder) list() []string {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.string()
	}
	return list
}

// encoder appends what decoder reads.
type encoder struct{ b []byte }

func (e *encoder) uint(n uint64) { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) int(n int64)   { e.b = binary.AppendVarint(e.b, n) }

func (e *encoder) string(s string) {
	e.uint(uint64(len(s)))
	e.b = append(e.b, s...)
}

func (e *encoder) list(list []string) {
	e.uint(uint64(len(list)))
	for _, s := range list {
		e.string(s)
	}
}

// interned gives equal strings one number, counted from the first.
type interned[T comparable] struct {
	numbers map[T]int
	list    []T
}

func (t *interned[T]) number(s T) int {
	if t.numbers == nil {
		t.numbers = map[T]int{}
	}
	n, ok := t.numbers[s]
	if !ok {
		n = len(t.list)
		t.numbers[s], t.list = n, append(t.list, s)
	}
	return n
}

// clean has no line breaks or the like in what is shown or written down later.
func clean(s string) string {
	plain := func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}
	if !slices.ContainsFunc([]byte(s), func(b byte) bool { return b < ' ' || b == 0x7f }) {
		return s
	}
	return strings.TrimSpace(strings.Map(plain, s))
}
