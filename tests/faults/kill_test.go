package faults

import (
	"bytes"
	"crypto/sha256"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mach/helper/crawl/record"
	"mach/helper/pydb"
)

// writing is a command that writes a file.
type writing struct {
	args   []string
	before map[string][]byte // the files of its directory
	output string
	kills  [2]int // in a sample, in all
}

func writings(t *testing.T) map[string]writing {
	t.Helper()
	n := count(t, 150, 2000)
	projects := generate(t, n, 3)
	db, changes := pack(t, projects), records(t, generate(t, n/3, 4))
	later := pack(t, projects[:n/2])
	return map[string]writing{
		"update":     {[]string{"db", "update", "db.xz", "changes.jsonl", "--date", "2027-01-01"}, map[string][]byte{"db.xz": db, "changes.jsonl": changes}, "db.xz", [2]int{5, 200}},
		"compact":    {[]string{"db", "compact", "db.xz"}, map[string][]byte{"db.xz": update(t, db, changes)}, "db.xz", [2]int{2, 50}},
		"build":      {[]string{"db", "build", "all.jsonl", "-o", "db.xz", "--date", "2027-01-01"}, map[string][]byte{"db.xz": later, "all.jsonl": records(t, projects)}, "db.xz", [2]int{2, 50}},
		"build anew": {[]string{"db", "build", "all.jsonl", "-o", "db.xz", "--date", "2027-01-01"}, map[string][]byte{"all.jsonl": records(t, projects)}, "db.xz", [2]int{2, 50}},
	}
}

// A mach that is killed at any moment leaves the file that was there or the one that it was to write, whole, and at most
// one other, which is gone after the next.
func TestKill(t *testing.T) {
	t.Parallel()
	for name, w := range writings(t) {
		t.Run(name, func(t *testing.T) { w.kill(t, random(t)) })
	}
}

func (w writing) kill(t *testing.T, r *rand.Rand) {
	dir := t.TempDir()
	w.reset(t, dir)
	began := time.Now()
	done(t, mach(t, dir, w.args...))
	took := time.Since(began)
	path := filepath.Join(dir, w.output)
	old, after := w.before[w.output], read(t, path)
	verify(t, path)
	kills := count(t, w.kills[0], w.kills[1])
	var olds, news, killed, left int
	for i := range kills {
		w.reset(t, dir)
		moment := r.Float64()
		if i%2 == 1 { // near the end, where the file is put in its place
			moment = 0.8 + 0.5*moment
		}
		if still, ended := w.kill9(t, dir, time.Duration(moment*float64(took))); still {
			killed++
		} else {
			took = ended // the machine has less to do by now
		}
		found := files(t, dir)
		switch sum, ok := found[w.output]; {
		case ok && sum == sha256.Sum256(after):
			news++
		case ok && old != nil && sum == sha256.Sum256(old), !ok && old == nil:
			olds++
		default:
			t.Fatalf("%s is neither the old nor the new one", w.output)
		}
		for name := range found {
			if _, known := w.before[name]; !known && name != w.output {
				left++
			}
		}
		if more := len(found) - len(w.before); more > 2 {
			t.Fatalf("what was left behind piles up: %v", found)
		}
	}
	w.reset(t, dir)
	done(t, mach(t, dir, w.args...))
	if got := read(t, path); sha256.Sum256(got) != sha256.Sum256(after) {
		t.Error("after all of that it makes another file")
	}
	for name := range files(t, dir) {
		if _, known := w.before[name]; !known && name != w.output {
			t.Errorf("%s is left behind", name)
		}
	}
	say(t, "%d kills within some %v: %d came before the end; %d left the old file, %d the new one, %d a temporary one beside it", kills, took.Round(time.Millisecond), killed, olds, news, left)
}

// reset makes the files what they were, and leaves others that are there.
func (w writing) reset(t *testing.T, dir string) {
	t.Helper()
	os.Remove(filepath.Join(dir, w.output))
	for name, data := range w.before {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, data)
	}
}

// kill9 kills a command some time after it was started. It says whether it still ran then, or when it had ended.
func (w writing) kill9(t *testing.T, dir string, after time.Duration) (still bool, ended time.Duration) {
	t.Helper()
	c := command(t, dir, "mach", w.args...)
	began := time.Now()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	over := make(chan time.Duration, 1)
	go func() {
		_ = c.Wait()
		over <- time.Since(began)
	}()
	select {
	case ended = <-over:
		return false, ended
	case <-time.After(after):
		_ = c.Process.Kill()
		return <-over > 0 && !c.ProcessState.Success(), after
	}
}

func verify(t *testing.T, path string) {
	t.Helper()
	db, err := pydb.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Verify(); err != nil {
		t.Fatal(err)
	}
}

// pack is a database of projects.
func pack(t *testing.T, projects []*record.Project) []byte {
	t.Helper()
	dir := t.TempDir()
	done(t, mach(t, dir, "db", "build", write(t, filepath.Join(dir, "records.jsonl"), records(t, projects)), "--date", "2026-12-31", "-o", "db.xz"))
	return read(t, filepath.Join(dir, "db.xz"))
}

// update is a database with changes.
func update(t *testing.T, db, changes []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	path := write(t, filepath.Join(dir, "db.xz"), db)
	done(t, mach(t, dir, "db", "update", path, write(t, filepath.Join(dir, "changes.jsonl"), changes), "--date", "2027-01-01"))
	return read(t, path)
}

// records are projects as a crawl writes them.
func records(t *testing.T, projects []*record.Project) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, p := range projects {
		if err := record.NewWriter(&b).Write(p); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}
