"""The files of releases out of the index that pip is configured with: an sdist is downloaded whole, of a wheel only
the members that are looked at."""
import fnmatch
import io
import json
import re
import subprocess
import sys
import tarfile
import urllib.parse
import urllib.request
import zipfile

from pip._internal.models.index import PyPI
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.version import InvalidVersion, Version

ACCEPT = "application/vnd.pypi.simple.v1+json"
BLOCK = 1 << 18  # bytes that are read of a wheel at once
MOST = 50 << 20  # bytes of an sdist that is looked at


def simple_url():
    """The simple API that pip is configured with."""
    said = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (said or PyPI.simple_url).rstrip("/")


class Remote(io.RawIOBase):
    """A file at a URL, of which only the blocks that are asked for are read."""

    def __init__(self, url, size):
        self.url, self.size, self.at, self.blocks = url, size, 0, {}

    def seekable(self):
        return True

    def readable(self):
        return True

    def tell(self):
        return self.at

    def seek(self, offset, whence=0):
        self.at = offset + {0: 0, 1: self.at, 2: self.size}[whence]
        return self.at

    def block(self, n):
        if n not in self.blocks:
            last = min(self.size, (n + 1) * BLOCK) - 1
            request = urllib.request.Request(self.url, headers={"Range": f"bytes={n * BLOCK}-{last}"})
            with urllib.request.urlopen(request, timeout=60) as reply:
                data = reply.read()
                if reply.status != 206:
                    raise OSError(f"{self.url} cannot be read in parts")
            self.blocks[n] = data
        return self.blocks[n]

    def read(self, n=-1):
        n = self.size - self.at if n < 0 else min(n, self.size - self.at)
        parts = []
        while n > 0:
            begin = self.at % BLOCK
            part = self.block(self.at // BLOCK)[begin : begin + n]
            parts.append(part)
            self.at += len(part)
            n -= len(part)
        return b"".join(parts)


class Archive:
    """A wheel or an sdist. Its members' names are below the top directory of an sdist."""

    def __init__(self, entry, cache):
        self.name, self.format = entry["filename"], "wheel" if entry["filename"].endswith(".whl") else "sdist"
        self.read = {}
        if self.format == "wheel":
            self.zip = zipfile.ZipFile(Remote(entry["url"], entry["size"]))
            self.members = {n: n for n in self.zip.namelist() if not n.endswith("/")}
            return
        path = cache / self.name
        if not path.exists():
            with urllib.request.urlopen(entry["url"], timeout=300) as reply:
                path.write_bytes(reply.read())
        if self.name.endswith(".zip"):
            self.zip, self.tar = zipfile.ZipFile(path), None
            names = [n for n in self.zip.namelist() if not n.endswith("/")]
        else:
            self.zip, self.tar = None, tarfile.open(path)
            names = [m.name for m in self.tar.getmembers() if m.isfile()]
        self.members = {n.removeprefix("./").partition("/")[2]: n for n in names}

    def matching(self, pattern):
        """The members of a name, which may have wild cards, and which an sdist may have below another directory."""
        whole = [m for m in self.members if fnmatch.fnmatchcase(m, pattern)]
        if whole or self.format == "wheel":
            return whole
        return [m for m in self.members if fnmatch.fnmatchcase(m, "*/" + pattern)]

    def bytes(self, member):
        if member not in self.read:
            name = self.members[member]
            self.read[member] = self.zip.read(name) if self.zip else self.tar.extractfile(name).read()
        return self.read[member]

    def has(self, text, members):
        """Whether one of some members has a text."""
        return any(text.encode() in self.bytes(m).replace(b"\r\n", b"\n") for m in members)


def parsed(filename):
    """The version in the name of a file, or None."""
    stem = filename.removesuffix(".whl").removesuffix(".zip").removesuffix(".tar.gz").removesuffix(".tar.bz2")
    parts = stem.split("-")
    text = parts[1] if filename.endswith(".whl") else parts[-1]
    try:
        return Version(text)
    except InvalidVersion:
        return None


def rank(filename):
    """How well a wheel serves: for CPython 3.12 on x86_64-linux, then others of Linux; none for other systems."""
    if not re.search(r"-(any|[a-z0-9_.]*linux[a-z0-9_.]*x86_64[a-z0-9_.]*)\.whl$", filename):
        return None
    tags = ["-cp312-", "-abi3-", "-py3-none", "-py2.py3-none", "-cp3"]
    return next((i for i, tag in enumerate(tags) if tag in filename), len(tags))


class Project:
    """What the index has of a project."""

    def __init__(self, name, cache):
        url = f"{simple_url()}/{name}/"
        request = urllib.request.Request(url, headers={"Accept": ACCEPT})
        with urllib.request.urlopen(request, timeout=60) as reply:
            files = json.load(reply)["files"]
        self.cache, self.files, self.opened = cache, {"wheel": {}, "sdist": {}}, {}
        for entry in files:
            name, version = entry["filename"], parsed(entry["filename"])
            entry["url"] = urllib.parse.urljoin(url, entry["url"])
            if version is None or entry.get("yanked") or version.is_prerelease:
                continue
            if not name.endswith(".whl"):
                if name.endswith((".tar.gz", ".zip", ".tar.bz2")):
                    self.files["sdist"][version] = entry
            elif rank(name) is not None:
                had = self.files["wheel"].get(version)
                if had is None or rank(name) < rank(had["filename"]):
                    self.files["wheel"][version] = entry

    def ends(self, format, specifier):
        """The oldest and the newest file of a format in some versions, and the names of those too large to look at."""
        inside = sorted(v for v in self.files[format] if v in SpecifierSet(specifier))
        ends = [(v, self.files[format][v]) for v in dict.fromkeys(inside[:1] + inside[-1:])]
        large = [e["filename"] for _, e in ends if format == "sdist" and e["size"] > MOST]
        return [self.open(format, v) for v, e in ends if e["filename"] not in large], large

    def newest(self, format):
        """The newest version of a format; None if there is none."""
        return max(self.files[format], default=None)

    def open(self, format, version):
        key = format, version
        if key not in self.opened:
            self.opened[key] = Archive(self.files[format][version], self.cache)
        return self.opened[key]
