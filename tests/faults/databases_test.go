package faults

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"mach/helper/crawl/record"
	"mach/helper/pydb"
	"mach/tests/universe"
)

// database is one to damage.
type database struct {
	data  []byte
	roots []int    // where the roots end, the last at the end of the file
	wants []string // what is to be locked
}

// real is the committed database. It is stored but for the names.
func real(t *testing.T) database {
	data := read(t, "../../lib/database/pypi.xz")
	return database{data, []int{len(data)}, []string{"flask", "jupyterlab", "pandas"}}
}

// updated is the committed database with updates behind it: projects are new, and then changed and gone.
func updated(t *testing.T) database {
	d := real(t)
	for day := range 3 {
		n := 60 - day
		options := pydb.UpdateOptions{Date: fmt.Sprintf("2027-01-%02d", day+1)}
		if day > 0 {
			options.Remove = []string{fmt.Sprintf("p%05d", n)}
		}
		var b bytes.Buffer
		if _, err := open(t, d.data).Update(&b, yield(generate(t, n, uint64(day))), options); err != nil {
			t.Fatal(err)
		}
		d.data = append(d.data, b.Bytes()...)
		d.roots = append(d.roots, len(d.data))
	}
	d.wants = append(d.wants, "p00030", "p00050")
	return d
}

// compressed is a larger one, where many projects are together in a stream.
func compressed(t *testing.T) database {
	n := count(t, 1500, 20000)
	var b bytes.Buffer
	if _, err := pydb.Build(&b, yield(generate(t, n, 7)), pydb.BuildOptions{Locations: true, Date: "2026-01-31"}); err != nil {
		t.Fatal(err)
	}
	d := database{data: b.Bytes(), roots: []int{b.Len()}}
	for i := 1; i < n; i += n / 20 {
		d.wants = append(d.wants, fmt.Sprintf("p%05d", i))
	}
	return d
}

func open(t *testing.T, data []byte) *pydb.DB {
	t.Helper()
	db, err := pydb.New(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func namesOf(t *testing.T, db *pydb.DB) (names []string) {
	t.Helper()
	for name, err := range db.Names() {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

func yield(projects []*record.Project) func(func(*record.Project, error) bool) {
	return func(yield func(*record.Project, error) bool) {
		for _, p := range projects {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// generate makes up the records of n projects.
func generate(t *testing.T, n int, seed uint64) []*record.Project {
	t.Helper()
	projects, err := universe.Parse(world(n, seed))
	if err != nil {
		t.Fatal(err)
	}
	return projects
}

// world is a universe of n projects, each of which needs some of those before it, most of all the first ones.
func world(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := range n {
		for release := 1 + int(r.ExpFloat64()*4); release > 0; release-- {
			fmt.Fprintf(&b, "p%05d %d.%d wheel sdist python>=3.%d day=2025-%02d-%02d\n", i, release/4, release%4, 6+r.IntN(3), 1+release%12, 1+r.IntN(28))
			for range min(i, r.IntN(4)) {
				f := r.Float64()
				fmt.Fprintf(&b, "    p%05d>=0.%d\n", int(f*f*f*float64(i)), r.IntN(2))
			}
			if r.IntN(3) == 0 {
				fmt.Fprintf(&b, "    word%x-%x>=%d; extra == \"x%d\"\n", r.Uint32(), r.Uint32(), r.IntN(9), r.IntN(4))
			}
		}
	}
	return b.String()
}
