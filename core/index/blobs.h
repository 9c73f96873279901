// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file_system.h"
#include "index/connection.h"
#include "layerhold/types.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

struct BlobRow
{
    Digest digest;
    std::uint64_t size = 0;
    std::string mediaType = {};
    BlobKind kind = BlobKind::Other;
    BlobState state = BlobState::Present;
    TimePoint createdAt = {};
    TimePoint verifiedAt = {};
    FileIdentity identity = {}; ///< what the file looked like when it was last hashed; its size is `size`
    std::string origin = {};
    TimePoint accessedAt = {};
    std::uint64_t accessCount = 0;
};

/// Table blobs. Every row read is checked: Error{Corrupted} for one that is not what was written.
namespace blobs {

/// Its bytes are gone, or they are wrong.
constexpr bool isLost(BlobState state)
{
    return state == BlobState::Missing || state == BlobState::Quarantined;
}

std::optional<BlobRow> find(Connection& index, const Digest& digest);
/// By ascending digest after `after`.
std::vector<BlobRow> page(Connection& index, const std::optional<Digest>& after, std::size_t limit);
/// As page, but reports damaged rows instead of throwing: for reading what is left of a damaged index.
void forEachReadable(Connection& index, const std::function<void(const BlobRow&)>& each);
bool exists(Connection& index, const Digest& digest);

/// Inserts, or replaces everything but the access statistics.
void put(Connection& index, const BlobRow& row);
void erase(Connection& index, const Digest& digest);
void recordAccess(Connection& index, const Digest& digest, TimePoint at, std::uint64_t times);
std::vector<Digest> deleting(Connection& index);
std::vector<Digest> trashed(Connection& index);
/// Missing and quarantined ones. Reads the whole table.
std::vector<Digest> lost(Connection& index);

/// True when neither the blob nor any ancestor of it is claimed.
bool isReleased(Connection& index, const Digest& digest);

/// Present blobs without a claim of their own. Such a blob is released unless an ancestor is claimed.
void forEachUnclaimed(Connection& index,
                      const std::function<void(const Digest&, std::uint64_t size, TimePoint lastUsed)>& each);

struct Totals
{
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
};

/// Present blobs.
Totals totals(Connection& index);
/// Present blobs that are released.
Totals releasedTotals(Connection& index);

} // namespace blobs
} // namespace layerhold
