# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""The content API directly: Layerhold against the Go peer."""

import os
import shutil

from . import tools

MIB = 1 << 20


def measure(workspace, scale):
    for part in (writes, reads, small_blobs, population):
        yield from part(workspace, scale)


def pair(workspace, name):
    return {"layerhold": workspace.start_layerhold(name + "-layerhold"), "peer": workspace.start_peer(name + "-peer")}


def stop(servers):
    for server in servers.values():
        server.stop()
        shutil.rmtree(server.home)


def interleaved(servers, rounds, one):
    """A B B A A B …: neither contender always comes first."""
    for number in range(rounds):
        order = list(servers) if number % 2 == 0 else list(reversed(servers))
        for name in order:
            one(name, servers[name], number)


def drop(workspace, server):
    """Forgets all blobs, and their bytes."""
    workspace.measure(server, "clear")
    if hasattr(server, "api"):
        tools.run([workspace.layerhold, "gc", "--keep-bytes", "0", "--api-socket", server.api])


def writes(workspace, scale):
    servers = pair(workspace, "write")
    rows = []
    for chunk, goal in ((MIB, "≥ 3.0 (Go 1.19), ≥ 2.0 (Go ≥ 1.21)"), (32 << 10, "≥ 2.0, ≥ 1.4")):
        label = f"write {scale.blob >> 20} MiB in {chunk >> 10} KiB messages"
        tools.say(label)
        speed, cpu = tools.Row(label, "MiB/s", "more", goal), tools.Row(label + ": server CPU", "s", "less")

        def one(name, server, number):
            result = workspace.measure(server, "write", size=scale.blob, chunk=chunk, seed=number + 1)
            speed.add(name, result["bytes"] / MIB / result["seconds"])
            cpu.add(name, result["cpu"])
            drop(workspace, server)

        interleaved(servers, scale.rounds, one)
        rows += [speed, cpu]

    label = f"commit of {scale.commit_blob >> 20} MiB after its last byte"
    tools.say(label)
    latency = tools.Row(label, "ms", "less", "≤ 50 ms")

    def one(name, server, number):
        result = workspace.measure(server, "write", size=scale.commit_blob, chunk=MIB, seed=100 + number)
        latency.add(name, result["commit_seconds"] * 1000)
        drop(workspace, server)

    interleaved(servers, scale.rounds, one)

    label = f"8 readers + 8 writers, {scale.mixed_blob >> 20} MiB each"
    tools.say(label)
    mixed = tools.Row(label, "MiB/s", "more")

    def both(name, server, number):
        result = workspace.measure(server, "mixed", size=scale.mixed_blob, chunk=MIB, workers=8, seed=number + 1)
        mixed.add(name, result["bytes"] / MIB / result["seconds"])
        drop(workspace, server)

    interleaved(servers, scale.rounds, both)
    memory = tools.Row("peak memory after all writes and reads above", "MiB", "less")
    for name, server in servers.items():
        memory.add(name, server.peak_bytes() / MIB)
    stop(servers)
    return rows + [latency, mixed, memory]


def reads(workspace, scale):
    servers = pair(workspace, "read")
    digests = {name: workspace.measure(server, "write", size=scale.read_blob, chunk=MIB)["digest"]
               for name, server in servers.items()}
    for server in servers.values():
        server.forget_peak()
    rows = []
    for label, operation, chunk, goal in (
            ("read 32 KiB each", "readat", 32 << 10, "≥ 1.2"),
            ("read 1 MiB each", "readat", MIB, "≥ 1.3"),
            ("read the whole blob in one call", "stream", MIB, "≥ 1.3")):
        tools.say(label)
        speed, cpu = tools.Row(label, "MiB/s", "more", goal), tools.Row(label + ": server CPU", "s", "less",
                                                                        "≥ 2" if chunk < MIB else "")

        def one(name, server, _):
            result = workspace.measure(server, operation, digest=digests[name], chunk=chunk)
            speed.add(name, result["bytes"] / MIB / result["seconds"])
            cpu.add(name, result["cpu"])

        interleaved(servers, scale.rounds, one)
        rows += [speed, cpu]
    memory = tools.Row("peak memory while reading", "MiB", "less", "≤ 40 MB")
    for name, server in servers.items():
        memory.add(name, server.peak_bytes() / MIB)
    stop(servers)
    return rows + [memory]


def small_blobs(workspace, scale):
    rows = []
    for writers, count, goal in ((1, scale.small_one_writer, "≥ 1.2"), (32, scale.small, "≥ 3")):
        servers = pair(workspace, f"small{writers}")
        label = f"{count} blobs of 1-4 KiB, {writers} writer{'s' if writers > 1 else ''}"
        tools.say(label)
        speed, cpu = tools.Row(label, "blobs/s", "more", goal), tools.Row(label + ": server CPU", "s", "less")

        def one(name, server, number):
            result = workspace.measure(server, "small", count=count, workers=writers, seed=number + 1)
            speed.add(name, result["items"] / result["seconds"])
            cpu.add(name, result["cpu"])

        interleaved(servers, scale.rounds, one)
        rows += [speed, cpu]
        stop(servers)
    return rows


def population(workspace, scale):
    """Info and List over many blobs. They are committed to Layerhold; the peer gets copies of the files.

    Copies, not links: a link changes the inode's ctime, and Layerhold would hash every blob again."""
    tools.say(f"making {scale.population} blobs")
    servers = pair(workspace, "many")
    workspace.measure(servers["layerhold"], "small", count=scale.population, workers=64)
    blobs = servers["peer"].home / "root" / "blobs" / "sha256"
    for entry in os.scandir(servers["layerhold"].home / "root" / "blobs" / "sha256"):
        shutil.copyfile(entry.path, blobs / entry.name)
    for server in servers.values():
        server.forget_peak()

    label = f"Info, 1 caller, {scale.population} blobs"
    tools.say(label)
    info, info_cpu = tools.Row(label, "calls/s", "more", "≥ 0.95"), tools.Row(label + ": server CPU", "s", "less", "≥ 2")

    def ask(name, server, _):
        result = workspace.measure(server, "info", count=scale.infos)
        info.add(name, result["items"] / result["seconds"])
        info_cpu.add(name, result["cpu"])

    interleaved(servers, scale.rounds, ask)

    label = f"List of {scale.population}"
    tools.say(label)
    total, first = tools.Row(label, "ms", "less", "≥ 6"), tools.Row(label + ": first message", "ms", "less", "≤ 10 ms")

    def enumerate_all(name, server, _):
        result = workspace.measure(server, "list")
        if result["items"] != scale.population:
            raise RuntimeError(f"{name} listed {result['items']} of {scale.population}")
        total.add(name, result["seconds"] * 1000)
        first.add(name, result["first_seconds"] * 1000)

    interleaved(servers, scale.rounds, enumerate_all)
    memory = tools.Row(f"peak memory after Info and List of {scale.population}", "MiB", "less")
    for name, server in servers.items():
        memory.add(name, server.peak_bytes() / MIB)
    stop(servers)
    return [info, info_cpu, total, first, memory]
