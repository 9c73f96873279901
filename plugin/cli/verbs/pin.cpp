// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/cleanup.grpc.pb.h>

#include <memory>

namespace layerhold::cli {

namespace {

int runPin(Context& context, const std::string& digest, const std::string& note)
{
    v1::PinBlobRequest request;
    request.set_digest(digest);
    request.set_note(note);
    service::Session session = context.connect();
    const v1::Pin pin = session.client().call(&v1::Cleanup::Stub::PinBlob, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(pin));
    else
        output.line("Pinned " + neutralise(pin.digest()) +
                    ": it is kept, with all it refers to, whatever the policy "
                    "says.");
    return 0;
}

int runUnpin(Context& context, const std::string& digest)
{
    v1::UnpinBlobRequest request;
    request.set_digest(digest);
    service::Session session = context.connect();
    const v1::UnpinBlobResponse answer = session.client().call(&v1::Cleanup::Stub::UnpinBlob, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(answer));
    else
        output.line("Not pinned any more: " + neutralise(answer.digest()));
    return 0;
}

int runPins(Context& context)
{
    service::Session session = context.connect();
    const v1::ListPinsResponse list =
        session.client().call(&v1::Cleanup::Stub::ListPins, v1::ListPinsRequest(), context.stop());
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(list));
        return 0;
    }
    if (list.pins().empty()) {
        output.line("Nothing is pinned.");
        return 0;
    }
    Table table({{"BLOB"}, {"SINCE"}, {"NOTE"}});
    for (const v1::Pin& pin : list.pins())
        table.add({shortDigest(pin.digest()), age(pin.since()), pin.note()});
    output.table(table);
    return 0;
}

} // namespace

void addPin(CLI::App& app, Context& context)
{
    CLI::App& pin = *app.add_subcommand("pin", "Keep a blob whatever the cleanup policy says");
    const auto digest = std::make_shared<std::string>();
    const auto note = std::make_shared<std::string>();
    pin.add_option("DIGEST", *digest, "Digest, or its first 6 or more digits when no other blob has them")->required();
    pin.add_option("--note", *note, "Why it is kept")->type_name("TEXT");
    context.addClientFlags(pin);
    pin.footer("Example:\n  layerhold pin sha256:3f5ec1 --note 'base image of the lab'");
    context.onRun(pin, [digest, note](Context& c) { return runPin(c, *digest, *note); });

    CLI::App& unpin = *app.add_subcommand("unpin", "Stop keeping a blob on purpose");
    const auto unpinned = std::make_shared<std::string>();
    unpin.add_option("DIGEST", *unpinned, "Digest, or its first 6 or more digits")->required();
    context.addClientFlags(unpin);
    unpin.footer("Example:\n  layerhold unpin sha256:3f5ec1");
    context.onRun(unpin, [unpinned](Context& c) { return runUnpin(c, *unpinned); });

    CLI::App& pins = *app.add_subcommand("pins", "List the blobs that are kept on purpose");
    context.addClientFlags(pins);
    pins.footer("Example:\n  layerhold pins");
    context.onRun(pins, runPins);
}

} // namespace layerhold::cli
