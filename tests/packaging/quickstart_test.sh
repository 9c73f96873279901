#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# quickstart_test.sh SCRIPT LAYERHOLD: runs the quickstart twice, then with --keep and --stop; each says that the second pull
# was free, and leaves nothing: no file, no mount, no process.
set -euo pipefail

script=$1
binary=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

left() {
    find "$folder" -mindepth 1
    grep -F "$folder" /proc/self/mounts || true
    pgrep -fa -- "$folder/" || true
}

for run in 1 2; do
    TMPDIR=$folder "$script" --binary "$binary" | tee "$folder.out"
    grep -q '^pull 2: 0 blob GETs, 0 blob bytes' "$folder.out"
    grep -qE '^pull 1: 3 blob GETs, [1-9][0-9]+ blob bytes' "$folder.out"
    rm "$folder.out"
    [[ -z $(left) ]] || { echo "run $run left:" && left && exit 1; } >&2
done

"$script" --keep --no-run --dir "$folder/kept" --binary "$binary" >/dev/null
ctr --address "$folder/kept/containerd.sock" images ls -q | grep quickstart
if "$script" --no-run --dir "$folder/kept" --binary "$binary" >/dev/null 2>&1; then
    echo "a second run took over the directory of one that is kept" >&2
    exit 1
fi
ctr --address "$folder/kept/containerd.sock" images ls -q | grep quickstart
"$script" --stop "$folder/kept"
[[ -z $(left) ]] || { echo "--stop left:" && left && exit 1; } >&2

# What is in a directory that is somebody else's stays there, whatever it is called.
mkdir -p "$folder/mine/containerd"
echo precious >"$folder/mine/containerd/file"
for arguments in "--no-run --dir $folder/mine" "--stop $folder/mine" "--stop $folder/absent"; do
    # shellcheck disable=SC2086 # two or three words each
    if "$script" --binary "$binary" $arguments >/dev/null 2>&1; then
        echo "$arguments was taken for a directory of this script" >&2
        exit 1
    fi
done
[[ $(<"$folder/mine/containerd/file") == precious ]] || { echo "a file of somebody else is gone" >&2 && exit 1; }
