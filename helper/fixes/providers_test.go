package fixes

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/pep508"
	"mach/overrides"
)

func TestParseProviders(t *testing.T) {
	const file = `
# why
[defaults]
gdal = ["nixpkgs", "sdist"] # has no wheels
"zope-interface" = [
  "wheel",
]
`
	got, err := parseProviders([]byte(file))
	want := map[string][]string{"gdal": {"nixpkgs", "sdist"}, "zope-interface": {"wheel"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestParseProvidersRefuses(t *testing.T) {
	tests := []struct{ why, file, want string }{
		{"no TOML", "[defaults]\na = ", "providers.toml: "},
		{"another table", "[default]\n", `providers.toml:1: table "default" is not [defaults]`},
		{"no table", "a = [\"wheel\"]\n", `providers.toml:1: "a" is not in [defaults]`},
		{"a name that is not normalised", "[defaults]\nPyYAML = [\"wheel\"]\n", `providers.toml:2: "PyYAML" is no normalised name`},
		{"a dotted key", "[defaults]\nzope.interface = [\"wheel\"]\n", "providers.toml:2: a dotted key"},
		{"a project twice", "[defaults]\na = [\"wheel\"]\na = [\"sdist\"]\n", `providers.toml:3: "a" stands twice`},
		{"no array", "[defaults]\na = \"wheel\"\n", `providers.toml:2: "a": the value is not an array of providers`},
		{"no strings", "[defaults]\na = [1]\n", `providers.toml:2: "a": a provider is not a string`},
		{"no providers", "[defaults]\na = []\n", `providers.toml:2: "a": no providers`},
	}
	for _, tt := range tests {
		if _, err := parseProviders([]byte(tt.file)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.why, err, tt.want)
		}
	}
}

func TestProviders(t *testing.T) {
	all := Providers()
	if !slices.Equal(all["pip"], []string{"nixpkgs", "wheel", "sdist"}) {
		t.Errorf("pip comes from %q", all["pip"])
	}
	for name, providers := range all {
		for i, p := range providers {
			if !slices.Contains([]string{"wheel", "sdist", "nixpkgs"}, p) || slices.Contains(providers[:i], p) {
				t.Errorf("%s: %q", name, providers)
			}
		}
	}
	sortedKeys(t, "providers.toml", overrides.Providers)
}

// Only Nix reads names.toml; what its head promises is checked here.
func TestNames(t *testing.T) {
	data, err := os.ReadFile("../../overrides/names.toml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Attributes map[string]string }
	if err := toml.NewDecoder(strings.NewReader(string(data))).DisallowUnknownFields().Decode(&file); err != nil {
		t.Fatal(err)
	}
	sortedKeys(t, "names.toml", data)
	owner := map[string]string{}
	for project, attr := range file.Attributes {
		switch {
		case pep508.NormalizeName(project) != project:
			t.Errorf("%q is not normalised", project)
		case project == attr:
			t.Errorf("%q is found without an entry", project)
		case file.Attributes[attr] != "":
			t.Errorf("%q of %q is a project of its own", attr, project)
		case owner[attr] != "":
			t.Errorf("%q and %q share %q", owner[attr], project, attr)
		}
		owner[attr] = project
	}
}

func sortedKeys(t *testing.T, name string, data []byte) {
	t.Helper()
	var p unstable.Parser
	p.Reset(data)
	last := ""
	for p.NextExpression() {
		if p.Expression().Kind != unstable.KeyValue {
			continue
		}
		key, _ := single(p.Expression().Key())
		if key <= last {
			t.Errorf("%s: %q stands behind %q", name, key, last)
		}
		last = key
	}
}

// Each run of mach reads the file.
func BenchmarkProviders(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parseProviders(overrides.Providers); err != nil {
			b.Fatal(err)
		}
	}
}
