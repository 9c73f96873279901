// SPDX-FileCopyrightText: The Layerhold authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/verbs.h"

#include "cli/context.h"
#include "cli/output/text.h"
#include "service/version.h"

#include <fmt/format.h>

namespace layerhold::cli {

namespace {

int run(Context& context)
{
    Json document{{"version", service::version}, {"schema", "layerhold.v1"}};
    const bool asked = !context.flags().root.empty() || !context.flags().apiSocket.empty();
    if (asked) {
        service::Session session = context.connect();
        document["service"] =
            toJson(session.client().call(&v1::Layerhold::Stub::GetVersion, v1::GetVersionRequest(), context.stop()));
    }
    Output output = context.output();
    if (output.isJson()) {
        output.document(document);
        return 0;
    }
    output.line(fmt::format("layerhold {}", service::version));
    if (asked)
        output.line(fmt::format("service   {} (process {})",
                                neutralise(document["service"]["version"].get<std::string>()),
                                document["service"]["pid"].get<std::int64_t>()));
    return 0;
}

} // namespace

void addVersion(CLI::App& app, Context& context)
{
    CLI::App& verb = *app.add_subcommand("version", "Show our version, and that of the daemon when one is named");
    context.addClientFlags(verb);
    verb.footer("Example:\n  layerhold version --json");
    context.onRun(verb, run);
}

} // namespace layerhold::cli
