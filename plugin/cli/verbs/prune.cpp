// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/cleanup_show.h"
#include "cli/verbs/verbs.h"

#include "cli/output/text.h"

#include <memory>

namespace layerhold::cli {

namespace {

/// Manifests, indexes and configurations are small, and tell what the rest was.
constexpr const char* onlyContents = "kind!=manifest,kind!=index,kind!=config";

struct Flags
{
    RuleFlags rule;
    bool all = false;
    bool force = false;
    bool dryRun = false;
    bool forGood = false;
};

v1::CleanupRule ruleOf(const Flags& flags)
{
    v1::CleanupRule rule = flags.rule.rule("prune");
    if (flags.all)
        return rule;
    if (rule.filters().empty())
        rule.add_filters(onlyContents);
    else
        for (std::string& filter : *rule.mutable_filters())
            filter += std::string(filter.empty() ? "" : ",") + onlyContents;
    return rule;
}

int run(Context& context, const Flags& flags)
{
    service::Session session = context.connect();
    v1::MakePlanRequest request;
    *request.mutable_policy() = policyOf(ruleOf(flags));
    request.set_cause("prune");
    const v1::Plan plan = session.client().call(&v1::Cleanup::Stub::MakePlan, request, context.stop());
    Output output = context.output();
    const bool applies = flags.force && !flags.dryRun;
    if (!applies || !output.isJson()) {
        const auto items = readPlanItems(session, plan, PlanPart::Removed, context.stop());
        if (output.isJson()) {
            Json document{{"plan", toJson(plan)}, {"items", Json::array()}};
            for (const v1::PlanItem& item : items)
                document["items"].push_back(toJson(item));
            output.document(document);
        } else {
            showPlan(output, plan, items);
        }
    }
    if (applies)
        return applyAndShow(context, session, plan.id(), flags.forGood ? Disposal::Remove : Disposal::Trash);
    if (!output.isJson() && !flags.dryRun && plan.remove_items() > 0)
        output.line("Nothing was removed; to do it: layerhold apply " + neutralise(plan.id()) +
                    ", or say --force the next time.");
    return 0;
}

} // namespace

void addPrune(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("prune", "Remove what nobody needs, by limits and filters of your own");
    const auto flags = std::make_shared<Flags>();
    verb.add_flag("--all,-a", flags->all, "Also manifests, indexes and configurations, which are small");
    flags->rule.addTo(verb);
    verb.add_flag("--force,-f", flags->force, "Do it; without, it is only listed");
    verb.add_flag("--dry-run", flags->dryRun, "Only list, whatever else is said");
    verb.add_flag("--for-good", flags->forGood, "Remove the files at once, instead of moving them to the trash");
    context.addClientFlags(verb);
    verb.footer("Blobs that somebody needs are never removed. Filters select as those of layerhold ls do.\n\nExample:\n"
                "  layerhold prune --filter until=48h --max-used-space 20G --force");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
