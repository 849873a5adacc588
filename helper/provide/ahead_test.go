package provide

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mach/helper/pydb"
	"mach/helper/release"
	"mach/tests/universe"
)

// roundTrip is what an answer of a remote database takes.
const roundTrip = time.Second

// remote is a database each of whose answers takes a round trip when it is asked for first, like a live index's.
type remote struct {
	release.Database
	mu    sync.Mutex
	asked map[string]chan struct{} // closed when the answer is there
}

func (r *remote) wait(key string) {
	r.mu.Lock()
	answered, ok := r.asked[key]
	if !ok {
		answered = make(chan struct{})
		r.asked[key] = answered
	}
	r.mu.Unlock()
	if !ok {
		time.Sleep(roundTrip)
		close(answered)
	}
	<-answered
}

func (r *remote) Project(name string) (release.Project, error) {
	r.wait(name)
	p, err := r.Database.Project(name)
	return &remoteProject{p, r, name}, err
}

type remoteProject struct {
	release.Project
	remote *remote
	name   string
}

func (p *remoteProject) Metadata(i, wheel int) (*release.Metadata, error) {
	p.remote.wait(fmt.Sprint(p.name, i, wheel))
	return p.Project.Metadata(i, wheel)
}

// What is not on the way of what is waited for is read at the same time.
func TestAhead(t *testing.T) {
	for _, c := range []struct {
		why, world, requirements string
		was                      string // what was chosen before
		trips, asked             int    // round trips that follow each other, and answers
	}{
		{
			why:          "projects side by side take the time of one: its page, its metadata",
			world:        "a 1 wheel\nb 1 wheel\nc 1 wheel\nd 1 wheel",
			requirements: "a|b|c|d",
			trips:        2, asked: 8,
		},
		{
			why:          "the time of a tree is that of its longest branch",
			world:        "a 1 wheel\n b\n c\nb 1 wheel\n d\nc 1 wheel\n e\nd 1 wheel\ne 1 wheel\n f\nf 1 wheel",
			requirements: "a",
			trips:        8, asked: 12,
		},
		{
			why:          "what was chosen before is read at once, however far down the tree it is",
			world:        "a 2 wheel\n b\n c\na 1 wheel\n b\n c\nb 1 wheel\n d\nc 1 wheel\n e\nd 1 wheel\ne 1 wheel\n f\nf 1 wheel",
			requirements: "a",
			was:          "a 1 wheel|b 1 wheel|c 1 wheel|d 1 wheel|e 1 wheel|f 1 wheel",
			trips:        2, asked: 12,
		},
		{
			why:          "extras and markers are followed, and no more than those",
			world:        "a 1 wheel\n b; extra == 'x'\n c; extra == 'y'\n d; sys_platform == 'win32'\nb 1 wheel\nc 1 wheel\nd 1 wheel\ne 1 wheel",
			requirements: "a[x]|e",
			trips:        4, asked: 6,
		},
		{
			why:          "the release that fits is guessed, not the newest",
			world:        "a 3 wheel yanked\na 2.5 wheel python>=3.99\na 2.1rc1 wheel\na 2 wheel\n b\na 1 wheel\nb 1 wheel",
			requirements: "a<4",
			trips:        4, asked: 4,
		},
		{
			why:          "a long walk down is read on in ever larger steps",
			world:        walk(200),
			requirements: "a|b<2",
			trips:        11, asked: 204,
		},
	} {
		t.Run(c.why, func(t *testing.T) {
			packed, err := universe.Build(c.world)
			if err != nil {
				t.Fatal(err)
			}
			db, err := pydb.New(bytes.NewReader(packed), int64(len(packed)))
			if err != nil {
				t.Fatal(err)
			}
			o := options(t, nil, false, "")
			if c.was != "" {
				o.Preferences = preferred(t, c.was)
			}
			slow := &remote{Database: db.Source(), asked: map[string]chan struct{}{}}
			o.Database, o.Live = slow, true
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				r, err := New(o)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := r.Resolve(context.Background(), parse(t, c.requirements), nil); err != nil {
					t.Fatal(err)
				}
				trips := int(time.Since(start) / roundTrip)
				time.Sleep(time.Hour) // for what is under way
				if trips != c.trips || len(slow.asked) != c.asked {
					t.Errorf("%d round trips and %d answers, want %d and %d", trips, len(slow.asked), c.trips, c.asked)
				}
			})
		})
	}
}

// walk is a world in which only the oldest of n releases of a goes with b 1.
func walk(n int) string {
	var b strings.Builder
	for i := n; i > 1; i-- {
		fmt.Fprintf(&b, "a %d wheel\n b>=2\n", i)
	}
	return b.String() + "a 1 wheel\n b\nb 2 wheel\nb 1 wheel\n"
}
