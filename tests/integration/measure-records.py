"""Crawl records of generated projects that need each other: project-0 needs, by others, all of them.

    measure-records.py PROJECTS PYTHON

Every fourth has code for Linux.
"""

import hashlib
import json
import sys

projects, python = int(sys.argv[1]), sys.argv[2].replace(".", "")
native = f"cp{python}-cp{python}-manylinux_2_17_x86_64.manylinux2014_x86_64"
for i in range(projects):
    needs = [f"project-{j}>=1" for j in (2 * i + 1, 2 * i + 2) if j < projects]
    # As in real environments, many need what few provide.
    needs += [f"project-{j}" for j in range(i + 7, projects, 31)][:3] if i % 2 else []
    files = []
    for version in ("1.2.3", "1.3.0"):
        name = f"project_{i}-{version}-{'py3-none-any' if i % 4 else native}.whl"
        digest = hashlib.sha256(name.encode()).hexdigest()
        files.append(
            {
                "filename": name,
                "hashes": {"sha256": digest},
                "url": f"packages/{digest[:2]}/{digest[2:4]}/{digest[4:]}/{name}",
                "size": 10000 + i,
                "yanked": False,
                "_metadata": {"requires-dist": needs, "requires-python": ">=3.9", "from": "wheel"},
            }
        )
    record = {
        "meta": {"api-version": "1.1"},
        "name": f"project-{i}",
        "versions": ["1.2.3", "1.3.0"],
        "files": files,
    }
    print(json.dumps(record))
