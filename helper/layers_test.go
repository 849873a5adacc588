package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers lists the packages below helper/ from the top to the bottom. A package may import those of later lines only.
var layers = [][]string{
	{"."},
	{"cli"},
	{"crawl", "importer", "provide", "direct"},
	{"live", "remote", "foreign"},
	{"backend"},
	{"lock", "pydb", "index", "inputs", "facts", "fixes", "graph", "environment"},
	{"sdist"},
	{"setuppy", "tomltree"},
	{"release", "crawl/record", "metadata", "diag", "ui", "setuppy/syntax", "setuppy/worlds"},
	{"reference"},
	{"tags", "pep508", "pubgrub"},
	{"pep440"},
}

func layer(pkg string) int {
	return slices.IndexFunc(layers, func(l []string) bool { return slices.Contains(l, pkg) })
}

func TestImportsPointDown(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		pkg := filepath.ToSlash(filepath.Dir(path))
		from := layer(pkg)
		if from < 0 {
			t.Errorf("%s: package %q is in no layer: add it to layers", path, pkg)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			to, ours := strings.CutPrefix(strings.Trim(imp.Path.Value, `"`), "mach/helper/")
			if ours && layer(to) <= from {
				t.Errorf("%s imports %q, which is not below it", path, to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
