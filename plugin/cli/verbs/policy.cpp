// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/cleanup_show.h"
#include "cli/verbs/verbs.h"

#include "cli/output/text.h"
#include "layerhold/error.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct SetFlags
{
    std::string mode;
    std::string undoWindow;
    std::string pressure;
};

struct AddFlags
{
    RuleFlags rule;
    std::string name;
    int position = 0;
};

v1::CleanupPolicy read(Context& context, service::Session& session)
{
    return session.client().call(&v1::Cleanup::Stub::GetPolicy, v1::GetPolicyRequest(), context.stop());
}

std::string orDash(const std::string& text)
{
    return text.empty() || text == "0" ? "-" : text;
}

std::string joined(const google::protobuf::RepeatedPtrField<std::string>& texts)
{
    std::string result;
    for (const std::string& text : texts)
        result += (result.empty() ? "" : " or ") + text;
    return result;
}

int show(Context& context, const v1::CleanupPolicy& policy)
{
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(policy));
        return 0;
    }
    Fields fields;
    fields.add("Applies", policy.mode() == "automatic" ? "by itself, after work and from time to time"
                                                       : "when asked to (layerhold plan)");
    fields.add("Undo window", policy.undo_window());
    fields.add("Disk pressure", "less than " + orDash(policy.pressure()) + " free");
    output.lines(fields.lines());
    output.line("");
    Table table({{"#", Table::Align::Right},
                 {"RULE"},
                 {"FILTERS"},
                 {"KEEPS"},
                 {"CLOCK"},
                 {"RESERVED"},
                 {"MAX USED"},
                 {"MIN FREE"},
                 {"STRATEGY"}});
    int number = 0;
    for (const v1::CleanupRule& rule : policy.rules())
        table.add({std::to_string(++number), rule.name(), orDash(joined(rule.filters())), orDash(rule.keep_duration()),
                   rule.clock(), orDash(rule.reserved()), orDash(rule.max_used()), orDash(rule.min_free()),
                   rule.strategy()});
    if (table.isEmpty())
        output.line("No rules: nothing is removed but under disk pressure.");
    else
        output.table(table);
    return 0;
}

int store(Context& context, service::Session& session, const v1::CleanupPolicy& policy)
{
    v1::SetPolicyRequest request;
    *request.mutable_policy() = policy;
    return show(context, session.client().call(&v1::Cleanup::Stub::SetPolicy, request, context.stop()));
}

int runShow(Context& context)
{
    service::Session session = context.connect();
    return show(context, read(context, session));
}

int runSet(Context& context, const SetFlags& flags)
{
    service::Session session = context.connect();
    v1::CleanupPolicy policy = read(context, session);
    if (!flags.mode.empty())
        policy.set_mode(flags.mode);
    if (!flags.undoWindow.empty())
        policy.set_undo_window(flags.undoWindow);
    if (!flags.pressure.empty())
        policy.set_pressure(flags.pressure);
    return store(context, session, policy);
}

int runAdd(Context& context, const AddFlags& flags)
{
    service::Session session = context.connect();
    v1::CleanupPolicy policy = read(context, session);
    if (flags.position < 0 || flags.position > policy.rules_size() + 1)
        throw Error(ErrorCode::InvalidArgument,
                    fmt::format("there is no position {}; take 1 to {}", flags.position, policy.rules_size() + 1));
    *policy.add_rules() = flags.rule.rule(flags.name);
    const int target = flags.position == 0 ? policy.rules_size() : flags.position;
    for (int i = policy.rules_size() - 1; i >= target; --i)
        policy.mutable_rules()->SwapElements(i, i - 1);
    return store(context, session, policy);
}

int runRemove(Context& context, const std::string& name)
{
    service::Session session = context.connect();
    v1::CleanupPolicy policy = read(context, session);
    for (int i = 0; i < policy.rules_size(); ++i) {
        if (policy.rules(i).name() != name && std::to_string(i + 1) != name)
            continue;
        policy.mutable_rules()->DeleteSubrange(i, 1);
        return store(context, session, policy);
    }
    throw Error(ErrorCode::NotFound, "the policy has no rule '" + neutralise(name) + "'");
}

int runReset(Context& context)
{
    v1::GetPolicyRequest request;
    request.set_standard(true);
    service::Session session = context.connect();
    return store(context, session, session.client().call(&v1::Cleanup::Stub::GetPolicy, request, context.stop()));
}

} // namespace

void addPolicy(CLI::App& app, Context& context)
{
    CLI::App& policy = *app.add_subcommand("policy", "Say what is cleaned up, and when");
    policy.require_subcommand(1);
    policy.footer("Rules apply in their order, to released blobs and aborted downloads only.\n\nExample:\n  layerhold "
                  "policy show");

    CLI::App& showVerb = *policy.add_subcommand("show", "Show the rules");
    context.addClientFlags(showVerb);
    showVerb.footer("Example:\n  layerhold policy show");
    context.onRun(showVerb, runShow);

    CLI::App& set = *policy.add_subcommand("set", "Change when it applies, and the undo window");
    const auto setFlags = std::make_shared<SetFlags>();
    set.add_option("--mode", setFlags->mode, "automatic: by itself; manual: when asked to")
        ->type_name("MODE")
        ->check(CLI::IsMember({"automatic", "manual"}));
    set.add_option("--undo-window", setFlags->undoWindow,
                   "How long removed blobs can be brought back, such as 24h; 0: "
                   "not at all")
        ->type_name("TIME");
    set.add_option("--pressure", setFlags->pressure,
                   "Less free space than this is pressure: a size, or 5%<=2G of the "
                   "disk; 0: never")
        ->type_name("LIMIT");
    context.addClientFlags(set);
    set.footer("Example:\n  layerhold policy set --mode automatic --undo-window 48h");
    context.onRun(set, [setFlags](Context& c) { return runSet(c, *setFlags); });

    CLI::App& add = *policy.add_subcommand("add", "Add a rule");
    const auto addFlags = std::make_shared<AddFlags>();
    add.add_option("NAME", addFlags->name, "What the rule is called")->required();
    add.add_option("--position", addFlags->position, "Where it stands, from 1; the last unless stated")->type_name("N");
    addFlags->rule.addTo(add);
    context.addClientFlags(add);
    add.footer("Example:\n  layerhold policy add 'old layers' --filter kind==layer --keep-duration 30d");
    context.onRun(add, [addFlags](Context& c) { return runAdd(c, *addFlags); });

    CLI::App& remove = *policy.add_subcommand("remove", "Remove a rule");
    const auto name = std::make_shared<std::string>();
    remove.add_option("RULE", *name, "Its name or its number")->required();
    context.addClientFlags(remove);
    remove.footer("Example:\n  layerhold policy remove 2");
    context.onRun(remove, [name](Context& c) { return runRemove(c, *name); });

    CLI::App& reset = *policy.add_subcommand("reset", "Go back to the standard policy");
    context.addClientFlags(reset);
    reset.footer("Example:\n  layerhold policy reset");
    context.onRun(reset, runReset);
}

} // namespace layerhold::cli
