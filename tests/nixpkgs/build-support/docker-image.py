"""Writes an image in the form of `docker save`: CLOSURE ROOT CONFIG NAME OUT."""

import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

closure, root, config, name, out = sys.argv[1:]


def plain(member):
    """A member that is the same whoever packs it, and whenever."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 1
    return member


def layer():
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in open(closure).read().split():
            if path not in (root, config):
                tar.add(path, arcname=path.lstrip("/"), filter=plain)
        for entry in sorted(os.listdir(root)):
            tar.add(os.path.join(root, entry), arcname=entry, filter=plain)
    return data.getvalue()


def add(tar, path, data):
    member = plain(tarfile.TarInfo(path))
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


packed = layer()
digest = hashlib.sha256(packed).hexdigest()
said = json.load(open(config))
said["rootfs"]["diff_ids"] = ["sha256:" + digest]
text = json.dumps(said).encode()
manifest = [{"Config": "config.json", "RepoTags": [name], "Layers": [digest + "/layer.tar"]}]
with gzip.GzipFile(out, "wb", mtime=1) as file, tarfile.open(fileobj=file, mode="w") as tar:
    add(tar, digest + "/layer.tar", packed)
    add(tar, "config.json", text)
    add(tar, "manifest.json", json.dumps(manifest).encode())
