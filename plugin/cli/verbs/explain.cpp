// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/health.grpc.pb.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

void show(Output& output, const v1::ExplainMissResponse& answer)
{
    output.line(neutralise(answer.digest()));
    if (answer.has_missed_at())
        output.line(fmt::format("was missed {} by engine {} ({} in all).", age(answer.missed_at()),
                                neutralise(answer.engine()), count(answer.times(), "miss")));
    if (answer.has_lost_at())
        output.line(fmt::format("{} ({})", neutralise(answer.sentence()), age(answer.lost_at())));
    else
        output.line(neutralise(answer.sentence()));
    if (answer.events().empty())
        return;
    output.line("");
    Table table({{"EVENT"}, {"TIME"}, {"KIND"}, {"ENGINE"}, {"DETAIL"}});
    for (const v1::Event& event : answer.events())
        table.add({std::to_string(event.sequence()),
                   fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(event.at().seconds()))),
                   event.kind(), event.engine().empty() ? "-" : event.engine(), event.detail()});
    output.table(table);
}

int run(Context& context, const std::string& digest)
{
    v1::ExplainMissRequest request;
    request.set_digest(digest);
    service::Session session = context.connect();
    const v1::ExplainMissResponse answer =
        session.client().call(&v1::Health::Stub::ExplainMiss, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(answer));
    else
        show(output, answer);
    return 0;
}

} // namespace

void addExplain(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("explain", "Tell why a blob had to be fetched, or is gone");
    const auto digest = std::make_shared<std::string>();
    verb.add_option("DIGEST", *digest, "Digest; of a blob that is stored, its first 6 or more digits will do")
        ->required();
    context.addClientFlags(verb);
    verb.footer("The answer is never_seen, evicted, corrupted, vanished, hidden, forgotten or not_missed.\n\n"
                "Example:\n  layerhold explain sha256:3f5ec1 --json | jq -r .reason");
    context.onRun(verb, [digest](Context& c) { return run(c, *digest); });
}

} // namespace layerhold::cli
