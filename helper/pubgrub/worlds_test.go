package pubgrub

import (
	"math/rand/v2"
	"slices"
)

// Worlds that look like what is hard in the real one. A package's releases are dated, its candidates are its releases
// from the newest to the oldest, and what a release needs is what there was when it was made.

// timeline makes worlds in which time passes.
type timeline struct {
	*world
	r     *rand.Rand
	most  int     // releases of a package
	dates [][]int // by package: of its candidates, newest first
	major [][]int // by package: which major version a candidate belongs to
}

// days is how long the history of a timeline is.
const days = 3000

func newTimeline(seed uint64, most int) *timeline {
	t := &timeline{world: newWorld(), r: rand.New(rand.NewPCG(seed, 7)), most: most}
	t.dates, t.major = [][]int{{days}}, [][]int{{0}}
	return t
}

// release adds a package with releases between two days, a new major version about every so many of them.
func (t *timeline) release(from, to, releases, perMajor int) Package {
	releases = min(releases, t.most)
	dates := make([]int, releases)
	for i := range dates {
		dates[i] = from + (to-from)*(releases-i)/releases - t.r.IntN(1+(to-from)/releases)
	}
	major := make([]int, releases)
	for i, at := releases-1, 0; i >= 0; i-- {
		if i < releases-1 && t.r.IntN(perMajor) == 0 {
			at++
		}
		major[i] = at
	}
	t.dates, t.major = append(t.dates, dates), append(t.major, major)
	t.infos = append(t.infos, Info{Candidates: releases, Preferred: All()})
	t.answers = append(t.answers, make([]Answer, releases))
	return Package(len(t.infos) - 1)
}

// at is the newest candidate of p on a day; the oldest if there was none.
func (t *timeline) at(p Package, day int) int {
	c := 0
	for c < len(t.dates[p])-1 && t.dates[p][c] > day {
		c++
	}
	return c
}

// sameMajor is the newest candidate of p that is of the same major version.
func (t *timeline) sameMajor(p Package, c int) int {
	for c > 0 && t.major[p][c-1] == t.major[p][c] {
		c--
	}
	return c
}

// depend lets the releases of p need on: never older than it was a while before, and as long as
// capped says so, not of the major version after the one of the day.
func (t *timeline) depend(p, on Package, capped func(candidate int) bool) {
	lag := t.r.IntN(900)
	low := -1
	for c := len(t.dates[p]) - 1; c >= 0; c-- {
		if low < 0 || t.r.IntN(8) == 0 {
			low = t.at(on, t.dates[p][c]-lag)
		}
		high := 0
		if capped(c) {
			high = t.sameMajor(on, t.at(on, t.dates[p][c]))
		}
		t.need(p, c, on, t.between(on, high, low))
	}
}

func (t *timeline) between(on Package, newest, oldest int) Set {
	if newest == 0 && oldest >= len(t.dates[on])-1 {
		return All()
	}
	return Range(newest, oldest+1)
}

// history is a world of projects that depend on popular ones, of which some are not kept up any more; one of so many
// dependencies has upper bounds, most of which came late.
func history(seed uint64, packages, oneOf, most int) *timeline {
	t := newTimeline(seed, most)
	for range packages {
		from := t.r.IntN(2000)
		to := days
		if t.r.IntN(4) == 0 {
			to = from + 200 + t.r.IntN(days-from-200)
		}
		releases := []int{5, 10, 20, 20, 40, 40, 80, 150, 300}[t.r.IntN(9)]
		t.release(from, to, releases, []int{5, 20, 60}[t.r.IntN(3)])
	}
	for p := 1; p < packages; p++ {
		seen := map[Package]bool{}
		for range 1 + t.r.IntN(7) {
			// The higher the number the more popular.
			on := Package(p + 1 + t.r.IntN(min(40, packages-p)))
			if t.r.IntN(2) == 0 {
				on = Package(packages - int(float64(packages-p)*t.r.Float64()*t.r.Float64()*t.r.Float64()))
			}
			if int(on) <= p || seen[on] {
				continue
			}
			seen[on] = true
			never, since := t.r.IntN(oneOf) > 0, t.r.IntN(days)
			t.depend(Package(p), on, func(c int) bool { return !never && t.dates[p][c] >= since })
		}
	}
	for p := 1; p <= max(3, packages/10); p++ {
		t.need(Root, 0, Package(p), All())
	}
	return t
}

// plant makes sure that there is a solution: the newest releases of a day.
func (t *timeline) plant(day int) *timeline {
	for p := range t.answers {
		c := t.at(Package(p), day)
		for i, d := range t.answers[p][c].Dependencies {
			if on := t.at(d.Package, day); !d.Allowed.Has(on) {
				t.answers[p][c].Dependencies[i].Allowed = d.Allowed.Union(Of(on))
			}
		}
	}
	return t
}

// boto is boto3 and what it stands on: each release pins a narrow range of botocore, which bounds urllib3. The user wants
// a urllib3 from before a day, and of some four releases of botocore one has an aiobotocore that pins it, which the
// user may want too.
func boto(seed uint64, releases, day int, aio bool) *timeline {
	t := newTimeline(seed, releases)
	boto3 := t.release(0, days, releases, 1000)
	botocore := t.release(0, days, releases, 1000)
	s3transfer := t.release(0, days, 40, 10)
	urllib3 := t.release(0, days, 90, 20)
	jmespath := t.release(0, days, 20, 10)
	aiobotocore := t.release(500, days, 1+releases/4, 1000)
	for c, date := range t.dates[boto3] {
		core := t.at(botocore, date)
		t.need(boto3, c, botocore, t.between(botocore, max(0, core-releases/50), core))
		s3 := t.at(s3transfer, date)
		t.need(boto3, c, s3transfer, t.between(s3transfer, t.sameMajor(s3transfer, s3), s3))
		t.need(boto3, c, jmespath, t.between(jmespath, 0, t.at(jmespath, date-500)))
	}
	for c, date := range t.dates[botocore] {
		url := t.at(urllib3, date/200*200)
		t.need(botocore, c, jmespath, t.between(jmespath, 0, t.at(jmespath, date/500*500-500)))
		t.need(botocore, c, urllib3, t.between(urllib3, max(0, url-2), min(url+6, t.infos[urllib3].Candidates-1)))
	}
	for c, date := range t.dates[s3transfer] {
		core := t.at(botocore, date)
		t.need(s3transfer, c, botocore, t.between(botocore, max(0, core-releases/4), core))
	}
	for c, date := range t.dates[aiobotocore] {
		core := t.at(botocore, date-20)
		t.need(aiobotocore, c, botocore, t.between(botocore, core-min(core, 1), core))
	}
	t.need(Root, 0, boto3, All())
	t.need(Root, 0, urllib3, Range(t.at(urllib3, day), t.infos[urllib3].Candidates))
	if aio {
		t.need(Root, 0, aiobotocore, All())
	}
	return t
}

// airflow is a project and its providers: each release of a provider needs a project not older than two years, releases
// of the project need providers that fit; providers need each other, and libraries with upper bounds. The
// user wants the project as of a day, with all providers.
func airflow(seed uint64, providers, day, most int) *timeline {
	t := newTimeline(seed, most)
	flow := t.release(0, days, 80, 20)
	common := t.release(0, days, 60, 15)
	var all, libs []Package
	for range providers {
		all = append(all, t.release(t.r.IntN(1500), days, 20+t.r.IntN(60), 8))
	}
	for range 1 + providers {
		to := days - t.r.IntN(4)/3*t.r.IntN(1500)
		libs = append(libs, t.release(0, to, 10+t.r.IntN(200), []int{5, 30}[t.r.IntN(2)]))
	}
	bounded := func(p Package, oneOf int) func(int) bool {
		since := t.r.IntN(days)
		if t.r.IntN(oneOf) > 0 {
			since = days + 1
		}
		return func(c int) bool { return t.dates[p][c] >= since }
	}
	for _, p := range all {
		t.depend(p, flow, bounded(p, 8))
		t.depend(p, common, bounded(p, 4))
		for range 1 + t.r.IntN(3) {
			t.depend(p, libs[t.r.IntN(len(libs))], bounded(p, 2))
		}
		if other := all[t.r.IntN(len(all))]; other != p {
			t.depend(p, other, bounded(p, 8))
		}
		if t.r.IntN(4) == 0 {
			t.depend(flow, p, func(int) bool { return false })
		}
	}
	for range 8 {
		t.depend(flow, libs[t.r.IntN(len(libs))], bounded(flow, 2))
	}
	for i, lib := range libs {
		for range t.r.IntN(3) {
			if on := libs[t.r.IntN(len(libs))]; on > lib {
				t.depend(lib, on, bounded(lib, 3+i%3))
			}
		}
	}
	c := t.at(flow, day)
	t.need(Root, 0, flow, Range(c, c+1))
	for _, p := range all {
		t.need(Root, 0, p, All())
	}
	return t.plant(day)
}

// django is a framework and plugins, each release of which fits a window of major versions of it; the user
// wants many of them, and the framework as of a day.
func django(seed uint64, plugins, day, most int) *timeline {
	t := newTimeline(seed, most)
	framework := t.release(0, days, 150, 12)
	settings := t.release(0, days, 40, 10)
	var all []Package
	for range plugins {
		to := days - t.r.IntN(3)/2*t.r.IntN(1500)
		all = append(all, t.release(t.r.IntN(800), to, 5+t.r.IntN(60), 10))
	}
	for i, p := range all {
		capped := t.r.IntN(3) > 0
		t.depend(p, framework, func(int) bool { return capped })
		if i%3 == 0 {
			t.depend(p, settings, func(int) bool { return i%2 == 0 })
		}
		if i > 0 && i%2 == 0 {
			t.depend(p, all[t.r.IntN(i)], func(int) bool { return i%4 == 0 })
		}
		t.need(Root, 0, p, All())
	}
	c := t.at(framework, day)
	t.need(Root, 0, framework, Range(c, t.infos[framework].Candidates))
	return t.plant(day - 200)
}

// knot is a world of packages with extras, which ask for extras of each other, also in a circle, and of themselves: each
// package p has an extra p[x], and p[all], which needs p[x].
func knot(seed uint64, packages, most int) *timeline {
	t := newTimeline(seed, most)
	for range packages {
		t.release(t.r.IntN(1000), days, 10+t.r.IntN(50), 10)
	}
	x := func(p int) Package { return Package(packages + 2*p - 1) }
	all := func(p int) Package { return x(p) + 1 }
	for p := 1; p <= packages; p++ {
		for range 2 {
			n := t.infos[p].Candidates
			t.infos = append(t.infos, Info{Candidates: n, Base: Package(p), Preferred: All()})
			t.answers = append(t.answers, make([]Answer, n))
			t.dates, t.major = append(t.dates, t.dates[p]), append(t.major, t.major[p])
		}
	}
	for p := 1; p <= packages; p++ {
		for c := range t.infos[p].Candidates {
			t.need(all(p), c, x(p), All())
		}
		for range 3 {
			on, capped := 1+t.r.IntN(packages), t.r.IntN(3) == 0
			who := []Package{Package(p), x(p)}[t.r.IntN(2)]
			t.depend(who, []Package{Package(on), x(on), all(on)}[t.r.IntN(3)], func(int) bool { return capped })
		}
	}
	for p := 1; p <= packages; p += 4 {
		t.need(Root, 0, []Package{x(p), all(p)}[t.r.IntN(2)], All())
	}
	return t.plant(days - 300)
}

// lock lets every package prefer the candidate that a solution chose, as a lock does, of which some must move: the root
// does not allow them any more.
func (w *world) lock(choices []Choice, moving int) *world {
	locked := &world{infos: slices.Clone(w.infos), answers: slices.Clone(w.answers)}
	root := slices.Clone(w.answers[Root][0].Dependencies)
	shuffled := slices.Clone(choices[1:])
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, c := range shuffled {
		if info := &locked.infos[c.Package]; info.Base == Root {
			if info.Preferred = Of(c.Candidate); moving > 0 && info.Candidates > 1 {
				moving--
				root = append(root, Dependency{Package: c.Package, Allowed: Of(c.Candidate).Complement()})
			}
		}
	}
	locked.answers[Root] = []Answer{{Dependencies: root}}
	return locked
}
