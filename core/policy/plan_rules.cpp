// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "policy/plan_rules.h"

#include "policy/target_bytes.h"

#include <limits>

namespace layerhold {

namespace {

TimePoint timeOf(const RuleCandidate& candidate, AgeClock clock)
{
    switch (clock) {
    case AgeClock::Created:
        return candidate.facts.createdAt;
    case AgeClock::Written:
        return candidate.writtenAt;
    case AgeClock::Used:
        break;
    }
    return candidate.facts.usedAt;
}

class RuleRun
{
public:
    RuleRun(const std::vector<RuleCandidate>& candidates, const RuleInput& input)
        : m_candidates(candidates)
        , m_input(input)
        , m_stored(input.storedBytes)
        , m_free(input.diskFree)
    {
        m_result.verdicts.resize(candidates.size());
    }

    void apply(const CleanupRule& rule, std::size_t number)
    {
        m_rule = number;
        const SpaceLimits limits{rule.reserved.bytes(m_input.diskTotal), rule.maxUsed.bytes(m_input.diskTotal),
                                 rule.minFree.bytes(m_input.diskTotal)};
        const auto target = targetBytes(m_stored, m_free, limits);
        const auto old = oldEnough(rule);
        if (target && m_stored <= *target) {
            for (const std::size_t index : old)
                decide(index, RuleVerdict::Why::WithinLimit);
            return;
        }
        std::vector<EvictionCandidate> facts;
        facts.reserve(old.size());
        for (const std::size_t index : old)
            facts.push_back(m_candidates[index].facts);
        const std::uint64_t goal = target ? m_stored - *target : std::numeric_limits<std::uint64_t>::max();
        const auto picked = makeStrategy(rule.strategy)->select(facts, {goal, m_input.now});
        std::vector<bool> isPicked(old.size());
        std::uint64_t pickedBytes = 0;
        for (const std::size_t position : picked) {
            isPicked[position] = true;
            pickedBytes += facts[position].bytes;
            take(old[position], target ? RuleVerdict::Why::OverLimit : RuleVerdict::Why::Unused);
        }
        const auto rest = pickedBytes >= goal ? RuleVerdict::Why::WithinLimit : RuleVerdict::Why::ByStrategy;
        for (std::size_t position = 0; position < old.size(); ++position)
            if (!isPicked[position])
                decide(old[position], rest);
    }

    RuleResult takeResult() { return std::move(m_result); }

private:
    /// What matches, is not taken yet and is older than the rule keeps things.
    std::vector<std::size_t> oldEnough(const CleanupRule& rule)
    {
        std::vector<std::size_t> old;
        for (std::size_t index = 0; index < m_candidates.size(); ++index) {
            if (m_result.verdicts[index].isTaken() || !m_input.matches(m_rule, index))
                continue;
            if (rule.keepDuration > std::chrono::seconds::zero() &&
                timeOf(m_candidates[index], rule.clock) > m_input.now - rule.keepDuration)
                decide(index, RuleVerdict::Why::Recent);
            else
                old.push_back(index);
        }
        return old;
    }

    void decide(std::size_t index, RuleVerdict::Why why) { m_result.verdicts[index] = {why, m_rule}; }

    void take(std::size_t index, RuleVerdict::Why why)
    {
        decide(index, why);
        const std::uint64_t bytes = m_candidates[index].facts.bytes;
        m_stored -= bytes;
        m_free += bytes;
        m_result.taken.push_back(index);
    }

    const std::vector<RuleCandidate>& m_candidates;
    const RuleInput& m_input;
    std::uint64_t m_stored;
    std::uint64_t m_free;
    std::size_t m_rule = 0;
    RuleResult m_result;
};

} // namespace

RuleResult applyRules(const std::vector<CleanupRule>& rules, const std::vector<RuleCandidate>& candidates,
                      const RuleInput& input)
{
    RuleRun run(candidates, input);
    for (std::size_t number = 0; number < rules.size(); ++number)
        run.apply(rules[number], number);
    return run.takeResult();
}

} // namespace layerhold
