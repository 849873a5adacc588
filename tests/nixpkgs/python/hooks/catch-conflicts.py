"""Fails if a project has two store paths in the closure of propagated inputs: catch-conflicts.py OUT SITE_PACKAGES."""
import collections
import importlib.metadata
import pathlib
import re
import sys


def closure(root):
    """The propagated inputs below root, each with the chain of paths that leads there."""
    chains = {root: [root]}
    queue = [root]
    for path in queue:
        listed = path / "nix-support/propagated-build-inputs"
        for name in listed.read_text().split() if listed.exists() else []:
            following = pathlib.Path(name)
            if following not in chains:
                chains[following] = chains[path] + [following]
                queue.append(following)
    return chains


def main(out, site_packages):
    chains = closure(pathlib.Path(out))
    found = collections.defaultdict(dict)
    for path in chains:
        for info in (path / site_packages).glob("*.dist-info"):
            distribution = importlib.metadata.PathDistribution(info)
            name = re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
            found[name][path] = distribution.version
    twice = {name: versions for name, versions in found.items() if len(versions) > 1}
    for name, versions in twice.items():
        print(f"Found duplicated packages in closure for dependency '{name}':", file=sys.stderr)
        for path, version in versions.items():
            print(f"  {name} {version}: " + " -> ".join(map(str, chains[path])), file=sys.stderr)
    sys.exit(1 if twice else 0)


main(*sys.argv[1:])
