package faults

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// What is no database is said for what it is, by every command that reads one, and stays as it is.
func TestNoDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sound := pack(t, generate(t, 5, 1))
	small := records(t, generate(t, 2, 1))
	write(t, filepath.Join(dir, "changes.jsonl"), small)
	if err := os.Mkdir(filepath.Join(dir, "directory"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("missing", filepath.Join(dir, "nowhere")); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("flask\nwerkzeug\n"), "records": small, "half": sound[:len(sound)/2], "xz": compress(t, small), "newer": newer(t, sound),
	} {
		write(t, filepath.Join(dir, name), data)
	}
	before := files(t, dir)
	for name, says := range map[string][]string{
		"missing":   {`database "missing" does not exist`, "mach db build"},
		"nowhere":   {`database "nowhere" does not exist`, "mach db build"},
		"directory": {"directory: not a regular file", "mach db build"},
		"pipe":      {"pipe: not a regular file", "mach db build"},
		"empty":     {"empty: at byte 0: the file is empty", "fetch it again"},
		"text":      {"text: at byte 3: not an xz file, so no database", "mach db build"},
		"records":   {"records: at byte", "not an xz file, so no database", "mach db build"},
		"half":      {"half: at byte", "the last xz stream is not the root of a database", "fetch it again"},
		"xz":        {"xz: at byte", "an xz file, but no database of mach", "mach db build"},
		"newer":     {`newer: at byte`, `a database of format "3", and this mach knows only 2`, "use a newer mach"},
	} {
		code := 3
		switch name {
		case "missing", "nowhere", "directory", "pipe":
			code = 2
		}
		for _, args := range [][]string{
			{"lock", "--db", name, "--python", "3.12", "--system", "x86_64-linux", "--files-url", "none", "flask"},
			{"db", "verify", name}, {"db", "stat", name}, {"db", "show", "--db", name, "flask"}, {"db", "diff", name, name},
			{"db", "update", name, "changes.jsonl"}, {"db", "compact", name},
		} {
			t.Run(name+"/"+args[0]+" "+args[1], func(t *testing.T) {
				mach(t, dir, args...).refused(t, code, says...)
			})
		}
	}
	if after := files(t, dir); len(after) != len(before) {
		t.Errorf("other files than before: %v", after)
	}
}

// compress is text in an xz file of another program, where there is one.
func compress(t *testing.T, text []byte) []byte {
	t.Helper()
	c := exec.Command("xz", "-c")
	c.Stdin = bytes.NewReader(text)
	data, err := c.Output()
	if err != nil {
		t.Skipf("xz: %v", err)
	}
	return data
}

// newer is a database with another number of the format in its root, and the right sum behind that.
func newer(t *testing.T, sound []byte) []byte {
	t.Helper()
	const head = "mach database "
	at := bytes.LastIndex(sound, []byte(head+"2\n"))
	end := bytes.LastIndex(sound, []byte("\n\x00")) + 1 // of the text; then come the end of chunks, zeros and the sum
	data := bytes.Clone(sound)
	data[at+len(head)] = '3'
	sum := sha256.Sum256(data[at:end])
	old := sha256.Sum256(sound[at:end])
	where := bytes.LastIndex(sound, old[:])
	if at < 0 || where < end {
		t.Fatal("no root")
	}
	copy(data[where:], sum[:])
	return data
}

// An update goes through a symbolic link, and the mode stays.
func TestLink(t *testing.T) {
	t.Parallel()
	for _, mode := range []fs.FileMode{0o600, 0o444, 0o664}[:count(t, 1, 3)] {
		dir, w := directory(t)
		path := filepath.Join(dir, "db.xz")
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(filepath.Join(dir, "of"), 0o755); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(dir, "of", "link.xz")
		if err := os.Symlink("../db.xz", link); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"db", "update", "of/link.xz", "changes.jsonl", "--date", "2027-01-01"},
			{"db", "compact", "of/link.xz"},
			{"db", "build", "changes.jsonl", "-o", "of/link.xz"},
		} {
			before := read(t, path)
			done(t, mach(t, dir, args...))
			if bytes.Equal(before, read(t, path)) {
				t.Errorf("%q: what the link leads to is as it was", args)
			}
			if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink {
				t.Errorf("%q: the link is gone: %v", args, err)
			}
			if info, err := os.Stat(path); err != nil || info.Mode() != mode {
				t.Errorf("%q: mode %v, want %v (%v)", args, info.Mode(), mode, err)
			}
		}
		if found := files(t, filepath.Join(dir, "of")); len(found) > 0 || len(files(t, dir)) != len(w.before) {
			t.Errorf("something is left behind: %v, %v", found, files(t, dir))
		}
	}
}

// A directory where nobody may write is said, and the database in it can be read.
func TestNoPermission(t *testing.T) {
	t.Parallel()
	dir, w := directory(t)
	user := nobody(t, dir)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	for _, args := range [][]string{
		w.args, {"db", "compact", "db.xz"}, {"db", "build", "changes.jsonl", "-o", "db.xz"},
		{"lock", "--db", "db.xz", "--python", "3.12", "--system", "x86_64-linux", "--files-url", "none", "-o", "db.xz.toml", "p00001"},
	} {
		user(args...).refused(t, 3, "db.xz", ": permission denied", "hint: write where you may: ls -ld .")
	}
	done(t, user("db", "verify", "db.xz"))
	if err := os.Chmod(filepath.Join(dir, "db.xz"), 0); err != nil {
		t.Fatal(err)
	}
	user("db", "verify", "db.xz").refused(t, 3, "db.xz: permission denied")
	user(w.args...).refused(t, 3, "db.xz: permission denied")
	if len(files(t, dir)) != len(w.before) {
		t.Errorf("something is left behind: %v", files(t, dir))
	}
}

// nobody runs mach as somebody who is not root, who may do everything.
func nobody(t *testing.T, dir string) func(args ...string) result {
	t.Helper()
	if os.Getuid() != 0 {
		return func(args ...string) result { return mach(t, dir, args...) }
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin, err := os.MkdirTemp("", "faults")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(bin) })
	program := filepath.Join(bin, "mach")
	if err := os.WriteFile(program, read(t, self), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{bin, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return func(args ...string) result {
		c := command(t, dir, program, args...)
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		return run(t, c)
	}
}
