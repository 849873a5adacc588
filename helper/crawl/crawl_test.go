package crawl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
	"mach/helper/index"
	"mach/helper/pep508"
)

func requirements(t *testing.T, lines ...string) (out []pep508.Requirement) {
	t.Helper()
	for _, line := range lines {
		r, err := pep508.Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func day(t *testing.T, s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// summary is what was read, a project a line: for each file with metadata its name behind the project's and where
// the metadata is from, then what could not be read.
func summary(t *testing.T, records []byte, s Stats) string {
	t.Helper()
	var b strings.Builder
	for p, err := range record.Read("records", bytes.NewReader(records)) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s:", p.Name)
		for _, f := range p.Files {
			if f.URL != "packages/"+f.Filename {
				t.Errorf("%s: its location is %q", f.Filename, f.URL)
			}
			if f.Metadata != nil {
				fmt.Fprintf(&b, " %s(%s)", strings.SplitN(f.Filename, "-", 2)[1], f.Metadata.From)
			}
		}
		fmt.Fprintln(&b)
	}
	for _, u := range s.Unreadable {
		text, _, _ := strings.Cut(u.String(), " in the index") // what follows is a URL with a port
		fmt.Fprintf(&b, "unreadable: %s\n", text)
	}
	return b.String()
}

func trim(s string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(s)) {
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	return b.String()
}

func TestCrawl(t *testing.T) {
	for _, test := range []struct {
		why, universe string
		projects      []string
		pythons       []string
		build         []string
		want          string
	}{
		{
			why: "the closure follows markers that can be true, and extras that are asked for, whenever that turns out",
			universe: `
				app 1 2024-01-01 py3-none-any - | lib[fast]>=1 ; python_full_version > "3.12.1" | win ; sys_platform == "win32" | mac ; sys_platform == "darwin"
				app2 1 2024-01-01 py3-none-any - | lib | old ; python_version < "3.9"
				lib 1 2024-01-01 py3-none-any - | speed ; extra == "fast" | slow ; extra == "slow"
				mac 1 2024-01-01 py3-none-any -
				speed 1 2024-01-01 py3-none-any - | gone
				slow 1 2024-01-01 py3-none-any -
				win 1 2024-01-01 py3-none-any -`,
			projects: []string{"app2", "app"},
			want: `
				app: 1-py3-none-any.whl(wheel)
				app2: 1-py3-none-any.whl(wheel)
				lib: 1-py3-none-any.whl(wheel)
				mac: 1-py3-none-any.whl(wheel)
				speed: 1-py3-none-any.whl(wheel)
				unreadable: project "gone": not found`,
		},
		{
			why: "the newest for each Python, the newest with a wheel, and the newest for each specifier; older ones are left",
			universe: `
				app 1 2020-01-01 py3-none-any - | lib <3, !=2.5
				lib 6.1rc1 2022-01-06 py3-none-any >=3.12
				lib 6 2022-01-05 py3-none-any-yanked >=3.12
				lib 5 2022-01-04 sdist22 >=3.12
				lib 4 2022-01-03 cp312-cp312-manylinux_2_28_x86_64,cp312-cp312-win_amd64 >=3.12
				lib 3 2022-01-03 py3-none-any >=3.11
				lib 2.5 2022-01-02 py3-none-any >=3.11
				lib 2 2022-01-01 cp311-cp311-macosx_11_0_arm64,cp312-cp312-macosx_11_0_arm64,cp313-cp313-macosx_11_0_arm64 -
				lib 1 2021-01-01 py3-none-any -
				builder 1 2022-01-01 py3-none-any -`,
			projects: []string{"app"}, pythons: []string{"3.11", "3.12"},
			want: `
				app: 1-py3-none-any.whl(wheel)
				builder: 1-py3-none-any.whl(wheel)
				lib: 5.tar.gz(pkg-info) 4-cp312-cp312-manylinux_2_28_x86_64.whl(wheel) 3-py3-none-any.whl(wheel) 2-cp312-cp312-macosx_11_0_arm64.whl(wheel)`,
		},
		{
			why: "a Python on which nothing needs it wants nothing of a project",
			universe: `
				app 1 2020-01-01 py3-none-any - | backport ; python_version < "3.12"
				backport 2 2020-01-02 py3-none-any >=3.12 | newer
				backport 1 2020-01-01 py3-none-any -`,
			projects: []string{"app"}, pythons: []string{"3.11", "3.12"},
			want: `
				app: 1-py3-none-any.whl(wheel)
				backport: 1-py3-none-any.whl(wheel)`,
		},
		{
			why: "rounds: since the day and the newest before, no pre-releases, none that is yanked",
			universe: `
				app 2.1 2024-02-01 py3-none-any -
				app 2.0.1 2024-01-02 py3-none-any -
				app 2.0.0 2024-01-01 py3-none-any -
				app 2.0rc1 2023-12-31 py3-none-any -
				app 1.9 2023-01-01 py3-none-any-yanked -
				app 1.1 2022-02-01 py3-none-any -
				app 1.0 2022-01-01 py3-none-any -`,
			projects: []string{"app"},
			want:     `app: 2.1-py3-none-any.whl(wheel) 2.0.1-py3-none-any.whl(wheel) 2.0.0-py3-none-any.whl(wheel) 1.1-py3-none-any.whl(wheel)`,
		},
		{
			why: "where there is no final release, a pre-release; where it is pinned, a yanked one",
			universe: `
				app 1b1 2024-01-01 py3-none-any - | lib==1
				lib 1 2024-01-01 py3-none-any-yanked -
				lib 0.9 2022-01-01 py3-none-any -`,
			projects: []string{"app"},
			want: `
				app: 1b1-py3-none-any.whl(wheel)
				lib: 1-py3-none-any.whl(wheel) 0.9-py3-none-any.whl(wheel)`,
		},
		{
			why: "what sdists say, and a wheel for elsewhere where they do not say it",
			universe: `
				static 1 2024-01-01 sdist22 - | a
				table 1 2024-01-01 sdistpy - | b
				sibling 1 2024-01-01 sdist,cp312-cp312-win_amd64 - | c
				recorded 1 2024-01-01 sdistegg - | c
				dynamic 1 2024-01-01 sdist - | d
				a 1 2024-01-01 py3-none-any -
				b 1 2024-01-01 py3-none-any -
				c 1 2024-01-01 py3-none-any -
				builder 1 2024-01-01 py3-none-any -
				setuptools 70 2024-01-01 py3-none-any -
				wheel 1 2024-01-01 py3-none-any -`,
			projects: []string{"static", "table", "sibling", "recorded", "dynamic"},
			want: `
				a: 1-py3-none-any.whl(wheel)
				b: 1-py3-none-any.whl(wheel)
				builder: 1-py3-none-any.whl(wheel)
				c: 1-py3-none-any.whl(wheel)
				recorded: 1.tar.gz(requires-txt)
				setuptools: 70-py3-none-any.whl(wheel)
				sibling: 1.tar.gz(sibling-wheel)
				static: 1.tar.gz(pkg-info)
				table: 1.tar.gz(pyproject)
				wheel: 1-py3-none-any.whl(wheel)
				unreadable: dynamic 1: dynamic-1.tar.gz: its dependencies are not static: only a build would tell them`,
		},
		{
			why: "a file that cannot be read: another wheel of its release, or else the release before",
			universe: `
				app 3 2024-01-03 py2.py3-none-any-other,sdist22 -
				app 2 2024-01-02 cp314-cp314-manylinux_2_28_x86_64-broken,cp313-cp313-manylinux_2_28_x86_64-broken,cp312-cp312-manylinux_2_28_x86_64 -
				app 1 2024-01-01 cp314-cp314-manylinux_2_28_x86_64-broken,py3-none-any -`,
			projects: []string{"app"},
			want: `
				app: 1-py3-none-any.whl(wheel)
				unreadable: app 3: app-3-py2.py3-none-any.whl: its metadata is that of "other" "3"
				unreadable: app 2: app-2-cp314-cp314-manylinux_2_28_x86_64.whl: not a zip file: it has no end of a directory; app-2-cp313-cp313-manylinux_2_28_x86_64.whl: not a zip file: it has no end of a directory`,
		},
		{
			why: "the [build-system] of the newest sdists of a project that is named for it",
			universe: `
				app 5 2024-01-05 py3-none-any,sdist22 -
				app 4 2024-01-04 py3-none-any -
				app 3 2024-01-03 py3-none-any,sdist -
				app 2 2024-01-02 py3-none-any,sdistpy - | a
				app 1 2024-01-01 py3-none-any,sdist22 -
				a 1 2024-01-01 py3-none-any,sdist22 -
				builder 1 2024-01-01 py3-none-any -
				setuptools 70 2024-01-01 py3-none-any -
				wheel 1 2024-01-01 py3-none-any -`,
			projects: []string{"app"}, build: []string{"App"},
			want: `
				a: 1-py3-none-any.whl(wheel)
				app: 5-py3-none-any.whl(wheel) 5.tar.gz(pkg-info) 4-py3-none-any.whl(wheel) 3-py3-none-any.whl(wheel) 3.tar.gz(sibling-wheel) 2-py3-none-any.whl(wheel) 2.tar.gz(pyproject) 1-py3-none-any.whl(wheel)
				builder: 1-py3-none-any.whl(wheel)
				setuptools: 70-py3-none-any.whl(wheel)
				wheel: 1-py3-none-any.whl(wheel)`,
		},
		{
			why: "what the backend of an sdist asks for beside its [build-system]",
			universe: `
				app 1 2024-01-01 sdisthook -
				builder 1 2024-01-01 py3-none-any -
				setuptools 70 2024-01-01 py3-none-any -
				wheel 1 2024-01-01 py3-none-any -`,
			projects: []string{"app"},
			want: `
				app: 1.tar.gz(pkg-info)
				builder: 1-py3-none-any.whl(wheel)
				setuptools: 70-py3-none-any.whl(wheel)
				wheel: 1-py3-none-any.whl(wheel)`,
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			u := newUniverse(t, test.universe)
			var out bytes.Buffer
			s, err := Crawl(t.Context(), &out, Options{
				Client: u.client(index.Options{}), Projects: requirements(t, test.projects...), Pythons: test.pythons,
				Released: day(t, "2023-01-01"), BuildSystem: test.build,
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(trim(test.want), summary(t, out.Bytes(), s)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for path, n := range u.asked {
				if n > 1 {
					t.Errorf("%s was asked for %d times", path, n)
				}
			}
		})
	}
}

// A record has the files that fit a wanted target, and the sdist, in an order that does not change.
func TestRecord(t *testing.T) {
	u := newUniverse(t, `app 1 2024-01-01 cp312-cp312-musllinux_1_2_aarch64,cp312-cp312-manylinux_2_28_x86_64,cp312-cp312-win32,cp312-abi3-macosx_11_0_universal2,cp313-cp313t-manylinux_2_28_x86_64,cp38-cp38-manylinux1_x86_64,sdist >=3.9 | a`)
	var out bytes.Buffer
	s, err := Crawl(t.Context(), &out, Options{Client: u.client(index.Options{}), Projects: requirements(t, "app")})
	if err != nil {
		t.Fatal(err)
	}
	for p := range record.Read("records", &out) {
		var got []string
		for _, f := range p.Files {
			got = append(got, f.Filename)
			if f.RequiresPython != ">=3.9" || f.UploadTime != "2024-01-01T00:00:00Z" || len(f.Hashes.SHA256) != 64 {
				t.Errorf("got %+v", f)
			}
		}
		want := []string{
			"app-1-cp312-abi3-macosx_11_0_universal2.whl", "app-1-cp312-cp312-manylinux_2_28_x86_64.whl",
			"app-1-cp312-cp312-musllinux_1_2_aarch64.whl", "app-1.tar.gz",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if p.Meta.LastSerial != 7 || !slices.Equal(p.Versions, []string{"1"}) {
			t.Errorf("got %+v, %q", p.Meta, p.Versions)
		}
	}
	if s.Projects != 1 || s.Releases != 1 || s.Files != 4 {
		t.Errorf("got %+v", s)
	}
}

const tower = `
	app 3 2024-03-01 py3-none-any - | lib>=2
	app 2 2024-02-01 py3-none-any - | lib>=1
	app 1 2024-01-01 py3-none-any - | lib
	lib 2 2024-02-01 py3-none-any - | base
	lib 1 2024-01-01 py3-none-any,sdist22 -
	base 1 2024-01-01 sdist22 -
	builder 1 2024-01-01 py3-none-any -`

// A crawl whose requests are spent ends well, the next one goes on from the cache, and a crawl from the cache alone
// is the same, whatever order the answers come in, be the index JSON or HTML, with faults or without.
func TestBudgetAndCache(t *testing.T) {
	for _, form := range []string{"json", "html"} {
		t.Run(form, func(t *testing.T) {
			u := newUniverse(t, tower)
			u.html, u.faulty = form == "html", true
			cache := t.TempDir()
			crawl := func(o index.Options) (Stats, string) {
				t.Helper()
				o.Cache, o.MaxAge = cache, time.Hour
				var out bytes.Buffer
				s, err := Crawl(t.Context(), &out, Options{Client: u.clientOnce(o), Projects: requirements(t, "app")})
				if err != nil {
					t.Fatal(err)
				}
				return s, out.String()
			}
			first, some := crawl(index.Options{MaxRequests: 5})
			if first.Requests != 5 || first.Left == 0 || len(first.Unreadable) > 0 {
				t.Errorf("got %+v", first)
			}
			if _, again := crawl(index.Options{Offline: true}); again != some {
				t.Errorf("from the cache:\n%swant\n%s", again, some)
			}
			second, all := crawl(index.Options{})
			if second.Left > 0 || len(second.Unreadable) > 0 || second.Releases != 7 || len(all) <= len(some) {
				t.Errorf("got %+v", second)
			}
			if third, again := crawl(index.Options{Offline: true}); again != all || third.Requests != 0 {
				t.Errorf("from the cache: %+v\n%swant\n%s", third, again, all)
			}
		})
	}
}

// clientOnce is client on one server for all calls, since the cache goes by URL.
func (u *universe) clientOnce(o index.Options) *index.Client {
	if u.first == nil {
		u.first = u.client(index.Options{})
	}
	return index.NewTransport(o).Client(u.first.Index())
}

// Without an index there is an error that says so, and no record.
func TestNothingThere(t *testing.T) {
	ix, err := index.New("http://127.0.0.1:1/simple", "test")
	if err != nil {
		t.Fatal(err)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for name, test := range map[string]struct {
		ctx      context.Context
		options  index.Options
		projects []string
		want     error
		text     string
	}{
		"no network": {t.Context(), index.Options{Retries: 1}, []string{"app"}, index.ErrNetwork, "/simple/app/: no connection"},
		"offline":    {t.Context(), index.Options{Offline: true}, []string{"app"}, index.ErrOffline, "nothing could be read: project \"app\": http"},
		"cancelled":  {done, index.Options{}, []string{"app"}, context.Canceled, ""},
		"no list":    {t.Context(), index.Options{}, nil, nil, "nothing to crawl"},
	} {
		var out bytes.Buffer
		_, err := Crawl(test.ctx, &out, Options{Client: index.NewTransport(test.options).Client(ix), Projects: requirements(t, test.projects...)})
		if err == nil || test.want != nil && !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) || out.Len() > 0 {
			t.Errorf("%s: got %v and %q", name, err, out.String())
		}
	}
}
