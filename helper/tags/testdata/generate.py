"""Writes the lists of tags that tags_test.go expects, as pypa/packaging gives them: python3 generate.py"""

import json
import pathlib
import sys
import sysconfig
from unittest import mock

from packaging import _manylinux, _musllinux, tags

GLIBC, MUSL = "glibc", "musl"


def target(name, python, system, libc="", libc_version=None, macos=None, implementation="cpython", free=False):
    t = {"implementation": implementation, "python": python, "system": system}
    if free:
        t["free-threaded"] = True
    if libc:
        t |= {"libc": libc, "libc-version": libc_version}
    if macos:
        t["macos"] = macos
    return name, t


TARGETS = [
    target("cp312-x86_64-glibc", [3, 12], "x86_64-linux", GLIBC, [2, 18]),
    target("cp37-i686-glibc", [3, 7], "i686-linux", GLIBC, [2, 12]),
    target("cp313t-aarch64-glibc", [3, 13], "aarch64-linux", GLIBC, [2, 20], free=True),
    target("cp314-armv7l-glibc", [3, 14], "armv7l-linux", GLIBC, [2, 19]),
    target("cp310-armv6l-glibc", [3, 10], "armv6l-linux", GLIBC, [2, 31]),
    target("cp311-x86_64-musl", [3, 11], "x86_64-linux", MUSL, [1, 2]),
    target("pp310-powerpc64le-glibc", [3, 10], "powerpc64le-linux", GLIBC, [2, 18], implementation="pypy"),
    target("cp39-x86_64-macos", [3, 9], "x86_64-darwin", macos=[10, 9]),
    target("cp38-x86_64-macos", [3, 8], "x86_64-darwin", macos=[12, 3]),
    target("cp313-aarch64-macos", [3, 13], "aarch64-darwin", macos=[14, 0]),
]
MACHINES = {"powerpc64le": "ppc64le", "powerpc64": "ppc64"}


def platforms(t):
    cpu, os = t["system"].split("-")
    if os == "darwin":
        return list(tags.mac_platforms(tuple(t["macos"]), {"aarch64": "arm64"}.get(cpu, cpu)))
    version = t["libc-version"]
    glibc = _manylinux._GLibCVersion(*version) if t["libc"] == GLIBC else _manylinux._GLibCVersion(-1, -1)
    musl = _musllinux._MuslVersion(*version) if t["libc"] == MUSL else None
    has_manylinux = cpu in {"i686", "armv7l"} or MACHINES.get(cpu, cpu) in _manylinux._ALLOWED_ARCHS
    with (
        mock.patch.object(sysconfig, "get_platform", lambda: "linux-" + MACHINES.get(cpu, cpu)),
        mock.patch.object(_manylinux, "_get_glibc_version", lambda: glibc),
        mock.patch.object(_manylinux, "_have_compatible_abi", lambda *_: has_manylinux),
        mock.patch.object(_musllinux, "_get_musl_version", lambda _: musl),
    ):
        return list(tags._linux_platforms(is_32bit=False))


def expected(t):
    python, places = tuple(t["python"]), platforms(t)
    version = f"{python[0]}{python[1]}"
    if t["implementation"] == "pypy":
        yield from tags.generic_tags(f"pp{version}", [f"pypy{version}_pp73"], places)
        yield from tags.compatible_tags(python, "pp3", places)
        return
    abi = f"cp{version}" + ("t" if t.get("free-threaded") else "") + ("m" if python < (3, 8) else "")
    yield from tags.cpython_tags(python, [abi], places)
    yield from tags.compatible_tags(python, f"cp{version}", places)


def main():
    here = pathlib.Path(sys.argv[0]).parent
    for name, t in TARGETS:
        lines = [json.dumps(t), *map(str, expected(t))]
        (here / f"{name}.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
