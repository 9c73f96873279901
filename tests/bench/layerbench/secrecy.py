# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""Whether the time of an answer tells an engine what is stored for others."""

import json

from . import tools


def measure(workspace, scale):
    """An engine in the mode verified asks for blobs that it may not see and for blobs that are nowhere. "Absent" is no
    other program: a ratio of 1 and a probability of 0.5 say that the two cannot be told apart. Of each round and way its
    own rows of probabilities, as their intervals cannot be put together."""
    tools.say(f"answers to {scale.secret_blobs * scale.secret_rounds} questions of each kind, forbidden and absent")
    ways = {"in_process": "in process", "through_socket": "through the socket"}
    times = {way: tools.Row(f"not found, {name}", "µs", "less") for way, name in ways.items()}
    chances = []
    for number in range(scale.rounds):
        root = workspace.make(f"secrecy-{number}")
        figures = json.loads(tools.run([workspace.absent_or_forbidden, root, scale.secret_blobs, scale.secret_rounds],
                                       timeout=1800))
        for way, name in ways.items():
            found = figures[way]
            times[way].add("layerhold", found["forbidden_us"])
            times[way].add("absent", found["absent_us"])
            chances += [single(f"P(forbidden later), {name}, round {number + 1}", found["superiority"], "0.5"),
                        single("... 95 % confident from", found["superiority_from"], "< 0.5"),
                        single("... 95 % confident to", found["superiority_to"], "> 0.5"),
                        single("... p, two-sided, of Mann and Whitney's U", found["p"], "> 0.01")]
    return [*times.values(), *chances]


def single(name, value, goal):
    row = tools.Row(name, "", "less", goal)
    row.add("layerhold", value)
    return row
