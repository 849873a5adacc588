package pubgrub

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// faulty is a source that fails at one question.
type faulty struct {
	*universe
	candidates, dependencies Package
}

var errFault = errors.New("disk on fire")

func (f faulty) Candidates(p Package) (Info, error) {
	if p == f.candidates {
		return Info{}, errFault
	}
	return f.universe.Candidates(p)
}

func (f faulty) Dependencies(p Package, c int) (Answer, error) {
	if p == f.dependencies {
		return Answer{}, errFault
	}
	return f.universe.Dependencies(p, c)
}

// TestSourceError wants the source's error, whatever it was that was asked.
func TestSourceError(t *testing.T) {
	u, err := parseUniverse("root: a\na 1: b\nb 1")
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range []faulty{{u, Root, -1}, {u, -1, Root}, {u, 2, -1}, {u, -1, 2}} {
		if _, err := Solve(context.Background(), source); err != errFault {
			t.Errorf("got %v of %v, want %v", err, source, errFault)
		}
	}
}

// TestUnlawfulSource: a source that breaks its law is told so.
func TestUnlawfulSource(t *testing.T) {
	negative := newWorld(1)
	negative.need(Root, 0, -5, All())
	otherCount := newWorld(2, 3)
	otherCount.infos[2].Base = 1
	otherCount.need(Root, 0, 2, All())
	basedBase := newWorld(2, 2, 2)
	basedBase.infos[2].Base, basedBase.infos[3].Base = 1, 2
	basedBase.need(Root, 0, 3, All())
	for _, c := range []struct {
		source Source
		want   string
	}{
		{negative, "package -5: negative number"},
		{otherCount, "package 2: base 1 has another number of candidates"},
		{basedBase, "package 3: base 2 has a base"},
	} {
		if _, err := Solve(context.Background(), c.source); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// TestCancel: a solve ends with its context, before the next question and also in a long search.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Solve(ctx, pigeons(9)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	source := &counting{Source: pigeons(9), at: 20, then: cancel}
	if _, err := Solve(ctx, source); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// counting counts questions about dependencies, and does something at one of them.
type counting struct {
	Source
	questions, at int
	then          func()
}

func (c *counting) Dependencies(p Package, candidate int) (Answer, error) {
	if c.questions++; c.questions == c.at {
		c.then()
	}
	return c.Source.Dependencies(p, candidate)
}

// telling tells which candidates of the world have the same answer.
type telling struct{ *world }

func (w telling) Dependencies(p Package, c int) (Answer, error) {
	a := w.answers[p][c]
	a.Same = Set{}
	for other, o := range w.answers[p] {
		if o.Unusable == a.Unusable && slices.EqualFunc(o.Dependencies, a.Dependencies, func(d, e Dependency) bool {
			return d.Package == e.Package && d.Allowed.Equal(e.Allowed)
		}) {
			a.Same = a.Same.Union(Of(other))
		}
	}
	return a, nil
}

// TestQuestions counts what the source is asked for.
func TestQuestions(t *testing.T) {
	// 1,000 releases of a need a b that there is not; the oldest does not.
	hopeless := newWorld(1000, 2)
	for c := range 999 {
		hopeless.need(1, c, 2, Of(0))
	}
	hopeless.need(Root, 0, 1, All())
	hopeless.need(Root, 0, 2, Of(1))
	hopeless.infos[1].Preferred, hopeless.infos[2].Preferred = All(), All()
	off := newWorld(10)
	off.need(Root, 0, 1, Of(9))
	for _, c := range []struct {
		name   string
		source Source
		want   int
	}{
		{"without conflict only the chosen are asked for", realLike(100, 50), 85},
		{"each candidate with the same dependency", hopeless, 1002},
		{"one for all, where the source tells", telling{hopeless}, 4},
		{"unusable ones until a usable one", unusableFront(1, 500), 501},
		{"one for all unusable ones", telling{unusableFront(1, 500)}, 3},
		{"an extra's candidates are those of its base", extras(1000), 5},
		{"what cannot be preferred anyway is not asked for", off, 2},
		{"each release of boto3 and botocore that is too new", boto(1, 1500, 1500, false), 1223},
		{"one of those that need the same", telling{boto(1, 1500, 1500, false).world}, 418},
	} {
		source := &counting{Source: c.source}
		if _, err := Solve(context.Background(), source); err != nil || source.questions != c.want {
			t.Errorf("%s: %d questions, want %d; error: %v", c.name, source.questions, c.want, err)
		}
	}
}

// TestSteps counts decisions and conflicts where a slow solver would need many.
func TestSteps(t *testing.T) {
	wanted := newWorld(20, 2, 1)
	wanted.infos[1].Preferred, wanted.infos[2].Preferred = All(), All()
	for c := range 19 {
		wanted.need(1, c, 2, Of(0))
	}
	wanted.need(Root, 0, 3, All())
	wanted.need(Root, 0, 1, All())
	wanted.need(3, 0, 2, Of(1)) // the root has no choice of package 3, nor of what it needs
	extraOfUnusable := unusableFront(1, 500)
	extraOfUnusable.infos[1].Preferred = All()
	extraOfUnusable.infos = append(extraOfUnusable.infos, Info{Candidates: 500, Base: 1})
	extraOfUnusable.answers = append(extraOfUnusable.answers, make([]Answer, 500))
	extraOfUnusable.answers[Root][0].Dependencies[0].Package = 2
	for _, c := range []struct {
		name                 string
		source               Source
		decisions, conflicts int
	}{
		{"without conflict each package is decided once", realLike(100, 50), 85, 0},
		{"a ladder costs one conflict a rung", ladder(300, 1), 1000, 310},
		{"unusable candidates are no conflicts", unusableFront(1, 500), 4, 4},
		{"extras follow their base", extras(1000), 5, 0},
		{"five holes for six pigeons", pigeons(5), 400, 300},
		{"what there is no choice about is nobody's fault", wanted, 5, 0},
		{"an extra waits for its base", extraOfUnusable, 5, 0},
	} {
		stats := statsOf(Solve(context.Background(), c.source))
		if stats.Decisions > c.decisions || stats.Conflicts > c.conflicts {
			t.Errorf("%s: %+v", c.name, stats)
		}
	}
}

// crowd makes packages that exclude candidates of each other, so that about half of such worlds have a solution.
func crowd(seed uint64, packages, n, exclusions int) *world {
	r := rand.New(rand.NewPCG(seed, 0))
	sizes := make([]int, packages)
	for i := range sizes {
		sizes[i] = n
	}
	w := newWorld(sizes...)
	for p := 1; p <= packages; p++ {
		w.need(Root, 0, Package(p), All())
	}
	for range exclusions {
		p := 1 + r.IntN(packages)
		on := 1 + (p+r.IntN(packages-1))%packages
		w.need(Package(p), r.IntN(n), Package(on), Of(r.IntN(n)).Complement())
	}
	return w
}

// excluding says whether facts of a proof exclude each other.
func excluding(none *NoSolution, facts []*Fact) bool {
	return newCore(none.solver).prove(facts, 0) != nil
}

// TestCrowd compares the solver with trying everything where there are hundreds of conflicts on the way.
func TestCrowd(t *testing.T) {
	solved, conflicts := 0, 0
	const worlds = 50
	for seed := range uint64(worlds) {
		w := crowd(seed, 9, 5, 340)
		solution, err := Solve(context.Background(), w)
		var none *NoSolution
		switch {
		case errors.As(err, &none):
			conflicts += none.Stats().Conflicts
			if err := w.judge(nil, err); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if facts := none.Explain().Facts; !excluding(none, facts) {
				t.Fatalf("seed %d: explanation leads nowhere", seed)
			}
		case err != nil:
			t.Fatal(err)
		default:
			solved++
			conflicts += solution.Stats.Conflicts
			if err := w.check(solution); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
	t.Logf("%d of %d solved, %d conflicts each", solved, worlds, conflicts/worlds)
	if solved < worlds/5 || solved > worlds*4/5 {
		t.Errorf("%d of %d have a solution: not a test of both", solved, worlds)
	}
}

// TestDeterminism: the same world gives the same solution and the same explanation.
func TestDeterminism(t *testing.T) {
	tell := func(seed uint64) (facts string) {
		solution, err := Solve(context.Background(), crowd(seed, 8, 5, 300))
		var none *NoSolution
		if errors.As(err, &none) {
			for _, f := range none.Explain().Facts {
				facts += fmt.Sprintln(*f)
			}
			return facts
		}
		return fmt.Sprintf("%+v", solution)
	}
	for seed := range uint64(20) {
		if diff := cmp.Diff(tell(seed), tell(seed)); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}
