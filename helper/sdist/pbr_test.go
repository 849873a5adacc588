package sdist

import "testing"

func TestPBR(t *testing.T) {
	checkFormats(t, []formatTest{
		{"requirements.txt and setup.cfg", `
-- setup.py --
from setuptools import setup
setup(setup_requires=['pbr>=2.0'], pbr=True)
-- setup.cfg --
[metadata]
name = app
python-requires = >=3.8
requires-dist =
    first (>=1.0)
[extras]
Web =
    d>=1:(os_name=='nt')  # of Windows
    # not this
    e
empty =
-- requirements.txt --
# a comment
--index-url https://index.example
a>=1.0  # Apache-2.0
b>=2;python_version<'3.9' # MIT
  c
-f links
-r more.txt
-- more.txt --
m
-- test-requirements.txt --
t;os_name=='nt'
`, `
kind setuptools
name app (setup.cfg:2)
python >=3.8 (setup.cfg:3)
needs first>=1.0 (setup.cfg:5)
needs a>=1.0 (requirements.txt:3)
needs b>=2 ; python_version<'3.9' (requirements.txt:4)
needs c (requirements.txt:5)
needs m (more.txt:1)
extra test: t ; os_name=='nt' (test-requirements.txt:1)
extra web: d>=1 ; (os_name=='nt') (setup.cfg:8)
extra web: e (setup.cfg:10)
error: setup.cfg:2:1: its version cannot be known without a build: pbr takes it from the repository
`},
		{"an sdist has its version, and no extras without a section of them", `
-- PKG-INFO --
Metadata-Version: 1.1
Name: app
Version: 2.1
-- setup.py --
import setuptools
setuptools.setup(setup_requires=['pbr'], pbr=True)
-- setup.cfg --
[metadata]
name = app
version = 3
-- requirements.txt --
-- test-requirements.txt --
t
`, `
kind setuptools
name app (PKG-INFO:1)
version 2.1 (PKG-INFO:1)
`},
		{"requirements-py3.txt is not read any more", `
-- setup.py --
from setuptools import setup
setup(setup_requires=['pbr>=1.8'], pbr=True)
-- setup.cfg --
[metadata]
name = app
-- requirements-py3.txt --
old
-- tools/pip-requires --
a
`, `
kind setuptools
name app (setup.cfg:2)
needs a (tools/pip-requires:1)
error: setup.cfg:2:1: its version cannot be known without a build: pbr takes it from the repository
`},
		{"but by an old pbr", `
-- setup.py --
from setuptools import setup
setup(setup_requires=['pbr>=1.8,<5'], pbr=True)
-- setup.cfg --
[metadata]
name = app
-- requirements-py3.txt --
old
-- requirements.txt --
a
`, `
kind setuptools
name app (setup.cfg:2)
needs old (requirements-py3.txt:1)
error: setup.cfg:2:1: its version cannot be known without a build: pbr takes it from the repository
`},
		{"setuptools reads [options] last", `
-- setup.py --
from setuptools import setup
setup(setup_requires=['pbr'], pbr=True)
-- setup.cfg --
[metadata]
name = app
[extras]
x = a
[options]
install_requires = b
python_requires = >=3
[options.extras_require]
y = c
-- requirements.txt --
a
`, `
kind setuptools
name app (setup.cfg:2)
python >=3 (setup.cfg:7)
needs b (setup.cfg:6)
extra y: c (setup.cfg:9)
error: setup.cfg:2:1: its version cannot be known without a build: pbr takes it from the repository
`},
		{"a function that may change all", `
-- setup.py --
from setuptools import setup
setup(setup_requires=['pbr'], pbr=True)
-- setup.cfg --
[global]
setup-hooks =
    pbr.hooks.setup_hook
    own.hook
[metadata]
name = app
-- requirements.txt --
a
`, `
kind setuptools
error: setup.cfg:4:5: its name cannot be known without a build: own.hook, a hook of pbr, may change it
error: setup.cfg:4:5: its version cannot be known without a build: own.hook, a hook of pbr, may change it
error: setup.cfg:4:5: its Python versions cannot be known without a build: own.hook, a hook of pbr, may change it
error: setup.cfg:4:5: its dependencies cannot be known without a build: own.hook, a hook of pbr, may change it
error: setup.cfg:4:5: its optional dependencies cannot be known without a build: own.hook, a hook of pbr, may change it
`},
		{"a requirement by its URL", `
-- setup.py --
from setuptools import setup
setup(setup_requires=['pbr'], pbr=True)
-- setup.cfg --
[metadata]
name = app
-- requirements.txt --
-e git+https://git.example/a#egg=a
`, `
kind setuptools
name app (setup.cfg:2)
error: requirements.txt:1:1: its dependencies cannot be known without a build: pbr takes a name out of "-e git+https://git.example/a#egg=a"
error: setup.cfg:2:1: its version cannot be known without a build: pbr takes it from the repository
`},
		{"files that include each other", `
-- setup.py --
from setuptools import setup
setup(setup_requires=['pbr'], pbr=True)
-- setup.cfg --
[metadata]
name = app
-- requirements.txt --
-r requirements.txt
`, `
kind setuptools
name app (setup.cfg:2)
error: requirements.txt:1:1: its dependencies cannot be known without a build: requirements.txt includes itself
error: setup.cfg:2:1: its version cannot be known without a build: pbr takes it from the repository
`},
		{"pyproject.toml alone", `
[build-system]
requires = ["pbr>=6.1.1"]
build-backend = "pbr.build"
[project]
name = "app"
dynamic = ["version", "dependencies"]
-- requirements.txt --
a ; os_name=='nt'
`, `
kind pep621
name app (5)
needs a ; os_name=='nt' (requirements.txt:1)
error: pyproject.toml:3:18: its version cannot be known without a build: pbr takes it from the repository
`},
		{"not where pbr is turned off", `
-- setup.py --
from setuptools import setup
setup(name='app', version='1', pbr=False, install_requires=['b'])
-- requirements.txt --
a
`, `
kind setuptools
name app (setup.py:2)
version 1 (setup.py:2)
needs b (setup.py:2)
`},
	})
}
