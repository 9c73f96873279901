// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/quantity.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerhold {

/// Which of its times says how old a thing is.
enum class AgeClock : std::uint8_t
{
    Created, ///< when it first came in
    Written, ///< when its bytes were last written
    Used     ///< when it was last read or asked for
};
std::string_view toString(AgeClock clock);
std::optional<AgeClock> parseAgeClock(std::string_view text);

/// One rule of a cleanup policy. Only released blobs and aborted downloads are ever candidates; what a rule takes is
/// gone for the rules after it.
///
/// Without reserved, maxUsed and minFree, everything that matches and is old enough goes. With any of them, as much
/// goes, in the order of the strategy, as brings the stored bytes down to the target (see policy/target_bytes.h).
struct CleanupRule
{
    std::string name; ///< 1 to 100 bytes, unique in its policy
    std::vector<std::string>
        filters; ///< containerd's grammar, OR-ed; none: everything (fields: core/cache/blob_facts.h)
    AgeClock clock = AgeClock::Used;
    std::chrono::seconds keepDuration{0}; ///< younger things stay
    SpaceLimit reserved;
    SpaceLimit maxUsed;
    SpaceLimit minFree;
    std::string strategy = "lru"; ///< see policy/strategy.h

    friend bool operator==(const CleanupRule&, const CleanupRule&) = default;
};

/// What is cleaned up, and when. Rules apply in their order.
struct CleanupPolicy
{
    enum class Mode : std::uint8_t
    {
        Manual,   ///< only when somebody asks, or the disk is nearly full
        Automatic ///< also at start, after work and from time to time
    };
    Mode mode = Mode::Manual;
    std::chrono::seconds undoWindow = std::chrono::hours(24); ///< how long removed blobs can be brought back
    SpaceLimit pressure;                                      ///< less free space than this is pressure
    std::vector<CleanupRule> rules;

    /// What holds until somebody sets another one.
    static CleanupPolicy standard();

    friend bool operator==(const CleanupPolicy&, const CleanupPolicy&) = default;
};

/// InvalidArgument naming the rule and what is wrong with it: names, filters, strategy, limits that contradict each
/// other, more than 100 rules.
void requireValid(const CleanupPolicy& policy);

/// One JSON object with stable keys; the inverse is strict: InvalidArgument for unknown keys and bad values.
std::string toJson(const CleanupPolicy& policy);
CleanupPolicy cleanupPolicyFromJson(std::string_view json);

} // namespace layerhold
