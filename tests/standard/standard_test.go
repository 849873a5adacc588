//go:build standard

package standard

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"mach/helper/index"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/tests/universe"
)

// TestScripts runs the scripts beside this file, named TOPIC_CASE, with mach, uv and pip. Beside testscript's commands:
//
//	index FILE [WORD…]                serves a universe as the index of all three (see universe.NewServer)
//	files FILE DIR                    makes the files of a universe
//	online                            makes the index that pip is configured with that of all three
//	installs WANT [extra=NAME|group=NAME…]
//	                                  uv and pip install pylock.toml, and just the releases that WANT lists are there,
//	                                  those of the lock if it is -; and packaging chooses what mach does
//	installs WANT system=SYSTEM       uv does so for another system than this
//	! installs                        both refuse to, and install nothing
//
// $PYVERSION is the Python that they install for, such as 3.11.
func TestScripts(t *testing.T) {
	cache, err := filepath.Abs("../../build/standard/cache")
	if err != nil {
		t.Fatal(err)
	}
	version, err := exec.Command("python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2], end='')").Output()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 ".",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"index": serveIndex, "files": writeFiles, "online": online, "installs": installs,
		},
		Setup: func(env *testscript.Env) error {
			// Nothing of the user's own configuration or cache may reach a script that is not online.
			for key, value := range map[string]string{
				"HOME": env.WorkDir, "XDG_CACHE_HOME": env.WorkDir + "/.cache", "PIP_CONFIG_FILE": os.DevNull,
				"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore",
				"UV_NO_CONFIG": "1", "UV_PREVIEW_FEATURES": "pylock", "UV_PYTHON_DOWNLOADS": "never",
				"PYTHONPATH": os.Getenv("PYTHONPATH"), "UV_PYTHON": os.Getenv("UV_PYTHON"), "CACHE": cache, "PYVERSION": string(version),
			} {
				env.Setenv(key, value)
			}
			return nil
		},
	})
}

func serveIndex(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: index FILE [WORD…]")
	}
	handler, err := universe.NewServer(ts.ReadFile(args[0]), args[1:]...)
	ts.Check(err)
	server := httptest.NewServer(handler)
	ts.Defer(server.Close)
	setIndex(ts, server.URL+"/simple/")
}

func setIndex(ts *testscript.TestScript, url string) {
	ts.Setenv("PIP_INDEX_URL", url)
	ts.Setenv("UV_DEFAULT_INDEX", url)
}

func writeFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: files FILE DIR")
	}
	ts.Check(universe.WriteFiles(ts.ReadFile(args[0]), ts.MkAbs(args[1])))
}

func online(ts *testscript.TestScript, neg bool, args []string) {
	found, err := index.Discover(index.DiscoverOptions{})
	ts.Check(err)
	main, ok := found.Main()
	if !ok {
		ts.Fatalf("no index is configured")
	}
	for _, setting := range os.Environ() {
		key, value, _ := strings.Cut(setting, "=")
		upper := strings.ToUpper(key)
		if strings.HasPrefix(upper, "SSL_") || strings.HasSuffix(upper, "_PROXY") || upper == "PIP_CERT" {
			ts.Setenv(key, value)
		}
	}
	ts.Setenv("UV_CACHE_DIR", ts.Getenv("CACHE")+"/uv")
	ts.Setenv("PIP_CACHE_DIR", ts.Getenv("CACHE")+"/pip")
	setIndex(ts, main.SimpleURL)
}

func installs(ts *testscript.TestScript, neg bool, args []string) {
	if !neg && len(args) == 0 || neg && len(args) > 0 {
		ts.Fatalf("usage: installs WANT [extra=NAME|group=NAME…|system=SYSTEM] or ! installs")
	}
	for _, command := range installers(args) {
		dir, err := os.MkdirTemp(ts.MkAbs("."), "site-")
		ts.Check(err)
		err = ts.Exec(command[0], append(command[1:], "--target", dir)...)
		if (err != nil) != neg {
			ts.Fatalf("%s: %v", strings.Join(command, " "), err)
		}
		want := ""
		switch {
		case neg:
		case args[0] == "-":
			want = locked(ts)
		default:
			want = ts.ReadFile(args[0])
		}
		if diff := cmp.Diff(want, installed(ts, dir)); diff != "" {
			ts.Fatalf("%s: -want +installed\n%s", strings.Join(command, " "), diff)
		}
	}
	ts.Check(sameChoice([]byte(ts.ReadFile("pylock.toml"))))
}

// platforms are uv's names of systems.
var platforms = map[string]string{
	"x86_64-linux": "x86_64-manylinux_2_40", "aarch64-linux": "aarch64-manylinux_2_40",
	"x86_64-darwin": "x86_64-apple-darwin", "aarch64-darwin": "aarch64-apple-darwin",
}

// installers are the commands of uv and pip for some extras and groups, or that of uv for a system.
func installers(words []string) [][]string {
	uv, pip := []string{"uv", "pip", "install", "-r", "pylock.toml"}, []string{"pip", "install"}
	var extras []string
	for _, word := range words {
		if extra, ok := strings.CutPrefix(word, "extra="); ok {
			uv, extras = append(uv, "--extra", extra), append(extras, extra)
		} else if group, ok := strings.CutPrefix(word, "group="); ok {
			uv, pip = append(uv, "--group", group), append(pip, "--group", "pylock.toml:"+group)
		} else if system, ok := strings.CutPrefix(word, "system="); ok {
			return [][]string{append(uv, "--python-platform", platforms[system])}
		}
	}
	if len(extras) == 0 {
		return [][]string{uv, append(pip, "-r", "pylock.toml")}
	}
	return [][]string{uv, append(pip, "-r", "pylock.toml["+strings.Join(extras, ",")+"]")}
}

// installed lists the releases in a directory.
func installed(ts *testscript.TestScript, dir string) string {
	found, err := filepath.Glob(dir + "/*.dist-info")
	ts.Check(err)
	var all strings.Builder
	for _, path := range found {
		name, version, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".dist-info"), "-")
		fmt.Fprintf(&all, "%s %s\n", pep508.NormalizeName(name), version)
	}
	return all.String()
}

// locked lists the releases that a lock without extras and groups has for this machine.
func locked(ts *testscript.TestScript) string {
	l, err := lock.Read([]byte(ts.ReadFile("pylock.toml")), "pylock.toml")
	ts.Check(err)
	machine := map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[runtime.GOARCH]
	var all strings.Builder
	for _, p := range chosenByMach(l, target{system: machine + "-" + runtime.GOOS}) {
		fmt.Fprintf(&all, "%s %s\n", p[0], p[1])
	}
	return all.String()
}
