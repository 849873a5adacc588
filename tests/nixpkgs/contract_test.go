// Package nixpkgs holds the test that CONTRACT.md lists what lib/ takes from nixpkgs, and nothing else.
//
// What lib/ reads is found in its text: attribute paths that begin with a variable that holds a part of nixpkgs (roots),
// `inherit (path) names;` and `variable ? name`. Comments and the text of strings do not count, interpolations do.
// Names that are computed (`set.${name}`) are not seen, nor a part of nixpkgs under a variable that is not a root.
package nixpkgs

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// roots says what the variables of lib/ hold, in the words of CONTRACT.md. A path is rewritten until none applies.
var roots = [][2]string{
	{"arguments.pkgs", "pkgs"},
	{"given.pkgs", "pkgs"},
	{"args.pkgs", "pkgs"},
	{"given.python", "python"},
	{"py", "python"},
	{"base.python", "python"},
	{"base", "python.pkgs"},
	{"set", "python.pkgs"},
	{"pkgs.stdenv", "stdenv"},
	{"python.stdenv", "stdenv"},
	{"pkgs.lib", "lib"},
	{"input", "package"},
	{"module", "package"},
}

// parts are the roots of the contract itself.
var parts = []string{"pkgs", "lib", "stdenv", "python", "package"}

var (
	identifier = `[a-zA-Z_][\w'-]*`
	paths      = regexp.MustCompile(`(?:^|[^\w.'-])(` + identifier + `(?:\.` + identifier + `)+)`)
	inherits   = regexp.MustCompile(`inherit\s*\(\s*([\w.'-]+)\s*\)([\w'\s-]*);`)
	asks       = regexp.MustCompile(`(?:[^{,\s\w]\s*|\w\s+)(` + identifier + `)\s*\?\s*(` + identifier + `)`)
	escaped    = regexp.MustCompile(`^''['$\\]`)
	listed     = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")
)

func TestContractListsWhatLibTakes(t *testing.T) {
	want := map[string]bool{}
	given := map[string]bool{}
	for section, names := range contract(t) {
		for _, name := range names {
			if section == "Taken" {
				want[name] = true
			} else {
				given[name] = true
			}
		}
	}
	got := map[string]bool{}
	text := ""
	files, err := filepath.Glob("../../lib/*.nix")
	if err != nil || len(files) == 0 {
		t.Fatalf("lib/ is not there: %v", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range taken(code(string(content))) {
			got[path] = true
		}
		text += string(content)
	}
	for _, path := range sorted(got) {
		if !want[path] {
			t.Errorf("lib/ takes %s, which CONTRACT.md lacks in section Taken", path)
		}
	}
	for _, path := range sorted(want) {
		if !got[path] {
			t.Errorf("CONTRACT.md lists %s, which lib/ does not take", path)
		}
	}
	for name := range given {
		if !regexp.MustCompile(`(^|[^\w-])` + regexp.QuoteMeta(name) + `($|[^\w-])`).MatchString(text) {
			t.Errorf("CONTRACT.md, section Given: lib/ has no %q", name)
		}
	}
}

func TestTaken(t *testing.T) {
	for source, want := range map[string][]string{
		`pkgs.stdenv.cc.cc`:                                {"stdenv.cc.cc"},
		`base.python.libPrefix`:                            {"python.libPrefix"},
		`inherit (py) stdenv version;`:                     {"python.version", "stdenv"},
		`if python ? pkgs then a else b`:                   {"python.pkgs"},
		`{ python ? pkgs.python3 }: python`:                {"pkgs.python3"},
		`"the text pkgs.a and ${pkgs.b "${lib.c} lib.d"}"`: {"lib.c", "pkgs.b"},
		"''\n''${pkgs.no} ${pkgs.yes} '''\n''":             {"pkgs.yes"},
		"/* pkgs.a */ pkgs.b # pkgs.c\n":                   {"pkgs.b"},
		`mach.python lock.pkgs.x`:                          nil,
	} {
		if diff := cmp.Diff(want, taken(code(source))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", source, diff)
		}
	}
}

// contract reads the first column of the tables of CONTRACT.md, by section.
func contract(t *testing.T) map[string][]string {
	content, err := os.ReadFile("CONTRACT.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string][]string{}
	for _, section := range strings.Split(string(content), "\n## ")[1:] {
		title, body, _ := strings.Cut(section, "\n")
		for _, match := range listed.FindAllStringSubmatch(body, -1) {
			sections[title] = append(sections[title], match[1])
		}
	}
	return sections
}

// taken gives the paths into nixpkgs that code mentions, in the words of the contract, sorted.
func taken(code string) []string {
	found := map[string]bool{}
	add := func(path string) {
		if path := canonical(path); path != "" {
			found[path] = true
		}
	}
	for _, match := range paths.FindAllStringSubmatch(code, -1) {
		add(match[1])
	}
	for _, match := range inherits.FindAllStringSubmatch(code, -1) {
		for _, name := range strings.Fields(match[2]) {
			add(match[1] + "." + name)
		}
	}
	for _, match := range asks.FindAllStringSubmatch(code, -1) {
		add(match[1] + "." + match[2])
	}
	return sorted(found)
}

// canonical rewrites a path by roots, and is empty for one that does not lead into nixpkgs.
func canonical(path string) string {
	for again := true; again; {
		again = false
		for _, root := range roots {
			if rest, found := strings.CutPrefix(path+".", root[0]+"."); found {
				path = strings.TrimSuffix(root[1]+"."+rest, ".")
				again = true
			}
		}
	}
	first, _, _ := strings.Cut(path, ".")
	if path == first && first != "stdenv" || !slices.Contains(parts, first) {
		return ""
	}
	return path
}

func sorted(set map[string]bool) []string {
	return slices.Sorted(maps.Keys(set))
}

// code is the source without comments and without the text of strings; what stands in interpolations is kept.
func code(source string) string {
	var out strings.Builder
	// The ends of the strings and interpolations around the place: `"`, `''` or `}`.
	var open []string
	for i := 0; i < len(source); {
		rest := source[i:]
		in := ""
		if len(open) > 0 {
			in = open[len(open)-1]
		}
		skip := 1
		switch {
		case in == `"` || in == "''":
			skip, open = inString(rest, in, open)
			out.WriteByte(' ')
		case strings.HasPrefix(rest, "#"):
			skip = len(rest[:strings.IndexByte(rest+"\n", '\n')])
		case strings.HasPrefix(rest, "/*"):
			skip = strings.Index(rest, "*/") + 2
		case strings.HasPrefix(rest, "''"):
			open, skip = append(open, "''"), 2
		case rest[0] == '"':
			open = append(open, `"`)
		case rest[0] == '{':
			open = append(open, "}")
			out.WriteByte('{')
		case rest[0] == '}':
			open = open[:len(open)-1]
			out.WriteByte('}')
		default:
			out.WriteByte(rest[0])
		}
		i += skip
	}
	return out.String()
}

// inString gives how many bytes to skip within a string that ends with end, and what is open after them.
func inString(rest, end string, open []string) (int, []string) {
	switch {
	case end == `"` && rest[0] == '\\':
		return 2, open
	case end == "''" && escaped.MatchString(rest):
		return 3, open
	case strings.HasPrefix(rest, "${"):
		return 2, append(open, "}")
	case strings.HasPrefix(rest, end):
		return len(end), open[:len(open)-1]
	}
	return 1, open
}
