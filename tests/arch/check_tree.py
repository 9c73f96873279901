#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""check_tree.py ROOT: the rules of HACKING.md that a source tree shows by itself. Prints "path:line: rule: what" for each
violation and exits with 1 when there is one."""

import os
import re
import sys

# Who may include whom below core: base <- sqlite, store <- index <- policy <- cache <- registry.
CORE_LAYERS = {
    "base": {"base"},
    "sqlite": {"base", "sqlite"},
    "store": {"base", "store"},
    "index": {"base", "sqlite", "store", "index"},
    "policy": {"base", "sqlite", "store", "index", "policy"},
    "cache": {"base", "sqlite", "store", "index", "policy", "cache"},
    "registry": {"base", "store", "cache", "registry"},
    "archive": {"base", "cache", "registry", "archive"},
}
# The public headers that belong to the top layer; those below do not know them.
TOP_HEADERS = {"layerhold/cache.h", "layerhold/content_store.h"}
PLUGIN_LAYERS = {
    "api": {"api"},
    "service": {"api", "service"},
    "cli": {"api", "service", "cli"},
}
# Data flows up: records, models, what paints them, the pages. Only the client knows the service.
GUI_LAYERS = {
    "models": {"models"},
    "charts": {"models", "charts"},
    "client": {"models", "client"},
    "widgets": {"models", "charts", "client", "widgets"},
    "app": {"models", "charts", "client", "widgets", "app"},
}
# What shows nothing needs no screen.
FOR_SCREENS = re.compile(r"Q(Application|GuiApplication|Widget|Paint\w*|Pixmap|Image|Color|Icon|Font\w*|Pen|Brush|(Abstract\w*|Table|Tree|List|Header|Graphics)View|\w*Dialog)$|Qt(Gui|Widgets)")
# The client turns statuses back into errors, by the one table that made them.
SHARED_WITH_API = "service/error_mapping.h"
FOREIGN_TO_CORE = re.compile(r"Q[A-Z]\w*$|Qt\w+/|grpc|google/protobuf/|curl/|fmt/|spdlog/|toml\+\+/|CLI/|archive(_entry)?\.h$|.*\.pb\.h$")
# What the registry client is made of, and the cache has nothing to do with.
FOR_REGISTRY = re.compile(r"curl/|toml\+\+/")
# What archives are read and written with.
FOR_ARCHIVE = re.compile(r"archive(_entry)?\.h$")
NEEDS_SPDX = re.compile(
    r"(\.(h|cpp|cmake|sh|py|go|proto|sql|toml|yml|service|socket|sysusers)(\.in)?|CMakeLists\.txt)$")
SPDX = ("SPDX-FileCopyrightText: The Layerhold authors", "SPDX-License-Identifier: Apache-2.0")
MAX_LINES = 600
SKIPPED_FOLDERS = {".git", "build", "__pycache__", ".cache"}

NOT_LATIN1 = re.compile(r"""QLatin1(String|Char)\((["'])[^"']*[^\x00-\x7f][^"']*\2\)""")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
COMMENT = re.compile(r"//.*?$|/\*.*?\*/", re.DOTALL | re.MULTILINE)


def source_files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                yield os.path.relpath(path, root)


def forbidden_include(root, path, quoted, target):
    """Why a file may not include this; None when it may."""
    parts = path.split("/")
    first = target.split("/")[0]
    public = target.startswith("layerhold/") and not target.endswith(".pb.h")
    if public and not os.path.exists(os.path.join(root, "core/include", target)):
        return "there is no such public header"
    if parts[0] == "core":
        allowed = {"registry": FOR_REGISTRY, "archive": FOR_ARCHIVE}.get(parts[1])
        if FOREIGN_TO_CORE.match(target) and not (allowed and allowed.match(target)):
            return "core knows no Qt, no gRPC, no curl and no library of the plugin"
        if parts[1] == "include":
            if quoted and not public:
                return "public headers include only public headers"
        elif parts[1] in CORE_LAYERS:
            if first in CORE_LAYERS and first not in CORE_LAYERS[parts[1]]:
                return f"{parts[1]} is below {first}"
            if target in TOP_HEADERS and parts[1] not in ("cache", "registry", "archive"):
                return f"{parts[1]} is below the cache"
            if first in PLUGIN_LAYERS:
                return "core is below the plugin"
    elif parts[0] == "plugin":
        if quoted and first in CORE_LAYERS:
            return "the plugin sees only the public headers of core"
        shared = parts[1] == "api" and target == SHARED_WITH_API
        if quoted and first in PLUGIN_LAYERS and first not in PLUGIN_LAYERS[parts[1]] and not shared:
            return f"{parts[1]} is below {first}"
    elif parts[0] == "gui":
        if quoted and first in CORE_LAYERS:
            return "the app sees only the public headers of core"
        if quoted and first in GUI_LAYERS and first not in GUI_LAYERS.get(parts[1], set()):
            return f"{parts[1]} is below {first}"
        if parts[1] not in ("client", "app") and (first in PLUGIN_LAYERS or re.match(r"grpc|.*\.pb\.h$", target)):
            return "only the client and the app know the service"
        if parts[1] in ("models", "client") and FOR_SCREENS.match(target):
            return f"{parts[1]} needs no screen"
    if quoted and target.startswith("../"):
        return "includes name the layer, not the way there"
    return None


def check_code(root, path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if NOT_LATIN1.search(line):
            yield number, "latin1", "sources are UTF-8: a text with more than ASCII is a QStringLiteral"
        include = INCLUDE.match(line)
        if include:
            why = forbidden_include(root, path, include[1] == '"', include[2])
            if why:
                yield number, "include", f"{include[2]}: {why}"
    if path.endswith(".h") and "#pragma once" not in text:
        yield 1, "header", "no #pragma once"
    if not path.startswith(("core/sqlite/", "tests/core/sqlite/", "tests/support/")):
        code = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
        for number, line in enumerate(code.splitlines(), 1):
            if re.search(r"\bsqlite3_\w+|\bsqlite3\.h\b", line):
                yield number, "sqlite", "SQLite is called by core/sqlite only"


def check(root):
    for path in source_files(root):
        is_code = path.endswith((".h", ".cpp"))
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
            text = file.read()
        is_script = text.startswith("#!")
        if is_code or is_script or NEEDS_SPDX.search(path):
            head = "\n".join(text.splitlines()[:4])
            if not all(line in head for line in SPDX):
                yield path, 1, "spdx", "the two SPDX lines are not on top"
            count = text.count("\n")
            if count > MAX_LINES:
                yield path, count, "length", f"{count} lines; {MAX_LINES} at most"
        if is_code:
            for number, rule, what in check_code(root, path, text):
                yield path, number, rule, what


def main():
    violations = list(check(sys.argv[1]))
    for path, line, rule, what in violations:
        print(f"{path}:{line}: {rule}: {what}")
    files = sum(1 for _ in source_files(sys.argv[1]))
    print(f"{files} files, {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
