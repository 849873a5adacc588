"""Sets the run paths and interpreters of ELF files, with patchelf, from what they need and where that is found.

Searched first are the paths to be patched themselves, then the directories of --libs in their order, then the run
paths of what was found there. What is in the C library's own package is left to the interpreter to find.
"""
import argparse
import fnmatch
import os
import pathlib
import struct
import subprocess
import sys


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--interpreter", required=True)
    parser.add_argument("--libc", required=True)
    parser.add_argument("--no-recurse", action="store_true")
    for name in ("--paths", "--libs", "--ignore-missing", "--runtime-dependencies", "--append-rpaths"):
        parser.add_argument(name, nargs="*", default=[])
    return parser.parse_args()


def machine_of(path):
    """Word size and machine of an ELF file, or None if it is none."""
    with open(path, "rb") as file:
        head = file.read(20)
    if len(head) < 20 or head[:4] != b"\x7fELF":
        return None
    return head[4], struct.unpack("<H" if head[5] == 1 else ">H", head[18:20])[0]


def ask(path, option):
    """One answer of patchelf, empty for files that are not dynamic."""
    command = ["patchelf", option, str(path)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return result.stdout.strip() if result.returncode == 0 else ""


class Libraries:
    """Where shared libraries are: (name, machine) -> directory, the first that is seen."""

    def __init__(self):
        self.found = {}
        self.run_paths = []
        self.seen = set()

    def add(self, directory, recursive=False):
        directory = pathlib.Path(directory)
        if (directory, recursive) in self.seen or not directory.is_dir():
            return
        self.seen.add((directory, recursive))
        for path in sorted(directory.rglob("*.so*") if recursive else directory.glob("*.so*")):
            machine = path.is_file() and machine_of(path)
            if machine:
                self.found.setdefault((path.name, machine), path.parent)
                self.run_paths.append(path)

    def follow(self):
        """Adds the directories on the run paths of what was added, until there are no new ones."""
        while self.run_paths:
            path = self.run_paths.pop()
            for directory in ask(path, "--print-rpath").split(":"):
                if directory.startswith("/"):
                    self.add(directory)

    def find(self, name, machine):
        if (name, machine) not in self.found:
            self.follow()
        return self.found.get((name, machine))


def elf_files(paths, recursive):
    for top in map(pathlib.Path, paths):
        below = (top.rglob("*") if recursive else top.glob("*")) if top.is_dir() else [top]
        for path in sorted(below):
            if path.is_file() and not path.is_symlink() and machine_of(path):
                yield path


def patch(path, libraries, options):
    """Patches one file and returns the names that nobody has."""
    machine = machine_of(path)
    run_path, missing = [], []
    for name in ask(path, "--print-needed").split():
        if os.path.exists(os.path.join(options.libc, name)) or name == os.path.basename(options.interpreter):
            continue
        directory = libraries.find(name, machine)
        if directory:
            run_path.append(str(directory))
        else:
            missing.append(name)
    if ask(path, "--print-interpreter"):
        subprocess.run(["patchelf", "--set-interpreter", options.interpreter, str(path)], check=True)
    wanted = list(dict.fromkeys(options.runtime_dependencies + run_path + options.append_rpaths))
    if wanted:
        print(f"setting RPATH of {path} to: {':'.join(wanted)}")
        subprocess.run(["patchelf", "--set-rpath", ":".join(wanted), str(path)], check=True)
    return missing


def main():
    options = arguments()
    libraries = Libraries()
    for path in options.paths:
        libraries.add(path, recursive=True)
    for directory in options.libs:
        libraries.add(directory)
    failed = False
    for path in elf_files(options.paths, not options.no_recurse):
        for name in patch(path, libraries, options):
            ignored = any(fnmatch.fnmatch(name, pattern) for pattern in options.ignore_missing)
            failed = failed or not ignored
            grade = "warning" if ignored else "error"
            print(f"{grade}: auto-patchelf could not satisfy {name} wanted by {path}", file=sys.stderr)
    if failed:
        sys.exit("hint: add the package that has it to buildInputs, or the name to autoPatchelfIgnoreMissingDeps")


main()
