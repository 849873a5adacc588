"""Answers questions about versions, specifiers, requirements, markers, names and tags with pypa/packaging:
one JSON question a line in, one JSON answer a line out. A question is {"kind": ..., "text": ..., ...}; what is
refused, or makes packaging crash, has the answer null; an evaluation that it gives up has the answer "error"."""

import importlib.metadata
import json
import sys

import packaging
from packaging import _manylinux, _musllinux, tags, utils
from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version


def version(q):
    v = Version(q["text"])
    return {
        "string": str(v), "public": v.public, "base": v.base_version, "pre": v.is_prerelease,
        "post": v.is_postrelease, "dev": v.is_devrelease, "local": v.local is not None,
    }


def compare(q):
    a, b = Version(q["text"]), Version(q["other"])
    return (a > b) - (a < b)


def specifiers(q):
    s = SpecifierSet(q["text"])
    return {
        "string": str(s),
        "prerelease": bool(s.prereleases),
        "contains": [s.contains(Version(v), prereleases=True) for v in q["versions"]],
    }


def requirement(q):
    r = Requirement(q["text"])
    return {
        "name": r.name, "extras": sorted(r.extras), "specifiers": str(r.specifier), "url": r.url or "",
        "marker": str(r.marker) if r.marker else "", "string": str(r),
    }


def marker(q):
    m = Marker(q["text"])
    return {"string": str(m), "holds": [evaluate(m, env, q["context"]) for env in q["environments"]]}


def evaluate(m, env, context):
    if context == "lock_file":
        extra = env.pop("extra")
        env = env | {"extras": {extra} if extra else set(), "dependency_groups": set()}
    try:
        return m.evaluate(env, context)
    except (UndefinedComparison, UndefinedEnvironmentName):
        return "error"


def name(q):
    s = q["text"]
    try:
        utils.canonicalize_name(s, validate=True)
        valid = True
    except utils.InvalidName:
        valid = False
    return {"normal": utils.canonicalize_name(s), "valid": valid}


def wheel(q):
    project, v, build, wheel_tags = utils.parse_wheel_filename(q["text"])
    return {"project": project, "version": str(v), "build": list(build), "ranks": [rank(wheel_tags, t) for t in q["targets"]]}


def rank(wheel_tags, target):
    return min((known_tags(target).get(t, -1) for t in wheel_tags), key=lambda r: (r < 0, r))


known = {}


def known_tags(target):
    key = json.dumps(target, sort_keys=True)
    if key not in known:
        known[key] = {}
        for i, t in enumerate(target_tags(target)):
            known[key].setdefault(t, i)
    return known[key]


def all_tags(q):
    return [str(t) for t in target_tags(q["target"])]


def target_tags(target):
    python, platforms = tuple(target["python"]), list(target_platforms(target))
    nodot = f"{python[0]}{python[1]}"
    if target["implementation"] == "cpython":
        abi = f"cp{nodot}" + ("t" if target.get("free-threaded") else "") + ("m" if python < (3, 8) else "")
        yield from tags.cpython_tags(python, [abi], platforms)
        yield from tags.compatible_tags(python, f"cp{nodot}", platforms)
    else:
        yield from tags.generic_tags(f"pp{nodot}", [f"pypy{nodot}_pp73"], platforms)
        yield from tags.compatible_tags(python, "pp3", platforms)


def target_platforms(target):
    """The platforms as packaging sees them on a machine that is the target."""
    arch, system = target["system"].split("-")
    if system == "darwin":
        return tags.mac_platforms(tuple(target["macos"]), {"aarch64": "arm64"}.get(arch, arch))
    libc, level = target["libc"], tuple(target["libc-version"])
    _manylinux._get_glibc_version = lambda: _manylinux._GLibCVersion(*level) if libc == "glibc" else _manylinux._GLibCVersion(-1, -1)
    _manylinux._have_compatible_abi = lambda executable, archs: True
    _musllinux._get_musl_version = lambda executable: _musllinux._MuslVersion(*level) if libc == "musl" else None
    tags.sysconfig.get_platform = lambda: f"linux-{arch}"
    return tags._linux_platforms(is_32bit=False)


def installed(q):
    """Real strings: what the distributions installed here say of themselves."""
    found = list(importlib.metadata.distributions())
    return {
        "versions": sorted({d.version for d in found if d.version}),
        "requirements": sorted({r for d in found for r in d.requires or []}),
        "specifiers": sorted({d.metadata["Requires-Python"] for d in found if d.metadata["Requires-Python"]}),
    }


def about(q):
    return {"version": packaging.__version__}


kinds = {f.__name__: f for f in (version, compare, specifiers, requirement, marker, name, wheel, all_tags, installed, about)}
refusals = (
    InvalidVersion, InvalidSpecifier, InvalidRequirement, InvalidMarker, utils.InvalidWheelFilename,
    AssertionError, RecursionError,
)


def main():
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = kinds[question["kind"]](question)
        except refusals:
            answer = None
        print(json.dumps(answer), flush=True)


main()
