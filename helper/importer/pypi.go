package importer

import (
	"encoding/base64"
	"encoding/hex"
	"path"

	"mach/helper/crawl/record"
)

// hashed is a release in pypi/, in the old form (SHA256 and URL) or the new.
type hashed struct {
	SHA256 string               `json:"sha256"`
	URL    string               `json:"url"`
	Sdist  []string             `json:"sdist"`
	Wheels map[string][2]string `json:"wheels"`
}

// hashes takes the files of a project and their hashes.
func (b *bucket) hashes(file, spelled string, releases map[string]hashed) {
	p := b.project(file, spelled)
	if p == nil {
		return
	}
	for version, h := range releases {
		if h.URL != "" {
			b.hash(file, p, version, path.Base(h.URL), h.SHA256, "packages/"+h.URL)
		}
		if len(h.Sdist) == 2 {
			b.hash(file, p, version, h.Sdist[1], h.Sdist[0], predicted("source", spelled, h.Sdist[1]))
		}
		for name, w := range h.Wheels {
			b.hash(file, p, version, name, w[0], predicted(w[1], spelled, name))
		}
	}
}

// predicted is where a file lies by its name alone; index hosts redirect from there.
func predicted(tag, project, name string) string {
	return path.Join("packages", tag, project[:1], project, name)
}

func (b *bucket) hash(file string, p *project, version, name, hash, location string) {
	key := p.spelled + "/" + version + "/" + name
	sum, ok := hexOf(hash)
	if !ok {
		b.leave(file, key, whyHash)
		return
	}
	if !b.fits(file, key, p, name) {
		return
	}
	f := p.file(version, name)
	if f.Hashes.SHA256 == "" {
		f.Hashes, f.URL = record.Hashes{SHA256: sum}, location
	}
}

// hexOf is a SHA-256 in hex, out of hex or base 64.
func hexOf(hash string) (string, bool) {
	sum, err := hex.DecodeString(hash)
	if err != nil {
		sum, err = base64.StdEncoding.DecodeString(hash)
	}
	return hex.EncodeToString(sum), err == nil && len(sum) == 32
}
