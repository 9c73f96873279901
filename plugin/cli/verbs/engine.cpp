// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/engine.h"

#include "cli/context.h"
#include "cli/verbs/show.h"
#include "cli/verbs/verbs.h"

namespace layerhold::cli {

namespace {

int runList(Context& context)
{
    service::Session session = context.connect();
    const v1::ListEnginesResponse list =
        session.client().call(&v1::Layerhold::Stub::ListEngines, v1::ListEnginesRequest(), context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(list));
    else if (list.engines().empty())
        output.line("No engines; layerhold engine add makes one.");
    else
        output.lines(engineLines(list.engines()));
    return 0;
}

} // namespace

void addEngine(CLI::App& app, Context& context)
{
    CLI::App& engine = *app.add_subcommand("engine", "Manage the containerds that store their content here");
    engine.require_subcommand(1);
    engine.footer("Example:\n  layerhold engine add main --containerd-config /etc/containerd/config.toml");
    addEngineAdd(engine, context);
    addEngineRemove(engine, context);
    CLI::App& list = *engine.add_subcommand("list", "List the engines and how they are served");
    context.addClientFlags(list);
    list.footer("Example:\n  layerhold engine list");
    context.onRun(list, runList);
    addEngineTransfers(engine, context);
}

} // namespace layerhold::cli
