// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace layerhold {

/// A blob whose row says `trashed`: which run put it there, and until when it can come back.
struct TrashRow
{
    Digest digest;
    std::string run = {};
    std::uint64_t bytes = 0;
    TimePoint trashedAt = {};
    TimePoint expiresAt = {};
};

/// Table trash. Checked like blobs.
namespace trash {

std::optional<TrashRow> find(Connection& index, const Digest& digest);
void put(Connection& index, const TrashRow& row);
/// False when there was none.
bool erase(Connection& index, const Digest& digest);
/// Drops rows of blobs that are not in the trash.
void sweep(Connection& index);
/// By ascending digest after `after`.
std::vector<TrashRow> page(Connection& index, const std::optional<Digest>& after, std::size_t limit);
std::vector<Digest> ofRun(Connection& index, const std::string& run);
/// The newest that has anything here; nullopt when none is known.
std::optional<std::string> latestRun(Connection& index);
/// Those that expire at `now` or before, the earliest first.
std::vector<TrashRow> expired(Connection& index, TimePoint now, std::size_t limit);
/// Skips rows that are damaged.
void forEachReadable(Connection& index, const std::function<void(const TrashRow&)>& each);

struct Totals
{
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    std::optional<TimePoint> nextExpiry;
};

Totals totals(Connection& index);

} // namespace trash
} // namespace layerhold
