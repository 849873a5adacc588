// Package database checks the committed database: that it is whole, small, complete and names no host.
package database

import (
	"os"
	"strings"
	"testing"

	"mach/helper/environment"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/pydb"
)

const (
	path     = "../../lib/database/pypi.xz"
	projects = "../../lib/database/projects.txt"
	maxSize  = 8 << 20
)

func open(t *testing.T) *pydb.DB {
	t.Helper()
	db, err := pydb.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestWhole(t *testing.T) {
	if err := open(t).Verify(); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > maxSize {
		t.Errorf("size %d, error %v: want at most %d", info.Size(), err, maxSize)
	}
}

// Every project that the list names is there, with a release whose file has a hash and a location without a host.
func TestComplete(t *testing.T) {
	db := open(t)
	in, err := inputs.Read(inputs.Sources{Files: []string{projects}})
	if err != nil {
		t.Fatal(err)
	}
	for _, req := range in.Requirements {
		p, err := db.Project(pep508.NormalizeName(req.Name))
		if err != nil {
			t.Error(err)
			continue
		}
		files, err := p.Files(0)
		if err != nil || len(files) == 0 {
			t.Errorf("%s %s: %d files, error %v", p.Name, p.Versions[0], len(files), err)
		}
		for _, f := range files {
			if len(f.SHA256) != 64 || f.Location == "" || strings.Contains(f.Location, ":") {
				t.Errorf("%s: sha256 %q, location %q", f.Name, f.SHA256, f.Location)
			}
		}
	}
}

// What a resolution needs is there too: each project that a release of the list's projects requires.
func TestClosed(t *testing.T) {
	db := open(t)
	in, err := inputs.Read(inputs.Sources{Files: []string{projects}})
	if err != nil {
		t.Fatal(err)
	}
	env, err := environment.New("3.12", "x86_64-linux", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, req := range in.Requirements {
		p, err := db.Project(pep508.NormalizeName(req.Name))
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Release(0)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range r.RequiresDist {
			needs, err := pep508.ParseLenient(line)
			if err != nil {
				t.Errorf("%s: %v", p.Name, err)
			} else if _, err := db.Project(pep508.NormalizeName(needs.Name)); needs.Marker.Eval(&env.Markers, nil) && err != nil {
				t.Errorf("%s %s: %v", p.Name, p.Versions[0], err)
			}
		}
	}
}
