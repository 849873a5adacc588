package index

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// longPage is a page of PEP 691 of so many releases of so many files each, as the public index writes them.
func longPage(project string, releases, files int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `{"meta":{"api-version":"1.4","_last-serial":34},"name":%q,"files":[`, project)
	sep := ""
	for r := range releases {
		for n := range files {
			name := fmt.Sprintf("%s-%d.%d.%d-cp3%d-cp3%d-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", project, r/100, r/10%10, r%10, n, n)
			if n == files-1 {
				name = fmt.Sprintf("%s-%d.%d.%d.tar.gz", project, r/100, r/10%10, r%10)
			}
			hash := fmt.Sprintf("%064x", uint64(r)<<32|uint64(n+1))
			fmt.Fprintf(&b, `%s{"filename":%q,"url":"https://files.index.example/packages/%s/%s/%s/%s","hashes":{"sha256":%q},`,
				sep, name, hash[60:62], hash[62:], hash[:60], name, hash)
			fmt.Fprintf(&b, `"requires-python":">=3.%d","size":%d,"upload-time":"2024-01-%02dT03:04:%02d.123456Z","yanked":false,"provenance":null,`,
				7+r/500, 10000+n, 1+r%28, n%60)
			fmt.Fprintf(&b, `"data-dist-info-metadata":{"sha256":%q},"core-metadata":{"sha256":%q}}`, hash, hash)
			sep = ","
		}
	}
	b.WriteString(`],"versions":[]}`)
	return []byte(b.String())
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
