// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/cleanup_show.h"
#include "cli/verbs/verbs.h"

#include "cli/output/text.h"

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    RuleFlags rule;
    std::string keepBytes;
    std::string items = "remove";
    std::string id;
};

v1::MakePlanRequest requestFor(Context& context, service::Session& session, const Flags& flags)
{
    v1::MakePlanRequest request;
    v1::CleanupRule rule = flags.rule.rule("this plan");
    if (!flags.keepBytes.empty()) {
        // As in gc: so much of what nobody needs may stay, besides all that somebody does.
        const v1::Usage usage =
            session.client().call(&v1::Cleanup::Stub::GetUsage, v1::GetUsageRequest(), context.stop());
        const std::uint64_t kept = parseSize(flags.keepBytes);
        if (kept > 0)
            rule.set_max_used(std::to_string(usage.stored_bytes() - usage.released_bytes() + kept));
        *request.mutable_policy() = policyOf(rule);
    } else if (flags.rule.isAnySet()) {
        *request.mutable_policy() = policyOf(rule);
    }
    return request;
}

int run(Context& context, const Flags& flags)
{
    service::Session session = context.connect();
    v1::Plan plan;
    if (flags.id.empty()) {
        plan = session.client().call(&v1::Cleanup::Stub::MakePlan, requestFor(context, session, flags), context.stop());
    } else {
        v1::GetPlanRequest request;
        request.set_id(flags.id);
        plan = session.client().call(&v1::Cleanup::Stub::GetPlan, request, context.stop());
    }
    const auto items =
        readPlanItems(session, plan, parsePlanPart(flags.items).value_or(PlanPart::Removed), context.stop());
    Output output = context.output();
    if (output.isJson()) {
        Json document{{"plan", toJson(plan)}, {"items", Json::array()}};
        for (const v1::PlanItem& item : items)
            document["items"].push_back(toJson(item));
        output.document(document);
        return 0;
    }
    showPlan(output, plan, items);
    if (!plan.run().empty())
        output.line("It was applied by run " + neutralise(plan.run()) + ".");
    else if (plan.remove_items() > 0)
        output.line("Nothing has changed yet; to do it: layerhold apply " + neutralise(plan.id()));
    return 0;
}

int runApply(Context& context, const std::string& id, Disposal disposal)
{
    service::Session session = context.connect();
    return applyAndShow(context, session, id, disposal);
}

} // namespace

void addPlan(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("plan", "List what a cleanup would remove and keep, with reasons");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("PLAN", flags->id, "Show this plan again, instead of making one");
    verb.add_option("--keep-bytes", flags->keepBytes, "How much of the released blobs may stay, such as 20G")
        ->type_name("SIZE");
    flags->rule.addTo(verb);
    verb.add_option("--items", flags->items, "Which items to list: remove, keep or all")
        ->type_name("PART")
        ->check(CLI::IsMember({"remove", "keep", "all"}));
    context.addClientFlags(verb);
    verb.footer("Without limits and filters, the cleanup policy is what the plan is made by. A plan changes nothing; "
                "layerhold apply does what it lists, and nothing else.\n\nExample:\n  layerhold plan --filter "
                "kind==layer --keep-duration 30d");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

void addApply(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("apply", "Remove what a plan lists and has not changed since");
    const auto id = std::make_shared<std::string>();
    const auto forGood = std::make_shared<bool>(false);
    verb.add_option("PLAN", *id, "The id that layerhold plan has told")->required();
    verb.add_flag("--for-good", *forGood, "Remove the files at once, instead of moving them to the trash");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold apply 3f5ec1a09b7d");
    context.onRun(
        verb, [id, forGood](Context& c) { return runApply(c, *id, *forGood ? Disposal::Remove : Disposal::Trash); });
}

} // namespace layerhold::cli
