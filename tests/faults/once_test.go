package faults

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mach/helper/pydb"
)

// updating is an update that goes on until it gets the rest of its records.
type updating struct {
	*exec.Cmd
	records io.WriteCloser
	stderr  bytes.Buffer
}

// begin begins an update, and waits until it has the database for itself.
func begin(t *testing.T, dir string) *updating {
	t.Helper()
	u := &updating{Cmd: command(t, dir, "mach", "db", "update", "db.xz", "-", "--date", "2027-01-01")}
	u.Stderr = &u.stderr
	var err error
	if u.records, err = u.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := u.Start(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < patience; time.Sleep(5 * time.Millisecond) {
		if left, err := filepath.Glob(filepath.Join(dir, ".db.xz*")); err != nil || len(left) > 0 {
			return u
		}
	}
	t.Fatalf("it does not begin to write: %s", &u.stderr)
	return nil
}

// end gives it records, and waits for its end.
func (u *updating) end(t *testing.T, records []byte) error {
	t.Helper()
	if _, err := u.records.Write(records); err != nil {
		t.Error(err)
	}
	u.records.Close()
	return u.Wait()
}

func directory(t *testing.T) (dir string, w writing) {
	w = writings(t)["update"]
	dir = t.TempDir()
	w.reset(t, dir)
	return dir, w
}

// While a database is updated nobody else may change it, and is told who does. Everybody may read it, and who reads the old
// one goes on with that.
func TestTwoUpdates(t *testing.T) {
	t.Parallel()
	dir, w := directory(t)
	path := filepath.Join(dir, "db.xz")
	reader, err := pydb.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	right, err := whole.ask(reader)
	if err != nil {
		t.Fatal(err)
	}
	first := begin(t, dir)
	for _, args := range [][]string{w.args, {"db", "compact", "db.xz"}} {
		who := fmt.Sprintf(", process %d", first.Process.Pid)
		if _, err := os.Stat("/proc/locks"); err != nil {
			who = ""
		}
		mach(t, dir, args...).refused(t, 3, "db.xz: another mach is changing it"+who, "try again when that is done")
	}
	lock := []string{"lock", "--db", "db.xz", "--python", "3.12", "--system", "x86_64-linux", "--files-url", "none", "p00020", "-o", "-"}
	before := done(t, mach(t, dir, lock...))
	done(t, mach(t, dir, "db", "verify", "db.xz"))
	if err := first.end(t, w.before["changes.jsonl"]); err != nil {
		t.Fatalf("%v: %s", err, &first.stderr)
	}
	verify(t, path)
	if got, err := whole.ask(reader); err != nil || got != right {
		t.Errorf("who has the old one open gets other answers: %v", err)
	}
	for _, name := range namesOf(t, reader) {
		if _, err := question(name).ask(reader); err != nil {
			t.Fatal(err)
		}
	}
	if after := done(t, mach(t, dir, lock...)); after.stdout == before.stdout {
		t.Error("the update changed nothing")
	}
	if got := done(t, mach(t, dir, w.args...)).stdout; !strings.Contains(got, "nothing has changed") {
		t.Errorf("after it the same update: %s", got)
	}
}

// A database that somebody else puts there while it is updated stays.
func TestReplaced(t *testing.T) {
	t.Parallel()
	dir, w := directory(t)
	u := begin(t, dir)
	done(t, mach(t, dir, "db", "build", "changes.jsonl", "-o", "db.xz", "--date", "2027-01-02"))
	built := read(t, filepath.Join(dir, "db.xz"))
	if err := u.end(t, w.before["changes.jsonl"]); err == nil || u.ProcessState.ExitCode() != 3 || !strings.Contains(u.stderr.String(), "another file has taken its place meanwhile") {
		t.Errorf("%v: %s", err, &u.stderr)
	}
	if !bytes.Equal(read(t, filepath.Join(dir, "db.xz")), built) {
		t.Error("what was built is gone")
	}
	if len(files(t, dir)) != 2 {
		t.Errorf("something is left behind: %v", files(t, dir))
	}
}

// Many updates at the same time: each is done or refused, and none is lost that says it is done.
func TestManyUpdates(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "db.xz"), pack(t, generate(t, 30, 1)))
	all := generate(t, 40, 1)
	n := count(t, 4, 10)
	type ended struct {
		name string
		result
	}
	ends := make(chan ended, n)
	for i := range n {
		p := all[30+i]
		path := write(t, filepath.Join(dir, p.Name+".jsonl"), records(t, all[30+i:31+i]))
		go func() { ends <- ended{p.Name, mach(t, dir, "db", "update", "db.xz", path, "--date", "2027-01-01")} }()
	}
	updates := 0
	there := map[string]bool{}
	for range n {
		e := <-ends
		if e.code == 0 {
			updates++
			there[e.name] = true
		} else {
			e.refused(t, 3, "another mach is changing it")
		}
	}
	db, err := pydb.Open(filepath.Join(dir, "db.xz"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name := range there {
		if _, err := db.Project(name); err != nil {
			t.Errorf("its update was done: %v", err)
		}
	}
	if got := db.Info(); got.Projects != 30+updates || updates == 0 {
		t.Errorf("%d projects after %d updates", got.Projects, updates)
	}
	say(t, "%d of %d updates were done, the others refused", updates, n)
}
