package live

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
	"mach/helper/release"
)

// The extras of a [project] table become requirements as a build would write them.
func TestProjectTable(t *testing.T) {
	py, err := parsePyproject([]byte(`
		[project]
		requires-python = ">=3.9"
		dependencies = ["a>=1"]
		[project.optional-dependencies]
		Fast_Path = ["b ; python_version < '3.12' or os_name == 'nt'", "c[x]"]`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Read{From: record.FromPyproject, Metadata: release.Metadata{
		RequiresPython: ">=3.9", ProvidesExtra: []string{"fast-path"},
		RequiresDist: []string{
			"a>=1",
			`b ; (python_version < "3.12" or os_name == "nt") and extra == 'fast-path'`,
			`c[x] ; extra == 'fast-path'`,
		},
	}}
	if diff := cmp.Diff(want, py.metadata()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
