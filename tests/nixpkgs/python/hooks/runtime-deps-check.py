"""Fails if a requirement of a wheel is not met by what can be imported: runtime-deps-check.py WHEEL."""
import email
import importlib.metadata
import sys
import zipfile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def requirements(wheel):
    """The requirements of a wheel that count here."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    for text in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement


def complaint(requirement):
    """What is wrong with a requirement, or None."""
    name = canonicalize_name(requirement.name)
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{name} not installed"
    if not requirement.specifier.contains(version, prereleases=True):
        return f"{name}{requirement.specifier} not satisfied by version {version}"
    return None


def main(wheel):
    complaints = [c for c in map(complaint, requirements(wheel)) if c]
    for text in complaints:
        print(f"  - {text}", file=sys.stderr)
    sys.exit(1 if complaints else 0)


main(*sys.argv[1:])
