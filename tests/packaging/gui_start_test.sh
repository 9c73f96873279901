#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# gui_start_test.sh PROGRAM SOURCE: what layerhold-gui does where there is no display, and that its manual has every option.
set -euo pipefail
program=$1
manual=$2/resources/man/layerhold-gui.1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
ulimit -c unlimited || true
export HOME=$folder XDG_CONFIG_HOME=$folder/config XDG_RUNTIME_DIR=$folder
unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM

fail() { echo "$*" >&2; exit 1; }

"$program" --version | grep -Eqx 'layerhold-gui [0-9]+\.[0-9]+\.[0-9]+' || fail "--version"
"$program" --help >help || fail "--help does not end with 0"

# Once without anything that is a display, once with one that is not there, once with a platform that nobody knows.
for environment in NONE=1 DISPLAY=:987 QT_QPA_PLATFORM=nothing; do
    code=0
    env "$environment" timeout 20 "$program" >out 2>error || code=$?
    [[ $code == 1 ]] || fail "with $environment it ends with $code: $(cat error)"
    [[ $(wc -l <error) == 1 ]] || fail "with $environment it says $(cat error)"
    grep -q 'there is no display' error || fail "with $environment it says $(cat error)"
    [[ ! -s out ]] || fail "with $environment it prints $(cat out)"
done
compgen -G 'core*' >/dev/null && fail "it left a core"

for wrong in --nothing "--connect" "--connect=" "--connect a --root b" "--root a --snapshot b" "--snapshot=" "--fixture tiny"; do
    code=0
    # shellcheck disable=SC2086 # several arguments
    QT_QPA_PLATFORM=offscreen "$program" $wrong >out 2>error || code=$?
    [[ $code == 2 && $(wc -l <error) == 1 ]] || fail "$wrong ends with $code and $(cat error)"
done

# Both ways: what --help names is in the manual, and the other way round.
diff <(grep -oE '^  --[a-z-]+' help | tr -d ' ' | sort) \
    <(sed -nE 's/\\-/-/g; s/^\\fB(--[a-z-]+)\\fR.*/\1/p' "$manual" | sort)
