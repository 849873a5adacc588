package backend

import (
	"testing"
	"testing/fstest"

	"mach/helper/release"
	"mach/tests/fuzzing"
)

// FuzzCargo reads any Cargo.lock.
func FuzzCargo(f *testing.F) {
	for _, s := range []string{
		"version = 3\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = \"registry+https://index.example/c\"\nchecksum = \"ab\"\n",
		"[[package]]\nname = 'a'\nversion = '1'\nsource = 'r'\n[metadata]\n\"checksum a 1 (r)\" = '00'\n",
		"[[package]]\nname = 'a'\nversion = '1'\nsource = 'git+https://index.example/a?rev=b#c'\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		Read(fstest.MapFS{"Cargo.lock": {Data: data}}, ".", release.BuildSystem{Backend: "maturin"})
	})
}

// FuzzRead asks every backend about any pyproject.toml, setup.cfg and setup.py.
func FuzzRead(f *testing.F) {
	f.Add([]byte("[tool.hatch.build]\ndependencies=['a']\nhooks.b.dependencies=['c']\n[tool.maturin]\nmanifest-path='x/Cargo.toml'\n"), []byte("import numpy\nsetup(setup_requires=['x'])"))
	f.Add([]byte("[tool.scikit-build]\nmetadata.version.provider='scikit_build_core.metadata.setuptools_scm'\n[tool.pdm.build]\nrun-setuptools=true\n"), []byte("[options]\nsetup_requires=a\n"))
	f.Add([]byte("[build-system]\nbackend-path=['.']\n[project]\ndynamic=['version']\n"), []byte("from x import *"))
	f.Fuzz(func(t *testing.T, project, setup []byte) {
		defer fuzzing.Watch(t, len(project)+len(setup))()
		files := fstest.MapFS{"pyproject.toml": {Data: project}, "setup.py": {Data: setup}, "setup.cfg": {Data: setup}}
		for name := range backends {
			Apply(files, ".", &release.BuildSystem{Known: true, Backend: name})
		}
	})
}
