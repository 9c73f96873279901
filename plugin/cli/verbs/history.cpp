// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/images.grpc.pb.h>

#include <fmt/format.h>

#include <memory>
#include <string>

namespace layerhold::cli {

namespace {

std::string whatOf(const v1::TagMove& move)
{
    if (move.to().empty())
        return "removed";
    return move.from().empty() ? "appeared" : "moved";
}

void show(Output& output, const v1::GetTagHistoryResponse& history)
{
    if (history.has_tag())
        output.line(fmt::format("{} points at {}, checked {}{}.", neutralise(history.reference()),
                                neutralise(history.tag().digest()), age(history.tag().updated_at()),
                                history.tag().stale() ? " (stale)" : ""));
    else
        output.line(fmt::format("{} was removed.", neutralise(history.reference())));
    if (history.moves().empty())
        return;
    Table table({{"WHEN"}, {"WHAT"}, {"FROM"}, {"TO"}, {"CAUSE"}, {"BY"}});
    for (const v1::TagMove& move : history.moves())
        table.add(
            {age(move.at()), whatOf(move), shortDigest(move.from()), shortDigest(move.to()), move.cause(), move.by()});
    output.line("");
    output.table(table);
}

int run(Context& context, const std::string& reference)
{
    v1::GetTagHistoryRequest request;
    request.set_reference(reference);
    service::Session session = context.connect();
    const v1::GetTagHistoryResponse history =
        session.client().call(&v1::Tags::Stub::GetTagHistory, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(history));
    else
        show(output, history);
    return 0;
}

} // namespace

void addHistory(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("history", "Show what a tag pointed at over time, newest first");
    const auto reference = std::make_shared<std::string>();
    verb.add_option("REFERENCE", *reference, "Name of an image; nginx is docker.io/library/nginx:latest")->required();
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold history nginx:1.25");
    context.onRun(verb, [reference](Context& c) { return run(c, *reference); });
}

} // namespace layerhold::cli
