// Package explanations keeps docs/explanations.md true: the messages of mach for the conflicts in cases/, beside what uv
// and pip say. A case begins with what it is about. Its files are what is resolved (requirements.txt, constraints.txt), a
// world (see package universe) where no real projects show it, options, and what each says:
//
//	python 3.14           the target; 3.12 without it
//	system aarch64-linux  x86_64-linux without it
//	mach FLAGS            the flags that one of them needs
//	uv FLAGS
//	pip FLAGS
//	real                  the world is a few real releases: uv and pip resolve against the index that pip is configured with
//	verdict uv PARTS      what the message says: the cause, the way to it, what to do; the same for pip and mach
//
// The test asks mach alone; run has uv and pip answer again too.
package explanations

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"mach/helper/cli"
	"mach/tests/universe"
)

var (
	update = flag.Bool("update", false, "write the cases and docs/explanations.md")
	uv     = flag.String("uv", "", "the program uv, to have it answer again")
	pip    = flag.String("pip", "", "the Python with pip, to have it answer again")
)

const document = "../../docs/explanations.md"

// The day of the committed database: nobody looks at what was uploaded later.
const day = "2026-11-22"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "mach" { // this program again, as a user runs it
		os.Exit(cli.Main(os.Args[2:]))
	}
	os.Exit(m.Run())
}

func TestDocument(t *testing.T) {
	files, err := filepath.Glob("cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	var cases []*conflict
	for _, file := range files {
		c := read(t, file)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { c.check(t, file) })
		cases = append(cases, c)
	}
	if *uv != "" && *pip != "" {
		text := fmt.Sprintf("%s and %s", version(t, *uv, "--version"), version(t, *pip, "-m", "pip", "--version"))
		if err := os.WriteFile("answered.txt", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text := documentOf(cases)
	if *update {
		if err := os.WriteFile(document, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	before, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), text); diff != "" {
		t.Errorf("%s is not what the cases say: run this test with -update (-was +is)\n%s", document, diff)
	}
}

// version is a program's name and version.
func version(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).Output()
	words := strings.Fields(string(out))
	if err != nil || len(words) < 2 {
		t.Fatal(program, err)
	}
	return words[0] + " " + words[1]
}

// conflict is a case.
type conflict struct {
	title          string
	files          map[string]string
	python, system string
	real           bool
	flags          map[string][]string // by program
	verdicts       map[string][]string
}

var programs = []string{"mach", "uv", "pip"}

func read(t *testing.T, file string) *conflict {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &conflict{
		title: strings.TrimSpace(string(a.Comment)), files: map[string]string{}, python: "3.12", system: "x86_64-linux",
		flags: map[string][]string{}, verdicts: map[string][]string{},
	}
	for _, f := range a.Files {
		c.files[f.Name] = string(f.Data)
	}
	for line := range strings.Lines(c.files["options"]) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "python":
			c.python = rest
		case "system":
			c.system = rest
		case "real":
			c.real = true
		case "mach", "uv", "pip":
			c.flags[word] = strings.Fields(rest)
		case "verdict":
			who, parts, _ := strings.Cut(rest, " ")
			c.verdicts[who] = strings.Fields(parts)
		default:
			t.Fatalf("%s: unknown option %q", file, word)
		}
	}
	return c
}

// check runs mach, and the others where that is asked for.
func (c *conflict) check(t *testing.T, file string) {
	got := c.mach(t)
	if !*update {
		if diff := cmp.Diff(c.files["mach"], got); diff != "" {
			t.Errorf("(-was +is)\n%s", diff)
		}
		return
	}
	c.files["mach"] = got
	if *uv != "" {
		c.files["uv"] = c.uv(t)
	}
	if *pip != "" {
		c.files["pip"] = c.pip(t)
	}
	a := &txtar.Archive{Comment: []byte(c.title + "\n")}
	for _, name := range []string{"options", "requirements.txt", "constraints.txt", "world", "mach", "uv", "pip"} {
		if text, ok := c.files[name]; ok {
			a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
		}
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

// inputs writes the requirements into a directory, without lines that a program does not know, and gives the flags that
// name them.
func (c *conflict) inputs(t *testing.T, without string) (dir string, flags []string) {
	t.Helper()
	dir = t.TempDir()
	for flag, name := range map[string]string{"-r": "requirements.txt", "-c": "constraints.txt"} {
		text, ok := c.files[name]
		if !ok {
			continue
		}
		lines := slices.DeleteFunc(strings.SplitAfter(text, "\n"), func(line string) bool { return without != "" && strings.HasPrefix(line, without) })
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		flags = append(flags, flag, name)
	}
	slices.Sort(flags)
	if len(flags) == 4 {
		flags = []string{"-r", "requirements.txt", "-c", "constraints.txt"}
	} else {
		flags = []string{"-r", "requirements.txt"}
	}
	return dir, flags
}

func (c *conflict) mach(t *testing.T) string {
	t.Helper()
	dir, flags := c.inputs(t, "")
	db, err := filepath.Abs("../../lib/database/pypi.xz")
	if err != nil {
		t.Fatal(err)
	}
	if world, ok := c.files["world"]; ok {
		packed, err := universe.Build(world)
		if err != nil {
			t.Fatal(err)
		}
		db = filepath.Join(dir, "world.xz")
		if err := os.WriteFile(db, packed, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := slices.Concat([]string{"mach", "lock", "--db", db, "--files-url", "none", "--python", c.python, "--system", c.system}, c.flags["mach"], flags)
	return run(t, dir, nil, self, args...)
}

func (c *conflict) uv(t *testing.T) string {
	t.Helper()
	dir, flags := c.inputs(t, "--only-final")
	args := slices.Concat([]string{"pip", "compile", "-q", "--python", *pip, "--python-version", c.python}, c.flags["uv"])
	if c.system == "x86_64-linux" {
		args = append(args, "--python-platform", "x86_64-manylinux_2_40")
	}
	if !slices.Contains(args, "--exclude-newer") && c.indexed() {
		args = append(args, "--exclude-newer", day+"T23:59:59Z")
	}
	flags = slices.DeleteFunc(flags, func(f string) bool { return f == "-r" })
	return run(t, dir, c.index(t), *uv, slices.Concat(args, flags)...)
}

func (c *conflict) pip(t *testing.T) string {
	t.Helper()
	dir, flags := c.inputs(t, "")
	args := slices.Concat([]string{"-m", "pip", "install", "--dry-run", "--ignore-installed", "--progress-bar", "off"}, c.flags["pip"])
	if !slices.Contains(args, "--uploaded-prior-to") && c.indexed() {
		args = append(args, "--uploaded-prior-to", day+"T23:59:59Z")
	}
	return run(t, dir, c.index(t), *pip, slices.Concat(args, flags)...)
}

// indexed says whether the others resolve against the index that pip is configured with.
func (c *conflict) indexed() bool { return c.files["world"] == "" || c.real }

// index is the environment that has others resolve a case that is not about real projects.
func (c *conflict) index(t *testing.T) []string {
	t.Helper()
	if c.indexed() {
		return nil
	}
	index, err := universe.NewServer(c.files["world"])
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(index)
	t.Cleanup(server.Close)
	url := server.URL + "/simple/"
	return []string{"PIP_INDEX_URL=" + url, "UV_INDEX_URL=" + url, "UV_DEFAULT_INDEX=" + url, "PIP_EXTRA_INDEX_URL=", "PIP_NO_CACHE_DIR=1", "UV_NO_CACHE=1"}
}

// patience is how long a program may take. pip takes longer over some conflicts than anybody waits.
const patience = 5 * time.Minute

// run is what a program says, cleaned and shortened.
func run(t *testing.T, dir string, env []string, program string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.WaitDelay = time.Second
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "COLUMNS=100", "TERM=dumb", "PIP_DISABLE_PIP_VERSION_CHECK=1", "PIP_FIND_LINKS=", "UV_FIND_LINKS=")
	cmd.Env = append(cmd.Env, env...)
	var out bytes.Buffer
	cmd.Stderr = &out
	if filepath.Base(program) != "uv" {
		cmd.Stdout = &out // pip's, where there is more than errors
	}
	err := cmd.Run()
	switch said := shortened(cleaned(out.String(), dir)); {
	case ctx.Err() != nil:
		return "(no answer in five minutes)\n"
	case err == nil:
		return "(no complaint)\n"
	default:
		return said
	}
}

var (
	noise  = regexp.MustCompile(`^( *(Collecting|Using cached|Downloading|Requirement already|Looking in|Obtaining|Preparing metadata|Getting requirements|Installing build|Processing|Discarding|INFO: pip is (looking|still)|\[notice\]).*|WARNING: (Retrying|Skipping).*)$`)
	url    = regexp.MustCompile(`\b(https?|file)://[^\s/]+`)
	colour = regexp.MustCompile("\x1b\\[[0-9;]*m")
	path   = regexp.MustCompile(`(^|[\s'"(=])(/[\w.+-]+)+/([\w.+-]+)`)
)

// cleaned is what a program says without hosts, paths and what is no message.
func cleaned(text, dir string) string {
	text = strings.ReplaceAll(colour.ReplaceAllString(text, ""), dir+"/", "")
	text = url.ReplaceAllString(text, "https://index.example")
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \r\n")
		if noise.MatchString(line) {
			continue
		}
		if !strings.Contains(line, "https://") {
			line = path.ReplaceAllString(line, "$1…/$3")
		}
		lines = append(lines, line)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// shortened has of a long text, and of a long line, the beginning and the end.
func shortened(text string) string {
	const first, last, long = 9, 9, 330
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if n := len(line) - long; n > 40 {
			lines[i] = fmt.Sprintf("%s (… %d characters are left out …) %s", line[:long/2], n, line[len(line)-long/2:])
		}
	}
	text = strings.Join(lines, "")
	if len(lines) <= first+last+2 {
		return text
	}
	out := fmt.Sprintf("(%d lines are left out)\n", len(lines)-1-first-last)
	return strings.Join(lines[:first], "") + out + strings.Join(lines[len(lines)-1-last:], "")
}
