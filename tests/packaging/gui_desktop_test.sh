#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# gui_desktop_test.sh PROGRAM SOURCE: what a desktop sees of layerhold-gui: a window that belongs to the desktop file, and one
# process for all starts. On an X server and a session bus of its own.
set -euo pipefail

fail() { echo "$*" >&2; exit 1; }

if [[ ${LAYERHOLD_TEST_INSIDE:-} != 1 ]]; then
    for needed in dbus-run-session xvfb-run xprop; do
        command -v "$needed" >/dev/null || { echo "skipped: $needed is not installed"; exit 77; }
    done
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    mkdir -m 700 "$folder/run"
    unset WAYLAND_DISPLAY QT_QPA_PLATFORM DBUS_SESSION_BUS_ADDRESS
    export LAYERHOLD_TEST_INSIDE=1 HOME=$folder XDG_RUNTIME_DIR=$folder/run LC_ALL=C.UTF-8
    export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data XDG_CACHE_HOME=$folder/cache
    # The service that was used last: nobody listens there, and no cache of this machine is looked for.
    mkdir -p "$XDG_CONFIG_HOME/layerhold"
    touch "$folder/no-service"
    printf '[General]\nversion=1\nlastSocket=%s\n' "$folder/no-service" >"$XDG_CONFIG_HOME/layerhold/gui.conf"
    xvfb-run -a dbus-run-session -- "$0" "$@"
    exit
fi

program=$1
id=io.layerhold.layerhold
entry=$2/resources/desktop/$id.desktop

# window PROPERTY: of the window of the app; empty when there is none.
window() {
    local number
    for number in $(xwininfo -root -tree | sed -nE 's/^ +(0x[0-9a-f]+) .*\("layerhold-gui".*/\1/p'); do
        xprop -id "$number" "$1" | sed -nE 's/^[^=]* = //p'
    done
}
await() { # await SECONDS COMMAND...
    local left=$(($1 * 10))
    shift
    until "$@"; do
        ((left-- > 0)) || return 1
        sleep 0.1
    done
}
# Read to its end: who is not listened to any more fails the pipe.
has_title() { window _NET_WM_NAME | grep "$1" >/dev/null; }

"$program" &
first=$!
trap 'kill $first 2>/dev/null || true' EXIT
await 60 has_title Layerhold || fail "no window: $(xwininfo -root -tree)"

class=$(sed -n 's/^StartupWMClass=//p' "$entry")
window WM_CLASS | grep -q "\"$class\"" || fail "WM_CLASS is $(window WM_CLASS), StartupWMClass is $class"
# Only then does a task bar find the desktop file by the name that the window tells.
told=$(window _KDE_NET_WM_DESKTOP_FILE | head -1)
[[ -z $told || $told == "\"$id\"" ]] || fail "the window names the desktop file $told"

# A later start ends with 0 and shows its page in the window that is there.
timeout 60 "$program" --open trash || fail "the second start ends with $?"
await 60 has_title Trash || fail "the first window shows $(window _NET_WM_NAME)"
timeout 60 "$program" --open cleanup || fail "the third start ends with $?"
await 60 has_title Cleanup || fail "the first window shows $(window _NET_WM_NAME)"
[[ $(window WM_CLASS | grep -c "\"$class\"") == 1 ]] || fail "there is more than one window"

# Without a session bus it simply starts.
DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent "$program" &
alone=$!
trap 'kill $first $alone 2>/dev/null || true' EXIT
two_windows() { [[ $(window WM_CLASS | grep -c "\"$class\"") == 2 ]]; }
await 60 two_windows || fail "without a bus it does not start"
kill -0 "$first" || fail "the first one has ended"

# A snapshot has a window of its own: the first one may show another cache.
echo 'no snapshot' >"$HOME/ticket.lhsnap"
"$program" --snapshot "$HOME/ticket.lhsnap" &
reader=$!
trap 'kill $first $alone $reader 2>/dev/null || true' EXIT
await 60 has_title ticket.lhsnap || fail "no window shows the snapshot: $(window _NET_WM_NAME)"

# Nothing was made for a user who only looked.
[[ ! -e $XDG_DATA_HOME/layerhold ]] || fail "it made a cache that nobody asked for"
