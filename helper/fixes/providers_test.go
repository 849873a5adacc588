package fixes

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestParseProviders(t *testing.T) {
	const file = `
# why
[defaults]
gdal = ["nixpkgs", "sdist"] # has no wheels
"zope-interface" = [
  "wheel", # only
]
`
	got, err := parseProviders([]byte(file))
	want := map[string][]string{"gdal": {"nixpkgs", "sdist"}, "zope-interface": {"wheel"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestCheckTable(t *testing.T) {
	const defaults, attributes = "[defaults]\n", "[attributes]\n"
	tests := []struct {
		why  string
		kind Kind
		file string
		want []string
	}{
		{"another table", ProvidersFile, "[default]\n", []string{`1:2: "default" is unknown: there is one table, [defaults]`}},
		{"no table", ProvidersFile, "a = [\"wheel\"]\n", []string{`1:1: "a" is unknown: there is one table, [defaults]`}},
		{"a name that is not normal", ProvidersFile, defaults + "PyYAML = [\"wheel\"]\n", []string{`2:1: "PyYAML" is no project's name in normal form`}},
		{"a project twice", ProvidersFile, defaults + "a = [\"wheel\"]\na = [\"sdist\"]\n", []string{`3:1: "a" stands twice`}},
		{"a project in the wrong place", ProvidersFile, defaults + "b = [\"wheel\"]\na = [\"sdist\"]\n", []string{`3:1: "a" stands behind "b": they are sorted`}},
		{"no array", ProvidersFile, defaults + "a = \"wheel\"\n", []string{`2:5: a is text, and must be an array`}},
		{"no text", ProvidersFile, defaults + "a = [1]\n", []string{`2:6: an item of a is a value of another kind, and must be text`}},
		{"no providers", ProvidersFile, defaults + "a = []\n", []string{`2:1: a is empty`}},
		{
			"what is no provider, and one twice", ProvidersFile, defaults + "a = [\"wheel\", \"conda\", \"wheel\"]\n",
			[]string{`2:15: "conda" is no provider: there are wheel, sdist, nixpkgs`, `2:24: "wheel" stands twice`},
		},
		{"two projects of one attribute", NamesFile, attributes + "a = \"x\"\nb = \"x\"\n", []string{`3:5: "x" is another project's attribute too`}},
		{"a module of the project of its name", ModulesFile, "[modules]\nnumpy = \"numpy\"\npil = \"Pillow\"\n", []string{`2:9: "numpy" is no other project's name in normal form`, `3:7: "Pillow" is no other project's name in normal form`}},
		{"no attribute", NamesFile, attributes + "a = \"\"\nb = 1\n", []string{`2:5: the text is empty`, `3:5: b is a value of another kind, and must be text`}},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			directory := fstest.MapFS{"x.toml": {Data: []byte(tt.file)}}
			differ(t, "x.toml:", tt.want, CheckTable(directory, "", "x.toml", tt.kind))
		})
	}
}

// differ compares the lines of an error, each of which begins with a prefix that tests leave out.
func differ(t *testing.T, prefix string, want []string, err error) {
	t.Helper()
	var got []string
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			got = append(got, strings.TrimPrefix(line, prefix))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What mach has of its own is as it should be, and is found for the kinds of files that it is.
func TestOwn(t *testing.T) {
	root := os.DirFS("../../overrides")
	for name, kind := range map[string]Kind{"providers.toml": ProvidersFile, "names.toml": NamesFile, "conda.toml": CondaFile, "modules.toml": ModulesFile} {
		data, err := fs.ReadFile(root, name)
		if err != nil || KindOf(data) != kind {
			t.Errorf("%s: %v", name, err)
		}
		if err := CheckTable(root, "overrides", name, kind); err != nil {
			t.Error(err)
		}
	}
	if got := Modules()["pil"]; got != "pillow" {
		t.Errorf("PIL is a module of %q", got)
	}
	if !slices.Equal(Providers()["pip"], []string{"nixpkgs", "wheel", "sdist"}) {
		t.Errorf("pip comes from %q", Providers()["pip"])
	}
	directory, err := fs.Sub(root, "fixes")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(directory, "*.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no fixes: %v", err)
	}
	for _, name := range names {
		if err := Check(directory, "overrides/fixes", name); err != nil {
			t.Error(err)
		}
	}
}
