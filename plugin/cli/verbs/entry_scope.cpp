// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/entry.h"

#include "cli/context.h"
#include "cli/output/text.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string path;
    std::string ttl;
    std::string maxBytes;
};

void add(Table& table, const v1::Scope& scope)
{
    table.add({scope.path(), std::to_string(scope.entries()), formatSize(scope.bytes()),
               scope.max_bytes() == 0 ? "-" : formatSize(scope.max_bytes()),
               scope.has_ttl_ns() ? formatTtl(std::chrono::nanoseconds(scope.ttl_ns())) : "inherited"});
}

int run(Context& context, const Flags& flags)
{
    const bool changes = !flags.ttl.empty() || !flags.maxBytes.empty();
    v1::SetScopeRequest change;
    change.set_path(flags.path);
    if (!flags.ttl.empty() && flags.ttl != "inherited")
        change.set_ttl_ns(parseTtl(flags.ttl).count());
    if (!flags.maxBytes.empty())
        change.set_max_bytes(parseSize(flags.maxBytes));
    service::Session session = context.connect();
    v1::ListScopesRequest request;
    request.set_path(flags.path);
    v1::ListScopesResponse list = session.client().call(&v1::Entries::Stub::ListScopes, request, context.stop());
    if (changes) { // what is not said stays
        if (!list.scopes().empty() && list.scopes(0).path() == flags.path) {
            if (flags.ttl.empty() && list.scopes(0).has_ttl_ns())
                change.set_ttl_ns(list.scopes(0).ttl_ns());
            if (flags.maxBytes.empty())
                change.set_max_bytes(list.scopes(0).max_bytes());
        }
        *list.mutable_scopes() = {};
        *list.add_scopes() = session.client().call(&v1::Entries::Stub::SetScope, change, context.stop()).scope();
    }
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(list));
        return 0;
    }
    if (list.scopes().empty()) {
        output.line("No scopes; the first put into one makes it.");
        return 0;
    }
    Table table({{"SCOPE"},
                 {"ENTRIES", Table::Align::Right},
                 {"SIZE", Table::Align::Right},
                 {"BUDGET", Table::Align::Right},
                 {"TTL"}});
    for (const v1::Scope& scope : list.scopes())
        add(table, scope);
    output.table(table);
    return 0;
}

} // namespace

void addEntryScope(CLI::App& entry, Context& context)
{
    CLI::App& verb = *entry.add_subcommand("scope", "List scopes, or set the time to live and budget of one");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("SCOPE", flags->path, "The scope, and all below when listing; everything unless stated");
    verb.add_option("--ttl", flags->ttl,
                    "Of entries that are put without one: such as 48h, never, or inherited from the parent")
        ->type_name("TIME");
    verb.add_option("--max-bytes", flags->maxBytes,
                    "What the scope and those below may hold, such as 20G; 0 for as much as their parents may")
        ->type_name("SIZE");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold entry scope ci --ttl 7d --max-bytes 20G");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
