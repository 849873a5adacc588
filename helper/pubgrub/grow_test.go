package pubgrub

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// families are worlds that grow.
var families = []struct {
	name  string
	sizes []int
	make  func(size int) Source
}{
	{"big", []int{300}, func(n int) Source { return realLike(n, 1000) }},
	{"easy", []int{10, 30, 100, 300, 1000}, func(n int) Source { return realLike(n, 200) }},
	{"bounded", []int{10, 30, 100, 300, 1000}, func(n int) Source { return bounded(n, 200, 3) }},
	{"history5", []int{10, 30, 100, 300, 1000}, func(n int) Source { return history(1, n, 5).plant(days - 500) }},
	{"history2", []int{10, 30, 100, 300, 1000}, func(n int) Source { return history(2, n, 2).plant(days - 500) }},
	{"history1", []int{10, 30, 100, 300, 1000}, func(n int) Source { return history(3, n, 1).plant(days - 1000) }},
	{"historyU", []int{10, 30, 100, 300, 1000}, func(n int) Source { return history(4, n, 2) }},
	{"boto", []int{10, 100, 1500}, func(n int) Source { return boto(n, 1500) }},
	{"aioboto", []int{20, 100, 1500}, func(n int) Source { return aioboto(n) }},
	{"airflow", []int{5, 15, 50, 150, 500}, func(n int) Source { return airflow(n, 2500) }},
	{"django", []int{10, 30, 100, 300, 1000}, func(n int) Source { return django(n, 2000) }},
	{"knot", []int{3, 10, 30, 100, 300}, func(n int) Source { return knot(1, n) }},
}

// BenchmarkGrow tells how the work grows with the number of packages, in worlds without and with conflicts.
func BenchmarkGrow(b *testing.B) {
	for _, f := range families {
		for _, size := range f.sizes {
			b.Run(fmt.Sprintf("%s/%d", f.name, size), func(b *testing.B) {
				w := f.make(size)
				var stats Stats
				var none *NoSolution
				b.ReportAllocs()
				for b.Loop() {
					solution, err := Solve(context.Background(), w)
					if errors.As(err, &none) {
						stats = none.Stats()
					} else {
						stats = solution.Stats
					}
				}
				solved := 1.0
				if none != nil {
					solved = 0
				}
				b.ReportMetric(float64(stats.Orders), "orders")
				b.ReportMetric(solved, "solved")
				b.ReportMetric(float64(stats.Packages), "packages")
				b.ReportMetric(float64(stats.Decisions), "decisions")
				b.ReportMetric(float64(stats.Conflicts), "conflicts")
				b.ReportMetric(float64(stats.Questions), "questions")
			})
		}
	}
}
