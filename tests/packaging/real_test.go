//go:build packaging

package packaging

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"mach/helper/index"
	"mach/helper/pydb"
)

// A sample is strings that real projects have published.
type sample struct{ versions, specifiers, requirements, wheels []string }

// projects have long histories, and some of them dirty ones.
var projects = []string{
	"pytz", "setuptools", "numpy", "celery", "django", "polars", "nltk", "openpyxl", "jupyter-client", "torch", "cryptography", "types-requests",
}

// collect gathers real strings from what is installed, from project pages of the index in use, and from
// the database of this repository, if it has been made.
func collect(t *testing.T, r *reference) sample {
	t.Helper()
	in := ask[struct{ Versions, Requirements, Specifiers []string }](t, r, []question{{Kind: "installed"}})[0]
	s := sample{versions: in.Versions, requirements: in.Requirements, specifiers: in.Specifiers}
	ix, err := index.Discover(index.DiscoverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	client := index.NewClient(ix, index.Options{})
	for _, name := range projects {
		page, err := client.Project(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		s.add(page)
	}
	s.addDatabase(t, "../../lib/database/pypi.xz")
	for _, list := range []*[]string{&s.versions, &s.specifiers, &s.requirements, &s.wheels} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	t.Logf("real: %d versions, %d specifiers, %d requirements, %d wheels", len(s.versions), len(s.specifiers), len(s.requirements), len(s.wheels))
	return s
}

func (s *sample) add(p *index.Page) {
	s.versions = append(s.versions, p.Versions...)
	for i, f := range p.Files {
		if f.RequiresPython != "" {
			s.specifiers = append(s.specifiers, f.RequiresPython)
		}
		if strings.HasSuffix(f.Filename, ".whl") && i%7 == 0 {
			s.wheels = append(s.wheels, f.Filename)
		}
	}
}

func (s *sample) addDatabase(t *testing.T, path string) {
	t.Helper()
	db, err := pydb.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, err := range db.Names() {
		if err != nil {
			t.Fatal(err)
		}
		p, err := db.Project(name)
		if err != nil {
			t.Fatal(err)
		}
		s.versions = append(s.versions, p.Versions...)
		for i := range p.Versions {
			release, err := p.Release(i)
			if err != nil {
				t.Fatal(err)
			}
			s.requirements = append(s.requirements, release.RequiresDist...)
			s.specifiers = append(s.specifiers, release.RequiresPython)
		}
	}
}
