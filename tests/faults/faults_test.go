// Package faults damages databases, kills mach and fills its disk: what is then there must be right or refused, with
// words that say what and where.
//
// `go test` does a sample, tests/faults/run all: MACH_FAULTS is the number of bits that are flipped, and sets the other
// numbers. MACH_SEED is that of what is random, which is printed.
package faults

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"mach/helper/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mach": func() {
		code := cli.Main(os.Args[1:])
		if os.Getenv("MACH_PEAK") != "" {
			tellPeak(os.NewFile(3, "peak"))
		}
		os.Exit(code)
	}})
}

// tellPeak writes how many kilobytes of memory this process has had, where the system says it. What it tells of a process
// that has ended has the memory of its parent in it.
func tellPeak(to *os.File) {
	status, _ := os.ReadFile("/proc/self/status")
	if _, rest, ok := bytes.Cut(status, []byte("VmHWM:")); ok {
		to.Write(bytes.Fields(rest)[0])
	}
}

// all is the number of bits that are to be flipped, 0 in a sample.
func all(t *testing.T) int { return number(t, "MACH_FAULTS", 0) }

// count is one number or the other.
func count(t *testing.T, sample, whole int) int {
	if all(t) == 0 {
		return sample
	}
	return whole
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// say says what a test has found.
func say(t *testing.T, format string, args ...any) {
	t.Helper()
	t.Logf("%s: %s", t.Name(), fmt.Sprintf(format, args...))
}

// random is random, and can be had again.
func random(t *testing.T) *rand.Rand {
	t.Helper()
	seed := number(t, "MACH_SEED", int(time.Now().UnixNano()%1e6))
	say(t, "MACH_SEED=%d", seed)
	return rand.New(rand.NewPCG(uint64(seed), 5))
}

// result is what a mach did.
type result struct {
	code           int
	stdout, stderr string
	memory         int64 // bytes, at most
}

// patience is how long a mach may take that hangs for ever, perhaps.
const patience = time.Minute

// mach runs mach in a directory.
func mach(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return run(t, command(t, dir, "mach", args...))
}

// command is a program, with nothing of the user's configuration.
func command(t *testing.T, dir, program string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, program, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "PIP_CONFIG_FILE="+os.DevNull,
		"PIP_INDEX_URL=https://index.example/simple/", "PIP_RETRIES=0", "MACH_DB=")
	return c
}

// run waits for the end of a command, which must come in time and be an exit.
func run(t *testing.T, c *exec.Cmd) result {
	t.Helper()
	peak, end, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer peak.Close()
	var out, said bytes.Buffer
	c.Stdout, c.Stderr, c.ExtraFiles = &out, &said, []*os.File{end}
	c.Env = append(c.Env, "MACH_PEAK=yes")
	err = c.Run()
	end.Close()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Error(err)
	}
	r := result{c.ProcessState.ExitCode(), out.String(), said.String(), 0}
	if text, _ := io.ReadAll(peak); len(text) > 0 {
		if r.memory, err = strconv.ParseInt(string(text), 10, 64); err != nil {
			t.Error(err)
		}
		r.memory <<= 10
	}
	if r.code < 0 || r.code > 3 || strings.Contains(r.stderr, "goroutine ") {
		t.Errorf("%q: %v: %s", c.Args, c.ProcessState, r.stderr)
	}
	return r
}

// refused checks that a mach ended with a code, no result, and an error that has the words in it and a hint.
func (r result) refused(t *testing.T, code int, words ...string) {
	t.Helper()
	if r.code != code || r.stdout != "" || !strings.Contains("\n"+r.stderr, "\nerror: ") {
		t.Errorf("exit code %d, want %d and an error; stdout %.100q, stderr %q", r.code, code, r.stdout, r.stderr)
	}
	for _, word := range append(words, "\nhint: ") {
		if !strings.Contains(r.stderr, word) {
			t.Errorf("%q is not in %q", word, r.stderr)
		}
	}
}

func done(t *testing.T, r result) result {
	t.Helper()
	if r.code != 0 {
		t.Fatalf("exit code %d: %s", r.code, r.stderr)
	}
	return r
}

// files are those of a directory, by name, with a digest of what is in them.
func files(t *testing.T, dir string) map[string][sha256.Size]byte {
	t.Helper()
	found := map[string][sha256.Size]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() {
			found[e.Name()] = sha256.Sum256(read(t, filepath.Join(dir, e.Name())))
		}
	}
	return found
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, path string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
