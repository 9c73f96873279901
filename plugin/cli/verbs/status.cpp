// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "cli/verbs/show.h"

#include <fmt/format.h>

namespace layerhold::cli {

namespace {

std::string amount(std::uint64_t number, const char* noun, std::uint64_t bytes)
{
    return fmt::format("{}, {}", count(number, noun), formatSize(bytes));
}

std::vector<std::string> lines(const v1::GetStatusResponse& status)
{
    Fields fields;
    fields.add("Root", status.root());
    fields.add("Daemon", status.daemon() ? fmt::format("process {}, started {}", status.pid(), age(status.opened_at()))
                                         : "not running");
    fields.add("Blobs", amount(status.blob_count(), "blob", status.blob_bytes()));
    fields.add("Of these released", amount(status.released_count(), "blob", status.released_bytes()));
    fields.add("Being written", amount(status.ingest_count(), "ingest", status.ingest_bytes()));
    fields.add("Kept for a retry", amount(status.partial_count(), "partial", status.partial_bytes()));
    fields.add("Quarantined", amount(status.quarantine_count(), "file", status.quarantine_bytes()));
    fields.add("Disk", fmt::format("{} free of {}", formatSize(status.disk_free_bytes()),
                                   formatSize(status.disk_total_bytes())));
    if (!status.notice().empty())
        fields.add("Notice", status.notice());
    return fields.lines();
}

int run(Context& context)
{
    service::Session session = context.connect();
    const v1::GetStatusResponse status =
        session.client().call(&v1::Layerhold::Stub::GetStatus, v1::GetStatusRequest(), context.stop());
    Output output = context.output();
    if (output.isJson()) {
        output.document(toJson(status));
        return 0;
    }
    output.lines(lines(status));
    if (status.engines_size() > 0) {
        output.line("");
        output.lines(engineLines(status.engines()));
    }
    return 0;
}

} // namespace

void addStatus(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("status", "Show what the cache holds and how the engines are served");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold status --json | jq .released_bytes");
    context.onRun(verb, run);
}

} // namespace layerhold::cli
