// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <layerhold/v1/cleanup.grpc.pb.h>

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

void show(Output& output, const v1::Usage& usage, const std::string& level)
{
    Table disk({{"ON DISK"}, {"COUNT", Table::Align::Right}, {"SIZE", Table::Align::Right}, {"WHAT IT IS"}});
    for (const v1::DiskLine& line : usage.on_disk())
        disk.add({line.name(), std::to_string(line.count()), formatSize(line.bytes()), line.definition()});
    output.table(disk);
    output.line("");
    Table table({{level == "image" ? "IMAGE" : "HOLDER"},
                 {"BLOBS", Table::Align::Right},
                 {"REFERENCED", Table::Align::Right},
                 {"UNIQUE", Table::Align::Right},
                 {"SHARE", Table::Align::Right}});
    for (const v1::EntityUsage& entity : usage.entities())
        table.add({level == "image" ? shortDigest(entity.name()) : entity.name(), std::to_string(entity.blobs()),
                   formatSize(entity.referenced_bytes()), formatSize(entity.unique_bytes()),
                   formatSize(entity.share_bytes())});
    if (!table.isEmpty()) {
        output.table(table);
        output.line("");
    }
    output.line(
        "Referenced: all bytes it reaches, as if it were alone; sums exceed what is stored, as layers are shared.");
    output.line("Unique:     bytes that nothing else here reaches.");
    output.line("Share:      each blob's bytes divided by those that reach it; the column adds up to what is reached.");
    output.line("");
    Fields fields;
    fields.add("Stored", fmt::format("{}, {}", count(usage.stored_blobs(), "blob"), formatSize(usage.stored_bytes())));
    fields.add("Reached by these", formatSize(usage.reached_bytes()));
    fields.add("Of it by two or more", formatSize(usage.shared_bytes()));
    fields.add("Released", fmt::format("{}, {}: nobody needs them, a cleanup may remove them",
                                       count(usage.released_blobs(), "blob"), formatSize(usage.released_bytes())));
    fields.add("Disk",
               fmt::format("{} free of {}", formatSize(usage.disk_free_bytes()), formatSize(usage.disk_total_bytes())));
    fields.add("Counted", age(usage.counted_at()));
    output.lines(fields.lines());
}

int run(Context& context, const std::string& level)
{
    v1::GetUsageRequest request;
    request.set_level(level);
    service::Session session = context.connect();
    const v1::Usage usage = session.client().call(&v1::Cleanup::Stub::GetUsage, request, context.stop());
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(usage));
    else
        show(output, usage, level);
    return 0;
}

} // namespace

void addDf(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("df", "Show where the bytes are and whose they are");
    const auto level = std::make_shared<std::string>("holder");
    verb.add_option("--by", *level, "Whose bytes: by holder (engines, tags, pins, leases) or by image")
        ->type_name("LEVEL")
        ->check(CLI::IsMember({"holder", "image"}));
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold df --by image");
    context.onRun(verb, [level](Context& c) { return run(c, *level); });
}

} // namespace layerhold::cli
