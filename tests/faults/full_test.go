package faults

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"mach/tests/universe"
)

// full are the ways in which no more can be written: a limit on the size of files and a disk without room.
var full = map[string]struct {
	reason, hint string
	limit        func(t *testing.T, dir string, room int, args []string) result
}{
	"limit": {"file too large", "ulimit -f", func(t *testing.T, dir string, room int, args []string) result {
		t.Helper()
		script := fmt.Sprintf(`ulimit -f %d; exec mach "$@"`, room/512)
		return run(t, command(t, dir, "/bin/sh", append([]string{"-c", script, "sh"}, args...)...))
	}},
	"disk": {"no space left on device", "make room, and run it again: df -h ", func(t *testing.T, dir string, room int, args []string) result {
		t.Helper()
		defer fill(t, dir, room)()
		return mach(t, dir, args...)
	}},
}

const diskSize = 16 << 20

// disk is a directory that has a small disk to itself, where that can be made.
func disk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if os.Getuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%d", diskSize), "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return dir
}

// fill leaves room for so many bytes on a small disk, until what it gives is called.
func fill(t *testing.T, dir string, room int) func() {
	t.Helper()
	path := filepath.Join(dir, "filler")
	_ = os.WriteFile(path, make([]byte, diskSize), 0o644) // as much as goes
	info, err := os.Stat(path)
	if err == nil {
		err = os.Truncate(path, info.Size()-int64(room))
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() { os.Remove(path) }
}

// What cannot be written for want of room is an error that names the file, and leaves all files what they were. A crawl
// keeps what it has read. With room the same command writes what it does elsewhere.
func TestFull(t *testing.T) {
	t.Parallel()
	index, err := universe.NewServer(world(60, 9))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(index)
	defer server.Close()
	commands := writings(t)
	imported, err := txtar.ParseFile("../script/db_import.txtar")
	if err != nil {
		t.Fatal(err)
	}
	data := map[string][]byte{"records.jsonl": []byte("old")}
	for _, f := range imported.Files {
		if strings.Contains(f.Name, "/") && !strings.HasPrefix(f.Name, "bad/") {
			data[f.Name] = f.Data
		}
	}
	delete(commands, "build anew")
	maps.Copy(commands, map[string]writing{
		"crawl":     {args: []string{"db", "crawl", "--projects", "names", "--index-url", server.URL + "/simple/", "-o", "records.jsonl"}, before: map[string][]byte{"names": []byte("p00059\np00058\n"), "records.jsonl": []byte("old")}, output: "records.jsonl"},
		"crawl all": {args: []string{"db", "crawl", "--all", "--index-url", server.URL + "/simple/", "-o", "records.jsonl"}, before: map[string][]byte{"records.jsonl": []byte("old")}, output: "records.jsonl"},
		"import":    {args: []string{"db", "import", "deps", "files", "-o", "records.jsonl"}, before: data, output: "records.jsonl"},
		"lock":      {args: []string{"lock", "--db", "db.xz", "--python", "3.12", "--system", "x86_64-linux", "--files-url", "none", "p00059"}, before: map[string][]byte{"db.xz": commands["build"].before["db.xz"]}, output: "pylock.toml"},
	})
	for how := range full {
		for name, w := range commands {
			if how == "disk" && all(t) == 0 && name != "update" && name != "lock" {
				continue
			}
			t.Run(how+"/"+name, func(t *testing.T) { w.fill(t, how) })
		}
	}
}

func (w writing) fill(t *testing.T, how string) {
	elsewhere, dir := t.TempDir(), t.TempDir()
	if how == "disk" {
		dir = disk(t)
	}
	w.reset(t, elsewhere)
	done(t, mach(t, elsewhere, w.args...))
	want := read(t, filepath.Join(elsewhere, w.output))
	w.reset(t, dir)
	before := files(t, dir)
	parts := []int{50}
	if all(t) > 0 {
		parts = []int{0, 10, 25, 50, 75, 90, 99}
	}
	for _, part := range parts {
		room := part * len(want) / 100
		if how == "disk" {
			room -= room % 4096
		}
		r := full[how].limit(t, dir, room, w.args)
		r.refused(t, 3, w.output, full[how].reason, full[how].hint)
		after := files(t, dir)
		delete(after, w.output+".partial")
		if !maps.Equal(before, after) {
			t.Errorf("room for %d%%: there are other files than before: %v, %v", part, before, after)
		}
	}
	done(t, mach(t, dir, w.args...))
	if string(read(t, filepath.Join(dir, w.output))) != string(want) {
		t.Error("with room it writes another file than elsewhere")
	}
	if len(files(t, dir)) != len(files(t, elsewhere)) {
		t.Errorf("something is left behind: %v", files(t, dir))
	}
}

// A cache that cannot be written is said, and does no harm.
func TestFullCache(t *testing.T) {
	t.Parallel()
	index, err := universe.NewServer(world(20, 9))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(index)
	defer server.Close()
	file := &servant{data: real(t).data}
	file.Server = httptest.NewServer(file)
	defer file.Close()
	for name, args := range map[string][]string{
		"index":    {"--index-url", server.URL + "/simple/", "p00019"},
		"database": {"--db", file.URL, "--files-url", "none", "flask"},
	} {
		args = append([]string{"lock", "--python", "3.12", "--system", "x86_64-linux", "-o", "-"}, args...)
		want := done(t, mach(t, t.TempDir(), args...))
		for how, f := range full {
			t.Run(name+"/"+how, func(t *testing.T) {
				dir := t.TempDir()
				if how == "disk" {
					dir = disk(t)
				}
				for _, room := range []int{0, 4096} {
					got := done(t, f.limit(t, dir, room, args))
					if got.stdout != want.stdout {
						t.Errorf("another lock")
					}
					// Small things may find room in one way, and not in the other.
					if room == 0 && strings.Count(got.stderr, "warning: nothing is kept in the cache") != 1 || room == 0 && !strings.Contains(got.stderr, f.reason) {
						t.Errorf("it says %q", got.stderr)
					}
				}
				if got := done(t, mach(t, dir, args...)); got.stdout != want.stdout {
					t.Error("what was half-written is read")
				}
			})
		}
	}
}
