package inputs

import (
	"path/filepath"
	"testing"
)

// A path in a requirements file begins at that file where something that can be built or read is there, else at the working
// directory, where pip looks: "-e ." of requirements/dev.txt is the project above.
func TestPathsOfRequirements(t *testing.T) {
	for _, c := range []struct{ why, line, files, want string }{
		{"the project of the working directory", "-e .", "-- pyproject.toml --\n", "."},
		{"that with an extra", "-e .[test]", "-- pyproject.toml --\n", "."},
		{"a project beside the file", "./lib", "-- requirements/lib/setup.py --\n\n-- lib/setup.py --\n", "requirements/lib"},
		{"one above the file", "-e ..", "-- pyproject.toml --\n", "."},
		{"a directory that is no project, and the one that is", "./lib", "-- requirements/lib/x --\n\n-- lib/setup.cfg --\n", "lib"},
		{"a directory that is no project, and no other", "./lib", "-- requirements/lib/x --\n", "requirements/lib"},
		{"a file beside the file", "./a-1.tar.gz", "-- requirements/a-1.tar.gz --\n\n-- a-1.tar.gz --\n", "requirements/a-1.tar.gz"},
		{"a file of the working directory", "a-1.tar.gz", "-- a-1.tar.gz --\n", "a-1.tar.gz"},
	} {
		t.Run(c.why, func(t *testing.T) {
			world(t, "\n-- requirements/dev.txt --\n"+c.line+"\n"+c.files)
			in, err := Read(Sources{Files: []string{"requirements/dev.txt"}})
			if err != nil {
				t.Fatal(err)
			}
			want, err := filepath.Abs(c.want)
			if err != nil {
				t.Fatal(err)
			}
			if got := in.Requirements[0].Reference.Path; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// As pip has it, the scheme of git needs no "git+" behind -e.
func TestEditableOfGit(t *testing.T) {
	world(t, "\n-- r.txt --\n-e git://index.example/o/a.git@v1#egg=a\n")
	in, err := Read(Sources{Files: []string{"r.txt"}})
	if err != nil {
		t.Fatal(err)
	}
	if r := in.Requirements[0]; r.Name != "a" || r.Reference.URL != "git://index.example/o/a.git" || r.Reference.Revision != "v1" {
		t.Errorf("got %q of %+v", r.Name, r.Reference)
	}
}
