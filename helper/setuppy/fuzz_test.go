package setuppy

import (
	"os"
	"path/filepath"
	"testing"

	"mach/tests/fuzzing"
)

// FuzzRead looks for sources that make Read or Get crash or hang.
func FuzzRead(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*.py")
	if err != nil || len(seeds) == 0 {
		f.Fatal("there are no seeds", err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		defer fuzzing.Watch(t, len(source))()
		c, err := Read(source, tree(files), "")
		if err != nil {
			return
		}
		for _, keyword := range []string{"name", "install_requires", "extras_require", "packages"} {
			c.Get(keyword)
		}
	})
}
