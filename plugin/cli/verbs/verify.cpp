// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/progress_bar.h"
#include "cli/output/text.h"
#include "service/error_mapping.h"

#include <fmt/format.h>

#include <memory>

namespace layerhold::cli {

namespace {

void show(Output& output, const v1::VerifyReport& report)
{
    output.line(fmt::format("Checked {}, {}.", count(report.checked(), "blob"), formatSize(report.checked_bytes())));
    if (report.damaged().empty()) {
        output.line("All bytes are what they should be.");
        return;
    }
    output.line("");
    Table table({{"DAMAGED"}, {"NEEDED BY"}, {"REASON"}});
    for (const auto& damaged : report.damaged()) {
        std::string holders;
        for (const v1::Claim& claim : damaged.claims())
            holders += (holders.empty() ? "" : ", ") + claim.holder_kind() + " " + claim.holder();
        table.add({damaged.digest(), holders.empty() ? "nobody" : holders, damaged.reason()});
    }
    output.table(table);
    output.line("");
    output.line("Damaged bytes were set aside; pulling the image again replaces them.");
}

int run(Context& context, const std::vector<std::string>& digests)
{
    v1::VerifyRequest request;
    for (const std::string& digest : digests)
        request.add_digests(digest);
    service::Session session = context.connect();
    v1::VerifyReport report;
    ProgressBar bar("verify");
    session.client().stream(
        &v1::Layerhold::Stub::Verify, request,
        [&](const v1::VerifyResponse& step) {
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
        show(output, report);
    return report.damaged().empty() ? service::exit_code::Ok : service::exit_code::Damaged;
}

} // namespace

void addVerify(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("verify", "Hash blobs again and set damaged ones aside");
    const auto digests = std::make_shared<std::vector<std::string>>();
    verb.add_option("DIGEST", *digests, "Only these; all when none is named");
    context.addClientFlags(verb);
    verb.footer("Exits with 7 when something is damaged.\n\nExample:\n  layerhold verify && echo all good");
    context.onRun(verb, [digests](Context& c) { return run(c, *digests); });
}

} // namespace layerhold::cli
