#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# headers_alone_test.sh COMPILER INCLUDE_FOLDER: each public header compiles with nothing before it and no other include path.
set -euo pipefail

compile_all() {
    local header failed=0
    for header in "$1"/layerhold/*.h; do
        "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I "$1" \
            -include "$header" -x c++ /dev/null || failed=1
    done
    return $failed
}

compiler=$1
compile_all "$2"

# A header that leans on its includer is noticed.
bad=$(mktemp -d)
trap 'rm -rf "$bad"' EXIT
mkdir "$bad/layerhold"
printf '#pragma once\nstd::string f();\n' >"$bad/layerhold/bad.h"
if compile_all "$bad" 2>/dev/null; then
    echo "a header that misses an include goes unnoticed" >&2
    exit 1
fi
