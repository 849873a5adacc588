package index

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mach/helper/release"
	"mach/helper/tags"
	"mach/tests/fuzzing"
)

var withPassword = url.UserPassword("me", "secret")

const (
	hashA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	hashB = "0bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	below = "packages/ab/cd/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"
)

const pageJSON = `{"meta":{"api-version":"1.4","_last-serial":"34","tracks":["https://other.index.example/flask/"]},
"name":"Flask","versions":["1.0"],"alternate-locations":["https://more.index.example/flask/"],
"project-status":{"status":"archived","reason":"old"},"files":[
{"filename":"flask-1.0-1-py3-none-any.whl","url":"https://files.index.example/` + below + `flask-1.0-1-py3-none-any.whl",
 "hashes":{"md5":"x","sha256":"` + hashA + `"},"requires-python":">=3.7, <4","yanked":"bad & \"ugly\"","core-metadata":{"sha256":"` + hashB + `"}},
{"filename":"flask-1.0.tar.gz","url":"https://files.index.example/packages/s/flask-1.0.tar.gz","size":7,
 "upload-time":"2024-01-02T03:04:05.123Z","hashes":{},"requires-python":null,"yanked":false,"dist-info-metadata":false}]}`

const pageHTML = `<!DOCTYPE html><!-- <a href="no"> --><html><head><meta name="pypi:repository-version" content="1.0">
<meta name="pypi:project-status" content="archived"><meta name="pypi:project-status-reason" content="old">
<meta name="pypi:tracks" content="https://other.index.example/flask/"><meta name="pypi:alternate-locations" content="https://more.index.example/flask/">
<base href='https://files.index.example/'></head><body><h1>Links</h1>
<A class=x href="/` + below + `flask-1.0-1-py3-none-any.whl#sha256=` + hashA + `" data-requires-python="&gt;=3.7, &lt;4"
 data-yanked="bad &amp; &quot;ugly&quot;" data-dist-info-metadata="sha256=` + hashB + `">flask-1.0-1-py3-none-any.whl</A><br/>
<a href=packages/s/flask-1.0.tar.gz data-core-metadata="false" data-dist-info-metadata='true'>
 flask-1.0.tar.gz</a></body></html>`

// project is the page of a project out of one answer.
func project(t *testing.T, name, kind, body string) *Page {
	t.Helper()
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/simple/"+name+"/" || r.Header.Get("Accept") != acceptPage {
			t.Errorf("asked for %s as %s", r.URL.Path, r.Header.Get("Accept"))
		}
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, body)
	})
	p, err := newClient(ix, Options{}).Project(t.Context(), name)
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return p
}

// The two forms of a page say the same, but for what HTML has no place for.
func TestPages(t *testing.T) {
	links := []Link{{
		Filename: "flask-1.0-1-py3-none-any.whl", URL: "https://files.index.example/" + below + "flask-1.0-1-py3-none-any.whl",
		Location: below + "flask-1.0-1-py3-none-any.whl", SHA256: hashA, HasMetadata: true, MetadataSHA256: hashB,
	}, {
		Filename: "flask-1.0.tar.gz", URL: "https://files.index.example/packages/s/flask-1.0.tar.gz",
		Location: "packages/s/flask-1.0.tar.gz", Size: 7,
	}}
	files := []File{{
		Wheel:          release.Wheel{Build: "1", WheelTags: tags.WheelTags{Python: "py3", ABI: "none", Platform: "any"}},
		RequiresPython: ">=3.7, <4", Yanked: true, YankedReason: `bad & "ugly"`,
	}, {Sdist: true, Uploaded: 1704164645}}
	want := &Page{
		Name: "flask", Versions: []string{"1.0"}, Serial: 34, Status: "archived", StatusReason: "old",
	}
	for _, test := range []struct{ kind, body string }{{typeJSON, pageJSON}, {"text/html; charset=utf-8", pageHTML}} {
		if test.kind != typeJSON {
			want.Serial, files[1].Uploaded, links[1].Size = 0, 0, 0
		}
		got := project(t, "flask", test.kind, test.body)
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Page{})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.kind, diff)
		}
		if diff := cmp.Diff(files, got.Release(0), cmpopts.IgnoreUnexported(File{})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.kind, diff)
		}
		gotLinks, err := got.Links(0)
		if diff := cmp.Diff(links, gotLinks); diff != "" || err != nil {
			t.Errorf("%s: %v -want +got:\n%s", test.kind, err, diff)
		}
		if l, err := got.Release(0)[1].Link(); err != nil || l != links[1] {
			t.Errorf("one link: %+v, %v", l, err)
		}
	}
}

// Files become releases, newest first; what is neither wheel nor sdist of the project is left out.
func TestReleases(t *testing.T) {
	p := project(t, "a-b", typeJSON, pageOf(
		"a_b-1.0-py3-none-any.whl", "A.B-1.0.zip", "a-b-1.0.tar.gz", "a_b-1.0-2-cp312-cp312-win32.whl",
		"a_b-1.10-py3-none-any.whl", "a_b-1.9.post1.tar.gz", "a_b-2rc1-py3-none-any.whl", "a_b-1!0.1-py3-none-any.whl",
		"a_b-1.0_1-py3-none-any.whl", "a_b-1.0+local.1-py3-none-any.whl", "a_b-1.00-py2-none-any.whl",
		"a_b-banana-py3-none-any.whl", "a_b-1.0.exe", "a_b-1.0-py3.8.egg", "other-1.0.tar.gz", "a_b-1.0-py3-none-any.whl.asc",
		"a_b-1.0-py3-none-any/x.whl", `a_b-1.0-py3-none-any\x.whl`, "a_b-1.0-py3-none-any\u007f.whl", "",
	))
	var got []string
	for i, version := range p.Versions {
		line := version + ":"
		links, err := p.Links(i)
		if err != nil {
			t.Fatal(err)
		}
		for n, f := range p.Release(i) {
			line += " " + links[n].Filename
			if !f.Sdist {
				line += " (" + f.Build + f.Python + f.Platform + ")"
			}
			if f.Version() != version {
				t.Errorf("%s has a file of %s", version, f.Version())
			}
		}
		got = append(got, line)
	}
	want := []string{
		"1!0.1: a_b-1!0.1-py3-none-any.whl (py3any)",
		"2rc1: a_b-2rc1-py3-none-any.whl (py3any)",
		"1.10: a_b-1.10-py3-none-any.whl (py3any)",
		"1.9.post1: a_b-1.9.post1.tar.gz",
		"1.0.post1: a_b-1.0_1-py3-none-any.whl (py3any)",
		"1.0+local.1: a_b-1.0+local.1-py3-none-any.whl (py3any)",
		"1.0: a_b-1.0-py3-none-any.whl (py3any) a_b-1.0-2-cp312-cp312-win32.whl (2cp312win32) a_b-1.00-py2-none-any.whl (py2any) a-b-1.0.tar.gz",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Every URL comes out as it went in, however it is kept.
func TestURLs(t *testing.T) {
	const hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab"
	for _, u := range []string{
		"https://files.index.example/packages/ab/cd/" + hash + "/a-1.tar.gz",
		"https://files.index.example/packages/AB/cd/" + hash + "/a-1.tar.gz",
		"https://files.index.example/packages/ab/cd/" + hash[1:] + "/a-1.tar.gz",
		"https://files.index.example/packages/abcd/" + hash + "x/a-1.tar.gz",
		"https://files.index.example/a-1.tar.gz",
		"https://files.index.example/x%20y/a-1.tar.gz",
		"https://files.index.example/a-1.tar.gz?signed=yes&x=a-1.tar.gz",
		"https://files.index.example/download/1",
		"https://files.index.example/a%2D1.tar.gz",
		"http://index.example:8080/a-1.tar.gz",
	} {
		p := project(t, "a", typeJSON, `{"meta":{"api-version":"1.0"},"files":[{"filename":"a-1.tar.gz","url":"`+u+`#sha256=x"}]}`)
		l, err := p.Release(0)[0].Link()
		if err != nil || l.URL != u {
			t.Errorf("got %s, want %s (%v)", l.URL, u, err)
		}
	}
	for _, u := range []string{"file:///a-1.tar.gz", "ftp://files.index.example/a-1.tar.gz", "mailto:a-1.tar.gz"} {
		for _, page := range [][2]string{
			{typeJSON, `{"meta":{"api-version":"1.0"},"files":[{"filename":"a-1.tar.gz","url":"` + u + `"}]}`},
			{"text/html", `<h1>Links for a</h1><a href="` + u + `">a-1.tar.gz</a>`},
		} {
			if p := project(t, "a", page[0], page[1]); len(p.Versions) > 0 {
				t.Errorf("%s is taken for a file of the index", u)
			}
		}
	}
	local := "https://files.index.example/whl/a-1%2Bcpu-py3-none-any.whl"
	p := project(t, "a", "text/html", `<a href="`+local+`">a-1+cpu-py3-none-any.whl</a>`)
	if l, err := p.Release(0)[0].Link(); err != nil || l.URL != local || l.Filename != "a-1+cpu-py3-none-any.whl" {
		t.Errorf("got %+v, %v", l, err)
	}
	p = project(t, "a", "text/html", `<a href="`+local+`?x">a-1+cpu-py3-no…</a>`)
	if l, err := p.Release(0)[0].Link(); err != nil || l.URL != local+"?x" || l.Filename != "a-1+cpu-py3-none-any.whl" {
		t.Errorf("text that is cut short: got %+v, %v", l, err)
	}
	p = project(t, "a", "text/html", `<base href="file:///etc/"><a href="a-1.tar.gz">a-1.tar.gz</a>`)
	if l, err := p.Release(0)[0].Link(); err != nil || l.Path != "" || !strings.HasPrefix(l.URL, "http://") {
		t.Errorf("a base on this machine: got %+v, %v", l, err)
	}
}

// A page on which each file has a directory of its own is still read release by release.
func TestManyPrefixes(t *testing.T) {
	var files []string
	for i := range 3 * maxPrefixes {
		files = append(files, fmt.Sprintf(`{"filename":"a-%d.tar.gz","url":"https://files.index.example/%d/a-%d.tar.gz"}`, i, i, i))
	}
	p := project(t, "a", typeJSON, `{"meta":{"api-version":"1.0"},"files":[`+strings.Join(files, ",")+`]}`)
	for _, i := range []int{0, len(files) - 1} {
		l, err := p.Release(i)[0].Link()
		if want := fmt.Sprintf("https://files.index.example/%s/a-%s.tar.gz", p.Versions[i], p.Versions[i]); err != nil || l.URL != want {
			t.Errorf("got %s, want %s (%v)", l.URL, want, err)
		}
	}
	if len(p.entry.head) > 200<<10 {
		t.Errorf("the head has %d bytes", len(p.entry.head))
	}
}

// A location is what stands below the directory that public indexes and their mirrors share, or below the host.
func TestFilesURL(t *testing.T) {
	for file, want := range map[string]string{
		"https://files.index.example/packages/ab/cd/ef01/a-1.tar.gz":                  "https://files.index.example/",
		"https://mirror.index.example/root/pypi/packages/ab/cd/ef01/a-1.tar.gz":       "https://mirror.index.example/root/pypi/",
		"http://index.example:8080/files/a/a-1.tar.gz":                                "http://index.example:8080/",
		"https://index.example/packages/a-1.tar.gz":                                   "https://index.example/",
		"https://index.example/x%20y/packages/ab/cd/ef01/a-1.tar.gz":                  "https://index.example/x%20y/",
		"https://index.example/packages/old/packages/ab/cd/ef01/a-1-py3-none-any.whl": "https://index.example/packages/old/",
	} {
		u, err := url.Parse(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := filesURL(u); got != want {
			t.Errorf("%s: got %s, want %s", file, got, want)
		}
	}
}

var fuzzBase, _ = url.Parse("https://index.example/simple/a/")

// No HTML, however broken, makes the reader fail to end.
func FuzzHTML(f *testing.F) {
	f.Add(pageHTML)
	f.Add("<a href=")
	f.Add("<a =='<><!-<!-->")
	f.Fuzz(func(t *testing.T, page string) {
		defer fuzzing.Watch(t, len(page))()
		if p, err := parseHTML(page, fuzzBase); err == nil {
			p.encode("a")
		}
	})
}

// No JSON, however broken, makes the reader fail to end, or fails in what becomes of it.
func FuzzJSON(f *testing.F) {
	f.Add(pageJSON)
	f.Add(`{"files":[{"yanked":"\u00`)
	f.Add(`{"meta":{"api-version":"1.0"},"files":[[[{"`)
	f.Fuzz(func(t *testing.T, body string) {
		defer fuzzing.Watch(t, len(body))()
		raw, err := parseJSON(body, fuzzBase)
		if err != nil {
			return
		}
		c := newClient(Index{}, Options{})
		p, ok := newPage(c, "flask", "", "", newEntry(raw.encode("flask")))
		if !ok {
			t.Fatal("what was encoded cannot be decoded")
		}
		for i := range p.Versions {
			if links, err := p.Links(i); err != nil || len(links) != len(p.Release(i)) {
				t.Error(err)
			}
		}
	})
}

// A head that is damaged in a way that its sum does not show gives nonsense, but no more.
func FuzzHead(f *testing.F) {
	raw, err := parseJSON(pageJSON, fuzzBase)
	if err != nil {
		f.Fatal(err)
	}
	head, tail := raw.encode("flask")
	f.Add(head, tail)
	f.Fuzz(func(t *testing.T, head string, tail []byte) {
		defer fuzzing.Watch(t, len(head)+len(tail))()
		p, ok := newPage(newClient(Index{}, Options{}), "flask", "", "", newEntry(head, tail))
		for i := 0; ok && i < min(len(p.Versions), 3); i++ {
			p.Release(i)
			_, _ = p.Links(i)
		}
	})
}
