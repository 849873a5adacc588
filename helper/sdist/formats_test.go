package sdist

import "testing"

func TestProjectTable(t *testing.T) {
	checkFormats(t, []formatTest{
		{"static", `
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "app"
version = "1"
dependencies = ["a>=1"]
requires-python = ">=3.9"
[project.optional-dependencies]
Fast_Path = ["b ; os_name == 'nt'", "app[all]"]
all = []
[dependency-groups]
dev = ["c", {include-group = "test"}]
test = ["d"]
`, `
kind pep621
name app (5)
version 1 (6)
python >=3.9 (8)
needs a>=1 (7)
extra all
extra fast-path: b ; os_name == 'nt' (10)
extra fast-path: app[all] (10)
group dev: c (13)
group dev: d (14)
group test: d (14)
`},
		{"what a backend makes that is not known", `
[build-system]
requires = ["own>=1"]
build-backend = "own.api"
[project]
name = "app"
dynamic = ["version", "dependencies", "optional-dependencies"]
`, `
kind pep621
name app (5)
error: pyproject.toml:6:13: its version cannot be known without a build: the build backend "own.api" makes it
error: pyproject.toml:6:24: its dependencies cannot be known without a build: the build backend "own.api" makes it
error: pyproject.toml:6:40: its optional dependencies cannot be known without a build: the build backend "own.api" makes it
`},
		{"a version of the repository: the rest is known", `
[build-system]
requires = ["setuptools", "setuptools_scm[toml]>=8"]
[project]
name = "app"
dynamic = ["version"]
dependencies = ["a"]
`, `
kind pep621
name app (4)
needs a (6)
error: pyproject.toml:2:28: its version cannot be known without a build: setuptools_scm takes it from the repository
`},
		{"nothing", "[tool.other]\nx = 1\n", "kind\n"},
		{"a backend of its own, without a table", `
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
`, `
kind
error: pyproject.toml:3:18: its dependencies cannot be known without a build: the build backend "backend" makes it
error: pyproject.toml:3:18: its optional dependencies cannot be known without a build: the build backend "backend" makes it
`},
	})
}

func TestSetuptools(t *testing.T) {
	checkFormats(t, []formatTest{
		{"dynamic fields of files and modules", `
[project]
name = "app"
dynamic = ["version", "dependencies", "optional-dependencies"]
[tool.setuptools.dynamic]
version = {attr = "app.about.VERSION"}
dependencies = {file = ["requirements.txt", "more.in"]}
optional-dependencies.web = {file = "web.txt"}
-- src/app/about.py --
"""VERSION = "0"
"""
NAME: str = "app"
VERSION: str = '1.5'  # ours
-- requirements.txt --
# why
a >= 1 # because
b; \
  os_name == "nt"

-- more.in --
c
-- web.txt --
d[e]
`, `
kind pep621
name app (2)
version 1.5 (src/app/about.py:4)
needs a >= 1 (requirements.txt:2)
needs b;   os_name == "nt" (requirements.txt:3)
needs c (more.in:1)
extra web: d[e] (web.txt:1)
`},
		{"files that are no lists of requirements, and modules that do more", `
[project]
name = "app"
dynamic = ["version", "dependencies", "optional-dependencies"]
[tool.setuptools.dynamic]
version = {attr = "app.__version__"}
dependencies = {file = "requirements.txt"}
optional-dependencies.web = {file = "missing.txt"}
-- app/__init__.py --
__version__ = "1"
if x: __version__ = "2"
-- requirements.txt --
a
-r b.txt
`, `
kind pep621
name app (2)
error: requirements.txt:2:1: its dependencies cannot be known without a build: "-r b.txt" is no requirement
error: pyproject.toml:5:20: its version cannot be known without a build: app/__init__.py does not simply set __version__ to a text
error: pyproject.toml:7:38: its optional dependencies cannot be known without a build: there is no missing.txt
`},
		{"setup.cfg", `
-- setup.cfg --
[metadata]
name = app
version = attr: app.__version__
# a comment
[options]
python-requires = >=3.8
package_dir =
    =lib
install_requires =
    a>=1
    # not this
    b; os_name == "nt"  # why

    c
[options.extras_require]
One_Two =
  d
three = e; f
four = file: four.txt
five =
[tool:pytest]
x : y
-- four.txt --
g
-- lib/app/__init__.py --
__version__ = version = "2.0"
`, `
kind setuptools
name app (setup.cfg:2)
version 2.0 (lib/app/__init__.py:1)
python >=3.8 (setup.cfg:6)
needs a>=1 (setup.cfg:10)
needs b; os_name == "nt" (setup.cfg:12)
needs c (setup.cfg:14)
extra five
extra four: g (four.txt:1)
extra one-two: d (setup.cfg:17)
extra three: e (setup.cfg:18)
extra three: f (setup.cfg:18)
`},
		{"setup.cfg beside [project]", `
[project]
name = "app"
dynamic = ["version", "dependencies"]
-- setup.cfg --
[metadata]
version = file: VERSION
[options]
install_requires = file: r.txt, s.txt
-- VERSION --
3.1
-- r.txt --
a
-- s.txt --
b
`, `
kind pep621
name app (2)
version 3.1 (VERSION:1)
needs a (r.txt:1)
needs b (s.txt:1)
`},
		{"a setup.cfg that states no project", "-- setup.cfg --\n[flake8]\nmax = 3\n", "kind\n"},
		{"a setup.cfg that Python cannot read", `
-- setup.cfg --
[metadata]
name = app
name = app
`, `
kind
error: setup.cfg:1:1: its name cannot be known without a build: setup.cfg:3:1: the key "name" is there twice
error: setup.cfg:1:1: its version cannot be known without a build: setup.cfg:3:1: the key "name" is there twice
error: setup.cfg:1:1: its Python versions cannot be known without a build: setup.cfg:3:1: the key "name" is there twice
error: setup.cfg:1:1: its dependencies cannot be known without a build: setup.cfg:3:1: the key "name" is there twice
error: setup.cfg:1:1: its optional dependencies cannot be known without a build: setup.cfg:3:1: the key "name" is there twice
`},
		{"values that refer to others, and lines that go on", `
-- setup.cfg --
[metadata]
name = app
[options]
install_requires =
  a; \
  # why
  os_name == "nt"
[options.extras_require]
one =
  b
  c>=%(least)s
two =
  %(one)s
  d
ring = %(gnir)s
gnir = %(ring)s
`, `
kind setuptools
name app (setup.cfg:2)
needs a; os_name == "nt" (setup.cfg:5)
error: setup.cfg:11:3: its optional dependencies cannot be known without a build: "c>=%(least)s" is no requirement
`},
		{"values that refer to others", `
-- setup.cfg --
[options.extras_require]
least = e>=1
one =
  b
  %(least)s ; os_name == "nt"
two =
  %(one)s
  d
`, `
kind setuptools
extra least: e>=1 (setup.cfg:2)
extra one: b (setup.cfg:4)
extra one: e>=1 ; os_name == "nt" (setup.cfg:5)
extra two: b (setup.cfg:4)
extra two: e>=1 ; os_name == "nt" (setup.cfg:5)
extra two: d (setup.cfg:8)
`},
		{"a marker cut off", `
-- setup.cfg --
[metadata]
name = app
[options]
install_requires = a; os_name == "nt"
`, `
kind setuptools
name app (setup.cfg:2)
error: setup.cfg:4:23: its dependencies cannot be known without a build: "os_name == \"nt\"" is no requirement
`},
	})
}

func TestFlit(t *testing.T) {
	checkFormats(t, []formatTest{
		{"the version of the module", `
[build-system]
build-backend = "flit_core.buildapi"
[project]
name = "my-app"
dynamic = ["version", "description"]
-- src/my_app.py --
"""An app"""
from x import y
__version__ = "1.2"
`, `
kind pep621
name my-app (4)
version 1.2 (src/my_app.py:3)
`},
		{"the old table", `
[build-system]
requires = ["flit_core"]
build-backend = "flit_core.buildapi"
[tool.flit.metadata]
module = "app"
dist-name = "the-app"
requires = ["a"]
requires-python = ">=3"
dev-requires = ["c"]
[tool.flit.metadata.requires-extra]
doc = ["b"]
-- app/__init__.py --
__version__ = '1'
`, `
kind flit
name the-app (6)
version 1 (app/__init__.py:1)
python >=3 (8)
needs a (7)
extra dev: c (9)
extra doc: b (11)
`},
	})
}

func TestHatch(t *testing.T) {
	checkFormats(t, []formatTest{
		{"a version, requirements files and environments", `
[build-system]
build-backend = "hatchling.build"
[project]
name = "app"
dynamic = ["version", "dependencies", "optional-dependencies"]
[tool.hatch.version]
path = "app/__about__.py"
[tool.hatch.metadata.hooks.requirements_txt]
files = ["requirements.txt"]
[tool.hatch.metadata.hooks.requirements_txt.optional-dependencies]
web = ["web.txt"]
[tool.hatch.envs.default]
dependencies = ["pytest"]
features = ["web"]
[tool.hatch.envs.cov]
extra-dependencies = ["coverage", "x @ {root:uri}/x"]
[tool.hatch.envs.lint]
template = "lint"
dependencies = ["ruff"]
overrides.env.CI.dependencies = ["no"]
-- app/__about__.py --
__version__ = "v1.0"
-- requirements.txt --
a
-- web.txt --
b
`, `
kind pep621
name app (4)
version 1.0 (app/__about__.py:1)
needs a (requirements.txt:1)
extra web: b (web.txt:1)
group cov: pytest (13)
group cov: coverage (16)
group cov: x @ ./x (16)
group cov: app[web] (14)
group default: pytest (13)
group default: app[web] (14)
group lint: ruff (19)
note overrides of the environment "lint" are not obeyed (20)
`},
		{"environments that are called as dependency groups, and take those", `
[build-system]
build-backend = "hatchling.build"
[project]
name = "app"
version = "1"
[dependency-groups]
docs = ["sphinx"]
test = ["pytest", {include-group = "docs"}]
[tool.hatch.envs.docs]
dependency-groups = ["docs", "test"]
[tool.hatch.envs.test]
dependency-groups = ["test"]
dependencies = ["coverage"]
`, `
kind pep621
name app (4)
version 1 (5)
group docs: pytest (8)
group docs: sphinx (7)
group test: coverage (13)
group test: pytest (8)
group test: sphinx (7)
`},
		{"a pattern; a hook that makes dependencies", `
[build-system]
build-backend = "hatchling.build"
[project]
name = "app"
dynamic = ["version", "dependencies"]
[tool.hatch.version]
path = "package.json"
pattern = '"version": "(?P<version>[^"]+)"'
[tool.hatch.metadata.hooks.custom]
-- package.json --
{"version": "4.5"}
`, `
kind pep621
name app (4)
version 4.5 (package.json:1)
error: pyproject.toml:9:28: its dependencies cannot be known without a build: the metadata hook "custom" of Hatch makes them
`},
		{"a version of the repository", `
[build-system]
requires = ["hatchling", "hatch-vcs"]
build-backend = "hatchling.build"
[project]
name = "app"
dynamic = ["version"]
[tool.hatch.version]
source = "vcs"
`, `
kind pep621
name app (5)
error: pyproject.toml:8:11: its version cannot be known without a build: Hatch takes it by "vcs"
`},
	})
}

func TestPDM(t *testing.T) {
	checkFormats(t, []formatTest{
		{"a version and groups", `
[build-system]
build-backend = "pdm.backend"
[project]
name = "app"
dynamic = ["version"]
[tool.pdm.version]
source = "file"
path = "app.py"
[tool.pdm.dev-dependencies]
test = ["pytest", "-e file:///${PROJECT_ROOT}/sub#egg=sub", "-e git+https://index.example/g.git#egg=g&subdirectory=d"]
-- app.py --
__version__ = "2.1"
`, `
kind pep621
name app (4)
version 2.1 (app.py:1)
group test: pytest (10)
group test: sub @ ./sub editable (10)
group test: g @ git+https://index.example/g.git#subdirectory=d editable (10)
`},
		{"the form before", `
[build-system]
build-backend = "pdm.pep517.api"
[project]
name = "app"
version = {use_scm = true}
`, `
kind pep621
name app (4)
error: pyproject.toml:5:1: its version cannot be known without a build: PDM takes it from the repository, or out of a function
`},
	})
}

func TestUv(t *testing.T) {
	checkFormats(t, []formatTest{{"sources, constraints and the group dev", `
[project]
name = "app"
version = "1"
dependencies = ["a", "b", "c", "d"]
[dependency-groups]
dev = ["e"]
[tool.uv]
dev-dependencies = ["f"]
constraint-dependencies = ["g<2"]
override-dependencies = ["h==1"]
[tool.uv.sources]
a = {git = "https://index.example/a", rev = "abc"}
b = [{path = "../b", editable = true, extra = "X"}, {url = "https://index.example/b.whl", marker = "os_name == 'nt'"}]
c = {workspace = true}
d = {index = "own"}
`, `
kind pep621
name app (2)
version 1 (3)
needs a (4)
needs b (4)
needs c (4)
needs d (4)
group dev: f (8)
group dev: e (6)
constraint g<2 (9)
source a: git+https://index.example/a@abc (12)
source b: ../b x editable (13)
source b: https://index.example/b.whl os_name == 'nt' (13)
source c:
source d: own
note override-dependencies of uv are not obeyed (10)
`}})
}

func TestPKGInfo(t *testing.T) {
	checkFormats(t, []formatTest{
		{"what no build may change", `
-- PKG-INFO --
Metadata-Version: 2.2
Name: app
Version: 1
Requires-Python: >=3
Requires-Dist: a
Requires-Dist: b ; (os_name == "nt" or os_name == "x") and extra == 'one'
Requires-Dist: c ; extra == "one" or extra == "two"
Provides-Extra: one
Provides-Extra: two
Provides-Extra: three
`, `
kind pkg-info
name app (PKG-INFO:1)
version 1 (PKG-INFO:1)
python >=3 (PKG-INFO:1)
needs a (PKG-INFO:1)
extra one: b ; os_name == "nt" or os_name == "x" (PKG-INFO:1)
extra one: c (PKG-INFO:1)
extra three
extra two: c (PKG-INFO:1)
`},
		{"what setuptools recorded, where nothing else says it", `
[build-system]
requires = []
build-backend = "own"
-- PKG-INFO --
Metadata-Version: 2.1
Name: app
Version: 1
Requires-Python: >=3
-- src/app.egg-info/requires.txt --
a

[:os_name == "nt"]
b

[X_y]
c

[x:os_name == "nt"]
d
`, `
kind
name app (PKG-INFO:1)
version 1 (PKG-INFO:1)
python >=3
error: pyproject.toml:3:18: its dependencies cannot be known without a build: the build backend "own" makes it
error: pyproject.toml:3:18: its optional dependencies cannot be known without a build: the build backend "own" makes it
recorded ["a" "b ; (os_name == \"nt\")" "c ; extra == 'x-y'" "d ; (os_name == \"nt\") and extra == 'x'"] ["x-y" "x"]
`},
	})
}
