// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/types.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace layerhold {

/// What decides about a blob when all of them are looked at.
struct ScannedBlob
{
    Digest digest;
    std::uint64_t size = 0;
    BlobKind kind = BlobKind::Other;
    BlobState state = BlobState::Present;
    TimePoint createdAt = {};
    TimePoint writtenAt = {};
    TimePoint usedAt = {};
    std::uint64_t uses = 0;
    std::string_view mediaType = {}; ///< valid during the call
    std::string_view origin = {};    ///< valid during the call
};

/// Whole tables in one pass each, fast: rows are not compared with their checksums, so nothing may be changed or
/// promised on the strength of what is told here.
namespace scan {

/// More blobs than that are not in the index, by the size of its file; as a rule they are far fewer.
std::size_t mostBlobs(Connection& index);
/// By ascending digest.
void blobs(Connection& index, const std::function<void(const ScannedBlob&)>& each);
/// By holder, then ascending digest.
void claims(Connection& index,
            const std::function<void(HolderKind kind, std::string_view holder, const Digest& digest)>& each);
/// By ascending child.
void edges(Connection& index, const std::function<void(const Digest& parent, const Digest& child)>& each);
/// Digests that some engine has labelled with the registry they are from, each once or more.
void sources(Connection& index, const std::function<void(const Digest& digest)>& each);

} // namespace scan
} // namespace layerhold
