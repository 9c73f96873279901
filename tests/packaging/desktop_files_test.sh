#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# desktop_files_test.sh SOURCE: what the app tells the desktop is valid, and all of it bears one name.
set -euo pipefail
cd "$1/resources"
id=io.layerhold.layerhold

desktop-file-validate "desktop/$id.desktop"
appstreamcli validate --no-net --explain "desktop/$id.metainfo.xml"
grep -qx "Icon=$id" "desktop/$id.desktop"
grep -q "<launchable type=\"desktop-id\">$id.desktop</launchable>" "desktop/$id.metainfo.xml"
grep -q "QStringLiteral(\"$id\")" ../gui/widgets/icons.cpp
for size in 48 128 256; do
    [[ $(file -b "desktop/icons/$id-$size.png") == "PNG image data, $size x $size"* ]]
done
# Each file of the app says its licence, or .reuse/dep5 does for it.
read -ra elsewhere < <(sed -n 's/^Files: //p' ../.reuse/dep5)
while read -r file; do
    for pattern in "${elsewhere[@]}"; do
        # shellcheck disable=SC2053 # it is a pattern
        [[ $file == $pattern ]] && continue 2
    done
    grep -q 'SPDX-License-Identifier: ' "../$file" || { echo "$file has no licence" >&2; exit 1; }
done < <(cd .. && find gui resources -type f)
warnings=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z man/layerhold-gui.1 2>&1 >/dev/null)
[[ -z $warnings ]] || { echo "$warnings" >&2; exit 1; }
