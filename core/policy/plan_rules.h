// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layerhold/cleanup_policy.h"
#include "layerhold/clock.h"
#include "policy/strategy.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace layerhold {

/// Something that rules may take.
struct RuleCandidate
{
    EvictionCandidate facts;
    TimePoint writtenAt = {};
};

/// What rules decide from, besides the candidates.
struct RuleInput
{
    std::uint64_t storedBytes = 0; ///< of everything, candidates or not
    std::uint64_t diskFree = 0;    ///< bytes in the trash count as free: they go first
    std::uint64_t diskTotal = 0;
    TimePoint now = {};
    /// Whether the filters of a rule match a candidate; called at most once for each pair.
    std::function<bool(std::size_t rule, std::size_t candidate)> matches;
};

struct RuleVerdict
{
    enum class Why : std::uint8_t
    {
        NoRule,      ///< none matches
        Recent,      ///< younger than the rule keeps things
        WithinLimit, ///< the limit is met without it
        ByStrategy,  ///< the strategy of the rule does not take it
        Unused,      ///< taken: old enough, and the rule has no limit
        OverLimit,   ///< taken: to get down to the limit
    };
    Why why = Why::NoRule;
    std::size_t rule = 0; ///< the one that took it, else the last that matched

    bool isTaken() const { return why == Why::Unused || why == Why::OverLimit; }
};

struct RuleResult
{
    std::vector<std::size_t> taken;    ///< indices of candidates, in order of removal
    std::vector<RuleVerdict> verdicts; ///< one for each candidate
};

/// Applies the rules in their order. Each looks at what those before it left; none looks at who refers to whom, so that
/// a young thing never keeps an old one. What is taken is at most what the limits ask for, rounded up to whole things.
RuleResult applyRules(const std::vector<CleanupRule>& rules, const std::vector<RuleCandidate>& candidates,
                      const RuleInput& input);

} // namespace layerhold
