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
// and what is near enough is advised all the same. Which guesses are read first is a matter of luck, which may use up what
// may be read: once in three times is enough.
func TestTriesReadLittle(t *testing.T) {
	const releases, own = 1000, 10 // own: what the resolution itself may read, two projects and some files
	var world strings.Builder
	for i := releases; i > 0; i-- {
		fmt.Fprintf(&world, "tool 1.%d wheel\n    core==1.%d\ncore 1.%d wheel\n", i, i, i)
	}
	text := fmt.Sprintf("a ladder\n-- options --\nlive\n-- requirements.txt --\ntool==1.10\ncore==1.%d\n-- world --\n%s", releases/2, &world)
	want := "change core==1.500 (requirements.txt:2) to core==1.10"
	var said string
	for range 3 {
		f := readFailure(t, txtar.Parse([]byte(text)))
		counted := &counting{Database: f.db, read: map[string]bool{}}
		f.db = counted
		var hints []string
		said, hints = f.explain(t, f.settings)
		if n := len(counted.read); n > maxAllReads+own {
			t.Errorf("%d pages and files were read", n)
		}
		if len(hints) == 1 && hints[0] == want {
			return
		}
	}
	t.Errorf("got %s\nwant the hint %q alone", said, want)
}

// counting is a database that counts what is read of it. What is read again counts once: the cache of a live index has it.
type counting struct {
	release.Database
	mu   sync.Mutex
	read map[string]bool
}

func (c *counting) count(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read[what] = true
}

func (c *counting) Project(name string) (release.Project, error) {
	c.count(name)
	p, err := c.Database.Project(name)
	return countingProject{p, name, c}, err
}

type countingProject struct {
	release.Project
	name string
	db   *counting
}

func (p countingProject) Metadata(i, wheel int) (*release.Metadata, error) {
	p.db.count(fmt.Sprintln(p.name, i, wheel))
	return p.Project.Metadata(i, wheel)
}
