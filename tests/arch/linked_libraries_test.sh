#!/bin/bash
# SPDX-FileCopyrightText: The Layerhold authors
# SPDX-License-Identifier: Apache-2.0
#
# linked_libraries_test.sh CORE_PROGRAM PLUGIN_PROGRAM: a program that uses the core alone is linked with no Qt, gRPC,
# protobuf or curl, directly or through another library. The plugin's program proves that this would be seen.
set -euo pipefail

foreign() { ldd "$1" | grep -E 'lib(Qt[0-9]|grpc|gpr|protobuf|curl|absl)'; }

if foreign "$1"; then
    echo "the core must not need the libraries above" >&2
    exit 1
fi
if ! ldd "$1" | grep libsqlite3 >/dev/null; then # -q would end before ldd has written all
    echo "$1 does not link the core" >&2
    exit 1
fi
if ! foreign "$2" >/dev/null; then
    echo "the gRPC of $2 goes unnoticed" >&2
    exit 1
fi
