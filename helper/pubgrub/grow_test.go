package pubgrub

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// family is worlds that grow, with what a solve of the largest may cost, some tenth more than it does.
type family struct {
	name                 string
	sizes                []int
	make                 func(size int) *world
	tiny                 func(seed uint64) *world // for the oracle
	questions, decisions int
}

const anyNumber = 1 << 30

var families = []family{
	{"easy", []int{10, 100, 1000}, func(n int) *world { return realLike(n, 200) }, nil, 1000, 1000},
	{"bounded", []int{10, 100, 1000}, func(n int) *world { return bounded(n, 200, 3) }, nil, 2400, 60_000},
	{
		"history", []int{10, 100, 1000},
		func(n int) *world { return history(2, n, 2, anyNumber).plant(days - 500).world },
		func(seed uint64) *world { return history(seed, 6, 2, 4).plant(days - 500).world }, 8000, 35_000,
	},
	{
		"crowded", []int{10, 100, 1000},
		func(n int) *world { return history(3, n, 1, anyNumber).plant(days - 1000).world },
		func(seed uint64) *world { return history(seed, 6, 1, 4).plant(days - 1000).world }, 16_000, 65_000,
	},
	{
		"hopeless", []int{10, 100, 1000},
		func(n int) *world { return history(4, n, 1, anyNumber).world },
		func(seed uint64) *world { return history(seed, 6, 1, 4).world }, 5600, 11_000,
	},
	{
		"boto", []int{10, 100, 1500},
		func(n int) *world { return boto(1, n, 1500, false).world },
		func(seed uint64) *world { return boto(seed, 5, 1500, false).world }, 1400, 900,
	},
	{
		"aioboto", []int{10, 100, 1500},
		func(n int) *world { return boto(1, n, 2200, true).world },
		func(seed uint64) *world { return boto(seed, 4, 2200, true).world }, 530, 200,
	},
	{
		"airflow", []int{5, 50, 500},
		func(n int) *world { return airflow(3, n, 2500, anyNumber).world },
		func(seed uint64) *world { return airflow(seed, 2, 2500, 3).world }, 2200, 7500,
	},
	{
		"django", []int{10, 100, 1000},
		func(n int) *world { return django(5, n, 2000, anyNumber).world },
		func(seed uint64) *world { return django(seed, 4, 2000, 4).world }, 7000, 19_000,
	},
	{
		"knot", []int{3, 30, 300},
		func(n int) *world { return knot(1, n, anyNumber).world },
		func(seed uint64) *world { return knot(seed, 3, 4).world }, 1400, 9500,
	},
}

// statsOf gives the counts of a solve, however it ended.
func statsOf(solution *Solution, err error) Stats {
	var none *NoSolution
	if errors.As(err, &none) {
		return none.Stats()
	}
	return solution.Stats
}

// TestFamilies solves the largest worlds, within what that may cost.
func TestFamilies(t *testing.T) {
	for _, f := range families {
		t.Run(f.name, func(t *testing.T) {
			w := f.make(f.sizes[len(f.sizes)-1])
			source := &counting{Source: w}
			solution, err := Solve(context.Background(), source)
			if err == nil {
				err = w.check(solution)
			}
			if none := f.name == "hopeless"; (err != nil) != none {
				t.Fatal(err)
			}
			stats := statsOf(solution, err)
			if t.Logf("%+v", stats); source.questions != stats.Questions {
				t.Errorf("%d questions asked, %d counted", source.questions, stats.Questions)
			}
			if stats.Questions > f.questions || stats.Decisions > f.decisions {
				t.Errorf("more than %d questions and %d decisions", f.questions, f.decisions)
			}
		})
	}
}

// TestTinyFamilies compares with trying everything, for small worlds of each family, where nothing is preferred and where
// a lock is.
func TestTinyFamilies(t *testing.T) {
	for _, f := range families {
		if f.tiny == nil {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			solved := 0
			for seed := range uint64(150) {
				w, r := f.tiny(seed), rand.New(rand.NewPCG(seed, 1))
				for i := range w.infos[1:] {
					if info := &w.infos[i+1]; info.Base == Root && r.IntN(2) == 0 {
						info.Preferred = Of(r.IntN(info.Candidates))
					}
				}
				for range r.IntN(4) {
					p := 1 + r.IntN(len(w.infos)-1)
					w.need(Root, 0, Package(p), Of(r.IntN(w.infos[p].Candidates)))
				}
				s := newSolver(context.Background(), w)
				s.tuning = tuning{rivals: int32(1 + r.IntN(3)), hard: r.IntN(20)}
				solution, err := s.solve()
				if err := w.judge(solution, err); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
				if err == nil {
					solved++
				}
			}
			t.Logf("%d solved", solved)
		})
	}
}

// TestLocks prefers what a solve chose, has some of it move, and counts what that costs where it must cost little.
func TestLocks(t *testing.T) {
	for _, c := range []struct {
		family    string
		moving    int // what the root does not allow any more
		off       int // what moves
		decisions int
	}{
		{"bounded", 0, 0, 1000},
		{"bounded", 1, 1, 2000},
		{"bounded", 50, 50, 15_000},
		{"bounded", 1000, 981, 120_000},
		{"airflow", 50, 67, 10_000},
		{"django", 1, 1, 2000},
		{"knot", 50, 57, 10_000},
	} {
		f := families[slices.IndexFunc(families, func(f family) bool { return f.name == c.family })]
		w := f.make(f.sizes[len(f.sizes)-1])
		before, err := Solve(context.Background(), w)
		if err != nil {
			t.Fatal(err)
		}
		locked := w.lock(before.Choices, c.moving)
		solution, err := Solve(context.Background(), locked)
		if err == nil {
			err = locked.check(solution)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s, %d: off %d, %+v", c.family, c.moving, len(solution.Off), solution.Stats)
		if len(solution.Off) != c.off || solution.Stats.Decisions > c.decisions {
			t.Errorf("%s, %d of them moving: want %d off with %d decisions", c.family, c.moving, c.off, c.decisions)
		}
		if c.moving == 0 && !slices.Equal(before.Choices, solution.Choices) {
			t.Errorf("%s: another solution though nothing changed", c.family)
		}
	}
}

func measure(b *testing.B, w Source) {
	var stats Stats
	b.ReportAllocs()
	for b.Loop() {
		stats = statsOf(Solve(context.Background(), w))
	}
	b.ReportMetric(float64(stats.Decisions), "decisions")
	b.ReportMetric(float64(stats.Conflicts), "conflicts")
	b.ReportMetric(float64(stats.Questions), "questions")
}

// BenchmarkGrow tells how the work grows with the number of packages, in worlds without and with conflicts.
func BenchmarkGrow(b *testing.B) {
	for _, f := range families {
		for _, size := range f.sizes {
			b.Run(fmt.Sprintf("%s/%d", f.name, size), func(b *testing.B) { measure(b, f.make(size)) })
		}
	}
}

// BenchmarkLock solves the largest worlds again with what was chosen as preference, of which some must move.
func BenchmarkLock(b *testing.B) {
	for _, f := range families {
		for _, moving := range []int{1, 50, anyNumber} {
			if f.tiny != nil && f.name != "airflow" && f.name != "django" && f.name != "knot" {
				continue // most of the others have no other solution
			}
			b.Run(fmt.Sprintf("%s/%d", f.name, moving), func(b *testing.B) {
				w := f.make(f.sizes[len(f.sizes)-1])
				before, err := Solve(context.Background(), w)
				if err != nil {
					b.Skip(err)
				}
				measure(b, w.lock(before.Choices, moving))
			})
		}
	}
}

// BenchmarkMemory is 300 projects with 2,000 candidates each.
func BenchmarkMemory(b *testing.B) { measure(b, realLike(300, 1000)) }
