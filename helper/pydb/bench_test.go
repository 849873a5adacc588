package pydb

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
		names := closure(b, db, 90, "leaf-000100")
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

// BenchmarkDatabase reads the database that MACH_BENCH_DB names: for a solve of the
// projects that the file MACH_BENCH_NAMES lists, or that begins with jupyterlab, and for
// ones that begin with projects that nobody needs.
func BenchmarkDatabase(b *testing.B) {
	path := os.Getenv("MACH_BENCH_DB")
	if path == "" {
		b.Skip("MACH_BENCH_DB names no database")
	}
	db, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	names := listedNames(b)
	if names == nil {
		names = closure(b, db, 90, "jupyterlab")
	}
	b.Run("solve", func(b *testing.B) { benchSolve(b, path, names) })
	b.Run("files", func(b *testing.B) { benchFiles(b, path, names) })
	for _, root := range roots(b, db, 5) {
		names := closure(b, db, 90, root)
		b.Run("solve/"+root, func(b *testing.B) { benchSolve(b, path, names) })
	}
}

// listedNames reads the file that MACH_BENCH_NAMES names.
func listedNames(b *testing.B) []string {
	path := os.Getenv("MACH_BENCH_NAMES")
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	return strings.Fields(string(text))
}

// roots gives n projects that nobody needs, and that need at least 60.
func roots(b *testing.B, db *DB, n int) (names []string) {
	var cold []string
	for _, t := range db.trees {
		if t.kind != kindRange {
			continue
		}
		for item, err := range db.projects(t) {
			if err != nil {
				b.Fatal(err)
			}
			cold = append(cold, item.name)
		}
	}
	r := rand.New(rand.NewPCG(5, 5))
	for len(names) < n && len(cold) > 1000 {
		name := cold[r.IntN(len(cold))]
		if len(closureOf(b, db, name, 90)) >= 60 {
			names = append(names, name)
		}
	}
	return names
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

// closure gives n names: of a project and of what its newest release needs, as far
// down as it goes, then of the next project, and so on.
func closure(b *testing.B, db *DB, n int, roots ...string) []string {
	names := closureOf(b, db, roots[0], n)
	for name, err := range db.Names() {
		if err != nil {
			b.Fatal(err)
		}
		if len(names) == n {
			break
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// closureOf gives at most n names: of a project and what it needs.
func closureOf(b *testing.B, db *DB, root string, n int) (names []string) {
	for todo := []string{root}; len(todo) > 0 && len(names) < n; {
		name := todo[0]
		todo = todo[1:]
		p, err := db.Project(name)
		if err != nil || slices.Contains(names, name) {
			continue
		}
		names = append(names, name)
		r, err := p.Release(0)
		if err != nil {
			b.Fatal(err)
		}
		for _, requirement := range r.RequiresDist {
			if q, err := pep508.ParseLenient(requirement); err == nil && !strings.Contains(requirement, "extra") {
				todo = append(todo, pep508.NormalizeName(q.Name))
			}
		}
	}
	return names
}

func benchSolve(b *testing.B, path string, names []string) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	var c counter
	var decoded int
	b.ReportAllocs()
	for b.Loop() {
		c, decoded = counter{ReaderAt: f}, 0
		db, err := New(&c, info.Size())
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			p, err := db.Project(name)
			if err != nil {
				b.Fatal(err)
			}
			p.undated = true
			for i := range min(3, len(p.Versions)) {
				if _, err := p.Release(i); err != nil {
					b.Fatal(err)
				}
			}
			if p.shard.reader != nil {
				decoded += p.shard.have
			}
		}
	}
	b.ReportMetric(float64(len(names)), "projects")
	b.ReportMetric(float64(c.reads), "reads")
	b.ReportMetric(float64(c.bytes)/1000, "kB-read")
	b.ReportMetric(float64(decoded)/1000, "kB-decoded")
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
			p.undated = true
			if _, err := p.Files(0); err != nil {
				b.Fatal(err)
			}
		}
	}
}
