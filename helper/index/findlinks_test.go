package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// place is a directory of files, of which one is a wheel that can be read.
func place(t *testing.T) string {
	dir := t.TempDir()
	write(t, 0o644, string(makeZip(t, "a_b-1.dist-info/METADATA", strings.Replace(metadataText, ": a", ": a-b", 1))), dir, "a_b-1-py3-none-any.whl")
	for _, name := range []string{"a-b-2.tar.gz", "a-b-c-3.zip", "A.B-0.9.tar.gz", "notes.txt", "sub/a_b-9-py3-none-any.whl", "a_b-7.tar.gz/x"} {
		write(t, 0o644, name, dir, name)
	}
	return dir
}

// A directory has the projects that its files bear the names of. Hashes are made when they are asked for.
func TestDirectory(t *testing.T) {
	dir := place(t)
	t.Chdir(filepath.Dir(dir))
	for _, given := range []string{dir, dir + "/", "./" + filepath.Base(dir), "file://" + dir} {
		c, err := newTransport(Options{Offline: true}).FindLinks(Given{Value: given, Source: "test"})
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.Project(t.Context(), "a-b")
		if err != nil || strings.Join(p.Versions, " ") != "2 1 0.9" {
			t.Fatalf("%s: got %v, %v", given, p, err)
		}
		f := p.Release(1)[0]
		l, err := f.Link()
		want := Link{Filename: "a_b-1-py3-none-any.whl", Path: filepath.Join(dir, "a_b-1-py3-none-any.whl"), Size: l.Size}
		if err != nil || l != want || l.Size == 0 {
			t.Errorf("got %+v, %v", l, err)
		}
		if m, beside, err := f.Metadata(t.Context()); err != nil || m.Name != "a-b" || beside {
			t.Errorf("got %+v, %v", m, err)
		}
		sum := sha256.Sum256([]byte("a-b-2.tar.gz"))
		if hash, err := p.Release(0)[0].Hash(t.Context()); err != nil || hash != hex.EncodeToString(sum[:]) {
			t.Errorf("hash %q, %v", hash, err)
		}
		if p, err := c.Project(t.Context(), "a-b-c"); err != nil || len(p.Versions) != 1 {
			t.Errorf("got %v, %v", p, err)
		}
		for _, missing := range []string{"a", "a-b-3", "notes", "b"} {
			_, err = c.Project(t.Context(), missing)
			refuses(t, err, fmt.Sprintf("project %q: not found in %s", missing, given))
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("got %v", err)
			}
		}
	}
}

// A flat page is read from where it is, once for all projects, with the credentials of its URL.
func TestFlatPage(t *testing.T) {
	const page = `<html><body><a href="whl/a_b-1-py3-none-any.whl#sha256=` + hashA + `">one</a> <a href="a-b-2.tar.gz" data-requires-python="&gt;=3">two</a>
		<a href="https://files.index.example/c-1.zip" data-yanked="bad">c-1.zip</a><a href="about.html">About</a></body></html>`
	sent := false
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch _, password, _ := r.BasicAuth(); {
		case password != "secret":
			w.WriteHeader(http.StatusUnauthorized)
		case r.URL.Path == "/links.html":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, page)
		case r.URL.Path == "/a-b-2.tar.gz":
			sent = true
			fmt.Fprint(w, "content")
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	u, err := url.Parse(ix.SimpleURL)
	if err != nil {
		t.Fatal(err)
	}
	local := write(t, 0o644, page, t.TempDir(), "links.html")
	root := "http://" + u.Host
	for _, test := range []struct {
		given, root, path string
		requests          int
	}{
		{"http://me:secret@" + u.Host + "/links.html", root, "", 1},
		{local, "", filepath.Dir(local), 0},
		{"file://" + local, "", filepath.Dir(local), 0},
	} {
		c, err := newTransport(Options{Cache: t.TempDir()}).FindLinks(Given{Value: test.given, Source: "test"})
		if err != nil {
			t.Fatal(err)
		}
		p, err := c.Project(t.Context(), "a-b")
		if err != nil {
			t.Fatal(err)
		}
		var got []Link
		for i := range p.Versions {
			links, err := p.Links(i)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, links...)
		}
		want := []Link{{Filename: "a-b-2.tar.gz"}, {Filename: "a_b-1-py3-none-any.whl", SHA256: hashA}}
		if test.root != "" {
			want[0].URL, want[1].URL = root+"/a-b-2.tar.gz", root+"/whl/a_b-1-py3-none-any.whl"
		} else {
			want[0].Path, want[1].Path = test.path+"/a-b-2.tar.gz", test.path+"/whl/a_b-1-py3-none-any.whl"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if f := p.Release(0)[0]; f.RequiresPython != ">=3" {
			t.Errorf("got %+v", f)
		}
		if p, err := c.Project(t.Context(), "c"); err != nil || !p.Release(0)[0].Yanked {
			t.Errorf("got %v, %v", p, err)
		}
		if c.Stats().Requests != test.requests || strings.Contains(c.String(), "secret") {
			t.Errorf("%s: %d requests", c, c.Stats().Requests)
		}
		if test.root == "" {
			continue
		}
		sum := sha256.Sum256([]byte("content"))
		for range 2 {
			if hash, err := p.Release(0)[0].Hash(t.Context()); err != nil || hash != hex.EncodeToString(sum[:]) {
				t.Errorf("hash %q, %v", hash, err)
			}
		}
		if !sent || c.Stats().Requests != 2 {
			t.Errorf("%d requests for the hash", c.Stats().Requests-1)
		}
		if hash, err := p.Release(1)[0].Hash(t.Context()); err != nil || hash != hashA || c.Stats().Requests != 2 {
			t.Errorf("hash %q, %v", hash, err)
		}
	}
}

// What is no place of files is an error that says who named it.
func TestNoPlace(t *testing.T) {
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) { answer(w, "<html>") })
	dir := t.TempDir()
	file := write(t, 0o644, "", dir, "a.txt")
	ordinary := write(t, 0o644, `<a href="/about">About</a>`, dir, "a.html")
	for given, want := range map[string]string{
		filepath.Join(dir, "missing"): `find-links "` + dir + `/missing" (PIP_FIND_LINKS): there is no such file or directory`,
		file:                          `find-links "` + file + `" (PIP_FIND_LINKS) is neither a directory nor an HTML page`,
		ordinary:                      "find-links " + ordinary + ": not a page of an index: it is an ordinary web page",
		ix.SimpleURL:                  "find-links " + ix.SimpleURL + ": ",
	} {
		c, err := newTransport(Options{}).FindLinks(Given{Value: given, Source: "PIP_FIND_LINKS"})
		if err == nil {
			_, err = c.Project(t.Context(), "a")
		}
		refuses(t, err, want)
	}
}
