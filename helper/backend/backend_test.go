package backend

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"mach/helper/release"
)

func tree(files map[string]string) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, text := range files {
		fs[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fs
}

func TestRequires(t *testing.T) {
	const setuptools = "setuptools.build_meta"
	for _, c := range []struct {
		about    string
		backend  string
		requires string // of [build-system], separated by commas
		files    map[string]string
		want     string
	}{
		{"setuptools asks for wheel", setuptools, "setuptools", nil, "wheel"},
		{"once", setuptools, "setuptools, wheel", nil, ""},
		{"and so where there is no [build-system]", "", "", nil, "wheel"},
		{"setup.py is run for what it requires", setuptools, "setuptools, wheel", map[string]string{
			"setup.py": "from setuptools import setup\nsetup(name='a', setup_requires=['cython>=3', 'numpy; python_version>\"3\"'])\n",
		}, `cython>=3, numpy; python_version>"3"`},
		{"setup_requires may depend on the environment", setuptools, "wheel", map[string]string{
			"setup.py": "import sys\nfrom setuptools import setup\nr = ['a']\nif sys.platform == 'darwin':\n    r.append('b')\nsetup(setup_requires=r)\n",
		}, `a, b ; sys_platform == "darwin"`},
		{"setup.cfg has a list", setuptools, "wheel", map[string]string{
			"setup.cfg": "[metadata]\nname = a\n[options]\nsetup_requires =\n    pbr>=2.0\n    # not this\n    six\ninstall_requires =\n    flask\n",
		}, "pbr>=2.0, six"},
		{"setup.cfg has a line", setuptools, "wheel", map[string]string{
			"setup.cfg": "[options]\nsetup-requires = pytest-runner>=5,<6; six\n",
		}, "pytest-runner>=5,<6, six"},
		{"a keyword of a plugin", setuptools, "wheel", map[string]string{
			"setup.py": "from setuptools import setup\nsetup(use_scm_version=True)\n",
		}, "setuptools-scm"},
		{"whose plugin is there", setuptools, "wheel, setuptools_scm[toml]>=6", map[string]string{
			"setup.py": "from setuptools import setup\nsetup(use_scm_version={'write_to': 'a.py'})\n",
		}, ""},
		{"what setup.py imports before it calls setup", setuptools, "wheel", map[string]string{
			"setup.py": "import numpy as np\nfrom Cython.Build import cythonize\nfrom setuptools import setup\nsetup(name='a')\n",
		}, "numpy, cython"},
		{"not what it does without", setuptools, "wheel", map[string]string{
			"setup.py": "try:\n    import numpy\nexcept ImportError:\n    numpy = None\nfrom setuptools import setup\nsetup(name='a')\n",
		}, ""},
		{"nor a module of its own", setuptools, "wheel", map[string]string{
			"setup.py": "import pkgconfig\nfrom setuptools import setup\nsetup(name='a')\n", "pkgconfig.py": "",
		}, ""},
		{"hatchling's target, all of its targets, and its hooks", "hatchling.build", "hatchling", map[string]string{"pyproject.toml": `
[tool.hatch.build]
dependencies = ["all"]
[tool.hatch.build.targets.wheel]
dependencies = ["target"]
[tool.hatch.build.targets.wheel.hooks.mypyc]
dependencies = ["hatch-mypyc"]
[tool.hatch.build.hooks.off]
enable-by-default = false
dependencies = ["none"]
[tool.hatch.build.targets.sdist]
dependencies = ["other"]
`}, "target, all, hatch-mypyc"},
		{"a value of a wrong kind hides none of another tool", "hatchling.build", "hatchling", map[string]string{"pyproject.toml": `
[project]
name = "a"
dynamic = "version"
[tool.hatch.build]
dependencies = ["all"]
`}, "all"},
		{"hatchling with the project's own dependencies", "hatchling.build", "hatchling", map[string]string{"pyproject.toml": `
[project]
name = "a"
dependencies = ["flask"]
optional-dependencies.New_Feature = ["b"]
[tool.hatch.build.hooks.custom]
require-runtime-dependencies = true
require-runtime-features = ["new-feature"]
`}, "flask, b"},
		{"flit reads the version", "flit_core.buildapi", "flit_core", map[string]string{
			"pyproject.toml": "[project]\nname = 'my-a'\ndynamic = ['version', 'description']\ndependencies = ['flask']\n",
			"my_a.py":        "'''A module.'''\n__version__ = '1'\n",
		}, ""},
		{"or imports the module, for which it needs its dependencies", "flit_core.buildapi", "flit_core", map[string]string{
			"pyproject.toml":    "[project]\nname = 'a'\ndynamic = ['version']\ndependencies = ['flask']\n",
			"src/a/__init__.py": "'''A module.'''\nfrom b import __version__\n",
		}, "flask"},
		{"pdm runs setuptools", "pdm.backend", "pdm-backend", map[string]string{
			"pyproject.toml": "[tool.pdm.build]\nrun-setuptools = true\n",
		}, "setuptools>=40.8.0"},
		{"pdm does not", "pdm.backend", "pdm-backend", map[string]string{"pyproject.toml": "[tool.pdm]\nbuild = 'build.py'\n"}, ""},
		{"CMake comes from nixpkgs", "scikit_build_core.build", "scikit-build-core", map[string]string{
			"pyproject.toml": "[tool.scikit-build]\ncmake.version = '>=3.15'\nninja.version = '>=1.10'\n",
		}, ""},
		{"but not where a new one would not do", "scikit_build_core.build", "scikit-build-core", map[string]string{
			"pyproject.toml": "[tool.scikit-build]\ncmake.version = '>=3.15,<4'\n",
		}, "cmake>=3.15,<4"},
		{"scikit-build-core's providers", "scikit_build_core.build", "scikit-build-core", map[string]string{
			"pyproject.toml": "[tool.scikit-build]\nmetadata.version.provider = 'scikit_build_core.metadata.setuptools_scm'\nbuild.requires = ['pybind11>=2']\n",
		}, "pybind11>=2, setuptools-scm"},
		{"maturin with cffi", "maturin", "maturin", map[string]string{
			"pyproject.toml": "[tool.maturin]\nbindings = 'cffi'\n", "Cargo.lock": "version = 3\n",
		}, "cffi"},
		{"a backend of its own without the hook", "own", "a", map[string]string{
			"pyproject.toml": "[build-system]\nbackend-path = ['.']\n", "own.py": "def build_wheel(directory, config=None, metadata=None):\n    return 'a'\n",
		}, ""},
		{"or with that of setuptools", "own.hooks", "setuptools", map[string]string{
			"pyproject.toml": "[build-system]\nbackend-path = ['packaging']\n", "packaging/own/hooks.py": "from setuptools.build_meta import *\n",
		}, "wheel"},
		{"meson-python asks for programs alone", "mesonpy", "meson-python", nil, ""},
		{"poetry-core asks for nothing", "poetry.core.masonry.api", "poetry-core", nil, ""},
	} {
		b := release.BuildSystem{Backend: c.backend}
		if c.requires != "" {
			b.Requires = strings.Split(c.requires, ", ")
		}
		needs := Read(tree(c.files), "./", b)
		if got := strings.Join(needs.Requires, ", "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.about, got, c.want)
		}
		if needs.Unknown != nil {
			t.Errorf("%s: %q", c.about, needs.Unknown)
		}
	}
}

// What a backend in the tree asks for, by its own code.
func TestOwnBackend(t *testing.T) {
	const unknown = "what its own backend own asks for is not known"
	for _, c := range []struct {
		about, backend string
		files          map[string]string // "own.py" alone is the text of the backend
		want           string
		unknown        string
	}{
		{"a list", "own", map[string]string{"own.py": "def get_requires_for_build_wheel(c=None):\n    return ['cython>=3', 'numpy']\n"}, "cython>=3, numpy", ""},
		{"that and what setuptools asks for, in a module beside", "own.hooks", map[string]string{
			"back/own/hooks.py": "from contextlib import suppress\nfrom setuptools.build_meta import *\nfrom ._backend import (build_wheel, get_requires_for_build_wheel)\n" +
				"with suppress(ImportError):\n    from ._backend import get_requires_for_build_editable\n",
			"back/own/_backend.py": `
from setuptools.build_meta import build_wheel
from setuptools.build_meta import (
    get_requires_for_build_wheel as _setuptools_get_requires_for_build_wheel,
)
def get_requires_for_build_wheel(config_settings=None):
    is_pure = _make_pure_python(config_settings)
    if not is_pure and not IS_CPYTHON:
        warn('unsupported')
    deps = [] if is_pure else [
        'Cython >= 3.0.0b3' if IS_PY3_12_PLUS else 'Cython',
    ]
    return _setuptools_get_requires_for_build_wheel(
        config_settings=config_settings,
    ) + deps
`, "setup.py": "from setuptools import setup\nsetup(setup_requires=['asked'])\n"}, "wheel, asked, Cython >= 3.0.0b3, Cython", ""},
		{"either side of an if", "own", map[string]string{"own.py": "def get_requires_for_build_wheel(c=None):\n    if pure(c):\n        d = []\n    else:\n        d = ['a']\n    return d + ['b']\n"}, "a, b", ""},
		{"what the environment would ask for, which is not set", "own", map[string]string{"own.py": `
import os
from setuptools import build_meta as _orig
from setuptools.build_meta import *
def get_requires_for_build_wheel(c=None):
    requires = _orig.get_requires_for_build_wheel(c)
    if os.getenv('MPI') == 'ON' and os.environ.get('SETUP', '1') != '0':
        requires.extend(['mpi4py'])
    if os.environ.get('OTHER') is None:
        requires.append('there')
    return requires
`}, "wheel, there", ""},
		{"a program that is there", "own", map[string]string{"own.py": "import os, shutil\ndef get_requires_for_build_wheel(c=None):\n    if not os.environ.get('NO') and not shutil.which('cargo'):\n        return ['rust']\n    return []\n"}, "", ""},
		{"what another asks for, some of it", "own", map[string]string{
			"own.py":         "from scikit_build_core import build as _orig\ndef get_requires_for_build_wheel(c=None):\n    packages = []\n    for p in _orig.get_requires_for_build_wheel(c):\n        if p == 'ninja':\n            continue\n        packages.append(p)\n    return packages\n",
			"pyproject.toml": "[tool.scikit-build]\nbuild.requires = ['pybind11']\n",
		}, "pybind11", ""},
		{"what pyproject.toml has", "own", map[string]string{
			"own.py":         "import tomllib\ndef get_requires_for_build_wheel(c=None):\n    with open('pyproject.toml', 'rb') as f:\n        p = tomllib.load(f)\n    rv: list[str] = p['own-backend']['requires']\n    return rv\n",
			"pyproject.toml": "[own-backend]\nrequires = ['cython']\n",
		}, "cython", ""},
		{"by another name", "own", map[string]string{"own.py": "def f(c=None):\n    return ['a']\nget_requires_for_build_wheel = f\n"}, "a", ""},
		{"an attribute of a module", "own:meta", map[string]string{"own.py": "from setuptools import build_meta as meta\ndef __getattr__(name):\n    return 1\n"}, "wheel", ""},
		{"names that are made as it goes", "own", map[string]string{"own.py": "import sys\ndef bridge():\n    from setuptools import build_meta\n    setattr(sys.modules[__name__], 'x', build_meta.x)\nbridge()\n"}, "wheel", ""},
		{"a function that calls itself", "own", map[string]string{"own.py": "def get_requires_for_build_wheel(c=None):\n    return get_requires_for_build_wheel(c)\n"}, "", unknown},
		{"a computed one; what is known of it counts", "own", map[string]string{"own.py": "def get_requires_for_build_wheel(c=None):\n    r = ['a']\n    r += read('requirements.txt')\n    return r\n"}, "a", unknown},
		{"a table that is written out", "own", map[string]string{"own.py": "C = {'project': {'name': 'x', 'requires': ['a']}}\ndef get_requires_for_build_wheel(c=None):\n    return C['project']['requires']\n"}, "a", ""},
		{"a function that is not known, beside setuptools", "own", map[string]string{"own.py": "import setuptools.build_meta\ndef get_requires_for_build_wheel(c=None):\n    return filtered(c)\n"}, "", unknown},
		{"an f-string", "own", map[string]string{"own.py": "def get_requires_for_build_wheel(c=None):\n    return [f'a=={VERSION}']\n"}, "", unknown},
		{"no file", "own", nil, "", unknown},
	} {
		files := map[string]string{}
		for name, text := range c.files {
			files[name] = text
		}
		if text, ok := files["own.py"]; ok {
			files["back/own.py"] = text
			delete(files, "own.py")
		}
		files["pyproject.toml"] += "[build-system]\nbackend-path = ['back']\n"
		needs := Read(tree(files), "./", release.BuildSystem{Requires: []string{"setuptools"}, Backend: c.backend})
		if got := strings.Join(needs.Requires, ", "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.about, got, c.want)
		}
		if got := strings.Join(needs.Unknown, "; "); got != c.unknown {
			t.Errorf("%s: unknown %q, want %q", c.about, got, c.unknown)
		}
	}
}

// Setuptools behind another name asks for wheel too, which is for no other backend to ask for.
func TestOwnSetuptoolsKeepsWheel(t *testing.T) {
	b := release.BuildSystem{Requires: []string{"setuptools"}, Backend: "own"}
	Apply(tree(map[string]string{
		"pyproject.toml": "[build-system]\nbackend-path = ['.']\n", "own.py": "from setuptools.build_meta import *\n",
	}), "./", &b)
	if diff := cmp.Diff([]string{"setuptools", "wheel"}, Requires(&b)); diff != "" {
		t.Error(diff)
	}
}

func TestOwnBackendIsUnknown(t *testing.T) {
	needs := Read(tree(map[string]string{
		"pyproject.toml": "[build-system]\nbackend-path = ['packaging']\n[project]\nname = 'a'\n",
	}), "./", release.BuildSystem{Requires: []string{"setuptools"}, Backend: "own.hooks"})
	if diff := cmp.Diff([]string{"what its own backend own.hooks asks for is not known"}, needs.Unknown); diff != "" {
		t.Error(diff)
	}
}

// What setup is given is not known here, but no file has the words by which it asks for a build.
func TestNothingIsAskedFor(t *testing.T) {
	for _, text := range []string{
		"import os\nfrom setuptools import setup\nargs = os.environ.copy()\nsetup(**args)\n",
		"import os\nfrom setuptools import setup\nif os.environ.get('A'):\n    setup(name='a')\nelse:\n    setup(name='b')\n",
		"from elsewhere import other\nother(name='a')\n",
	} {
		needs := Read(tree(map[string]string{"setup.py": text}), "./", release.BuildSystem{Requires: []string{"wheel"}, Backend: "setuptools.build_meta"})
		if needs.Unknown != nil {
			t.Errorf("%s%q", text, needs.Unknown)
		}
	}
	needs := Read(tree(map[string]string{
		"setup.py": "from beside import other\nother(name='a')\n", "beside.py": "setup_requires = 1\n",
	}), "./", release.BuildSystem{Requires: []string{"wheel"}, Backend: "setuptools.build_meta"})
	if len(needs.Unknown) != 1 {
		t.Errorf("a module beside it has the word: %q", needs.Unknown)
	}
}

func TestUnknown(t *testing.T) {
	needs := Read(tree(map[string]string{
		"setup.py": "import os\nfrom setuptools import setup\nsetup(setup_requires=os.environ['R'].split())\n",
	}), "./", release.BuildSystem{Requires: []string{"wheel"}, Backend: "setuptools.build_meta"})
	if len(needs.Unknown) != 1 || !strings.HasPrefix(needs.Unknown[0], "setup_requires of its setup.py is not known: ") {
		t.Errorf("%q", needs.Unknown)
	}
}

// hash is one of 64 digits.
func hash(digit string) string { return strings.Repeat(digit, 64) }

func TestCrates(t *testing.T) {
	lock := func(packages string) map[string]string {
		return map[string]string{"Cargo.lock": "version = 3\n" + packages}
	}
	one := "[[package]]\nname = 'serde'\nversion = '1.0.1'\nsource = 'registry+https://index.example/index'\nchecksum = '" + hash("a") + "'\n"
	for _, c := range []struct {
		about    string
		files    map[string]string
		want     []string
		registry string
		unknown  string
	}{
		{"crates of a registry, and none for the project itself", lock("[[package]]\nname = 'a'\nversion = '1'\n" + one),
			[]string{"serde 1.0.1 " + hash("a")}, "registry+https://index.example/index", ""},
		{"a crate of a repository", lock("[[package]]\nname = 'b'\nversion = '2'\nsource = 'git+https://git.example/b?rev=v2#" + hash("b")[:40] + "'\n"),
			[]string{"b 2 git+https://git.example/b?rev=v2#" + hash("b")[:40]}, "", ""},
		{"which later versions of Cargo.lock encode as URLs do", map[string]string{"Cargo.lock": "version = 4\n[[package]]\nname = 'b'\nversion = '2'\nsource = 'git+https://git.example/%62?branch=feature%2Fone%2B1#" + hash("b")[:40] + "'\n"},
			[]string{"b 2 git+https://git.example/%62?branch=feature/one+1#" + hash("b")[:40]}, "", ""},
		{"and earlier ones do not", lock("[[package]]\nname = 'b'\nversion = '2'\nsource = 'git+https://git.example/b?branch=100%25#" + hash("b")[:40] + "'\n"),
			[]string{"b 2 git+https://git.example/b?branch=100%25#" + hash("b")[:40]}, "", ""},
		{"a reference with spaces", map[string]string{"Cargo.lock": "version = 4\n[[package]]\nname = 'b'\nversion = '2'\nsource = 'git+https://git.example/b?branch=a+b#" + hash("b")[:40] + "'\n"},
			nil, "", "the crates of its Cargo.lock cannot be locked: b 2 is of a repository at \"branch=a b\""},
		{"the first version of Cargo.lock has the checksums at its end", map[string]string{"rust/Cargo.lock": "[[package]]\nname = 'c'\nversion = '3'\nsource = 'registry+https://index.example/'\n" +
			"[metadata]\n'checksum c 3 (registry+https://index.example/)' = '" + hash("c") + "'\n"},
			[]string{"c 3 " + hash("c")}, "registry+https://index.example/", ""},
		{"two registries", lock(one + "[[package]]\nname = 'b'\nversion = '2'\nsource = 'registry+https://other.example/'\nchecksum = '" + hash("b") + "'\n"),
			nil, "", "the crates of its Cargo.lock cannot be locked: b 2 is of another registry than the others"},
		{"no checksum", lock("[[package]]\nname = 'b'\nversion = '2'\nsource = 'registry+https://index.example/'\n"),
			nil, "", "the crates of its Cargo.lock cannot be locked: b 2 has no checksum"},
		{"no Cargo.lock", nil, nil, "", "it has no Cargo.lock, so that its crates cannot be locked"},
	} {
		needs := Read(tree(c.files), "./", release.BuildSystem{Requires: []string{"maturin>=1,<2"}, Backend: "maturin"})
		if diff := cmp.Diff(c.want, needs.Crates.Lines()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.about, diff)
		}
		if needs.Crates != nil && needs.Crates.Registry != c.registry {
			t.Errorf("%s: registry %q, want %q", c.about, needs.Crates.Registry, c.registry)
		}
		if got := strings.Join(needs.Unknown, "; "); got != c.unknown {
			t.Errorf("%s: unknown %q, want %q", c.about, got, c.unknown)
		}
	}
}

func TestCargoLockOfTheManifest(t *testing.T) {
	needs := Read(tree(map[string]string{
		"pyproject.toml":    "[tool.maturin]\nmanifest-path = 'crates/py/Cargo.toml'\n",
		"crates/Cargo.lock": "[[package]]\nname = 'b'\nversion = '2'\nsource = 'git+https://git.example/b#0123'\n",
		"other/Cargo.lock":  "",
	}), "./", release.BuildSystem{Backend: "maturin"})
	if diff := cmp.Diff([]string{"b 2 git+https://git.example/b#0123"}, needs.Crates.Lines()); diff != "" {
		t.Error(diff)
	}
}
