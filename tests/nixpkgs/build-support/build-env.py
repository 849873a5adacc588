"""Links the files of several packages into one tree: build-env.py PLAN.json OUT (see build-env.nix).

A directory that one package alone has becomes one link; shared directories are made and filled. Two packages may
have a file of the same name if it has the same content, or if one has precedence (a lower priority number), or if
collisions are to be ignored; then the first wins.
"""
import filecmp
import json
import os
import sys


class Tree:
    """The links to make: directory -> None, file or whole directory -> (target, priority)."""

    def __init__(self, plan):
        self.plan = plan
        self.links = {}

    def wanted(self, name):
        """Whether a path is below one of pathsToLink."""
        return any(p == "/" or name == p or name.startswith(p.rstrip("/") + "/") for p in self.plan["pathsToLink"])

    def leads(self, name):
        """Whether a path lies above one of pathsToLink."""
        return any(p.startswith(name.rstrip("/") + "/") for p in self.plan["pathsToLink"])

    def add(self, target, name, priority):
        """Adds target, a path in a package, as name, and splits directories that several packages share."""
        if name == "/nix-support":
            return
        if not self.wanted(name):
            if self.leads(name) and os.path.isdir(target):
                self.descend(target, name, priority)
            return
        if name not in self.links:
            self.links[name] = (target, priority)
            return
        old = self.links.get(name)
        if not os.path.isdir(target) or (old and not os.path.isdir(old[0])):
            self.collide(target, name, priority)
            return
        self.links[name] = None
        if old:
            self.descend(old[0], name, old[1])
        self.descend(target, name, priority)

    def descend(self, target, name, priority):
        for entry in sorted(os.listdir(target)):
            self.add(os.path.join(target, entry), f"{name}/{entry}", priority)

    def collide(self, target, name, priority):
        old = self.links[name]
        if old is None:
            sys.exit(f"error: collision between a directory and the file `{target}'")
        if os.path.realpath(old[0]) == os.path.realpath(target):
            return
        if priority < old[1]:
            self.links[name] = (target, priority)
        elif priority == old[1] and not self.same(old[0], target):
            message = f"collision between `{target}' and `{old[0]}'"
            if not self.plan["ignoreCollisions"]:
                sys.exit(f"error: {message}")
            print(f"warning: {message}", file=sys.stderr)

    def same(self, a, b):
        """Whether two files may stand for each other."""
        return (
            self.plan["checkCollisionContents"]
            and os.path.isfile(a)
            and os.path.isfile(b)
            and os.stat(a).st_mode == os.stat(b).st_mode
            and filecmp.cmp(a, b, shallow=False)
        )

    def make(self, out):
        """Makes the links, parents first."""
        os.makedirs(out)
        for name, link in sorted(self.links.items()):
            path = out + name
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if link is None:
                os.makedirs(path, exist_ok=True)
            else:
                os.symlink(link[0], path)


def main(plan_path, out):
    with open(plan_path) as file:
        plan = json.load(file)
    tree = Tree(plan)
    for package in plan["packages"]:
        for path in package["paths"]:
            if os.path.isdir(path):
                tree.descend(path, "", package["priority"])
    tree.make(out + plan["extraPrefix"])


main(*sys.argv[1:])
