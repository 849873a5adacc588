package pubgrub

import (
	"context"
	"math/rand/v2"
	"testing"
)

// world is a universe of arithmetic instead of text, so that the source costs next to nothing: all answers are
// made before.
type world struct {
	infos   []Info
	answers [][]Answer
}

func (w *world) Candidates(p Package) (Info, error) { return w.infos[p], nil }

func (w *world) Dependencies(p Package, c int) (Answer, error) { return w.answers[p][c], nil }

func newWorld(sizes ...int) *world {
	w := &world{}
	for _, n := range append([]int{1}, sizes...) {
		w.infos = append(w.infos, Info{Candidates: n, Preferred: Range(0, (n+1)/2)})
		w.answers = append(w.answers, make([]Answer, n))
	}
	return w
}

func (w *world) need(p Package, c int, on Package, allowed Set) {
	a := &w.answers[p][c]
	a.Dependencies = append(a.Dependencies, Dependency{Package: on, Allowed: allowed})
}

// realLike is what most projects look like: packages with many releases of two providers, some five dependencies
// each on packages further down, lower bounds, and no conflict.
func realLike(packages, releases int) *world { return bounded(packages, releases, 0) }

// bounded is realLike where one of so many dependencies does not yet allow the newest releases, which gives conflicts
// with what was decided before; old releases allow more of them.
func bounded(packages, releases, oneOf int) *world {
	r := rand.New(rand.NewPCG(1, 2))
	sizes := make([]int, packages)
	for i := range sizes {
		sizes[i] = 2 * releases
	}
	w := newWorld(sizes...)
	atLeast := make([]Set, releases) // shared, so that the collector has less to look at
	for low := range atLeast {
		atLeast[low] = Range(0, low).Union(Range(releases, releases+low))
	}
	for p := 1; p < packages; p++ {
		on := make([]Package, 0, 5)
		for len(on) < min(5, packages-p) {
			on = append(on, Package(p+1+r.IntN(min(30, packages-p))))
		}
		for c := range 2 * releases {
			for i, d := range on {
				allowed := atLeast[20+(c%releases/20*20+i)%(releases-20)]
				if oneOf > 0 && (p+i)%oneOf == 0 {
					allowed = allowed.Minus(atLeast[max(0, (p*7+i)%12-c%releases/40)])
				}
				w.need(Package(p), c, d, allowed)
			}
		}
	}
	for p := range 10 {
		w.need(Root, 0, Package(1+p*packages/10), All())
	}
	return w
}

// ladder is boto3 and botocore: each release of the first pins one of the second, and all of the second but the oldest
// fit ones need a newer third than the root allows.
func ladder(n, fit int) *world {
	w := newWorld(n, n, n)
	for c := range n {
		w.need(1, c, 2, Of(c))
		if c < n-fit {
			w.need(2, c, 3, Range(0, n-1))
		}
	}
	w.need(Root, 0, 1, All())
	w.need(Root, 0, 3, Range(n-1, n))
	return w
}

func BenchmarkLadder1000(b *testing.B) { measure(b, ladder(1000, 1)) }

// twoLadders has the third package want the first two in different steps, which no choice satisfies.
func twoLadders(n int) *world {
	w := newWorld(n, n, n)
	for c := range n {
		w.need(1, c, 2, Of(c))
		w.need(1, c, 3, Of(c))
		w.need(3, c, 2, Of((c+1)%n))
	}
	w.need(Root, 0, 1, All())
	return w
}

func BenchmarkTwoLadders1000(b *testing.B) { measure(b, twoLadders(1000)) }

// unusableFront has many unusable candidates in front of each usable one.
func unusableFront(packages, n int) *world {
	sizes := make([]int, packages)
	for i := range sizes {
		sizes[i] = n
	}
	w := newWorld(sizes...)
	for p := 1; p <= packages; p++ {
		for c := range n - 1 {
			w.answers[p][c].Unusable = 1
		}
		w.need(Root, 0, Package(p), All())
	}
	return w
}

func BenchmarkUnusable500(b *testing.B) { measure(b, unusableFront(10, 500)) }

// pigeons is holes+1 packages that must all have different candidates: no learner of this kind is quick here.
func pigeons(holes int) *world {
	sizes := make([]int, holes+1)
	for i := range sizes {
		sizes[i] = holes
	}
	w := newWorld(sizes...)
	for p := 1; p <= holes+1; p++ {
		w.need(Root, 0, Package(p), All())
		for c := range holes {
			for q := 1; q <= holes+1; q++ {
				if q != p {
					w.need(Package(p), c, Package(q), Of(c).Complement())
				}
			}
		}
	}
	return w
}

func BenchmarkPigeons7(b *testing.B) { measure(b, pigeons(7)) }

// extras is a chain of packages with an extra each, in which the extra is wanted for all but the newest releases.
func extras(n int) *world {
	w := newWorld(n, n, n, n)
	w.infos[2].Base = 1
	w.infos[4].Base = 3
	for c := range n {
		w.need(2, c, 4, Range(min(c+1, n-1), n))
	}
	w.need(Root, 0, 2, All())
	w.need(Root, 0, 3, Range(0, n/2))
	return w
}

func BenchmarkExtras1000(b *testing.B) { measure(b, extras(1000)) }

func benchmarkExplain(b *testing.B, w Source) {
	_, err := Solve(context.Background(), w)
	none := err.(*NoSolution)
	b.ReportAllocs()
	var x *Explanation
	for b.Loop() {
		x = none.Explain()
	}
	b.ReportMetric(float64(len(x.Facts)), "facts")
}

func BenchmarkExplainLadder1000(b *testing.B)     { benchmarkExplain(b, ladder(1000, 0)) }
func BenchmarkExplainTwoLadders1000(b *testing.B) { benchmarkExplain(b, twoLadders(1000)) }
func BenchmarkExplainPigeons7(b *testing.B)       { benchmarkExplain(b, pigeons(7)) }
func BenchmarkExplainHistory1000(b *testing.B)    { benchmarkExplain(b, history(4, 1000, 1, anyNumber)) }
