// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/entry.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "layerhold/error.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string key;
    std::string scope = "default";
    std::string name = "data";
};

int showEntry(Context& context, const Flags& flags)
{
    v1::FindEntryRequest request;
    request.set_scope(flags.scope);
    request.set_key(flags.key);
    service::Session session = context.connect();
    const v1::FindEntryResponse answer = session.client().call(&v1::Entries::Stub::FindEntry, request, context.stop());
    if (!answer.has_entry())
        throw Error(ErrorCode::NotFound, "scope " + flags.scope + " has no entry " + flags.key);
    context.output().document(toJson(answer.entry()));
    return 0;
}

int run(Context& context, const Flags& flags)
{
    if (context.output().isJson())
        return showEntry(context, flags);
    v1::GetEntryRequest request;
    request.set_scope(flags.scope);
    request.set_key(flags.key);
    request.set_name(flags.name);
    service::Session session = context.connect();
    Output output = context.output();
    session.client().stream(
        &v1::Entries::Stub::GetEntry, request,
        [&output](const v1::GetEntryResponse& piece) { output.bytes(piece.data()); }, context.stop());
    return 0;
}

} // namespace

void addEntryGet(CLI::App& entry, Context& context)
{
    CLI::App& verb = *entry.add_subcommand("get", "Write the bytes under a key to standard output");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("KEY", flags->key, "The key")->required();
    addScopeFlag(verb, flags->scope);
    verb.add_option("--name", flags->name, "Which bytes of the entry; 'data' unless stated")->type_name("NAME");
    context.addClientFlags(verb);
    verb.footer("Fails when the entry is expired, invalidated or damaged. With --json: what is known of the entry, in\n"
                "whatever state, and no bytes.\n\nExample:\n  layerhold entry get builds/4711 --scope ci > out.tar");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
