// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"

#include <layerhold/v1/health.grpc.pb.h>

#include <fmt/format.h>

namespace layerhold::cli {

namespace {

int run(Context& context)
{
    service::Session session = context.connect();
    const v1::CompactResponse report =
        session.client().call(&v1::Health::Stub::Compact, v1::CompactRequest(), context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(report));
    else
        output.line(fmt::format("The index takes {} now; {} were given back.", formatSize(report.bytes_after()),
                                formatSize(report.bytes_regained())));
    return 0;
}

} // namespace

void addCompact(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("compact", "Give unused space of the index back to the disk");
    context.addClientFlags(verb);
    verb.footer("Blobs are not touched: gc removes those. Serving goes on meanwhile.\n\nExample:\n  layerhold compact");
    context.onRun(verb, run);
}

} // namespace layerhold::cli
