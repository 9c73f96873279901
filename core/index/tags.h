// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"
#include "layerhold/tags.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

struct TagRow
{
    std::string reference;
    std::optional<Digest> digest = std::nullopt; ///< nullopt: removed, only its history is of interest
    TagCause cause = TagCause::Manual;
    std::string by = {};
    TimePoint createdAt = {};
    TimePoint movedAt = {};
    TimePoint updatedAt = {}; ///< of the last validation or removal; {}: invalidated since
    bool isClaim = false;
    TimePoint accessedAt = {};
    std::uint64_t accessCount = 0;
    bool isPresent = false; ///< read only: the digest is that of a present blob
};

/// Table tags. Checked like blobs.
namespace tags {

inline bool isInvalidated(const TagRow& row)
{
    return row.updatedAt == TimePoint();
}

/// Of removed tags too.
std::optional<TagRow> find(Connection& index, const std::string& reference);
/// By ascending reference after `after`; without removed tags.
std::vector<TagRow> page(Connection& index, const std::string& after, std::size_t limit);
/// Inserts, or replaces everything but the access statistics.
void put(Connection& index, const TagRow& row);
/// With its history.
void erase(Connection& index, const std::string& reference);
void recordAccess(Connection& index, const std::string& reference, TimePoint at, std::uint64_t times);
/// Removed tags but for the `kept` that were removed last.
std::vector<std::string> removedBefore(Connection& index, std::size_t kept);
/// Tags that mirror an image of the engine which no engine has any more.
std::vector<std::string> orphansOf(Connection& index, const std::string& engine);
/// Of removed tags too.
void forEach(Connection& index, const std::function<void(const TagRow&)>& each);
/// As forEach; skips rows that are damaged.
void forEachReadable(Connection& index, const std::function<void(const TagRow&)>& each);

} // namespace tags

struct TagMoveRow
{
    std::string reference;
    std::int64_t number = 0; ///< ascending within the reference
    TagMove move = {};
};

/// Table tag_moves: the history of tags. Checked like blobs.
namespace tag_moves {

TagMoveRow append(Connection& index, const std::string& reference, const TagMove& move);
void put(Connection& index, const TagMoveRow& row);
/// Newest first.
std::vector<TagMove> newest(Connection& index, const std::string& reference, std::int64_t limit);
/// Drops all but the newest `kept`.
void keepNewest(Connection& index, const std::string& reference, std::int64_t kept);
void forEach(Connection& index, const std::function<void(const TagMoveRow&)>& each);
/// As forEach; skips rows that are damaged.
void forEachReadable(Connection& index, const std::function<void(const TagMoveRow&)>& each);

} // namespace tag_moves
} // namespace layerhold
