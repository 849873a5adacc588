"""Collects facts about the host as JSON; called by host.sh with the file to write and the root of Go.

Keys: system (Nix's name), bash, python {interpreter, sha256, version, stdlib, include}, glibc, dynamicLinker,
programs (names in /usr/bin), libraries (soname -> file, from ldconfig), headers (names in /usr/include),
cc {version, cxx} or null, go {root, version} or null, rust (directory of cargo and rustc) or null, index (simple API), files (file host of the index, with
scheme, no slash at the end).
"""
import hashlib
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.parse

LINKERS = {
    "x86_64": "/lib64/ld-linux-x86-64.so.2",
    "aarch64": "/lib/ld-linux-aarch64.so.1",
}
LDCONFIG_ABI = {"x86_64": "x86-64", "aarch64": "AArch64"}


def output(*command):
    """Standard output of a command, or an empty string if it is not there or fails."""
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def libraries(machine):
    """Shared libraries the dynamic linker knows, soname to file, of this machine's own ABI."""
    line = re.compile(r"\s*(\S+) \(([^)]*)\) => (\S+)")
    found = {}
    for match in map(line.match, output("/sbin/ldconfig", "-p").splitlines()):
        if match and LDCONFIG_ABI[machine] in match[2].split(","):
            found.setdefault(match[1], match[3])
    return dict(sorted(found.items()))


def python_facts():
    """The interpreter that runs this script; its hash, because an update may keep the version."""
    interpreter = os.path.realpath(sys.executable)
    return {
        "interpreter": interpreter,
        "sha256": hashlib.sha256(pathlib.Path(interpreter).read_bytes()).hexdigest(),
        "version": platform.python_version(),
        "stdlib": sysconfig.get_path("stdlib"),
        "include": sysconfig.get_config_var("INCLUDEPY"),
    }


def cc_facts():
    """The host's GNU compiler; a set without one builds no native code."""
    version = output("/usr/bin/gcc", "-dumpfullversion").strip()
    return {"version": version, "cxx": shutil.which("g++", path="/usr/bin") is not None} if version else None


def go_facts(root):
    """The Go toolchain below root."""
    version = output(os.path.join(root, "bin/go"), "env", "GOVERSION").strip() if root else ""
    return {"root": root, "version": version.removeprefix("go")} if version else None


def rust_facts():
    """Where cargo and rustc are, whatever leads to them."""
    root = output("rustc", "--print", "sysroot").strip()
    return os.path.join(root, "bin") if root and os.path.exists(os.path.join(root, "bin/cargo")) else None


def index_facts():
    """The index pip is configured with: its simple API and the host its files lie on."""
    configured = output(sys.executable, "-m", "pip", "config", "get", "global.index-url").strip()
    mirror = os.environ.get("PIP_INDEX_URL", configured)
    if mirror:
        parts = urllib.parse.urlsplit(mirror)
        return {"index": mirror, "files": f"{parts.scheme}://{parts.netloc}"}
    from pip._internal.models.index import PyPI

    return {"index": PyPI.simple_url, "files": f"https://{PyPI.file_storage_domain}"}


def main(target, goroot):
    machine = platform.machine()
    facts = {
        "system": f"{machine}-{platform.system().lower()}",
        "bash": os.path.realpath(shutil.which("bash", path="/usr/bin:/bin")),
        "python": python_facts(),
        "glibc": platform.libc_ver()[1],
        "dynamicLinker": LINKERS[machine],
        "programs": sorted(os.listdir("/usr/bin")),
        "libraries": libraries(machine),
        "headers": sorted(name for name in os.listdir("/usr/include") if name.endswith(".h")),
        "cc": cc_facts(),
        "go": go_facts(goroot),
        "rust": rust_facts(),
        **index_facts(),
    }
    text = json.dumps(facts, indent=1) + "\n"
    path = pathlib.Path(target)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


main(*sys.argv[1:])
