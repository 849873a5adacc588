#!/usr/bin/python3 -I
"""Adds to pins.json, for each file named on the command line, its location and SHA-256.

The index is the one pip is configured with. A location is the path below the index's file host, so that
no host stands in the repository; host.json joins one at run time (see host.sh).
"""
import json
import pathlib
import re
import sys
import urllib.parse
import urllib.request

PINS = pathlib.Path(__file__).with_name("pins.json")
ACCEPT = "application/vnd.pypi.simple.v1+json"


def simple_url():
    """The simple API of the index in use."""
    host = pathlib.Path(__file__).with_name("host.json")
    return json.loads(host.read_text())["index"]


def project_of(file):
    """The normalised project name a file name begins with."""
    stem = file.split("-")[0] if file.endswith(".whl") else re.split(r"-\d", file)[0]
    return re.sub(r"[-_.]+", "-", stem).lower()


def files_of(project):
    """The index's files of a project, by file name."""
    url = f"{simple_url().rstrip('/')}/{project}/"
    request = urllib.request.Request(url, headers={"Accept": ACCEPT})
    with urllib.request.urlopen(request) as reply:
        return {f["filename"]: (urllib.parse.urljoin(url, f["url"]), f) for f in json.load(reply)["files"]}


def pin(file):
    """One entry of pins.json."""
    url, entry = files_of(project_of(file))[file]
    return {"location": urllib.parse.urlsplit(url).path.lstrip("/"), "sha256": entry["hashes"]["sha256"]}


def main():
    pins = json.loads(PINS.read_text()) if PINS.exists() else {}
    for file in sys.argv[1:]:
        pins[file] = pin(file)
    PINS.write_text(json.dumps(dict(sorted(pins.items())), indent=2) + "\n")


main()
