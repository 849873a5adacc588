"""Makes a Python script find its modules: add-paths.py SCRIPT INTERPRETER PATHS. Fails (1) if it is no Python script.

The line that adds the paths goes before the first statement that is neither the docstring nor from __future__.
It also gives the script its own name back, since the file is renamed when it is wrapped.
"""
import ast
import re
import sys

SHEBANG = re.compile(rb"#!\s*(\S*/)?(env\s+)?python[0-9.]*(\s|$)")


def first_statement(source):
    """The index of the line before which code can be added."""
    for node in ast.parse(source).body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not docstring and not future:
            return min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])]) - 1
    return len(source.splitlines())


def main(script, interpreter, paths):
    with open(script, "rb") as file:
        content = file.read()
    if not SHEBANG.match(content):
        return 1
    source = content.decode()
    preamble = (
        f"import sys;import site;import functools;sys.argv[0] = {script!r};"
        f"functools.reduce(lambda k, p: site.addsitedir(p, k), {paths.split(':')!r}, site._init_pathinfo());\n"
    )
    at = first_statement(source)
    lines = source.splitlines(keepends=True)
    lines[0] = re.sub(r"^#!\s*(\S*/)?(env\s+)?python[0-9.]*", f"#!{interpreter}", lines[0])
    with open(script, "w") as file:
        file.writelines(lines[:at] + [preamble] + lines[at:])
    return 0


sys.exit(main(*sys.argv[1:]))
