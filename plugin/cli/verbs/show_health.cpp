// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/show_health.h"

#include "cli/output/text.h"

#include <fmt/format.h>

namespace layerhold::cli {

void show(Output& output, const v1::IntegrityReport& report)
{
    if (report.is_healthy()) {
        output.line(fmt::format("Checked {}: all is as it should be.", count(report.total_entries(), "blob")));
        return;
    }
    Table table({{"DIGEST"}, {"WHAT"}, {"NEEDED"}, {"REASON"}});
    const auto add = [&table](const auto& problems, const char* what) {
        for (const v1::IntegrityProblem& problem : problems)
            table.add({problem.digest(), what, problem.is_claimed() ? "yes" : "no", problem.reason()});
    };
    add(report.invalid_digests(), "wrong bytes");
    add(report.missing_files(), "missing");
    add(report.corrupted_entries(), "unreadable");
    output.table(table);
}

} // namespace layerhold::cli
