// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cache/blob_guard.h"
#include "cache/cache_context.h"
#include "cache/manifest.h"

#include <cstddef>
#include <functional>
#include <span>

namespace layerhold {

/// A manifest whose bytes were checked.
struct CheckedManifest
{
    const Digest& digest;
    const Manifest& manifest;
    std::span<const std::byte> document;
};

/// Makes the bytes durable under their digest, records blob and edges, and runs `claim` in the same change, so that no
/// cleanup comes between. A crash before that leaves a file without a row, which the next start takes in.
void writeManifest(CacheContext& context, BlobGuard& guard, const CheckedManifest& manifest,
                   const std::function<void(Change&)>& claim);

} // namespace layerhold
