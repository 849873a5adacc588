"""Holds what mach reads in real files against what other tools read there.

    compare.py READ KNOWN [-v]

READ has a line of JSON for each file, as tests/inputs writes them; KNOWN has the differences that stay, and who is right.
It prints a line for each format, and each difference that is not known. With -v it prints the known ones too.
"""

import json
import os
import re
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import product
from multiprocessing import Pool

import tools
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

# The environments in which markers that are written in different ways are compared.
PYTHONS = ["2.7.18", "3.5.0", "3.6.1", "3.6.2", "3.6.15"] + [f"3.{n}.{p}" for n in range(7, 16) for p in (0, 1, 2, 9)] + ["4.0.0"]
SYSTEMS = [
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
    ("emscripten", "Emscripten", "posix", "wasm32"),
    ("cygwin", "CYGWIN_NT-10.0", "posix", "x86_64"),
]


def environments(extras):
    for python, (platform, system, name, machine), implementation, extra in product(PYTHONS, SYSTEMS, ("CPython", "PyPy"), extras):
        yield {
            "python_version": ".".join(python.split(".")[:2]),
            "python_full_version": python,
            "implementation_version": python,
            "sys_platform": platform,
            "platform_system": system,
            "os_name": name,
            "platform_machine": machine,
            "platform_python_implementation": implementation,
            "implementation_name": implementation.lower(),
            "platform_release": "6.1.0",
            "platform_version": "#1",
            "extra": extra,
        }


class One:
    """A requirement in one form."""

    def __init__(self, need):
        req = Requirement(need.text)
        self.marker = req.marker
        name = canonicalize_name(req.name)
        url = req.url or need.url
        # A name in a reference is a promise, which the file there may break.
        self.name = name if not url or name != "x" else ""
        self.what = (
            self.name,
            tuple(sorted(canonicalize_name(e) for e in req.extras)),
            specifiers(str(req.specifier)),
            re.sub(r"^git\+", "", url).rstrip("/"),
            need.directory.strip("/"),
            need.editable and url.startswith("/"),  # a repository is not edited
            need.constraint,
            need.group,
            need.hashes,
            need.wheels,
            need.sdists,
        )

    def __str__(self):
        name, extras, spec, url, directory, editable, constraint, group, hashes, wheels, sdists = self.what
        text = name + (f"[{','.join(extras)}]" if extras else "") + ",".join(sorted(spec)) + (f" @ {url}" if url else "")
        text += f"#{directory}" if directory else ""
        text += "".join(f" ({word})" for word, set in (("editable", editable), ("constraint", constraint), (f"group {group}", group)) if set)
        text += f" {len(hashes)} hashes" if hashes else ""
        text += f" wheels {wheels}, sdists {sdists}" if not (wheels and sdists) else ""
        return text + (f" ; {self.marker}" if self.marker else "")


def expanded(list, own, dist):
    """Requirements, of which those on the project itself are those of its extras."""
    found, waiting, seen = [], [n for n in list], set()
    while waiting:
        need = waiting.pop()
        req = Requirement(need.text)
        if canonicalize_name(req.name) != canonicalize_name(own):
            found.append(need)
            continue
        for extra in req.extras:
            if (extra, str(req.marker)) in seen:
                continue
            seen.add((extra, str(req.marker)))
            for other in dist:
                theirs = Requirement(other.text)
                marker, many = re.subn(rf"extra == [\"']{re.escape(canonicalize_name(extra))}[\"']", "'' == ''", normal(theirs.marker))
                if many:
                    marker = marker.replace("'' == ''", "python_version > '0'")
                    theirs.marker = Marker(f"({marker}) and ({req.marker})" if req.marker else marker)
                    waiting.append(replace(other, text=str(theirs)))
    return found


def normal(marker):
    """A marker in which extras have normal names."""
    return re.sub(r"(extra == [\"'])([^\"']*)", lambda m: m[1] + canonicalize_name(m[2]), str(marker or ""))


def specifiers(text):
    """Clauses in one form: zeros at the end of a version say nothing, but behind ~= and before .*."""
    found = set()
    for clause in SpecifierSet(text):
        try:
            version = str(Version(clause.version)) if clause.operator != "===" else clause.version
            if clause.operator not in ("~=", "==="):
                version = re.sub(r"(\.0)+$", "", version)
        except InvalidVersion:
            version = clause.version
        found.add(clause.operator + version)
    return frozenset(found)


def lists(mine, other, what=""):
    """How two lists of requirements differ."""
    mine, other = [One(n) for n in mine], [One(n) for n in other]
    form = lambda one: (one.what, str(one.marker or ""))
    left, right = Counter(map(form, mine)), Counter(map(form, other))
    names = {key[0][0] for key in (set(left) ^ set(right))}
    differ = []
    for name in sorted(names):
        ours, theirs = [o for o in mine if o.name == name], [o for o in other if o.name == name]
        if not alike(ours, theirs):
            say = lambda list: " and ".join(sorted(map(str, list))) or "nothing"
            differ.append(f"{what}{say(ours)}, not {say(theirs)}")
    return differ


def alike(ours, theirs):
    """Whether two lists ask for the same everywhere."""
    if {o.what for o in ours} != {o.what for o in theirs}:
        return False
    extras = {""} | {m for o in ours + theirs for m in re.findall(r"extra == [\"']([^\"']*)", str(o.marker or ""))}
    active = lambda list, env: {o.what for o in list if o.marker is None or o.marker.evaluate(env)}
    return all(active(ours, env) == active(theirs, env) for env in environments(sorted(extras)))


def needs_of(answer):
    for r in answer["Requires"] or []:
        need = tools.Need(
            r["Text"] if r["Name"] else "x" + r["Text"],
            url=r["Path"] or r["URL"],
            directory=r["Directory"],
            editable=r["Editable"],
            constraint=r["Constraint"],
            group=r["Group"],
            hashes=frozenset(r["Hashes"] or []),
            wheels=r["Wheels"],
            sdists=r["Sdists"],
        )
        yield need, r


def texts(list):
    return [tools.of_text(text) for text in list]


def sourced(answer, list, group="", extra=""):
    """Requirements, from where the project says that they come. Of the tools that are asked, Poetry alone obeys that."""
    if answer["Format"] != "poetry":
        yield from texts(list)
        return
    for need in texts(list):
        name = canonicalize_name(Requirement(need.text).name)
        for s in answer["Sources"] or []:
            if s["Project"] == name and s["Reference"] and s["Group"] in ("", group) and s["Extra"] in ("", extra) and not need.url:
                marker = Requirement(need.text).marker
                bare = Requirement(need.text)
                bare.specifier, bare.marker = SpecifierSet(), None
                place = tools.of_text(f"{name} @ {s['Reference']}")
                need = tools.Need(f"{bare}{f' ; {marker}' if marker else ''}", url=place.url, directory=place.directory)
        yield need


def fields(answer, said):
    differ = []
    for name, theirs in said.fields.items():
        ours = (answer["Fields"] or {}).get(name, "")
        if name in (answer["Unknown"] or {}) or name == "version" and theirs in ("0", "0.0.0") and not ours:
            continue
        same = canonicalize_name(ours) == canonicalize_name(theirs) if name == "name" else ours == theirs
        if not same and ours and theirs and name == "version":
            same = Version(ours) == Version(theirs)
        elif not same and name == "requires-python":
            same = specifiers(ours) == specifiers(theirs)
        if not same:
            differ.append(f"{name} is {ours!r}, not {theirs!r}")
    return differ


def project(answer, said):
    differ = fields(answer, said)
    unknown = answer["Unknown"] or {}
    if "dependencies" not in unknown and "optional-dependencies" not in unknown:
        extras = {canonicalize_name(e) for e in answer["Extras"] or []}
        if extras != {canonicalize_name(e) for e in said.extras}:
            differ.append(f"extras are {sorted(extras)}, not {sorted(said.extras)}")
        own = answer["Fields"]["name"] or said.fields.get("name", "")
        mine, other = list(sourced(answer, answer["Dist"] or [])), texts(said.dist)
        differ += lists(expanded(mine, own, mine), expanded(other, own, other))
    dist = list(sourced(answer, answer["Dist"] or []))
    for name, theirs in sorted((said.groups or {}).items()):
        ours = (answer["Groups"] or {}).get(name)
        if ours is None:
            differ.append(f"there is no group {name}")
        elif theirs is None or ours["Errors"]:
            if (theirs is None) != bool(ours["Errors"]):
                differ.append(f"group {name}: refused by {'packaging' if theirs is None else 'mach: ' + ours['Errors'][0]} alone")
        else:
            if answer["Format"] == "hatch":
                added = {One(n).what for n in texts(theirs)}
                ours = dict(ours, Requires=[t for t in ours["Requires"] if One(tools.of_text(t)).what in added])
            mine = expanded(sourced(answer, ours["Requires"], group=name), answer["Fields"]["name"], dist)
            differ += lists(mine, expanded(texts(theirs), answer["Fields"]["name"], dist), f"group {name}: ")
    return differ


def environments_of_hatch(answer, said):
    """How the groups that environments are differ from what hatch says of them. It adds to those of a matrix, and mach to
    those that are called like a dependency group."""
    differ = []
    for name, dependencies in tools.hatch_groups(answer["Path"]).items():
        base = canonicalize_name(name.split(".")[0])
        ours = (answer["Groups"] or {}).get(base)
        if ours is None:
            differ.append(f"there is no group {base}")
            continue
        own = canonicalize_name(answer["Project"])
        mine = texts(t for t in ours["Requires"] if canonicalize_name(Requirement(t).name) != own)
        other = texts(t for t in dependencies if canonicalize_name(Requirement(t).name) != own)
        had = {One(n).what for n in mine}
        added = {One(n).what for n in texts(said.groups.get(base) or [])} - {One(n).what for n in other}
        if name != base:
            other = [n for n in other if One(n).what in had]
        differ += lists([n for n in mine if One(n).what not in added], other, f"environment {name}: ")
    return differ


def specs(answer, said):
    """Compares packages of conda by the versions that they allow."""
    from rattler import MatchSpec, PackageRecord
    from rattler.exceptions import InvalidMatchSpecError
    from rattler.repo_data.package_record import BuildString

    mine = defaultdict(list)
    for _, r in needs_of(answer):
        if r["Conda"]:
            mine[r["Conda"]].append(SpecifierSet(str(Requirement(r["Text"]).specifier)))
    pythons = [SpecifierSet(p) for p in answer["Python"] or []]
    differ = []
    for text in said.conda:
        name = re.match(r"(?:[^\s=<>!~\[]*::)?([A-Za-z0-9_.-]+)", text.strip())[1]
        if name in (answer["None"] or []) or name == "pip":
            continue
        try:
            spec = MatchSpec(re.sub(r"\s*([,|])\s*", r"\1", text.strip()))
        except InvalidMatchSpecError as e:
            raise tools.Refused(str(e)) from e
        if name == "python":
            ours = pythons.pop(0) if pythons else SpecifierSet()
        elif mine[name]:
            ours = mine[name].pop(0)
        else:
            differ.append(f"{name} is missing")
            continue
        for version in probes(text, name):
            record = PackageRecord(name=name.lower(), version=str(version), build=BuildString("0"), build_number=0, subdir="noarch")
            bare = MatchSpec(f"{spec.name.normalized if hasattr(spec.name, 'normalized') else name.lower()} {spec.version or '*'}")
            if ours.contains(version, prereleases=True) != bare.matches(record):
                differ.append(f"{text!r} is {ours or 'anything'}, and {version} is {'not ' if not bare.matches(record) else ''}of it")
                break
    return differ + [f"{name} is too much" for name, left in mine.items() if left]


def probes(text, name):
    """Versions that a match specification may or may not mean."""
    for number in {m.rstrip(".") for m in re.findall(r"\d+(?:\.\d+)*", text.split("::")[-1].replace(name, "", 1))} | {"1.0"}:
        parts = [int(p) for p in number.split(".")]
        if name == "python" and len(parts) > 2:
            parts = parts[:2]
        for tail in ([], [1], [0, 1]):
            for last in (-1, 0, 1):
                near = parts[:-1] + [max(0, parts[-1] + last)] + tail
                yield Version(".".join(map(str, near)))


def compare(answer):
    """How mach differs from another tool in what a file says."""
    os.chdir(answer["Tree"])
    form, errors = answer["Format"], answer["Errors"] or []
    try:
        said = tools.ask(form, answer["Path"])
    except tools.Refused as e:
        return [] if errors else [f"mach reads what the other tool refuses: {e}"]
    except tools.Silent as e:
        return [f"the other tool cannot be asked: {e}"]
    if form == "conda" and errors:
        try:
            specs(dict(answer, Requires=None), said)
        except tools.Refused:
            return []
    if errors:
        return [f"mach refuses it: {error}" for error in errors]
    if form == "conda":
        pip = [need for need, r in needs_of(answer) if not r["Conda"]]
        return specs(answer, said) + lists(pip, said.needs)
    if said.needs is not None:
        differ = lists([need for need, _ in needs_of(answer)], said.needs)
        for key, theirs in (said.options or {}).items():
            ours = (answer["Options"] or {}).get(key) or type(theirs)()
            if key != "IndexURL" and ours != theirs or key == "IndexURL" and ours != theirs and not said.options["NoIndex"]:
                differ.append(f"{key} is {ours!r}, not {theirs!r}")
        if said.python is not None:
            ours = sorted(",".join(sorted(specifiers(p))) for p in answer["Python"] or [])
            theirs = sorted(",".join(sorted(specifiers(p if p[0] in "<>=!~" else f"=={p}.*" if p.count(".") == 1 else f"=={p}"))) for p in said.python)
            if ours != theirs:
                differ.append(f"Python is {ours}, not {theirs}")
        return differ
    differ = project(answer, said)
    if form == "hatch":
        try:
            differ += environments_of_hatch(answer, said)
        except tools.Silent:
            pass  # some environments need plugins that are not there
    return differ


def tried(answer):
    try:
        return compare(answer)
    except Exception as e:
        return [f"the comparison fails: {type(e).__name__}: {e}"]


def known(path):
    """The differences that stay: a text that begins or is in one, by format and project."""
    found = defaultdict(list)
    for line in open(path):
        if line.strip() and not line.startswith("#"):
            place, _, text = line.strip().partition(": ")
            found[place].append(text)
    return found


def main():
    read, stays = sys.argv[1], known(sys.argv[2])
    answers = [json.loads(line) for line in open(read)]
    counts = defaultdict(Counter)
    projects = defaultdict(set)
    used = set()
    with Pool() as pool:
        for answer, differ in zip(answers, pool.imap(tried, answers)):
            form = answer["Format"]
            counts[form]["files"] += 1
            projects[form].add(answer["Project"])
            counts[form]["unknown"] += len(answer["Unknown"] or {})
            place = f"{form} {answer['Project']}"
            kind = "agree"
            for one in differ:
                reasons = [(at, text) for at in (place, f"{form} *") for text in stays.get(at, []) if text in f"{answer['Path']}: {one}"]
                used.update(reasons)
                if not reasons:
                    kind = "differ"
                elif kind == "agree":
                    kind = "known"
                if not reasons or "-v" in sys.argv:
                    print(f"{place}: {answer['Path']}: {one}" + (" (known)" if reasons else ""))
            counts[form][kind] += 1
    for form, count in counts.items():
        print(f"{form:12} {count['files']:4} files of {len(projects[form]):2} projects: {count['agree']} agree, {count['known']} differ as known, "
              f"{count['differ']} differ; {count['unknown']} fields are unknown without a build")
    for place, texts in stays.items():
        for text in texts:
            if (place, text) not in used:
                print(f"no longer so: {place}: {text}")
    sys.exit(1 if any(count["differ"] for count in counts.values()) else 0)


if __name__ == "__main__":
    main()
