package live

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/index"
	"mach/helper/release"
	"mach/tests/universe"
)

// fakeDatabase is one project whose builds are as a test says.
type fakeDatabase struct {
	release.Database
	live   release.Database
	system release.BuildSystem
}

func (d fakeDatabase) Project(name string) (release.Project, error) {
	p, err := d.live.Project(name)
	return fakeProject{p, &d.system}, err
}

type fakeProject struct {
	release.Project
	system *release.BuildSystem
}

func (p fakeProject) BuildSystem(int) (*release.BuildSystem, error) { return p.system, nil }

func TestBuilds(t *testing.T) {
	const world = "app 1 wheel sdist=rust build=setuptools-rust\n"
	known := release.BuildSystem{Known: true, Requires: []string{"flit-core"}, Backend: "flit_core.buildapi"}
	rust := release.BuildSystem{Known: true, Requires: []string{"setuptools-rust"}, Backend: "setuptools.build_meta"}
	part := release.BuildSystem{Known: true, Requires: []string{"setuptools"}, Unknown: []string{"why"}}
	for _, c := range []struct {
		why      string
		system   release.BuildSystem
		host     string // "" the server's
		want     string // requirements, then crates
		asked    int
		warnings []string
	}{
		{"what the database knows is taken", known, "", "flit-core;", 0, nil},
		{"crates it never has", rust, "", "setuptools-rust; serde", 1, nil},
		{"what it does not know is read", release.BuildSystem{}, "", "setuptools-rust; serde", 1, nil},
		{"what it knows in part, too", part, "", "setuptools-rust; serde", 1, nil},
		{"without a host", rust, "none", "setuptools-rust;", 0, []string{"the crates of app 1 are not in the lock, as no sdist was read: nobody says where"}},
		{"without a host and anything known", release.BuildSystem{}, "none", ";", 0,
			[]string{"the database does not say what app 1 is built with: setuptools and wheel are taken, as no sdist was read: nobody says where"}},
		{"without a host, and known in part", part, "none", "setuptools;", 0,
			[]string{"the database does not say all that app 1 is built with, as no sdist was read: nobody says where"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			s, client := serve(t, world)
			live := open(t, Options{Indexes: []*index.Client{client}})
			project(t, live, "app") // so that the host is known
			b := &Builds{
				Context: t.Context(), Client: func() *index.Client { return client }, NoHost: "nobody says where",
				URL: func(location string) string {
					if c.host != "" {
						return ""
					}
					return client.Index().FileURL(location)
				},
			}
			p, err := b.Over(fakeDatabase{live: live, system: c.system}).Project("app")
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				system, err := p.BuildSystem(0)
				if err != nil {
					t.Fatal(err)
				}
				got := strings.Join(system.Requires, ",") + ";"
				if system.Crates != nil {
					got += " " + system.Crates.List[0].Name
				}
				if got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			}
			if got := asked(s); got != c.asked {
				t.Errorf("the sdist was asked for %d times, want %d", got, c.asked)
			}
			if others := b.Warnings([]string{"other"}); others != nil {
				t.Errorf("warnings of what is not taken: %q", others)
			}
			if diff := cmp.Diff(c.warnings, b.Warnings([]string{"app"})); diff != "" {
				t.Errorf("warnings: -want +got:\n%s", diff)
			}
		})
	}
}

func asked(s *universe.Server) int { return s.Asked("/packages/app-1.tar.gz") }
