// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "index/connection.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace layerhold {

/// Why an engine was answered "not found". Stored: the numbers stay.
enum class MissReason : std::uint8_t
{
    Absent = 1,      ///< no row: never seen, or removed; the events tell which
    Missing = 2,     ///< the file had vanished
    Quarantined = 3, ///< the bytes were wrong and set aside
    Hidden = 4,      ///< the engine's sharing does not let it see the blob, if there is one: asked when it is written
    Deleting = 5     ///< a removal was under way
};

struct MissRow
{
    Digest digest;
    TimePoint at = {};
    std::string engine = {};
    MissReason reason = MissReason::Absent;
    std::uint64_t times = 1;
};

/// Table misses: one row for each digest, the last time.
namespace misses {

/// Adds `times` to what is there, and replaces the rest.
void put(Connection& index, const MissRow& row);
std::optional<MissRow> find(Connection& index, const Digest& digest);
void forEach(Connection& index, const std::function<void(const MissRow&)>& each);
/// Keeps the newest `kept`.
void prune(Connection& index, std::uint64_t kept);

} // namespace misses
} // namespace layerhold
