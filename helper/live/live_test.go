package live

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/index"
	"mach/helper/release"
	"mach/tests/universe"
)

// serve serves a world, and gives a client of it as an index.
func serve(t testing.TB, world string, words ...string) (*universe.Server, *index.Client) {
	t.Helper()
	s, url := start(t, world, words...)
	ix, err := index.New(url+"/simple/", "test")
	if err != nil {
		t.Fatal(err)
	}
	return s, transport(t, index.Options{}).Client(ix)
}

func start(t testing.TB, world string, words ...string) (*universe.Server, string) {
	t.Helper()
	s, err := universe.NewServer(world, words...)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

// transport is one that nothing of the user's reaches.
func transport(t testing.TB, o index.Options) *index.Transport {
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "PIP_PROXY", "PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		t.Setenv(name, "")
	}
	t.Setenv("PIP_CONFIG_FILE", os.DevNull)
	t.Setenv("PIP_RETRIES", "0")
	return index.NewTransport(o)
}

func open(t testing.TB, o Options) *Database {
	t.Helper()
	o.Context = t.Context()
	db, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func project(t testing.TB, db *Database, name string) release.Project {
	t.Helper()
	p, err := db.Project(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// show is the releases of a project, a line each.
func show(t *testing.T, db *Database, name string) string {
	t.Helper()
	p, err := db.Project(name)
	if errors.Is(err, release.ErrNotFound) {
		return "no such project\n"
	}
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, version := range p.Versions() {
		r, err := p.Release(i)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(&b, version, " ", r.Uploaded)
		for _, w := range r.Wheels {
			fmt.Fprint(&b, " ", w.Python+"-"+w.ABI+"-"+w.Platform)
		}
		if r.Sdist {
			fmt.Fprint(&b, " sdist")
		}
		if r.RequiresPython != "" {
			fmt.Fprint(&b, " python", r.RequiresPython)
		}
		if r.Yanked {
			fmt.Fprintf(&b, " yanked (%s)", r.YankedReason)
		}
		fmt.Fprintln(&b)
	}
	return b.String()
}

// lines is a text without the tabs that a raw string in Go code begins with.
func lines(text string) string {
	return strings.TrimPrefix(strings.ReplaceAll(strings.TrimRight(text, "\t"), "\t", ""), "\n")
}

// What is left of the files of a release, and what that makes the release.
func TestReleases(t *testing.T) {
	const world = `
app 4 wheel day=2024-04-01 python>=3.9
app 4 sdist day=2024-04-05 python>=3.9
app 3 wheel=cp312-cp312-win32 day=2024-03-01 python>=3.9
app 3 wheel=cp39-cp39-win32 day=2024-03-01 python<3.10
app 2 wheel yanked day=2024-02-01
app 2 sdist day=2024-02-01
app 1 wheel sdist yanked day=2024-01-01
app 1 wheel=cp312-cp312-win32 yanked day=2024-01-31T12:00:00.5Z
`
	for _, test := range []struct{ why, newer, want, words string }{
		{
			why: "as it is", want: `
				4 2024-04-01 py3-none-any sdist python>=3.9
				3 2024-03-01 cp312-cp312-win32 cp39-cp39-win32
				2 2024-02-01 sdist
				1 2024-01-01 py3-none-any cp312-cp312-win32 sdist yanked (broken)
				`,
		},
		{
			why: "a day counts whole; of a release the files that came later are left out, unless all did", newer: "2024-04-04", want: `
				4 2024-04-01 py3-none-any python>=3.9
				3 2024-03-01 cp312-cp312-win32 cp39-cp39-win32
				2 2024-02-01 sdist
				1 2024-01-01 py3-none-any cp312-cp312-win32 sdist yanked (broken)
				`,
		},
		{
			why: "a time counts to the second", newer: "2024-01-31T11:59:59Z", want: `
				4 2024-04-01T12:00:00Z py3-none-any sdist python>=3.9
				3 2024-03-01T12:00:00Z cp312-cp312-win32 cp39-cp39-win32
				2 2024-02-01T12:00:00Z sdist
				1 2024-01-01T12:00:00Z py3-none-any sdist yanked (broken)
				`,
		},
		{
			why: "nobody knows when the files of this index came", newer: "2024-04-04", words: "html", want: `
				4 9999-12-31 py3-none-any sdist python>=3.9
				3 9999-12-31 cp312-cp312-win32 cp39-cp39-win32
				2 9999-12-31 sdist
				1 9999-12-31 py3-none-any cp312-cp312-win32 sdist yanked (broken)
				warning: nothing says when files of app were uploaded, so that they count as newer than 2024-04-04
				`,
		},
		{
			why: "nor does it matter", words: "html", want: `
				4  py3-none-any sdist python>=3.9
				3  cp312-cp312-win32 cp39-cp39-win32
				2  sdist
				1  py3-none-any cp312-cp312-win32 sdist yanked (broken)
				`,
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			_, c := serve(t, world, strings.Fields(test.words)...)
			db := open(t, Options{Indexes: []*index.Client{c}, ExcludeNewer: test.newer})
			got := show(t, db, "app")
			for _, w := range db.Warnings(nil) {
				got += "warning: " + w + "\n"
			}
			if diff := cmp.Diff(lines(test.want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Which index a project comes from, and which is asked for it at all.
func TestIndexes(t *testing.T) {
	private, inside := serve(t, `
internal 1.0 wheel
both 1.0 wheel day=2024-01-01
`)
	public, outside := serve(t, `
internal 9.0 wheel
both 1.0.0 wheel sdist day=2024-06-01
both 2.0 wheel
flask 3.0 wheel
`)
	links := t.TempDir()
	if err := universe.WriteFiles("both 1.0 wheel sdist\nboth 1.5 sdist\nlocal 1.0 wheel\n", links); err != nil {
		t.Fatal(err)
	}
	place, err := transport(t, index.Options{}).FindLinks(index.Given{Value: links})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		why     string
		options Options
		want    string
	}{
		{
			"the first index that has a project is the only one", Options{Indexes: []*index.Client{inside, outside}},
			"internal: 1.0 2025-01-01 py3-none-any\nboth: 1.0 2024-01-01 py3-none-any\nflask: 3.0 2025-01-01 py3-none-any\nlocal: no such project\n",
		},
		{
			"the best release of any index", Options{Indexes: []*index.Client{inside, outside}, BestMatch: true},
			"internal: 9.0 2025-01-01 py3-none-any\n1.0 2025-01-01 py3-none-any\n" +
				"both: 2.0 2025-01-01 py3-none-any\n1.0 2024-01-01 py3-none-any sdist\nflask: 3.0 2025-01-01 py3-none-any\nlocal: no such project\n",
		},
		{
			"find-links are added to it, and come first", Options{Indexes: []*index.Client{inside, outside}, FindLinks: []*index.Client{place}, ExcludeNewer: "2024-03-01"},
			"internal: 1.0 2025-01-01 py3-none-any\nboth: 1.5  sdist\n1.0  py3-none-any sdist\nflask: 3.0 2025-01-01 py3-none-any\nlocal: 1.0  py3-none-any\n",
		},
		{
			"find-links alone", Options{FindLinks: []*index.Client{place}},
			"internal: no such project\nboth: 1.5  sdist\n1.0  py3-none-any sdist\nflask: no such project\nlocal: 1.0  py3-none-any\n",
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			db := open(t, test.options)
			var got string
			for _, name := range []string{"internal", "both", "flask", "local"} {
				got += name + ": " + show(t, db, name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if !test.options.BestMatch && public.Asked("/simple/internal/") > 0 {
				t.Error("the public index was asked for an internal project")
			}
			if private.Asked("/simple/flask/") == 0 && len(test.options.Indexes) > 0 {
				t.Error("the private index was not asked for flask")
			}
		})
		if test.options.BestMatch {
			public, _ = serve(t, "flask 3.0 wheel\n") // which was not asked for anything yet
		}
	}
}

// A project that is pinned to an index comes from there and is asked for nowhere else; patterns of names do the same.
func TestPinned(t *testing.T) {
	own, inside := serve(t, "a 1 wheel\nb-one 1 wheel\nc 1 wheel\n")
	more, beside := serve(t, "a 2 wheel\nb-one 2 wheel\nc 2 wheel\nd 2 wheel\n")
	public, outside := serve(t, "a 9 wheel\nb-one 9 wheel\nc 9 wheel\n")
	patterned, err := index.Named(index.Given{Value: beside.String(), Include: []string{"b-*"}, Exclude: []string{"c", "d"}})
	if err != nil {
		t.Fatal(err)
	}
	db := open(t, Options{Indexes: []*index.Client{transport(t, index.Options{}).Client(patterned), outside}, BestMatch: true})
	pinned := db.Pinned(map[string]*index.Client{"a": inside, "d": inside})
	for _, test := range []struct {
		db         release.Database
		name, want string
	}{
		{pinned, "a", "1"}, {pinned, "d", "none"}, {pinned, "b-one", "2"}, {pinned, "c", "9"},
		{db, "a", "9 2"}, {db, "d", "none"},
	} {
		got := "none"
		if p, err := test.db.Project(test.name); err == nil {
			got = strings.Join(p.Versions(), " ")
		}
		if got != test.want {
			t.Errorf("%s has %s, want %s", test.name, got, test.want)
		}
	}
	if public.Asked("/simple/b-one/")+more.Asked("/simple/c/")+own.Asked("/simple/c/") > 0 {
		t.Error("an index was asked for what does not come from there")
	}
	if pinned.Asked("a") != inside.String() || pinned.Asked("b-one") != beside.String() || db.Asked("c") != outside.String() {
		t.Errorf("asked are %s, %s and %s", pinned.Asked("a"), pinned.Asked("b-one"), db.Asked("c"))
	}
}

// What files need, where it is found, and what is no good.
func TestMetadata(t *testing.T) {
	const world = `
static 1 sdist build=flit-core>=3
    a
pyproject 1 sdist=pyproject build=flit-core>=3
    a
sibling 1 sdist=dynamic build=flit-core>=3
sibling 1 wheel=cp39-cp39-win32
    a
egg 1 sdist=egg build=flit-core>=3 extra=fast python>=3.8
    a
    b>=2; extra == "fast"
    c; sys_platform == "win32"
dynamic 1 sdist=dynamic
zipped 1 sdist=zip build=flit-core>=3
    a
several 1 wheel=cp39-cp39-win32
    a
several 1 wheel=cp312-cp312-win32 python>=3.12
    b
other 1 sdist
alien 1 wheel sdist other
broken 1 wheel sdist broken
halves 1 wheel broken
halves 1 sdist
    a
differs 1 sdist build=flit-core>=3
    a
differs 1 wheel
    b
`
	const build, none = " build: flit-core>=3 (setuptools.build_meta)", " build:  ()"
	want := map[string]string{
		"static":    "sdist: a" + build,
		"pyproject": "sdist: a" + build,
		"sibling":   "cp39: a; sdist: a" + build,
		"egg":       `sdist: a, b>=2 ; extra == 'fast', c ; (sys_platform == "win32") [fast] python>=3.8 (doubt)` + build,
		"dynamic":   "sdist: has an sdist that does not say what it needs: only a build would tell, and mach does not build here" + none,
		"zipped":    "sdist: a" + build,
		"several":   "cp39: a; cp312: b python>=3.12",
		"alien":     `py3: has metadata that cannot be read: alien-1-py3-none-any.whl: its metadata is that of "other" "1"; sdist: has metadata that cannot be read: alien-1.tar.gz: its metadata is that of "other" "1"`,
		"differs":   "py3: b; sdist: b" + build,
		"halves":    "py3: has metadata that cannot be read: halves-1-py3-none-any.whl: not a zip file: it has no end of a directory; sdist: a" + none,
	}
	for _, words := range []string{"", "html", "plain", "bare", "no-ranges plain"} {
		t.Run("an index that is "+words, func(t *testing.T) {
			_, c := serve(t, world, strings.Fields(words)...)
			db := open(t, Options{Indexes: []*index.Client{c}})
			got := map[string]string{}
			for name := range want {
				got[name] = needs(t, project(t, db, name))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			const warning = "the sdist of differs 1 states other requirements than a wheel of it, which were taken"
			if diff := cmp.Diff([]string{warning}, db.Warnings(nil)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// needs is what the files of a project's newest release need.
func needs(t *testing.T, p release.Project) string {
	t.Helper()
	r, err := p.Release(0)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	add := func(name string, wheel int) {
		m, err := p.Metadata(0, wheel)
		var unusable *release.Unusable
		switch {
		case errors.As(err, &unusable):
			parts = append(parts, name+": "+unusable.Reason)
			return
		case err != nil:
			t.Fatal(err)
		}
		text := name + ": " + strings.Join(m.RequiresDist, ", ")
		if len(m.ProvidesExtra) > 0 {
			text += fmt.Sprintf(" %v", m.ProvidesExtra)
		}
		if m.RequiresPython != "" {
			text += " python" + m.RequiresPython
		}
		if m.Doubt != "" {
			text += " (doubt)"
		}
		parts = append(parts, text)
	}
	for i, w := range r.Wheels {
		add(w.Python, i)
	}
	if !r.Sdist {
		return strings.Join(parts, "; ")
	}
	add("sdist", -1)
	text := strings.Join(parts, "; ")
	if b, err := p.BuildSystem(0); err == nil {
		text += fmt.Sprintf(" build: %s (%s)", strings.Join(b.Requires, ", "), b.Backend)
	}
	return text
}

// A file has a URL or a path, and a hash, which is made where the index states none and the file is wanted.
func TestFiles(t *testing.T) {
	const world = "app 1 wheel wheel=cp312-cp312-win32 sdist\n"
	links := t.TempDir()
	if err := universe.WriteFiles(world, links); err != nil {
		t.Fatal(err)
	}
	_, stated := serve(t, world)
	s, bare := serve(t, world, "bare")
	place, err := transport(t, index.Options{}).FindLinks(index.Given{Value: links})
	if err != nil {
		t.Fatal(err)
	}
	files := func(o Options, ask bool) []release.File {
		p := project(t, open(t, o), "app")
		if ask {
			if _, err := p.Metadata(0, 0); err != nil {
				t.Fatal(err)
			}
		}
		files, err := p.Files(0)
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	want := files(Options{Indexes: []*index.Client{stated}}, false)
	if len(want) != 3 || want[2].Name != "app-1.tar.gz" || len(want[2].SHA256) != 64 || want[2].Size == 0 ||
		want[2].Location != "packages/app-1.tar.gz" || !strings.HasSuffix(want[2].URL, "/packages/app-1.tar.gz") {
		t.Errorf("got %+v", want)
	}
	got := files(Options{Indexes: []*index.Client{bare}}, true)
	if got[0].SHA256 != want[0].SHA256 || got[1].SHA256 != "" || got[2].SHA256 != "" {
		t.Errorf("got %+v", got)
	}
	if s.Asked("/packages/app-1.tar.gz") > 0 {
		t.Error("a file that nobody wants was read for its hash")
	}
	got = files(Options{FindLinks: []*index.Client{place}}, true)
	i := slices.IndexFunc(got, func(f release.File) bool { return f.SHA256 != "" })
	if i != 0 || !slices.ContainsFunc(want, func(f release.File) bool { return f.Name == got[0].Name && f.SHA256 == got[0].SHA256 }) ||
		got[0].Path != links+"/"+got[0].Name || got[0].URL != "" {
		t.Errorf("got %+v", got)
	}
}

// Statuses of PEP 792.
func TestStatus(t *testing.T) {
	const world = `
old 1 wheel
old status=archived use new
bad 1 wheel
bad status=quarantined malware
fine 1 wheel
fine status=active
`
	for _, word := range []string{"plain", "html"} {
		_, c := serve(t, world, word)
		db := open(t, Options{Indexes: []*index.Client{c}})
		want := map[string]string{
			"old": "py3: ", "fine": "py3: ", "bad": "py3: is held in quarantine by the index: malware",
		}
		for name := range want {
			if got := needs(t, project(t, db, name)); got != want[name] {
				t.Errorf("%s: got %q, want %q", name, got, want[name])
			}
		}
		warnings := []string{"bad is held in quarantine by the index: malware", "old is archived: use new"}
		if diff := cmp.Diff(warnings, db.Warnings([]string{"fine", "old", "other"})); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

// Whoever asks, and however many at once, of the index nothing is asked twice.
func TestOnce(t *testing.T) {
	var world strings.Builder
	for i := range 20 {
		fmt.Fprintf(&world, "p%d 1 wheel sdist=dynamic\n    p%d\np%d 2 sdist=egg\n", i, i+1, i)
	}
	s, c := serve(t, world.String())
	db := open(t, Options{Indexes: []*index.Client{c}})
	var wg sync.WaitGroup
	for n := range 200 {
		wg.Go(func() {
			p, err := db.Project(fmt.Sprintf("p%d", n%20))
			if err != nil {
				t.Error(err)
				return
			}
			for i := range p.Versions() {
				r, err := p.Release(i)
				if err != nil {
					t.Error(err)
				}
				for _, wheel := range []int{0, -1} {
					if wheel < len(r.Wheels) {
						_, err = p.Metadata(i, wheel)
					}
					if _, err2 := p.BuildSystem(i); err != nil || err2 != nil {
						t.Error(err, err2)
					}
				}
				if _, err := p.Files(i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	requests := s.Requests()
	slices.Sort(requests)
	if once := slices.Compact(slices.Clone(requests)); len(once) != len(requests) || len(once) != 20*4 {
		t.Errorf("%d requests of which %d are different", len(requests), len(once))
	}
}

// What is the index's fault is an error, and no missing project and no unusable file.
func TestFaults(t *testing.T) {
	for word, want := range map[string]string{
		"status=500": "500 Internal Server Error", "status=403": "403 Forbidden", "user=me:secret": "401 Unauthorized", "portal": "not a page of an index",
	} {
		_, c := serve(t, "app 1 wheel\n", word)
		db := open(t, Options{Indexes: []*index.Client{c}})
		_, err := db.Project("app")
		var unusable *release.Unusable
		if err == nil || errors.Is(err, release.ErrNotFound) || errors.As(err, &unusable) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", word, err)
		}
	}
}

// Names that may have been meant.
func TestNear(t *testing.T) {
	_, c := serve(t, "flask 1 wheel\n")
	db := open(t, Options{Indexes: []*index.Client{c}, Names: slices.Values([]string{"flask", "django", "falsy"})})
	got, err := db.Near("falsk", 3)
	if diff := cmp.Diff([]string{"falsy", "flask"}, got); diff != "" || err != nil {
		t.Errorf("-want +got:\n%s%v", diff, err)
	}
}
