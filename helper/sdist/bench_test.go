package sdist

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A file as projects have it, half of which is settings of tools that nobody looks at.
func BenchmarkPyproject(b *testing.B) {
	var s strings.Builder
	s.WriteString("[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n[project]\nname = \"app\"\nversion = \"1\"\ndependencies = [\n")
	for range 40 {
		s.WriteString("    \"some-project[extra]>=1.2,<3; python_version >= '3.9'\", # why\n")
	}
	s.WriteString("]\n[project.optional-dependencies]\n")
	for _, extra := range []string{"a", "b", "c", "d"} {
		s.WriteString(extra + " = [\"one>=1\", \"two>=2\", \"three>=3\"]\n")
	}
	s.WriteString("[dependency-groups]\ndev = [\"pytest>=8\", { include-group = \"lint\" }]\nlint = [\"ruff\"]\n[tool.lint.per-file-ignores]\n")
	for range 4 {
		s.WriteString("\"" + strings.Repeat("x", s.Len()%97+1) + "\" = [\"E501\", \"F401\", \"S101\"]\n")
	}
	s.WriteString("[tool.lint]\nselect = [\n")
	for range 150 {
		s.WriteString("    \"E501\", # lines\n")
	}
	s.WriteString("]\n")
	tree := fstest.MapFS{"pyproject.toml": {Data: []byte(s.String())}}
	b.SetBytes(int64(s.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(tree, "."); err != nil {
			b.Fatal(err)
		}
	}
}
