"""Looks into an image, IMAGE NAME COMMAND: what it runs is in it, and nothing that only built it."""

import gzip
import io
import json
import sys
import tarfile

path, name, command = sys.argv[1:]
image = tarfile.open(fileobj=gzip.open(path))


def read(member):
    return image.extractfile(member).read()


(manifest,) = json.loads(read("manifest.json"))
assert manifest["RepoTags"] == [name], manifest
assert json.loads(read(manifest["Config"]))["config"]["Cmd"] == [command]
members = {}
for layer in manifest["Layers"]:
    members.update((member.name, member) for member in tarfile.open(fileobj=io.BytesIO(read(layer))))


def there(directory, file):
    """Whether a file is in a directory, which may be a link to one."""
    while members[directory].issym():
        directory = members[directory].linkname.lstrip("/")
    return f"{directory}/{file}" in members


packages = sorted({name.split("/")[2].partition("-")[2] for name in members if name.count("/") == 2})
assert there("bin", "python") and there("bin", command)
for tool in ("hook", "wheel", "setuptools", "installer", "gcc-wrapper", "patchelf", "mach"):
    wrong = [package for package in packages if tool in package]
    assert not wrong, wrong
print(" ".join(packages))
