// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The verbs that end entries: rm, invalidate, clear, clean.

#include "cli/verbs/entry.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "layerhold/error.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <fmt/format.h>

#include <memory>
#include <vector>

namespace layerhold::cli {

namespace {

struct KeyFlags
{
    std::vector<std::string> keys;
    std::string scope = "default";
};

struct CleanFlags
{
    std::string scope;
    std::string maxAge;
    std::string maxBytes;
};

int remove(Context& context, const KeyFlags& flags)
{
    service::Session session = context.connect();
    std::uint64_t removed = 0;
    for (const std::string& key : flags.keys) {
        v1::RemoveEntryRequest request;
        request.set_scope(flags.scope);
        request.set_key(key);
        if (session.client().call(&v1::Entries::Stub::RemoveEntry, request, context.stop()).removed())
            ++removed;
    }
    Output output = context.output();
    if (output.isJson())
        output.document(Json{{"removed", removed}});
    else
        output.line(fmt::format("Removed {} of {}.", removed, flags.keys.size()));
    return 0;
}

int invalidate(Context& context, const KeyFlags& flags)
{
    service::Session session = context.connect();
    for (const std::string& key : flags.keys) {
        v1::InvalidateEntryRequest request;
        request.set_scope(flags.scope);
        request.set_key(key);
        if (!session.client().call(&v1::Entries::Stub::InvalidateEntry, request, context.stop()).known())
            throw Error(ErrorCode::NotFound, "scope " + flags.scope + " has no entry " + key);
    }
    Output output = context.output();
    if (output.isJson())
        output.document(Json{{"invalidated", flags.keys.size()}});
    else
        output.line(fmt::format("Invalidated {}.", flags.keys.size()));
    return 0;
}

void show(Context& context, const v1::EntryTotals& removed)
{
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(removed));
    else
        output.line(fmt::format("Removed {}. Bytes that nobody else needs are released.", describe(removed)));
}

int clear(Context& context, const CleanFlags& flags)
{
    v1::ClearEntriesRequest request;
    request.set_scope(flags.scope);
    service::Session session = context.connect();
    show(context, session.client().call(&v1::Entries::Stub::ClearEntries, request, context.stop()).removed());
    return 0;
}

int clean(Context& context, const CleanFlags& flags)
{
    v1::CleanEntriesRequest request;
    request.set_scope(flags.scope);
    if (!flags.maxAge.empty())
        request.set_max_age_ns(parseTtl(flags.maxAge).count());
    if (!flags.maxBytes.empty())
        request.set_max_bytes(parseSize(flags.maxBytes));
    service::Session session = context.connect();
    show(context, session.client().call(&v1::Entries::Stub::CleanEntries, request, context.stop()).removed());
    return 0;
}

} // namespace

void addEntryRemovals(CLI::App& entry, Context& context)
{
    {
        CLI::App& verb = *entry.add_subcommand("rm", "Remove entries");
        const auto flags = std::make_shared<KeyFlags>();
        verb.add_option("KEY", flags->keys, "The keys")->required();
        addScopeFlag(verb, flags->scope);
        context.addClientFlags(verb);
        verb.footer("A key that is not there is no failure.\n\nExample:\n  layerhold entry rm builds/4711 --scope ci");
        context.onRun(verb, [flags](Context& c) { return remove(c, *flags); });
    }
    {
        CLI::App& verb = *entry.add_subcommand("invalidate", "Make entries say that they are no longer good");
        const auto flags = std::make_shared<KeyFlags>();
        verb.add_option("KEY", flags->keys, "The keys")->required();
        addScopeFlag(verb, flags->scope);
        context.addClientFlags(verb);
        verb.footer("Until they are put again or cleaned away.\n\n"
                    "Example:\n  layerhold entry invalidate builds/4711 --scope ci");
        context.onRun(verb, [flags](Context& c) { return invalidate(c, *flags); });
    }
    {
        CLI::App& verb = *entry.add_subcommand("clear", "Remove all entries of a scope and of those below");
        const auto flags = std::make_shared<CleanFlags>();
        verb.add_option("--scope", flags->scope, "The scope")->type_name("SCOPE")->required();
        context.addClientFlags(verb);
        verb.footer("Example:\n  layerhold entry clear --scope ci/branches");
        context.onRun(verb, [flags](Context& c) { return clear(c, *flags); });
    }
    CLI::App& verb = *entry.add_subcommand("clean", "Remove entries that are expired or invalidated");
    const auto flags = std::make_shared<CleanFlags>();
    verb.add_option("--scope", flags->scope, "Only of this scope and those below")->type_name("SCOPE");
    verb.add_option("--max-age", flags->maxAge, "Then also those that were put longer ago, such as 30d")
        ->type_name("TIME");
    verb.add_option("--max-bytes", flags->maxBytes,
                    "Then also the least recently used, until the scope has no more than this, such as 20G")
        ->type_name("SIZE");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold entry clean --scope ci --max-age 30d");
    context.onRun(verb, [flags](Context& c) { return clean(c, *flags); });
}

} // namespace layerhold::cli
