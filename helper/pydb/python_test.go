package pydb

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/release"
)

// A program that was written by docs/database.md alone reads the same as we.
func TestPython(t *testing.T) {
	committed, err := os.ReadFile("../../lib/database/pypi.xz")
	if err != nil {
		t.Fatal(err)
	}
	databases := map[string][]byte{"committed": committed, "golden": golden(t)}
	for name, l := range layouts {
		w := newWorld(t, 40, 11, l)
		for i := range maxUpdates + 2 {
			w.update(t, i)
		}
		databases[name] = w.data
	}
	for name, data := range databases {
		want, got := asJSON(t, data), readByPython(t, data)
		if !bytes.Equal(want, got) {
			t.Errorf("%s: %s", name, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
		}
	}
}

// readByPython gives what tests/database/read.py prints.
func readByPython(t *testing.T, data []byte) []byte {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	program, err := os.Open("../../tests/database/read.py")
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	path := filepath.Join(t.TempDir(), "db.xz")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	c := exec.Command(python, "-", path)
	c.Stdin, c.Stderr = program, &stderr
	text, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	return text
}

// asJSON writes all of a database in the form of tests/database/read.py.
func asJSON(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for p, err := range openBytes(t, data).All() {
		if err != nil {
			t.Fatal(err)
		}
		releases := []any{}
		for i, version := range p.Versions {
			r, err := p.Release(i)
			if err != nil {
				t.Fatal(err)
			}
			files, err := p.Files(i)
			if err != nil {
				t.Fatal(err)
			}
			releases = append(releases, releaseJSON(version, r, files))
		}
		if err := e.Encode(map[string]any{"name": p.Name, "releases": releases}); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func releaseJSON(version string, r *Release, files []release.File) map[string]any {
	m := map[string]any{
		"version": version, "requires_python": r.RequiresPython, "yanked": nil, "sdist": r.Sdist, "uploaded": r.Uploaded,
		"requires": filled(r.RequiresDist), "extras": filled(r.ProvidesExtra), "build": nil, "sdist_requires": nil,
	}
	if r.Yanked {
		m["yanked"] = r.YankedReason
	}
	wheels := []string{}
	for _, w := range r.Wheels {
		tags := w.Python + "-" + w.ABI + "-" + w.Platform
		if w.Build != "" {
			tags = w.Build + "-" + tags
		}
		wheels = append(wheels, tags)
	}
	m["wheels"] = wheels
	if r.BuildKnown {
		m["build"] = map[string]any{"backend": r.BuildBackend, "requires": filled(r.BuildRequires), "unknown": r.BuildUnknown}
	}
	if r.SdistRequiresDist != nil {
		m["sdist_requires"] = filled(*r.SdistRequiresDist)
	}
	list := []any{}
	for _, f := range files {
		list = append(list, map[string]any{"name": f.Name, "sha256": f.SHA256, "size": f.Size, "location": f.Location})
	}
	m["files"] = list
	return m
}

// filled is a list that is not nil.
func filled(list []string) []string {
	return append([]string{}, list...)
}
