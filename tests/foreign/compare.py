"""Compares mach's locks of other tools' locks with what those tools say is in them.

A line for each project and each set of its parts: how many packages are the same, or what differs.
"""

import json
import os
import re
import subprocess
import sys
import tomllib

from packaging.markers import default_environment
from packaging.pylock import Pylock
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = {"uv": "uv.lock", "poetry": "poetry.lock", "pdm": "pdm.lock", "pipenv": "Pipfile.lock", "pylock": None, "hashes": None}

# Where a tool says something else, and why that is left so.
KNOWN = {
    # uvloop is of an extra here. Poetry takes it along since a development tool needs it: there it is not optional.
    ("poetry", "tortoise/tortoise-orm", "alone"): ["uvloop 0.21.0 is missing"],
    # The release is gone from the index, and the lock has no names of files.
    ("pipenv", "Gilbertly/sls-starter-py", "all"): ['"codecov 2.1.9": the lock has hashes and no names of files'],
}

# How each tool is asked, for what a project always needs and for all of its parts.
ASK = {
    "uv": (["uv", "export", "--frozen", "--no-emit-project"], ["--no-default-groups"], ["--all-extras", "--all-groups"]),
    "poetry": (["poetry", "export", "--format", "requirements.txt"], ["--only", "main"], ["--all-extras", "--all-groups"]),
    "pdm": (["pdm", "export", "--format", "requirements"], ["--prod"], ["--group", ":all"]),
    "pipenv": (["pipenv", "requirements", "--hash"], [], []),
}


def run(args, cwd, env=None):
    return subprocess.run(args, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)


def asked(place, kind, directory, more):
    """What the tool says: {name: (version, hashes)}; a direct reference has no version."""
    args, _, _ = ASK[kind]
    tools = os.path.join(place, "tools", kind)
    env = dict(os.environ, PYTHONPATH=tools, POETRY_VIRTUALENVS_CREATE="false", PIPENV_IGNORE_VIRTUALENVS="1", PDM_CHECK_UPDATE="0")
    program = [os.path.join(tools, "bin", "uv")] if kind == "uv" else [sys.executable, "-m", args[0]]
    return run(program + args[1:] + more, directory, env)


def said(place, kind, directory, lock, everything):
    """What the tool says of a lock, None if that is the same as before."""
    if kind == "pylock":
        return subprocess.CompletedProcess([], 0, "")
    if kind == "hashes":
        with open(os.path.join(directory, lock)) as file:
            return None if everything else subprocess.CompletedProcess([], 0, file.read())
    more = ASK[kind][2 if everything else 1]
    if kind == "pipenv" and everything:
        with open(os.path.join(directory, lock)) as file:
            known = {"default": "packages", "develop": "dev-packages"}
            more = ["--categories", " ".join(known.get(name, name) for name in json.load(file) if name != "_meta")]
    return asked(place, kind, directory, more)


def without_sources(directory, lock):
    """The name of a copy of a lock that names no index: that of pip's configuration has to do."""
    with open(os.path.join(directory, lock)) as file:
        text = file.read()
    if text.startswith("{"):
        table = json.loads(text)
        table["_meta"]["sources"] = []
        text = json.dumps(table, indent=4)
    else:
        text = re.sub(r"(?m)^\s*(-i|--index-url|--extra-index-url)[ =].*\n", "", text)
    with open(os.path.join(directory, "own." + lock), "w") as file:
        file.write(text)
    return "own." + lock


def requirements(text):
    """The requirements of a requirements file with continued lines."""
    for line in text.replace("\\\n", " ").splitlines():
        line = line.strip()
        if line and not line.startswith(("#", "-", ".", "/", "==", "Warning")):
            hashes = set(re.findall(r"--hash[= ]sha256:([0-9a-f]{64})", line))
            text = re.split(r"\s+--hash|\s+#", line)[0].strip()
            yield Requirement(text), hashes


def environment(python):
    env = default_environment()
    env.update(
        python_version=python,
        python_full_version=python + ".0",
        implementation_version=python + ".0",
        sys_platform="linux",
        platform_system="Linux",
        platform_machine="x86_64",
        os_name="posix",
        implementation_name="cpython",
        platform_python_implementation="CPython",
        extra="",
    )
    return env


def expected(text, python):
    env, found = environment(python), {}
    for req, hashes in requirements(text):
        if req.marker is None or req.marker.evaluate(env):
            version = None
            for spec in req.specifier:
                version = str(Version(spec.version))
            had = found.get(canonicalize_name(req.name))
            found[canonicalize_name(req.name)] = (version, hashes | (had[1] if had else set()))
    return found


def selected(path, python, everything):
    """What packaging chooses of a pylock.toml, for a Linux of the day; of a wheel all that the lock has of its release."""
    with open(path, "rb") as file:
        lock = Pylock.from_dict(tomllib.load(file))
    version = tuple(map(int, python.split(".")))
    platforms = [f"manylinux_2_{n}_x86_64" for n in range(39, 4, -1)] + ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64"]
    tags = [*cpython_tags(version, platforms=platforms), *compatible_tags(version, f"cp{version[0]}{version[1]}", platforms)]
    parts = {"extras": lock.extras or [], "dependency_groups": lock.dependency_groups or []} if everything else {}
    found = {}
    for package, _ in lock.select(environment=environment(python), tags=tags, **parts):
        if package.directory:
            continue
        files = [*(package.wheels or []), *([package.sdist] if package.sdist else [])]
        direct = package.vcs or package.archive
        found[package.name] = (None if direct else str(package.version), {file.hashes.get("sha256") for file in files})
    return found


def locked(text):
    found = {}
    for package in tomllib.loads(text).get("packages", []):
        if "directory" in package:
            continue  # tools write a path without a name
        files = package.get("wheels", []) + ([package["sdist"]] if "sdist" in package else [])
        hashes = {file["hashes"]["sha256"] for file in files}
        direct = "vcs" in package or "archive" in package
        found[package["name"]] = (None if direct else package["version"], hashes)
    return found


def compare(want, got):
    wrong = []
    for name in sorted(want.keys() | got.keys()):
        if name not in got:
            wrong.append(f"{name} {want[name][0]} is missing")
        elif name not in want:
            wrong.append(f"{name} {got[name][0]} is too much")
        elif want[name][0] != got[name][0]:
            wrong.append(f"{name} is {got[name][0]}, not {want[name][0]}")
        elif want[name][1] and not got[name][1] <= want[name][1]:
            wrong.append(f"{name} has a file of another hash")
    return wrong


def exported(place, mach, directory, text, target, want):
    """What is wrong with mach's locks of what uv makes of its own: a pylock.toml, and requirements with hashes."""
    wrong = []
    lock = asked(place, "uv", directory, ["--no-default-groups", "--format", "pylock.toml"]).stdout
    for name, text in (("pylock.exported.toml", lock), ("exported.txt", text)):
        if any(line.startswith(("-e", "./")) for line in text.splitlines()):
            continue  # members of a workspace, which have no names there
        with open(os.path.join(directory, name), "w") as out:
            out.write(text)
        made = run([mach, "lock", "--from", name, *target], directory)
        what = [made.stderr.strip()] if made.returncode else compare(want, locked(made.stdout))
        wrong += [f"{name}: {one}" for one in what]
        os.remove(os.path.join(directory, name))
    return wrong


def main():
    place, mach, listed = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3]
    counts = {"same": 0, "differ": 0, "not asked": 0}
    for line in open(listed):
        if line.startswith("#") or len(line.split()) != 5 or line.split()[0] not in LOCKS:
            continue
        kind, repository, version, below, python = line.split()
        top = os.path.join(place, "projects", repository) if "/" in repository else os.path.join(place, "index", "_trees", f"{repository}-{version}")
        directory, lock = os.path.join(top, below), LOCKS[kind]
        if lock is None:  # whose name is not always the same
            directory, lock = os.path.split(directory)
        if not os.path.isdir(directory):
            continue
        for part, everything in (("alone", False), ("all", True)):
            title = f"{kind:7}{repository}{'/' + below if below != '.' else ''} {part}"
            told = said(place, kind, directory, lock.removeprefix("own."), everything)
            if told is None:
                continue
            if told.returncode:
                counts["not asked"] += 1
                print(f"{title}: {kind} says: {told.stderr.strip().splitlines()[-1] if told.stderr.strip() else told.returncode}")
                continue
            target = ["--python", python, "--system", "x86_64-linux", "-o", "-"]
            if kind in ("pipenv", "hashes"):
                lock = without_sources(directory, LOCKS[kind] or lock.removeprefix("own."))
            flags = ["--all-extras", "--all-groups"] if everything else []
            made = run([mach, "lock", "--from", lock, *target, *flags], directory)
            if made.returncode == 3:
                counts["not asked"] += 1
                print(f"{title}: {made.stderr.strip()}")
                continue
            want, got = selected(os.path.join(directory, lock), python, everything) if kind == "pylock" else expected(told.stdout, python), {}
            if made.returncode:
                wrong = [made.stderr.strip()]
            else:
                got = locked(made.stdout)
                wrong = compare(want, got)
            if not made.returncode and kind == "uv" and part == "alone":
                wrong += exported(place, mach, directory, told.stdout, target, want)
            known = KNOWN.get((kind, repository, part), [])
            wrong = [what for what in wrong if not any(one in what for one in known)]
            counts["differ" if wrong else "same"] += 1
            print(f"{title}: " + ("; ".join(wrong) if wrong else f"{len(got)} packages, all the same"), flush=True)
    print(", ".join(f"{n} {what}" for what, n in counts.items()))
    sys.exit(1 if counts["differ"] else 0)


if __name__ == "__main__":
    main()
