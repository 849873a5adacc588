"""Reads a database of mach by docs/database.md alone, and prints what it has: one project a line, as JSON.

    python3 read.py DATABASE…

It is there to show that the document suffices: a test compares what it prints with what mach reads.
"""

import base64
import bisect
import datetime
import functools
import hashlib
import json
import lzma
import re
import sys


def read_root(data):
    """The text of the last xz stream of the file, which is found by its footer."""
    index_size = (int.from_bytes(data[-8:-4], "little") + 1) * 4
    index = data[-12 - index_size : -12]
    assert data[-2:] == b"YZ" and index[:2] == b"\0\1", "not a stream of one block"
    unpadded, shift = 0, 0
    for byte in index[2:]:
        unpadded |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    size = 12 + (unpadded + 3) // 4 * 4 + index_size + 12
    return lzma.decompress(data[-size:]).decode()


class Database:
    def __init__(self, data):
        self.data = data
        lines = read_root(data).split("\n")[:-1]
        assert lines[0] == "mach database 2", lines[0]
        self.info, self.trees = {}, []
        for line in lines[1:]:
            if line[0] == "=":
                kind, depth = line[1:].split(" ")
                self.trees.append((kind, int(depth), []))
            elif self.trees:
                self.trees[-1][2].append(line)
            else:
                key, value = line.split(" ", 1)
                self.info[key] = value
        self.locations = self.info["locations"] == "yes"

    @functools.cache
    def stream(self, pointer, kind):
        """The lines of the stream that a pointer leads to."""
        offset, size, digest = pointer.split(" ")
        data = self.data[int(offset) : int(offset) + int(size)]
        assert hashlib.sha256(data).digest() == unbase64(digest), "wrong hash"
        lines = lzma.decompress(data).decode().split("\n")
        assert lines[0] == kind and lines[-1] == "", lines[0]
        return lines[1:-1]

    def leaves(self, depth, lines):
        """The lines at the bottom of a tree, without those that lead where the line before does: (KEY, POINTER)."""
        for line in lines:
            key, _, pointer = line.partition(" ")
            if depth:
                yield from self.leaves(depth - 1, self.stream(pointer, "index"))
            elif pointer:
                yield key, pointer

    def names(self):
        names = set()
        for kind, depth, top in self.trees:
            if kind == "names":
                for _, pointer in self.leaves(depth, top):
                    for name in self.stream(pointer, "names"):
                        if name[0] == "-":
                            names.discard(name[1:])
                        else:
                            names.add(name)
        return sorted(names)

    def projects(self):
        """The projects, each of the first tree that has something of its name."""
        found, new = {}, {}
        for kind, depth, top in self.trees:
            if kind == "files":
                pages = list(self.leaves(depth, top))
                for name, releases in new.items():
                    if name not in found:
                        found[name] = releases
                        for i, release in enumerate(releases or []):
                            release["files"] = self.files(pages, name, i, release)
                new = {}
            elif kind != "names":
                for key, pointer in self.leaves(depth, top):
                    for name, releases in [(key, None)] if pointer == "-" else read_shard(self.stream(pointer, "releases")):
                        new.setdefault(name, releases)
        return {name: releases for name, releases in sorted(found.items()) if releases}

    def files(self, pages, name, i, release):
        """The files of the i-th release of a project."""
        wanted = f"{name},{i:06}" if i else name
        key, pointer = pages[bisect.bisect_right(pages, wanted, key=lambda page: page[0]) - 1]
        of, _, first = key.partition(",")
        row = self.page(pointer)[name][i - int(first or 0) if of == name else i]
        version = row.version or release["version"]
        names = [f"{row.wheel}-{version}-{tags}.whl" for tags in release["wheels"]]
        if release["sdist"]:
            names.append(f"{row.sdist}-{version}{row.ending}")
        hashes, files = iter(row.hashes), []
        for at, (file, size) in enumerate(zip(names, row.sizes, strict=True)):
            file = row.names.get(at, file)
            sha256, location = next(hashes), row.locations.get(at, "")
            if self.locations and not location:
                h = next(hashes)
                location = f"packages/{h[:2]}/{h[2:4]}/{h[4:]}/{file}"
            files.append({"name": file, "sha256": sha256, "size": int(size), "location": location})
        return files

    @functools.cache
    def page(self, pointer):
        """The rows that a page has of each project."""
        lines = self.stream(pointer, "files")
        split = lines.index("hashes")
        rows, hashes = {}, iter(lines[split + 1 :])
        for line in lines[:split]:
            if line[0] == "#":
                row, of, rest = Row(line[1:].replace("-", "_")), rows.setdefault(line[1:], []), next(hashes)
            elif row.change(line):
                n = len(row.sizes)
                if self.locations:
                    n += n - len(row.locations)
                row.hashes, rest = [unbase64(rest[at : at + 43]).hex() for at in range(0, 43 * n, 43)], rest[43 * n :]
                of.append(row)
                row = row.next()
        return rows


class Row:
    """What a page has of a release."""

    def __init__(self, wheel, sdist=None, ending=".tar.gz"):
        self.wheel, self.sdist, self.ending = wheel, sdist or wheel, ending
        self.version, self.names, self.locations = None, {}, {}

    def next(self):
        return Row(self.wheel, self.sdist, self.ending)

    def change(self, line):
        """Applies a line, and says whether it was the last one."""
        letter, value = line[0], line[1:]
        if letter == "~":
            self.wheel = value
        elif letter == "%":
            self.sdist = value
        elif letter == ".":
            self.ending = line
        elif letter == "=":
            self.version = value
        elif letter in "!:":
            number, _, text = value.partition(" ")
            (self.names if letter == "!" else self.locations)[int(number)] = text
        else:
            self.sizes = line.split(" ")
            return True
        return False


def unbase64(text):
    return base64.b64decode(text + "=")


def read_shard(lines):
    """The projects of a stream of releases: their names, and lists of releases."""
    split = lines.index("days")
    days, at = iter(lines[split + 1 :]), 0
    while at < split:
        name, versions = lines[at][1:], unfold(lines[at + 1])
        at += 2
        state, releases = State(), []
        for version, day in zip(versions, read_days(next(days)), strict=True):
            state.begin()
            while lines[at]:
                state.change(lines[at])
                at += 1
            at += 1
            releases.append(state.release(version, day))
        yield name, releases


def unfold(line):
    versions = []
    for word in line.split(" "):
        first, _, last = word.partition("..")
        versions.append(first)
        if last:
            prefix, number = re.fullmatch(r"(.*?)([0-9]+)", first).groups()
            versions += [prefix + str(n) for n in range(int(number) - 1, int(last) - 1, -1)]
    return versions


def read_days(line):
    day, sign, high, days = None, -1, 0, []
    for c in line:
        if c == ".":
            days.append("")
        elif c == "!":
            sign = 1
        elif c >= "p":
            high = high * 15 + ord(c) - ord("p")
        else:
            number = high * 64 + ord(c) - ord("0")
            day = number if day is None else day + sign * number
            days.append(str(datetime.date(1970, 1, 1) + datetime.timedelta(day)))
            sign, high = -1, 0
    return days


class State:
    """A release, while it is read as changes to the one before it."""

    def __init__(self):
        self.python, self.wheels, self.sdist = "", ["py3-none-any"], True
        self.lists = {"": [], "b": [], "d": []}
        self.extras, self.backend, self.own = None, None, False

    def begin(self):
        self.yanked, self.at = None, {"": 0, "b": 0, "d": 0}

    def change(self, line):
        letter, value = line[0], line[1:]
        if letter in "+-=":
            self.edit("", line)
        elif letter == "p":
            self.python = value
        elif letter == "w":
            self.wheels = [f"{head}-{platform}" for heads, platforms in (group.split("/") for group in value.split(";") if group)
                           for head in heads.split(" ") for platform in platforms.split(" ")]
        elif letter == "s":
            self.sdist = not self.sdist
        elif letter == "y":
            self.yanked = value
        elif letter == "x":
            self.extras = None if value == "*" else value.split()
        elif line == "b?":
            self.backend, self.lists["b"] = None, []
        elif line.startswith("b "):
            self.backend = value[1:]
        elif line in ("d*", "d0"):
            self.own, self.lists["d"] = line == "d0", []
        else:
            self.edit(letter, value)

    def edit(self, which, line):
        items, at = self.lists[which], self.at[which]
        if line[0] == "+":
            while at < len(items) and items[at].encode() < line[1:].encode():
                at += 1
            items.insert(at, line[1:])
            at += 1
        else:
            number, _, text = line[1:].partition(" ")
            at += int(number or 0)
            if line[0] == "-":
                del items[at]
            else:
                head, _, tail = split(items[at])
                items[at] = head + text + tail if text[:1] in ("", *OPERATORS) else text
                at += 1
        self.at[which] = at

    def release(self, version, day):
        def all(which):
            return [expand(requirement, version) for requirement in self.lists[which]]

        return {
            "version": version, "uploaded": day, "requires_python": self.python, "yanked": self.yanked,
            "wheels": self.wheels, "sdist": self.sdist,
            "requires": all(""), "extras": derive(self.lists[""]) if self.extras is None else self.extras,
            "build": None if self.backend is None else dict(zip(("backend", "unknown"), (*self.backend.split(" ", 1), "")), requires=all("b")),
            "sdist_requires": all("d") if self.own else None,
        }


def derive(requirements):
    """The extras that markers name."""
    markers = ";".join(requirement.partition(";")[2] for requirement in requirements)
    found = re.findall(r"""extra *== *(["'])((?:(?!\1).)+)\1""", markers)
    return list(dict.fromkeys(name for _, name in found))


OPERATORS = "<>=!~"


def split(requirement):
    """What is before the specifiers of a requirement, these, and what is after them."""
    return re.fullmatch(r"([^<>=!~;]*)([^;]*)(.*)", requirement).groups()


def expand(requirement, version):
    head, specifiers, tail = split(requirement)
    clauses = []
    for clause in specifiers.split(","):
        named = clause.lstrip(OPERATORS)
        operator = clause[: len(clause) - len(named)]
        clauses.append(operator + (version if named == "$" else named.removeprefix("$")))
    return head + ",".join(clauses) + tail


def main(paths):
    for path in paths:
        with open(path, "rb") as file:
            database = Database(file.read())
        projects = database.projects()
        assert list(projects) == database.names(), "the names are others"
        for name, releases in projects.items():
            print(json.dumps({"name": name, "releases": releases}, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1:])
