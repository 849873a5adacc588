#!/usr/bin/env python3
"""Says of fixes whether real releases are as they say, the oldest and the newest that each is for.

    check.py CACHE FILE.toml…

What a fix changes is looked for: the texts that it substitutes, the files that it removes, the variables and options
that it sets, the requirements that it drops; and its `evidence`. A fix of which nothing can be looked for is wrong.
"""
import pathlib
import re
import sys
import tomllib

from releases import Project

failed = 0


def fail(fix, who, text):
    global failed
    failed += 1
    print(f"wrong: {fix['project']} {fix['name']}: {who} {text}")


def requirements(archive):
    """The projects that a wheel requires, or None."""
    metadata = archive.matching("*.dist-info/METADATA")
    if not metadata:
        return None
    lines = re.findall(rb"(?m)^Requires-Dist: *([A-Za-z0-9._-]+)", archive.bytes(metadata[0]))
    return {re.sub(r"[-_.]+", "-", line.decode()).lower() for line in lines}


def installed(archive, path):
    """The members that lie at a path of what is installed."""
    if not path.startswith("@out@/"):
        return archive.matching(path) or archive.matching(path + "/*")
    if path.startswith("@out@/bin/"):
        name = path.removeprefix("@out@/bin/")
        points = archive.matching("*.dist-info/entry_points.txt")
        if points and re.search(rb"(?m)^" + re.escape(name.encode()) + rb"\s*=", archive.bytes(points[0])):
            return points
        return archive.matching(f"*.data/scripts/{name}")
    return archive.matching("*.data/data/" + path.removeprefix("@out@/"))


def looked_for(fix, archive):
    """What a fix says of a file: pairs of whether it is so, and the words for that it is not."""
    for key in "substitute-source", "substitute":
        for one in fix.get(key, []):
            if key == "substitute-source" and archive.format == "wheel":
                continue
            members = archive.matching(one["file"])
            yield bool(members) and archive.has(one["from"], members), f"has no {one['from']!r} in {one['file']}"
    if archive.format == "wheel":
        for path in fix.get("remove", []):
            yield bool(installed(archive, path)), f"has no {path}"
        required = requirements(archive)
        for name in fix.get("requires-dist", {}).get("drop", []):
            yield name in required, f"does not require {name}"
    else:
        for variable in fix.get("env", {}):
            yield archive.has(variable, archive.members), f"reads no variable {variable}"
        for flag in fix.get("flags", []):
            option = re.search(r"-D([\w-]+)=", flag)
            if option:
                yield archive.has(option[1], archive.matching("meson*option*")), f"has no option {option[1]}"
    for pattern, text in fix.get("evidence", {}).items():
        members = archive.matching(pattern)
        yield bool(members) and archive.has(text, members), f"has no {text!r} in {pattern}"


def check(fix, project):
    count, tried, large = 0, [], []
    for format in fix["formats"]:
        archives, passed = project.ends(format, fix.get("versions", ""))
        large += passed
        for archive in archives:
            tried.append(archive.name)
            for holds, words in looked_for(fix, archive):
                count += 1
                if not holds:
                    fail(fix, archive.name, words)
    if not tried and not large:
        fail(fix, "the index", "has no such release")
    elif tried and not count:
        fail(fix, "the fix", "says nothing that can be looked for: add evidence")
    newest = max(filter(None, map(project.newest, fix["formats"])), default=None)
    passed = f"; too large: {', '.join(large)}" if large else ""
    print(f"{fix['project']} {fix['name']}: {count} claims, of {', '.join(tried) or 'nothing'}{passed}; the newest is {newest}")


def main(cache, *names):
    for name in names:
        path = pathlib.Path(name)
        project = Project(path.stem, pathlib.Path(cache))
        for fix in tomllib.loads(path.read_text())["fix"]:
            check(fix | {"project": path.stem}, project)
    if failed:
        sys.exit(f"{failed} claims do not hold")


main(*sys.argv[1:])
