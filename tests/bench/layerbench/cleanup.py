# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""Cleaning up: what it costs with a big index, and what readers notice of it."""

import json
import statistics

from . import tools


def measure_scale(workspace, scale):
    """Start, plan, byte figures, lists and `why` with a big index."""
    blobs, manifests = scale.index, scale.index // 20
    tools.say(f"start, plan, df, ls and why with {blobs} blobs and {manifests} manifests")
    # Started and stopped once, so that the root, its index and the engine exist.
    server = workspace.start_layerhold("scale")
    server.stop()
    root = server.home / "root"
    tools.run([workspace.index_filler, root, blobs, manifests, 4], timeout=1800)  # every fourth is not claimed
    rows = {
        "start_ms": tools.Row("start", "ms", "less", "< 1,000 ms"),
        "plan_ms": tools.Row("plan by the standard policy", "ms", "less", "< 2,000 ms"),
        "plan_all_ms": tools.Row("plan that takes all that is released", "ms", "less", "< 2,000 ms"),
        "plan_page_ms": tools.Row("page of 100 items of a plan", "ms", "less"),
        "df_ms": tools.Row("df after a plan", "ms", "less", "< 300 ms"),
        "df_first_ms": tools.Row("df, the first after the start", "ms", "less"),
        "df_image_ms": tools.Row("df by image after df", "ms", "less"),
        "ls_page_ms": tools.Row("ls, page of 100", "ms", "less", "< 20 ms"),
        "why_ms": tools.Row("why", "ms", "less", "< 5 ms"),
        "peak_mib": tools.Row("peak memory of all these", "MiB", "less"),
    }
    for row in rows.values():
        row.name += f", {blobs} blobs"
    for _ in range(scale.rounds):
        figures = json.loads(tools.run([workspace.cleanup_scale, root], timeout=1800))
        if figures["items"] != blobs or not 0 < figures["removed"] < blobs:
            raise RuntimeError(f"the plan removes {figures['removed']} of {figures['items']}")
        for key, row in rows.items():
            row.add("layerhold", figures[key])
    return list(rows.values())


def measure_reads(workspace, scale):
    """Reads of small ranges with and without a cleanup at the same time. "No cleanup" is no other program: the ratio
    says what readers notice."""
    tools.say(f"reads while {scale.removed} blobs are removed")
    rows = {key: tools.Row(f"read of 16 KiB while {scale.removed} blobs go, {name}", "ms", "less", goal, of)
            for key, name, goal, of in (("p50_ms", "median", "", statistics.median),
                                        ("p99_ms", "99 of 100", "", statistics.median),
                                        ("max_ms", "slowest of all rounds", "< 50 ms", max))}
    for number in range(scale.rounds):
        root = workspace.make(f"reads-{number}") / "root"
        figures = json.loads(tools.run([workspace.cleanup_reads, root, scale.removed, scale.idle_seconds],
                                       timeout=1800))
        for key, row in rows.items():
            row.add("layerhold", figures["cleanup"][key])
            row.add("no cleanup", figures["idle"][key])
    return list(rows.values())
