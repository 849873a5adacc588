"""Gives the interpreter the environment that a wrapper names; nixpkgs' sitecustomize.py has the same interface.

NIX_PYTHONPATH        directories with modules and .pth files
NIX_PYTHONEXECUTABLE  what sys.executable is to be, unless a virtual environment is active
NIX_PYTHONPREFIX      what sys.prefix is to be, likewise

They are taken out of the environment, so that a Python of another environment that is started does not see them.

Beside that, the place for modules is PREFIX/lib/pythonX.Y/site-packages, as in CPython: the site module of the
distribution, which is frozen into the program, knows other places.
"""
import os
import site
import sys


def _site_packages(prefixes=None):
    library = os.path.basename(os.path.dirname(os.__file__))
    unique = dict.fromkeys(prefixes or site.PREFIXES)
    return [os.path.join(prefix, "lib", library, "site-packages") for prefix in unique]


def _add_paths(paths):
    known = site._init_pathinfo()
    for path in paths:
        known = site.addsitedir(path, known)


def _become(executable, prefix):
    if executable and "PYTHONEXECUTABLE" not in os.environ:
        sys.executable = sys._base_executable = executable
    if prefix:
        sys.prefix = sys.exec_prefix = prefix
        site.PREFIXES.insert(0, prefix)


site.getsitepackages = _site_packages
_paths = os.environ.pop("NIX_PYTHONPATH", None)
if _paths:
    _add_paths(_paths.split(":"))
if sys.prefix == sys.base_prefix:
    _add_paths(_site_packages([sys.prefix]))
    _become(os.environ.pop("NIX_PYTHONEXECUTABLE", None), os.environ.pop("NIX_PYTHONPREFIX", None))
