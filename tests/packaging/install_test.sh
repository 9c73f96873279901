#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# install_test.sh CMAKE BUILD APP: `cmake --install` puts all of this, and nothing else but the library (library_test.sh), where a
# Debian 12 looks for it; the desktop app only when APP is ON.
set -euo pipefail

app=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
DESTDIR=$folder "$1" --install "$2" --prefix /usr >/dev/null

library='usr/(include/layerhold/|lib.*/(cmake/layerhold|pkgconfig)/|lib.*/liblayerhold_(core|registry|archive)\.a$)'
expected() {
    if [[ $app == ON ]]; then cat; else grep -vE 'layerhold-gui|io\.layerhold\.layerhold'; fi <<'END'
755 usr/bin/layerhold
755 usr/bin/layerhold-gui
644 usr/lib/systemd/system/layerhold-content@.socket
644 usr/lib/systemd/system/layerhold.service
644 usr/lib/systemd/system/layerhold.socket
644 usr/lib/sysusers.d/layerhold.conf
644 usr/share/applications/io.layerhold.layerhold.desktop
644 usr/share/bash-completion/completions/layerhold
644 usr/share/bash-completion/completions/layerhold-gui
644 usr/share/doc/layerhold/README.md
644 usr/share/doc/layerhold/containerd/layerhold.toml
644 usr/share/fish/vendor_completions.d/layerhold.fish
644 usr/share/icons/hicolor/128x128/apps/io.layerhold.layerhold.png
644 usr/share/icons/hicolor/256x256/apps/io.layerhold.layerhold.png
644 usr/share/icons/hicolor/48x48/apps/io.layerhold.layerhold.png
644 usr/share/icons/hicolor/scalable/apps/io.layerhold.layerhold.svg
644 usr/share/icons/hicolor/symbolic/apps/io.layerhold.layerhold-symbolic.svg
644 usr/share/man/man1/layerhold-gui.1
644 usr/share/man/man1/layerhold.1
644 usr/share/man/man5/layerhold-config.5
644 usr/share/metainfo/io.layerhold.layerhold.metainfo.xml
644 usr/share/zsh/site-functions/_layerhold
END
}
diff <(cd "$folder" && find . -type f -printf '%m %P\n' | grep -vE "^644 $library" | sort -k2) <(expected)
"$folder/usr/bin/layerhold" version | grep '^layerhold ' >/dev/null
