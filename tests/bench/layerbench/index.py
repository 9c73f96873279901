# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""Memory of Layerhold alone: a big blob in and out, and a big index."""

from . import tools

MIB = 1 << 20


def measure(workspace, scale):
    tools.say("memory of a big blob")
    server = workspace.start_layerhold("memory")
    written = workspace.measure(server, "write", size=scale.blob, chunk=MIB)
    workspace.measure(server, "readat", digest=written["digest"], chunk=32 << 10)
    workspace.measure(server, "stream", digest=written["digest"])
    blob = tools.Row(f"peak memory, {scale.blob >> 20} MiB written and read", "MiB", "less", "< 64 MiB")
    blob.add("layerhold", server.peak_bytes() / MIB)
    server.stop()

    tools.say(f"memory with {scale.index} blobs in the index")
    # Started and stopped once, so that the root, its index and the engine exist.
    server = workspace.start_layerhold("index")
    server.stop()
    tools.run([workspace.index_filler, server.home / "root", scale.index], timeout=1800)
    server = workspace.restart_layerhold(server)
    started = tools.Row(f"memory after the start, {scale.index} blobs", "MiB", "less", "< 256 MiB")
    started.add("layerhold", server.resident_bytes() / MIB)
    total = tools.Row(f"List of {scale.index}", "ms", "less")
    first = tools.Row(f"List of {scale.index}: first message", "ms", "less", "≤ 10 ms")
    for _ in range(scale.rounds):
        listed = workspace.measure(server, "list")
        if listed["items"] != scale.index:
            raise RuntimeError(f"listed {listed['items']} of {scale.index}")
        total.add("layerhold", listed["seconds"] * 1000)
        first.add("layerhold", listed["first_seconds"] * 1000)
    peak = tools.Row(f"peak memory after List of {scale.index}", "MiB", "less", "≤ 90 MiB")
    peak.add("layerhold", server.peak_bytes() / MIB)
    server.stop()
    return [blob, started, total, first, peak]
