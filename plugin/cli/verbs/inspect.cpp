// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

std::vector<std::string> blobLines(const v1::Blob& blob)
{
    Fields fields;
    fields.add("Digest", blob.digest());
    fields.add("Size", blob.size() < 1024 ? formatSize(blob.size())
                                          : fmt::format("{} ({} bytes)", formatSize(blob.size()), blob.size()));
    fields.add("Kind", blob.kind());
    fields.add("Media type", blob.media_type().empty() ? "unknown" : blob.media_type());
    fields.add("State", blob.released() ? blob.state() + ", released" : blob.state());
    fields.add("Came from", blob.origin());
    fields.add("Created", age(blob.created_at()));
    fields.add("Used", blob.access_count() == 0
                           ? "never since it came"
                           : fmt::format("{}, {} in all", age(blob.accessed_at()), count(blob.access_count(), "time")));
    fields.add("Verified", age(blob.verified_at()));
    return fields.lines();
}

void show(Output& output, const v1::InspectBlobResponse& found)
{
    output.lines(blobLines(found.blob()));
    if (found.claims_size() > 0) {
        Table claims({{"CLAIMED BY"}, {"NAME"}, {"SINCE"}});
        for (const v1::Claim& claim : found.claims())
            claims.add({claim.holder_kind(), claim.holder(), age(claim.since())});
        output.line("");
        output.lines(claims.lines());
    }
    if (found.children_size() > 0) {
        Table children({{"REFERS TO"}, {"ROLE"}, {"SIZE", Table::Align::Right}, {"PLATFORM"}});
        for (const v1::Edge& edge : found.children())
            children.add({edge.child(), edge.role(), formatSize(edge.size()), edge.platform()});
        output.line("");
        output.lines(children.lines());
    }
    if (found.parents_size() > 0) {
        Table parents({{"REFERRED TO BY"}, {"AS"}, {"PLATFORM"}});
        for (const v1::Edge& edge : found.parents())
            parents.add({edge.parent(), edge.role(), edge.platform()});
        output.line("");
        output.lines(parents.lines());
    }
}

int run(Context& context, const std::string& digest)
{
    v1::InspectBlobRequest request;
    request.set_digest(digest);
    service::Session session = context.connect();
    const v1::InspectBlobResponse found =
        session.client().call(&v1::Layerhold::Stub::InspectBlob, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(found));
    else
        show(output, found);
    return 0;
}

} // namespace

void addInspect(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("inspect", "Show all that is known of one blob");
    const auto digest = std::make_shared<std::string>();
    verb.add_option("DIGEST", *digest, "Digest, or its first 6 or more digits when no other blob has them")->required();
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold inspect 3f5ec1a2b04c");
    context.onRun(verb, [digest](Context& c) { return run(c, *digest); });
}

} // namespace layerhold::cli
