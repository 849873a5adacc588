"""Compares what mach-nix resolved with a lock of mach.

    machnix_compare.py EXPRESSION LOCK

EXPRESSION is the Nix expression that mach-nix generates; what it resolved is in it as JSON. Prints three numbers, projects of
mach-nix, projects of mach, projects that both took at different versions, and below a line for each difference.
"""

import json
import re
import sys
import tomllib


def normalized(name):
    return re.sub("[-_.]+", "-", name).lower()


def theirs(path):
    with open(path) as file:
        found = re.search(r"pkgsData = fromJSON ''(.*)'';$", file.read(), re.MULTILINE)
    packages = json.loads(found[1])
    return {
        normalized(name): (p["ver"], p["provider_info"]["provider"], p["provider_info"]["wheel_fname"])
        for name, p in packages.items()
    }


def ours(path):
    with open(path, "rb") as file:
        lock = tomllib.load(file)
    return {p["name"]: (p.get("version"), p["tool"]["mach"]["provider"], wheel(p)) for p in lock["packages"]}


def wheel(package):
    wheels = package.get("wheels")
    return wheels[0]["name"] if wheels else None


def main():
    a, b = theirs(sys.argv[1]), ours(sys.argv[2])
    versions = [name for name in a if name in b and a[name][0] != b[name][0]]
    print(len(a), len(b), len(versions))
    for name in sorted(set(a) | set(b)):
        if a.get(name) != b.get(name):
            print(name, "mach-nix:", *(a.get(name) or ["-"]), "mach:", *(b.get(name) or ["-"]))


main()
