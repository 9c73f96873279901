// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/text_file.h"
#include "cli/verbs/show.h"
#include "cli/verbs/show_health.h"

#include <layerhold/v1/health.grpc.pb.h>

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

void show(Output& output, const v1::CollectDebugResponse& report)
{
    const v1::CacheStatistics& statistics = report.cache_stats();
    Fields fields;
    for (const v1::ConfigEntry& entry : report.config())
        fields.add(entry.name(), entry.value());
    fields.add("Stored", fmt::format("{}, {}", count(statistics.total_entries(), "blob"),
                                     formatSize(statistics.total_size_bytes())));
    fields.add("Hit rate", fmt::format("{:.1f} %", statistics.hit_rate() * 100));
    fields.add("Uses of a blob", fmt::format("{:.1f}", statistics.average_access_count()));
    fields.add("Expired entries", std::to_string(statistics.expired_entries()));
    fields.add("Evictions", std::to_string(statistics.total_evictions()));
    fields.add("Errors", std::to_string(statistics.total_errors()));
    fields.add("Index", fmt::format("{}, of these {} unused; log {}", formatSize(report.index_stats().file_bytes()),
                                    formatSize(report.index_stats().free_bytes()),
                                    formatSize(report.index_stats().wal_bytes())));
    fields.add("Compacted", age(statistics.last_compaction()));
    output.lines(fields.lines());
    output.line("");
    show(output, report.integrity());
    Table directories({{"DIRECTORY"}, {"FILES", Table::Align::Right}, {"SIZE", Table::Align::Right}});
    for (const v1::DirectoryInfo& directory : report.storage_info().directories())
        directories.add({directory.path(), std::to_string(directory.file_count()), formatSize(directory.total_size())});
    output.line("");
    output.table(directories);
    if (report.top_entries().empty())
        return;
    Table top({{"MOST USED"}, {"TYPE"}, {"SIZE", Table::Align::Right}, {"USES", Table::Align::Right}, {"LAST"}});
    for (const v1::EntryInfo& entry : report.top_entries())
        top.add({shortDigest(entry.key()), entry.type(), formatSize(entry.size()), std::to_string(entry.access_count()),
                 age(entry.accessed_at())});
    output.line("");
    output.table(top);
}

int run(Context& context, const std::string& exportFile)
{
    service::Session session = context.connect();
    const v1::CollectDebugResponse report =
        session.client().call(&v1::Health::Stub::CollectDebug, v1::CollectDebugRequest(), context.stop());
    Output output = context.output();
    if (!exportFile.empty()) {
        const auto path = absolutePath(exportFile);
        replaceTextFile(path, print(toJson(report), JsonStyle::Document) + '\n');
        if (!output.isJson())
            output.line("Written to " + neutralise(path.string()) + ".");
    }
    if (output.isJson())
        output.document(toJson(report));
    else if (exportFile.empty())
        show(output, report);
    return 0;
}

} // namespace

void addDebug(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("debug", "Show or export all that helps to find a fault");
    const auto exportFile = std::make_shared<std::string>();
    verb.add_option("--export", *exportFile, "Write it to this file as JSON; it holds no secrets")
        ->type_name("FILE")
        ->check([](const std::string& path) { return std::string(path.empty() ? "the path is empty" : ""); });
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold debug --export /tmp/layerhold.json");
    context.onRun(verb, [exportFile](Context& c) { return run(c, *exportFile); });
}

} // namespace layerhold::cli
