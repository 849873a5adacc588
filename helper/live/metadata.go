package live

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"mach/helper/pep508"
	"mach/helper/release"
)

// Metadata implements release.Project.
func (p *Project) Metadata(i, wheel int) (*release.Metadata, error) {
	f, err := p.release(i)
	if err != nil {
		return nil, err
	}
	if p.quarantined != "" {
		return nil, &release.Unusable{Reason: "is " + p.quarantined}
	}
	n := wheel
	if wheel < 0 {
		n = len(f.list) - 1
	}
	if n < 0 || n >= len(f.list) || f.list[n].Sdist != (wheel < 0) {
		return nil, fmt.Errorf("%s %s has no file with index %d", p.name, p.versions[i], wheel)
	}
	return p.read(f, n)
}

// read is the metadata of a file of a release, which is read once.
func (p *Project) read(f *files, n int) (*release.Metadata, error) {
	f.mu.Lock()
	r := f.reads[n]
	if r == nil {
		if f.reads == nil {
			f.reads = map[int]*reading{}
		}
		r = new(reading)
		f.reads[n] = r
	}
	f.mu.Unlock()
	r.once.Do(func() { r.metadata, r.err = p.metadata(f, n) })
	return r.metadata, r.err
}

// metadata reads that of a file.
func (p *Project) metadata(f *files, n int) (*release.Metadata, error) {
	file := f.list[n].File
	if file.Sdist {
		return p.sdistMetadata(f)
	}
	r, err := ReadWheel(p.db.Context, file, p.name)
	if err != nil {
		return nil, sorted(err)
	}
	if r.RequiresPython == "" && file.RequiresPython != f.release.RequiresPython {
		r.RequiresPython = file.RequiresPython
	}
	return &r.Metadata, nil
}

// sdistMetadata is that of a wheel of the release, or of the sdist itself.
func (p *Project) sdistMetadata(f *files) (*release.Metadata, error) {
	var unusable *release.Unusable
	for _, n := range f.siblings() {
		if m, err := p.read(f, n); !errors.As(err, &unusable) {
			return m, err
		}
	}
	s, err := p.readSdist(f)
	if err != nil {
		return nil, err
	}
	if s.Metadata == nil {
		return nil, &release.Unusable{Reason: onlyABuild}
	}
	return &s.Metadata.Metadata, nil
}

// siblingsEach is how many wheels are asked what the sdist of their release needs.
const siblingsEach = 2

// siblings are the wheels to ask: those for every platform first. Which they are must not depend on what was asked
// before, or the answer would be another each time.
func (f *files) siblings() []int {
	order := make([]int, len(f.release.Wheels))
	for n := range order {
		order[n] = n
	}
	other := func(n int) int {
		if f.release.Wheels[n].Platform == "any" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b int) int { return other(a) - other(b) })
	return order[:min(len(order), siblingsEach)]
}

// sdistReading is an sdist that is being read or has been read.
type sdistReading struct {
	once sync.Once
	*Sdist
	err error
}

func (p *Project) readSdist(f *files) (*Sdist, error) {
	f.mu.Lock()
	if f.sdist == nil {
		f.sdist = new(sdistReading)
	}
	s := f.sdist
	f.mu.Unlock()
	s.once.Do(func() {
		s.Sdist, s.err = ReadSdist(p.db.Context, f.list[len(f.list)-1].File, p.name)
		s.err = sorted(s.err)
	})
	return s.Sdist, s.err
}

// BuildSystem implements release.Project.
func (p *Project) BuildSystem(i int) (*release.BuildSystem, error) {
	f, err := p.release(i)
	if err != nil || !f.release.Sdist {
		return &release.BuildSystem{}, err
	}
	s, err := p.readSdist(f)
	if err != nil {
		return nil, err
	}
	if s.Certain {
		p.compare(f, i, &s.Metadata.Metadata)
	}
	return &s.Build, nil
}

// compare notes a release whose sdist needs something else than the wheel that was asked in its place.
func (p *Project) compare(f *files, i int, own *release.Metadata) {
	m, err := p.read(f, len(f.list)-1)
	if err != nil {
		return // then nothing was taken for its needs
	}
	sort := func(list []string) []string {
		list = slices.Clone(list)
		for i, line := range list {
			if r, err := pep508.ParseLenient(line); err == nil {
				list[i] = r.String()
			}
		}
		slices.Sort(list)
		return list
	}
	if !slices.Equal(sort(m.RequiresDist), sort(own.RequiresDist)) {
		p.db.note(noteDiffers, p.name+" "+p.versions[i])
	}
}
