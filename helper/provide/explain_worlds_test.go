package provide

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"mach/helper/pep508"
)

// TestExplanationsOfWorlds explains failures in random worlds: what is claimed of releases is true of all of them, the
// claims exclude each other, and what hints say helps.
func TestExplanationsOfWorlds(t *testing.T) {
	failures, hinted := 0, 0
	for seed := range uint64(400) {
		text := randomFailure(rand.New(rand.NewPCG(seed, 4)))
		f := readFailure(t, txtar.Parse([]byte(text)))
		err := f.resolve(t, f.settings)
		var none *NoSolution
		if err == nil {
			continue
		}
		if !errors.As(err, &none) {
			t.Fatalf("seed %d: %v", seed, err)
		}
		failures++
		if len(none.Hints) > 0 {
			hinted++
		}
		if !strings.Contains(none.Text, "\nand ") { // each of several hints is for one of several causes
			f.follow(t, none.Hints)
		}
		f.checkClaims(t)
		if t.Failed() {
			t.Fatalf("seed %d:\n%s\n%v\n%q", seed, text, none, none.Hints)
		}
	}
	if failures < 100 || hinted < failures/2 {
		t.Errorf("%d failures, %d of them with hints: too few to say anything", failures, hinted)
	}
}

// randomFailure is a world with requirements that probably exclude each other.
func randomFailure(r *rand.Rand) string {
	const projects, releases = 6, 4
	name := func(i int) string { return string(rune('a' + i)) }
	need := func() string {
		op := []string{"", ">=", "<", "==", "!=", "~="}[r.IntN(6)]
		if op == "" {
			return name(r.IntN(projects))
		}
		return fmt.Sprintf("%s%s%d.%d", name(r.IntN(projects)), op, 1+r.IntN(3), r.IntN(2))
	}
	var world, asked, limits strings.Builder
	for i := range projects {
		for v := range 1 + r.IntN(releases) {
			words := []string{"wheel", "wheel", "wheel", "sdist", "wheel sdist", "wheel yanked", "wheel python>=3.13", "wheel=cp312-cp312-win_amd64"}
			fmt.Fprintf(&world, "%s %d.%d %s\n", name(i), 1+v/2, v%2, words[r.IntN(len(words))])
			for range r.IntN(3) {
				fmt.Fprintf(&world, "    %s\n", need())
			}
		}
	}
	for _, build := range []string{"setuptools", "wheel"} {
		fmt.Fprintf(&world, "%s 1.0 wheel\n", build)
	}
	for range 2 + r.IntN(3) {
		fmt.Fprintln(&asked, need())
	}
	if r.IntN(3) == 0 {
		fmt.Fprintln(&limits, need())
	}
	options := []string{"", "providers wheel\n", "live\n"}[r.IntN(3)]
	return fmt.Sprintf("random\n-- options --\n%s-- requirements.txt --\n%s-- constraints.txt --\n%s-- world --\n%s", options, &asked, &limits, &world)
}

// checkClaims checks what is claimed.
func (f *failureCase) checkClaims(t *testing.T) {
	t.Helper()
	r := f.resolvers(t, f.settings)[0]
	_, err := r.begin(f.settings.requirements, f.settings.constraints, "").rounds(context.Background())
	var failed *failure
	if !errors.As(err, &failed) {
		return // what is built from source fails
	}
	x := newExplanation(failed.source, failed.none.Explain().Facts)
	if !x.exclude() {
		t.Error("the claims do not exclude each other")
	}
	for _, c := range x.claims {
		if c.of.project == nil || c.why.kind != none {
			continue
		}
		said, err := pep508.Parse(c.need)
		for i := range c.which.Members(len(c.of.candidates)) {
			implied := false
			for _, req := range x.needsOn(c, i) {
				set := c.on.matching(req.Specifiers)
				implied = implied || set.SubsetOf(c.allowed, len(c.on.candidates)) && (err != nil || set.SubsetOf(c.on.matching(said.Specifiers), len(c.on.candidates)))
			}
			if !implied {
				t.Errorf("%s: not true of %s", x.sentence(c), c.of.versions[c.of.candidates[i].version].text)
			}
		}
	}
}
