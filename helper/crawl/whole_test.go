package crawl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
	"mach/helper/index"
)

const city = `
	app 3 2024-03-01 py3-none-any - | lib>=2
	app 2 2024-02-01 py3-none-any-broken -
	app 1 2024-01-01 py3-none-any,sdist22 -
	bare 1 2024-01-01 sdist -
	edge 1 2024-01-01 cp312-cp312-win_amd64 -
	lib 2 2024-02-01 py3-none-any -
	lib 1rc1 2024-01-01 py3-none-any-yanked -
	pack 2 2024-01-01 sdist22 - | lib
	pack 1 2024-01-01 sdistegg - | lib`

var header = Header{Began: "2026-01-31T00:00:00Z", Index: "https://index.example/simple/", Shard: "1/1", Scope: Options{}.Scope()}

// run is one crawl of whole projects, to be run again until it is done.
type run struct {
	*universe
	path    string // of the journal
	earlier string // records
	shard   Shard
	options index.Options
}

func newRun(t *testing.T, world string) *run {
	return &run{universe: newUniverse(t, world), path: filepath.Join(t.TempDir(), "records.partial"), options: index.Options{Retries: 1}}
}

// once crawls as far as it gets. The journal is open.
func (r *run) once(ctx context.Context) (*Journal, Stats, error) {
	r.t.Helper()
	j, err := OpenJournal(r.path, header)
	if err != nil {
		r.t.Fatal(err)
	}
	s, err := r.into(ctx, j)
	return j, s, err
}

func (r *run) into(ctx context.Context, j *Journal) (Stats, error) {
	c := r.clientOnce(r.options)
	list, _, err := c.Projects(ctx)
	if err != nil {
		return Stats{}, err
	}
	var mine []index.Listed
	for _, l := range list {
		if r.shard.Has(l.Name) {
			mine = append(mine, l)
		}
	}
	var earlier *Earlier
	if r.earlier != "" {
		earlier = NewEarlier("earlier", strings.NewReader(r.earlier))
	}
	return Whole(ctx, j, mine, earlier, Options{Client: c})
}

// records crawls to the end.
func (r *run) records() (string, Stats) {
	r.t.Helper()
	j, s, err := r.once(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return r.finish(j), s
}

func (r *run) finish(j *Journal) string {
	r.t.Helper()
	var b bytes.Buffer
	if err := errors.Join(j.WriteRecords(&b), j.Remove()); err != nil {
		r.t.Fatal(err)
	}
	return b.String()
}

// unread lists what is not in records, and why.
func unread(t *testing.T, records string) string {
	t.Helper()
	var b strings.Builder
	for p, err := range record.Read("records", strings.NewReader(records)) {
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range p.Unread {
			fmt.Fprintf(&b, "%s %s %s\n", p.Name, u.Version, u.Why)
		}
	}
	return b.String()
}

func TestWhole(t *testing.T) {
	r := newRun(t, city)
	got, s := r.records()
	want := `
		app: 3-py3-none-any.whl(wheel) 1-py3-none-any.whl(wheel)
		bare:
		edge:
		lib: 2-py3-none-any.whl(wheel) 1rc1-py3-none-any.whl(wheel)
		pack: 2.tar.gz(pkg-info) 1.tar.gz(requires-txt)`
	if diff := cmp.Diff(trim(want), summary(t, []byte(got), Stats{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff("app 2 broken\nbare 1 not-static\n", unread(t, got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	s.Requests = 0
	if diff := cmp.Diff(Stats{Wanted: 6, Projects: 3, Releases: 6, Files: 7, Empty: 2, Absent: 1, Problems: 2}, s); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, err := os.Stat(r.path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the journal is left behind: %v", err)
	}
}

// The records of all shards are those of the whole.
func TestShards(t *testing.T) {
	r := newRun(t, city)
	want, _ := r.records()
	for _, n := range []int{2, 5} {
		var lines []string
		for k := 1; k <= n; k++ {
			r.shard = Shard{k, n}
			got, _ := r.records()
			for line := range strings.Lines(got) {
				lines = append(lines, line)
			}
		}
		if len(lines) != strings.Count(want, "\n") {
			t.Errorf("%d shards have %d projects", n, len(lines))
		}
		for _, line := range lines {
			if !strings.Contains(want, line) {
				t.Errorf("%d shards: the whole does not have\n%s", n, line)
			}
		}
	}
	for _, bad := range []string{"", "3", "0/4", "5/4", "a/b", "-1/2"} {
		if s, err := ParseShard(bad); err == nil {
			t.Errorf("%q is %v", bad, s)
		}
	}
}

// What has not changed is not read again, whatever the index offers; and the records are those of a crawl anew.
func TestIncremental(t *testing.T) {
	const grown = city + `
	lib 3 2024-05-01 py3-none-any -
	new 1 2024-05-01 py3-none-any -`
	for _, test := range []struct {
		name         string
		silent, html bool
		pages        string // that are asked for
	}{
		{"serials in the list", false, false, "gone lib new"},
		{"ETags", false, true, "app bare edge gone lib new pack"},
		{"nothing", true, false, "app bare edge gone lib new pack"},
	} {
		t.Run(test.name, func(t *testing.T) {
			crawl := func(world, earlier string) (*run, string, Stats) {
				r := newRun(t, world)
				r.silent, r.html, r.earlier = test.silent, test.html, earlier
				if world == grown {
					r.serials = map[string]int64{"lib": 8}
				}
				records, s := r.records()
				return r, records, s
			}
			_, first, _ := crawl(city, "")
			_, want, _ := crawl(grown, "")
			r, got, s := crawl(grown, first)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-anew +incremental:\n%s", diff)
			}
			var pages, files []string
			for path := range r.asked {
				if name, ok := strings.CutPrefix(path, "/simple/"); ok && name != "" {
					pages = append(pages, strings.TrimSuffix(name, "/"))
				} else if !ok && !strings.HasSuffix(path, ".metadata") {
					files = append(files, strings.TrimPrefix(path, "/packages/"))
				}
			}
			slices.Sort(pages)
			slices.Sort(files)
			if diff := cmp.Diff(test.pages, strings.Join(pages, " ")); diff != "" {
				t.Errorf("pages: -want +got:\n%s", diff)
			}
			wantFiles := "lib-3-py3-none-any.whl new-1-py3-none-any.whl"
			if test.silent { // then what could not be read is tried again, but what only a build would tell
				wantFiles = "app-2-py3-none-any.whl " + wantFiles
			}
			if diff := cmp.Diff(wantFiles, strings.Join(files, " ")); diff != "" {
				t.Errorf("files: -want +got:\n%s", diff)
			}
			if copied := map[bool]int{true: 0, false: 4}[test.silent]; s.Copied != copied {
				t.Errorf("%d projects were copied, want %d", s.Copied, copied)
			}
		})
	}
}

// A crawl that goes on days later reads again what the list says has changed since then, and nothing else.
func TestResumedLater(t *testing.T) {
	const grown = city + `
	lib 3 2024-05-01 py3-none-any -`
	fresh := newRun(t, grown)
	fresh.serials = map[string]int64{"lib": 8}
	want, _ := fresh.records()

	r := newRun(t, city)
	j, _, err := r.once(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	later := newRun(t, grown)
	later.path, later.serials = r.path, fresh.serials
	got, _ := later.records()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-anew +resumed:\n%s", diff)
	}
	if later.asked["/simple/lib/"] != 1 || later.asked["/simple/app/"] != 0 {
		t.Errorf("asked: %v", later.asked)
	}
}

// A crawl that is stopped at any request goes on where it was, and comes to the same.
func TestStopped(t *testing.T) {
	reference := newRun(t, city)
	want, all := reference.records()
	for n := 1; n <= all.Requests; n++ {
		r := newRun(t, city)
		ctx, cancel := context.WithCancel(t.Context())
		r.onAsk = func(i int, _ *http.Request) {
			if i == n {
				cancel()
			}
		}
		j, _, err := r.once(ctx)
		if err == nil && n > all.Requests/2 { // how many there are is not the same each time
			j.Close()
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("request %d: got %v", n, err)
		}
		done := len(j.order)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		r.onAsk, r.asked = nil, map[string]int{}
		got, _ := r.records()
		if got != want {
			t.Errorf("stopped at request %d:\n%s", n, cmp.Diff(want, got))
		}
		pages := 0
		for path := range r.asked {
			if strings.HasPrefix(path, "/simple/") && path != "/simple/" {
				pages++
			}
		}
		if pages != 6-done {
			t.Errorf("stopped at request %d with %d projects done: %d pages were read after it", n, done, pages)
		}
	}
}

// A process that is killed at any request leaves a journal that the next goes on with.
func TestKilled(t *testing.T) {
	if path := os.Getenv("CRAWL_JOURNAL"); path != "" {
		crawlUntilKilled(t, path)
		return
	}
	want, all := newRun(t, city).records()
	for n := 2; n <= all.Requests; n++ {
		r := newRun(t, city)
		client := r.clientOnce(index.Options{})
		child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), "CRAWL_JOURNAL="+r.path, "CRAWL_INDEX="+client.String())
		var process atomic.Pointer[os.Process]
		started := make(chan struct{})
		r.onAsk = func(i int, _ *http.Request) {
			if i == n {
				<-started
				_ = process.Load().Kill()
			}
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		process.Store(child.Process)
		close(started)
		if err := child.Wait(); err == nil && n > all.Requests/2 {
			break
		} else if err == nil {
			t.Fatalf("killed at request %d: it came to an end", n)
		}
		r.onAsk = nil
		if got, _ := r.records(); got != want {
			t.Errorf("killed at request %d:\n%s", n, cmp.Diff(want, got))
		}
	}
}

func crawlUntilKilled(t *testing.T, path string) {
	ix, err := index.New(os.Getenv("CRAWL_INDEX"), "test")
	if err != nil {
		t.Fatal(err)
	}
	c := index.NewTransport(index.Options{}).Client(ix)
	list, _, err := c.Projects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	j, err := OpenJournal(path, header)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Whole(t.Context(), j, list, nil, Options{Client: c})
	t.Log(err)
}

// A journal that is cut off anywhere is as far as its last whole line.
func TestJournalCutOff(t *testing.T) {
	r := newRun(t, city)
	j, _, err := r.once(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(r.path)
	if err != nil {
		t.Fatal(err)
	}
	want := r.finish(j)
	r.clientOnce(index.Options{})
	for n := 0; n < len(whole); n += 1 + n/20 {
		for _, tail := range []string{"", "\x00\x00\n"} { // as a crash of the machine may leave it
			if err := os.WriteFile(r.path, append(bytes.Clone(whole[:n]), tail...), 0o644); err != nil {
				t.Fatal(err)
			}
			if n == 0 && tail != "" {
				continue
			}
			j, err := OpenJournal(r.path, header)
			if tail != "" && bytes.IndexByte(whole[:n], '\n') < 0 {
				if !errors.Is(err, ErrOtherCrawl) {
					t.Errorf("%d bytes: got %v", n, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("%d bytes: %v", n, err)
			}
			if at := j.at; n > 0 && int(at) > max(n, 200) || j.Resumed != (bytes.IndexByte(whole[:n], '\n') >= 0) {
				t.Errorf("%d bytes: it goes on at %d, resumed %t", n, at, j.Resumed)
			}
			j.Close()
		}
	}
	if err := os.WriteFile(r.path, whole[:len(whole)-10], 0o644); err != nil {
		t.Fatal(err)
	}
	if got, _ := r.records(); got != want {
		t.Error(cmp.Diff(want, got))
	}
}

// fullDisk has room for so many bytes.
type fullDisk struct {
	*os.File
	room int64
}

func (d *fullDisk) WriteAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) <= d.room {
		return d.File.WriteAt(p, at)
	}
	n, _ := d.File.WriteAt(p[:max(0, d.room-at)], at)
	return n, errors.New("no space left on device")
}

// A disk that is full ends the crawl with an error, and with room it goes on.
func TestDiskFull(t *testing.T) {
	want, _ := newRun(t, city).records()
	for room := int64(300); room < 3000; room += 450 {
		r := newRun(t, city)
		j, err := OpenJournal(r.path, header)
		if err != nil {
			t.Fatal(err)
		}
		disk := &fullDisk{j.file.(*os.File), room}
		j.file = disk
		_, err = r.into(t.Context(), j)
		if err == nil || !strings.Contains(err.Error(), "records.partial: no space left") {
			t.Fatalf("room for %d: got %v", room, err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		if got, _ := r.records(); got != want {
			t.Errorf("room for %d:\n%s", room, cmp.Diff(want, got))
		}
	}
}

// Two crawls into one journal are refused, and so is one of something else, unless nothing was read in the first.
func TestJournalInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.partial")
	j, err := OpenJournal(path, header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenJournal(path, header); !errors.Is(err, ErrInUse) {
		t.Errorf("got %v", err)
	}
	if err := j.add(entry{Name: "app", How: howAbsent}); err != nil {
		t.Fatal(err)
	}
	j.Close()
	other := header
	other.Shard = "1/2"
	if _, err := OpenJournal(path, other); !errors.Is(err, ErrOtherCrawl) || !strings.Contains(err.Error(), `of the shard "1/1", not "1/2"`) {
		t.Errorf("got %v", err)
	}
	empty := filepath.Join(t.TempDir(), "y.partial")
	for _, h := range []Header{header, other} {
		j, err := OpenJournal(empty, h)
		if err != nil || j.Resumed || j.Header != h {
			t.Fatalf("%v, %+v", err, j)
		}
		j.Close()
	}
}

// An index that fails now and then is asked again. A project that it fails for is as it was, or left out, and is read
// when the index works.
func TestIndexFails(t *testing.T) {
	r := newRun(t, city)
	want, _ := r.records()
	r.faulty, r.options.Retries = true, 5
	if got, s := r.records(); got != want || s.Failed > 0 {
		t.Errorf("%+v\n%s", s, cmp.Diff(want, got))
	}
	r.faulty, r.options.Retries = false, 1

	for _, down := range []string{"/simple/lib/", "lib-2-py3"} {
		r.down = down
		j, s, err := r.once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if s.Problems != 3 || s.Failed != map[bool]int{true: 1}[down == "/simple/lib/"] {
			t.Errorf("%s: got %+v", down, s)
		}
		j.Close()
		r.down = ""
		if got, _ := r.records(); got != want {
			t.Errorf("%s, then up again:\n%s", down, cmp.Diff(want, got))
		}
	}

	r.earlier, r.down, r.silent = want, "/simple/lib/", true
	got, s := r.records()
	if s.Kept != 1 || s.Failed != 0 || !strings.Contains(got, "lib-2-py3") {
		t.Errorf("got %+v", s)
	}
}

// An index that fails for everything ends the crawl.
func TestIndexDown(t *testing.T) {
	var world strings.Builder
	for i := range 40 {
		fmt.Fprintf(&world, "p%d 1 2024-01-01 py3-none-any -\n", i)
	}
	r := newRun(t, world.String())
	r.down = "/simple/p"
	_, s, err := r.once(t.Context())
	if err == nil || !strings.Contains(err.Error(), "20 projects one after the other could not be read") || s.Failed >= 40 {
		t.Errorf("got %v, %+v", err, s)
	}
}

// The budget of requests ends a crawl, and the next one has another.
func TestWholeBudget(t *testing.T) {
	want, _ := newRun(t, city).records()
	r := newRun(t, city)
	for n := 0; ; n++ {
		r.options.MaxRequests = 12
		j, _, err := r.once(t.Context())
		if err == nil {
			if got := r.finish(j); got != want || n == 0 {
				t.Errorf("after %d runs:\n%s", n, cmp.Diff(want, got))
			}
			return
		}
		j.Close()
		if !errors.Is(err, index.ErrBudget) || n > 20 {
			t.Fatalf("run %d: %v", n, err)
		}
	}
}
