package pubgrub

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what the solver says into testdata")

// TestUniverses solves the universes of testdata: a comment that says why the case exists, the universe,
// a line of dashes, and the solution or the facts that exclude one.
func TestUniverses(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no universes", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			before, want, _ := strings.Cut(string(text), "---\n")
			if !strings.HasPrefix(before, "# ") {
				t.Error("does not say why it exists")
			}
			u, err := parseUniverse(before)
			if err != nil {
				t.Fatal(err)
			}
			got := u.tell(Solve(context.Background(), u))
			if *update {
				if err := os.WriteFile(file, []byte(before+"---\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// tell writes the outcome of a solve.
func (u *universe) tell(solution *Solution, err error) string {
	var b strings.Builder
	var none *NoSolution
	switch {
	case errors.As(err, &none):
		b.WriteString(u.words(none.Explain()))
	case err != nil:
		fmt.Fprintln(&b, "error:", err)
	default:
		for _, c := range solution.Choices[1:] {
			fmt.Fprintln(&b, u.packages[c.Package].name, u.candidate(c.Package, c.Candidate))
		}
		for _, p := range solution.Off {
			fmt.Fprintln(&b, "off its preference:", u.packages[p].name)
		}
	}
	return b.String()
}
