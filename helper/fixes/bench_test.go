package fixes

import (
	"io/fs"
	"os"
	"testing"
)

// All that mach has, as mach check reads it.
func BenchmarkCheck(b *testing.B) {
	directory := os.DirFS("../../overrides/fixes")
	names, err := fs.Glob(directory, "*.toml")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, name := range names {
			if err := Check(directory, "overrides/fixes", name); err != nil {
				b.Fatal(err)
			}
		}
	}
}
