// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/cleanup_show.h"

#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <fmt/format.h>

#include <algorithm>

namespace layerhold::cli {

namespace {

std::string itemName(const std::string& what, const std::string& name)
{
    return what == "blob" ? shortDigest(name) : what + " " + name;
}

std::string signedSize(std::int64_t bytes)
{
    return bytes < 0 ? "-" + formatSize(static_cast<std::uint64_t>(-bytes))
                     : formatSize(static_cast<std::uint64_t>(bytes));
}

std::vector<v1::RunItem> troubles(service::Session& session, const v1::CleanupRun& run, const std::stop_token& stop)
{
    std::vector<v1::RunItem> items;
    if (run.skipped() + run.failed() == 0)
        return items;
    v1::ListRunItemsRequest request;
    request.set_id(run.id());
    session.client().stream(
        &v1::Cleanup::Stub::ListRunItems, request,
        [&](const v1::ListRunItemsResponse& page) {
            for (const v1::RunItem& item : page.items())
                if (item.outcome() == "skipped" || item.outcome() == "failed")
                    items.push_back(item);
        },
        stop);
    return items;
}

void showRun(Output& output, const v1::CleanupRun& run, const std::vector<v1::RunItem>& left)
{
    if (!left.empty()) {
        Table table({{"NOT REMOVED"}, {"SIZE", Table::Align::Right}, {"OUTCOME"}, {"WHY"}});
        for (const v1::RunItem& item : left)
            table.add({itemName(item.what(), item.name()), formatSize(item.bytes()), item.outcome(), item.sentence()});
        output.table(table);
        output.line("");
    }
    output.line(fmt::format("Run {}: {} to the trash, {} for good, {} skipped, {} failed.", run.id(),
                            count(run.trashed(), "item"), run.removed(), run.skipped(), run.failed()));
    output.line(fmt::format("Promised {}, done {}; files unlinked {}, free space of the disk {}{}.",
                            formatSize(run.promised_bytes()), formatSize(run.reported_bytes()),
                            formatSize(run.unlinked_bytes()), run.measured_bytes() < 0 ? "" : "+",
                            signedSize(run.measured_bytes())));
    if (run.trashed() > 0)
        output.line(fmt::format("What is in the trash takes space until it expires: layerhold undo {} brings it back, "
                                "layerhold trash empty removes it.",
                                run.id()));
}

} // namespace

std::optional<PlanPart> parsePlanPart(const std::string& text)
{
    if (text == "remove")
        return PlanPart::Removed;
    if (text == "keep")
        return PlanPart::Kept;
    if (text == "all")
        return PlanPart::All;
    return std::nullopt;
}

std::vector<v1::PlanItem> readPlanItems(service::Session& session, const v1::Plan& plan, PlanPart part,
                                        const std::stop_token& stop)
{
    std::vector<v1::PlanItem> items;
    v1::ListPlanItemsRequest request;
    request.set_id(plan.id());
    request.set_from(part == PlanPart::Kept ? plan.remove_items() : 0);
    request.set_limit(part == PlanPart::Removed ? plan.remove_items() : 0);
    if (part == PlanPart::Removed && plan.remove_items() == 0)
        return items;
    session.client().stream(
        &v1::Cleanup::Stub::ListPlanItems, request,
        [&](const v1::ListPlanItemsResponse& page) {
            items.insert(items.end(), page.items().begin(), page.items().end());
        },
        stop);
    return items;
}

void showPlan(Output& output, const v1::Plan& plan, const std::vector<v1::PlanItem>& items)
{
    if (!items.empty()) {
        Table table({{"DECISION"}, {"ITEM"}, {"KIND"}, {"SIZE", Table::Align::Right}, {"USED"}, {"REFETCH"}, {"WHY"}});
        for (const v1::PlanItem& item : items)
            table.add({item.decision(), itemName(item.what(), item.name()), item.kind(), formatSize(item.bytes()),
                       age(item.used_at()), item.refetch(), item.sentence()});
        output.table(table);
        output.line("");
    }
    output.line(fmt::format("Plan {}: removes {}, {} (stored falls from {} to {}); keeps {}.", plan.id(),
                            count(plan.remove_items(), "item"), formatSize(plan.remove_bytes()),
                            formatSize(plan.stored_bytes()), formatSize(plan.stored_bytes() - plan.remove_bytes()),
                            count(plan.keep_items(), "item")));
    if (plan.only_copies() > 0)
        output.line(fmt::format("{} of them are the only copy.", plan.only_copies()));
}

int applyAndShow(Context& context, service::Session& session, const std::string& plan, Disposal disposal)
{
    v1::ApplyPlanRequest request;
    request.set_id(plan);
    request.set_remove(disposal == Disposal::Remove);
    v1::CleanupRun run;
    ProgressBar bar("cleanup");
    session.client().stream(
        &v1::Cleanup::Stub::ApplyPlan, request,
        [&](const v1::ApplyPlanResponse& step) {
            if (step.has_progress())
                bar.show(step.progress());
            else
                run = step.run();
        },
        context.stop());
    bar.clear();
    const auto left = troubles(session, run, context.stop());
    Output output = context.output();
    if (output.isJson()) {
        Json document{{"run", toJson(run)}, {"not_removed", Json::array()}};
        for (const v1::RunItem& item : left)
            document["not_removed"].push_back(toJson(item));
        output.document(document);
    } else {
        showRun(output, run, left);
    }
    return 0;
}

int showTrashReport(Context& context, const v1::TrashReport& report, const std::string& done)
{
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(report));
        return 0;
    }
    std::uint64_t number = 0;
    Table table({{"BLOB"}, {"SIZE", Table::Align::Right}, {"OUTCOME"}, {"WHY"}});
    for (const v1::TrashItem& item : report.items()) {
        number += item.outcome() == "restored" || item.outcome() == "removed" ? 1 : 0;
        table.add({shortDigest(item.digest()), formatSize(item.bytes()), item.outcome(), item.sentence()});
    }
    if (!table.isEmpty()) {
        output.table(table);
        output.line("");
    }
    output.line(fmt::format("{} {}, {}.", done, count(number, "blob"), formatSize(report.bytes())));
    return 0;
}

void RuleFlags::addTo(CLI::App& verb)
{
    verb.add_option("--filter", filters,
                    "containerd's filter grammar over digest, size, kind, mediatype, state, origin, created.days, "
                    "used.days, …; or until=DURATION; may be repeated, one match is enough")
        ->type_name("FILTER")
        ->allow_extra_args(false);
    verb.add_option("--clock", clock, "Which time says how old a thing is: created, written or used")
        ->type_name("CLOCK")
        ->check(CLI::IsMember({"created", "written", "used"}));
    verb.add_option("--keep-duration", keepDuration, "Keep what is younger, such as 48h or 60d")->type_name("TIME");
    verb.add_option("--reserved-space", reserved,
                    "Never go below so many stored bytes; a size, or 10%<=10G of the disk")
        ->type_name("LIMIT");
    verb.add_option("--max-used-space", maxUsed, "Go down to so many stored bytes")->type_name("LIMIT");
    verb.add_option("--min-free-space", minFree, "Go down until so much of the disk is free")->type_name("LIMIT");
    verb.add_option("--strategy", strategy, "What goes first: lru, size, ttl, cost, or composite:A,B")
        ->type_name("STRATEGY");
}

bool RuleFlags::isAnySet() const
{
    return !filters.empty() || !keepDuration.empty() || !reserved.empty() || !maxUsed.empty() || !minFree.empty();
}

v1::CleanupRule RuleFlags::rule(const std::string& name) const
{
    v1::CleanupRule rule;
    rule.set_name(name);
    rule.set_clock(clock);
    rule.set_keep_duration(keepDuration);
    for (const std::string& filter : filters) {
        const std::size_t equals = filter.find('=');
        const std::string key = filter.substr(0, equals);
        if ((key == "until" || key == "unused-for") && equals != std::string::npos)
            rule.set_keep_duration(filter.substr(std::min(filter.size(), filter.find_first_not_of('=', equals))));
        else
            rule.add_filters(filter);
    }
    rule.set_reserved(reserved);
    rule.set_max_used(maxUsed);
    rule.set_min_free(minFree);
    rule.set_strategy(strategy);
    return rule;
}

v1::CleanupPolicy policyOf(const v1::CleanupRule& rule)
{
    v1::CleanupPolicy policy;
    policy.set_mode("manual");
    *policy.add_rules() = rule;
    return policy;
}

} // namespace layerhold::cli
