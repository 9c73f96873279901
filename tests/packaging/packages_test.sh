#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# packages_test.sh SOURCE: what the tool asks apt-get for, on a machine that fakes make up: nothing there, the programs there
# without their packages (as with Docker's containerd.io), and an apt-get that would have to remove something.
set -euo pipefail

source=$1
folder=$(mktemp -d)
trap '/bin/rm -rf "$folder"' EXIT
mkdir -p "$folder/packaging/tools" "$folder/packaging/packages" "$folder/bin"
cp "$source/packaging/tools/packages" "$folder/packaging/tools/"
printf '# comment\nalpha\nlayerhold-test-engine layerhold-test-engine layerhold-test-ctl\n' \
    >"$folder/packaging/packages/some.txt"

fake() { printf '#!/bin/bash\n%s\n' "$2" >"$folder/bin/$1" && chmod +x "$folder/bin/$1"; }
fake sudo 'exec "$@"'
fake dpkg-query 'exit 1'
fake apt-get "echo \"\$*\" >>'$folder/asked'; [[ ! -e '$folder/conflict' || \$* != *install* ]]"
# The tool would write a file of the machine for as long as apt-get runs.
fake tee 'exec /bin/cat >/dev/null'
fake chmod 'exit 0'
fake rm 'exit 0'

fail() {
    echo "$*" >&2
    /bin/cat "$folder/said" >&2
    exit 1
}
packages() {
    /bin/rm -f "$folder/asked"
    PATH=$folder/bin:$PATH "$folder/packaging/tools/packages" some >"$folder/said" 2>&1
}

packages || fail "nothing there: failed"
grep -q -- '--no-remove alpha layerhold-test-engine$' "$folder/asked" || fail "nothing there: asked for something else"

printf '#!/bin/bash\n' >"$folder/bin/layerhold-test-engine"
/bin/chmod +x "$folder/bin/layerhold-test-engine"
packages || fail "one of two programs there: failed"
grep -q -- ' alpha layerhold-test-engine$' "$folder/asked" || fail "one of two programs is not enough"

cp "$folder/bin/layerhold-test-engine" "$folder/bin/layerhold-test-ctl"
packages || fail "programs there: failed"
grep -q -- ' alpha$' "$folder/asked" || fail "asked for a package whose programs are there"

touch "$folder/conflict"
if packages; then
    fail "a refusal of apt-get is no failure"
fi
grep -q 'without removing' "$folder/said" || fail "a refusal of apt-get is not explained"

# The two packages that Docker's own one replaces.
for line in 'containerd containerd ctr' 'runc runc'; do
    grep -qx "$line" "$source/packaging/packages/quickstart.txt" || fail "quickstart.txt lacks the line: $line"
done
