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
	wheels   []wheel // that fit a target, the one to read first
	foreign  []file  // wheels that fit none, smallest first
	sdist    *file
	anyFile  mask // the Pythons on which some file can be used
	anyWheel mask // … on which some wheel can
	uploaded string
	yanked   bool // every file is
	tried    bool // or about to be
	failed   bool // could not be read
	build    bool // its [build-system] is wanted
	// its sdist was read, or is known to say nothing
	sdistRead bool

	files []record.File // wheels and sdist with what was read; none before
	needs []*need
}

type wheel struct {
	file file
	rank int
}

// need is a requirement of a release, and the Pythons for which it was followed.
type need struct {
	requirement pep508.Requirement
	followed    mask
}

func (r *release) isRead() bool { return len(r.files) > 0 }

// file is one of a page, and where it lies.
type file struct {
	index.File
	link index.Link
}

// releases are those of a project's page, without the files that could not be fetched later for want of a hash or a
// location.
func (c *crawler) releases(p *project) ([]*release, error) {
	var out []*release
	for i, text := range p.page.Versions {
		version, err := pep440.Parse(text)
		if err != nil {
			return nil, err
		}
		links, err := p.page.Links(i)
		if err != nil {
			return nil, err
		}
		r := &release{project: p, version: version, yanked: true}
		for n, f := range p.page.Release(i) {
			if links[n].SHA256 != "" && links[n].Location != "" {
				c.add(r, file{f, links[n]})
			}
		}
		if r.anyFile != 0 {
			r.sort()
			out = append(out, r)
		}
	}
	return out, nil
}

func (c *crawler) add(r *release, f file) {
	r.yanked = r.yanked && f.Yanked
	if day := f.UploadTime(); day != "" && (r.uploaded == "" || day < r.uploaded) {
		r.uploaded = day
	}
	if f.Sdist {
		r.anyFile |= c.targets.requires(f.RequiresPython)
		r.sdist = &f
		return
	}
	pythons := c.targets.fits(f.WheelTags)
	if pythons == 0 {
		r.foreign = append(r.foreign, f)
		return
	}
	pythons &= c.targets.requires(f.RequiresPython)
	r.wheels = append(r.wheels, wheel{f, c.targets.rank(f.WheelTags)})
	r.anyFile |= pythons
	r.anyWheel |= pythons
}

func (r *release) sort() {
	slices.SortFunc(r.wheels, func(a, b wheel) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.file.link.Filename, b.file.link.Filename))
	})
	slices.SortFunc(r.foreign, func(a, b file) int {
		return cmp.Or(cmp.Compare(a.link.Size, b.link.Size), cmp.Compare(a.link.Filename, b.link.Filename))
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
