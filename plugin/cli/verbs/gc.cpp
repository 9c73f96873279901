// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

struct Flags
{
    std::string keepBytes = "0";
    bool dryRun = false;
};

struct Result
{
    std::vector<v1::CleanupItem> items;
    v1::CleanupReport report;
};

Json json(const Result& result, bool dryRun)
{
    Json document{{"dry_run", dryRun}, {"items", Json::array()}};
    for (const v1::CleanupItem& item : result.items)
        document["items"].push_back(toJson(item));
    document["report"] = toJson(result.report);
    return document;
}

void show(Output& output, const Result& result, bool dryRun)
{
    if (!result.items.empty()) {
        Table table({{dryRun ? "WOULD REMOVE" : "REMOVED"}, {"SIZE", Table::Align::Right}, {"USED"}, {"WHY"}});
        for (const v1::CleanupItem& item : result.items)
            table.add({item.what() == "blob" ? shortDigest(item.name()) : item.what() + " " + item.name(),
                       formatSize(item.bytes()), age(item.last_used()),
                       item.skipped().empty() ? item.reason() : "not removed: " + item.skipped()});
        output.table(table);
        output.line("");
    }
    output.line(fmt::format("{} {}, {}. {} of released blobs stay.", dryRun ? "Would remove" : "Removed",
                            count(result.report.items(), "item"), formatSize(result.report.bytes()),
                            formatSize(result.report.kept_released_bytes())));
}

int run(Context& context, const Flags& flags)
{
    v1::CleanupRequest request;
    request.set_keep_bytes(parseSize(flags.keepBytes));
    request.set_dry_run(flags.dryRun);
    service::Session session = context.connect();
    Result result;
    ProgressBar bar("gc");
    session.client().stream(
        &v1::Layerhold::Stub::Cleanup, request,
        [&](const v1::CleanupResponse& step) {
            if (step.has_progress())
                bar.show(step.progress());
            else if (step.has_item())
                result.items.push_back(step.item());
            else
                result.report = step.report();
        },
        context.stop());
    bar.clear();
    Output output = context.output();
    if (output.isJson())
        output.document(json(result, flags.dryRun));
    else
        show(output, result, flags.dryRun);
    return 0;
}

} // namespace

void addGc(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("gc", "Remove released blobs, the longest unused first");
    const auto flags = std::make_shared<Flags>();
    verb.add_option("--keep-bytes", flags->keepBytes,
                    "How much of the released blobs may stay, such as 20G; none "
                    "unless stated")
        ->type_name("SIZE");
    verb.add_flag("--dry-run", flags->dryRun, "Only list what a run would remove");
    context.addClientFlags(verb);
    verb.footer("Blobs that an engine needs are never removed.\n\nExample:\n  layerhold gc --keep-bytes 20G --dry-run");
    context.onRun(verb, [flags](Context& c) { return run(c, *flags); });
}

} // namespace layerhold::cli
