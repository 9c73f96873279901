// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/engine.h"

#include "cli/context.h"
#include "cli/engine_install.h"
#include "cli/output/text.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string name;
    std::string containerdConfig;
    bool noExport = false;
    bool force = false;
    bool dryRun = false;
};

struct Result
{
    std::optional<EngineInstallPlan> plan;
    std::optional<v1::TransferReport> exported;
    bool removed = false;
};

/// While containerd still runs with the drop-in it needs the engine: then the engine goes only when this verb is called
/// again after the restart.
bool mustRestartFirst(const Result& result)
{
    return result.plan && !result.plan->changes.empty();
}

Json json(const Result& result, const Flags& flags)
{
    Json document{{"dry_run", flags.dryRun},
                  {"removed", result.removed},
                  {"exported", result.exported ? toJson(*result.exported) : Json()},
                  {"changes", Json::array()},
                  {"notes", Json::array()},
                  {"restart", result.plan ? result.plan->restart : ""}};
    if (result.plan) {
        for (const FileChange& change : result.plan->changes)
            document["changes"].push_back({{"path", change.path.string()}, {"reason", change.reason}});
        document["notes"] = result.plan->notes;
    }
    return document;
}

void show(Output& output, const Result& result, const Flags& flags)
{
    if (result.exported)
        output.lines(describe(*result.exported, Direction::Export));
    if (result.plan) {
        for (const std::string& line : describe(*result.plan))
            output.line(neutralise(line));
    }
    if (result.removed)
        output.line(fmt::format("Engine {} is removed; what only it needed is released now.", neutralise(flags.name)));
    else if (mustRestartFirst(result))
        output.line("Engine " + neutralise(flags.name) +
                    " stays until containerd was restarted; then run this command again.");
}

int run(Context& context, const Flags& flags)
{
    Result result;
    if (!flags.containerdConfig.empty())
        result.plan = planEngineRemoval(flags.name, absolutePath(flags.containerdConfig));
    if (!flags.dryRun) {
        service::Session session = context.connect();
        if (result.plan && !flags.noExport) {
            result.exported =
                transfer(session.client(), Direction::Export, flags.name, result.plan->storeDirectory, context.stop());
        }
        if (result.plan)
            applyEngineInstall(*result.plan);
        if (!mustRestartFirst(result)) {
            v1::RemoveEngineRequest request;
            request.set_name(flags.name);
            request.set_force(flags.force);
            session.client().call(&v1::Layerhold::Stub::RemoveEngine, request, context.stop());
            result.removed = true;
        }
    }
    Output output = context.output();
    if (output.isJson())
        output.document(json(result, flags));
    else
        show(output, result, flags);
    return 0;
}

} // namespace

void addEngineRemove(CLI::App& engine, Context& context)
{
    CLI::App& verb = *engine.add_subcommand("remove", "Stop serving a containerd and drop its claims");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("NAME", flags->name, "Name of the engine")->required();
    auto* config = verb.add_option("--containerd-config", flags->containerdConfig,
                                   "Give that containerd its blobs and its built-in store back first");
    config->type_name("FILE");
    verb.add_flag("--no-export", flags->noExport, "With --containerd-config: do not give the blobs back")
        ->needs(config);
    verb.add_flag("--force", flags->force, "Remove it although a process that connected to its socket still runs");
    verb.add_flag("--dry-run", flags->dryRun, "With --containerd-config: change nothing; show what would be written")
        ->needs(config);
    context.addClientFlags(verb);
    verb.footer("With --containerd-config, call it twice: before and after the restart of containerd.\n\n"
                "Example:\n  layerhold engine remove main --containerd-config /etc/containerd/config.toml");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
