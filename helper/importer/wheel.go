package importer

import (
	"strings"

	"mach/helper/crawl/record"
	"mach/helper/pep508"
	"mach/helper/tags"
)

// wheelMetadata is what wheel/ has of a wheel.
type wheelMetadata struct {
	RequiresDist   []string `json:"requires_dist"`
	RequiresPython string   `json:"requires_python"`
	ProvidesExtras []string `json:"provides_extras"`
}

// byTag is a project in wheel/: by Python tag, version and file name.
type byTag map[string]map[string]map[string]or[wheelMetadata]

// wheels takes the metadata of the wheels of a project.
func (b *bucket) wheels(file, spelled string, of byTag) {
	p := b.project(file, spelled)
	if p == nil {
		return
	}
	for tag, versions := range of {
		for version, files := range versions {
			for name, o := range files {
				m := of.find(tag, o)
				key := spelled + "/" + tag + "/" + version + "/" + name
				if m == nil {
					b.leave(file, key, whyDangling)
					continue
				}
				if !b.fits(file, key, p, name) {
					continue
				}
				if f := p.file(version, name); f.Metadata == nil {
					f.Metadata = m.record()
					f.RequiresPython = f.Metadata.RequiresPython
				}
			}
		}
	}
}

// find follows references; nil if they lead nowhere. A reference may lead to another, but none that is sound does so often.
func (of byTag) find(tag string, o or[wheelMetadata]) *wheelMetadata {
	for range 8 {
		if o.value != nil {
			return o.value
		}
		version, name, _ := strings.Cut(o.ref, "@")
		if a, b, ok := strings.Cut(name, "@"); ok {
			tag, version, name = version, a, b
		}
		o = of[tag][version][name]
	}
	return nil
}

func (m *wheelMetadata) record() *record.Metadata {
	return &record.Metadata{
		RequiresDist: m.RequiresDist, ProvidesExtra: m.ProvidesExtras,
		RequiresPython: strings.Trim(m.RequiresPython, ", "), From: record.FromMetadata,
	}
}

// fits says whether a file's name is one that a file of the project can have, and reports it if not.
func (b *bucket) fits(file, key string, p *project, name string) bool {
	why := ""
	if isWheel(name) {
		if w, err := tags.ParseWheelName(name); err != nil || pep508.NormalizeName(w.Project) != p.name {
			why = whyWheel
		}
	} else if _, err := tags.ParseSdistName(name, p.name); err != nil || strings.Contains(name, "/") {
		why = whySdist
	}
	if why != "" {
		b.leave(file, key, why)
	}
	return why == ""
}
