// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"

#include <fmt/format.h>

namespace layerhold::cli {

namespace {

std::vector<std::string> lines(const v1::RebuildReport& report)
{
    Fields fields;
    fields.add("Blobs", fmt::format("{}, {}", report.blobs(), formatSize(report.bytes())));
    fields.add("Claims from the checkpoint", std::to_string(report.claims_from_checkpoint()));
    fields.add("Claims from the old index", std::to_string(report.claims_from_old_index()));
    fields.add("Claims assumed", std::to_string(report.claims_assumed()));
    fields.add("Damaged blobs set aside", std::to_string(report.damaged()));
    if (!report.set_aside().empty())
        fields.add("Old index", report.set_aside());
    return fields.lines();
}

int run(Context& context)
{
    service::Session session = context.connect();
    v1::RebuildReport report;
    ProgressBar bar("rebuild");
    session.client().stream(
        &v1::Layerhold::Stub::Rebuild, v1::RebuildRequest(),
        [&](const v1::RebuildResponse& step) {
            if (step.has_progress())
                bar.show(step.progress());
            else
                report = step.report();
        },
        context.stop());
    bar.clear();
    Output output = context.output();
    if (output.isJson())
        output.document(toJson(report));
    else
        output.lines(lines(report));
    return 0;
}

} // namespace

void addRebuild(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("rebuild", "Make the index anew from the files");
    context.addClientFlags(verb);
    verb.footer("Serving goes on meanwhile; the old index is set aside, not deleted.\n\nExample:\n  layerhold rebuild");
    context.onRun(verb, run);
}

} // namespace layerhold::cli
