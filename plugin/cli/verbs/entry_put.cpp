// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/entry.h"

#include "cli/context.h"
#include "cli/input_file.h"
#include "cli/output/text.h"

#include <layerhold/v1/entries.grpc.pb.h>

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string key;
    std::string file = "-";
    std::string scope = "default";
    std::string name = "data";
    std::string ttl;
    std::string metadata;
    std::string digest;
    bool keepOtherNames = false;
};

v1::PutEntryRequest::Head headOf(const Flags& flags)
{
    v1::PutEntryRequest::Head head;
    head.set_scope(flags.scope);
    head.set_key(flags.key);
    head.set_metadata(flags.metadata);
    if (!flags.ttl.empty())
        head.set_ttl_ns(parseTtl(flags.ttl).count());
    head.set_keep_other_names(flags.keepOtherNames);
    auto& blob = *head.add_blobs();
    blob.set_name(flags.name);
    blob.set_expected_digest(flags.digest);
    return head;
}

int run(Context& context, const Flags& flags)
{
    const v1::PutEntryRequest::Head head = headOf(flags);
    InputFile input(flags.file);
    service::Session session = context.connect();
    enum class Step
    {
        Head,
        Data,
        End
    } step = Step::Head;
    const auto next = [&](v1::PutEntryRequest& request) {
        if (step == Step::End)
            return false;
        if (step == Step::Head)
            *request.mutable_head() = head;
        step = Step::Data;
        input.read(*request.mutable_data(), context.stop());
        if (request.data().empty()) {
            request.set_end_of_blob(true);
            step = Step::End;
        }
        return true;
    };
    const v1::PutEntryResponse answer = session.client().upload(&v1::Entries::Stub::PutEntry, next, context.stop());
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(answer.entry()));
        return 0;
    }
    for (const v1::EntryBlob& blob : answer.entry().blobs())
        if (blob.name() == flags.name)
            output.line(fmt::format("{} {}", neutralise(blob.digest()), formatSize(blob.size())));
    return 0;
}

} // namespace

void addEntryPut(CLI::App& entry, Context& context)
{
    CLI::App& verb = *entry.add_subcommand("put", "Put bytes under a key");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("KEY", flags->key, "The key: up to 1024 bytes, not beginning with '_', without '..'")->required();
    verb.add_option("FILE", flags->file, "Where the bytes are; standard input unless stated, or for -");
    addScopeFlag(verb, flags->scope);
    verb.add_option("--ttl", flags->ttl,
                    "How long it is good, such as 90s, 48h, 7d or never; as the scope says unless "
                    "stated")
        ->type_name("TIME");
    verb.add_option("--metadata", flags->metadata, "JSON to keep with it")->type_name("JSON");
    verb.add_option("--name", flags->name, "The name of these bytes in the entry; 'data' unless stated")
        ->type_name("NAME");
    verb.add_flag("--keep-other-names", flags->keepOtherNames, "Bytes under other names of the entry stay");
    verb.add_option("--digest", flags->digest, "What the bytes have to be; when they are stored they are not read")
        ->type_name("DIGEST");
    context.addClientFlags(verb);
    verb.footer("What was under the key is replaced in one step, when all bytes are there and right.\n\n"
                "Example:\n  layerhold entry put builds/4711 --scope ci --ttl 7d out.tar");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
