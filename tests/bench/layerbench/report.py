# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""The tables for people. "× name" says how many times better Layerhold is than that contender."""


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def contenders_of(row):
    return tuple(sorted(row.contenders()))


def show(facts, scale, rows):
    print(f"Layerhold benchmark, scale {scale.name}, {scale.rounds} interleaved rounds, medians where nothing else is said")
    for key, value in facts.items():
        print(f"  {key.replace('_', ' ')}: {value}")
    groups = []
    for row in rows:
        others = contenders_of(row)
        if not groups or groups[-1][0] != others:
            groups.append((others, []))
        groups[-1][1].append(row)
    for others, members in groups:
        print()
        table(others, members)


def table(others, rows):
    heads = ["", "unit", "layerhold", *others, *("× " + name for name in others), "goal"]
    lines = [[row.name, row.unit, number(row.figure("layerhold")), *(number(row.figure(name)) for name in others),
              *(number(row.ratio(name)) for name in others), row.goal] for row in rows]
    widths = [max(len(line[i]) for line in [heads, *lines]) for i in range(len(heads))]
    for line in [heads, ["-" * width for width in widths], *lines]:
        cells = [cell.ljust(width) if i < 2 or i == len(heads) - 1 else cell.rjust(width)
                 for i, (cell, width) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())
