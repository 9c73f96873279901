// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/clock.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// Something that may go, with the facts that strategies decide by. All of them are kept in the index, so the order of
/// eviction is the same after a restart.
struct EvictionCandidate
{
    std::string key; ///< unique among the candidates
    std::uint64_t bytes = 0;
    TimePoint createdAt = {};
    TimePoint usedAt = {}; ///< coming in counts as a use: what was never read was used at createdAt
    std::uint64_t uses = 0;
    std::optional<TimePoint> expiresAt; ///< expired when now is later; nullopt: never
    /// How dear a byte of it is to fetch again, beside one from an ordinary registry, which is 1. 0: costs nothing.
    /// Infinite: only copy, goes last. Negative values and NaN count as 0.
    double refetchCost = 1.0;
};

struct EvictionGoal
{
    std::uint64_t bytesToFree = 0;
    TimePoint now = {};
};

/// Decides what goes first. Without state of its own, so immutable and thread-safe.
class EvictionStrategy
{
public:
    virtual ~EvictionStrategy() = default;

    /// The text it was made from.
    virtual std::string_view name() const = 0;

    /// Indices of candidates in order of eviction: the shortest prefix of the strategy's order that frees the goal, or
    /// all that the strategy would ever evict when they do not suffice. "ttl" takes exactly the expired ones, whatever
    /// the goal. Deterministic: depends on the candidates and the goal, not on the order of the candidates; ties go by
    /// key. Linear in the candidates, and sorts only what it returns.
    virtual std::vector<std::size_t> select(std::span<const EvictionCandidate> candidates,
                                            const EvictionGoal& goal) const = 0;
};

/// By name:
///   lru   the least recently used first
///   size  the expired first, by expiry, then the largest
///   ttl   the expired, by expiry, and nothing else
///   cost  what is worth least per byte kept: how often it is used, against what fetching it again costs
///   composite:A,B,…  what A picks, then what B picks of the rest for what is still to be freed, and so on
/// Error{InvalidArgument} for anything else, naming these.
std::unique_ptr<EvictionStrategy> makeStrategy(std::string_view spec);

} // namespace layerhold
