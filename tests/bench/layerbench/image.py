# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""A several-layer image in a local registry."""

import gzip
import hashlib
import io
import json
import pathlib
import random
import re
import tarfile

from . import tools

MANIFEST = "application/vnd.oci.image.manifest.v1+json"


class Registry:
    """docker-registry on a free port; says what it sent."""

    def __init__(self, workspace):
        home = workspace.make("registry")
        self.port = tools.free_port()
        (home / "config.yml").write_text(
            "version: 0.1\nlog: {level: warn, accesslog: {disabled: false}}\n"
            f"storage: {{filesystem: {{rootdirectory: {home}/data}}}}\nhttp: {{addr: 127.0.0.1:{self.port}}}\n")
        self.log = home / "log"
        workspace.start(["docker-registry", "serve", home / "config.yml"], self.log, self._ready)

    def _ready(self):
        import socket
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def mark(self):
        return self.log.stat().st_size

    def blob_bytes_since(self, mark):
        text = self.log.read_bytes()[mark:].decode(errors="replace")
        return sum(int(size) for size in re.findall(r'"GET /v2/\S+/blobs/\S+ HTTP/[\d.]+" \d+ (\d+)', text))


def layer(size, seed):
    """A tar of files that compress to about a half, as program files do; gzip as registries hold it."""
    generator = random.Random(seed)
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        part = 4 << 20
        for number in range(max(1, size // part)):
            noise = generator.randbytes(min(size, part) // 2)
            info = tarfile.TarInfo(f"data/{seed}/{number}")
            info.size = 2 * len(noise)
            archive.addfile(info, io.BytesIO(noise + bytes(len(noise))))
    return raw.getvalue()


def push_image(workspace, registry, sizes):
    """Pushes an image whose compressed layers have about the given sizes. Returns reference and layer digests."""
    layout = workspace.make("image")
    blobs = layout / "blobs" / "sha256"
    blobs.mkdir(parents=True)

    def store(data, media_type):
        name = hashlib.sha256(data).hexdigest()
        (blobs / name).write_bytes(data)
        return {"mediaType": media_type, "digest": "sha256:" + name, "size": len(data)}

    diff_ids, layers = [], []
    for seed, size in enumerate(sizes):
        tar = layer(2 * size, seed)
        diff_ids.append("sha256:" + hashlib.sha256(tar).hexdigest())
        layers.append(store(gzip.compress(tar, 1, mtime=0), "application/vnd.oci.image.layer.v1.tar+gzip"))
    config = store(json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                               "rootfs": {"type": "layers", "diff_ids": diff_ids}}).encode(),
                   "application/vnd.oci.image.config.v1+json")
    manifest = store(json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": config,
                                 "layers": layers}).encode(), MANIFEST)
    (layout / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [manifest]}))
    pathlib.Path(layout / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
    reference = f"127.0.0.1:{registry.port}/bench/app:1"
    tools.run(["skopeo", "copy", "--insecure-policy", "--preserve-digests", "--dest-tls-verify=false",
               f"oci:{layout}", f"docker://{reference}"])
    return reference, [entry["digest"] for entry in layers], sum(entry["size"] for entry in layers)
