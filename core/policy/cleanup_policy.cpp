// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "layerhold/cleanup_policy.h"

#include "base/text.h"
#include "layerhold/error.h"
#include "layerhold/filter.h"
#include "policy/strategy.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace layerhold {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostRules = 100;
constexpr std::size_t longestName = 100;
/// A policy is one record of the checkpoint log.
constexpr std::size_t longestPolicy = 60'000;
constexpr std::chrono::seconds longestUndoWindow = std::chrono::hours(24) * 366;

constexpr std::array clocks{std::pair{AgeClock::Created, std::string_view("created")},
                            std::pair{AgeClock::Written, std::string_view("written")},
                            std::pair{AgeClock::Used, std::string_view("used")}};

void requireValid(const CleanupRule& rule)
{
    if (rule.name.empty() || rule.name.size() > longestName || rule.name.find('\0') != std::string::npos)
        throw Error(ErrorCode::InvalidArgument, "the name " + text::quoted(rule.name) + " needs 1 to 100 bytes");
    Filter::parseAny(rule.filters);
    makeStrategy(rule.strategy);
    if (rule.keepDuration < std::chrono::seconds::zero())
        throw Error(ErrorCode::InvalidArgument, "the duration to keep is negative");
    if (rule.reserved.unit == rule.maxUsed.unit && rule.maxUsed.isSet() && rule.reserved.amount > rule.maxUsed.amount)
        throw Error(ErrorCode::InvalidArgument, "reserved (" + rule.reserved.toString() + ") is more than max-used (" +
                                                    rule.maxUsed.toString() + "): nothing would ever be removed");
}

Json toJsonValue(const CleanupRule& rule)
{
    return {{"name", rule.name},
            {"filters", rule.filters},
            {"clock", toString(rule.clock)},
            {"keep_duration", durationText(rule.keepDuration)},
            {"reserved", rule.reserved.toString()},
            {"max_used", rule.maxUsed.toString()},
            {"min_free", rule.minFree.toString()},
            {"strategy", rule.strategy}};
}

AgeClock requireClock(const std::string& name)
{
    const auto clock = parseAgeClock(name);
    if (!clock)
        throw Error(ErrorCode::InvalidArgument, text::quoted(name) + " is no clock; take created, written or used");
    return *clock;
}

void requireObject(const Json& json, std::string_view what)
{
    if (!json.is_object())
        throw Error(ErrorCode::InvalidArgument, std::string(what) + " is to be a JSON object");
}

CleanupRule ruleFromJson(const Json& json)
{
    requireObject(json, "a rule");
    CleanupRule rule;
    for (const auto& [key, value] : json.items()) {
        if (key == "name")
            rule.name = value.get<std::string>();
        else if (key == "filters")
            rule.filters = value.get<std::vector<std::string>>();
        else if (key == "clock")
            rule.clock = requireClock(value.get<std::string>());
        else if (key == "keep_duration")
            rule.keepDuration = parseDuration(value.get<std::string>());
        else if (key == "reserved")
            rule.reserved = SpaceLimit::parse(value.get<std::string>());
        else if (key == "max_used")
            rule.maxUsed = SpaceLimit::parse(value.get<std::string>());
        else if (key == "min_free")
            rule.minFree = SpaceLimit::parse(value.get<std::string>());
        else if (key == "strategy")
            rule.strategy = value.get<std::string>();
        else
            throw Error(ErrorCode::InvalidArgument, "a rule has no " + text::quoted(key));
    }
    return rule;
}

CleanupPolicy::Mode modeFromJson(const std::string& mode)
{
    if (mode == "manual")
        return CleanupPolicy::Mode::Manual;
    if (mode == "automatic")
        return CleanupPolicy::Mode::Automatic;
    throw Error(ErrorCode::InvalidArgument, text::quoted(mode) + " is no mode; take manual or automatic");
}

CleanupPolicy policyFromJson(const Json& json)
{
    requireObject(json, "a policy");
    CleanupPolicy policy;
    for (const auto& [key, value] : json.items()) {
        if (key == "mode") {
            policy.mode = modeFromJson(value.get<std::string>());
        } else if (key == "undo_window") {
            policy.undoWindow = parseDuration(value.get<std::string>());
        } else if (key == "pressure") {
            policy.pressure = SpaceLimit::parse(value.get<std::string>());
        } else if (key == "rules") {
            for (const Json& rule : value)
                policy.rules.push_back(ruleFromJson(rule));
        } else {
            throw Error(ErrorCode::InvalidArgument, "a policy has no " + text::quoted(key));
        }
    }
    return policy;
}

} // namespace

std::string_view toString(AgeClock clock)
{
    const auto* const found =
        std::find_if(clocks.begin(), clocks.end(), [&](const auto& known) { return known.first == clock; });
    return found == clocks.end() ? "used" : found->second;
}

std::optional<AgeClock> parseAgeClock(std::string_view text)
{
    const auto* const found =
        std::find_if(clocks.begin(), clocks.end(), [&](const auto& known) { return known.second == text; });
    return found == clocks.end() ? std::nullopt : std::optional(found->first);
}

CleanupPolicy CleanupPolicy::standard()
{
    const SpaceLimit reserved = SpaceLimit::parse("10%<=10G");
    const SpaceLimit maxUsed = SpaceLimit::parse("80%<=100G");
    const SpaceLimit minFree = SpaceLimit::parse("20%");
    CleanupPolicy policy;
    policy.pressure = SpaceLimit::parse("5%<=2G");
    CleanupRule& aborted = policy.rules.emplace_back();
    aborted.name = "aborted downloads";
    aborted.filters = {"kind==partial"};
    aborted.keepDuration = std::chrono::hours(48);
    aborted.maxUsed = SpaceLimit::parse("512M");
    CleanupRule& unused = policy.rules.emplace_back();
    unused.name = "unused for 60 days";
    unused.keepDuration = std::chrono::hours(24) * 60;
    CleanupRule& layers = policy.rules.emplace_back();
    layers.name = "layers over the limit";
    layers.filters = {"kind==layer", "kind==other", "kind==partial"};
    layers.reserved = reserved;
    layers.maxUsed = maxUsed;
    layers.minFree = minFree;
    CleanupRule& everything = policy.rules.emplace_back(layers);
    everything.name = "everything over the limit";
    everything.filters.clear();
    return policy;
}

void requireValid(const CleanupPolicy& policy)
{
    if (policy.rules.size() > mostRules)
        throw Error(ErrorCode::InvalidArgument, "a policy has at most 100 rules");
    if (policy.undoWindow < std::chrono::seconds::zero() || policy.undoWindow > longestUndoWindow)
        throw Error(ErrorCode::InvalidArgument, "the undo window is to be between 0 and 366 days");
    std::set<std::string> names;
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
        try {
            requireValid(policy.rules[i]);
            if (!names.insert(policy.rules[i].name).second)
                throw Error(ErrorCode::InvalidArgument, "another rule has the same name");
        } catch (Error& error) {
            error.addContext("rule " + std::to_string(i + 1) + " " + text::quoted(policy.rules[i].name));
            throw;
        }
    }
    if (toJson(policy).size() > longestPolicy)
        throw Error(ErrorCode::InvalidArgument, "the policy is too long; take fewer or shorter filters");
}

std::string toJson(const CleanupPolicy& policy)
{
    Json rules = Json::array();
    for (const CleanupRule& rule : policy.rules)
        rules.push_back(toJsonValue(rule));
    return Json{{"mode", policy.mode == CleanupPolicy::Mode::Automatic ? "automatic" : "manual"},
                {"undo_window", durationText(policy.undoWindow)},
                {"pressure", policy.pressure.toString()},
                {"rules", std::move(rules)}}
        .dump(-1, ' ', true, Json::error_handler_t::replace);
}

CleanupPolicy cleanupPolicyFromJson(std::string_view json)
{
    try {
        CleanupPolicy policy = policyFromJson(Json::parse(json));
        requireValid(policy);
        return policy;
    } catch (const Json::exception& error) {
        throw Error(ErrorCode::InvalidArgument, std::string("this is no cleanup policy: ") + error.what());
    }
}

} // namespace layerhold
