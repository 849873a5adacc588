"""Copies the distribution's sysconfig, as configure.py STDLIB OUT, with the install paths that CPython itself has.

Debian makes /usr/local/lib/pythonX.Y/dist-packages the default place to install to. The functions of sysconfig take
the default when they are defined, so it is changed in the text. Its site is frozen into the program: what that does
is mended at run time, by sitecustomize.
"""
import pathlib
import shutil
import sys

BEFORE = "def get_preferred_scheme("
PREFERRED = '''def _get_preferred_schemes():
    return {"prefix": "posix_prefix", "home": "posix_home", "user": "posix_user"}


'''


def main(stdlib, out):
    # A module until Python 3.12, a package since.
    source = pathlib.Path(stdlib, "sysconfig")
    if source.is_dir():
        shutil.copytree(source, pathlib.Path(out, "sysconfig"), ignore=shutil.ignore_patterns("__pycache__"))
        module = pathlib.Path(out, "sysconfig", "__init__.py")
    else:
        module = pathlib.Path(out, "sysconfig.py")
        shutil.copyfile(source.with_suffix(".py"), module)
    text = module.read_text()
    if BEFORE not in text:
        sys.exit(f"error: {source} has no {BEFORE!r}")
    module.write_text(text.replace(BEFORE, PREFERRED + BEFORE))


main(*sys.argv[1:])
