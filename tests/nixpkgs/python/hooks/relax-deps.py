"""Rewrites the requirements in METADATA of a wheel: relax-deps.py METADATA RELAX REMOVE.

RELAX and REMOVE are names of projects, with blanks between, or 1 for all.
"""
import pathlib
import re
import sys

REQUIREMENT = re.compile(r"Requires-Dist:\s*([A-Za-z0-9._-]+)\s*(\[[^]]*\])?[^;]*(;.*)?$")


def chosen(name, names):
    """Whether a project is among the names."""

    def normal(text):
        return re.sub(r"[-_.]+", "-", text).lower()

    return names == "1" or normal(name) in map(normal, names.split())


def rewritten(lines, relax, remove):
    for line in lines:
        match = REQUIREMENT.match(line)
        if match and chosen(match[1], remove):
            continue
        if match and chosen(match[1], relax):
            line = f"Requires-Dist: {match[1]}{match[2] or ''}{' ' + match[3] if match[3] else ''}"
        yield line


def main(path, relax, remove):
    metadata = pathlib.Path(path)
    metadata.write_text("\n".join(rewritten(metadata.read_text().split("\n"), relax, remove)))


main(*sys.argv[1:])
