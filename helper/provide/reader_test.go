package provide

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"mach/helper/release"
)

// TestTriesReadLittle: of a live index, on which a try may walk down a ladder of releases, tries read no more than they may,
// and what is near enough is advised all the same.
func TestTriesReadLittle(t *testing.T) {
	const releases = 1000
	var world strings.Builder
	for i := releases; i > 0; i-- {
		fmt.Fprintf(&world, "tool 1.%d wheel\n    core==1.%d\ncore 1.%d wheel\n", i, i, i)
	}
	text := fmt.Sprintf("a ladder\n-- options --\nlive\n-- requirements.txt --\ntool==1.10\ncore==1.%d\n-- world --\n%s", releases/2, &world)
	f := readFailure(t, txtar.Parse([]byte(text)))
	counted := &counting{Database: f.db}
	f.db = counted
	said, hints := f.explain(t, f.settings)
	if n := counted.reads; n > maxAllReads {
		t.Errorf("%d pages and files were read", n)
	}
	if want := "change core==1.500 (requirements.txt:2) to core==1.10"; len(hints) != 1 || hints[0] != want {
		t.Errorf("got %s\nwant the hint %q alone", said, want)
	}
}

// counting is a database that counts what is read of it.
type counting struct {
	release.Database
	mu    sync.Mutex
	reads int
}

func (c *counting) count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reads++
}

func (c *counting) Project(name string) (release.Project, error) {
	c.count()
	p, err := c.Database.Project(name)
	return countingProject{p, c}, err
}

type countingProject struct {
	release.Project
	db *counting
}

func (p countingProject) Metadata(i, wheel int) (*release.Metadata, error) {
	p.db.count()
	return p.Project.Metadata(i, wheel)
}
