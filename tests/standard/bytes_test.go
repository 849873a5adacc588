package standard

import (
	"bytes"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/tests/universe"
)

const bytesWorld = `
app 1.0 wheel
    native
    notify; sys_platform == "darwin"
    core[theme]
core 1.0 wheel extra=theme
    ring
    theme; extra == "theme"
ring 1.0 wheel
    core
theme 1.0 wheel=cp312-cp312-macosx_11_0_arm64 wheel=cp312-cp312-manylinux_2_17_x86_64 wheel=cp312-cp312-manylinux_2_17_aarch64 sdist
native 2.0 wheel=cp312-cp312-macosx_11_0_arm64
native 1.0 wheel=cp312-cp312-macosx_11_0_arm64 wheel=cp312-cp312-manylinux_2_17_x86_64
native 1.0 sdist build=hatch,setuptools
notify 1.0 wheel
lint 1.0 wheel
    core
docs 1.0 wheel
    theme
hatch 1.0 wheel
setuptools 80.0 wheel
wheel 1.0 wheel
nixed 1.0 wheel sdist
    core
`

const bytesFacts = `{"version": 1, "python": "3.12", "nixpkgs": "test", "packages": [
  {"name": "nixed", "attr": "nixed", "version": "1.0", "dependencies": ["core"]}
], "unusable": []}`

const bytesProject = `[project]
name = "me"
dependencies = ["app", "nixed"]
[project.optional-dependencies]
docs = ["docs"]
extra = ["lint"]
[dependency-groups]
dev = ["lint", "docs"]
test = ["docs"]
`

// TestBytes: neither the order of flags, nor the machine's settings, nor which processor is faster are in a lock.
func TestBytes(t *testing.T) {
	dir := t.TempDir()
	db, err := universe.Build(bytesWorld)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"db.xz": db, "facts.json": []byte(bytesFacts), "pyproject.toml": []byte(bytesProject)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server, err := universe.NewServer(bytesWorld)
	if err != nil {
		t.Fatal(err)
	}
	index := httptest.NewServer(server)
	defer index.Close()
	for name, source := range map[string][]string{
		"database": {"--db=db.xz", "--files-url=https://files.index.example"},
		"live":     {"--index-url=" + index.URL + "/simple/"},
	} {
		t.Run(name, func(t *testing.T) {
			var first []byte
			r := rand.New(rand.NewPCG(1, 2))
			for range 12 {
				got := lockBytes(t, dir, shuffledFlags(r, source), shuffledSettings(r, t.TempDir()))
				if first == nil {
					first = got
				}
				if diff := cmp.Diff(string(first), string(got)); diff != "" {
					t.Fatal(diff)
				}
			}
			if !bytes.Contains(first, []byte("nixed")) || !bytes.Contains(first, []byte("cut = ")) {
				t.Errorf("the lock lacks what could differ:\n%s", first)
			}
		})
	}
}

func shuffledFlags(r *rand.Rand, source []string) []string {
	flags := append([]string{
		"--python=3.12", "--system=x86_64-linux", "--system=aarch64-darwin", "--system=aarch64-linux", "--facts=facts.json",
		"--provider=nixed=nixpkgs", "--provider=ring=wheel,sdist", "--extra=docs", "--extra=extra", "--group=dev", "--group=test",
		"-o-",
	}, source...)
	requirements := []string{"./", "core", "notify; sys_platform == 'linux'"}
	for _, list := range [][]string{flags, requirements} {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	i := r.IntN(len(flags))
	return slices.Concat([]string{"lock"}, flags[:i], requirements, flags[i:])
}

func shuffledSettings(r *rand.Rand, home string) []string {
	one := func(values ...string) string { return values[r.IntN(len(values))] }
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "PIP_CONFIG_FILE=" + os.DevNull,
		"GOMAXPROCS=" + one("1", "2", "8"),
		"TZ=" + one("", "UTC", "Pacific/Kiritimati", "America/St_Johns"),
		"LC_ALL=" + one("", "C", "tr_TR.UTF-8", "de_DE.UTF-8", "ja_JP.EUC-JP"),
		"LANG=" + one("", "en_US.UTF-8", "tr_TR.UTF-8"),
		"USER=" + one("ann", "bob"), "HOSTNAME=" + one("one", "two"), "COLUMNS=" + one("20", "200"),
	}
}

func lockBytes(t *testing.T, dir string, args, settings []string) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command("mach", args...)
	cmd.Dir, cmd.Env, cmd.Stderr = dir, settings, &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("mach %q: %v\n%s", args, err, &stderr)
	}
	return out
}
