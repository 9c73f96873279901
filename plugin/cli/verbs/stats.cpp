// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"

namespace layerhold::cli {

namespace {

int run(Context& context)
{
    service::Session session = context.connect();
    const v1::GetStatsResponse stats =
        session.client().call(&v1::Layerhold::Stub::GetStats, v1::GetStatsRequest(), context.stop());
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(stats));
        return 0;
    }
    Table table({{"COUNTER"}, {"VALUE", Table::Align::Right}, {"MEANING"}});
    for (const auto& counter : stats.counters())
        table.add({counter.name(), std::to_string(counter.value()), counter.sentence()});
    output.table(table);
    return 0;
}

} // namespace

void addStats(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("stats", "Show what was counted since the cache was made");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold stats --json | jq '.counters[] | {(.name): .value}'");
    context.onRun(verb, run);
}

} // namespace layerhold::cli
