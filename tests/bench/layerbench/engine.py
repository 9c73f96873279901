# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""Through a real containerd: its built-in store, the Go peer, Layerhold."""

import subprocess
import time

from . import image, tools


class Containerd:
    """A containerd of its own on a private root, with or without a content store plugin."""

    def __init__(self, workspace, name, content_socket):
        home = workspace.make("containerd-" + name)
        self.address = home / "c.sock"
        disabled = ["io.containerd.grpc.v1.cri"] + (["io.containerd.content.v1.content"] if content_socket else [])
        config = (f'version = 2\nroot = "{home}/root"\nstate = "{home}/state"\ndisabled_plugins = {disabled}\n'
                  f'[grpc]\n  address = "{self.address}"\n[ttrpc]\n  address = "{home}/t.sock"\n'
                  f'[plugins."io.containerd.internal.v1.opt"]\n  path = "{home}/opt"\n')
        if content_socket:
            config += f'[proxy_plugins.store]\n  type = "content"\n  address = "{content_socket}"\n'
        (home / "config.toml").write_text(config)
        self.server = workspace.start(["containerd", "--config", home / "config.toml"], home / "log", self._ready)

    def _ready(self):
        return subprocess.run(["ctr", "--address", str(self.address), "version"], capture_output=True).returncode == 0

    def ctr(self, *arguments):
        return tools.run(["ctr", "--address", self.address, *arguments])

    def timed(self, *arguments):
        begin = time.monotonic()
        self.ctr(*arguments)
        return time.monotonic() - begin

    def remove(self, reference):
        self.ctr("images", "rm", "--sync", reference)
        deadline = time.monotonic() + 30
        while self.ctr("content", "ls", "-q").strip():
            if time.monotonic() > deadline:
                raise RuntimeError(f"containerd still holds content after the removal of {reference}")
            time.sleep(0.05)


def measure(workspace, scale):
    tools.say("making the image")
    registry = image.Registry(workspace)
    reference, layers, size = image.push_image(workspace, registry, scale.layers)
    layerhold = workspace.start_layerhold("engine-layerhold")
    contenders = {
        "layerhold": Containerd(workspace, "layerhold", layerhold.socket),
        "built-in": Containerd(workspace, "built-in", None),
        "peer": Containerd(workspace, "peer", workspace.start_peer("engine-peer").socket),
    }
    what = f"{size / 1e6:.0f} MB in {len(layers)} layers"
    fetch = tools.Row(f"content fetch, {what}", "s", "less", "built-in: ≥ 1.0")
    pull = tools.Row(f"pull and unpack, {what}", "s", "less", "built-in: ≥ 0.5; peer: ≥ 1.33")
    get = tools.Row("content get of one layer", "s", "less")
    again = tools.Row("pull again after removal and collection", "s", "less")
    bytes_again = tools.Row("pull again: blob bytes from the registry", "MB", "less", "0")
    for number in range(scale.rounds):
        order = list(contenders) if number % 2 == 0 else list(reversed(contenders))
        for name in order:
            tools.say(f"round {number + 1}: {name}")
            containerd = contenders[name]
            fetch.add(name, containerd.timed("content", "fetch", "--plain-http", reference))
            forget(workspace, containerd, layerhold, reference)
            pull.add(name, containerd.timed("images", "pull", "--plain-http", reference))
            get.add(name, containerd.timed("content", "get", layers[0]))
            containerd.remove(reference)
            mark = registry.mark()
            again.add(name, containerd.timed("images", "pull", "--plain-http", reference))
            bytes_again.add(name, registry.blob_bytes_since(mark) / 1e6)
            forget(workspace, containerd, layerhold, reference)
    return [fetch, pull, get, again, bytes_again]


def forget(workspace, containerd, layerhold, reference):
    """The next download starts from nothing, also where deleted bytes are kept."""
    containerd.remove(reference)
    tools.run([workspace.layerhold, "gc", "--keep-bytes", "0", "--api-socket", layerhold.api])
