// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/list_flags.h"
#include "cli/output/listing.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/images.grpc.pb.h>

#include <memory>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

std::string stateOf(const v1::Tag& tag)
{
    std::string state = tag.present() ? "stored" : "not stored";
    if (tag.claim())
        state += ", kept";
    if (tag.stale())
        state += ", stale";
    return state;
}

int run(Context& context, const ListFlags& flags)
{
    service::Session session = context.connect();
    Output output = context.output();
    Listing listing(output, {{"TAG"}, {"DIGEST"}, {"CAUSE"}, {"BY"}, {"MOVED"}, {"CHECKED"}, {"STATE"}});
    const auto cells = [&](const v1::Tag& tag) -> std::vector<std::string> {
        return {tag.reference(),     flags.digest(tag.digest()), tag.cause(), tag.by(),
                age(tag.moved_at()), age(tag.updated_at()),      stateOf(tag)};
    };
    session.client().stream(
        &v1::Tags::Stub::ListTags, flags.request<v1::ListTagsRequest>(),
        [&](const v1::ListTagsResponse& batch) { listing.add(batch.tags(), cells); }, context.stop());
    if (!output.isJson() && listing.isEmpty())
        output.line(flags.isPart() ? "No tag matches." : "No tags.");
    return 0;
}

} // namespace

void addTags(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("tags", "List tags and what they point at");
    const auto flags = std::make_shared<ListFlags>();
    flags->addTo(verb, "reference, registry, repository, tag, digest, cause, by, stale, present", "reference");
    context.addClientFlags(verb);
    verb.footer("With --json: one line for each tag.\n\nExample:\n  layerhold tags --filter stale==true");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
