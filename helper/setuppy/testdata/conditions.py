import os, sys, platform
from setuptools import setup
r = ['a']
if sys.version_info[:2] < (3, 8) and not sys.platform.startswith('win'):
    r.append('b')
elif platform.python_implementation() == 'PyPy' or os.environ.get('X'):
    r += ['c>=%d.%d' % sys.version_info[:2]]
try:
    import numpy, importlib.metadata
except (ImportError, AttributeError) as e:
    r.extend(x for x in ['d', 'e'] if x != 'd')
else:
    r.insert(0, "f")
finally:
    pass
for i, x in enumerate(list(r)):
    if i > 3: break
    elif x in os.environ: continue
while len(r) > 4:
    r.pop()
setup(name='x', install_requires=r, extras_require={":python_version<'3'": r[1:], 'y': None or "z"})
