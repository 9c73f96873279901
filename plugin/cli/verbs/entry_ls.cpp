// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/entry.h"

#include "cli/context.h"
#include "cli/output/listing.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string prefix;
    std::string scope = "default";
    std::string after;
    std::uint32_t limit = 0;
};

std::vector<std::string> cells(const v1::Entry& entry)
{
    std::uint64_t bytes = 0;
    std::string names;
    for (const v1::EntryBlob& blob : entry.blobs()) {
        bytes += blob.size();
        names += (names.empty() ? "" : " ") + blob.name();
    }
    return {entry.key(), formatSize(bytes), names, entry.state(), age(entry.updated_at()), age(entry.used_at())};
}

int run(Context& context, const Flags& flags)
{
    v1::ListEntriesRequest request;
    request.set_scope(flags.scope);
    request.set_prefix(flags.prefix);
    request.set_page_token(flags.after);
    request.set_limit(flags.limit);
    service::Session session = context.connect();
    Output output = context.output();
    Listing listing(output, {{"KEY"}, {"SIZE", Table::Align::Right}, {"NAMES"}, {"STATE"}, {"PUT"}, {"USED"}});
    session.client().stream(
        &v1::Entries::Stub::ListEntries, request,
        [&](const v1::ListEntriesResponse& batch) { listing.add(batch.entries(), cells); }, context.stop());
    if (!output.isJson() && listing.isEmpty())
        output.line("No entries.");
    return 0;
}

} // namespace

void addEntryLs(CLI::App& entry, Context& context)
{
    CLI::App& verb = *entry.add_subcommand("ls", "List the entries of a scope, by key");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("PREFIX", flags->prefix, "Only keys that begin with it");
    addScopeFlag(verb, flags->scope);
    verb.add_option("--limit", flags->limit, "At most so many; 0 for all")->type_name("N");
    verb.add_option("--after", flags->after, "Only keys after this one: the last of an earlier list")->type_name("KEY");
    context.addClientFlags(verb);
    verb.footer("With --json: one line for each entry.\n\nExample:\n  layerhold entry ls builds/ --scope ci");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
