package index

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// longPage is a page of PEP 691 of so many releases of so many files each, as the public index writes them.
func longPage(project string, releases, files int) []byte {
	b := make([]byte, 0, releases*files*700)
	b = fmt.Appendf(b, `{"meta":{"api-version":"1.4","_last-serial":34},"name":%q,"files":[`, project)
	for r := range releases {
		stem := fmt.Sprintf("%s-%d.%d.%d", project, r/100, r/10%10, r%10)
		python := fmt.Sprint(`"requires-python":">=3.`, 7+r/500)
		for n := range files {
			name := stem + ".tar.gz"
			if n < files-1 {
				name = stem + "-cp3" + strconv.Itoa(n) + "-cp3" + strconv.Itoa(n) + "-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
			}
			hash := strconv.Itoa(1e9 + r*files + n)
			hash = strings.Repeat("0", 64-len(hash)) + hash
			for _, s := range []string{
				`{"filename":"`, name, `","url":"https://files.index.example/packages/`, hash[60:62], "/", hash[62:], "/", hash[:60], "/", name,
				`","hashes":{"sha256":"`, hash, `"},`, python, `","size":10000,"upload-time":"2024-01-02T03:04:05.123456Z","yanked":false,`,
				`"provenance":null,"data-dist-info-metadata":{"sha256":"`, hash, `"},"core-metadata":{"sha256":"`, hash, `"}},`,
			} {
				b = append(b, s...)
			}
		}
	}
	return append(b[:len(b)-1], `],"versions":[]}`...)
}

var benchBase, _ = url.Parse("https://index.example/simple/long/")

func BenchmarkFetched(b *testing.B) {
	body := longPage("long", 2000, 20)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		p, err := parseJSON(text(body), benchBase)
		if err != nil {
			b.Fatal(err)
		}
		p.encode("long")
	}
}

// full puts pages into a cache, and the metadata of the first file of each.
func full(b testing.TB, pages, releases, files int) (*Transport, []string) {
	t := NewTransport(Options{Cache: b.TempDir(), Offline: true})
	c := t.Client(Index{SimpleURL: "https://index.example/simple/"})
	var names []string
	for i := range pages {
		name := fmt.Sprint("project", i)
		names = append(names, name)
		base, _ := url.Parse(c.index.SimpleURL + name + "/")
		raw, err := parseJSON(text(longPage(name, releases, files)), base)
		if err != nil {
			b.Fatal(err)
		}
		t.store.put(kindPage, base.String(), newEntry(raw.encode(name)))
		p, err := c.Project(context.Background(), name)
		if err != nil {
			b.Fatal(err)
		}
		l, err := p.Release(0)[0].Link()
		if err != nil {
			b.Fatal(err)
		}
		m, err := parseMetadata([]byte("Metadata-Version: 2.1\nName: " + name + "\nVersion: 1\n" + strings.Repeat("Requires-Dist: requests>=2; extra == 'x'\n", 20)))
		if err != nil {
			b.Fatal(err)
		}
		t.store.put(kindMetadata, l.URL+"#"+l.SHA256, newEntry(encodeMetadata(m, true), nil))
	}
	return t, names
}

// A page of 2,000 releases of 20 files: open, versions, and the first release.
func BenchmarkLongPage(b *testing.B) {
	t, names := full(b, 1, 2000, 20)
	b.ReportAllocs()
	for b.Loop() {
		p, err := t.Client(Index{SimpleURL: "https://index.example/simple/"}).Project(context.Background(), names[0])
		if err != nil || len(p.Versions) != 2000 || len(p.Release(0)) != 20 {
			b.Fatal(err)
		}
	}
}

// What a warm lock of 90 projects asks for.
func Benchmark90(b *testing.B) {
	t, names := full(b, 90, 100, 10)
	b.ReportAllocs()
	for b.Loop() {
		c := t.Client(Index{SimpleURL: "https://index.example/simple/"})
		for _, name := range names {
			p, err := c.Project(context.Background(), name)
			if err != nil {
				b.Fatal(err)
			}
			if _, _, err := p.Release(0)[0].Metadata(context.Background()); err != nil {
				b.Fatal(err)
			}
			if _, err := p.Links(0); err != nil {
				b.Fatal(err)
			}
		}
	}
}
