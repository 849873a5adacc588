package live

import (
	"fmt"
	"strings"
	"testing"

	"mach/helper/index"
)

// Warm is what a lock of 90 projects reads when all is in the cache: each project's versions, its newest release, the
// metadata of one wheel, and where its files are. The aim is 4 ms.
func BenchmarkWarm(b *testing.B) {
	cache, ix := fill(b, 60, 10)
	b.ReportAllocs()
	for b.Loop() {
		t := index.NewTransport(index.Options{Cache: cache, Offline: true})
		db := open(b, Options{Indexes: []*index.Client{t.Client(ix)}})
		for i := range 90 {
			p := project(b, db, fmt.Sprintf("project%d", i))
			if _, err := p.Release(0); err != nil {
				b.Fatal(err)
			}
			if _, err := p.Metadata(0, 0); err != nil {
				b.Fatal(err)
			}
			if _, err := p.Files(0); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// fill makes a cache of 90 projects.
func fill(b *testing.B, releases, platforms int) (cache string, ix index.Index) {
	var world strings.Builder
	for i := range 90 {
		for v := range releases {
			fmt.Fprintf(&world, "project%d 1.%d wheel sdist python>=3.9", i, v)
			for p := range platforms {
				fmt.Fprintf(&world, " wheel=cp312-cp312-manylinux_2_%d_x86_64", p)
			}
			fmt.Fprintln(&world)
			if v == releases-1 {
				for n := range 5 {
					fmt.Fprintf(&world, "    project%d>=1.%d\n", (i+n)%90, n)
				}
			}
		}
	}
	_, url := start(b, world.String())
	ix, err := index.New(url+"/simple/", "test")
	if err != nil {
		b.Fatal(err)
	}
	cache = b.TempDir()
	db := open(b, Options{Indexes: []*index.Client{transport(b, index.Options{Cache: cache}).Client(ix)}})
	for i := range 90 {
		if _, err := project(b, db, fmt.Sprintf("project%d", i)).Metadata(0, 0); err != nil {
			b.Fatal(err)
		}
	}
	return cache, ix
}
