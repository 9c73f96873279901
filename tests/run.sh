#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

usage() {
    cat <<'EOF'
run.sh [--quick] [--only STAGE]

Installs what is missing (Debian 12, apt-get), builds, and runs every check but the benchmarks. Needs root, because the tests
run containerd, mount and change owners; --quick needs it only to install. The last line says how many
checks passed and failed: each test program is one, and each other stage. Exits with 0 only when none failed.

  packages  what building and testing need
  build     the dev preset, warnings are errors
  test      all tests
  format    clang-format 14 over all C++
  tidy      the checks of clang-tidy 14, with its clangd, over the product; files found clean before are not looked at again
  asan      core tests with the address and undefined-behaviour sanitizers
  tsan      core tests with the thread sanitizer
  fuzz      the fuzzers of the parsers, on the same inputs each time

  --quick   packages, build, tests of core, plugin and desktop app, format
  --only    one stage (test builds first)
EOF
}

all=(packages build test format tidy asan tsan fuzz)
stages=("${all[@]}")
needs_root=yes
select=(-LE '^bench$')
while (($#)); do
    case $1 in
    --quick)
        stages=(packages build test format)
        needs_root=no
        select=(-L '^(support|core|plugin|gui|arch|packaging)$')
        ;;
    --only)
        [[ " ${all[*]} " == *" ${2:-none} "* ]] || { usage >&2 && exit 2; }
        stages=("$2")
        [[ $2 == test ]] || needs_root=no
        shift
        ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done

if [[ $needs_root == yes ]] && ((EUID != 0)); then
    echo "run.sh: the tests run containerd, mount and change owners: run this as root, or with --quick" >&2
    exit 2
fi

exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/.."
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 CTEST_OUTPUT_ON_FAILURE=1
# Clones share compiled objects, wherever they lie; where there is no home to keep them in, the build folder does.
if [[ -z ${CCACHE_DIR:-} ]]; then
    CCACHE_DIR=$PWD/build/ccache
    [[ -n ${HOME:-} && -w ${HOME:-} ]] && CCACHE_DIR=$HOME/.cache/ccache
fi
export CCACHE_DIR CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G}

passed=0
failed=0
broken=()
unsteady=()

# One check that is not a test program.
check() {
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        broken+=("$name")
    fi
}

build() { cmake --preset "$1" && cmake --build --preset "$1" --target "$2"; }

# What a run of ctest says at its end, from its log: "BAD COUNT"; nothing when it ran nothing.
verdict() { sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+).*/\1 \2/p' "$1"; }

# A test that fails beside others and passes alone is told of, and does not fail the run: two loaded cores make deadlines pass that
# are generous elsewhere. What a sanitizer has reported is never tried again: races show when they like.
again() {
    local preset=$1 log=build/$1/ctest.log second=build/$1/ctest-again.log bad
    ! grep -qE '(Address|Leak|Thread)Sanitizer|runtime error:' "$log" || return 1
    ctest --preset "$preset" --rerun-failed 2>&1 | tee "$second" || true
    read -r bad _ < <(verdict "$second") && ((bad == 0)) || return 1
    unsteady+=("$(sed -nE 's/^[[:space:]]+[0-9]+ - (.*) \(.*/\1/p' "$log" | tr '\n' ' ')of $preset")
}

# tests PRESET TARGET CTEST-OPTION...: builds the target and runs; counts by ctest's own summary.
tests() {
    local preset=$1 target=$2 log=build/$1/ctest.log bad count
    shift 2
    if ! build "$preset" "$target"; then
        failed=$((failed + 1))
        broken+=("build of $preset")
        return
    fi
    ctest --preset "$preset" -j 2 "$@" 2>&1 | tee "$log" || true
    if ! read -r bad count < <(verdict "$log"); then
        failed=$((failed + 1))
        broken+=("$preset: ctest ran nothing")
        return
    fi
    if ((bad > 0 && bad <= 3)) && again "$preset"; then
        bad=0
    fi
    passed=$((passed + count - bad))
    failed=$((failed + bad))
    ((bad == 0)) || broken+=("$bad tests of $preset")
}

for stage in "${stages[@]}"; do
    printf '\n===== %s (after %d s)\n' "$stage" "$SECONDS"
    case $stage in
    packages) check packages packaging/tools/packages build gui quickstart test ;;
    build) check build build dev all ;;
    test) tests dev all "${select[@]}" ;;
    format) check format packaging/tools/format --check ;;
    tidy) check tidy packaging/tools/tidy ;;
    fuzz) check fuzz tests/fuzz/run --repeatable ;;
    asan | tsan) tests "$stage" core_tests -L '^(support|core)$' ;;
    esac
done

printf '\n'
for what in "${unsteady[@]}"; do
    echo "passed only when run again, alone: $what"
done
for what in "${broken[@]}"; do
    echo "failed: $what"
done
echo "took $((SECONDS / 60)) min $((SECONDS % 60)) s"
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
