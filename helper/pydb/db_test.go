package pydb

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
)

// counter counts what is read of a database.
type counter struct {
	io.ReaderAt
	reads, bytes int
}

func (c *counter) ReadAt(b []byte, at int64) (int, error) {
	c.reads++
	c.bytes += len(b)
	return c.ReaderAt.ReadAt(b, at)
}

// A hundred times the projects cost an index shard more a lookup, and nothing else:
// depth grows with the logarithm.
func TestReadsDoNotGrow(t *testing.T) {
	l := layouts["xz"]
	for n, most := range map[int]int{50: 2, 5000: 4} {
		records := make([]*record.Project, n)
		for i := range records {
			records[i] = single(fmt.Sprintf("p%06d", i), "hub")
		}
		records = append([]*record.Project{single("hub", "p000007")}, records...)
		data, _ := build(t, records, BuildOptions{layout: l})
		for _, name := range []string{"hub", "p000007", "p000031"} {
			c := &counter{ReaderAt: bytes.NewReader(data)}
			db, err := New(c, int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			if c.reads != 1 {
				t.Errorf("%d projects: opened with %d reads", n, c.reads)
			}
			c.reads, c.bytes = 0, 0
			if _, err := db.Project(name); err != nil {
				t.Fatal(err)
			}
			if c.reads > most || c.bytes > 16<<10 {
				t.Errorf("%d projects: %s took %d reads, %d bytes; want %d, 16384", n, name, c.reads, c.bytes, most)
			}
		}
	}
}

// single is a record of one release that requires something.
func single(name, requires string) *record.Project {
	return &record.Project{Name: name, Files: []record.File{{
		Filename: strings.ReplaceAll(name, "-", "_") + "-1.0-py3-none-any.whl", Hashes: hash,
		Metadata: &record.Metadata{RequiresDist: []string{requires}},
	}}}
}

// Of a long project only what is asked for is decoded.
func TestLazy(t *testing.T) {
	p := &record.Project{Name: "long"}
	for i := range 1500 {
		md := &record.Metadata{RequiresDist: []string{fmt.Sprintf("a>=%d", i*i*7919%1000), fmt.Sprintf("b>=%d", i*i*104729%1000)}}
		name := fmt.Sprintf("long-1.%d-py3-none-any.whl", i)
		p.Files = append(p.Files, record.File{Filename: name, Hashes: hash, Metadata: md})
	}
	data, _ := build(t, []*record.Project{p}, BuildOptions{layout: layouts["xz"]})
	got, err := openBytes(t, data).Project("long")
	if err != nil {
		t.Fatal(err)
	}
	got.undated = true
	if _, err := got.Release(0); err != nil {
		t.Fatal(err)
	}
	if have, all := got.shard.have, len(got.shard.raw); have > 4*atOnce || all < 8*atOnce {
		t.Errorf("decoded %d of %d bytes for one release", have, all)
	}
	if r, err := got.Release(1499); err != nil || r.RequiresDist[0] != "a>=0" {
		t.Errorf("the oldest release: %v, %v", r, err)
	}
	if _, err := got.Release(1500); err == nil {
		t.Error("a release that is not there")
	}
	if _, err := got.Files(-1); err == nil {
		t.Error("files of a release that is not there")
	}
}

// Many readers at once get the same answers as one.
func TestConcurrent(t *testing.T) {
	records := generate(40, 4)
	data, _ := build(t, records, BuildOptions{Locations: true, layout: layouts["small"]})
	want, err := answers(data)
	if err != nil {
		t.Fatal(err)
	}
	db := openBytes(t, data)
	shared, err := db.Project(strings.Fields(strings.Split(want, "\n")[1])[0])
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range shared.Versions {
				if _, err := shared.Files(i); err != nil {
					t.Error(err)
				}
			}
			for _, r := range records {
				compare(t, db, r, true)
			}
		})
	}
	wg.Wait()
}

func TestNear(t *testing.T) {
	var records []*record.Project
	for _, name := range []string{"django", "djangorestframework", "flask", "flask-cors", "numpy", "numpydoc", "requests", "requests-mock"} {
		records = append(records, single(name, "x"))
	}
	data, _ := build(t, records, BuildOptions{})
	db := openBytes(t, data)
	for name, want := range map[string][]string{
		"flsak":     {"flask"},    // a swap
		"request":   {"requests"}, // a letter left out
		"numppy":    {"numpy"},    // one too many
		"djanga":    {"django"},   // another
		"flaskcors": {"flask-cors"},
		"scipy":     {},
		"":          {},
	} {
		got, err := db.Near(name, 3)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
	}
	if got, err := db.Near("numpyd", 1); err != nil || len(got) != 1 {
		t.Errorf("a limit of one: %q, %v", got, err)
	}
}

// An empty database is a database.
func TestNothing(t *testing.T) {
	data, stats := build(t, nil, BuildOptions{})
	db := openBytes(t, data)
	if err := db.Verify(); err != nil {
		t.Error(err)
	}
	if stats.BytesPerRelease() != float64(len(data)) || stats.BytesPerFile() != 0 {
		t.Errorf("%f bytes a release, %f a file", stats.BytesPerRelease(), stats.BytesPerFile())
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
