package index

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/diag"
)

// lonely is a machine on which nothing is configured: an empty home and no python3.
func lonely(t *testing.T) (home string) {
	home = t.TempDir()
	for _, name := range []string{
		"PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_CONFIG_FILE", "VIRTUAL_ENV", "PIP_EXTRA_INDEX_URL", "UV_INDEX",
		"UV_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_FIND_LINKS", "PIP_NO_INDEX", "UV_NO_INDEX",
		"XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_CACHE_HOME",
	} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", home)
	t.Setenv("PATH", filepath.Join(home, "bin"))
	old := globalConfigs
	globalConfigs = func() []string { return []string{filepath.Join(home, "etc", "pip.conf")} }
	t.Cleanup(func() { globalConfigs = old })
	return home
}

// Each case adds to the ones before: what is added wins.
func TestDiscoverPrecedence(t *testing.T) {
	home := lonely(t)
	cache := filepath.Join(home, "cache")
	opts := DiscoverOptions{Cache: cache}
	discover := func() (Index, error) {
		s, err := Discover(opts)
		ix, _ := s.Main()
		return ix, err
	}
	for _, step := range []struct {
		what, want, source string
		do                 func()
	}{
		{"the installed pip", "https://pip.index.example/simple/", "pip of ", func() {
			write(t, 0o755, "#!/bin/sh\necho https://pip.index.example/simple\necho files.index.example\n", home, "bin", "python3")
		}},
		{"global configuration", "https://global.index.example/", "/etc/pip.conf", func() {
			write(t, 0o644, "# a comment\n[global]\nindex-url = https://global.index.example\n", home, "etc", "pip.conf")
		}},
		{"user configuration, with a folded key", "https://user.index.example/s/", "/.config/pip/pip.conf", func() {
			write(t, 0o644, "[global]\nIndex_URL: https://user.index.example/s/\n", home, ".config", "pip", "pip.conf")
		}},
		{"the virtual environment's", "https://site.index.example/", "/venv/pip.conf", func() {
			write(t, 0o644, "[global]\nindex-url=https://site.index.example\n", home, "venv", "pip.conf")
			t.Setenv("VIRTUAL_ENV", filepath.Join(home, "venv"))
		}},
		{"[install] beats [global] from any file", "https://install.index.example/", "/etc/pip.conf", func() {
			write(t, 0o644, "[install] # ours\nindex-url =\n\n  https://install.index.example\n", home, "etc", "pip.conf")
		}},
		{"PIP_CONFIG_FILE", "https://own.index.example/", "/own.conf", func() {
			write(t, 0o644, "[install]\nindex-url = https://own.index.example\n", home, "own.conf")
			t.Setenv("PIP_CONFIG_FILE", filepath.Join(home, "own.conf"))
		}},
		{"UV_DEFAULT_INDEX, which may have a name", "https://uv.index.example/", "UV_DEFAULT_INDEX", func() {
			t.Setenv("UV_DEFAULT_INDEX", "ours=https://uv.index.example/")
		}},
		{"PIP_INDEX_URL", "https://env.index.example/simple/", "PIP_INDEX_URL", func() {
			t.Setenv("PIP_INDEX_URL", "https://me:secret@env.index.example/simple/")
		}},
		{"--index-url", "http://option.index.example:8080/root/", "", func() {
			opts.IndexURL.Value = "http://option.index.example:8080/root"
		}},
	} {
		step.do()
		ix, err := discover()
		if err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		if ix.SimpleURL != step.want || !strings.Contains(ix.Source, step.source) {
			t.Errorf("%s: got %s of %s, want %s of %s", step.what, ix.SimpleURL, ix.Source, step.want, step.source)
		}
	}
}

// PIP_CONFIG_FILE naming the null device turns every file off, as it does for pip.
func TestDiscoverNoConfig(t *testing.T) {
	home := lonely(t)
	write(t, 0o644, "[global]\nindex-url = https://global.index.example\n", home, "etc", "pip.conf")
	t.Setenv("PIP_CONFIG_FILE", os.DevNull)
	_, err := Discover(DiscoverOptions{})
	if err == nil || !strings.Contains(err.Error(), "no python3 on PATH") {
		t.Errorf("got %v", err)
	}
}

// What pip refuses to read is refused: it may name the index, and another must not be asked in its place.
func TestDiscoverBrokenConfig(t *testing.T) {
	for why, test := range map[string]struct{ text, want string }{
		"a section that is not closed":  {"# ours\n[global\nindex-url = https://index.example\n", ":2: pip's configuration: the line stands below no [section]"},
		"no section":                    {"index-url = https://index.example\n", ":1: pip's configuration: the line stands below no [section]"},
		"no value":                      {"[global]\nindex-url\n", ":2: pip's configuration: neither [section] nor key = value"},
		"another encoding":              {"[global]\n# \xe4\n", ":2: pip's configuration: a byte that is not UTF-8"},
		"an index that cannot be asked": {"[global]\nindex-url = nonsense\n", `: index "nonsense" is not an http or https URL`},
	} {
		home := lonely(t)
		write(t, 0o644, test.text, home, "pip.conf")
		t.Setenv("PIP_CONFIG_FILE", filepath.Join(home, "pip.conf"))
		_, err := Discover(DiscoverOptions{})
		if err == nil || err.Error() != filepath.Join(home, "pip.conf")+test.want || diag.ExitCode(err) != diag.ExitUsage {
			t.Errorf("%s: got %v, want it to end in %q", why, err, test.want)
		}
	}
}

// Python is started once: the second answer comes from the cache, until the interpreter is another.
func TestPipIsAskedOnce(t *testing.T) {
	home := lonely(t)
	python := filepath.Join(home, "bin", "python3")
	opts := DiscoverOptions{Cache: filepath.Join(home, "cache")}
	write(t, 0o755, "#!/bin/sh\necho started >>"+home+"/log\necho https://pip.index.example/simple\necho files.index.example\n", python)
	for range 2 {
		s, err := Discover(opts)
		if err != nil {
			t.Fatal(err)
		}
		ix, _ := s.Main()
		if got, want := ix.FileURL("packages/a.whl"), "https://files.index.example/packages/a.whl"; got != want {
			t.Errorf("FileURL: got %q, want %q", got, want)
		}
	}
	if log, _ := os.ReadFile(home + "/log"); string(log) != "started\n" {
		t.Errorf("python was started %d times", strings.Count(string(log), "\n"))
	}
	write(t, 0o755, "#!/bin/sh\nexit 1\n", python)
	if ix, err := Discover(opts); err == nil || !strings.Contains(err.Error(), "has no pip") {
		t.Errorf("another interpreter, without pip: got %v, %v", ix, err)
	}
}

// What is no URL is refused, and what may be a password in it is not shown.
func TestNewRefuses(t *testing.T) {
	for _, raw := range []string{"", "simple", "ftp://index.example/", "https://", "https://me:secret@", "me:secret@index.example", "http://me:secret@[::1"} {
		_, err := New(raw, "PIP_INDEX_URL")
		if err == nil || strings.Contains(err.Error(), "secret") || !strings.HasPrefix(err.Error(), "PIP_INDEX_URL: ") {
			t.Errorf("%q: got %v", raw, err)
		}
	}
}

// Each case stands alone: what is in pip's configuration, in the environment, and what the options say. Indexes come in
// the order in which they are asked, extra ones first, and each says who named it.
func TestDiscoverSeveral(t *testing.T) {
	const main = "https://main.index.example/ (--index-url)"
	for _, test := range []struct {
		why     string
		conf    string
		env     []string
		options DiscoverOptions
		want    []string
		links   []string
	}{
		{why: "one", want: []string{main}},
		{
			why: "options", options: DiscoverOptions{
				ExtraIndexURLs: []Given{{Value: "https://a.index.example", Source: "requirements.txt:1"}, {Value: "https://b.index.example/", Source: "--extra-index-url"}},
				FindLinks:      []Given{{Value: "./wheels", Source: "--find-links"}},
			},
			want:  []string{"https://a.index.example/ (requirements.txt:1)", "https://b.index.example/ (--extra-index-url)", main},
			links: []string{"./wheels (--find-links)"},
		},
		{
			why:   "pip's configuration, on several lines",
			conf:  "[global]\nextra-index-url =\n  https://a.index.example\n  # a comment\n  https://b.index.example\nfind-links = /x\n /y\n",
			want:  []string{"https://a.index.example/ (CONF)", "https://b.index.example/ (CONF)", main},
			links: []string{"/x (CONF)", "/y (CONF)"},
		},
		{
			why:   "the environment beats it, and options add to it",
			conf:  "[global]\nextra-index-url = https://a.index.example\nfind-links = /x\n",
			env:   []string{"PIP_EXTRA_INDEX_URL=https://b.index.example  https://c.index.example", "UV_FIND_LINKS=/y,/z"},
			want:  []string{"https://d.index.example/ (-)", "https://b.index.example/ (PIP_EXTRA_INDEX_URL)", "https://c.index.example/ (PIP_EXTRA_INDEX_URL)", main},
			links: []string{"/y (UV_FIND_LINKS)", "/z (UV_FIND_LINKS)"},
			options: DiscoverOptions{
				ExtraIndexURLs: []Given{{Value: "https://d.index.example", Source: "-"}},
			},
		},
		{
			why:  "uv's, which may have names",
			env:  []string{"UV_INDEX=ours=https://a.index.example https://b.index.example"},
			want: []string{"https://a.index.example/ (UV_INDEX)", "https://b.index.example/ (UV_INDEX)", main},
		},
		{
			why: "of a name the first counts, and some are asked last",
			options: DiscoverOptions{
				ExtraIndexURLs: []Given{{Value: "own=https://a.index.example", Source: "-"}, {Value: "https://b.index.example", Name: "Own", Source: "-"}},
				LastIndexURLs:  []Given{{Value: "https://c.index.example", Name: "last", Source: "-"}},
			},
			want: []string{"https://a.index.example/ (-)", main, "https://c.index.example/ (-)"},
		},
		{why: "none, by option", options: DiscoverOptions{NoIndex: true, ExtraIndexURLs: []Given{{Value: "https://a.index.example", Source: "-"}}}},
		{why: "none, by environment", env: []string{"PIP_NO_INDEX=1", "PIP_FIND_LINKS=/x"}, links: []string{"/x (PIP_FIND_LINKS)"}},
		{why: "none, by configuration", conf: "[install]\nno-index = yes\n"},
		{why: "not none", env: []string{"UV_NO_INDEX=false"}, want: []string{main}},
	} {
		t.Run(test.why, func(t *testing.T) {
			home := lonely(t)
			conf := write(t, 0o644, test.conf, home, "etc", "pip.conf")
			for _, one := range test.env {
				name, value, _ := strings.Cut(one, "=")
				t.Setenv(name, value)
			}
			o := test.options
			o.IndexURL = Given{Value: "https://main.index.example", Source: "--index-url"}
			s, err := Discover(o)
			if err != nil {
				t.Fatal(err)
			}
			var got, links []string
			for _, ix := range s.Indexes {
				got = append(got, strings.ReplaceAll(ix.SimpleURL+" ("+ix.Source+")", conf, "CONF"))
			}
			for _, g := range s.FindLinks {
				links = append(links, strings.ReplaceAll(g.Value+" ("+g.Source+")", conf, "CONF"))
			}
			if diff := cmp.Diff([][]string{test.want, test.links}, [][]string{got, links}); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if ix, ok := s.Main(); ok != (len(test.want) > 0) || ok && ix.String() != "https://main.index.example/" {
				t.Errorf("the main index is %s", ix)
			}
		})
	}
}

// uv's credentials for an index that has a name stand in variables of their own.
func TestNamedCredentials(t *testing.T) {
	t.Setenv("UV_INDEX_MY_INDEX_2_USERNAME", "me")
	t.Setenv("UV_INDEX_MY_INDEX_2_PASSWORD", "secret")
	ix, err := Named(Given{Value: "my-index.2=https://index.example/simple", Source: "UV_INDEX"})
	if err != nil || ix.user.String() != "me:secret" || ix.SimpleURL != "https://index.example/simple/" {
		t.Errorf("got %v, %v", ix, err)
	}
	if ix, err = Named(Given{Value: "my-index.2=https://you:own@index.example/simple", Source: "UV_INDEX"}); err != nil || ix.user.String() != "you:own" {
		t.Errorf("got %v, %v", ix.user, err)
	}
}
