package pydb

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mach/helper/crawl/record"
	"mach/helper/release"
)

// layouts to test with: the real one, which stores all of a small database; one
// that stores nothing; one that makes every structure small and so uses them all.
var layouts = map[string]*layout{
	"standard": &standardLayout,
	"xz":       {warm: 64 << 10, small: 8 << 10, large: 64 << 10, page: 16 << 10, names: 64 << 10, node: 6 << 10},
	"small":    {hot: 4 << 10, head: 200, hotFiles: 4 << 10, warm: 4 << 10, small: 1 << 10, large: 2 << 10, page: 2 << 10, names: 128, node: 200},
}

func build(t testing.TB, records []*record.Project, opt BuildOptions) ([]byte, Stats) {
	t.Helper()
	var b bytes.Buffer
	stats, err := Build(&b, all(records), opt)
	if err != nil {
		t.Fatal(err)
	}
	if stats.Total() != int64(b.Len()) {
		t.Errorf("stats count %d bytes of %d", stats.Total(), b.Len())
	}
	return b.Bytes(), stats
}

func openBytes(t testing.TB, data []byte) *DB {
	t.Helper()
	db, err := New(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// What was packed is what is read, in any layout, with and without locations.
func TestRoundTrip(t *testing.T) {
	records := generate(120, 7)
	for name, l := range layouts {
		for _, locations := range []bool{true, false} {
			data, stats := build(t, records, BuildOptions{Locations: locations, Date: "2026-11-22", Serial: 7, layout: l})
			db := openBytes(t, data)
			if err := db.Verify(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			want := Info{
				Date: "2026-11-22", Serial: 7, Projects: stats.Projects, Releases: stats.Releases,
				Files: stats.Files, Locations: locations, Root: db.Info().Root,
			}
			if diff := cmp.Diff(want, db.Info()); diff != "" {
				t.Errorf("%s: info: %s", name, diff)
			}
			for _, r := range records {
				compare(t, db, r, locations)
			}
		}
	}
}

// compare compares a project of the database with its record.
func compare(t *testing.T, db *DB, r *record.Project, locations bool) {
	t.Helper()
	want := gather(r)
	p, err := db.Project(r.Name)
	if len(want) == 0 {
		if !errors.Is(err, release.ErrNotFound) {
			t.Errorf("%s has no releases, and yet: %v", r.Name, err)
		}
		return
	}
	if err != nil {
		t.Error(err)
		return
	}
	for i, w := range want {
		if p.Versions[i] != w.text {
			t.Fatalf("%s: version %d is %q, want %q", r.Name, i, p.Versions[i], w.text)
		}
		got, err := p.Release(i)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&w.Release, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s %s: %s", r.Name, w.text, diff)
		}
		var files []release.File
		for _, f := range w.files {
			files = append(files, release.File{Name: f.Filename, SHA256: f.Hashes.SHA256, Size: f.Size, Location: map[bool]string{true: f.URL}[locations]})
		}
		packed, err := p.Files(i)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(files, packed); diff != "" {
			t.Errorf("%s %s: %s", r.Name, w.text, diff)
		}
	}
}

// The names are those of the projects packed, sorted; a project without releases
// is not among them, and is not found.
func TestNames(t *testing.T) {
	records := generate(300, 8)
	records = append(records, &record.Project{Name: "zzz-empty"})
	for name, l := range layouts {
		data, _ := build(t, records, BuildOptions{layout: l})
		db := openBytes(t, data)
		var names []string
		for n, err := range db.Names() {
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, n)
		}
		var want []string
		for _, r := range records {
			if len(gather(r)) > 0 {
				want = append(want, r.Name)
			}
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for _, missing := range []string{"", "0", "zzz-empty", "zzzz", want[5] + "x", want[5][:len(want[5])-1]} {
			if _, err := db.Project(missing); !slices.Contains(want, missing) && !errors.Is(err, release.ErrNotFound) {
				t.Errorf("%s: project %q: %v", name, missing, err)
			}
		}
	}
}

// The same records give the same bytes.
func TestDeterministic(t *testing.T) {
	for name, l := range layouts {
		a, _ := build(t, generate(200, 9), BuildOptions{Locations: true, layout: l})
		b, _ := build(t, generate(200, 9), BuildOptions{Locations: true, layout: l})
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two builds differ", name)
		}
	}
}

// gather is what is packed of a record.
func gather(r *record.Project) []*gathered {
	return (&gatherer{left: map[string]int{}}).gather(r)
}
