// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/context.h"
#include "cli/output/output.h"
#include "cli/output/progress_bar.h"
#include "layerhold/cleanup.h"

#include <layerhold/v1/cleanup.grpc.pb.h>

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// What the verbs of the cleanup have in common.
namespace layerhold::cli {

/// Which items of a plan are read.
enum class PlanPart
{
    Removed,
    Kept,
    All
};

std::vector<v1::PlanItem> readPlanItems(service::Session& session, const v1::Plan& plan, PlanPart part,
                                        const std::stop_token& stop);
/// nullopt for a part that is none of remove, keep, all.
std::optional<PlanPart> parsePlanPart(const std::string& text);

/// Items as a table, then the totals.
void showPlan(Output& output, const v1::Plan& plan, const std::vector<v1::PlanItem>& items);

/// Applies the plan with a progress bar and tells what became of it; the exit code.
int applyAndShow(Context& context, service::Session& session, const std::string& plan, Disposal disposal);

/// What became of trashed blobs, with a progress bar while it happens.
template <class Method, class Request>
v1::TrashReport readTrashReport(service::Session& session, Method method, const Request& request,
                                const std::string& verb, const std::stop_token& stop)
{
    v1::TrashReport report;
    ProgressBar bar(verb);
    session.client().stream(
        method, request,
        [&](const v1::TrashProgress& step) {
            if (step.has_progress())
                bar.show(step.progress());
            else
                report = step.report();
        },
        stop);
    bar.clear();
    return report;
}

int showTrashReport(Context& context, const v1::TrashReport& report, const std::string& done);

/// Flags that describe one cleanup rule, shared by plan, prune and policy add.
struct RuleFlags
{
    std::vector<std::string> filters;
    std::string clock = "used";
    std::string keepDuration;
    std::string reserved;
    std::string maxUsed;
    std::string minFree;
    std::string strategy = "lru";

    void addTo(CLI::App& verb);
    bool isAnySet() const;
    /// `until=DURATION` and `unused-for=DURATION` among the filters mean the keep duration.
    v1::CleanupRule rule(const std::string& name) const;
};

/// A policy of only this rule, with the settings of no other.
v1::CleanupPolicy policyOf(const v1::CleanupRule& rule);

} // namespace layerhold::cli
