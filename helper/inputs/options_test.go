package inputs

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mach/helper/sdist"
)

func TestOptions(t *testing.T) {
	world(t, `
-- sub/r.txt --
-i https://index.example/simple --extra-index-url "https://${USER_NAME}@index.example/b c"
--index https://index.example/other\ one
-f wheels
-fhttps://index.example/wheels
--find-links=gone
--no-index --prefer-binary --require-hashes --no-require-hashes
--trusted-host index.example
--use-feature fast-deps
-- sub/wheels/x --
`)
	t.Setenv("USER_NAME", "me")
	in, err := Read(Sources{Files: []string{"sub/r.txt"}})
	if err != nil {
		t.Fatal(err)
	}
	want := Options{
		Indexes: []*sdist.Index{
			{URL: "https://index.example/simple", Default: true}, {URL: "https://me@index.example/b c"},
			{URL: "https://index.example/other one", Default: true},
		},
		FindLinks:    []string{"sub/wheels", "https://index.example/wheels", "gone"},
		NoIndex:      true,
		TrustedHosts: []string{"index.example"},
	}
	if diff := cmp.Diff(want, in.Options, cmp.AllowUnexported(Options{}, choice{}), cmpopts.IgnoreFields(sdist.Index{}, "Origin")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFormats(t *testing.T) {
	tests := []struct {
		why, file      string
		wheels, sdists bool // of numpy
	}{
		{"nothing is said", "", true, true},
		{"no wheels of it", "--no-binary NumPy,scipy", false, true},
		{"no sdists of it", "--only-binary=scipy,numpy", true, false},
		{"of another", "--no-binary scipy", true, true},
		{"of all", "--no-binary :all:", false, true},
		{"a name wins over all", "--no-binary :all:\n--only-binary numpy", true, false},
		{"a later name wins", "--no-binary numpy\n--only-binary numpy", true, false},
		{"all takes back what was said before", "--only-binary numpy\n--no-binary :all:", false, true},
		{"none empties the option", "--no-binary numpy\n--no-binary :none:", true, true},
		{"but not the other", "--only-binary numpy\n--no-binary :none:", true, false},
		{"also all", "--no-binary :all:,:none:,scipy", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- r.txt --\n"+tt.file+"\n")
			in, err := Read(Sources{Files: []string{"r.txt"}})
			if err != nil {
				t.Fatal(err)
			}
			if w, s := in.Options.Formats("numpy"); w != tt.wheels || s != tt.sdists {
				t.Errorf("wheels %v, sdists %v", w, s)
			}
		})
	}
}

func TestPrereleases(t *testing.T) {
	tests := []struct {
		why, file        string
		wanted, excluded bool // of numpy
	}{
		{"nothing is said", "", false, false},
		{"of all", "--pre", true, false},
		{"of some", "--all-releases numpy", true, false},
		{"never", "--only-final :all:", false, true},
		{"a name wins", "--pre\n--only-final numpy", false, true},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			world(t, "-- r.txt --\n"+tt.file+"\n")
			in, err := Read(Sources{Files: []string{"r.txt"}})
			if err != nil {
				t.Fatal(err)
			}
			if w, e := in.Options.Prereleases("numpy"); w != tt.wanted || e != tt.excluded {
				t.Errorf("wanted %v, excluded %v", w, e)
			}
		})
	}
}
