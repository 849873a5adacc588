package pydb

import (
	"fmt"
	"io"

	"mach/helper/crawl/record"
	"mach/helper/pep440"
)

// gathered gives the releases of a project as they were gathered from its record.
func (p *Project) gathered() ([]*gathered, error) {
	releases := make([]*gathered, len(p.Versions))
	for i, text := range p.Versions {
		version, err := pep440.Parse(text)
		if err != nil {
			return nil, p.db.corrupt(p.offset, damaged("project %q: %v", p.Name, err))
		}
		r, err := p.Release(i)
		if err != nil {
			return nil, err
		}
		releases[i] = &gathered{Release: *r, version: version, text: text}
		if releases[i].files, err = p.sourceFiles(i); err != nil {
			return nil, err
		}
	}
	return releases, nil
}

func (p *Project) sourceFiles(i int) ([]sourceFile, error) {
	files, err := p.Files(i)
	if err != nil {
		return nil, err
	}
	sources := make([]sourceFile, len(files))
	for i, f := range files {
		var reason string
		sources[i], reason = readFile(p.Name, &record.File{
			Filename: f.Name, Hashes: record.Hashes{SHA256: f.SHA256}, Size: f.Size, URL: f.Location,
		})
		if reason != "" {
			return nil, p.db.corrupt(p.offset, fmt.Errorf("file %q of project %q: %w", f.Name, p.Name, damage(reason)))
		}
	}
	return sources, nil
}

// Compact writes a database with the same content anew: the bytes that Build would make
// of the records of all its projects. TempDir is as in BuildOptions.
func (db *DB) Compact(w io.Writer, tempDir string) (Stats, error) {
	k, err := newPacker(BuildOptions{Locations: db.info.Locations, Date: db.info.Date, Serial: db.info.Serial, TempDir: tempDir})
	if err != nil {
		return Stats{}, err
	}
	return db.compact(w, k)
}

func (db *DB) compact(w io.Writer, k *packer) (Stats, error) {
	defer k.close()
	worker := func() func(*Project) (*packed, error) {
		return func(p *Project) (*packed, error) {
			releases, err := p.gathered()
			if err != nil {
				return nil, err
			}
			return pack(p.Name, releases, k.opt.Locations), nil
		}
	}
	if err := inOrder(db.All(), worker, k.add); err != nil {
		return k.stats, err
	}
	return k.stats, k.database(w)
}
