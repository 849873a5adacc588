package crawl

import (
	"cmp"
	"io"
	"slices"

	"mach/helper/crawl/record"
	"mach/helper/live"
)

// write writes the record of each project of which a release was read.
func (c *crawler) write(w io.Writer) error {
	out := record.NewWriter(w)
	projects := slices.SortedFunc(slices.Values(c.order), func(a, b *project) int { return cmp.Compare(a.name, b.name) })
	for _, p := range projects {
		if p.isRead() {
			if err := out.Write(p.record()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *project) isRead() bool { return slices.ContainsFunc(p.releases, (*release).isRead) }

func (p *project) record() *record.Project {
	r := &record.Project{
		Meta: record.Meta{APIVersion: "1.1", LastSerial: p.page.Serial}, Name: p.name, Versions: p.page.Versions, Files: []record.File{},
	}
	if p.page.Status != "" {
		r.Status = &record.Status{Status: p.page.Status, Reason: p.page.StatusReason}
	}
	for _, one := range p.releases {
		r.Files = append(r.Files, one.files...)
		if one.sdistRead {
			r.Meta.Reading = live.SdistForm
		}
		if len(p.page.Versions) == 0 {
			r.Versions = append(r.Versions, one.version.String())
		}
	}
	return r
}
