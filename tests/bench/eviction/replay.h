// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eviction/trace.h"
#include "policy/strategy.h"

#include <functional>
#include <limits>
#include <memory>
#include <string>

namespace layerhold::bench {

/// What of the asked-for was there.
struct HitRatio
{
    double objects = 0;
    double bytes = 0;
};

constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

/// What only a replay knows. Requests are numbered from 0.
struct Future
{
    std::uint64_t now = 0;                   ///< the number of the next request
    std::vector<std::uint64_t> nextRequests; ///< for each blob the next for it; `never` when there is none
};

/// The key of a blob among the candidates.
std::string keyOf(std::uint32_t blob);

struct ReplayOptions
{
    std::uint64_t limit = never; ///< bytes that may stay
    /// An eviction makes this part of the limit free, so that not every pull evicts.
    double slack = 0.1;
    std::chrono::seconds ttl = std::chrono::hours(24 * 7); ///< of each blob since it came in; reads do not extend it
};

/// Makes a strategy that may look into the future.
using MakeStrategy = std::function<std::unique_ptr<EvictionStrategy>(const Future&)>;

/// A cache of which everything is released, as Layerhold evicts: each blob that is missing is fetched and stored; after
/// a pull that left the cache over its limit the strategy picks, in one batch, from all it holds. What it leaves over
/// the limit is not stored: the newest goes. A blob that was evicted and comes again starts with no history.
HitRatio replay(const Trace& trace, const ReplayOptions& options, const MakeStrategy& makeStrategy);

/// Belady's rule. For blobs of one size it is the optimum; with sizes it is only near it, so it can be beaten, most of
/// all in objects.
enum class Foresight
{
    FurthestNextUse,
    FurthestNextUseTimesSize, ///< nearer to the optimum in objects
};
std::unique_ptr<EvictionStrategy> makeBelady(Foresight foresight, const Future& future);

} // namespace layerhold::bench
