// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cache/plan_items.h"

#include "layerhold/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace layerhold {

namespace {

using Json = nlohmann::json;

std::string dump(const Json& json)
{
    return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// "3 h", "12 d": how long ago something was when the plan was made.
std::string ageText(TimePoint since, TimePoint now)
{
    using namespace std::chrono;
    const auto passed = std::max(duration_cast<seconds>(now - since), seconds::zero());
    if (passed < minutes(2))
        return std::to_string(passed.count()) + " s";
    if (passed < hours(2))
        return std::to_string(duration_cast<minutes>(passed).count()) + " min";
    if (passed < hours(48))
        return std::to_string(duration_cast<hours>(passed).count()) + " h";
    return std::to_string(duration_cast<hours>(passed).count() / 24) + " d";
}

std::string limitsText(const CleanupRule& rule)
{
    std::string text;
    const auto add = [&text](const char* name, const SpaceLimit& limit) {
        if (limit.isSet())
            text += (text.empty() ? "" : ", ") + std::string(name) + ' ' + limit.toString();
    };
    add("at most", rule.maxUsed);
    add("free at least", rule.minFree);
    add("reserved", rule.reserved);
    return text;
}

std::string sentence(const PlanItem& item, const CleanupRule* rule, const std::string& holder, TimePoint madeAt)
{
    const std::string age = ageText(item.usedAt, madeAt);
    const std::string subject = item.what == CleanupItem::What::Partial
                                    ? "The write was aborted and its bytes were kept for a retry"
                                    : "Nobody needs it";
    const std::string name = rule ? "\"" + rule->name + "\"" : std::string("a rule");
    switch (item.reason) {
    case PlanReason::RemoveUnused:
        if (rule && rule->keepDuration > std::chrono::seconds::zero())
            return subject + ", last used " + age + " ago; " + name + " keeps such things for " +
                   durationText(rule->keepDuration) + '.';
        return subject + ", last used " + age + " ago; " + name + " removes it.";
    case PlanReason::RemoveOverLimit:
        return subject + ", last used " + age + " ago; " + name + " makes room (" +
               (rule ? limitsText(*rule) : std::string()) + ").";
    case PlanReason::KeepHeld:
        return "Kept: " + holder + " needs it.";
    case PlanReason::KeepNeeded:
        return "Kept: " + holder + " needs what refers to it.";
    case PlanReason::KeepExpected:
        return "Kept: an open write is about to deliver it.";
    case PlanReason::KeepRecent:
        return "Kept: last used " + age + " ago, and " + name + " keeps such things for " +
               (rule ? durationText(rule->keepDuration) : std::string("longer")) + '.';
    case PlanReason::KeepWithinLimit:
        return "Kept: the limit of " + name + " is met without it.";
    case PlanReason::KeepByStrategy:
        return "Kept: the strategy of " + name + " does not take it.";
    case PlanReason::KeepNoRule:
        return "Kept: no rule matches it.";
    case PlanReason::KeepNotStored:
        return "Its bytes are not here: they are missing, in quarantine or in the trash.";
    }
    return {};
}

} // namespace

std::string_view toString(PlanReason reason)
{
    switch (reason) {
    case PlanReason::RemoveUnused:
        return "remove_unused";
    case PlanReason::RemoveOverLimit:
        return "remove_over_limit";
    case PlanReason::KeepHeld:
        return "keep_held";
    case PlanReason::KeepNeeded:
        return "keep_needed";
    case PlanReason::KeepExpected:
        return "keep_expected";
    case PlanReason::KeepRecent:
        return "keep_recent";
    case PlanReason::KeepWithinLimit:
        return "keep_within_limit";
    case PlanReason::KeepByStrategy:
        return "keep_by_strategy";
    case PlanReason::KeepNoRule:
        return "keep_no_rule";
    case PlanReason::KeepNotStored:
        return "keep_not_stored";
    }
    return "keep_no_rule";
}

std::string_view toString(CleanupOutcome outcome)
{
    switch (outcome) {
    case CleanupOutcome::Trashed:
        return "trashed";
    case CleanupOutcome::Removed:
        return "removed";
    case CleanupOutcome::Skipped:
        return "skipped";
    case CleanupOutcome::Failed:
        return "failed";
    case CleanupOutcome::Restored:
        return "restored";
    }
    return "failed";
}

PlanRow toRow(const PlanBody& body)
{
    const Plan& plan = body.plan;
    const Json json{{"cause", plan.cause},
                    {"is_look", plan.use == PlanUse::Look},
                    {"policy", toJson(plan.policy)},
                    {"items", plan.items},
                    {"remove_items", plan.removeItems},
                    {"remove_bytes", plan.removeBytes},
                    {"keep_items", plan.keepItems},
                    {"keep_bytes", plan.keepBytes},
                    {"only_copies", plan.onlyCopies},
                    {"stored_bytes", plan.storedBytes},
                    {"holders", body.holders}};
    return {plan.id, plan.madeAt, dump(json), plan.run};
}

PlanBody planFromRow(const PlanRow& row)
{
    try {
        const Json json = Json::parse(row.body);
        PlanBody body;
        Plan& plan = body.plan;
        plan.id = row.id;
        plan.madeAt = row.madeAt;
        plan.run = row.run;
        plan.cause = json.at("cause").get<std::string>();
        plan.use = json.value("is_look", false) ? PlanUse::Look : PlanUse::Apply;
        plan.policy = cleanupPolicyFromJson(json.at("policy").get<std::string>());
        plan.items = json.at("items").get<std::uint64_t>();
        plan.removeItems = json.at("remove_items").get<std::uint64_t>();
        plan.removeBytes = json.at("remove_bytes").get<std::uint64_t>();
        plan.keepItems = json.at("keep_items").get<std::uint64_t>();
        plan.keepBytes = json.at("keep_bytes").get<std::uint64_t>();
        plan.onlyCopies = json.at("only_copies").get<std::uint64_t>();
        plan.storedBytes = json.at("stored_bytes").get<std::uint64_t>();
        body.holders = json.at("holders").get<std::vector<std::string>>();
        return body;
    } catch (const Json::exception& error) {
        throw Error(ErrorCode::Corrupted, "the plan " + row.id + " cannot be read: " + error.what());
    }
}

PlanItem planItem(const PackedItem& packed, const PlanBody& body)
{
    PlanItem item;
    item.what = static_cast<CleanupItem::What>(packed.what);
    const auto digest =
        item.what == CleanupItem::What::Blob ? Digest::fromKey(std::as_bytes(std::span(packed.name))) : std::nullopt;
    item.name = digest ? digest->toString() : packed.name;
    item.kind = static_cast<BlobKind>(packed.kind);
    item.bytes = packed.bytes;
    item.createdAt = fromNanoseconds(packed.created);
    item.usedAt = fromNanoseconds(packed.used);
    item.decision = static_cast<PlanItem::Decision>(packed.decision);
    item.reason = static_cast<PlanReason>(packed.reason);
    item.refetch = static_cast<Refetch>(packed.refetch);
    item.freed = item.decision == PlanItem::Decision::Remove ? item.bytes : 0;
    const auto& rules = body.plan.policy.rules;
    const CleanupRule* rule = packed.rule > 0 && packed.rule <= rules.size() ? &rules[packed.rule - 1U] : nullptr;
    if (rule)
        item.rule = rule->name;
    const bool hasHolder = packed.holder > 0 && packed.holder <= body.holders.size();
    item.sentence =
        sentence(item, rule, hasHolder ? body.holders[packed.holder - 1U] : std::string("somebody"), body.plan.madeAt);
    return item;
}

RunRow toRow(const CleanupRun& run)
{
    const Json json{{"plan", run.plan},
                    {"cause", run.cause},
                    {"finished", toNanoseconds(run.finishedAt)},
                    {"trashed", run.trashed},
                    {"removed", run.removed},
                    {"skipped", run.skipped},
                    {"failed", run.failed},
                    {"promised_bytes", run.promisedBytes},
                    {"reported_bytes", run.reportedBytes},
                    {"unlinked_bytes", run.unlinkedBytes},
                    {"measured_bytes", run.measuredBytes}};
    return {run.id, run.startedAt, dump(json)};
}

CleanupRun runFromRow(const RunRow& row)
{
    try {
        const Json json = Json::parse(row.body);
        CleanupRun run;
        run.id = row.id;
        run.startedAt = row.started;
        run.plan = json.at("plan").get<std::string>();
        run.cause = json.at("cause").get<std::string>();
        run.finishedAt = fromNanoseconds(json.at("finished").get<std::int64_t>());
        run.trashed = json.at("trashed").get<std::uint64_t>();
        run.removed = json.at("removed").get<std::uint64_t>();
        run.skipped = json.at("skipped").get<std::uint64_t>();
        run.failed = json.at("failed").get<std::uint64_t>();
        run.promisedBytes = json.at("promised_bytes").get<std::uint64_t>();
        run.reportedBytes = json.at("reported_bytes").get<std::uint64_t>();
        run.unlinkedBytes = json.at("unlinked_bytes").get<std::uint64_t>();
        run.measuredBytes = json.at("measured_bytes").get<std::int64_t>();
        return run;
    } catch (const Json::exception& error) {
        throw Error(ErrorCode::Corrupted, "the run " + row.id + " cannot be read: " + error.what());
    }
}

} // namespace layerhold
