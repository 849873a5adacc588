package crawl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"mach/helper/backend"
	"mach/helper/crawl/record"
	"mach/helper/index"
	"mach/helper/live"
	releases "mach/helper/release"
)

// wheelsEach is how many wheels of a release are tried before it is given up.
const wheelsEach = 2

// read reads a release, or if it was read before its [build-system].
func (c *crawler) read(ctx context.Context, r *release) error {
	if r.isRead() {
		return c.readBuild(ctx, r)
	}
	if len(r.wheels) == 0 {
		return c.readSdist(ctx, r)
	}
	files := make([]file, len(r.wheels))
	for i, w := range r.wheels {
		files[i] = w.file
	}
	m, from, err := c.readWheel(ctx, r, files)
	if err != nil {
		return err
	}
	r.keep(from, m)
	if r.build {
		return c.readBuild(ctx, r)
	}
	return nil
}

// readWheel is the metadata of the first of some wheels that can be read, and which that was.
func (c *crawler) readWheel(ctx context.Context, r *release, files []file) (*record.Metadata, string, error) {
	var errs []error
	for _, f := range files[:min(len(files), wheelsEach)] {
		if m := c.Known[f.link.SHA256]; m != nil && m.From != record.FromSiblingWheel {
			return m, f.link.Filename, nil
		}
		m, err := live.ReadWheel(ctx, f.File, r.project.name)
		if err == nil {
			return recordMetadata(m), f.link.Filename, nil
		}
		errs = append(errs, err)
		if noUseToGoOn(ctx, err) {
			break
		}
	}
	return nil, "", errors.Join(errs...)
}

// noUseToGoOn is whether what failed was not the one file.
func noUseToGoOn(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, index.ErrBudget) || errors.Is(err, index.ErrOffline) || errors.Is(err, index.ErrNetwork)
}

// readSdist reads a release of which only the sdist can be used.
func (c *crawler) readSdist(ctx context.Context, r *release) error {
	if m := c.Known[r.sdist.link.SHA256]; m != nil && m.BuildSystem != nil && (isCertain(m) || len(r.foreign) == 0) {
		r.sdistRead = true
		r.keep(r.sdist.link.Filename, m)
		return nil
	}
	r.sdistRead = true
	s, err := live.ReadSdist(ctx, r.sdist.File, r.project.name)
	if err != nil {
		return err
	}
	var m *record.Metadata
	if s.Metadata != nil {
		m = recordMetadata(s.Metadata)
	}
	if !s.Certain && len(r.foreign) > 0 {
		sibling, _, werr := c.readWheel(ctx, r, r.foreign)
		switch {
		case werr == nil:
			own := *sibling
			own.From = record.FromSiblingWheel
			m = &own
		case noUseToGoOn(ctx, werr):
			return werr
		}
	}
	if m == nil {
		return fmt.Errorf("%s: %w", r.sdist.link.Filename, errNotStatic)
	}
	m.BuildSystem = recordBuild(s)
	r.keep(r.sdist.link.Filename, m)
	return nil
}

// isCertain says whether no wheel can say better what an sdist needs.
func isCertain(m *record.Metadata) bool {
	return m.From == record.FromPKGInfo || m.From == record.FromPyproject
}

// readBuild adds to a release that was read what its sdist says: its [build-system], and its dependencies if those
// are static.
func (c *crawler) readBuild(ctx context.Context, r *release) error {
	if r.sdist == nil {
		return nil
	}
	i := slices.IndexFunc(r.files, func(f record.File) bool { return f.Filename == r.sdist.link.Filename })
	if r.files[i].Metadata != nil {
		return nil
	}
	r.sdistRead = true
	s, err := live.ReadSdist(ctx, r.sdist.File, r.project.name)
	if err != nil {
		return err
	}
	m := r.wheelMetadata()
	if s.Certain {
		m = recordMetadata(s.Metadata)
	} else {
		sibling := *m
		sibling.From = record.FromSiblingWheel
		m = &sibling
	}
	m.BuildSystem = recordBuild(s)
	r.files[i].Metadata = m
	r.needs = append(r.needs, needsOf(m.RequiresDist)...)
	r.needs = append(r.needs, buildNeeds(m.BuildSystem)...)
	return nil
}

func (r *release) wheelMetadata() *record.Metadata {
	for _, f := range r.files {
		if f.Metadata != nil {
			return f.Metadata
		}
	}
	return nil
}

// errNotStatic is an sdist that does not say what it depends on before it is built.
var errNotStatic = errors.New("its dependencies are not static: only a build would tell them")

func recordMetadata(m *live.Read) *record.Metadata {
	return &record.Metadata{
		RequiresDist: m.RequiresDist, ProvidesExtra: m.ProvidesExtra, RequiresPython: m.RequiresPython, From: m.From,
	}
}

func recordBuild(s *live.Sdist) *record.BuildSystem {
	return &record.BuildSystem{Requires: s.Build.Requires, BuildBackend: s.Build.Backend, Unknown: s.Build.Unknown}
}

// keep makes the files of the record: all wheels that fit, and the sdist; the one that was read has the metadata.
func (r *release) keep(from string, m *record.Metadata) {
	for _, w := range r.wheels {
		r.files = append(r.files, recordFile(w.file))
	}
	if r.sdist != nil {
		r.files = append(r.files, recordFile(*r.sdist))
	}
	slices.SortFunc(r.files, func(a, b record.File) int { return cmp.Compare(a.Filename, b.Filename) })
	for i := range r.files {
		if r.files[i].Filename == from {
			r.files[i].Metadata = m
		}
	}
	r.needs = append(needsOf(m.RequiresDist), buildNeeds(m.BuildSystem)...)
}

func recordFile(f file) record.File {
	return record.File{
		Filename: f.link.Filename, Hashes: record.Hashes{SHA256: f.link.SHA256}, RequiresPython: f.RequiresPython,
		Size: f.link.Size, UploadTime: f.UploadTime(), Yanked: record.Yanked{Yanked: f.Yanked, Reason: f.YankedReason},
		URL: f.link.Location,
	}
}

// buildNeeds is what building needs; nothing if that was not read.
func buildNeeds(b *record.BuildSystem) []*need {
	if b == nil {
		return nil
	}
	return needsOf(backend.Requires(&releases.BuildSystem{Requires: b.Requires, Backend: b.BuildBackend}))
}
