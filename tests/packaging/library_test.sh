#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# library_test.sh CMAKE COMPILER SOURCE BUILD: what `cmake --install` puts down is a usable library. It is moved first, so that
# nothing of the source or build tree can help; the example is built against it by CMake and by pkg-config, and run.
set -euo pipefail

cmake=$1 compiler=$2 source=$3 build=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$cmake" --install "$build" --component library --prefix "$folder/installed" >/dev/null
mv "$folder/installed" "$folder/moved"
prefix=$folder/moved

diff <(cd "$source/core/include" && find . -type f | sort) <(cd "$prefix/include" && find . -type f | sort) ||
    { echo "the installed headers are not the public ones" >&2 && exit 1; }
if grep -rIlF -e "$source" -e "$build" -e "$folder/installed" "$prefix/lib" "$prefix/include"; then
    echo "the files above know where they were built" >&2
    exit 1
fi
for header in "$prefix"/include/layerhold/*.h "$prefix"/include/layerhold/registry/*.h; do
    "$compiler" -std=c++20 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I "$prefix/include" -include "$header" \
        -x c++ /dev/null
done

# said PROGRAM: runs it twice on a root of its own; the second time the text is there already.
said() {
    local root=$folder/root-$(basename "$1") run digest
    digest=sha256:$(printf 'Hello, blob.' | sha256sum | cut -d' ' -f1)
    for run in 1 2; do
        "$1" "$root" 'Hello, blob.' >"$folder/said"
        diff "$folder/said" - <<END
kept: Hello, blob.
$digest 12 bytes, from engine example
because engine example needs it
END
    done
    if "$1" /dev/null/nowhere x 2>"$folder/said"; then
        echo "$1 opened a cache below a file" >&2
        exit 1
    fi
    [[ -s $folder/said ]]
}

"$cmake" -S "$source/core/example" -B "$folder/build" -D CMAKE_PREFIX_PATH="$prefix" -D CMAKE_CXX_COMPILER="$compiler" \
    >"$folder/log" || { cat "$folder/log" && exit 1; }
"$cmake" --build "$folder/build" >"$folder/log" || { cat "$folder/log" && exit 1; }
said "$folder/build/keep"

# With the libraries of registries and archives; the program of core above did without what they need.
grep -qE 'CURL|LibArchive' "$folder/build/CMakeCache.txt" && { echo "core alone looked for curl or libarchive" >&2; exit 1; }
"$cmake" -S "$source/tests/packaging/library_user" -B "$folder/user" -D CMAKE_PREFIX_PATH="$prefix" \
    -D CMAKE_CXX_COMPILER="$compiler" >"$folder/log" || { cat "$folder/log" && exit 1; }
"$cmake" --build "$folder/user" >"$folder/log" || { cat "$folder/log" && exit 1; }
"$folder/user/load" "$folder/root-user" "$source/README.md" >"$folder/said" && exit 1
diff "$folder/said" - <<END
docker.io is asked at https://registry-1.docker.io/v2
it is refused: invalid_argument
END

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig:$(echo "$prefix"/lib/*/pkgconfig)
# shellcheck disable=SC2046 # words are wanted
"$compiler" -std=c++20 -Wall -Wextra -Werror -o "$folder/keep-by-pkg-config" "$source/core/example/keep.cpp" \
    $(pkg-config --cflags --libs layerhold)
said "$folder/keep-by-pkg-config"
[[ $(pkg-config --modversion layerhold) == "$(sed -n 's/^project(layerhold VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")" ]]
