"""Writes the markers that test_markerHolds.nix expects, as pypa/packaging evaluates them: python3 generate.py"""

import json
import pathlib
import random

from packaging.markers import Marker

ENVIRONMENT = {
    "implementation_name": "cpython",
    "implementation_version": "3.12.4",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": "3.12.4",
    "python_version": "3.12",
    "sys_platform": "linux",
}
VERSIONS = ["python_version", "python_full_version", "implementation_version"]
RELEASES = ["3", "3.8", "3.12", "3.12.0", "3.12.4", "3.12.5", "3.13", "3.9.1", "3.12.4.0", "4"]
TEXTS = {
    "os_name": ["posix", "nt"],
    "sys_platform": ["linux", "win32", "darwin"],
    "platform_system": ["Linux", "Windows"],
    "platform_machine": ["x86_64", "aarch64", "arm64"],
    "platform_python_implementation": ["CPython", "PyPy"],
    "implementation_name": ["cpython", "pypy"],
}


def of_version(pick):
    variable, op, release = pick.choice(VERSIONS), pick.choice("< <= > >= == != ~=".split()), pick.choice(RELEASES)
    quote = pick.choice("'\"")
    if op == "~=" and "." not in release:
        release = "3.1"
    if op in ("==", "!=") and pick.random() < 0.4:
        return f"{variable} {op} {quote}{release}.*{quote}"
    if op != "~=" and pick.random() < 0.2:
        return f"{quote}{release}{quote} {op} {variable}"
    return f"{variable}{op}{quote}{release}{quote}"


def of_text(pick):
    variable, quote, kind = pick.choice(list(TEXTS)), pick.choice("'\""), pick.random()
    if kind < 0.6:
        return f"{variable} {pick.choice(['==', '!='])} {quote}{pick.choice(TEXTS[variable])}{quote}"
    op = pick.choice(["in", "not in"])
    if kind < 0.8:
        return f"{variable} {op} {quote}{' '.join(pick.sample(TEXTS[variable], 2))}{quote}"
    return f"{quote}{pick.choice(TEXTS[variable])[:3]}{quote} {op} {variable}"


def marker(pick, depth):
    if depth == 0 or pick.random() < 0.3:
        return pick.choice([of_version, of_text])(pick)
    text = f"{marker(pick, depth - 1)} {pick.choice(['and', 'or'])} {marker(pick, depth - 1)}"
    return f"({text})" if pick.random() < 0.4 else text


def main():
    pick = random.Random(5)
    texts = sorted({marker(pick, i % 4) for i in range(400)})
    cases = {text: Marker(text).evaluate(ENVIRONMENT) for text in texts}
    lines = [f"{json.dumps(text)}: {json.dumps(holds)}" for text, holds in cases.items()]
    place = pathlib.Path(__file__).with_name("markers.json")
    place.write_text(
        '{"environment": ' + json.dumps(ENVIRONMENT) + ',\n"cases": {\n' + ",\n".join(lines) + "\n}}\n"
    )


main()
