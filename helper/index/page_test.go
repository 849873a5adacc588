package index

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var withPassword = url.UserPassword("me", "secret")

const pageJSON = `{"meta":{"api-version":"1.1","_last-serial":"34"},"name":"Flask","versions":["1.0"],
"project-status":{"status":"archived","reason":"old"},"files":[
{"filename":"flask-1.0-py3-none-any.whl","url":"https://files.index.example/packages/ab/cd/0f/flask-1.0-py3-none-any.whl",
 "hashes":{"md5":"x","sha256":"AB"},"requires-python":">=3.7, <4","yanked":"bad & ugly","core-metadata":{"sha256":"CD"}},
{"filename":"flask-1.0.tar.gz","url":"https://files.index.example/packages/ab/cd/0e/flask-1.0.tar.gz","size":7,
 "upload-time":"2024-01-02T03:04:05Z","hashes":{},"requires-python":null,"yanked":false,"dist-info-metadata":false}]}`

const pageHTML = `<!DOCTYPE html><!-- <a href="no"> --><html><head><meta name="pypi:repository-version" content="1.0">
<base href='https://files.index.example/'></head><body><h1>Links</h1>
<A class=x href="/packages/ab/cd/0f/flask-1.0-py3-none-any.whl#sha256=AB" data-requires-python="&gt;=3.7, &lt;4"
 data-yanked="bad &amp; ugly" data-dist-info-metadata="sha256=CD">flask-1.0-py3-none-any.whl</A><br/>
<a href=packages/ab/cd/0e/flask-1.0.tar.gz data-core-metadata="false" data-dist-info-metadata='true'>
 flask-1.0.tar.gz</a></body></html>`

// The two forms of a page say the same, but for what HTML has no place for.
func TestPages(t *testing.T) {
	want := &Page{
		Name: "flask", Serial: 34, Status: "archived", StatusReason: "old", Versions: []string{"1.0"},
		Files: []File{{
			Filename: "flask-1.0-py3-none-any.whl", URL: "https://files.index.example/packages/ab/cd/0f/flask-1.0-py3-none-any.whl",
			Location: "packages/ab/cd/0f/flask-1.0-py3-none-any.whl", SHA256: "ab", RequiresPython: ">=3.7, <4",
			Yanked: true, YankedReason: "bad & ugly", HasMetadata: true, MetadataSHA256: "cd",
		}, {
			Filename: "flask-1.0.tar.gz", URL: "https://files.index.example/packages/ab/cd/0e/flask-1.0.tar.gz",
			Location: "packages/ab/cd/0e/flask-1.0.tar.gz", Size: 7, UploadTime: "2024-01-02T03:04:05Z",
		}},
	}
	bare := *want
	bare.Serial, bare.Status, bare.StatusReason, bare.Versions = 0, "", "", nil
	bare.Files = append([]File{}, want.Files...)
	bare.Files[1].Size, bare.Files[1].UploadTime = 0, ""
	for _, test := range []struct {
		kind, body string
		want       *Page
	}{
		{typeJSON, pageJSON, want},
		{"text/html; charset=utf-8", pageHTML, &bare},
	} {
		ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/simple/flask/" || r.Header.Get("Accept") != acceptPage {
				t.Errorf("asked for %s as %s", r.URL.Path, r.Header.Get("Accept"))
			}
			w.Header().Set("Content-Type", test.kind)
			w.Write([]byte(test.body))
		})
		c := NewClient(ix, Options{})
		got, err := c.Project(t.Context(), "flask")
		if err != nil {
			t.Fatalf("%s: %v", test.kind, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.kind, diff)
		}
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

// No HTML, however broken, makes the reader fail to end.
func FuzzHTML(f *testing.F) {
	f.Add(pageHTML)
	f.Add("<a href=")
	f.Add("<a =='<><!-<!-->")
	base, _ := url.Parse("https://index.example/simple/a/")
	f.Fuzz(func(t *testing.T, page string) {
		p, err := parseHTML([]byte(page), base)
		if (p == nil) == (err == nil) {
			t.Errorf("page %v, error %v", p, err)
		}
	})
}
