package sdist

import "testing"

func TestSetupPy(t *testing.T) {
	checkFormats(t, []formatTest{
		{"setup.py, and setup.cfg for what it does not say", `
-- setup.py --
import sys
from setuptools import setup
extras = {"web": ["d"], ":os_name == 'nt'": ["e; python_version > '3'"]}
setup(
    name="app",
    version='1.0',
    install_requires=[
        "a>=1",
        "b",
    ] + (["c"] if sys.platform == "win32" else []),
    extras_require=extras,
)
-- setup.cfg --
[options]
python_requires = >=3.8
install_requires = not this
`, `
kind setuptools
name app (setup.py:5)
version 1.0 (setup.py:6)
python >=3.8 (setup.cfg:2)
needs a>=1 (setup.py:8)
needs b (setup.py:9)
needs c ; sys_platform == "win32" (setup.py:10)
needs e ; (python_version > "3") and os_name == 'nt' (setup.py:3)
extra web: d (setup.py:3)
`},
		{"what is not known", `
-- setup.py --
from setuptools import setup
import os
setup(name="app", install_requires=os.environ["X"].split(), version=get())
`, `
kind setuptools
name app (setup.py:3)
error: setup.py:3:46: its dependencies cannot be known without a build: it depends on the environment variable X
error: setup.py:3:69: its version cannot be known without a build: it comes out of a call of get
`},
		{"a shim beside [project]", `
[project]
name = "app"
dynamic = ["version"]
dependencies = ["a"]
-- setup.py --
import setuptools
setuptools.setup(version="3")
`, `
kind pep621
name app (2)
version 3 (setup.py:2)
needs a (4)
`},
	})
}
