// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"
#include "cli/verbs/show_health.h"
#include "service/error_mapping.h"

#include <layerhold/v1/health.grpc.pb.h>

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

std::vector<std::string> lines(const v1::RepairReport& report)
{
    Fields fields;
    fields.add("Dropped", count(report.dropped(), "row") + " of lost blobs that nobody needs");
    fields.add("Marked missing", count(report.marked_missing(), "blob") + "; the next pull brings the bytes");
    fields.add("Quarantined", count(report.quarantined(), "file") + " with wrong bytes");
    fields.add("Left alone", count(report.left(), "file") + " that cannot be read now");
    return fields.lines();
}

int run(Context& context, bool quick)
{
    v1::RepairRequest request;
    request.set_quick(quick);
    service::Session session = context.connect();
    v1::RepairReport report;
    ProgressBar bar("repair");
    session.client().stream(
        &v1::Health::Stub::Repair, request,
        [&](const v1::RepairResponse& step) {
            if (step.has_progress())
                bar.show(step.progress());
            else
                report = step.report();
        },
        context.stop());
    bar.clear();
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(report));
    } else {
        output.lines(lines(report));
        output.line("");
        show(output, report.after());
    }
    return report.after().is_healthy() ? service::exit_code::Ok : service::exit_code::Damaged;
}

} // namespace

void addRepair(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("repair", "Set right what the index says and the files do not");
    const auto quick = std::make_shared<bool>(false);
    verb.add_flag("--quick", *quick, "Hash only files that were touched since they were last hashed");
    context.addClientFlags(verb);
    verb.footer("Exits with 7 when something is still missing: what an engine needs and only a pull can bring back.\n\n"
                "Example:\n  layerhold repair --quick");
    context.onRun(verb, [quick](Context& c) { return run(c, *quick); });
}

} // namespace layerhold::cli
