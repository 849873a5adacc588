package pydb

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/pep508"
)

// BuildOptions say what goes into a database beside the records.
type BuildOptions struct {
	Locations bool   // files keep their location
	Date      string // day of the data, 2026-11-22, or "" if unknown
	Serial    int64  // of the index, or 0

	layout *layout // in tests; nil is standardLayout
}

// Build packs records, which must come sorted by name, into a database. The same
// records and options give the same bytes.
func Build(w io.Writer, records iter.Seq2[*record.Project, error], opt BuildOptions) (Stats, error) {
	if opt.Date != "" && !validDay(opt.Date) {
		return Stats{}, fmt.Errorf("date %q: not a day like 2026-11-22", opt.Date)
	}
	stats := Stats{Left: map[string]int{}, Bytes: map[string]int64{}}
	projects, err := readProjects(records, opt, &stats)
	if err != nil {
		return stats, err
	}
	out := &output{w: w, layout: cmp.Or(opt.layout, &standardLayout), stats: &stats}
	return stats, out.database(projects, opt)
}

// project is one project on its way into the database.
type project struct {
	name     string
	releases []byte      // "#NAME", the versions, then the lines of the releases
	ends     []int       // where in releases each release ends
	files    []fileChunk // in the order of the releases
	needs    []string    // names that its new releases require
	rank
}

// fileChunk is what goes together onto a page.
type fileChunk struct {
	release int // the first whose files are in it
	text    []byte
}

func readProjects(records iter.Seq2[*record.Project, error], opt BuildOptions, stats *Stats) ([]*project, error) {
	var projects []*project
	last := ""
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		if name := pep508.NormalizeName(r.Name); name != r.Name || !pep508.ValidName(name) {
			return nil, fmt.Errorf("record %q: not a normalised name, as %q is", r.Name, name)
		}
		if r.Name <= last {
			return nil, fmt.Errorf("record %q after %q: records must be sorted by name, each name once", r.Name, last)
		}
		last = r.Name
		releases := gather(r, stats.Left)
		if len(releases) == 0 {
			stats.Left[noReleases]++
			continue
		}
		projects = append(projects, newProject(r.Name, releases, opt.Locations))
		stats.count(releases)
	}
	return projects, nil
}

func newProject(name string, releases []*gathered, locations bool) *project {
	p := &project{name: name, needs: needs(releases), files: chunkFiles(name, releases, locations)}
	versions := make([]string, len(releases))
	for i, r := range releases {
		versions[i] = r.text
	}
	p.releases = appendLine(nil, "#", name)
	p.releases = appendLine(p.releases, "", formatVersions(versions))
	last := firstState
	for _, r := range releases {
		p.releases = appendRelease(p.releases, &last, &r.Release)
		p.ends = append(p.ends, len(p.releases))
	}
	return p
}

// chunkFiles makes chunks of a project's files: the newest releases, whose files are
// asked for most, in small ones.
func chunkFiles(name string, releases []*gathered, locations bool) []fileChunk {
	var chunks []fileChunk
	var c *fileChunk
	var s spelling
	for i, r := range releases {
		if c == nil || len(c.text) >= min(firstPage<<(len(chunks)-1), maxPage) {
			chunks = append(chunks, fileChunk{i, appendLine(nil, "#", name)})
			c, s = &chunks[len(chunks)-1], firstSpelling(name)
		}
		c.text = encodeFiles(c.text, &s, r, locations)
	}
	return chunks
}

const (
	firstPage = 4 << 10 // bytes of text on a project's first page, or a little more
	maxPage   = 16 << 10
)

// recent is how many releases of a project count for what it requires.
const recent = 3

// needs lists the projects that new releases require, to run or to be built, with
// whatever extra and marker.
func needs(releases []*gathered) []string {
	var names []string
	for _, r := range releases[:min(recent, len(releases))] {
		for _, requirement := range slices.Concat(r.RequiresDist, r.BuildRequires) {
			end := strings.IndexFunc(requirement, func(c rune) bool {
				return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.')
			})
			if end < 0 {
				end = len(requirement)
			}
			names = append(names, pep508.NormalizeName(requirement[:end]))
		}
	}
	slices.Sort(names)
	return slices.Clip(slices.Compact(names))
}
