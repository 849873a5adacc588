package inputs

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"mach/helper/diag"
)

// tryAll reads sources: whatever they hold, nothing crashes, errors can be printed, and every place is in its line.
func tryAll(t *testing.T, s Sources) {
	in, err := Read(s)
	diag.Print(io.Discard, err, true)
	if err != nil {
		return
	}
	for _, r := range append(in.Requirements, in.Constraints...) {
		if col := r.Where.Col; col < 1 || col > len(r.Source) {
			t.Errorf("%s: column %d is not in %q", r.Requirement, col, r.Source)
		}
	}
}

func FuzzRequirements(f *testing.F) {
	for _, s := range []string{
		"flask>=3 # x\n-r b\n--hash=sha256:ab\n", "a \\\n  ==1 --pre", "\xff\xfea\x00", "# coding: latin-1\na\xe9",
		"${V}${W}\\\n${V}", "-e 'x' \"y\\\"\"", "\\\n\\\n a\\\n#b",
	} {
		f.Add([]byte(s))
	}
	f.Setenv("V", "==1")
	f.Setenv("W", "\n x")
	name := filepath.Join(f.TempDir(), "r.txt")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		tryAll(t, Sources{Files: []string{name}})
	})
}

func FuzzProject(f *testing.F) {
	for _, s := range []string{
		"[project]\nname='a'\ndependencies=['a>1',\"\\u0041\"]\n[project.optional-dependencies]\nx=['a[x]']",
		"project={dependencies=['a'],optional-dependencies={x=[]}}",
		"project.dependencies=['a']\nproject.requires-python='>3'",
	} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, "pyproject.toml"), data, 0o666); err != nil {
			t.Fatal(err)
		}
		tryAll(t, Sources{Arguments: []string{dir}, Extras: []string{"x"}})
	})
}
