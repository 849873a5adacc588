// Command systems compares what mach builds sdists with to poetry2nix's overrides/build-systems.json:
//
//	go run ./tests/poetry2nix/systems [-v] BUILD-SYSTEMS.JSON DATABASE DIRECTORY
//
// For each project of the database that the file has, the file's names stand for all releases. So do mach's: those that
// the sdists of all releases state. Where the file has a name that none of them does, the newest sdist and one from the
// middle are read from the index that pip is configured with, for what their backends ask for (package backend). What is left is printed.
//
// It leaves out wheel, which setuptools has in itself today, and takes poetry for poetry-core, and flit for flit-core.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mach/helper/backend"
	"mach/helper/index"
	"mach/helper/pep508"
	"mach/helper/pydb"
	"mach/helper/release"
	"mach/helper/sdist"
)

// maxSdist is the size above which an sdist is left out.
const maxSdist = 3 << 20

func main() {
	verbose := flag.Bool("v", false, "print each difference")
	flag.Parse()
	if flag.NArg() != 3 {
		fmt.Fprintln(os.Stderr, "usage: systems [-v] BUILD-SYSTEMS.JSON DATABASE DIRECTORY")
		os.Exit(2)
	}
	c := &comparison{verbose: *verbose, missing: map[string][]string{}, extra: map[string][]string{}}
	if err := c.compare(flag.Arg(0), flag.Arg(1), flag.Arg(2)); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(3)
	}
	c.print()
}

// comparison counts projects. Of what differs it has the projects by what they differ in.
type comparison struct {
	verbose          bool
	transport        *index.Transport
	client           *index.Client
	both, same, read int
	missing, extra   map[string][]string // name of a build requirement → projects
}

func (c *comparison) compare(list, database, dir string) error {
	theirs, err := readTheirs(list)
	if err != nil {
		return err
	}
	db, err := pydb.Open(database)
	if err != nil {
		return err
	}
	defer db.Close()
	found, err := index.Discover(index.DiscoverOptions{})
	if err != nil {
		return err
	}
	if main, ok := found.Main(); ok {
		c.transport = index.NewTransport(index.Options{Cache: filepath.Join(dir, "cache"), AtOnce: 1, PerSecond: 8, MaxAge: 1 << 60})
		c.client = c.transport.Client(main)
	}
	for project, err := range db.All() {
		if err != nil {
			return err
		}
		if names := theirs[project.Name]; names != nil {
			c.project(project, names)
		}
	}
	return nil
}

// project compares one.
func (c *comparison) project(p *pydb.Project, theirs map[string]bool) {
	ours := map[string]bool{}
	for i := range p.Versions {
		r, err := p.Release(i)
		if err != nil || !r.Sdist || !r.BuildKnown {
			continue
		}
		addNames(ours, &release.BuildSystem{Requires: r.BuildRequires, Backend: r.BuildBackend})
	}
	if !covers(ours, theirs) && c.client != nil {
		found := c.newest(p.Name)
		if len(found) > 0 {
			c.read++
		}
		for _, b := range found {
			addNames(ours, b)
		}
	}
	if len(ours) == 0 {
		return
	}
	c.both++
	same := true
	for _, name := range slices.Sorted(maps.Keys(theirs)) {
		if !ours[name] {
			c.missing[name], same = append(c.missing[name], p.Name), false
		}
	}
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		if !theirs[name] {
			c.extra[name], same = append(c.extra[name], p.Name), false
		}
	}
	if same {
		c.same++
	}
}

// newest is what the newest sdist of a project is built with, and one from the middle; none if they cannot be had.
func (c *comparison) newest(name string) (all []*release.BuildSystem) {
	page, err := c.client.Project(context.Background(), name)
	if err != nil {
		return nil
	}
	for _, i := range []int{0, len(page.Versions) / 2} {
		if i >= len(page.Versions) {
			break
		}
		for _, f := range page.Release(i) {
			if !f.Sdist {
				continue
			}
			if b := c.sdist(f); b != nil {
				all = append(all, b)
			}
		}
	}
	return all
}

func (c *comparison) sdist(f index.File) *release.BuildSystem {
	l, err := f.Link()
	if err != nil || l.Size > maxSdist {
		return nil
	}
	w, err := c.transport.ReadFile(context.Background(), l.URL, l.Path, "", l.SHA256)
	if err != nil || w.Tree == nil {
		return nil
	}
	b := release.BuildSystem{Known: true}
	if p, err := sdist.Read(w.Tree, l.Filename); err == nil {
		b = p.BuildSystem()
	}
	backend.Apply(w.Tree, l.Filename+"/", &b)
	return &b
}

func covers(ours, theirs map[string]bool) bool {
	for name := range theirs {
		if !ours[name] {
			return false
		}
	}
	return true
}

// addNames adds the names of what a build requires.
func addNames(to map[string]bool, b *release.BuildSystem) {
	for _, text := range backend.Requires(b) {
		if req, err := pep508.ParseLenient(text); err == nil {
			add(to, req.Name)
		}
	}
}

var same = map[string]string{"poetry": "poetry-core", "flit": "flit-core", "setuptools-scm-git-archive": "setuptools-scm", "cython-0": "cython", "wheel": "", "pip": ""}

func add(to map[string]bool, name string) {
	name = pep508.NormalizeName(name)
	if other, ok := same[name]; ok {
		name = other
	}
	if name != "" {
		to[name] = true
	}
}

// readTheirs reads the file: for each project names, and objects with a name for some versions.
func readTheirs(file string) (map[string]map[string]bool, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var raw map[string][]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	all := map[string]map[string]bool{}
	for project, entries := range raw {
		names := map[string]bool{}
		for _, entry := range entries {
			switch e := entry.(type) {
			case string:
				add(names, e)
			case map[string]any:
				if name, ok := e["buildSystem"].(string); ok {
					add(names, name)
				}
			}
		}
		all[pep508.NormalizeName(project)] = names
	}
	return all, nil
}

func (c *comparison) print() {
	fmt.Printf("%d projects are in both; of %d sdists were read too; %d are the same\n", c.both, c.read, c.same)
	c.table("only poetry2nix", c.missing)
	c.table("only mach", c.extra)
}

func (c *comparison) table(title string, by map[string][]string) {
	total := 0
	for _, projects := range by {
		total += len(projects)
	}
	fmt.Printf("%s: %d\n", title, total)
	names := slices.SortedFunc(maps.Keys(by), func(a, b string) int { return len(by[b]) - len(by[a]) })
	for i, name := range names {
		if i == 25 && !c.verbose {
			fmt.Printf("  and %d names more (-v)\n", len(names)-i)
			break
		}
		projects := by[name]
		if !c.verbose {
			projects = projects[:min(5, len(projects))]
		}
		fmt.Printf("  %4d %s: %s\n", len(by[name]), name, strings.Join(projects, " "))
	}
}
