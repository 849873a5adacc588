// Package script runs the command line of mach as users do: each *.txtar beside this file is one script, named
// VERB_CASE, with the files that it needs. The command "universe FILE DB" packs a text form of package universe into
// a database, "index FILE [VAR=PATH…] [WORD…]" serves one as an index and sets variables to URLs on that server, by
// default PIP_INDEX_URL=/simple/ (see universe.NewServer for the words), "asked PATH" waits until the last such index was
// asked for a path and "! asked PATH" wants that it was not, "files FILE DIR" makes the files of a universe, "exit CODE COMMAND…" wants
// just that exit code, "damage cut|flip FILE OUT" copies a file without its end or with one bit of its middle flipped, and
// "serve FILE VAR [WORD…]" serves one file (see fileServer for the words).
package script

import (
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"mach/helper/cli"
	"mach/tests/universe"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mach": func() { os.Exit(cli.Main(os.Args[1:])) }})
}

func TestScripts(t *testing.T) {
	database, err := filepath.Abs("../../lib/database/pypi.xz")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 ".",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"universe": buildUniverse, "index": serveIndex, "asked": asked, "files": writeFiles, "exit": exit, "damage": damage,
			"serve": serveFile,
		},
		Setup: func(env *testscript.Env) error {
			// Nothing of the user's own configuration or cache may reach a script.
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("DATABASE", database)
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/.cache")
			env.Setenv("PIP_CONFIG_FILE", os.DevNull)
			env.Setenv("PIP_INDEX_URL", "https://index.example/simple/")
			env.Values[lastIndex{}] = new(atomic.Pointer[universe.Server])
			return nil
		},
	})
}

// The README shows what the script prints.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	script, err := txtar.ParseFile("lock_readme.txtar")
	if err != nil {
		t.Fatal(err)
	}
	want := string(script.Files[len(script.Files)-1].Data)
	shown := "    " + strings.ReplaceAll(strings.TrimSuffix(want, "\n"), "\n", "\n    ")
	if !strings.Contains(string(readme), shown) {
		t.Errorf("README.md does not show\n%s", shown)
	}
}

func buildUniverse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: universe FILE DB")
	}
	db, err := universe.Build(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), db, 0o644))
}

// lastIndex is the key of a script's index.
type lastIndex struct{}

func serveIndex(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: index FILE [VAR=PATH…] [WORD…]")
	}
	paths, words := map[string]string{}, []string(nil)
	for _, arg := range args[1:] {
		if key, path, ok := strings.Cut(arg, "=/"); ok {
			paths[key] = "/" + path
		} else {
			words = append(words, arg)
		}
	}
	if len(paths) == 0 {
		paths["PIP_INDEX_URL"] = "/simple/"
	}
	index, err := universe.NewServer(ts.ReadFile(args[0]), words...)
	ts.Check(err)
	server := httptest.NewServer(index)
	ts.Defer(func() {
		server.CloseClientConnections()
		server.Close()
	})
	for key, path := range paths {
		ts.Setenv(key, server.URL+path)
	}
	ts.Setenv("HOST", strings.TrimPrefix(server.URL, "http://"))
	ts.Value(lastIndex{}).(*atomic.Pointer[universe.Server]).Store(index)
}

func asked(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] asked PATH")
	}
	last := ts.Value(lastIndex{}).(*atomic.Pointer[universe.Server]).Load()
	for deadline := time.Now().Add(20 * time.Second); !neg && last.Asked(args[0]) == 0 && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	if was := last.Asked(args[0]) > 0; was == neg {
		ts.Fatalf("%s: asked for: %t; all that was: %q", args[0], was, last.Requests())
	}
}

func writeFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: files FILE DIR")
	}
	ts.Check(universe.WriteFiles(ts.ReadFile(args[0]), ts.MkAbs(args[1])))
}

func exit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE COMMAND ARG…")
	}
	code := "0"
	var ended *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &ended) {
		code = strconv.Itoa(ended.ExitCode())
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: damage cut|flip FILE OUT")
	}
	data := []byte(ts.ReadFile(args[1]))
	switch args[0] {
	case "cut":
		data = data[:len(data)-7]
	case "flip":
		data[len(data)/4] ^= 1
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), data, 0o644))
}
