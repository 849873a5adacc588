"""What other tools read in a file: pip, packaging, uv, poetry-core, PDM, hatch, the build backends, setuptools, pipenv, rattler.

Each function takes a file's path in its tree, which is the working directory, and gives a Said; or raises Refused.
"""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name


class Refused(Exception):
    """The tool does not read the file."""


class Silent(Exception):
    """The tool cannot be asked: a build would need what is not there."""


@dataclass
class Need:
    """One requirement: PEP 508 without the place it comes from."""

    text: str
    url: str = ""  # of a file or repository, without a fragment
    directory: str = ""
    editable: bool = False
    constraint: bool = False
    group: str = ""
    hashes: frozenset = frozenset()
    wheels: bool = True
    sdists: bool = True


@dataclass
class Said:
    needs: list = None
    python: list = None  # specifiers
    dist: list = None
    extras: set = None
    fields: dict = field(default_factory=dict)
    groups: dict = None  # name: requirements, or None: refused
    options: dict = None
    conda: list = None  # match specifications


# pip


def requirements(path):
    from pip._internal.exceptions import PipError
    from pip._internal.index.collector import LinkCollector
    from pip._internal.index.package_finder import PackageFinder
    from pip._internal.models.search_scope import SearchScope
    from pip._internal.models.selection_prefs import SelectionPreferences
    from pip._internal.network.session import PipSession
    from pip._internal.req.constructors import install_req_from_parsed_requirement
    from pip._internal.req.req_file import parse_requirements

    session = PipSession()
    scope = SearchScope.create(find_links=[], index_urls=["https://default.example"], no_index=False)
    finder = PackageFinder.create(LinkCollector(session, scope), SelectionPreferences(allow_yanked=True))
    from optparse import Values

    options = Values({"isolated_mode": True, "require_hashes": False, "features_enabled": []})
    needs = []
    try:
        for parsed in list(parse_requirements(path, session, finder=finder, options=options)):
            needs.append(of_pip(install_req_from_parsed_requirement(parsed, isolated=True), finder))
    except (PipError, InvalidRequirement, OSError, UnicodeError) as e:
        raise Refused(f"{type(e).__name__}: {e}") from e
    scope = finder._link_collector.search_scope
    index, *extra = scope.index_urls or [""]
    return Said(
        needs=needs,
        options={
            "IndexURL": "" if index == "https://default.example" else index,
            "ExtraIndexURLs": extra,
            "FindLinks": scope.find_links,
            "NoIndex": scope.no_index or not scope.index_urls,
            "RequireHashes": bool(options.require_hashes),
        },
    )


def of_pip(req, finder):
    hashes = frozenset(f"{a}:{d}" for a, all in req.hash_options.items() for d in all)
    name = req.req.name if req.req else ""
    extras = sorted(req.req.extras if req.req else req.extras)
    text = (name or "x") + (f"[{','.join(extras)}]" if extras else "")
    need = Need("", editable=req.editable, constraint=req.constraint)
    if req.link:
        link = req.link
        need.url = link.file_path if link.is_file else link.url_without_fragment
        need.directory = link.subdirectory_fragment or ""
        if link.hash:
            hashes |= {f"{link.hash_name}:{link.hash}"}
        if link.is_file:
            need.url = os.path.abspath(need.url)
    elif req.req:
        text += str(req.req.specifier)
    if req.markers:
        text += f" ; {req.markers}"
    need.text, need.hashes = text, hashes
    if name:
        allowed = finder.format_control.get_allowed_formats(canonicalize_name(name))
        need.wheels, need.sdists = "binary" in allowed, "source" in allowed
    return need


# PEP 723, by its own regular expression, and uv's sources, as uv documents them


def script(path):
    pattern = r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$"
    found = [m for m in re.finditer(pattern, Path(path).read_text()) if m["type"] == "script"]
    if len(found) != 1:
        raise Refused(f"{len(found)} blocks")
    content = "".join(line[2:] if line.startswith("# ") else line[1:] for line in found[0]["content"].splitlines(keepends=True))
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as e:
        raise Refused(str(e)) from e
    needs = [of_text(text) for text in table.get("dependencies", [])]
    for name, source in table.get("tool", {}).get("uv", {}).get("sources", {}).items():
        for need in needs:
            req = Requirement(need.text)
            if canonicalize_name(req.name) == canonicalize_name(name) and "path" in source:
                need.url = os.path.abspath(os.path.join(os.path.dirname(path), source["path"]))
                need.editable = source.get("editable", False)
    return Said(
        needs=needs,
        python=[table["requires-python"]] if "requires-python" in table else [],
    )


def of_text(text, **more):
    req = Requirement(text)
    if not req.url:
        return Need(text, **more)
    url, _, fragment = req.url.partition("#")
    sub = re.search(r"subdirectory=([^&]*)", fragment)
    if url.startswith(("file:", ".")):
        url = os.path.abspath(url.removeprefix("file://"))
    req.url = None
    return Need(str(req), url=url, directory=sub[1] if sub else "", **more)


# pipenv


def pipfile(path):
    import plette
    from pipenv.utils.dependencies import convert_deps_to_pip
    from pipenv.vendor import tomlkit

    text = Path(path).read_text()
    try:
        whole = plette.Pipfile.load(io.StringIO(text))
        table = tomlkit.parse(text)
    except Exception as e:
        raise Refused(f"{type(e).__name__}: {e}") from e
    needs = []
    for category in table:
        if category in ("source", "requires", "scripts", "pipenv", "pipfile"):
            continue
        group = "" if category == "packages" else "dev" if category == "dev-packages" else str(canonicalize_name(category))
        for name, value in table[category].unwrap().items():
            with contextlib.redirect_stderr(io.StringIO()):
                try:
                    lines = convert_deps_to_pip({name: value}, include_index=False)
                except Exception as e:
                    raise Refused(f"{name}: {type(e).__name__}: {e}") from e
            for need in pip_line(lines[name]):
                need.group = group
                if Requirement(need.text).name == "x":  # a path alone, whose name pipenv knows
                    need.text = name + need.text[1:]
                needs.append(need)
    requires = whole.get("requires")
    python = []
    if requires is not None:
        version = requires._data.get("python_version") or requires._data.get("python_full_version")
        python = [version] if version and version != "*" else []
    return Said(needs=needs, python=python)


def pip_line(line):
    """What pip reads in a line of a file, where that file is."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=".", delete=False) as out:
        out.write(line + "\n")
    try:
        return requirements(os.path.basename(out.name)).needs
    finally:
        os.remove(out.name)


# conda


def conda(path):
    import yaml

    try:
        table = yaml.safe_load(Path(path).read_text())
    except yaml.YAMLError as e:
        raise Refused(str(e)) from e
    specs, needs = [], []
    if not isinstance(table.get("dependencies"), list):
        raise Refused("there are no dependencies")
    for item in table["dependencies"]:
        if isinstance(item, dict):
            for line in item.get("pip") or []:
                needs += pip_line(line)
        else:
            specs.append(item)
    return Said(needs=needs, conda=specs)


# projects


def metadata_of(text):
    from packaging.metadata import parse_email

    raw, _ = parse_email(text)
    fields = {"name": raw.get("name", ""), "version": raw.get("version", ""), "requires-python": raw.get("requires_python", "")}
    return Said(dist=raw.get("requires_dist", []), extras=set(raw.get("provides_extra", [])), fields=fields)


def pkg_info(path):
    return metadata_of(Path(path).read_bytes())


HOOK = """
import importlib, json, os, sys
backend, path, out = json.loads(sys.argv[1])
sys.path[:0] = path
name, _, attr = backend.partition(":")
module = importlib.import_module(name)
for part in filter(None, attr.split(".")):
    module = getattr(module, part)
print(module.prepare_metadata_for_build_wheel(out))
"""


def built(path):
    """The metadata that the build backend writes, in a copy of the tree without what others left there."""
    system = tomllib.loads(Path(path).read_text()).get("build-system", {})
    backend = system.get("build-backend", "setuptools.build_meta:__legacy__")
    backend = {"flit.buildapi": "flit_core.buildapi"}.get(backend, backend)
    if not backend.split(".")[0].split(":")[0] in ("hatchling", "flit_core", "pdm", "poetry", "setuptools"):
        return static(path)
    with tempfile.TemporaryDirectory() as scratch:
        tree = os.path.join(scratch, "tree")
        shutil.copytree(os.path.dirname(path) or ".", tree)
        own = [os.path.join(tree, p) for p in system.get("backend-path", [])]
        version = Path("PKG-INFO").read_text(errors="replace").partition("\nVersion: ")[2].split("\n")[0]
        env = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", SETUPTOOLS_SCM_PRETEND_VERSION=version, PDM_BUILD_SCM_VERSION=version)
        args = [sys.executable, "-c", HOOK, json.dumps([backend, own, scratch])]
        made = subprocess.run(args, cwd=tree, env=env, capture_output=True, text=True, timeout=120)
        if made.returncode:
            lines = made.stderr.strip().splitlines() or ["?"]
            raise Silent(f"{backend}: {lines[-1]}")
        return metadata_of(Path(scratch, made.stdout.strip().splitlines()[-1], "METADATA").read_bytes())


def static(path):
    """What pyproject-metadata reads in [project]."""
    import pyproject_metadata

    table = tomllib.loads(Path(path).read_text())
    table.get("project", {}).pop("classifiers", None)  # may contradict the license, which is no business of ours
    try:
        project = pyproject_metadata.StandardMetadata.from_pyproject(table, project_dir=os.path.dirname(path) or ".", allow_extra_keys=True)
        if "version" in project.dynamic:
            project.version = "0"
        said = metadata_of(bytes(project.as_rfc822()))
    except pyproject_metadata.ConfigurationError as e:
        raise Refused(str(e)) from e
    for name in project.dynamic:
        said.fields.pop(name, None)
    return said


def standard_groups(table):
    """The groups of PEP 735, by the library of its authors."""
    import dependency_groups

    groups = table.get("dependency-groups", {})
    found = {}
    for name in groups:
        try:
            found[canonicalize_name(name)] = [str(r) for r in dependency_groups.resolve(groups, name)]
        except (ValueError, TypeError, LookupError):
            found[canonicalize_name(name)] = None
    return found


def poetry_groups(path):
    from poetry.core.factory import Factory

    package = Factory().create_poetry(Path(path).resolve().parent).package
    found = {}
    for name in package.dependency_group_names(include_optional=True):
        if name != "main":
            found[canonicalize_name(name)] = [d.to_pep_508() for d in package.dependency_group(name).dependencies]
    return found


def pdm_groups(path, table):
    """PDM's own groups: its program lists what is of a group of development."""
    from pdm.core import Core

    project = Core().create_project(Path(path).resolve().parent, global_config=os.devnull)
    found = {}
    for name in table.get("tool", {}).get("pdm", {}).get("dev-dependencies", {}):
        found[canonicalize_name(name)] = [str(r.as_line()) for r in project.get_dependencies(name)]
    return found


def hatch_groups(path):
    """What the project's environments need beside it, as hatch says; of a matrix each."""
    table = tomllib.loads(Path(path).read_text())
    own, standard = table.get("tool", {}).get("hatch", {}).get("envs", {}), standard_groups(table)
    said = subprocess.run(
        [sys.executable, "-m", "hatch", "env", "show", "--json"],
        cwd=os.path.dirname(path) or ".",
        env=dict(os.environ, HATCH_DATA_DIR=tempfile.gettempdir()),
        capture_output=True,
        text=True,
        timeout=120,
    )
    if said.returncode:
        raise Silent(said.stderr.strip().splitlines()[-1] if said.stderr.strip() else "hatch fails")
    found = {}
    for name, env in json.loads(said.stdout).items():
        if name.split(".")[0] in own:
            groups = [line for group in env.get("dependency-groups", []) for line in standard[canonicalize_name(group)]]
            found[name] = env.get("dependencies", []) + env.get("extra-dependencies", []) + groups
    return found


def project(path):
    said = built(path)
    table = tomllib.loads(Path(path).read_text())
    said.groups = standard_groups(table)
    if "poetry" in table.get("tool", {}):
        for name, group in poetry_groups(path).items():
            said.groups.setdefault(name, group)
    if table.get("tool", {}).get("pdm", {}).get("dev-dependencies"):
        said.groups.update(pdm_groups(path, table))
    return said


CONFIG = """
import json, sys, warnings
warnings.simplefilter("ignore")
from setuptools import Distribution
d = Distribution()
d.parse_config_files(["setup.cfg"], ignore_option_errors=False)
print(json.dumps({
    "name": d.metadata.name or "", "version": str(d.metadata.version or ""), "requires-python": str(d.python_requires or ""),
    "dist": list(d.install_requires), "extras": {k: list(v) for k, v in d.extras_require.items()},
}))
"""


def setup_cfg(path):
    """What setuptools reads in setup.cfg, without setup.py."""
    made = subprocess.run([sys.executable, "-c", CONFIG], cwd=os.path.dirname(path) or ".", capture_output=True, text=True, timeout=120)
    if made.returncode:
        raise Silent(made.stderr.strip().splitlines()[-1])
    table = json.loads(made.stdout.splitlines()[-1])
    dist, extras = table.pop("dist"), table.pop("extras")
    if not re.search(r"(?m)^version\s*[=:]", Path(path).read_text()):
        del table["version"]  # a plugin of setuptools knows it
    provided = set()
    for section, lines in extras.items():
        extra, _, condition = section.partition(":")
        if extra:
            provided.add(extra)
        for line in lines:
            req = Requirement(line)
            parts = [f"({m})" for m in (str(req.marker) if req.marker else "", condition, f"extra == '{extra}'" if extra else "") if m]
            req.marker = None
            dist.append(f"{req} ; {' and '.join(parts)}")
    return Said(dist=dist, extras=provided, fields=table)


ASK = {
    "requirements": requirements,
    "hashed": requirements,
    "script": script,
    "Pipfile": pipfile,
    "conda": conda,
    "setup.cfg": setup_cfg,
    "PKG-INFO": pkg_info,
}


def ask(form, path):
    if form in ("Pipfile", "conda"):  # whose paths begin where they are
        os.chdir(os.path.dirname(path) or ".")
        path = os.path.basename(path)
    return ASK.get(form, project)(path)
