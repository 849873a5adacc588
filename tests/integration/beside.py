"""Writes small wheels, and a lock for two systems that has them beside it: beside.py DIRECTORY PYTHON SYSTEM

The lock is for SYSTEM, which is a Linux, and aarch64-darwin. It has an extra `docs`, a group `test`, and a
default group `dev`.
"""

import hashlib
import io
import pathlib
import sys
import zipfile

DARWIN = "aarch64-darwin"


def wheel(name, tag, text):
    """The file name and the bytes of a wheel of one module, which are the same each time."""
    info = f"{name}-1.dist-info"
    files = {
        f"{name}.py": text,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = f"{info}/RECORD"
    files[record] = "".join(f"{path},,\n" for path in [*files, record])
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), content)
    return f"{name}-1-{tag}.whl", data.getvalue()


def package(directory, name, wheels, dependencies=(), marker=None, **said):
    """An entry of the lock, whose wheels are written below directory."""
    lines = ["", "[[packages]]", f'name = "{name}"', 'version = "1"']
    if marker:
        lines.append(f"marker = '{marker}'")
    lines.append("dependencies = [%s]" % ", ".join(f'{{ name = "{other}" }}' for other in dependencies))
    lines.append("wheels = [")
    for file, data in wheels:
        (directory / "wheels" / file).write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        lines.append(f'    {{ name = "{file}", path = "wheels/{file}", hashes = {{ sha256 = "{sha256}" }} }},')
    lines += ["]", "", "[packages.tool.mach]", 'provider = "wheel"']
    lines += [f"{key} = {value}" for key, value in said.items()]
    return "\n".join(lines)


def main(directory, python, linux):
    directory = pathlib.Path(directory)
    (directory / "wheels").mkdir(parents=True, exist_ok=True)
    pure = "py3-none-any"
    natives = {
        DARWIN: wheel("native", "py3-none-macosx_11_0_arm64", "SYSTEM = 'darwin'\n"),
        linux: wheel("native", f"py3-none-linux_{linux.partition('-')[0]}", "SYSTEM = 'linux'\n"),
    }
    chosen = ", ".join(f'{system} = "{file}"' for system, (file, _) in natives.items())
    packages = [
        package(directory, "app", [wheel("app", pure, "import native\n")], ["documented", "native", "shiny"]),
        package(
            directory,
            "developed",
            [wheel("developed", pure, "")],
            marker='"dev" in dependency_groups',
            groups='["dev"]',
        ),
        package(
            directory,
            "documented",
            [wheel("documented", pure, "")],
            marker='"docs" in extras or "test" in dependency_groups',
            extras='["docs"]',
            groups='["test"]',
        ),
        package(directory, "native", natives.values(), wheel=f"{{ {chosen} }}"),
        package(
            directory,
            "shiny",
            [wheel("shiny", pure, "")],
            marker='sys_platform == "darwin"',
            systems=f'["{DARWIN}"]',
        ),
    ]
    lock = f"""lock-version = "1.0"
environments = [
    'python_version == "{python}" and sys_platform == "darwin"',
    'python_version == "{python}" and sys_platform == "linux"',
]
requires-python = "=={python}.*"
extras = ["docs"]
dependency-groups = ["dev", "test"]
default-groups = ["dev"]
created-by = "mach"
{chr(10).join(packages)}

[tool.mach]
version = 1
requirements = ["app"]
python = "{python}"
systems = ["{DARWIN}", "{linux}"]
"""
    (directory / "pylock.toml").write_text(lock)


if __name__ == "__main__":
    main(*sys.argv[1:])
