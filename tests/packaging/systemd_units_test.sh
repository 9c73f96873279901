#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# systemd_units_test.sh SERVICE SOCKET_FOLDER: systemd accepts the units, and the service's exposure is at most 1.5.
set -euo pipefail

units=$(mktemp -d)
trap 'rm -rf "$units"' EXIT
# systemd looks for the program of ExecStart; what is checked here are the units.
sed -E 's|^ExecStart=[^ ]+|ExecStart=/bin/true|' "$1" >"$units/layerhold.service"
cp "$2/layerhold.socket" "$2/layerhold-content@.socket" "$units/"
cp "$units/layerhold-content@.socket" "$units/layerhold-content@default.socket"
cd "$units"

# The daemon takes its places from the unit's directories; a flag here would win over the configuration file.
grep -qE '^ExecStart=[^ ]+ serve$' layerhold.service
for directory in Configuration State Runtime; do
    grep -qx "${directory}Directory=layerhold" layerhold.service
done
# A rebuild at start takes as long as it takes.
grep -qx TimeoutStartSec=infinity layerhold.service

said=$(systemd-analyze verify --man=no ./layerhold.service ./layerhold.socket ./layerhold-content@default.socket 2>&1) || {
    echo "$said"
    exit 1
}
# An unknown directive is only a warning to systemd; for us it is a mistake.
if grep -E 'layerhold[^ ]*:' <<<"$said"; then
    exit 1
fi
systemd-analyze security --offline=true --threshold=15 --no-pager ./layerhold.service | tail -1

# The checks above notice a bad unit: an unknown directive, and an exposed service.
sed 's/^ProtectSystem=.*/ProtectSystemm=strict/' layerhold.service >bad.service
if ! systemd-analyze verify --man=no ./bad.service 2>&1 | grep 'bad.service:.*ProtectSystemm' >/dev/null; then
    echo "an unknown directive goes unnoticed" >&2
    exit 1
fi
printf '[Service]\nExecStart=/bin/true\n' >open.service
if systemd-analyze security --offline=true --threshold=15 --no-pager ./open.service >/dev/null 2>&1; then
    echo "an exposed service goes unnoticed" >&2
    exit 1
fi
