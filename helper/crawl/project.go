package crawl

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/index"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// project is what is known of one.
type project struct {
	name        string
	listed      bool            // by the user
	buildSystem bool            // its sdists' [build-system] is wanted
	wanted      mask            // the Pythons on which something needs it
	extras      map[string]bool // asked for by something in the closure; normalised
	specs       []*spec
	asked       bool        // its page was asked for
	page        *index.Page // nil: could not be read
	releases    []*release  // newest first
	queue       []*release  // for rounds; made for the Pythons queueFor
	queueFor    mask
}

// spec is a specifier that something in the closure has for a project, and the Pythons on which it was seen.
type spec struct {
	text       string
	specifiers pep440.Specifiers
	pythons    mask
	met        mask // those for which the newest release was found and read, or there is none
}

type release struct {
	project  *project
	version  pep440.Version
	wheels   []wheel      // that fit a target, the one to read first
	foreign  []index.File // wheels that fit none, smallest first
	sdist    *index.File
	anyFile  mask // the Pythons on which some file can be used
	anyWheel mask // … on which some wheel can
	uploaded string
	yanked   bool // every file is
	tried    bool // or about to be
	failed   bool // could not be read
	build    bool // its [build-system] is wanted

	files []record.File // wheels and sdist with what was read; none before
	needs []*need
}

type wheel struct {
	file index.File
	rank int
}

// need is a requirement of a release, and the Pythons for which it was followed.
type need struct {
	requirement pep508.Requirement
	followed    mask
}

func (r *release) isRead() bool { return len(r.files) > 0 }

// releases sorts the files of a project's page into releases. Files that are no wheels or sdists, whose version no
// PEP 440 is, or that could not be fetched later for want of a hash or a location, are passed over.
func (c *crawler) releases(p *project) []*release {
	found := map[string]*release{}
	for _, f := range p.page.Files {
		if f.SHA256 == "" || f.Location == "" {
			continue
		}
		if w, err := tags.ParseWheelName(f.Filename); err == nil {
			if r := addRelease(found, p, w.Version); r != nil {
				c.addWheel(r, f, w.WheelTags)
			}
		} else if version, err := tags.ParseSdistName(f.Filename, p.name); err == nil {
			if r := addRelease(found, p, version); r != nil {
				c.addSdist(r, f)
			}
		}
	}
	var out []*release
	for _, r := range found {
		if r.anyFile != 0 {
			r.sort()
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *release) int { return b.version.Compare(a.version) })
	return out
}

func addRelease(found map[string]*release, p *project, version string) *release {
	v, err := pep440.Parse(version)
	if err != nil {
		return nil
	}
	key := v.String()
	if found[key] == nil {
		found[key] = &release{project: p, version: v, yanked: true}
	}
	return found[key]
}

func (c *crawler) addWheel(r *release, f index.File, w tags.WheelTags) {
	r.addFile(f)
	pythons := c.targets.fits(w)
	if pythons == 0 {
		r.foreign = append(r.foreign, f)
		return
	}
	pythons &= c.targets.requires(f.RequiresPython)
	r.wheels = append(r.wheels, wheel{f, c.targets.rank(w)})
	r.anyFile |= pythons
	r.anyWheel |= pythons
}

func (c *crawler) addSdist(r *release, f index.File) {
	r.addFile(f)
	r.anyFile |= c.targets.requires(f.RequiresPython)
	if r.sdist == nil || sdistRank(f.Filename) < sdistRank(r.sdist.Filename) {
		r.sdist = &f
	}
}

func (r *release) addFile(f index.File) {
	r.yanked = r.yanked && f.Yanked
	if f.UploadTime != "" && (r.uploaded == "" || f.UploadTime < r.uploaded) {
		r.uploaded = f.UploadTime
	}
}

func (r *release) sort() {
	slices.SortFunc(r.wheels, func(a, b wheel) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.file.Filename, b.file.Filename))
	})
	slices.SortFunc(r.foreign, func(a, b index.File) int {
		return cmp.Or(cmp.Compare(a.Size, b.Size), cmp.Compare(a.Filename, b.Filename))
	})
}

// series is the first n parts of the version, with its epoch, and the zeros that may be left out.
func (r *release) series(n int) string {
	epoch, _, found := strings.Cut(r.version.Public(), "!")
	if !found {
		epoch = "0"
	}
	parts := append(r.version.Release(), make([]uint64, n)...)
	return fmt.Sprint(epoch, parts[:n])
}
