package index

import (
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// rawPage is a page as it was parsed.
type rawPage struct {
	serial         int64
	status, reason string
	announces      bool // the keys of PEP 658 are known here
	files          []rawFile
}

// rawFile is a file as it was parsed.
type rawFile struct {
	filename, url          string
	sha256, metadataSHA256 string // hex
	requiresPython         string
	uploaded               int64
	size                   int64
	yanked, metadata       bool
	reason                 string
}

// rawRelease is the files of a version.
type rawRelease struct {
	version pep440.Version
	text    string
	wheels  []rawWheel
	sdist   *rawFile
}

type rawWheel struct {
	*rawFile
	name tags.WheelName
}

// usualLink is about how many bytes a link takes.
const usualLink = 192

// encode makes the head and the tail of a page's entry. Files are left out that are neither wheels nor sdists of the
// project, or whose version PEP 440 cannot read.
func (p *rawPage) encode(project string) (head string, tail []byte) {
	releases := sortReleases(project, p.files)
	var strs interned[string]
	var tagSets interned[tags.WheelTags]
	strs.number("")
	var offsets, body, links encoder
	versions := make([]string, len(releases))
	links.b = make([]byte, 0, len(p.files)*usualLink)
	for i, r := range releases {
		versions[i] = r.text
		offsets.b = binary.LittleEndian.AppendUint32(offsets.b, uint32(len(body.b)))
		from := len(links.b)
		files := r.files()
		for _, f := range files {
			links.link(f, &strs)
		}
		links.b = binary.LittleEndian.AppendUint32(links.b, crc32.Checksum(links.b[from:], castagnoli))
		body.uint(uint64(from))
		body.uint(uint64(len(links.b) - from))
		body.uint(uint64(len(files)))
		var uploaded int64
		for n, f := range files {
			var w *tags.WheelName
			if n < len(r.wheels) {
				w = &r.wheels[n].name
			}
			body.file(f, w, &strs, &tagSets, &uploaded)
		}
	}
	return p.head(versions, strs.list, tagSets.list, offsets.b, body.b), links.b
}

// head is what newPage reads.
func (p *rawPage) head(versions, strs []string, tagSets []tags.WheelTags, offsets, releases []byte) string {
	var tables, e encoder
	tables.list(strs)
	tables.uint(uint64(len(tagSets)))
	for _, t := range tagSets {
		tables.string(t.Python)
		tables.string(t.ABI)
		tables.string(t.Platform)
	}
	e.uint(uint64(p.serial))
	e.uint(map[bool]uint64{true: 1}[p.announces])
	e.string(p.status)
	e.string(p.reason)
	base := ""
	if len(p.files) > 0 {
		if u, err := url.Parse(p.files[0].url); err == nil {
			base = filesURL(u)
		}
	}
	e.string(base)
	e.list(versions)
	e.string(text(tables.b))
	e.b = append(append(e.b, offsets...), releases...)
	return text(e.b)
}

// file writes what Release reads.
func (e *encoder) file(f *rawFile, w *tags.WheelName, strs *interned[string], tagSets *interned[tags.WheelTags], uploaded *int64) {
	flags := uint64(0)
	set := func(flag uint64, on bool) {
		if on {
			flags |= flag
		}
	}
	set(flagSdist, w == nil)
	set(flagYanked, f.yanked)
	set(flagBuild, w != nil && w.Build != "")
	set(flagUploaded, f.uploaded != 0)
	e.uint(flags)
	if w != nil {
		e.uint(uint64(tagSets.number(w.WheelTags)))
	}
	e.uint(uint64(strs.number(clean(f.requiresPython))))
	if flags&flagBuild != 0 {
		e.uint(uint64(strs.number(w.Build)))
	}
	if f.yanked {
		e.uint(uint64(strs.number(clean(f.reason))))
	}
	if f.uploaded != 0 {
		e.int(f.uploaded - *uploaded)
		*uploaded = f.uploaded
	}
}

func (r *rawRelease) files() []*rawFile {
	files := make([]*rawFile, 0, len(r.wheels)+1)
	for _, w := range r.wheels {
		files = append(files, w.rawFile)
	}
	if r.sdist != nil {
		files = append(files, r.sdist)
	}
	return files
}

// sortReleases sorts files into releases, newest first.
func sortReleases(project string, files []rawFile) []*rawRelease {
	found := map[string]*rawRelease{} // by normal form
	spelled := map[string]*rawRelease{}
	release := func(spelling string) *rawRelease {
		r, ok := spelled[spelling]
		if ok {
			return r
		}
		// PEP 427 has "_" in the place of the "-" that PEP 440 allows.
		if v, err := pep440.Parse(strings.ReplaceAll(spelling, "_", "-")); err == nil {
			s := v.String()
			if r = found[s]; r == nil {
				r = &rawRelease{version: v, text: s}
				found[s] = r
			}
		}
		spelled[spelling] = r
		return r
	}
	for i := range files {
		f := &files[i]
		if f.filename != clean(f.filename) || strings.ContainsAny(f.filename, `/\`) {
			continue
		}
		if w, err := tags.ParseWheelName(f.filename); err == nil {
			if r := release(w.Version); r != nil && pep508.NormalizeName(w.Project) == project {
				r.wheels = append(r.wheels, rawWheel{f, w})
			}
		} else if version, err := tags.ParseSdistName(f.filename, project); err == nil {
			if r := release(version); r != nil && (r.sdist == nil || sdistRank(f.filename) < sdistRank(r.sdist.filename)) {
				r.sdist = f
			}
		}
	}
	releases := make([]*rawRelease, 0, len(found))
	for _, r := range found {
		if len(r.wheels) > 0 || r.sdist != nil {
			releases = append(releases, r)
		}
	}
	slices.SortFunc(releases, func(a, b *rawRelease) int {
		return cmp.Or(b.version.Compare(a.version), strings.Compare(b.text, a.text))
	})
	return releases
}

// sdistRank orders the sdists of a release: what PEP 625 asks for first, then what can be read in part.
func sdistRank(name string) int {
	rank := slices.Index([]string{".gz", ".tgz", ".zip", ".bz2", ".xz"}, path.Ext(name))
	if rank < 0 {
		return 5
	}
	return rank
}

// uploadTime reads the time of PEP 700; 0 for what is none.
func uploadTime(s string) int64 {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return 0
	}
	return t.Unix()
}
