// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "registry/stored_manifest.h"

#include "layerhold/error.h"

namespace layerhold::registry {

namespace {

/// Registries take no larger ones.
constexpr std::uint64_t largestManifest = 4U << 20U;

} // namespace

std::string readManifest(Cache& cache, const Digest& digest)
{
    const BlobReader reader = cache.open(digest);
    if (reader.size() > largestManifest)
        throw Error(ErrorCode::InvalidArgument, "the manifest " + digest.toString() + " is too large to be one");
    std::string document(reader.size(), '\0');
    reader.read(0, std::as_writable_bytes(std::span(document)));
    return document;
}

} // namespace layerhold::registry
