package pydb

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"mach/helper/crawl/record"
)

// generate makes records of n projects that look like those of a real index: few
// are required by many, most have few releases, some have wheels for many platforms,
// and every oddity that the format can write occurs.
func generate(n int, seed uint64) []*record.Project {
	g := generator{r: rand.New(rand.NewPCG(seed, 1))}
	for len(g.names) < n {
		g.names = append(g.names, g.name())
		slices.Sort(g.names)
		g.names = slices.Compact(g.names)
	}
	projects := make([]*record.Project, n)
	for i, name := range g.names {
		projects[i] = g.project(name)
	}
	return projects
}

// all yields records as they would come from files.
func all(projects []*record.Project) iter.Seq2[*record.Project, error] {
	return func(yield func(*record.Project, error) bool) {
		for _, p := range projects {
			if !yield(p, nil) {
				return
			}
		}
	}
}

type generator struct {
	r     *rand.Rand
	names []string
}

func (g *generator) one(of ...string) string { return of[g.r.IntN(len(of))] }

// rarely is true once in n times.
func (g *generator) rarely(n int) bool { return g.r.IntN(n) == 0 }

func (g *generator) name() string {
	syllables := []string{"py", "data", "ti", "ka", "flow", "net", "lo", "ser", "ma", "zen", "io", "x", "3"}
	words := make([]string, 1+g.r.IntN(3))
	for i := range words {
		for range 1 + g.r.IntN(3) {
			words[i] += g.one(syllables...)
		}
	}
	return strings.Join(words, "-")
}

// popular picks a name, some much more often than others.
func (g *generator) popular() string {
	f := g.r.Float64()
	return g.names[int(f*f*f*f*float64(len(g.names)))]
}

func (g *generator) project(name string) *record.Project {
	p := &record.Project{Meta: record.Meta{APIVersion: "1.1"}, Name: name}
	releases := 1 + int(g.r.ExpFloat64()*8)
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	md := g.metadata()
	native := g.rarely(8)
	for i := range releases {
		day = day.AddDate(0, 0, -int(g.r.ExpFloat64()*20)+g.r.IntN(2))
		if g.rarely(3) {
			md = g.metadata()
		}
		p.Files = append(p.Files, g.files(name, g.version(releases-i), md, native, day)...)
	}
	g.r.Shuffle(len(p.Files), func(i, j int) { p.Files[i], p.Files[j] = p.Files[j], p.Files[i] })
	return p
}

func (g *generator) version(i int) string {
	v := fmt.Sprintf("%d.%d.%d", i/20, i/5%4, i%5)
	switch g.r.IntN(20) {
	case 0:
		v += "rc1"
	case 1:
		v += ".post1"
	case 2:
		v = "2023.01." + v // not in normal form
	case 3:
		v = "1!" + v
	}
	return v
}

func (g *generator) metadata() *record.Metadata {
	m := &record.Metadata{From: record.FromMetadata, RequiresPython: g.one("", ">=3.8", ">=3.9", ">=3.8,<4")}
	for range g.r.IntN(8) {
		text := g.popular() + g.one("", ">=1.2", " (>=2,<3)", "[extra]~=1.0", "!=1.5,>=1")
		if g.rarely(4) {
			text += `; ` + g.one("", `python_version < "3.10" and `) + g.one(`extra == "dev"`, `extra=='test'`, `'doc' == extra`)
		}
		m.RequiresDist = append(m.RequiresDist, text)
	}
	if g.rarely(3) {
		m.ProvidesExtra = []string{"dev", "Test_All"}
	}
	return m
}

func (g *generator) files(name, version string, md *record.Metadata, native bool, day time.Time) []record.File {
	var files []record.File
	add := func(file string, m *record.Metadata) {
		files = append(files, g.file(file, version, m, day))
	}
	wheel := strings.ReplaceAll(name, "-", g.one("_", "_", "_", "."))
	if native {
		for _, python := range []string{"cp310", "cp311", "cp312"} {
			for _, platform := range []string{"macosx_11_0_arm64", "manylinux_2_17_x86_64.manylinux2014_x86_64", "win_amd64"} {
				if !g.rarely(10) {
					add(wheel+"-"+version+"-"+g.one("", "", "1-", "2ab-")+python+"-"+python+"-"+platform+".whl", md)
				}
			}
		}
	} else if !g.rarely(6) {
		add(wheel+"-"+version+"-"+g.one("py3", "py3", "py2.py3")+"-none-any.whl", md)
	}
	if len(files) == 0 || !g.rarely(6) {
		add(g.one(name, strings.ReplaceAll(name, "-", "_"))+"-"+version+g.one(".tar.gz", ".tar.gz", ".zip"), g.sdist(md))
	}
	if g.rarely(20) {
		add(wheel+"-"+version+".win32-py2.7.exe", nil)
	}
	return files
}

// sdist is metadata for an sdist beside wheels with md.
func (g *generator) sdist(md *record.Metadata) *record.Metadata {
	switch g.r.IntN(4) {
	case 0:
		return nil
	case 1:
		own := g.metadata()
		own.From = record.FromPKGInfo
		return own
	}
	m := *md
	m.From = record.FromSiblingWheel
	m.BuildSystem = &record.BuildSystem{}
	if !g.rarely(3) {
		m.BuildSystem.BuildBackend = g.one("flit_core.buildapi", "setuptools.build_meta")
		m.BuildSystem.Requires = []string{g.one("flit_core<4,>=3.2", "setuptools"), "wheel"}
	}
	if len(md.RequiresDist)%3 == 1 { // not at random: the worlds of a seed stay as they were
		m.BuildSystem.Unknown = []string{"setup_requires  is computed", "it has no Cargo.lock"}
	}
	return &m
}

func (g *generator) file(name, version string, md *record.Metadata, day time.Time) record.File {
	hash := func(salt string) string {
		sum := sha256.Sum256([]byte(salt + name))
		return hex.EncodeToString(sum[:])
	}
	h := hash("location")
	f := record.File{
		Filename: name, Hashes: record.Hashes{SHA256: hash("file")}, Size: int64(g.r.IntN(1 << 20)),
		UploadTime: day.Format(time.RFC3339), URL: "packages/" + h[:2] + "/" + h[2:4] + "/" + h[4:] + "/" + name,
		Metadata: md,
	}
	switch g.r.IntN(40) {
	case 0:
		f.URL = "simple/" + version + "/" + name
	case 1:
		f.UploadTime = ""
	case 2:
		f.Yanked = record.Yanked{Yanked: true, Reason: g.one("", "broken\nbuild")}
	case 3:
		f.RequiresPython = ">=3.7"
	}
	return f
}
