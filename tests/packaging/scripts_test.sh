#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# scripts_test.sh SOURCE: every shell script parses, is executable, and stops at the first failure.
set -euo pipefail
cd "$1"

failed=0
complain() {
    echo "$*" >&2
    failed=1
}
scripts=()
while IFS= read -r -d '' file; do
    read -r first <"$file" || true
    [[ $first == '#!/bin/bash' || $first == '#!/bin/sh' ]] && scripts+=("$file")
done < <(find .ci packaging tests -type f -print0)
((${#scripts[@]} >= 5)) || complain "only ${#scripts[@]} scripts found in $1"
for script in "${scripts[@]}"; do
    bash -n "$script" || complain "$script does not parse"
    [[ -x $script ]] || complain "$script is not executable"
    grep -qE '^set -e' "$script" || complain "$script goes on after a failure: no set -e"
done
exit $failed
