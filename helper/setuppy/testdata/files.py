# -*- coding: utf-8 -*-
from __future__ import print_function
import io, re, json
from os.path import abspath, dirname, exists, join
from pathlib import Path
from setuptools import find_packages, setup
here = abspath(dirname(__file__))
def read(*parts, **kw):
    with io.open(join(here, *parts), encoding=kw.get("encoding", "utf8")) as f:
        return f.read()
def requirements(name):
    for line in read(name).splitlines():
        line = line.split('#', 1)[0].strip()
        if line and not line.startswith(('-r', '--')):
            yield line
about = {}
exec(compile(read('pkg', 'about.py'), 'about.py', 'exec'), about)
version = re.search(r'''^__version__\s*=\s*["'](?P<v>[^"']+)''', (Path(here) / "pkg" / "__init__.py").read_text(), re.M).group('v')
extras = dict(json.loads(read('needs.json')), docs=[*requirements('requirements.txt')])
extras['all'] = sorted(set(sum(extras.values(), [])))
kwargs = {**about, 'install_requires': list(requirements('requirements.txt'))}
setup(name=f"{'x'!s}-{version:s}", version=version, packages=find_packages(exclude=["t*"]), extras_require=extras, **kwargs)
