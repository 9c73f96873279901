#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
"""Each rule of check_tree.py is proven by a violation planted in a tree that is otherwise right."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_tree  # noqa: E402

HEAD = "// SPDX-FileCopyrightText: The Layerhold authors\n// SPDX-License-Identifier: Apache-2.0\n"
SCRIPT_HEAD = HEAD.replace("//", "#")
GOOD = {
    "core/include/layerhold/error.h": HEAD + "#pragma once\n#include <string>\n",
    "core/include/layerhold/cache.h": HEAD + '#pragma once\n#include "layerhold/error.h"\n',
    "core/base/error.cpp": HEAD + '#include "layerhold/error.h"\n',
    "core/sqlite/database.cpp": HEAD + "#include <sqlite3.h>\nvoid f() { sqlite3_close(nullptr); }\n",
    "core/index/index.cpp": HEAD + '#include "sqlite/database.h"\n// sqlite3_open is called below\n',
    "core/cache/cache.cpp": HEAD + '#include "index/index.h"\n#include "layerhold/cache.h"\n',
    "plugin/service/a.cpp": HEAD + '#include "layerhold/cache.h"\n#include <grpcpp/grpcpp.h>\n'
                            "#include <layerhold/v1/layerhold.pb.h>\n",
    "plugin/cli/b.cpp": HEAD + '#include "service/a.h"\n#include <fmt/format.h>\n',
    "gui/widgets/c.cpp": HEAD + '#include "charts/d.h"\n#include "models/e.h"\n#include <QWidget>\n',
    "gui/models/e.cpp": HEAD + '#include "models/e.h"\n#include <QAbstractItemModel>\n',
    "gui/client/f.cpp": HEAD + '#include "service/a.h"\n#include "layerhold/error.h"\n#include <grpcpp/grpcpp.h>\n',
    "packaging/tools/tool": "#!/bin/bash\n" + SCRIPT_HEAD,
    "README.md": "no licence lines needed here\n",
}
# (what it is called, path, content, rule)
PLANTED = [
    ("base includes store", "core/base/x.cpp", HEAD + '#include "store/layout.h"\n', "include"),
    ("sqlite includes store", "core/sqlite/x.cpp", HEAD + '#include "store/layout.h"\n', "include"),
    ("store includes sqlite", "core/store/x.cpp", HEAD + '#include "sqlite/database.h"\n', "include"),
    ("index includes policy", "core/index/x.cpp", HEAD + '#include "policy/filter.h"\n', "include"),
    ("policy includes cache", "core/policy/x.cpp", HEAD + '#include "cache/cache.h"\n', "include"),
    ("store includes the public cache", "core/store/x.cpp", HEAD + '#include "layerhold/cache.h"\n', "include"),
    ("core includes the plugin", "core/cache/x.cpp", HEAD + '#include "service/a.h"\n', "include"),
    ("core includes Qt", "core/base/x.cpp", HEAD + "#include <QString>\n", "include"),
    ("core includes a Qt module", "core/base/x.cpp", HEAD + "#include <QtCore/qglobal.h>\n", "include"),
    ("core includes gRPC", "core/cache/x.cpp", HEAD + "#include <grpcpp/grpcpp.h>\n", "include"),
    ("core includes protobuf", "core/cache/x.cpp", HEAD + "#include <layerhold/v1/layerhold.pb.h>\n", "include"),
    ("core includes curl", "core/cache/x.cpp", HEAD + "#include <curl/curl.h>\n", "include"),
    ("core includes libarchive", "core/cache/x.cpp", HEAD + "#include <archive.h>\n", "include"),
    ("core includes fmt", "core/cache/x.cpp", HEAD + "#include <fmt/format.h>\n", "include"),
    ("a public header includes an internal one", "core/include/layerhold/x.h",
     HEAD + '#pragma once\n#include "base/file_system.h"\n', "include"),
    ("the plugin includes an internal header", "plugin/service/x.cpp", HEAD + '#include "base/text.h"\n', "include"),
    ("the service includes the CLI", "plugin/service/x.cpp", HEAD + '#include "cli/b.h"\n', "include"),
    ("the API includes the service", "plugin/api/x.h", HEAD + '#pragma once\n#include "service/a.h"\n', "include"),
    ("a model includes a widget", "gui/models/x.cpp", HEAD + '#include "widgets/c.h"\n', "include"),
    ("a model draws", "gui/models/x.cpp", HEAD + "#include <QPainter>\n", "include"),
    ("a chart includes the client", "gui/charts/x.cpp", HEAD + '#include "client/f.h"\n', "include"),
    ("a page includes the service", "gui/widgets/x.cpp", HEAD + '#include "service/a.h"\n', "include"),
    ("a page includes gRPC", "gui/widgets/x.cpp", HEAD + "#include <grpcpp/grpcpp.h>\n", "include"),
    ("the app includes an internal header", "gui/client/x.cpp", HEAD + '#include "base/text.h"\n', "include"),
    ("a public header that is not there", "plugin/cli/x.cpp", HEAD + '#include "layerhold/gone.h"\n', "include"),
    ("an include that climbs", "plugin/cli/x.cpp", HEAD + '#include "../service/a.h"\n', "include"),
    ("a header without guard", "plugin/cli/x.h", HEAD, "header"),
    ("SQLite in the index", "core/index/x.cpp", HEAD + "int f() { return sqlite3_step(nullptr); }\n", "sqlite"),
    ("SQLite's header in the plugin", "plugin/cli/x.cpp", HEAD + "#include <sqlite3.h>\n", "sqlite"),
    ("UTF-8 as Latin 1", "gui/models/x.cpp", HEAD + 'QString f() { return QLatin1String(" · "); }\n', "latin1"),
    ("SQLite in a test", "tests/core/x.cpp", HEAD + "/* two\nlines */ int f() { return sqlite3_step(nullptr); }\n", "sqlite"),
    ("no SPDX in C++", "plugin/cli/x.cpp", "int f();\n", "spdx"),
    ("half of SPDX", "plugin/cli/x.cpp", HEAD.splitlines()[0] + "\n", "spdx"),
    ("no SPDX in CMake", "plugin/CMakeLists.txt", "add_subdirectory(cli)\n", "spdx"),
    ("no SPDX in SQL", "core/index/schema/1.sql", "CREATE TABLE t (x);\n", "spdx"),
    ("no SPDX in a script", "packaging/x", "#!/bin/bash\ntrue\n", "spdx"),
    ("no SPDX in a unit", "packaging/x.service.in", "[Unit]\n", "spdx"),
    ("a long file", "plugin/cli/x.cpp", HEAD + "\n" * 599, "length"),
]


def plant(root, files):
    for path, content in files.items():
        path = os.path.join(root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)


class CheckTreeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        plant(self.folder.name, GOOD)

    def test_a_good_tree_passes(self):
        self.assertEqual(list(check_tree.check(self.folder.name)), [])

    def test_what_is_built_is_not_looked_at(self):
        plant(self.folder.name, {"build/dev/x.cpp": "int f();\n"})
        self.assertEqual(list(check_tree.check(self.folder.name)), [])

    def test_each_planted_violation_is_found(self):
        for name, path, content, rule in PLANTED:
            with self.subTest(name):
                plant(self.folder.name, {path: content})
                found = [(where, which) for where, _, which, _ in check_tree.check(self.folder.name)]
                os.remove(os.path.join(self.folder.name, path))
                self.assertEqual(found, [(path, rule)])


if __name__ == "__main__":
    unittest.main()
