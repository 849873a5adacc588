package pydb

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mach/helper/crawl/record"
	"mach/helper/pep508"
)

// The size of a database must not show in the time of a solve. Each benchmark opens
// a database and reads what a solve reads: a project that nobody depends on and what
// it needs, 90 projects in all, the versions and the newest releases of each.
func BenchmarkSolve(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		db, path := benchDB(b, fmt.Sprintf("generated-%d", n), func() []*record.Project { return generate(n, 1) })
		b.Run(fmt.Sprintf("%d-projects", n), func(b *testing.B) { benchSolve(b, path, closure(b, db)) })
	}
}

// BenchmarkRecords does the same with the records in the file that MACH_RECORDS
// names.
func BenchmarkRecords(b *testing.B) {
	file := os.Getenv("MACH_RECORDS")
	if file == "" {
		b.Skip("MACH_RECORDS names no file of records")
	}
	db, path := benchDB(b, "records", func() (projects []*record.Project) {
		f, err := os.Open(file)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		for p, err := range record.Read(file, f) {
			if err != nil {
				b.Fatal(err)
			}
			projects = append(projects, p)
		}
		return projects
	})
	names := closure(b, db)
	b.Run("solve", func(b *testing.B) { benchSolve(b, path, names) })
	b.Run("files", func(b *testing.B) { benchFiles(b, path, names) })
}

func benchDB(b *testing.B, name string, records func() []*record.Project) (*DB, string) {
	b.Helper()
	path := filepath.Join(b.TempDir(), name+".xz")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	stats, err := Build(f, all(records()), BuildOptions{Locations: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	b.Logf("%s: %d projects, %d releases, %d files: %d bytes, %.2f a release, %.2f a file",
		name, stats.Projects, stats.Releases, stats.Files, stats.Total(), stats.BytesPerRelease(), stats.BytesPerFile())
	db, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db, path
}

// closure gives 90 names: of a project and of what its newest release needs, as far
// down as it takes, then of the next project, and so on.
func closure(b *testing.B, db *DB) []string {
	var names []string
	seen := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		if seen[name] || len(names) == 90 {
			return
		}
		seen[name] = true
		p, err := db.Project(name)
		if err != nil {
			return
		}
		names = append(names, name)
		r, err := p.Release(0)
		if err != nil {
			b.Fatal(err)
		}
		for _, requirement := range r.RequiresDist {
			if q, err := pep508.ParseLenient(requirement); err == nil && !strings.Contains(requirement, "extra") {
				add(pep508.NormalizeName(q.Name))
			}
		}
	}
	for name, err := range db.Names() {
		if err != nil {
			b.Fatal(err)
		}
		add(name)
	}
	return names
}

func benchSolve(b *testing.B, path string, names []string) {
	b.ReportAllocs()
	for b.Loop() {
		db, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			p, err := db.Project(name)
			if err != nil {
				b.Fatal(err)
			}
			for i := range min(3, len(p.Versions)) {
				if _, err := p.Release(i); err != nil {
					b.Fatal(err)
				}
			}
		}
		db.Close()
	}
}

func benchFiles(b *testing.B, path string, names []string) {
	b.ReportAllocs()
	db, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for b.Loop() {
		for _, name := range names {
			p, err := db.Project(name)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := p.Files(0); err != nil {
				b.Fatal(err)
			}
		}
	}
}
