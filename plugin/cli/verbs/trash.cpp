// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
// The trash: looking, bringing back, emptying.

#include "cli/verbs/cleanup_show.h"
#include "cli/verbs/verbs.h"

#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

using Digests = std::vector<std::string>;

int runUndo(Context& context, const std::string& run)
{
    v1::UndoRunRequest request;
    request.set_run(run);
    service::Session session = context.connect();
    return showTrashReport(context,
                           readTrashReport(session, &v1::Cleanup::Stub::UndoRun, request, "undo", context.stop()),
                           "Brought back");
}

int runList(Context& context)
{
    service::Session session = context.connect();
    Output output = context.output();
    Table table({{"BLOB"}, {"SIZE", Table::Align::Right}, {"KIND"}, {"REMOVED"}, {"EXPIRES"}, {"RUN"}});
    std::uint64_t bytes = 0;
    session.client().stream(
        &v1::Cleanup::Stub::ListTrash, v1::ListTrashRequest(),
        [&](const v1::ListTrashResponse& page) {
            for (const v1::TrashedBlob& blob : page.blobs()) {
                bytes += blob.bytes();
                if (output.isJson())
                    output.jsonLine(toJson(blob));
                else
                    table.add({shortDigest(blob.digest()), formatSize(blob.bytes()), blob.kind(),
                               age(blob.trashed_at()), age(blob.expires_at()), blob.run()});
            }
        },
        context.stop());
    if (output.isJson())
        return 0;
    if (table.isEmpty()) {
        output.line("The trash is empty.");
        return 0;
    }
    output.table(table);
    output.line("");
    output.line(fmt::format("{}, {}.", count(table.rows(), "blob"), formatSize(bytes)));
    return 0;
}

int runRestore(Context& context, const Digests& digests)
{
    v1::RestoreTrashRequest request;
    for (const std::string& digest : digests)
        request.add_digests(digest);
    service::Session session = context.connect();
    return showTrashReport(context, session.client().call(&v1::Cleanup::Stub::RestoreTrash, request, context.stop()),
                           "Brought back");
}

int runEmpty(Context& context, const Digests& digests)
{
    v1::EmptyTrashRequest request;
    for (const std::string& digest : digests)
        request.add_digests(digest);
    service::Session session = context.connect();
    return showTrashReport(
        context, readTrashReport(session, &v1::Cleanup::Stub::EmptyTrash, request, "trash empty", context.stop()),
        "Removed for good");
}

} // namespace

void addUndo(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("undo", "Bring back what a cleanup moved to the trash");
    const auto run = std::make_shared<std::string>();
    verb.add_option("RUN", *run, "Which run; the newest that has something in the trash unless stated");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold undo");
    context.onRun(verb, [run](Context& c) { return runUndo(c, *run); });
}

void addTrash(CLI::App& app, Context& context)
{
    CLI::App& trash = *app.add_subcommand("trash", "Look into the trash, bring back, or empty it");
    trash.require_subcommand(1);
    trash.footer("Example:\n  layerhold trash list");

    CLI::App& list = *trash.add_subcommand("list", "List what can come back, and until when");
    context.addClientFlags(list);
    list.footer("With --json: one line for each blob.\n\nExample:\n  layerhold trash list");
    context.onRun(list, runList);

    CLI::App& restore = *trash.add_subcommand("restore", "Bring blobs back");
    const auto back = std::make_shared<Digests>();
    restore.add_option("DIGEST", *back, "Digests, or their first 6 or more digits")->required();
    context.addClientFlags(restore);
    restore.footer("Example:\n  layerhold trash restore sha256:3f5ec1");
    context.onRun(restore, [back](Context& c) { return runRestore(c, *back); });

    CLI::App& empty = *trash.add_subcommand("empty", "Remove trashed blobs for good");
    const auto gone = std::make_shared<Digests>();
    empty.add_option("DIGEST", *gone, "Only these; all unless stated");
    context.addClientFlags(empty);
    empty.footer("Example:\n  layerhold trash empty");
    context.onRun(empty, [gone](Context& c) { return runEmpty(c, *gone); });
}

} // namespace layerhold::cli
