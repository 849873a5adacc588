package crawl

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/crawl/record"
	"mach/helper/live"
)

// builds are what the sdists of records are built with, by project.
func builds(t *testing.T, records string) map[string]record.BuildSystem {
	t.Helper()
	all := map[string]record.BuildSystem{}
	for p, err := range record.Read("records", strings.NewReader(records)) {
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Files {
			if f.Metadata != nil && f.Metadata.BuildSystem != nil {
				all[p.Name] = *f.Metadata.BuildSystem
			}
		}
	}
	return all
}

const village = `
	hooked 1 2024-01-01 sdisthook -
	owner 1 2024-01-01 sdistown -
	plain 1 2024-01-01 py3-none-any -`

// A record has what the backend of an sdist asks for, as a live index would have, and what nobody knows of it.
func TestBuildSystem(t *testing.T) {
	got, _ := newRun(t, village).records()
	want := map[string]record.BuildSystem{
		"hooked": {Requires: []string{"setuptools", "builder>=1"}, BuildBackend: "setuptools.build_meta"},
		"owner": {
			Requires: []string{"builder>=1"}, BuildBackend: "builder.api",
			Unknown: []string{"what its own backend builder.api asks for is not known"},
		},
	}
	if diff := cmp.Diff(want, builds(t, got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What a mach that read sdists less well has recorded of them is not taken, nor that one says nothing; the rest is.
func TestReadingOfAnother(t *testing.T) {
	first := newRun(t, village+"\n\tsilent 1 2024-01-01 sdist -")
	records, _ := first.records()
	old := strings.ReplaceAll(records, `"_reading":"`+live.SdistForm+`"`, `"_reading":"1"`)
	if strings.Count(old, `"_reading":"1"`) != 3 {
		t.Fatalf("not three projects whose sdists were read:\n%s", records)
	}
	old = strings.ReplaceAll(old, `,"builder>=1"`, "")
	again := newRun(t, village+"\n\tsilent 1 2024-01-01 sdist -")
	again.earlier = old
	got, s := again.records()
	if diff := cmp.Diff(records, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if s.Copied != 1 {
		t.Errorf("%d projects were copied, and not only the one without an sdist", s.Copied)
	}
	for _, file := range []string{"hooked-1", "owner-1", "silent-1"} {
		if again.asked["/packages/"+file+".tar.gz"] == 0 {
			t.Errorf("%s was not read again", file)
		}
	}
}
