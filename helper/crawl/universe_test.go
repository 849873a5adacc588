package crawl

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"mach/helper/index"
)

// universe is an index in a small text form, a release a line:
//
//	NAME VERSION DATE FILES REQUIRES-PYTHON | REQUIREMENT | REQUIREMENT …
//
// FILES are wheel tags and sdists, joined by commas; -yanked behind one marks it, -broken makes it no archive, -other
// that of another project. REQUIRES-PYTHON may be "-". The
// kinds of sdist: "sdist" says nothing, "sdist22" has a static PKG-INFO, "sdistpy" a [project] table, "sdistegg" what
// setuptools recorded;
// all but the first have a [build-system] that requires "builder>=1". "sdisthook" is one of setuptools whose setup.py
// asks for that, and "sdistown" one whose own backend may ask for anything.
type universe struct {
	t        *testing.T
	releases []fakeRelease
	html     bool
	faulty   bool // every fifth answer is 500
	silent   bool // the index has neither serials nor ETags
	serials  map[string]int64
	down     string // paths that have this in them are answered 500
	onAsk    func(n int, r *http.Request)
	mu       sync.Mutex
	asked    map[string]int
	n        int
	first    *index.Client
}

type fakeRelease struct {
	name, version, date, python string
	files, needs                []string
}

func newUniverse(t *testing.T, text string) *universe {
	t.Helper()
	u := &universe{t: t, asked: map[string]int{}}
	for line := range strings.Lines(text) {
		parts := strings.Split(strings.TrimSpace(line), " | ")
		head := strings.Fields(parts[0])
		if len(head) == 0 {
			continue
		}
		if len(head) != 5 {
			t.Fatalf("universe: %q", line)
		}
		u.releases = append(u.releases, fakeRelease{
			name: head[0], version: head[1], date: head[2], files: strings.Split(head[3], ","), python: head[4], needs: parts[1:],
		})
	}
	return u
}

// client serves the universe and gives a client of it.
func (u *universe) client(o index.Options) *index.Client {
	u.t.Helper()
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "PIP_PROXY", "PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		u.t.Setenv(name, "")
	}
	u.t.Setenv("PIP_CONFIG_FILE", "/dev/null")
	server := httptest.NewServer(u)
	u.t.Cleanup(server.Close)
	ix, err := index.New(server.URL+"/simple", "test")
	if err != nil {
		u.t.Fatal(err)
	}
	return index.NewTransport(o).Client(ix)
}

// ServeHTTP answers as an index and its file host do.
func (u *universe) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	u.n++
	fail := u.faulty && u.n%5 == 0 || u.down != "" && strings.Contains(r.URL.Path, u.down)
	n := u.n
	if !fail {
		u.asked[r.URL.Path]++
	}
	u.mu.Unlock()
	if u.onAsk != nil {
		u.onAsk(n, r)
	}
	if fail {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, "/simple/"); ok {
		if name == "" {
			u.list(w)
		} else {
			u.page(w, r, strings.TrimSuffix(name, "/"))
		}
		return
	}
	for _, one := range u.releases {
		for _, kind := range one.files {
			if strings.HasSuffix(r.URL.Path, "/"+one.filename(kind)) {
				http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(one.content(u.t, kind)))
				return
			}
		}
	}
	w.WriteHeader(http.StatusNotFound)
}

// names are all projects, and one that has a page no more.
func (u *universe) names() []string {
	names := []string{"Gone"}
	for _, r := range u.releases {
		names = append(names, r.name)
	}
	return names
}

func (u *universe) serial(name string) int64 {
	if s := u.serials[name]; s != 0 {
		return s
	}
	return 7
}

func (u *universe) list(w http.ResponseWriter) {
	if u.html {
		w.Header().Set("Content-Type", "text/html")
		for _, name := range u.names() {
			fmt.Fprintf(w, "<a href='/simple/%s/'>%s</a>", name, name)
		}
		return
	}
	var projects []map[string]any
	for _, name := range u.names() {
		one := map[string]any{"name": name}
		if !u.silent {
			one["_last-serial"] = u.serial(name)
		}
		projects = append(projects, one)
	}
	w.Header().Set("Content-Type", "application/vnd.pypi.simple.v1+json")
	_ = json.NewEncoder(w).Encode(map[string]any{"meta": map[string]any{"api-version": "1.1", "_last-serial": 99}, "projects": projects})
}

// tagged says whether the page need not be sent, having tagged it.
func (u *universe) tagged(w http.ResponseWriter, r *http.Request, page any) bool {
	if u.silent {
		return false
	}
	sum := sha256.Sum256(fmt.Append(nil, page))
	tag := fmt.Sprintf(`"%x"`, sum[:8])
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	return false
}

func (u *universe) page(w http.ResponseWriter, r *http.Request, name string) {
	var files []map[string]any
	var links strings.Builder
	for _, r := range u.releases {
		if r.name != name {
			continue
		}
		for _, kind := range r.files {
			file, yanked := r.filename(kind), strings.HasSuffix(kind, "-yanked")
			content := sha256.Sum256(r.content(u.t, kind))
			hash := hex.EncodeToString(content[:])
			entry := map[string]any{
				"filename": file, "url": "/packages/" + file, "hashes": map[string]string{"sha256": hash},
				"upload-time": r.date + "T00:00:00Z", "yanked": yanked,
			}
			fmt.Fprintf(&links, "<a href='/packages/%s#sha256=%s'", file, hash)
			if r.python != "-" {
				entry["requires-python"] = r.python
				fmt.Fprintf(&links, " data-requires-python='%s'", html.EscapeString(r.python))
			}
			fmt.Fprintf(&links, ">%s</a>", file)
			files = append(files, entry)
		}
	}
	switch {
	case files == nil:
		w.WriteHeader(http.StatusNotFound)
	case u.tagged(w, r, files):
	case u.html:
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, links.String())
	default:
		w.Header().Set("Content-Type", "application/vnd.pypi.simple.v1+json")
		meta := map[string]any{"api-version": "1.1"}
		if !u.silent {
			meta["_last-serial"] = u.serial(name)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"meta": meta, "name": name, "files": files})
	}
}

func (r fakeRelease) filename(kind string) string {
	for _, mark := range []string{"-yanked", "-broken", "-other"} {
		kind = strings.TrimSuffix(kind, mark)
	}
	stem := strings.ReplaceAll(r.name, "-", "_") + "-" + r.version
	if strings.HasPrefix(kind, "sdist") {
		return stem + ".tar.gz"
	}
	return stem + "-" + kind + ".whl"
}

func (r fakeRelease) content(t *testing.T, kind string) []byte {
	kind = strings.TrimSuffix(kind, "-yanked")
	stem := strings.ReplaceAll(r.name, "-", "_") + "-" + r.version
	if strings.HasSuffix(kind, "-broken") {
		return []byte("no archive")
	}
	if strings.HasSuffix(kind, "-other") {
		r.name = "other"
	}
	switch kind {
	case "sdist":
		return tarOf(t, stem+"/PKG-INFO", r.metadata("2.1", false))
	case "sdist22":
		return tarOf(t, stem+"/PKG-INFO", r.metadata("2.4", true), stem+"/pyproject.toml", buildSystem)
	case "sdisthook":
		return tarOf(t, stem+"/PKG-INFO", r.metadata("2.4", true), stem+"/pyproject.toml", "[build-system]\nrequires = [\"setuptools\"]\nbuild-backend = \"setuptools.build_meta\"\n",
			stem+"/setup.py", "from setuptools import setup\nsetup(setup_requires=[\"builder>=1\"])\n")
	case "sdistown":
		return tarOf(t, stem+"/PKG-INFO", r.metadata("2.4", true), stem+"/pyproject.toml", buildSystem+"backend-path = [\"builder\"]\n")
	case "sdistegg":
		return tarOf(t, stem+"/PKG-INFO", r.metadata("2.1", false), stem+"/pyproject.toml", buildSystem, stem+"/src/x.egg-info/requires.txt", strings.Join(r.needs, "\n"))
	case "sdistpy":
		return tarOf(t, stem+"/PKG-INFO", r.metadata("2.1", false), stem+"/pyproject.toml", buildSystem+r.projectTable())
	}
	return zipOf(t, stem+".dist-info/METADATA", r.metadata("2.1", true))
}

const buildSystem = "[build-system]\nrequires = [\"builder>=1\"]\nbuild-backend = \"builder.api\"\n"

func (r fakeRelease) metadata(version string, needs bool) string {
	text := fmt.Sprintf("Metadata-Version: %s\nName: %s\nVersion: %s\n", version, r.name, r.version)
	for _, need := range r.needs {
		if needs {
			text += "Requires-Dist: " + need + "\n"
		}
	}
	return text + "\nDescription\n"
}

func (r fakeRelease) projectTable() string {
	return fmt.Sprintf("[project]\nname = %q\nversion = %q\ndependencies = [%q]\noptional-dependencies.more = [%q]\n",
		r.name, r.version, r.needs[0], "extra-need; python_version>'3'")
}

func zipOf(t *testing.T, nameAndText ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(nameAndText); i += 2 {
		w, err := z.Create(nameAndText[i])
		if err == nil {
			_, err = w.Write([]byte(nameAndText[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarOf(t *testing.T, nameAndText ...string) []byte {
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	for i := 0; i < len(nameAndText); i += 2 {
		text := nameAndText[i+1]
		err := w.WriteHeader(&tar.Header{Name: nameAndText[i], Mode: 0o644, Size: int64(len(text))})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
