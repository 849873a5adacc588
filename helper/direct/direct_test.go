package direct

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/sdist"
)

// pyproject is a project's file.
func pyproject(name, version string, needs ...string) string {
	text := "[build-system]\nrequires = [\"flit-core\"]\nbuild-backend = \"flit_core.buildapi\"\n[project]\nname = \"" + name + "\"\n"
	if version == "" {
		text += "dynamic = [\"version\"]\n"
	} else {
		text += "version = \"" + version + "\"\n"
	}
	text += "dependencies = ["
	for _, need := range needs {
		text += "\"" + need + "\","
	}
	return text + "]\n"
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// git runs git in a repository and returns what it prints.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@index.example"}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// repository makes one with a tag v1.5, and a later commit on main.
func newRepository(t *testing.T) (url, tagged, head string) {
	t.Helper()
	dir := t.TempDir()
	git(t, dir, "init", "--quiet", "--initial-branch=main")
	write(t, filepath.Join(dir, "pyproject.toml"), pyproject("Top.Level", "", "click>=8"))
	write(t, filepath.Join(dir, "py/sub/pyproject.toml"), pyproject("sub", "2.0"))
	git(t, dir, "add", ".")
	git(t, dir, "commit", "--quiet", "-m", "one")
	git(t, dir, "tag", "v1.5")
	tagged = git(t, dir, "rev-parse", "HEAD")
	write(t, filepath.Join(dir, "more"), "")
	git(t, dir, "add", ".")
	git(t, dir, "commit", "--quiet", "-m", "two")
	return "git+file://" + dir, tagged, git(t, dir, "rev-parse", "HEAD")
}

func open(t *testing.T, o *Opener, text string) (*Source, error) {
	t.Helper()
	r, err := reference.Parse(text, ".")
	if err != nil {
		t.Fatal(err)
	}
	if o.Cache == "" {
		o.Cache = t.TempDir()
	}
	if o.Transport == nil {
		o.Transport = index.NewTransport(index.Options{Offline: o.Offline})
	}
	return o.Open(context.Background(), r)
}

func TestRepositories(t *testing.T) {
	url, tagged, head := newRepository(t)
	for _, c := range []struct{ why, text, commit, name, version string }{
		{"the default branch", url, head, "top-level", ""},
		{"a branch", url + "@main", head, "top-level", ""},
		{"a tag, which gives the version that the project leaves to it", url + "@v1.5", tagged, "top-level", "1.5"},
		{"a commit", url + "@" + tagged, tagged, "top-level", "1.5"},
		{"the beginning of a commit", url + "@" + tagged[:9], tagged, "top-level", "1.5"},
		{"a directory", url + "#subdirectory=py/sub", head, "sub", "2.0"},
	} {
		t.Run(c.why, func(t *testing.T) {
			s, err := open(t, &Opener{}, c.text)
			if err != nil {
				t.Fatal(err)
			}
			if s.Commit != c.commit || s.Name != c.name || s.Version != c.version {
				t.Errorf("got %s %q %q", s.Commit, s.Name, s.Version)
			}
		})
	}
}

func TestRepositoriesRefuse(t *testing.T) {
	url, tagged, _ := newRepository(t)
	for _, c := range []struct{ why, text, want string }{
		{"no such tag, with a near one", url + "@v1.6", `has no branch, tag or commit "v1.6"` + "\nhint: did you mean v1.5"},
		{"no such commit", url + "@" + strings.Repeat("0", 40), "has no branch, tag or commit"},
		{"no such directory", url + "@v1.5#subdirectory=px", `has no directory "px" at ` + tagged[:12]},
		{"no such repository", url + "-not", "git says:"},
	} {
		t.Run(c.why, func(t *testing.T) {
			_, err := open(t, &Opener{}, c.text)
			var b bytes.Buffer
			diag.Print(&b, err, false)
			if !strings.Contains(b.String(), c.want) {
				t.Errorf("got %s", &b)
			}
		})
	}
}

// A commit that was read once is read again without the repository; a branch is what the lock has until it is let go.
func TestRepositoriesAreKept(t *testing.T) {
	url, tagged, head := newRepository(t)
	o := &Opener{Cache: t.TempDir()}
	if _, err := open(t, o, url+"@"+tagged); err != nil {
		t.Fatal(err)
	}
	o.Offline = true
	if s, err := open(t, o, url+"@"+tagged); err != nil || s.Commit != tagged {
		t.Errorf("offline: got %v", err)
	}
	if _, err := open(t, o, url+"@"+head); diag.ExitCode(err) != diag.ExitWorld {
		t.Errorf("offline, and not in the cache: got %v", err)
	}
	o = &Opener{Pinned: func(string, string, string) string { return tagged }}
	if s, err := open(t, o, url+"@main"); err != nil || s.Commit != tagged || s.Revision != "main" {
		t.Errorf("pinned: got %v, %v", s, err)
	}
}

func TestFiles(t *testing.T) {
	wheel := zipped(t, map[string]string{"a-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: a\nVersion: 1.0\nRequires-Dist: b\n"})
	archive := zipped(t, map[string]string{
		"c-main/pyproject.toml":         pyproject("c", "3"),
		"c-main/py/deep/pyproject.toml": pyproject("deep", "4"),
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/a-1.0-py3-none-any.whl":
			_, _ = w.Write(wheel)
		case "/x/c/archive":
			_, _ = w.Write(archive)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	s, err := open(t, &Opener{}, server.URL+"/a-1.0-py3-none-any.whl")
	if err != nil || s.Name != "a" || s.Version != "1.0" || s.SHA256 != hash(wheel) || s.metadata.RequiresDist[0] != "b" {
		t.Errorf("a wheel: got %+v, %v", s, err)
	}
	s, err = open(t, &Opener{}, server.URL+"/x/c/archive#sha256="+hash(archive))
	if err != nil || s.Name != "c" || s.Version != "3" || s.Size != int64(len(archive)) {
		t.Errorf("an archive: got %+v, %v", s, err)
	}
	o := &Opener{Cache: t.TempDir(), Transport: index.NewTransport(index.Options{Cache: t.TempDir()})}
	for _, c := range []struct{ fragment, name string }{{"", "c"}, {"#subdirectory=py/deep", "deep"}, {"", "c"}} {
		if s, err := open(t, o, server.URL+"/x/c/archive"+c.fragment); err != nil || s.Name != c.name {
			t.Errorf("a directory of an archive, out of the cache too: %q: got %+v, %v", c.fragment, s, err)
		}
	}
	if _, err = open(t, &Opener{}, server.URL+"/x/c/archive#subdirectory=py/none"); err == nil || !strings.Contains(err.Error(), `no directory "py/none"`) {
		t.Errorf("no such directory: got %v", err)
	}
	if _, err = open(t, &Opener{}, server.URL+"/x/c/archive#sha256="+strings.Repeat("0", 64)); err == nil || !strings.Contains(err.Error(), hash(archive)) {
		t.Errorf("another hash: got %v", err)
	}
	if _, err = open(t, &Opener{}, server.URL+"/no/b-1.zip"); err == nil {
		t.Error("a file that is not there was opened")
	}
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write([]byte(text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSet(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a/pyproject.toml"), pyproject("a", "1", "b @ ../b", "click"))
	write(t, filepath.Join(dir, "b/pyproject.toml"), pyproject("b", "2"))
	write(t, filepath.Join(dir, "other/pyproject.toml"), pyproject("b", "3"))
	set := NewSet(&Opener{})
	view := set.At(&pep508.Environment{})
	add := func(name, path string) error {
		r, err := reference.Parse(path, dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = set.Add(context.Background(), name, r); err != nil {
			return err
		}
		return view.Take(pep508.Requirement{Name: name}, r, "requirements.txt:1")
	}
	if err := add("", "./a"); err != nil {
		t.Fatal(err)
	}
	if p, err := view.Over(nil).Project("b"); err != nil || p.Versions()[0] != "2" {
		t.Errorf("what a needs: got %v, %v", p, err)
	}
	if err := add("b", "./b"); err != nil {
		t.Errorf("the same again: %v", err)
	}
	if err := add("b", "./other"); err == nil || !strings.Contains(err.Error(), "b is to come from") {
		t.Errorf("another b: got %v", err)
	}
	if err := view.TakeFrom(pep508.Requirement{Name: "B"}, []sdist.Place{{Index: &sdist.Index{Name: "own"}}}); err == nil || !strings.Contains(err.Error(), `b is to come from`) {
		t.Errorf("an index for b: got %v", err)
	}
	if err := add("c", "./a"); err == nil || !strings.Contains(err.Error(), `is "a", and not "c"`) {
		t.Errorf("another name: got %v", err)
	}
	if err := add("", "./none-1.whl"); err == nil || !strings.Contains(err.Error(), "there is no file") {
		t.Errorf("no file: got %v", err)
	}
	if err := add("", "./none"); err == nil || !strings.Contains(err.Error(), "there is no directory") {
		t.Errorf("no directory: got %v", err)
	}
}

// Of a repository nobody knows what else is in it: what a tool takes from there comes from elsewhere.
func TestRepositoryOfWorkspace(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "--quiet", "--initial-branch=main")
	write(t, filepath.Join(dir, "pyproject.toml"), pyproject("a", "1", "b", "c", "d")+`
[tool.uv.sources]
b = { workspace = true }
c = { path = "c" }
d = { index = "own" }
[[tool.uv.index]]
name = "own"
url = "https://index.example/own"
`)
	git(t, dir, "add", ".")
	git(t, dir, "commit", "--quiet", "-m", "one")
	set := NewSet(&Opener{Cache: t.TempDir()})
	r, err := reference.Parse("git+file://"+dir, ".")
	if err != nil {
		t.Fatal(err)
	}
	src, err := set.Add(context.Background(), "a", r)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(src.metadata.RequiresDist, " "); got != "b c d" || len(set.sources[0].needs) != 1 {
		t.Errorf("it needs %s, and %d from places of their own", got, len(set.sources[0].needs))
	}
}

// What is taken from where depends on the target, and on what a project that is taken says of what it needs.
func TestView(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a/pyproject.toml"), pyproject("a", "1", "b", "c", "d")+`
optional-dependencies.x = ["e"]
[tool.uv.sources]
b = { path = "../b", marker = "os_name == 'nt'" }
c = [{ index = "one", marker = "os_name == 'nt'" }, { index = "two", marker = "os_name != 'nt'" }]
e = { index = "one" }
[[tool.uv.index]]
name = "one"
url = "https://index.example/one"
[[tool.uv.index]]
name = "two"
url = "https://index.example/two"
`)
	write(t, filepath.Join(dir, "b/pyproject.toml"), pyproject("b", "2"))
	set := NewSet(&Opener{})
	r, err := reference.Parse("./a", dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.Add(context.Background(), "a", r); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, c := range []struct{ os, marker, want string }{
		{"nt", "", "a b c=one e=one"},
		{"posix", "", "a c=two e=one"},
		{"posix", "os_name == 'posix'", "a c=two e=one"},
		{"posix", "os_name == 'nt'", ""},
	} {
		view := set.At(&pep508.Environment{OSName: c.os})
		req := pep508.Requirement{Name: "a"}
		if c.marker != "" {
			req.Marker, _ = pep508.ParseMarker(c.marker)
		}
		if err := view.Take(req, r, "here"); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, name := range []string{"a", "b"} {
			if view.Has(name, "") {
				got = append(got, name)
			}
		}
		for name, ix := range view.Indexes {
			got = append(got, name+"="+ix.Name)
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("on %s where %s: got %s, want %s", c.os, c.marker, text, c.want)
		}
		keys[view.Key()] = true
	}
	if len(keys) != 3 {
		t.Errorf("four views, of which two are the same, have %d keys", len(keys))
	}
}
