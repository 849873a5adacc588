import sys
try:
    from setuptools import setup
except ImportError, e:
    from distutils.core import setup
if sys.hexversion < 0x02060000:
    print >>sys.stderr, "too old", `e`
    raise SystemExit, 1
class sdist(object):
	def run(self): global r; r = 0777
lines = filter(None, map(lambda (a, b): a, [])) or [u'a', ur'b']
exec "r = ['c']" in globals()
def f(x, *a, **k):
    if x <= 0: return a
    return f(x - 1, x, *a, **k)
setup(name='x' 'y' "%s%%%(n)s" % {'n': 1}, install_requires=r + lines * 2, packages=[str(i) for i in f(3)],
      extras_require = lambda: (yield))
