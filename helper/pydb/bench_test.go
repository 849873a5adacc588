package pydb

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mach/helper/crawl/record"
	"mach/helper/pep508"
)

// The size of a database must not show in the time of a solve. The benchmark opens a
// database and reads what a solve reads: a project that nobody depends on and what it
// needs, 90 projects in all, the versions and the newest releases of each.
func BenchmarkSolve(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		db, path, stats := benchDB(b, fmt.Sprintf("%d projects", n), star(n))
		names := closure(b, db)
		b.Run(fmt.Sprintf("%d-projects", n), func(b *testing.B) {
			benchSolve(b, path, names)
			b.ReportMetric(stats.BytesPerRelease(), "B/release")
			b.ReportMetric(stats.BytesPerFile(), "B/file")
		})
	}
}

// star yields records of n projects: hubs that require one another, and many that
// require hubs.
func star(n int) iter.Seq2[*record.Project, error] {
	const hubs = 200
	return func(yield func(*record.Project, error) bool) {
		g := generator{r: rand.New(rand.NewPCG(1, 1))}
		for i := range hubs {
			g.names = append(g.names, fmt.Sprintf("hub-%03d", i))
		}
		for i, name := range g.names {
			p := g.project(name)
			p.Files[0].Metadata = &record.Metadata{RequiresDist: []string{g.names[(i+1)%hubs], g.names[(i*7+3)%hubs]}}
			if !yield(p, nil) {
				return
			}
		}
		for i := range n - hubs {
			if !yield(single(fmt.Sprintf("leaf-%06d", i), g.names[i*i%hubs]), nil) {
				return
			}
		}
	}
}

// BenchmarkRecords does the same with the records in the file that MACH_RECORDS
// names.
func BenchmarkRecords(b *testing.B) {
	file := os.Getenv("MACH_RECORDS")
	if file == "" {
		b.Skip("MACH_RECORDS names no file of records")
	}
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	db, path, _ := benchDB(b, file, record.Read(file, f))
	names := closure(b, db)
	b.Run("solve", func(b *testing.B) { benchSolve(b, path, names) })
	b.Run("files", func(b *testing.B) { benchFiles(b, path, names) })
}

func benchDB(b *testing.B, name string, records iter.Seq2[*record.Project, error]) (*DB, string, Stats) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "db.xz")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	stats, err := Build(f, records, BuildOptions{Locations: true})
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
	return db, path, stats
}

// closure gives 90 names: of a project and of what its newest release needs, as far
// down as it goes, then of the next project, and so on.
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
	roots := []string{"leaf-000100", "jupyterlab"}
	for name, err := range db.Names() {
		if err != nil {
			b.Fatal(err)
		}
		roots = append(roots, name)
	}
	for _, name := range roots {
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
