// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/list_flags.h"
#include "cli/output/listing.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <memory>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

int run(Context& context, const ListFlags& flags)
{
    service::Session session = context.connect();
    Output output = context.output();
    Listing listing(output, {{"DIGEST"}, {"SIZE", Table::Align::Right}, {"KIND"}, {"STATE"}, {"USED"}, {"ORIGIN"}});
    const auto cells = [&](const v1::Blob& blob) -> std::vector<std::string> {
        const std::string state = blob.state() != "present" ? blob.state() : blob.released() ? "released" : "held";
        return {flags.digest(blob.digest()),
                formatSize(blob.size()),
                blob.kind(),
                state,
                age(blob.accessed_at()),
                blob.origin()};
    };
    session.client().stream(
        &v1::Layerhold::Stub::ListBlobs, flags.request<v1::ListBlobsRequest>(),
        [&](const v1::ListBlobsResponse& batch) { listing.add(batch.blobs(), cells); }, context.stop());
    if (!output.isJson() && listing.isEmpty())
        output.line(flags.isPart() ? "No blob matches." : "No blobs.");
    return 0;
}

} // namespace

void addLs(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("ls", "List blobs, by digest");
    const auto flags = std::make_shared<ListFlags>();
    flags->addTo(verb,
                 "digest, size, kind, mediatype, state, origin, released, inuse, engine, created.days, used.days, …",
                 "digest");
    context.addClientFlags(verb);
    verb.footer("With --json: one line for each blob.\n\nExample:\n  layerhold ls --filter kind==layer,released==true");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
