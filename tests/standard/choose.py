"""Answers what pypa/packaging makes of a lock: JSON on standard input, {"lock": its text, "targets": [{"environment",
"tags", "extras", "groups"}]}, and on standard output for each target what is installed, [[name, version, file]], or why
nothing can be. An invalid lock ends it."""

import json
import sys
import tomllib

from packaging.pylock import Pylock, PylockSelectError
from packaging.tags import parse_tag


def choose(lock, target):
    tags = [tag for text in target["tags"] for tag in parse_tag(text)]
    try:
        found = lock.select(environment=target["environment"], tags=tags, extras=target["extras"], dependency_groups=target["groups"])
        return {"chosen": [[p.name, str(p.version or ""), getattr(f, "filename", None) or f.path] for p, f in found]}
    except PylockSelectError as e:
        return {"refusal": str(e)}


question = json.load(sys.stdin)
lock = Pylock.from_dict(tomllib.loads(question["lock"]))
lock.validate()
json.dump([choose(lock, target) for target in question["targets"]], sys.stdout)
