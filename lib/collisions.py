"""Stops the build of an environment whose packages have a file in common that is not the same: collisions.py OUT

The environment is a tree of links into its packages. A directory that one package alone has is a link, so that only the
real ones, which several have, are looked at. Compiled modules do not count: they tell where they were compiled.
"""
import filecmp
import os
import re
import sys

SHOWN = 5


def package_of(path, store):
    """The package in the store that path lies in, or None."""
    parts = os.path.relpath(path, store).split(os.sep)
    return None if parts[0] == ".." else os.path.join(store, parts[0])


def read(environment):
    """The directories of the environment that are no links, and the packages that it is made of."""
    directories, packages = [], {}
    store = os.path.dirname(environment)
    for directory, below, files in os.walk(environment):
        directories.append(os.path.relpath(directory, environment))
        if "__pycache__" in below:
            below.remove("__pycache__")
        for name in below + files:
            path = os.path.join(directory, name)
            package = os.path.islink(path) and package_of(os.readlink(path), store)
            if package and package != environment:
                packages[package] = None
    return directories, sorted(packages, key=title)


def owners(environment, directory, packages):
    """What lies in a directory of the environment: name -> the packages that have it."""
    found = {}
    for package in packages:
        try:
            names = os.listdir(os.path.join(package, directory))
        except OSError:
            continue
        for name in names:
            found.setdefault(name, []).append(package)
    return {
        name: having
        for name, having in found.items()
        if len(having) > 1 and name != "__pycache__" and os.path.lexists(os.path.join(environment, directory, name))
    }


def is_same(paths):
    """Whether the paths are all directories, or files of the same content."""
    if any(map(os.path.isdir, paths)):
        return all(map(os.path.isdir, paths))
    first, *others = paths
    return all(os.path.isfile(path) for path in paths) and all(filecmp.cmp(first, other, False) for other in others)


def collisions(environment):
    """The files that are not the same, by the packages that have them."""
    found = {}
    directories, packages = read(environment)
    for directory in directories:
        for name, having in owners(environment, directory, packages).items():
            if not is_same([os.path.join(package, directory, name) for package in having]):
                found.setdefault(tuple(having), []).append(os.path.normpath(os.path.join(directory, name)))
    return found


def title(package):
    """The name and the version of a package, as its name in the store has them."""
    return re.sub(r"^[0-9a-z]{32}-((python|pypy)[0-9.]*t?-)?", "", os.path.basename(package))


def complain(packages, files):
    names = " and ".join(map(title, packages))
    files.sort()
    more = f"\n    and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    print(f"error: mach: {names} have files in common that are not the same:", file=sys.stderr)
    for file in files[:SHOWN]:
        print(f"    {file}", file=sys.stderr)
    print(f"{more[1:]}\n  in {', '.join(packages)}" if more else f"  in {', '.join(packages)}", file=sys.stderr)


def main(environment):
    found = collisions(environment)
    for packages, files in found.items():
        complain(packages, files)
    if found:
        other = re.sub(r"-[^-]*$", "", title(list(found)[0][1]))
        print(
            f'hint: ignoreCollisions = true; # takes one of them, or do without one, or take it from elsewhere:'
            f' providers.{other} = "nixpkgs";',
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
