package index

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// makeTar makes a packed tar file of names, each followed by the content. A file that ends in .bin has 4 MB of noise,
// and a link is one.
func makeTar(t *testing.T, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	for i := 0; i < len(members); i += 2 {
		h := tar.Header{Name: members[i], Mode: 0o644}
		content := []byte(members[i+1])
		switch {
		case strings.HasSuffix(h.Name, ".bin"):
			content = noise(4 << 20)
		case strings.HasPrefix(members[i+1], "-> "):
			h.Typeflag, h.Linkname, content = tar.TypeSymlink, members[i+1][3:], nil
		}
		h.Size = int64(len(content))
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a tar file whose one member is all zeros, packed.
func bomb(t *testing.T, name string, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: size}); err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(w, zeros{}, size); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// says is what is known of an sdist: its files, and what is not there for certain.
func says(s *Sdist) string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		content := s.files[name]
		if name == "PKG-INFO" {
			content = strings.Fields(content)[1]
		}
		words = append(words, strings.TrimSpace(name+" "+content))
	}
	for _, dir := range slices.Sorted(maps.Keys(s.dirs)) {
		words = append(words, dir+"/")
	}
	for _, name := range []string{"setup.cfg", "requirements.txt"} {
		if _, err := fs.Stat(s, name); errors.Is(err, fs.ErrNotExist) {
			words = append(words, "no "+name)
		}
	}
	return strings.Join(words, "; ")
}

func TestSdist(t *testing.T) {
	const info, static = "Metadata-Version: 2.1\nName: a\nVersion: 1\n", "Metadata-Version: 2.2\nName: a\nVersion: 1\nRequires-Dist: b\n"
	const project = "[project]\ndependencies = []\n"
	setuptools := []string{
		"a-1/PKG-INFO", info, "a-1/a.egg-info/PKG-INFO", info, "a-1/a.egg-info/requires.txt", "b\n", "a-1/pyproject.toml", "", "a-1/setup.py", "",
	}
	const large = "a-1/large.bin"
	for _, test := range []struct {
		why, name string
		content   []byte
		all       bool // has to be read
		want      string
		err       string
	}{
		{
			why: "static PKG-INFO: no more is read than needed", name: "a-1.tar.gz",
			content: makeTar(t, "a-1/x/pyproject.toml", "no", "a-1/PKG-INFO", static, "./a-1/pyproject.toml", "", large, "", "a-1/setup.py", ""),
			want:    "PKG-INFO 2.2; pyproject.toml; x/pyproject.toml no",
		},
		{
			why: "static pyproject.toml: the same", name: "a-1.tgz",
			content: makeTar(t, "a-1/PKG-INFO", info, "a-1/pyproject.toml", project, large, "", "a-1/setup.py", ""),
			want:    "PKG-INFO 2.1; pyproject.toml " + strings.TrimSpace(project),
		},
		{
			why: "what comes in an order is known not to come", name: "a-1.tar.gz",
			content: makeTar(t, "a-1/PKG-INFO", static, "a-1/a/__init__.py", "", "a-1/setup.py", "setup()", "a-1/src/large.bin", ""),
			want:    "PKG-INFO 2.2; a/__init__.py; setup.py setup(); no setup.cfg",
		},
		{
			why: "setup.py is waited for", name: "a-1.tar.gz",
			content: makeTar(t, "a-1/PKG-INFO", static, "a-1/pyproject.toml", "", "a-1/setup.py", "setup()", "a-1/src/large.bin", ""),
			want:    "PKG-INFO 2.2; pyproject.toml; setup.py setup(); no setup.cfg",
		},
		{
			why: "what files may name is kept", name: "a-1.tar.gz", all: true,
			content: makeTar(t, append(setuptools, "a-1/requirements.txt", "b", "a-1/src/a/_version.py", "v", "a-1/src/a/main.py", "no", "a-1/long.txt", strings.Repeat("x", 65<<10))...),
			want:    "PKG-INFO 2.1; a.egg-info/requires.txt b; pyproject.toml; requirements.txt b; setup.py; src/a/_version.py v; a.egg-info/; no setup.cfg",
		},
		{
			why: "of what is too long only that is not known", name: "a-1.tar.gz", all: true,
			content: makeTar(t, append(setuptools, "a-1/requirements-dev.txt", strings.Repeat("x", 65<<10), "a-1/requirements.txt", "b", "a-1/tools/build.py", "t")...),
			want:    "PKG-INFO 2.1; a.egg-info/requires.txt b; pyproject.toml; requirements.txt b; setup.py; tools/build.py t; a.egg-info/; no setup.cfg",
		},
		{
			why: "what setuptools recorded", name: "a-1.tar.gz", content: makeTar(t, setuptools...), all: true,
			want: "PKG-INFO 2.1; a.egg-info/requires.txt b; pyproject.toml; setup.py; a.egg-info/; no setup.cfg; no requirements.txt",
		},
		{
			why: "in src, and it comes last", name: "a-1.tar.gz", all: true,
			content: makeTar(t, "a-1/PKG-INFO", info, large, "", "a-1/setup.cfg", "", "a-1/setup.py", "", "a-1/src/a.egg-info/requires.txt", "b"),
			want:    "PKG-INFO 2.1; setup.cfg; setup.py; src/a.egg-info/requires.txt b; src/a.egg-info/; no requirements.txt",
		},
		{
			why: "the crates of a build with Rust, wherever they are", name: "a-1.tar.gz", all: true,
			content: makeTar(t, "a-1/PKG-INFO", static, "a-1/pyproject.toml", "[build-system]\nrequires=['setuptools_rust']", "a-1/setup.py", "", "a-1/src/r/u/Cargo.lock", "l"),
			want:    "PKG-INFO 2.2; pyproject.toml [build-system]\nrequires=['setuptools_rust']; setup.py; src/r/u/Cargo.lock l; no setup.cfg; no requirements.txt",
		},
		{
			why: "the crates of the manifest that maturin is to build", name: "a-1.tar.gz", all: true,
			content: makeTar(t, "a-1/Cargo.lock", "", "a-1/PKG-INFO", static, "a-1/pyproject.toml", "[build-system]\nbuild-backend='maturin'\n[tool.maturin]\nmanifest-path='r/Cargo.toml'", "a-1/r/Cargo.lock", "l"),
			want:    "Cargo.lock; PKG-INFO 2.2; pyproject.toml [build-system]\nbuild-backend='maturin'\n[tool.maturin]\nmanifest-path='r/Cargo.toml'; r/Cargo.lock l; no setup.cfg; no requirements.txt",
		},
		{
			why: "crates at the top are enough", name: "a-1.tar.gz",
			content: makeTar(t, "a-1/Cargo.lock", "l", "a-1/PKG-INFO", static, "a-1/pyproject.toml", "[build-system]\nbuild-backend='maturin'", large, ""),
			want:    "Cargo.lock l; PKG-INFO 2.2; pyproject.toml [build-system]\nbuild-backend='maturin'",
		},
		{
			why: "dynamic dependencies", name: "a-1.tar.gz", all: true,
			content: makeTar(t, "a-1/PKG-INFO", strings.Replace(static, "\nName", "\nDynamic: Requires-Dist\nName", 1), "a-1/pyproject.toml", "", "a-1/setup.py", ""),
			want:    "PKG-INFO 2.2; pyproject.toml; setup.py; no setup.cfg; no requirements.txt",
		},
		{
			why: "the description is left out", name: "a-1.tar.gz", all: true,
			content: makeTar(t, "a-1/PKG-INFO", "Description: long\n        text\n"+info+"\nlonger", "a-1/setup.py", ""),
			want:    "PKG-INFO 2.1; setup.py; no setup.cfg; no requirements.txt",
		},
		{
			why: "nothing that is wanted", name: "a-1.tar.gz", all: true,
			content: makeTar(t, "PKG-INFO", info, "../PKG-INFO", info, "a-1/x/PKG-INFO", info, "a-1/pyproject.toml", "-> /etc/passwd", "a-1/t/u/v/b.egg-info/requires.txt", "c"),
			want:    "no setup.cfg; no requirements.txt",
		},
		{
			why: "zip", name: "a-1.zip", all: true, content: makeZip(t, setuptools...),
			want: "PKG-INFO 2.1; a.egg-info/requires.txt b; pyproject.toml; setup.py; a.egg-info/; no setup.cfg; no requirements.txt",
		},
		{why: "another format", name: "a-1.tar.lzma", content: []byte("\x5d\x00\x00\x80\x00" + strings.Repeat("\xff", 600)), err: "only .tar.gz, .tar.bz2, .tar.xz, .tar and .zip are"},
		{why: "no file at all", name: "a-1.tar.gz", err: "only .tar.gz, .tar.bz2, .tar.xz, .tar and .zip are"},
		{why: "no gzip file", name: "a-1.tar.gz", content: []byte("hello, this is no gzip file"), err: "only .tar.gz, .tar.bz2, .tar.xz, .tar and .zip are"},
		{why: "no tar file", name: "a-1.tar", content: []byte(strings.Repeat("hello", 1000)), err: "only .tar.gz, .tar.bz2, .tar.xz, .tar and .zip are"},
		{why: "cut off where it was made", name: "a-1.tar.gz", content: makeTar(t, setuptools...)[:100], err: "a broken sdist: unexpected EOF"},
		{why: "a PKG-INFO of 20 MB", name: "a-1.tar.gz", content: bomb(t, "a-1/PKG-INFO", 20<<20), err: "it is longer than 8 MiB: given up"},
		{why: "a zip file with one", name: "a-1.zip", content: makeZip(t, "a-1/PKG-INFO", strings.Repeat("x", 20<<20)), err: "a-1/PKG-INFO claims to be 20 MiB"},
	} {
		t.Run(test.why, func(t *testing.T) {
			ix, _ := fileServer(t, test.content, true, "")
			o := Options{Cache: t.TempDir()}
			f := rawFile{filename: test.name, url: fileURL(ix, test.name), size: int64(len(test.content))}
			for range 2 {
				c := newClient(ix, o)
				got, err := fileOf(t, c, f, true).ReadSdist(t.Context())
				if test.err != "" {
					refuses(t, err, test.name+": ")
					refuses(t, err, test.err)
					if bad := (*Broken)(nil); !errors.As(err, &bad) {
						t.Errorf("%v is of the wrong kind", err)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.want, says(got)); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
				if n := c.Stats().Bytes; !test.all && n > 64<<10 {
					t.Errorf("%d of %d bytes were read", n, len(test.content))
				}
			}
		})
	}
}

// What unpacks to far more than it is, is given up.
func TestBomb(t *testing.T) {
	s := newSdist("")
	g, err := gzip.NewReader(bytes.NewReader(bomb(t, "a-1/zeros", 16<<20)))
	if err != nil {
		t.Fatal(err)
	}
	err = s.readTar(tar.NewReader(&limited{r: g, left: 8 << 20, limit: 8 << 20}))
	refuses(t, err, "it unpacks to more than 8 MiB: given up")
}

// An sdist whose way here is cut off is asked for again.
func TestSdistCutOff(t *testing.T) {
	content := makeTar(t, "a-1/PKG-INFO", "Metadata-Version: 2.1\nName: a\nVersion: 1\n", "a-1/noise.bin", "")
	n := 0
	ix := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("Content-Length", "5000000")
		if n > 1 {
			w.Header().Del("Content-Length")
			_, _ = w.Write(content)
			return
		}
		_, _ = w.Write(content[:10000])
	})
	s, err := fileOf(t, newClient(ix, Options{}), rawFile{filename: "a-1.tar.gz", url: fileURL(ix, "a-1.tar.gz")}, true).ReadSdist(t.Context())
	if err != nil || n != 2 || says(s) != "PKG-INFO 2.1; no setup.cfg; no requirements.txt" {
		t.Errorf("got %v, %v after %d requests", s, err, n)
	}
}

// A local sdist is read where it lies, whenever it is asked for.
func TestLocalSdist(t *testing.T) {
	dir := t.TempDir()
	path := write(t, 0o644, string(makeTar(t, "a-1/a.egg-info/requires.txt", "b")), dir, "a-1.tar.gz")
	c, err := newTransport(Options{Cache: t.TempDir()}).FindLinks(Given{Value: dir, Source: "test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"b", "c"} {
		p, err := c.Project(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		s, err := p.Release(0)[0].ReadSdist(t.Context())
		if err != nil || s.files["a.egg-info/requires.txt"] != want {
			t.Errorf("got %v, %v", s, err)
		}
		if err := os.WriteFile(path, makeTar(t, "a-1/a.egg-info/requires.txt", "c"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
