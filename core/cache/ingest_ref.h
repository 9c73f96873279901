// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/digest.h"
#include "layerhold/types.h"

#include <optional>
#include <string_view>

namespace layerhold {

/// What an ingest ref tells about the blob that is being written. containerd's refs are
/// `<namespace>/<n>/<kind>-<digest>` or `<namespace>/<n>/<kind>-<name>@<digest>`; anything else tells nothing.
struct IngestRef
{
    BlobKind kind = BlobKind::Other;
    std::optional<Digest> digest;
};

IngestRef parseIngestRef(std::string_view ref);

} // namespace layerhold
